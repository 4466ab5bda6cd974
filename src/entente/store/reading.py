"""What the store answers: named queries (``queries/*.sql``) whose rows come back as records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from entente.errors import StoreError
from entente.records import Coding, Evidence, Person, Span
from entente.records.relation import (
    EventInContext,
    OfficeHolding,
    RecordedFailure,
    ReportSource,
    StoredCommitment,
    StoredEvent,
    StoredStatement,
    StoreStatus,
)

if TYPE_CHECKING:
    from datetime import date

    import duckdb

__all__ = [
    "Dyad",
    "EventFilter",
    "coding_of",
    "commitments",
    "event_in_context",
    "events",
    "failures",
    "people",
    "query_rows",
    "statements",
    "status",
    "stored_records",
]

_QUERIES = Path(__file__).parent / "queries"
_Stored = TypeVar("_Stored", StoredEvent, StoredStatement, StoredCommitment)


class Dyad(msgspec.Struct, frozen=True):
    """Two actors, in no order."""

    a: str
    b: str


class _ReportGroup(msgspec.Struct, array_like=True):
    """A row of ``status.sql``."""

    language: str
    coder: str | None
    reports: int
    superseded: int
    undated: int
    first_published: str | None
    last_published: str | None
    last_added: str


class _Latest(msgspec.Struct):
    """The latest telling of an office holding: a cell of ``people.sql``."""

    record: str
    report: ReportSource


class EventFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which events are asked for; what is None lets every event pass.

    ``contexts`` and ``topic_types`` are a topic's: an event passes by any of the contexts or by its type. ``since`` and
    ``until`` are compared with the days of the event or, where it has none, the day of its report; an event with
    neither passes only without them.
    """

    types: tuple[str, ...] | None = None
    statuses: tuple[str, ...] | None = None
    actor: str | None = None
    recipient: str | None = None
    country: str | None = None
    contexts: tuple[str, ...] | None = None
    topic_types: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    min_probability: float | None = None
    dyad: Dyad | None = None


def events(connection: duckdb.DuckDBPyConnection, wanted: EventFilter) -> tuple[StoredEvent, ...]:
    """The events of current reports that pass a filter, the latest first."""
    given = {
        "types": _listed(wanted.types),
        "statuses": _listed(wanted.statuses),
        "actor": wanted.actor,
        "recipient": wanted.recipient,
        "country": wanted.country,
        "contexts": _listed(wanted.contexts),
        "topic_types": list(wanted.topic_types),
        "since": wanted.since,
        "until": wanted.until,
        "min_probability": wanted.min_probability,
        "a": wanted.dyad.a if wanted.dyad else None,
        "b": wanted.dyad.b if wanted.dyad else None,
    }
    return stored_records(query_rows(connection, "events", given), StoredEvent)


def event_in_context(connection: duckdb.DuckDBPyConnection, prefix: str, path: Path) -> EventInContext | None:
    """The event whose id begins with ``prefix``, with its sentences; None where no event's id does.

    Raises
    ------
    StoreError
        Several events' ids begin so.
    """
    rows = query_rows(connection, "event", {"prefix": prefix})
    found = stored_records(rows, StoredEvent)
    exact = [place for place, one in enumerate(found) if one.id == prefix] or list(range(len(found)))
    if not exact:
        return None
    if len({found[place].id for place in exact}) > 1:
        several = ", ".join(found[place].id for place in exact[:5])
        raise StoreError(prefix, f"several events in {path} have ids that begin so: {several}…", "Give more of the id.")
    event, text, sentences = found[exact[0]], str(rows[exact[0]][8]), str(rows[exact[0]][9])
    spans = msgspec.json.decode(sentences, type=tuple[Span, ...])
    around = [span for span in spans if span.start < event.evidence.end and event.evidence.start < span.end]
    return EventInContext(
        event=event,
        sentences=tuple(Evidence.of(text, span.start, span.end) for span in around) or (event.evidence,),
    )


def statements(
    connection: duckdb.DuckDBPyConnection,
    dyad: Dyad,
    *,
    contexts: Sequence[str] | None,
    since: date | None,
    until: date | None,
) -> tuple[StoredStatement, ...]:
    """What speakers of either country say about the other, the latest first."""
    given = {"a": dyad.a, "b": dyad.b, "contexts": _listed(contexts), "since": since, "until": until}
    return stored_records(query_rows(connection, "statements", given), StoredStatement)


def commitments(
    connection: duckdb.DuckDBPyConnection, dyad: Dyad, *, since: date | None, until: date | None
) -> tuple[StoredCommitment, ...]:
    """What either country undertakes or is asked towards the other, the latest first."""
    return stored_records(
        query_rows(connection, "commitments", {"a": dyad.a, "b": dyad.b, "since": since, "until": until}),
        StoredCommitment,
    )


def people(
    connection: duckdb.DuckDBPyConnection,
    *,
    countries: Sequence[str] | None = None,
    reports: Sequence[str] | None = None,
    name: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> tuple[OfficeHolding, ...]:
    """Who held which office by current reports, those in most reports first; ``name`` is any part of the name."""
    given = {"countries": _listed(countries), "reports": _listed(reports), "name": name, "since": since, "until": until}
    return tuple(_holding(row) for row in query_rows(connection, "people", given))


def failures(connection: duckdb.DuckDBPyConnection) -> tuple[RecordedFailure, ...]:
    """The inputs that could not be taken in, the latest first."""
    names = RecordedFailure.__struct_fields__
    return tuple(
        msgspec.convert(dict(zip(names, row, strict=True)), RecordedFailure)
        for row in query_rows(connection, "failures", {})
    )


def status(connection: duckdb.DuckDBPyConnection, path: Path) -> StoreStatus:
    """What a store holds."""
    groups = msgspec.convert(query_rows(connection, "status", {}), list[_ReportGroup])
    types = msgspec.convert(query_rows(connection, "status_events", {}), list[tuple[str, int, int]])
    (others,) = msgspec.convert(query_rows(connection, "status_others", {}), list[tuple[int, int, int, int, int, int]])
    languages: Counter[str] = Counter()
    coders: Counter[str] = Counter()
    for one in groups:
        languages[one.language] += one.reports
        if one.coder is not None:
            coders[one.coder] += one.reports
    published = [day for one in groups for day in (one.first_published, one.last_published) if day is not None]
    return StoreStatus(
        path=str(path),
        size_bytes=path.stat().st_size,
        schema_version=others[0],
        reports=sum(one.reports for one in groups),
        superseded=sum(one.superseded for one in groups),
        undated=sum(one.undated for one in groups),
        not_coded=sum(one.reports for one in groups if one.coder is None),
        languages=dict(languages.most_common()),
        first_published=min(published, default=None),
        last_published=max(published, default=None),
        last_added=max((one.last_added for one in groups), default=None),
        events=sum(count for _, count, _ in types),
        undated_events=sum(undated for _, _, undated in types),
        events_by_type={name: count for name, count, _ in types},
        people=others[1],
        statements=others[2],
        commitments=others[3],
        failures=others[4],
        forgotten=others[5],
        coders=dict(coders.most_common()),
    )


def coding_of(connection: duckdb.DuckDBPyConnection, report_id: str) -> Coding | None:
    """Everything that was coded of one report, exactly as it was added."""
    rows = query_rows(connection, "coding", {"id": report_id})
    if not rows:
        return None
    (row,) = rows
    report = dict(
        zip(
            ("id", "source_id", "url", "publisher", "title", "published", "language", "obtained", "sha256", "text"),
            row,
            strict=False,
        )
    )
    parts = [f'"report":{msgspec.json.encode(report).decode()}', f'"sentences":{row[10]}', f'"warnings":{row[11]}']
    kinds = ("mentions", "events", "people", "statements", "commitments", "claims")
    for kind, records in zip(kinds, row[12:], strict=True):
        parts.append(f'"{kind}":[{",".join(msgspec.convert(records or [], list[str]))}]')
    return msgspec.json.decode("{" + ",".join(parts) + "}", type=Coding)


def _sql(name: str) -> str:
    return (_QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def query_rows(
    connection: duckdb.DuckDBPyConnection, name: str, given: Mapping[str, object]
) -> list[tuple[object, ...]]:
    """The rows of a named query (``queries/NAME.sql``)."""
    return connection.execute(_sql(name), given).fetchall()


def _source(row: Sequence[object]) -> ReportSource:
    return msgspec.convert(dict(zip(ReportSource.__struct_fields__, row[1:8], strict=True)), ReportSource)


def stored_records(rows: Sequence[Sequence[object]], kind: type[_Stored]) -> tuple[_Stored, ...]:
    """Records of rows that begin with the record and its report's seven columns."""
    decode = msgspec.json.Decoder(kind).decode
    return tuple(decode(f'{str(row[0])[:-1]},"report":{msgspec.json.encode(_source(row)).decode()}}}') for row in rows)


def _holding(row: Sequence[object]) -> OfficeHolding:
    latest, first, last, count = msgspec.convert(row, tuple[_Latest, str | None, str | None, int])
    person = msgspec.json.decode(latest.record, type=Person)
    return OfficeHolding(
        name=person.name,
        office=person.office,
        organisation=person.organisation,
        country=person.country,
        sectors=person.sectors,
        current=person.current,
        inferred=person.inferred,
        first=first,
        last=last,
        reports=count,
        evidence=person.evidence,
        report=latest.report,
    )


def _listed(values: Sequence[str] | None) -> list[str] | None:
    return None if values is None else list(values)
