"""read and add."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import jsonschema
import pyarrow.parquet
import pytest

from entente.views.schema import record_schema
from tests.cli.conftest import Run
from tests.handmade import TEXT


def rows(path: Path, *texts: str) -> Path:
    lines = [
        json.dumps({"id": f"r{number}", "published": "2023-02-24", "text": text}) for number, text in enumerate(texts)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_read_prints_the_record_of_a_report_and_stores_nothing(run: Run, box: Path) -> None:
    answer = run("read", str(box / "a.txt"))
    assert (answer.code, answer.err) == (0, "")
    assert "CONSULT meet" in answer.out
    assert "“The United States will train Pakistani pilots”" in answer.out
    assert [one.name for one in box.parent.iterdir()] == ["box"]


def test_one_input_is_one_json_object_and_several_are_a_list(run: Run, box: Path) -> None:
    one = json.loads(run("read", "--json", str(box / "a.txt")).out)
    assert one["report"]["source_id"] == "a.txt"
    several = json.loads(run("read", "--json", str(box)).out)
    assert [record["report"]["source_id"] for record in several] == ["a.txt", "b.txt"]
    for record in (one, *several):
        jsonschema.validate(record, json.loads(record_schema()))


def test_every_input_is_one_json_line_in_order_also_repeated_foreign_and_failed_ones(
    run: Run, box: Path, tmp_path: Path
) -> None:
    (box / "c.txt").write_bytes((box / "a.txt").read_bytes())
    table = rows(tmp_path / "rows.jsonl", TEXT + "One.", TEXT + "BREAK THE CODER", TEXT + "Three.")
    with table.open("a", encoding="utf-8") as lines:
        lines.write("{not json\n")
    answer = run("read", "--jsonl", str(table), str(box), str(tmp_path / "missing.txt"))
    records = [json.loads(line) for line in answer.out.splitlines()]
    assert answer.code == 1
    assert [len(record["events"]) for record in records] == [2, 0, 2, 0, 2, 0, 2, 0]
    assert [record["report"]["source_id"] for record in records[:3]] == ["r0", "r1", "r2"]
    for record in records:
        jsonschema.validate(record, json.loads(record_schema()))
    for place in (1, 3, 5, 6, 7):
        assert records[place]["warnings"], f"nothing says why line {place} is as it is"
    for place in (1, 3, 7):
        assert records[place]["report"]["text"] == ""
    assert "missing.txt" in answer.err
    assert "a text that no coder can take" in answer.err


def test_add_says_what_it_added_and_names_what_failed(run: Run, box: Path) -> None:
    answer = run("add", str(box), str(box / "nothing.txt"))
    assert answer.code == 1
    assert "Added 2 reports with 2 events to entente.duckdb" in answer.out
    assert "1 not English" in answer.out
    assert "1 undated" in answer.out
    assert "1 failed, see `entente failures`" in answer.out
    assert "nothing.txt" in answer.err
    again = run("add", str(box))
    assert (again.code, again.out) == (0, "Added 0 reports with 0 events to entente.duckdb; 2 already there.\n")


def test_failures_of_what_was_mended_replaced_or_removed_are_cleared_when_it_is_added_again(
    run: Run, box: Path, tmp_path: Path
) -> None:
    def failed() -> list[str]:
        return [failure["origin"] for failure in json.loads(run("failures", "--json").out)]

    empty = tmp_path / "later"
    empty.mkdir()
    (box / "gone.txt").touch()
    (box / "a.zip").write_bytes(b"no archive")
    (box / "rows.jsonl").write_text('{"text": "Peru met Chile."}\n{\n', encoding="utf-8")
    run("add", "box", "later")
    assert failed() == ["box/a.zip", "box/gone.txt", "box/rows.jsonl:2", "later"]
    (box / "gone.txt").unlink()
    with zipfile.ZipFile(box / "a.zip", "w") as archive:
        archive.writestr("x.txt", "Peru met Chile in Lima.")
    (box / "rows.jsonl").write_text('{"text": "Peru met Chile."}\n', encoding="utf-8")
    (empty / "y.txt").write_text("Chile met Peru.", encoding="utf-8")
    run("add", "later", "box/a.txt")
    assert failed() == ["box/a.zip", "box/gone.txt", "box/rows.jsonl:2"]
    run("add", "./box/")
    assert failed() == []


def test_failures_inside_what_cannot_be_read_now_stay(run: Run, box: Path, tmp_path: Path) -> None:
    (box / "c.txt").touch()
    run("add", "box")
    box.rename(tmp_path / "moved")
    run("add", "box")
    assert [failure["origin"] for failure in json.loads(run("failures", "--json").out)] == ["box", "box/c.txt"]
    run("add", ".")
    assert [failure["origin"] for failure in json.loads(run("failures", "--json").out)] == ["moved/c.txt"]


def test_add_gives_json_lines_too_with_empty_lists_for_what_is_there(run: Run, box: Path) -> None:
    first = [json.loads(line) for line in run("add", "--jsonl", str(box)).out.splitlines()]
    second = [json.loads(line) for line in run("add", "--jsonl", str(box)).out.splitlines()]
    assert [len(record["events"]) for record in first] == [2, 0]
    assert [len(record["events"]) for record in second] == [0, 0]
    assert all("Already in the store" in record["warnings"][0] for record in second)


def test_columns_of_a_table_can_be_named(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "rows.csv"
    table.write_text(
        f'key;when;body\n7;2023-02-24;"{TEXT.replace(chr(34), chr(34) * 2)}"\n'.replace(";", ","), encoding="utf-8"
    )
    answer = run("read", "--json", "--id-column", "key", "--date-column", "when", "--text-column", "body", str(table))
    record = json.loads(answer.out)
    assert (record["report"]["source_id"], record["report"]["published"]) == ("7", "2023-02-24")
    assert record["report"]["text"] == TEXT


def test_a_publication_date_can_be_given(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert json.loads(run("read", "--json", "a.txt").out)["report"]["published"] is None
    given = run("read", "--json", "--published", "2024-05-06", "a.txt")
    assert json.loads(given.out)["report"]["published"] == "2024-05-06"
    for typed in ("yesterday", "2023", "2023-02", "2023-02-30"):
        wrong = run("read", "--published", typed, "a.txt")
        assert (wrong.code, wrong.out) == (2, ""), typed
        assert "is not a date with its day. Write it as 2023-02-24." in wrong.err


def test_encoding_is_named_for_texts_that_do_not_show_theirs(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Посол прибыл в Минск.".encode("koi8-r"))
    unnamed = run("read", "--json", "a.txt")
    assert unnamed.code == 1
    assert "--encoding" in unnamed.err
    named = run("read", "--json", "--encoding", "koi8-r", "a.txt")
    assert json.loads(named.out)["report"]["text"] == "Посол прибыл в Минск."
    wrong = run("read", "--encoding", "koi9", "a.txt")
    assert (wrong.code, wrong.out) == (2, "")
    assert "is no known encoding" in wrong.err


@pytest.mark.parametrize("command", ["read", "add"])
def test_events_go_to_a_parquet_file(command: str, run: Run, box: Path) -> None:
    answer = run(command, str(box), "--parquet", "events.parquet")
    assert answer.code == 0
    assert "Wrote 2 events to events.parquet." in answer.err
    table = pyarrow.parquet.read_table("events.parquet")
    assert table["event"].to_pylist() == ["CONSULT", "AGREE"]
    assert [party["country"] for party in table["actor"].to_pylist()[0]] == ["PAK", "USA"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("read",),
        ("read", "a.txt", "--jsom"),
        ("read", "a.txt", "--json", "--jsonl"),
        ("read", "a.txt", "--model", "huge"),
        ("read", "a.txt", "--min-probability", "70"),
        ("add",),
        ("raed", "a.txt"),
    ],
)
def test_wrong_usage_ends_with_2_and_prints_nothing_on_standard_output(arguments: tuple[str, ...], run: Run) -> None:
    answer = run(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err


def test_a_store_that_cannot_be_made_is_a_failure_with_a_reason(run: Run, box: Path) -> None:
    answer = run("add", str(box), "--db", "no/such/folder/x.duckdb")
    assert answer.code == 1
    assert "folder does not exist" in answer.err
    assert "Traceback" not in answer.err
