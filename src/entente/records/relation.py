"""What the record on disk answers: events with the report they stand in, who holds which office, how a dyad stands."""

from __future__ import annotations

import msgspec

from entente.records.event import SCHEMA, Coding, Commitment, Event, Statement
from entente.records.report import Evidence, Report

__all__ = [
    "Coverage",
    "Direction",
    "EventInContext",
    "Month",
    "OfficeHolding",
    "RecordedFailure",
    "Relation",
    "ReportSource",
    "StoreStatus",
    "StoredCommitment",
    "StoredEvent",
    "StoredStatement",
    "events_with_report",
]


class ReportSource(msgspec.Struct, frozen=True, kw_only=True):
    """Which report a record stands in; ``superseded_by`` is the newer version of the same page, if there is one."""

    id: str
    source_id: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: str | None = None
    superseded_by: str | None = None


class StoredEvent(Event, frozen=True, kw_only=True):
    """An event with the report that tells it; all offsets are into that report's text."""

    report: ReportSource


def events_with_report(coding: Coding) -> tuple[StoredEvent, ...]:
    """The events of a coding, each with the report that tells it."""
    source = _source(coding.report)
    return tuple(StoredEvent(**msgspec.structs.asdict(event), report=source) for event in coding.events)


def _source(report: Report) -> ReportSource:
    return ReportSource(
        id=report.id,
        source_id=report.source_id,
        url=report.url,
        publisher=report.publisher,
        title=report.title,
        published=report.published,
    )


class StoredStatement(Statement, frozen=True, kw_only=True):
    """A statement with the report that gives it."""

    report: ReportSource


class StoredCommitment(Commitment, frozen=True, kw_only=True):
    """A commitment with the report that tells it."""

    report: ReportSource


class EventInContext(msgspec.Struct, frozen=True, kw_only=True):
    """An event with the sentences of its report that hold its evidence."""

    schema: str = SCHEMA
    event: StoredEvent
    sentences: tuple[Evidence, ...]


class OfficeHolding(msgspec.Struct, frozen=True, kw_only=True):
    """Who held which office, between the first and the last day on which reports say so.

    ``reports`` counts them; ``evidence`` is the latest one's words, ``report`` where they stand.
    """

    name: str
    office: str | None
    organisation: str | None
    country: str | None
    sectors: tuple[str, ...]
    current: bool
    inferred: bool
    first: str | None
    last: str | None
    reports: int
    evidence: Evidence
    report: ReportSource


class RecordedFailure(msgspec.Struct, frozen=True, kw_only=True):
    """An input that could not be taken in, with when that was first and last tried and how often."""

    origin: str
    reason: str
    remedy: str
    source_id: str | None
    first_seen: str
    last_seen: str
    count: int


class StoreStatus(msgspec.Struct, frozen=True, kw_only=True):
    """What a store holds.

    ``superseded`` reports are among ``reports``, their events are not among ``events``; ``forgotten`` were taken down.
    """

    path: str
    size_bytes: int
    schema_version: int
    reports: int
    superseded: int
    undated: int
    not_coded: int
    languages: dict[str, int]
    first_published: str | None
    last_published: str | None
    last_added: str | None
    events: int
    undated_events: int
    events_by_type: dict[str, int]
    people: int
    statements: int
    commitments: int
    failures: int
    forgotten: int
    coders: dict[str, int]


class Direction(msgspec.Struct, frozen=True, kw_only=True):
    """What one side does to the other, or both do together (``recipient`` None).

    The score is the mean of the PLOVER scores of actual events, weighted by their probability; None without any.
    """

    actor: str
    recipient: str | None
    events: int
    actual: int
    mean_score: float | None
    by_quad_class: dict[str, int]
    by_type: dict[str, int]
    by_status: dict[str, int]


class Month(msgspec.Struct, frozen=True, kw_only=True):
    """The actual events of one month (``2023-02``) and the mean of their scores, weighted by probability."""

    month: str
    events: int
    mean_score: float | None


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """How much the picture of a relation rests on; ``first`` and ``last`` are the reports' days."""

    reports: int
    first: str | None
    last: str | None
    undated_events: int


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """How the relationship of two actors stands in what was read: both directions and what they do together.

    ``events`` are the latest first; ``undated_events`` of the coverage are not in any month.
    """

    schema: str = SCHEMA
    a: str
    b: str
    since: str | None = None
    until: str | None = None
    topic: str | None = None
    coverage: Coverage
    directions: tuple[Direction, ...]
    months: tuple[Month, ...]
    events: tuple[StoredEvent, ...]
    people: tuple[OfficeHolding, ...]
    statements: tuple[StoredStatement, ...]
    commitments: tuple[StoredCommitment, ...]
