"""relation, events, people, show, status, failures."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import jsonschema
import msgspec
import pyarrow.parquet
import pytest

from entente.cli.commands import COMMANDS
from entente.ingest import add
from entente.records.relation import EventInContext, OfficeHolding, RecordedFailure, Relation, StoreStatus
from entente.sources.files import read_inputs
from entente.store import Store
from entente.views.schema import record_schema
from tests.cli.conftest import Run
from tests.handmade import TEXT, HandmadeCoder

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with 60 reports and a failure."""
    folder = tmp_path_factory.mktemp("made")
    lines = [
        json.dumps({"id": f"r{number}", "published": f"2023-0{1 + number % 3}-15", "text": f"{TEXT}\nNumber {number}."})
        for number in range(60)
    ]
    (folder / "rows.jsonl").write_text("\n".join(lines), encoding="utf-8")
    store = Store(folder / "entente.duckdb")
    add(read_inputs([str(folder / "rows.jsonl"), "gone.txt"]), HandmadeCoder(), store)
    return store.path


@pytest.fixture
def filled(run: Run, made: Path, tmp_path: Path) -> Run:
    """The command line in a folder with that store."""
    shutil.copy(made, tmp_path / "entente.duckdb")
    return run


def test_json_of_events_is_never_limited_and_valid(filled: Run) -> None:
    answer = filled("events", "--json")
    found = json.loads(answer.out)
    assert (answer.code, answer.err, len(found)) == (0, "", 120)
    schema = {**json.loads(record_schema()), "$ref": "#/$defs/Event"}
    for event in found[:4]:
        jsonschema.validate(event, schema)
    lines = filled("events", "--jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == found


def test_events_in_a_pipe_are_all_printed_one_a_line(filled: Run) -> None:
    answer = filled("events")
    assert len(answer.out.splitlines()) == 121
    assert answer.err == "120 events.\n"


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (("--type", "consult"), 60),
        (("--type", "CONSULT", "--type", "AGREE"), 120),
        (("--actor", "Pakistan"), 60),
        (("--actor", "pak", "--recipient", "USA"), 0),
        (("--country", "United States"), 120),
        (("--status", "negated"), 0),
        (("--topic", "defence"), 120),
        (("--topic", "counter terrorism"), 0),
        (("--min-probability", "0.8"), 60),
        (("--since", "2023-03"), 20),
        (("--until", "2022"), 0),
    ],
)
def test_events_are_filtered_by_what_people_type(arguments: tuple[str, ...], count: int, filled: Run) -> None:
    answer = filled("events", "--jsonl", *arguments)
    assert (answer.code, len(answer.out.splitlines())) == (0, count)


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("events", "--actor", "Pakistn"), "Did you mean Pakistan"),
        (("events", "--type", "CONSLT"), "Did you mean CONSULT?"),
        (("events", "--topic", "defense"), "Did you mean defence"),
        (("events", "--status", "maybe"), "--status"),
        (("events", "--since", "last week"), "Write 2023, 2023-02 or 2023-02-24."),
        (("events", "--min-probability", "7"), "from 0 to 1"),
        (("events", "--json", "--jsonl"), "two formats"),
        (("relation", "USA"), "requires an argument"),
        (("relation", "USA", "usa"), "are the same"),
        (("relation", "Korea", "USA"), "2 are called so: South Korea (KOR) and North Korea (PRK). Write one of these."),
        (("people", "--country", "Congo"), "DR Congo (COD) and Republic of the Congo (COG)"),
        (("events", "--since", "2024", "--until", "2023-06"), "ends before it begins"),
        (("relation", "USA", "PAK", "--since", "2024", "--until", "2023"), "ends before it begins"),
        (("people", "--since", "2024-02", "--until", "2024-01"), "ends before it begins"),
        (("relation", "USA", "Qwxyz"), "ISO code"),
        (("show",), "requires an argument"),
        (("status", "now"), "now"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_to_write(arguments: tuple[str, ...], hint: str, filled: Run) -> None:
    answer = filled(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert hint in answer.err
    assert "Traceback" not in answer.err


def test_a_relation_is_printed_for_people_and_for_programs(filled: Run) -> None:
    printed = filled("relation", "usa", "Pakistan", "--since", "2023-01")
    assert printed.code == 0
    for words in ("(USA) and Pakistan (PAK)", "since 2023-01-01", "together", "2023-02", "Khawaja Muhammad Asif"):
        assert words in printed.out
    found = msgspec.json.decode(filled("relation", "PAK", "USA", "--json").out, type=Relation)
    assert (found.a, found.b, len(found.events), found.coverage.reports) == ("PAK", "USA", 120, 60)
    (line,) = filled("relation", "PAK", "USA", "--jsonl").out.splitlines()
    assert msgspec.json.decode(line, type=Relation) == found


def test_people_are_listed_by_country_and_name(filled: Run) -> None:
    found = msgspec.json.decode(filled("people", "--json", "--country", "Pakistan").out, type=list[OfficeHolding])
    assert [(one.name, one.reports) for one in found] == [("Khawaja Muhammad Asif", 60)]
    printed = filled("people", "--name", "blome")
    assert "Donald Blome" in printed.out
    assert "60 reports" in printed.out


def test_show_takes_the_beginning_of_an_id_that_events_prints(filled: Run) -> None:
    event = json.loads(filled("events", "--jsonl").out.splitlines()[0])
    printed = filled("show", event["id"][:-1] + event["id"][-1])
    assert printed.code == 0
    assert event["evidence"]["text"] in printed.out
    found = msgspec.json.decode(filled("show", event["id"], "--json").out, type=EventInContext)
    assert found.event.id == event["id"]
    unknown = filled("show", "zzzz")
    assert (unknown.code, unknown.out) == (1, "")
    assert "List them with `entente events` or `entente reports`." in unknown.err


def test_status_and_failures_tell_of_the_store(filled: Run) -> None:
    status = msgspec.json.decode(filled("status", "--json").out, type=StoreStatus)
    assert (status.reports, status.events, status.failures) == (60, 120, 1)
    assert "60" in filled("status").out
    (failure,) = msgspec.json.decode(filled("failures", "--json").out, type=list[RecordedFailure])
    assert failure.origin == "gone.txt"
    printed = filled("failures")
    assert "gone.txt" in printed.out
    assert failure.reason in printed.out


def test_events_and_relations_go_to_parquet(filled: Run) -> None:
    assert filled("events", "--type", "AGREE", "--parquet", "a.parquet").out == ""
    assert filled("relation", "USA", "PAK", "--parquet", "b.parquet").out == ""
    assert [pyarrow.parquet.read_table(name).num_rows for name in ("a.parquet", "b.parquet")] == [60, 120]


@pytest.mark.parametrize(
    "command", [("events",), ("people",), ("status",), ("failures",), ("show", "x"), ("relation", "USA", "PAK")]
)
def test_without_a_store_every_command_says_how_to_make_one(command: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    answer = run(*command, "--db", "none.duckdb")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("none.duckdb: there is no store here. Make one with `entente add")
    assert not (tmp_path / "none.duckdb").exists()


def test_the_example_in_every_commands_help_works(filled: Run, tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    event = json.loads(filled("events", "--jsonl").out.splitlines()[0])
    shutil.copy(tmp_path / "entente.duckdb", tmp_path / "other-desk.duckdb")
    known = {"3f2a9c01d4": event["id"], "9b1c02d4e8f7a653": event["report"]["id"]}
    for name, (_, _, example) in COMMANDS.items():
        program, *arguments = shlex.split(example)
        arguments = [known.get(one, one) for one in arguments]
        assert (program, arguments[0]) == ("entente", name)
        assert filled(*arguments).code == 0, example
