import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from entente.errors import InputError
from entente.evaluation.agreement import agreement
from entente.evaluation.documents import read_folder
from tests.evaluation.gold import TEXT, event, write

SHARED = Path(__file__).parents[3] / "shared"
THANKS = event("thanks", "SUPPORT", ["NOR"], ["MAR"])
CHARGE = event("charge", "ACCUSE", [{"code": "MAR"}], [{"country": {"code": "MRT"}}])


def compare(tmp_path, gold, other, *, main_only=False, all_clear=False, gold_more=None, other_more=None, **options):
    a = write(tmp_path / "a", "report", gold, **(gold_more or {}))
    b = write(tmp_path / "b", "report", other, **(other_more or {}))
    ours, theirs = (read_folder(f, main_only=main_only, all_clear=all_clear) for f in (a, b))
    return agreement(ours, theirs, samples=50, **options)


def f1(result, measure):
    return result.measures[measure].f1


def test_a_coding_agrees_with_itself_in_everything(tmp_path):
    people = [{"name": "Karim Bennani", "country": "MAR"}]
    commitments = [{"kind": "undertaken", "evidence": {"start": 0, "end": 22}}]
    more = {"people": people, "commitments": commitments}
    result = compare(tmp_path, [THANKS, CHARGE], [THANKS, CHARGE], gold_more=more, other_more=more)
    assert {
        m: f1(result, m) for m in ("type", "countries", "direction", "both clear", "people", "commitments")
    } == dict.fromkeys(("type", "countries", "direction", "both clear", "people", "commitments"), 1.0)
    assert result.measures["status"].share == result.measures["certainty"].share == 1.0


def test_levels_grow_stricter_from_type_to_countries_to_direction(tmp_path):
    turned = event("charge", "ACCUSE", ["MRT"], ["MAR"])
    abroad = event("thanks", "SUPPORT", ["NOR"], ["DNK"])
    result = compare(tmp_path, [THANKS, CHARGE], [abroad, turned])
    assert (f1(result, "type"), f1(result, "countries"), f1(result, "direction")) == (1.0, 0.5, 0.0)


def test_words_that_share_too_little_speak_of_different_events(tmp_path):
    elsewhere = THANKS | {"start": 21, "end": 60}
    assert f1(compare(tmp_path, [THANKS], [elsewhere]), "type") == 0.0


def test_a_short_span_inside_a_long_one_needs_half_the_overlap(tmp_path):
    long = THANKS | {"start": 0, "end": 97}
    assert f1(compare(tmp_path, [long], [THANKS | {"start": 3, "end": 12}]), "type") == 1.0
    assert f1(compare(tmp_path, [long], [THANKS | {"start": 3, "end": 9}]), "type") == 0.0


def test_an_accepted_alternative_is_as_right_as_the_main_coding(tmp_path):
    lenient = THANKS | {"also_accept": [{"type": "AGREE"}]}
    found = event("thanks", "AGREE", ["NOR"], ["MAR"])
    assert f1(compare(tmp_path, [lenient], [found]), "direction") == 1.0
    assert f1(compare(tmp_path, [lenient], [found], main_only=True), "direction") == 0.0


def test_two_alternatives_never_agree_with_each_other(tmp_path):
    one = THANKS | {"also_accept": [{"type": "AGREE"}]}
    two = event("thanks", "CONSULT", ["NOR"], ["MAR"], also_accept=[{"type": "AGREE"}])
    assert f1(compare(tmp_path, [one], [two]), "type") == 0.0


def test_an_arguable_event_counts_neither_for_nor_against(tmp_path):
    arguable = event("ships", "AGREE", ["ESP"], ["MRT"], certainty="arguable")
    result = compare(tmp_path, [THANKS, arguable], [THANKS])
    assert result.measures["countries"].recall == 1.0
    result = compare(tmp_path, [THANKS, arguable], [THANKS, arguable | {"certainty": "clear"}])
    assert result.measures["countries"].precision == 1.0
    assert result.measures["both clear"].precision == 0.5
    assert result.measures["certainty"].share == 0.5
    assert compare(tmp_path, [THANKS, arguable], [THANKS], all_clear=True).measures["countries"].recall == 0.5


def test_pairing_leaves_the_fewest_clear_events_alone(tmp_path):
    near, far = THANKS | {"end": 22}, THANKS | {"start": 5, "end": 22}
    wide = THANKS | {"end": 24, "also_accept": [{"type": "AGREE"}]}
    agree = event("thanks", "AGREE", ["NOR"], ["MAR"])
    result = compare(tmp_path, [wide, far], [near, agree])
    assert result.measures["type"].gold_hit == 2


def test_status_is_compared_on_events_that_agree_in_type_and_countries(tmp_path):
    result = compare(tmp_path, [THANKS, CHARGE], [THANKS | {"status": "future"}, CHARGE])
    assert (result.measures["status"].same, result.measures["status"].n) == (1, 2)


def test_a_person_is_known_by_some_words_of_the_name_and_the_country(tmp_path):
    gold = {"people": [{"name": "Karim M. Bennani", "country": ["MAR"]}, {"office": "ambassador", "country": "MRT"}]}
    right = {"people": [{"name": "Bennani", "country": "MAR"}]}
    wrong = {"people": [{"name": "Bennani", "country": "NOR"}]}
    assert f1(compare(tmp_path, [THANKS], [THANKS], gold_more=gold, other_more=right), "people") == 1.0
    assert f1(compare(tmp_path, [THANKS], [THANKS], gold_more=gold, other_more=wrong), "people") == 0.0


def test_commitments_are_matched_by_their_words_and_undertakings_also_alone(tmp_path):
    asked = {"kind": "asked", "evidence": {"start": 24, "end": 60}}
    gold = {"commitments": [{"evidence": {"start": 0, "end": 22}}, asked]}
    result = compare(
        tmp_path, [], [], gold_more=gold, other_more={"commitments": [{"evidence": {"start": 0, "end": 20}}]}
    )
    assert result.measures["commitments"].recall == 0.5
    assert result.measures["commitments undertaken"].recall == 1.0


def test_a_missing_record_counts_as_empty_only_where_asked(tmp_path):
    write(tmp_path / "a", "other", [CHARGE])
    result = compare(tmp_path, [THANKS], [THANKS])
    assert (result.documents, result.alone) == (("report",), ("other",))
    result = compare(tmp_path, [THANKS], [THANKS], missing_as_empty=True)
    assert (result.documents, result.measures["type"].recall) == (("other", "report"), 0.5)


def test_codings_of_different_texts_are_not_compared(tmp_path):
    a, b = (write(tmp_path / side, "report", [THANKS]) for side in "ab")
    (b / "report.txt").write_text(TEXT + "More.", encoding="utf-8")
    with pytest.raises(InputError, match="different texts"):
        agreement(read_folder(a), read_folder(b))


def test_nothing_in_common_is_said(tmp_path):
    with pytest.raises(InputError, match="no document in common"):
        agreement(read_folder(write(tmp_path / "a", "one", [])), read_folder(write(tmp_path / "b", "two", [])))


def test_details_name_what_one_side_lacks_and_what_differs(tmp_path):
    found = [event("charge", "ACCUSE", ["MRT"], ["MAR"], status="future"), event("ships", "AGREE", ["ESP"], [])]
    lines = compare(tmp_path, [THANKS, CHARGE], found, details=True).disagreements
    assert lines == (
        "report | only A | SUPPORT NOR > MAR actual clear: Norway thanked Morocco",
        "report | only B | AGREE ESP > - actual clear: Spain may send ships to Mauritania",
        "report | direction differ | A ACCUSE MAR > MRT actual clear: Morocco accused Mauritania of piracy"
        " | B ACCUSE MRT > MAR future clear: Morocco accused Mauritania of piracy",
        "report | status differs | A ACCUSE MAR > MRT actual clear: Morocco accused Mauritania of piracy"
        " | B ACCUSE MRT > MAR future clear: Morocco accused Mauritania of piracy",
    )


@pytest.mark.parametrize("content", ["{", '{"events": [{"type": "AID"}]}', '{"events": 3}'])
def test_a_damaged_document_is_named(tmp_path, content):
    (tmp_path / "x.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"x\.json"):
        read_folder(tmp_path)


def test_the_text_is_found_inside_beside_or_next_door(tmp_path):
    folder = write(tmp_path / "gold", "report", [THANKS])
    assert read_folder(folder)["report"].text == TEXT
    (tmp_path / "texts").mkdir()
    (folder / "report.txt").rename(tmp_path / "texts" / "report.txt")
    assert read_folder(folder)["report"].text == TEXT
    (folder / "own.json").write_text(json.dumps({"report": {"text": TEXT}, "events": []}), encoding="utf-8")
    assert read_folder(folder)["own"].text == TEXT


@pytest.mark.skipif(not (SHARED / "tools/agreement.py").exists(), reason="needs ../shared with the published tool")
@pytest.mark.parametrize(
    ("flags", "a_options", "b_options"),
    [
        ([], {}, {}),
        (["--all", "--main-only", "both"], *[{"main_only": True, "all_clear": True}] * 2),
        (["--main-only", "B"], {}, {"main_only": True}),
        (["--main-only", "A"], {"main_only": True}, {}),
        (["--missing-as-empty"], {}, {}),
    ],
)
def test_figures_and_intervals_are_those_of_the_published_tool(tmp_path, flags, a_options, b_options):
    annotations = SHARED / "data/annotations"
    build = [sys.executable, SHARED / "tools/build_gold.py", annotations / "texts", annotations / "second", tmp_path]
    subprocess.run(build, check=True, capture_output=True)
    command = [sys.executable, SHARED / "tools/agreement.py", annotations / "gold", tmp_path, "--json", "--details"]
    run = subprocess.run([*command, "--samples", "100", *flags], check=True, capture_output=True, text=True)
    tool = json.loads(run.stdout)
    ours, theirs = read_folder(annotations / "gold", **a_options), read_folder(tmp_path, **b_options)
    empty = "--missing-as-empty" in flags
    result = json.loads(msgspec.json.encode(agreement(ours, theirs, details=True, samples=100, missing_as_empty=empty)))
    assert {k: result[k] for k in tool} == tool
