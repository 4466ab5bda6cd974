"""actor and schema."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]


def test_schema_prints_the_published_schema(run: Run) -> None:
    answer = run("schema")
    assert answer.code == 0
    assert answer.out == (ROOT / "docs" / "record.schema.json").read_text(encoding="utf-8")


def test_a_phrase_is_resolved_and_explained(run: Run) -> None:
    answer = run("actor", "Pakistan's Defence Minister", "--on", "2023-02-24")
    assert answer.code == 0
    for words in ("PAK", "GOV", "why"):
        assert words in answer.out
    found = json.loads(run("actor", "Pakistan's Defence Minister", "--json").out)
    assert set(found) == {"id", "country", "sectors", "name", "resolved_by"}
    assert found["country"] == "PAK"


def test_a_file_of_phrases_gives_one_line_each_in_order_and_a_bad_line_keeps_its_place(
    run: Run, tmp_path: Path
) -> None:
    lines: list[object] = [
        {"id": "1", "phrase": "the Taliban", "on": "2020-01-01"},
        {"id": 2, "phrase": "the Taliban", "on": "2022-01-01"},
        {"id": "3", "phrase": "zzzz qqqq"},
        {"id": "4"},
        {"id": "5", "phrase": "Islamabad", "on": "some day"},
        {"id": "6", "phrase": "Islamabad", "on": ""},
        ["7"],
    ]
    (tmp_path / "phrases.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8-sig")
    answer = run("actor", "phrases.jsonl", "--jsonl")
    found = [json.loads(line) for line in answer.out.splitlines()]
    assert answer.code == 1
    assert [one["id"] for one in found] == ["1", 2, "3", "4", "5", "6", None]
    assert found[0] != {**found[1], "id": "1"}, "the Taliban are the same before and after 2021-08-15"
    assert found[2]["country"] is None
    assert found[5]["country"] == "PAK"
    (no_phrase, no_date, no_object) = answer.err.splitlines()
    assert no_phrase.startswith("phrases.jsonl:4: is no question (")
    assert no_date == "phrases.jsonl:5: \"on\": 'some day' is not a date. Write 2023, 2023-02 or 2023-02-24."
    assert no_object.startswith("phrases.jsonl:7: ")


def test_a_file_of_phrases_that_is_missing_is_named(run: Run) -> None:
    answer = run("actor", "missing.jsonl", "--jsonl")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("missing.jsonl: cannot be read")
