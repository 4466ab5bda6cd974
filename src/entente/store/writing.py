"""Codings and failures written to the store: one report, one transaction."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from entente.records import Coding, Event, Failure, Party, Report
from entente.store.days import days_of_event, whole_day
from entente.store.migration import now
from entente.store.reading import query_rows
from entente.store.takedown import forgotten_among
from entente.store.transactions import transaction
from entente.store.versions import place_among_versions

if TYPE_CHECKING:
    from datetime import date

    import duckdb

__all__ = [
    "Written",
    "clear_failures",
    "failed_before",
    "known_reports",
    "outlived_failures",
    "record_failure",
    "write_coding",
]

Written = Literal["added", "new version", "already there", "forgotten"]
NEXT_SERIAL = (
    "(SELECT coalesce(max(serial), 0) + 1 FROM (SELECT max(serial) AS serial FROM reports "
    "UNION ALL SELECT max(serial) FROM tombstones UNION ALL SELECT max(serial) FROM marks))"
)
"""The number of the next report: never that of one that was forgotten, or that somebody has seen already."""

Value: TypeAlias = "str | float | list[str] | date | None"

# The columns after `report_id` and `ordinal`: a coding's row holds what queries filter on, then the record whole.
_TABLES: dict[str, tuple[str, ...]] = {
    "mentions": ("kind VARCHAR", "entity VARCHAR", "country VARCHAR", "record VARCHAR"),
    "events": (
        "id VARCHAR",
        "event VARCHAR",
        "modes VARCHAR[]",
        "contexts VARCHAR[]",
        "status VARCHAR",
        "quad_class VARCHAR",
        "score DOUBLE",
        "probability DOUBLE",
        "actors VARCHAR[]",
        "recipients VARCHAR[]",
        "begins DATE",
        "ends DATE",
        "told DATE",
        "record VARCHAR",
    ),
    "people": (
        "name VARCHAR",
        "office VARCHAR",
        "organisation VARCHAR",
        "country VARCHAR",
        "told DATE",
        "record VARCHAR",
    ),
    "statements": (
        "id VARCHAR",
        "speaker VARCHAR",
        "about VARCHAR[]",
        "topics VARCHAR[]",
        "told DATE",
        "record VARCHAR",
    ),
    "commitments": (
        "id VARCHAR",
        "kind VARCHAR",
        "status VARCHAR",
        "who VARCHAR[]",
        "towards VARCHAR[]",
        "told DATE",
        "record VARCHAR",
    ),
    "claims": ("id VARCHAR", "kind VARCHAR", "reporter VARCHAR", "partner VARCHAR", "record VARCHAR"),
}


def known_reports(connection: duckdb.DuckDBPyConnection, reports: Sequence[Report]) -> set[str]:
    """The ids of those of the reports that the store holds already.

    The same text under the same address is the same report, whoever each source names as its publisher; and so is a
    text that came without either, such as one copied from a page into a file.
    """
    given = {
        "ids": [report.id for report in reports],
        "hashes": [report.sha256 for report in reports],
        "urls": [report.url for report in reports],
        "publishers": [report.publisher for report in reports],
    }
    return {str(row[0]) for row in query_rows(connection, "known", given)}


def failed_before(connection: duckdb.DuckDBPyConnection, origins: Sequence[str]) -> set[str]:
    """Those of the inputs that a failure is recorded for."""
    rows = connection.execute(
        "SELECT origin FROM failures WHERE origin IN (SELECT unnest(?::VARCHAR[]))", [list(origins)]
    ).fetchall()
    return {row[0] for row in rows}


def outlived_failures(
    connection: duckdb.DuckDBPyConnection, places: Collection[str], failed_now: Collection[str]
) -> list[str]:
    """The failures recorded for parts of inputs that were read to their end without failing there again.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Open for reading at least.
    places : collection of str
        The inputs, as the origins of their parts begin; ``""`` stands for the working folder.
    failed_now : collection of str
        The origins that failed this time; where one of them holds others, nobody knows how those are.
    """
    outlived = []
    for (origin,) in connection.execute("SELECT origin FROM failures ORDER BY origin").fetchall():
        holders = [origin, *(origin[: mark.start()] for mark in re.finditer("[/:#]", origin))]
        if not origin.startswith(("/", "../")) and "://" not in origin:
            holders.append("")
        if any(one in places for one in holders) and not any(one in failed_now for one in holders):
            outlived.append(origin)
    return outlived


def write_coding(
    connection: duckdb.DuckDBPyConnection,
    coding: Coding,
    *,
    origin: str,
    coded: bool,
    coder: str,
    model: str,
    whole: str | None = None,
) -> Written:
    """Write one report with all that was coded of it, in one transaction; one that is there is left alone.

    A report that was forgotten, or whose page was, is left out.

    ``whole`` are all the words of the document that the report's text was taken out of, if it is only a part.

    A success clears the failure recorded for the same ``origin``. Of two reports with one URL one is marked superseded
    by the other (`entente.store.versions` says which).
    """
    report = coding.report
    with transaction(connection):
        connection.execute("DELETE FROM failures WHERE origin = ?", [origin])
        written: Written = "already there"
        if not known_reports(connection, [report]):
            if forgotten_among(connection, [report]):
                written = "forgotten"
            else:
                is_first, superseded_by = place_among_versions(connection, report)
                _insert_report(connection, coding, (origin, now(), coded, coder, model), superseded_by, whole)
                for table, rows in _rows(coding).items():
                    _insert(connection, table, report.id, rows)
                written = "added" if is_first else "new version"
    return written


def record_failure(connection: duckdb.DuckDBPyConnection, failure: Failure) -> None:
    """Note that an input failed; the same input again counts up and keeps when it first did."""
    connection.execute(
        "INSERT INTO failures VALUES ($1, $2, $3, $4, $5, $5, 1) ON CONFLICT (origin) DO UPDATE SET source_id = $2, "
        "reason = $3, remedy = $4, last_seen = $5, count = count + 1",
        [failure.origin, failure.source_id, failure.reason, failure.remedy, now()],
    )


def clear_failures(connection: duckdb.DuckDBPyConnection, origins: Sequence[str]) -> None:
    """Forget the failures of inputs that turned out well after all."""
    connection.execute("DELETE FROM failures WHERE origin IN (SELECT unnest(?::VARCHAR[]))", [list(origins)])


def _insert_report(
    connection: duckdb.DuckDBPyConnection,
    coding: Coding,
    provenance: tuple[str, str, bool, str, str],
    superseded_by: str | None,
    whole: str | None,
) -> None:
    report = coding.report
    values = [
        report.id,
        report.source_id,
        report.url,
        report.publisher,
        report.title,
        report.published,
        whole_day(report.published),
        report.language,
        report.obtained,
        report.sha256,
        report.text,
        *provenance,
        _json(coding.sentences),
        _json(coding.warnings),
        superseded_by,
        whole,
    ]
    marks = ", ".join("?" for _ in values[1:])
    connection.execute(
        f"INSERT INTO reports SELECT ?, {NEXT_SERIAL}, {marks}",
        values,
    )


def _insert(
    connection: duckdb.DuckDBPyConnection, table: str, report_id: str, rows: Sequence[tuple[Value, ...]]
) -> None:
    """Insert rows column by column, which DuckDB does some twenty times faster than one by one."""
    if not rows:
        return
    columns = ", ".join(f"unnest(?::{column.split()[1]}[])" for column in _TABLES[table])
    connection.execute(
        f"INSERT INTO {table} SELECT ?, unnest(range({len(rows)})), {columns}",
        [report_id, *(list(column) for column in zip(*rows, strict=True))],
    )


def _rows(coding: Coding) -> dict[str, list[tuple[Value, ...]]]:
    """The rows of each table that hold one coding, in the order of ``_TABLES``."""
    told = whole_day(coding.report.published)
    return {
        "mentions": [(one.kind, one.entity, one.country, _json(one)) for one in coding.mentions],
        "events": [_event_row(one, told) for one in coding.events],
        "people": [(one.name, one.office, one.organisation, one.country, told, _json(one)) for one in coding.people],
        "statements": [
            (
                one.id,
                one.speaker.country if one.speaker else None,
                list(one.about),
                list(one.topics),
                told,
                _json(one),
            )
            for one in coding.statements
        ],
        "commitments": [
            (one.id, one.kind, one.status, _countries(one.who), _countries(one.towards), told, _json(one))
            for one in coding.commitments
        ],
        "claims": [(one.id, one.kind, one.reporter, one.partner, _json(one)) for one in coding.claims],
    }


def _event_row(event: Event, told: date | None) -> tuple[Value, ...]:
    begins, ends = days_of_event(event.date) or (None, None)
    return (
        event.id,
        event.event,
        list(event.mode),
        list(event.contexts),
        event.status,
        event.quad_class,
        event.score,
        event.probability,
        _countries(event.actor),
        _countries(event.recipient),
        begins,
        ends,
        told,
        _json(event),
    )


def _countries(parties: Iterable[Party]) -> list[str]:
    return list(dict.fromkeys(party.country for party in parties if party.country))


def _json(record: object) -> str:
    return msgspec.json.encode(record).decode()
