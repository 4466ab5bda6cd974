"""Two stores joined into one: what only the other holds comes over, what both hold stays as it is here.

Whichever of two stores is merged into the other, the same reports come out, and the same text of each page counts. A
report that was forgotten in either is in neither afterwards. Merging again changes nothing.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec

from entente.errors import StoreError
from entente.records.kept import MergeSummary
from entente.store import copies
from entente.store.copies import quoted, tables_of
from entente.store.database import Store
from entente.store.faults import failing_clearly
from entente.store.takedown import write_without
from entente.store.transactions import transaction
from entente.store.versions import Head, let_newest_count, settle_orphans
from entente.store.writing import NEXT_SERIAL

if TYPE_CHECKING:
    import duckdb

__all__ = ["forget_also", "merge"]

_QUERIES = Path(__file__).parent / "queries"

# Which rows of the other store's tables come over, for those that do not just go with a report. A standing source
# comes with what it listed, unless it is known here; folders and lists on the other desk's disk stay there.
_NEW_SOURCE = "LIKE 'http%' AND {} NOT IN (SELECT address FROM sources)"
_COMING = {
    "reports": "id IN (SELECT id FROM joining)",
    "failures": "origin NOT IN (SELECT origin FROM failures) AND origin NOT IN (SELECT origin FROM reports)",
    "tombstones": "report_id NOT IN (SELECT report_id FROM into.tombstones)",
    "sources": f"address {_NEW_SOURCE.format('address')}",
    "listings": f"source {_NEW_SOURCE.format('source')}",
    "items": f"source {_NEW_SOURCE.format('source')} AND (report_id IS NULL OR report_id IN (SELECT id FROM into.reports))",  # noqa: S608 - constants
    "watches": "NOT EXISTS (SELECT 1 FROM watches AS w WHERE w.a = o.a AND w.b = o.b)",
    "migrations": "false",
    "marks": "false",
}
_ORDER = ("reports", "tombstones", "listings", "items", "sources")
# A number counts what came in here; a report that never was here has none.
_SERIALS = {"reports": f"{NEXT_SERIAL} - 1 + row_number() OVER (ORDER BY serial)", "tombstones": "0"}


def merge(store: Store, other: Path, *, dry_run: bool = False) -> MergeSummary:
    """Join another store's reports, with all that rests on them, into a store; the other is never changed.

    Parameters
    ----------
    store : Store
        Receives the reports.
    other : Path
        The other store; an older one is upgraded in a temporary copy.
    dry_run : bool
        Change nothing, only say what would be joined.

    Raises
    ------
    StoreError
        One of the two cannot be opened, or they are the same file.
    """
    if other.exists() and store.path.exists() and os.path.samefile(other, store.path):
        raise StoreError(str(other), "is the store itself.", "Name another desk's store.")
    with _upgraded(other) as path:
        if dry_run:
            with store.reading() as connection, _attached(connection, path, other) as catalog:
                return _counted(connection, catalog, other, dry_run=True)
        summary = _joined(store, path, other)
        return _joined_anew(store, path, other) if summary is None else summary


def forget_also(store: Store, other: Path) -> int:
    """Take out of a store what was forgotten in another, and keep it out; return how many reports went.

    Raises
    ------
    StoreError
        One of the two cannot be opened.
    """
    with (
        _upgraded(other) as path,
        store.rewriting() as (connection, into),
        _attached(connection, path, other) as catalog,
    ):
        count = write_without(connection, into, _going(connection), _bury)
        _bring(connection, "tombstones", tables_of(connection, into)["tombstones"], into, catalog)
    return count


def _going(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The reports of this store that were forgotten in the one attached."""
    return [str(row[0]) for row in connection.execute("SELECT id FROM going").fetchall()]


def _joined(store: Store, path: Path, other: Path) -> MergeSummary | None:
    """Join in one transaction; None, and nothing changed, where reports have to go from the store."""
    with store.writing() as connection, _attached(connection, path, other) as catalog:
        summary = _counted(connection, catalog, other)
        if summary.removed:
            return None
        _join(connection, copies.catalog_of(connection), catalog)
    return summary


def _joined_anew(store: Store, path: Path, other: Path) -> MergeSummary:
    """Join into a store written anew, without the reports that were forgotten in the other."""
    with store.rewriting() as (connection, into), _attached(connection, path, other) as catalog:
        summary = _counted(connection, catalog, other)
        write_without(connection, into, _going(connection), _bury)
        _join(connection, into, catalog)
    return summary


def _bury(connection: duckdb.DuckDBPyConnection, into: str) -> None:
    """Make tombstones of the reports that go, as the store attached gives them."""
    connection.execute(
        f"INSERT INTO {into}.tombstones "  # noqa: S608 - quoted
        "SELECT r.id, r.serial, r.url, r.publisher, r.published, t.reason, t.forgotten_at FROM reports AS r "
        "JOIN gone USING (id) JOIN burials AS t USING (id)"
    )


@contextmanager
def _upgraded(other: Path) -> Iterator[Path]:
    """The other store, or a copy of it with the tables of this entente."""
    source = Store(other)
    with source.reading(as_it_is=True) as connection, TemporaryDirectory(prefix="entente-merge-") as folder:
        path = other
        if not source.is_current:
            path = Path(folder) / "other.duckdb"
            copies.copy_into(connection, path)
        connection.close()  # it is opened again beside the store
        if path != other:
            with Store(path).writing():
                pass
        yield path


@contextmanager
def _attached(connection: duckdb.DuckDBPyConnection, path: Path, other: Path) -> Iterator[str]:
    """Open the other store beside this one, and find out what is to be done."""
    with failing_clearly(other, "read"):
        catalog = copies.attach(connection, path, read_only=True)
        connection.execute(_query("merging", catalog))
    yield catalog
    connection.execute(f"DETACH {catalog}")


def _counted(
    connection: duckdb.DuckDBPyConnection, catalog: str, other: Path, *, dry_run: bool = False
) -> MergeSummary:
    (row,) = connection.execute(_query("merging_counts", catalog)).fetchall()
    names = MergeSummary.__struct_fields__[2:]
    return msgspec.convert(dict(zip(names, row, strict=True)) | {"other": str(other), "dry_run": dry_run}, MergeSummary)


def _join(connection: duckdb.DuckDBPyConnection, into: str, catalog: str) -> None:
    tables = tables_of(connection, into)
    with transaction(connection):
        for table in sorted(tables, key=lambda name: (name not in _ORDER, _ORDER.index(name) if name in _ORDER else 0)):
            _bring(connection, table, tables[table], into, catalog)
        let_newest_count(connection, into, _heads(connection))
        settle_orphans(connection, into)


def _bring(connection: duckdb.DuckDBPyConnection, table: str, columns: list[str], into: str, catalog: str) -> None:
    coming = _COMING.get(table)
    if coming is None:
        coming = "report_id IN (SELECT id FROM joining)" if "report_id" in columns else "false"
    chosen = [_SERIALS.get(table, name) if name == "serial" else quoted(name) for name in columns]
    order = " ORDER BY serial" if "serial" in columns else ""
    connection.execute(
        f"INSERT INTO {into}.{quoted(table)} ({', '.join(map(quoted, columns))}) SELECT {', '.join(chosen)} "  # noqa: S608
        f"FROM {catalog}.{quoted(table)} AS o WHERE {coming.replace('into.', into + '.')}{order}"
    )


def _heads(connection: duckdb.DuckDBPyConnection) -> list[Head]:
    """Of each page that changes, the texts of which one is to count."""
    pages: dict[str, list[tuple[bool, Head]]] = defaultdict(list)
    for page, report_id, published, added_at, counts in connection.execute(
        "SELECT page, id, published, added_at, counts FROM heads"
    ).fetchall():
        pages[page].append((counts, Head(page, (added_at, 0, report_id), report_id, published)))
    heads = []
    for found in pages.values():
        counting = [head for counts, head in found if counts]
        heads += counting or [head for _, head in found]
    return heads


def _query(name: str, catalog: str) -> str:
    return (_QUERIES / f"{name}.sql").read_text(encoding="utf-8").replace("other.", f"{catalog}.")
