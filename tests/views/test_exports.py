"""Records for programs."""

from __future__ import annotations

import io
import json
from pathlib import Path

import duckdb
import jsonschema
import msgspec
import pyarrow.parquet
import pytest

from entente.errors import StoreError
from entente.ingest import add, read
from entente.records import (
    Claim,
    Coding,
    CommitmentChange,
    Event,
    EventDate,
    Evidence,
    Party,
    Place,
)
from entente.records.arrow import events_from_table, events_to_table
from entente.records.relation import StoredEvent, events_with_report
from entente.store import Store, reading
from entente.views.exports import JsonStream, ParquetFile
from entente.views.schema import record_schema
from tests.handmade import HandmadeCoder, incoming

ROOT = Path(__file__).parents[2]


def full_coding() -> Coding:
    """A coding that uses every field of every record."""
    (outcome,) = read([incoming(1, url="https://example.org/a", title="Ünïcode “quotes”")], HandmadeCoder())
    coding = outcome.coding
    words = Evidence.of(coding.report.text, 0, 7)
    nobody = Party(text=None, start=None, end=None, country="USA", resolved_by="implied", probability=0.5)
    event = msgspec.structs.replace(
        coding.events[0],
        place=Place(
            name="Islamabad", country="PAK", latitude=33.7, longitude=73.1, geonames_id=1176615, start=5, end=9
        ),
        date=EventDate(value="2023-02", end="2023-03", precision="month"),
        recipient=(nobody,),
        speaker=nobody,
    )
    commitment = msgspec.structs.replace(
        coding.commitments[0],
        amount="10 m",
        due="2024",
        condition="if asked",
        history=(CommitmentChange(status="kept", event=event.id, date="2023-05-01", evidence=words),),
    )
    claim = Claim(id="k1", kind="rank", speaker=None, reporter="PAK", partner="USA", period="2022", evidence=words)
    return msgspec.structs.replace(coding, events=(event, *coding.events), commitments=(commitment,), claims=(claim,))


def written(*records: object, lines: bool = False, always_list: bool = False) -> str:
    out = io.StringIO()
    stream = JsonStream(out, lines=lines, always_list=always_list)
    stream.write(records)
    stream.close()
    return out.getvalue()


def test_the_published_schema_is_that_of_the_records() -> None:
    stored = (ROOT / "docs" / "record.schema.json").read_text(encoding="utf-8")
    assert stored == record_schema(), "renew it with `entente schema > docs/record.schema.json`"


@pytest.mark.parametrize("make", [full_coding, lambda: next(iter(read([incoming(2)], HandmadeCoder()))).coding])
def test_a_record_is_valid_by_the_schema(make: object) -> None:
    coding = make()  # type: ignore[operator]
    jsonschema.validate(json.loads(written(coding)), json.loads(record_schema()))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "entente/2"),
        (("report", "id"), 7),
        (("events", 0, "status"), "perhaps"),
        (("events", 0, "actor"), None),
    ],
)
def test_a_record_with_a_wrong_field_is_not_valid(path: tuple[str | int, ...], value: object) -> None:
    document = json.loads(written(full_coding()))
    inside = document
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, json.loads(record_schema()))


def test_every_field_of_a_record_is_always_written() -> None:
    document = json.loads(written(full_coding()))
    del document["claims"]
    with pytest.raises(jsonschema.ValidationError, match="'claims' is a required property"):
        jsonschema.validate(document, json.loads(record_schema()))


def test_one_record_is_one_object_and_several_are_a_list() -> None:
    assert written({"a": 1}) == '{"a":1}\n'
    assert json.loads(written({"a": 1}, {"a": 2}, {"a": 3})) == [{"a": 1}, {"a": 2}, {"a": 3}]
    assert written({"a": 1}, always_list=True) == '[\n{"a":1}\n]\n'
    assert written(always_list=True) == "[]\n"
    assert written({"a": 1}, {"a": 2}, lines=True) == '{"a":1}\n{"a":2}\n'


def test_events_go_to_arrow_and_back_without_loss(tmp_path: Path) -> None:
    events = events_with_report(full_coding())
    assert events_from_table(events_to_table(events)) == events
    path = tmp_path / "events.parquet"
    with ParquetFile(path) as file:
        for event in events:
            file.write([event])
    assert events_from_table(pyarrow.parquet.read_table(path)) == events
    assert [one.name for one in tmp_path.iterdir()] == ["events.parquet"]


def test_a_parquet_file_without_events_has_its_columns(tmp_path: Path) -> None:
    with ParquetFile(tmp_path / "none.parquet"):
        pass
    table = pyarrow.parquet.read_table(tmp_path / "none.parquet")
    assert table.num_rows == 0
    assert {"id", "actor", "recipient", "report_id"} <= set(table.column_names)


def test_parties_can_be_queried_inside_the_parquet_file(tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    with ParquetFile(path) as file:
        file.write(events_with_report(full_coding()))
    query = "SELECT event FROM read_parquet($1) WHERE list_contains(list_transform(actor, lambda p: p.country), 'PAK')"
    found = duckdb.execute(query, [str(path)])
    assert found.fetchall() == [("CONSULT",), ("CONSULT",)]


def test_an_export_that_breaks_off_leaves_the_earlier_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    path.write_bytes(b"the earlier one")

    def break_off() -> None:
        with ParquetFile(path) as file:
            file.write(events_with_report(full_coding()))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert path.read_bytes() == b"the earlier one"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(("path", "reason"), [("nowhere/e.parquet", "No such file or directory"), (".", "directory")])
def test_a_parquet_file_that_cannot_be_written_is_named(tmp_path: Path, path: str, reason: str) -> None:
    file = tmp_path / path
    with (
        pytest.raises(StoreError, match=f"{file}: cannot be written .*{reason}.*--parquet") as problem,
        ParquetFile(file),
    ):
        pass
    assert ".part-" not in str(problem.value)
    assert not list(tmp_path.rglob("*.part-*"))


def test_an_event_of_the_store_is_an_event_of_the_schema_with_its_report(tmp_path: Path) -> None:
    store = Store(tmp_path / "x.duckdb")
    add([incoming(1)], HandmadeCoder(), store)
    with store.reading() as connection:
        (event, *_) = reading.events(connection, reading.EventFilter())
    document = json.loads(written(event))
    schema = json.loads(record_schema())
    jsonschema.validate(document, {**schema, "$ref": "#/$defs/Event"})
    assert document["report"]["source_id"] == "r1"
    assert set(StoredEvent.__struct_fields__) - set(Event.__struct_fields__) == {"report"}
