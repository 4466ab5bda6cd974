import json

import pytest

from entente.errors import InputError
from entente.evaluation.documents import as_event
from entente.evaluation.gsr import is_right, read_gsr


def case(tmp_path, **fields):
    path = tmp_path / "gsr.jsonl"
    row = {"id": "1", "text": "A sentence.", "date": "2000-01-01", "event": "AGREE", **fields}
    path.write_text(json.dumps(row) + "\n\n", encoding="utf-8")
    (found,) = read_gsr(path)
    return found


def coded(kind, actor, recipient=()):
    return as_event(
        {"event": kind, "actor": list(actor), "recipient": list(recipient), "evidence": {"start": 0, "end": 9}}
    )


def test_a_record_is_right_with_its_type_all_its_countries_and_at_most_one_other(tmp_path):
    record = case(tmp_path, event_2022="CONCEDE", source=[{"code": "NOR"}], target=[{"code": "MAR", "sector": "GOV"}])
    assert is_right(record, [coded("CONCEDE", ["MAR"], ["NOR"])])
    assert is_right(record, [coded("AID", []), coded("CONCEDE", ["MAR", "NOR"], ["ESP"])])
    assert not is_right(record, [coded("CONCEDE", ["NOR"])])
    assert not is_right(record, [coded("CONCEDE", ["MAR", "NOR"], ["ESP", "PRT"])])
    assert not is_right(record, [coded("AGREE", ["NOR"], ["MAR"])])
    assert not is_right(record, [])


def test_the_present_type_stands_before_the_old_one(tmp_path):
    assert case(tmp_path, event_2022="RETREAT").event == "RETREAT"
    assert case(tmp_path).event == "AGREE"


def test_old_codes_are_read_as_those_of_today(tmp_path):
    assert case(tmp_path, source=[{"code": "JAP"}]).countries == {"JPN"}


def test_one_code_stands_for_every_organisation_of_states(tmp_path):
    record = case(tmp_path, source=[{"code": "IGO"}], target=[{"code": "SRB"}])
    for code in ("UNO", "EUR", "IGO"):
        assert is_right(record, [coded("AGREE", [code], ["SRB"])])
    assert not is_right(record, [coded("AGREE", ["NGO"], ["SRB"])])


@pytest.mark.parametrize("target", ["", None, [], {"code": "MAR"}])
def test_a_side_may_be_empty_missing_or_one_object(tmp_path, target):
    expected = {"NOR", "MAR"} if isinstance(target, dict) else {"NOR"}
    assert case(tmp_path, source=[{"code": "NOR"}], target=target).countries == expected


def test_a_damaged_line_is_named(tmp_path):
    path = tmp_path / "gsr.jsonl"
    path.write_text('{"id": "1", "text": "a"}\n{"id": "2"}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"gsr\.jsonl:2: lacks text"):
        read_gsr(path)
    path.write_text("nonsense\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"gsr\.jsonl:1: is not JSON"):
        read_gsr(path)
