"""Standing sources in the store: what they are, what they listed, what became of each item, and what is watched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from entente.records.standing import Listing, SourceState, StandingSource, StoredItem, Watch
from entente.store.migration import now
from entente.store.reading import query_rows
from entente.store.transactions import transaction

if TYPE_CHECKING:
    import duckdb

__all__ = [
    "add_source",
    "add_watch",
    "known_items",
    "listings",
    "record_check",
    "record_items",
    "record_listings",
    "remove_source",
    "remove_watch",
    "sources",
    "taken_in",
    "waiting_items",
    "watches",
]

_ITEM_FIELDS = StoredItem.__struct_fields__
_ITEM_COLUMNS = ", ".join(_ITEM_FIELDS)


def sources(connection: duckdb.DuckDBPyConnection) -> tuple[SourceState, ...]:
    """All standing sources with the numbers of their items, in the order they were added."""
    fields = (*StandingSource.__struct_fields__, "items", "waiting", "given_up")
    return tuple(
        msgspec.convert(dict(zip(fields, row, strict=True)), SourceState)
        for row in query_rows(connection, "sources", {})
    )


def add_source(connection: duckdb.DuckDBPyConnection, source: StandingSource) -> None:
    """Note a new standing source."""
    fields = StandingSource.__struct_fields__
    values = msgspec.structs.asdict(source) | {"added_at": source.added_at or now()}
    marks = ", ".join("?" for _ in fields)
    connection.execute(
        f"INSERT INTO sources ({', '.join(fields)}) VALUES ({marks})",  # noqa: S608 - only names of columns
        [values[field] for field in fields],
    )


def remove_source(connection: duckdb.DuckDBPyConnection, address: str) -> None:
    """Forget a source with its items; the reports that came from it stay."""
    with transaction(connection):
        connection.execute("DELETE FROM items WHERE source = ?", [address])
        connection.execute("DELETE FROM listings WHERE source = ?", [address])
        connection.execute("DELETE FROM sources WHERE address = ?", [address])


def record_check(connection: duckdb.DuckDBPyConnection, source: StandingSource) -> None:
    """Note how looking at a source went."""
    connection.execute(
        "UPDATE sources SET title = $2, checked_at = $3, new_at = $4, tries = $5, next_try = $6, reason = $7, "
        "remedy = $8 WHERE address = $1",
        [
            source.address,
            source.title,
            source.checked_at,
            source.new_at,
            source.tries,
            source.next_try,
            source.reason,
            source.remedy,
        ],
    )


def listings(connection: duckdb.DuckDBPyConnection, source: str) -> dict[str, Listing]:
    """The feed or sitemaps of a source, all of whose items are recorded, by address."""
    rows = connection.execute(
        "SELECT address, stamp, etag, last_modified FROM listings WHERE source = ?", [source]
    ).fetchall()
    return {row[0]: Listing(address=row[0], stamp=row[1], etag=row[2], last_modified=row[3]) for row in rows}


def record_listings(connection: duckdb.DuckDBPyConnection, source: str, found: Sequence[Listing]) -> None:
    """Note how a source's feed or sitemaps are, once all that they list is recorded; unless it was removed meanwhile."""
    for one in found if _is_source(connection, source) else ():
        connection.execute(
            "INSERT OR REPLACE INTO listings VALUES (?, ?, ?, ?, ?)",
            [source, one.address, one.stamp, one.etag, one.last_modified],
        )


def known_items(connection: duckdb.DuckDBPyConnection, source: str) -> dict[str, StoredItem]:
    """Every item of a source that something became of, by id."""
    rows = connection.execute(f"SELECT {_ITEM_COLUMNS} FROM items WHERE source = ?", [source]).fetchall()  # noqa: S608
    return {item.id: item for item in map(_item, rows)}


def waiting_items(connection: duckdb.DuckDBPyConnection, source: str, until: str) -> dict[str, StoredItem]:
    """The items of a source that failed and may be tried again at the time ``until`` (UTC), by id."""
    rows = connection.execute(
        f"SELECT {_ITEM_COLUMNS} FROM items WHERE source = ? AND state = 'waiting' AND next_try <= ? ORDER BY id",  # noqa: S608
        [source, until],
    ).fetchall()
    return {item.id: item for item in map(_item, rows)}


def taken_in(connection: duckdb.DuckDBPyConnection, urls: Sequence[str]) -> dict[str, StoredItem]:
    """Items of any source with one of these addresses whose pages were taken in, by address."""
    rows = connection.execute(
        f"SELECT {_ITEM_COLUMNS} FROM items WHERE state = 'done' "  # noqa: S608
        "AND source IN (SELECT address FROM sources WHERE whole_pages) "
        "AND url IN (SELECT unnest(?::VARCHAR[])) ORDER BY fetched_at",
        [list(urls)],
    ).fetchall()
    return {item.url: item for item in map(_item, rows) if item.url is not None}


def record_items(connection: duckdb.DuckDBPyConnection, source: str, items: Sequence[StoredItem]) -> None:
    """Note what became of some items, unless their source was removed meanwhile.

    Where one gives another report than before, that is the newer version of it. Of what was forgotten no title is kept.
    """
    if not items or not _is_source(connection, source):
        return
    items = _without_forgotten_titles(connection, items)
    with transaction(connection):
        _supersede(connection, source, items)
        columns = [[getattr(item, field) for item in items] for field in _ITEM_FIELDS]
        unnested = ", ".join(f"unnest(?::{'INTEGER' if field == 'tries' else 'VARCHAR'}[])" for field in _ITEM_FIELDS)
        connection.execute(
            f"INSERT OR REPLACE INTO items (source, {_ITEM_COLUMNS}) SELECT ?, {unnested}",
            [source, *columns],
        )


def watches(connection: duckdb.DuckDBPyConnection) -> tuple[Watch, ...]:
    """The relations that are watched, in the order of the alphabet."""
    return tuple(Watch(*row) for row in connection.execute("SELECT a, b FROM watches ORDER BY a, b").fetchall())


def add_watch(connection: duckdb.DuckDBPyConnection, watch: Watch) -> None:
    """Watch a relation; one that is watched already stays so."""
    connection.execute("INSERT OR IGNORE INTO watches VALUES (?, ?, ?)", [watch.a, watch.b, now()])


def remove_watch(connection: duckdb.DuckDBPyConnection, watch: Watch) -> None:
    """Watch a relation no longer."""
    connection.execute("DELETE FROM watches WHERE a = ? AND b = ?", [watch.a, watch.b])


def _is_source(connection: duckdb.DuckDBPyConnection, address: str) -> bool:
    return connection.execute("SELECT 1 FROM sources WHERE address = ?", [address]).fetchone() is not None


def _without_forgotten_titles(
    connection: duckdb.DuckDBPyConnection, items: Sequence[StoredItem]
) -> Sequence[StoredItem]:
    """The items as they may be kept: what a source says of a report that was forgotten does not come back with it."""
    rows = connection.execute(
        "SELECT id FROM (SELECT unnest(?::VARCHAR[]) AS id, unnest(?::VARCHAR[]) AS url, unnest(?::VARCHAR[]) AS report_id) "
        "WHERE report_id IN (SELECT report_id FROM tombstones) OR (report_id IS NULL "
        "AND page_of(url) IN (SELECT page_of(url) FROM tombstones WHERE url IS NOT NULL))",
        [[item.id for item in items], [item.url for item in items], [item.report_id for item in items]],
    ).fetchall()
    forgotten = {row[0] for row in rows}
    return [msgspec.structs.replace(item, title=None) if item.id in forgotten else item for item in items]


def _supersede(connection: duckdb.DuckDBPyConnection, source: str, items: Sequence[StoredItem]) -> None:
    """Mark the report that an item gave before as an older version of the one that it gives now.

    Reports with an address settle that among themselves; those of files have none, and a page may have moved.
    """
    now_given = {item.id: item.report_id for item in items if item.report_id is not None}
    rows = connection.execute(
        "SELECT i.id, i.report_id FROM items AS i JOIN reports AS r ON r.id = i.report_id "
        "WHERE i.source = ? AND i.id IN (SELECT unnest(?::VARCHAR[])) AND r.superseded_by IS NULL "
        "AND (SELECT count(*) FROM items AS o WHERE o.report_id = i.report_id) = 1",
        [source, list(now_given)],
    ).fetchall()
    for item_id, before in rows:
        connection.execute(
            "UPDATE reports SET superseded_by = $new WHERE id = $old AND $new <> $old "
            "AND EXISTS (FROM reports WHERE id = $new AND superseded_by IS NULL)",
            {"new": now_given[item_id], "old": before},
        )


def _item(row: Sequence[object]) -> StoredItem:
    return msgspec.convert(dict(zip(_ITEM_FIELDS, row, strict=True)), StoredItem)
