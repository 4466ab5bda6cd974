"""Stores copied table by table, and files put in their place whole.

A copy reads every row through DuckDB's checksums, so that a damaged store is noticed, and holds nothing that was
deleted: DuckDB keeps the words of deleted rows in a file until it happens to write over them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

__all__ = ["attach", "catalog_of", "copy_into", "detach", "put_in_place", "quoted", "remove", "row_counts", "tables_of"]


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def catalog_of(connection: duckdb.DuckDBPyConnection) -> str:
    """The quoted name under which a connection knows the store that it was opened on."""
    (name,) = connection.execute("SELECT current_database()").fetchone() or ("",)
    return quoted(str(name))


def attach(connection: duckdb.DuckDBPyConnection, path: Path, *, read_only: bool) -> str:
    """Open another file beside the store, made if it is to be written, and return its quoted name."""
    # Made of the store's own name, so that it is always another.
    name = quoted(catalog_of(connection)[1:-1].replace('""', '"') + (" other" if read_only else " copy"))
    place = str(path).replace("'", "''")
    connection.execute(f"ATTACH '{place}' AS {name} ({'READ_ONLY' if read_only else 'READ_WRITE'})")
    return name


def copy_into(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, int]:
    """Copy the store into a new file, and return how many rows each table of the copy has."""
    catalog = attach(connection, path, read_only=False)
    connection.execute(f"COPY FROM DATABASE {catalog_of(connection)} TO {catalog}")
    counts = row_counts(connection, catalog)
    detach(connection, catalog)
    return counts


def detach(connection: duckdb.DuckDBPyConnection, catalog: str) -> None:
    """Close another store that was written, once all of it is in its file: closing alone does not tell of a full disk."""
    connection.execute(f"CHECKPOINT {catalog}")
    connection.execute(f"DETACH {catalog}")


def tables_of(connection: duckdb.DuckDBPyConnection, catalog: str) -> dict[str, list[str]]:
    """The tables of an open store with their columns, in order."""
    rows = connection.execute(
        "SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns() "
        "WHERE database_name = ? AND NOT internal GROUP BY table_name ORDER BY table_name",
        [catalog[1:-1].replace('""', '"')],
    ).fetchall()
    return {str(table): list(columns) for table, columns in rows}


def row_counts(connection: duckdb.DuckDBPyConnection, catalog: str) -> dict[str, int]:
    """How many rows each table of an open store has."""
    counts = {}
    for table in tables_of(connection, catalog):
        row = connection.execute(f"SELECT count(*) FROM {catalog}.{quoted(table)}").fetchone()  # noqa: S608 - quoted
        counts[table] = int(row[0]) if row else 0
    return counts


def put_in_place(unfinished: Path, path: Path) -> None:
    """Make a finished file the one of that name, so that a crash leaves the old one or the new one whole."""
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(unfinished, path)
    try:
        folder = os.open(path.parent, os.O_RDONLY)
    except OSError:  # such as Windows, where a folder cannot be opened
        return
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def remove(path: Path) -> None:
    """Remove a store's file with what DuckDB keeps beside it."""
    for leftover in (path, path.with_name(path.name + ".wal")):
        if leftover.exists():  # a read-only file system complains of a file that is not there, too
            leftover.unlink(missing_ok=True)
