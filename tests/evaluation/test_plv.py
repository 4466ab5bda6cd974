import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.errors import InputError
from entente.evaluation.baselines import MostFrequent
from entente.evaluation.plv import PENTA, predict, read_plv, score
from entente.ontology.codebook import load_codebook

HEAD = "sentence_id\tsentence\tmarked_sentence\tsource\ttarget"


def file(tmp_path, *rows, head=HEAD):
    path = tmp_path / "plv.tsv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def marked(tmp_path, sentence, source="", target=""):
    (case,) = read_plv(file(tmp_path, f"1\t{sentence}\t{sentence}\t{source}\t{target}"))
    pair = case.pair
    words = [pair.sentence[s.start : s.end] for s in (pair.source, pair.target)]
    return pair.sentence, *words


def test_marks_say_where_source_and_target_stand(tmp_path):
    assert marked(tmp_path, "<s>Norway</s> thanked <t>the king of Morocco </t>.") == (
        "Norway thanked the king of Morocco .",
        "Norway",
        "the king of Morocco",
    )


def test_marks_may_lie_inside_each_other(tmp_path):
    assert marked(tmp_path, "<s><t>Iraqi</t> fighters</s> gave up.") == (
        "Iraqi fighters gave up.",
        "Iraqi fighters",
        "Iraqi",
    )


def test_marks_may_cross_each_other(tmp_path):
    assert marked(tmp_path, "<s>Mali <t>and</s> Niger</t> met.") == ("Mali and Niger met.", "Mali and", "and Niger")


def test_without_marks_the_first_place_of_the_words_is_taken(tmp_path):
    assert marked(tmp_path, "Norway thanked morocco.", "Norway", "Morocco")[1:] == ("Norway", "morocco")


def test_a_party_that_is_not_named_gets_an_empty_place(tmp_path):
    assert marked(tmp_path, "<s>Norway</s> resigned.", "Norway", "a recipient")[1:] == ("Norway", "")


def test_quotes_mean_nothing(tmp_path):
    sentence, source, _ = marked(tmp_path, '"We agree, <s>Norway</s> said.')
    assert (sentence, source) == ('"We agree, Norway said.', "Norway")


def test_a_missing_column_or_field_is_named(tmp_path):
    with pytest.raises(InputError, match="no column target"):
        read_plv(file(tmp_path, head="sentence_id\tsentence\tmarked_sentence\tsource"))
    with pytest.raises(InputError, match=r"plv\.tsv:3: has 2 fields, not 5"):
        read_plv(file(tmp_path, "1\ta\ta\tb\tc", "2\tb"))


def test_a_class_that_plv_does_not_have_is_refused(tmp_path):
    with pytest.raises(InputError, match="FIGHT"):
        read_plv(file(tmp_path, "1\ta\ta\tb\tc\tFIGHT", head=HEAD + "\tgold"))


def test_concede_and_retreat_are_one_class(tmp_path):
    rows = ["1\ta\ta\tb\tc\tRETREAT", "2\ta\ta\tb\tc\tyield", "3\ta\ta\tb\tc\tAID"]
    cases = read_plv(file(tmp_path, *rows, head=HEAD + "\tgold"))
    found = predict(MostFrequent("CONCEDE"), cases)
    assert [(p.root, p.penta, p.probability) for p in found] == [("YIELD", 2, 1.0)] * 3
    scores = score(cases, found, samples=20)
    assert scores is not None
    assert scores.root.micro_f1 == pytest.approx(2 / 3)
    assert scores.root.macro_f1 == pytest.approx(0.4)
    assert (scores.penta.micro_f1, scores.binary.micro_f1) == (1.0, 1.0)


def test_without_a_gold_column_nothing_is_scored(tmp_path):
    cases = read_plv(file(tmp_path, "1\ta\ta\tb\tc"))
    assert score(cases, predict(MostFrequent("AID"), cases)) is None


def test_probabilities_of_the_two_halves_of_yield_add_up(tmp_path):
    class Torn(MostFrequent):
        def classify_pairs(self, pairs):
            return [{"CONCEDE": 0.3, "RETREAT": 0.3, "AID": 0.4} for _ in pairs]

    (found,) = predict(Torn("AID"), read_plv(file(tmp_path, "1\ta\ta\tb\tc")))
    assert (found.root, found.probability) == ("YIELD", 0.6)


def test_json_lines_hold_the_same(tmp_path):
    path = tmp_path / "plv.jsonl"
    row = '{"id": "7", "sentence": "A met B", "marked": "<s>A</s> met <t>B</t>", "source": "A", "target": "B", "root": "CONSULT"}'
    path.write_text(row + "\n", encoding="utf-8")
    (case,) = read_plv(path)
    assert (case.id, case.gold, case.pair.target.start) == ("7", "CONSULT", 6)


def test_plv_knows_every_type_of_the_codebook():
    types = {"YIELD" if t in ("CONCEDE", "RETREAT") else t for t in load_codebook().types}
    assert types == set(PENTA)


@given(st.text(alphabet="ab<>/st ", max_size=40))
def test_any_marks_give_spans_inside_the_sentence(tmp_path_factory, words):
    path = tmp_path_factory.mktemp("plv") / "x.tsv"
    path.write_text(f"{HEAD}\n1\ta\t{words}\tb\tt\n", encoding="utf-8")
    for case in read_plv(path):
        for span in (case.pair.source, case.pair.target):
            assert 0 <= span.start <= span.end <= len(case.pair.sentence)
