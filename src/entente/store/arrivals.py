"""What came into the store since somebody last looked, and which relations it tells of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from entente.records.relation import StoredEvent
from entente.records.standing import Arrivals, TouchedRelation, Watch
from entente.store.migration import now
from entente.store.reading import query_rows, stored_records

if TYPE_CHECKING:
    import duckdb

__all__ = ["arrivals", "move_mark"]

MARK = "new"


class _Place(msgspec.Struct, frozen=True):
    """Where an event stands: in which report, as the how-manyeth."""

    report_id: str
    ordinal: int


class _Publisher(msgspec.Struct, array_like=True):
    """A row of ``arrivals.sql``."""

    name: str
    reports: int
    versions: int
    undated: int
    not_coded: int
    last_serial: int


class _Dyad(msgspec.Struct, array_like=True):
    """A row of ``arrivals_relations.sql``."""

    a: str
    b: str
    reports: int
    events: int
    actual: int
    by_quad_class: dict[str, int] | None
    first: _Place


def arrivals(
    connection: duckdb.DuckDBPyConnection, watched: Sequence[Watch], *, since: str | None, most: int | None
) -> Arrivals:
    """What came in since the mark, or on and after a day.

    Parameters
    ----------
    connection : DuckDBPyConnection
        The store, open to read.
    watched : sequence of Watch
        Relations that come first, also where nothing came in of them.
    since : str or None
        A day (``2026-11-20``); None for what came in after the mark that `move_mark` left.
    most : int or None
        How many relations that are not watched are told of, None for all.
    """
    serial, looked_at = (0, None) if since is not None else _mark(connection)
    given = {"serial": serial, "since": since}
    publishers = msgspec.convert(query_rows(connection, "arrivals", given), list[_Publisher])
    (totals,) = query_rows(connection, "arrivals_totals", given | {"failed_since": since or looked_at})
    events, failures, sources_failing = msgspec.convert(totals, tuple[int, int, int])
    found = msgspec.convert(query_rows(connection, "arrivals_relations", given), list[_Dyad])
    return Arrivals(
        since=since or looked_at,
        reports=sum(one.reports for one in publishers),
        versions=sum(one.versions for one in publishers),
        undated=sum(one.undated for one in publishers),
        not_coded=sum(one.not_coded for one in publishers),
        failures=failures,
        sources_failing=sources_failing,
        events=events,
        publishers={one.name: one.reports for one in publishers},
        touched=len(found),
        relations=_relations(connection, found, watched, most),
        last_serial=max((one.last_serial for one in publishers), default=serial),
    )


def move_mark(connection: duckdb.DuckDBPyConnection, serial: int) -> None:
    """Note that somebody has seen what came in up to the report with this serial number."""
    connection.execute("INSERT OR REPLACE INTO marks VALUES (?, ?, ?)", [MARK, serial, now()])


def _mark(connection: duckdb.DuckDBPyConnection) -> tuple[int, str | None]:
    row = connection.execute("SELECT serial, moved_at FROM marks WHERE name = ?", [MARK]).fetchone()
    return (int(row[0]), str(row[1])) if row else (0, None)


def _relations(
    connection: duckdb.DuckDBPyConnection, found: Sequence[_Dyad], watched: Sequence[Watch], most: int | None
) -> tuple[TouchedRelation, ...]:
    """The watched relations in the order given, then the others, those with most events first."""
    by_dyad = {Watch(one.a, one.b): one for one in found}
    others = [dyad for dyad in by_dyad if dyad not in set(watched)][:most]
    shown = [by_dyad[dyad] for dyad in (*watched, *others) if dyad in by_dyad]
    events = _events(connection, [one.first for one in shown])
    return tuple(
        _touched(dyad, by_dyad.get(dyad), events, watched=place < len(watched))
        for place, dyad in enumerate((*watched, *others))
    )


def _touched(dyad: Watch, one: _Dyad | None, events: dict[_Place, StoredEvent], *, watched: bool) -> TouchedRelation:
    return TouchedRelation(
        a=dyad.a,
        b=dyad.b,
        watched=watched,
        reports=one.reports if one else 0,
        events=one.events if one else 0,
        actual=one.actual if one else 0,
        by_quad_class=dict(sorted((one.by_quad_class or {}).items())) if one else {},
        event=events[one.first] if one else None,
    )


def _events(connection: duckdb.DuckDBPyConnection, places: Sequence[_Place]) -> dict[_Place, StoredEvent]:
    given = {"reports": [one.report_id for one in places], "ordinals": [one.ordinal for one in places]}
    rows = query_rows(connection, "arrivals_events", given)
    found = stored_records([row[:8] for row in rows], StoredEvent)
    return {_Place(*msgspec.convert(row[8:], tuple[str, int])): event for row, event in zip(rows, found, strict=True)}
