import json

from evaluation.gate import Measured, check, fingerprint, raise_floors
from evaluation.report import table, write_section

SCORE = Measured("gsr: type and countries", 0.42, "abc")


def lower(value, gold="abc"):
    return [Measured(SCORE.name, value, gold)]


def test_a_score_without_a_floor_passes_and_raising_sets_one(tmp_path):
    floors = tmp_path / "floors.json"
    assert check([SCORE], floors) == []
    assert raise_floors([SCORE], floors=floors) == ["gsr: type and countries: new → 0.420"]
    assert check([SCORE], floors) == []


def test_a_score_below_its_floor_fails_and_rounding_does_not(tmp_path):
    floors = tmp_path / "floors.json"
    raise_floors([SCORE], floors=floors)
    assert check(lower(0.417), floors) == []
    assert check(lower(0.40), floors) == ["gsr: type and countries: 0.400 is below its floor 0.420."]


def test_a_floor_is_lowered_only_with_a_reason_which_is_kept(tmp_path):
    floors = tmp_path / "floors.json"
    raise_floors([SCORE], floors=floors)
    assert raise_floors(lower(0.3), floors=floors) == []
    assert check(lower(0.3), floors)
    raise_floors(lower(0.3), allow_lower="the new guide is stricter", floors=floors)
    assert check(lower(0.3), floors) == []
    assert json.loads(floors.read_text())[SCORE.name]["lowered"] == "the new guide is stricter"


def test_a_changed_gold_is_noticed(tmp_path):
    floors = tmp_path / "floors.json"
    raise_floors([SCORE], floors=floors)
    assert "the gold has changed" in check(lower(0.9, "def"), floors)[0]
    raise_floors(lower(0.9, "def"), floors=floors)
    assert check(lower(0.9, "def"), floors) == []


def test_a_fingerprint_depends_on_names_and_contents(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("x")
    two.write_text("y")
    first = fingerprint([one, two])
    assert fingerprint([two, one]) == first
    two.write_text("z")
    assert fingerprint([one, two]) != first


def test_a_section_is_replaced_and_the_others_stay(tmp_path):
    document = tmp_path / "docs" / "evaluation.md"
    write_section("One", "first \\1", document)
    write_section("Two", "second", document)
    write_section("One", "third", document)
    text = document.read_text()
    assert text.startswith("# Evaluation\n")
    assert text.index("## One\n\nthird\n") < text.index("## Two\n\nsecond\n")
    assert "first" not in text
    again = text
    write_section("Two", "second", document)
    assert document.read_text() == again


def test_a_table_has_a_line_for_each_row():
    assert table(["a", "b"], [["1", "2"]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"
