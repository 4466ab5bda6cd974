"""Reports taken down: out of the store with all that rests on them, and kept from coming back.

What is left of a report is a tombstone. It keeps out the same text and, while the store holds no other text of its
page, every text of that page. The store is written anew without the report, since DuckDB keeps the words of deleted
rows in its file for long; a process that is killed meanwhile leaves the store as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from entente.records import Report
from entente.records.kept import KeptReport, Takedown
from entente.store import shelf
from entente.store.copies import catalog_of, quoted, tables_of
from entente.store.faults import copies_beside
from entente.store.migration import now
from entente.store.reading import query_rows
from entente.store.transactions import transaction
from entente.store.versions import addresses_of_page, next_to_count, settle_orphans

if TYPE_CHECKING:
    import duckdb

    from entente.store.database import Store

__all__ = ["forget", "forgotten_among", "rests_on", "unforget", "write_without"]

# Which rows of a table go with the reports in `gone`; those of every other table stay.
_GOING = {
    "reports": "id IN (SELECT id FROM gone)",
    "listings": "source IN (SELECT source FROM items WHERE report_id IN (SELECT id FROM gone))",  # asked for anew
    "failures": "origin IN (SELECT origin FROM gone) OR source_id IN (SELECT source_id FROM gone)",
}
_RESTING = "report_id IN (SELECT id FROM gone)"
_KEPT_WHOLE = frozenset({"tombstones"})


def forgotten_among(connection: duckdb.DuckDBPyConnection, reports: Iterable[Report]) -> set[str]:
    """The ids of those of the reports whose text, or whose whole page, was forgotten."""
    pairs = [(report.id, report.url) for report in reports]
    given = {"ids": [one for one, _ in pairs], "urls": [url for _, url in pairs]}
    rows = query_rows(connection, "forgotten", given)
    return {str(report_id) for report_id, url, text in rows if text or not _holds_page(connection, str(url))}


def _holds_page(connection: duckdb.DuckDBPyConnection, url: str) -> bool:
    row = connection.execute(
        "SELECT 1 FROM reports WHERE url IN (SELECT unnest(?::VARCHAR[])) LIMIT 1", [addresses_of_page(url)]
    ).fetchone()
    return row is not None


def rests_on(connection: duckdb.DuckDBPyConnection, path: Path, reports: Sequence[KeptReport]) -> Takedown:
    """What goes with reports that are taken out of a store, and which older versions count again then."""
    gone = {report.id for report in reports}

    def count(table: str) -> int:
        row = connection.execute(
            f"SELECT count(*) FROM {quoted(table)} WHERE report_id IN (SELECT unnest(?::VARCHAR[]))",  # noqa: S608
            [sorted(gone)],
        ).fetchone()
        return int(row[0]) if row else 0

    orphans = shelf.reports(connection, superseded_by=sorted(gone))
    pages = {addresses_of_page(one.url)[0]: one.url for one in (*reports, *orphans) if one.url is not None}
    next_ones = [next_to_count(shelf.reports(connection, url=url), gone) for _, url in sorted(pages.items())]
    next_ones += [one for one in orphans if one.url is None and one.id not in gone]
    return Takedown(
        reports=tuple(reports),
        events=count("events"),
        people=count("people"),
        statements=count("statements"),
        commitments=count("commitments"),
        counting_again=tuple(one for one in next_ones if one is not None),
        copies=tuple(str(copy) for copy in copies_beside(path)),
    )


def forget(store: Store, report_ids: Sequence[str], *, reason: str | None = None) -> int:
    """Take reports out of the store, so that no word of theirs is left in its file; return how many there were.

    Raises
    ------
    StoreError
        The store cannot be written.
    """

    def bury(connection: duckdb.DuckDBPyConnection, catalog: str) -> None:
        connection.execute(
            f"INSERT INTO {catalog}.tombstones "  # noqa: S608 - quoted
            "SELECT r.id, r.serial, r.url, r.publisher, r.published, ?, ? FROM reports AS r JOIN gone USING (id)",
            [reason, now()],
        )

    with store.rewriting() as (connection, catalog):
        return write_without(connection, catalog, report_ids, bury)


def write_without(
    connection: duckdb.DuckDBPyConnection,
    catalog: str,
    report_ids: Sequence[str],
    bury: Callable[[duckdb.DuckDBPyConnection, str], None],
) -> int:
    """Copy the store into another, empty one without some reports; ``bury`` makes their tombstones there.

    ``bury`` finds the reports' ids in the table ``gone``.
    """
    with transaction(connection):
        connection.execute(
            "CREATE TEMP TABLE gone AS SELECT id, origin, source_id FROM reports WHERE id IN (SELECT unnest(?::VARCHAR[]))",
            [list(report_ids)],
        )
        for table, columns in tables_of(connection, catalog_of(connection)).items():
            going = _GOING.get(table) or (_RESTING if "report_id" in columns and table not in _KEPT_WHOLE else "false")
            connection.execute(
                f"INSERT INTO {catalog}.{quoted(table)} SELECT * FROM {quoted(table)} WHERE ({going}) IS NOT TRUE"  # noqa: S608
            )
        bury(connection, catalog)
        settle_orphans(connection, catalog)
        (count,) = connection.execute("SELECT count(*) FROM gone").fetchone() or (0,)
    return int(count)


def unforget(connection: duckdb.DuckDBPyConnection, report_ids: Sequence[str]) -> None:
    """Remove tombstones, so that what they stood for may be added again, also by an update of its sources."""
    with transaction(connection):
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE raised AS SELECT report_id, url FROM tombstones "
            "WHERE report_id IN (SELECT unnest(?::VARCHAR[]))",
            [list(report_ids)],
        )
        # What a source gave of them meanwhile is the report itself, or another text of its page: neither was kept.
        left_out = (
            "report_id NOT IN (SELECT id FROM reports) AND (report_id IN (SELECT report_id FROM raised) "
            "OR page_of(url) IN (SELECT page_of(url) FROM raised WHERE url IS NOT NULL))"
        )
        connection.execute(f"DELETE FROM listings WHERE source IN (SELECT source FROM items WHERE {left_out})")  # noqa: S608
        connection.execute(f"DELETE FROM items WHERE {left_out}")  # noqa: S608
        connection.execute("DELETE FROM tombstones WHERE report_id IN (SELECT report_id FROM raised)")
