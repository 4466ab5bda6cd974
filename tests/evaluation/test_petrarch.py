import json

from entente.evaluation.petrarch import Expected, is_right, read_petrarch, score
from entente.ontology.crosswalk import from_cameo
from entente.records import Coding, Event, Evidence, Party
from entente.reports.prepare import prepare
from tests.handmade import incoming


def party(code, text="x"):
    return Party(text=text, start=0, end=1, country=code)


def coded(kind, actor, recipient=()):
    words = Evidence(0, 1, "x")
    return Event(
        id="e", event=kind, quad_class="verbal_cooperation", score=0, probability=1, actor=tuple(actor),
        recipient=tuple(recipient), evidence=words, trigger=words, coder="c", model="m",
    )  # fmt: skip


def cases(tmp_path, *events):
    path = tmp_path / "petrarch.jsonl"
    rows = [{"id": str(i), "date": "20080806", "text": "A sentence.", "events": e} for i, e in enumerate(events)]
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return read_petrarch(path)


def coding(who, whom, code):
    return {"sourcecode": who, "targetcode": whom, "eventcode": code}


def test_a_cameo_code_becomes_a_plover_type_and_the_longest_known_beginning_counts():
    assert from_cameo("043").swapped
    assert (from_cameo("1831").event, from_cameo("1831").mode) == ("ASSAULT", "suicide-attack")
    assert from_cameo("0569").event == from_cameo("056").event == "CONCEDE"
    assert from_cameo("010") is None
    assert from_cameo("---") is None


def test_parties_are_read_off_the_first_letters_and_organisations_off_the_next(tmp_path):
    (case,) = cases(tmp_path, [coding("USAGOV", "IGOUNO", "112"), coding("IGOCOPITP", "PSEGZACVL", "190")])
    assert case.published == "2008-08-06"
    assert case.expected == (
        Expected(frozenset({"ACCUSE"}), frozenset({"USA", "UNO"})),
        Expected(frozenset({"ASSAULT"}), frozenset({"IGO", "PSE"})),
    )


def test_codings_without_a_plover_type_or_a_party_are_left_out_and_counted(tmp_path):
    (case,) = cases(tmp_path, [coding("USA", "RUS", "015"), coding("---REB", "SYR", "190")])
    assert (case.expected, case.left_out) == ((), 2)


def test_a_coding_is_right_with_its_type_both_parties_and_at_most_three_in_all():
    wanted = Expected(frozenset({"CONSULT"}), frozenset({"USA", "RUS"}))
    assert is_right(wanted, [coded("CONSULT", [party("USA"), party("RUS")])])
    assert is_right(wanted, [coded("CONSULT", [party("USA"), party("CHN")], [party("RUS")])])
    assert not is_right(wanted, [coded("CONSULT", [party("USA"), party("CHN"), party("FRA")], [party("RUS")])])
    assert not is_right(wanted, [coded("CONSULT", [party("USA")])])
    assert not is_right(wanted, [coded("ACCUSE", [party("USA")], [party("RUS")])])


def test_an_invented_country_is_known_by_the_first_letters_of_a_partys_words():
    wanted = Expected(frozenset({"ACCUSE"}), frozenset({"ARN", "GON"}))
    assert is_right(wanted, [coded("ACCUSE", [party(None, "the king of Arnor")], [party(None, "Gondor")])])
    assert not is_right(wanted, [coded("ACCUSE", [party(None, "Rohan")], [party(None, "Gondor")])])


def test_the_words_of_a_real_country_do_not_stand_in_for_its_code():
    wanted = Expected(frozenset({"ACCUSE"}), frozenset({"USA", "RUS"}))
    assert not is_right(wanted, [coded("ACCUSE", [party("USA")], [party("UKR", "Rushed troops")])])


def test_a_file_with_codes_beyond_cameo_is_read_as_weis(tmp_path):
    (case,) = cases(tmp_path, [coding("ARN", "GON", "032"), coding("ARN", "GON", "224"), coding("ARN", "GON", "905")])
    assert [x.types for x in case.expected] == [{"CONSULT"}, {"ASSAULT"}]
    assert case.left_out == 1


def test_a_text_without_expected_events_is_right_when_none_is_found(tmp_path):
    found = cases(tmp_path, [{"noevents": "True"}], [{"noevents": "True"}])
    report = prepare(incoming(1)).report
    silent, loud = Coding(report=report), Coding(report=report, events=(coded("AID", [party("USA")]),))
    scores = score(found, [silent, loud], samples=20)
    assert (scores.right.n, scores.silent.right, scores.silent.n, scores.events_per_record) == (0, 1, 2, 0.5)
