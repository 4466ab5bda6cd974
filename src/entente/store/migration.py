"""The store's tables over time: numbered SQL files, each applied once, whole, and logged with its checksum."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from entente import __version__
from entente.errors import StoreError
from entente.store.transactions import transaction

if TYPE_CHECKING:
    import duckdb

__all__ = ["FOLDER", "apply_pending", "back_up", "check_applied", "latest", "now", "refuse_newer", "version_of"]

FOLDER = Path(__file__).parent / "migrations"


def now() -> str:
    """The present time in UTC, as the store writes it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def latest(folder: Path) -> int:
    """The number of the last migration that this entente knows."""
    return max(int(name[:4]) for name in os.listdir(folder) if name.endswith(".sql"))


def version_of(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """The number of the last migration that a store went through.

    Raises
    ------
    StoreError
        The file is a DuckDB database, but no store of entente.
    """
    import duckdb

    try:
        row = connection.execute("SELECT max(number) FROM migrations").fetchone()
    except duckdb.CatalogException as error:
        raise StoreError(
            str(path),
            "is a DuckDB file that entente did not make.",
            "Nothing was changed. Name another file with --db.",
        ) from error
    return int(row[0]) if row and row[0] is not None else 0


def refuse_newer(version: int, path: Path, folder: Path) -> None:
    """Refuse a store that a newer entente wrote.

    Raises
    ------
    StoreError
        ``version`` is past the last migration in ``folder``.
    """
    if version > (known := latest(folder)):
        raise StoreError(
            str(path),
            f"a newer entente wrote it (schema {version}); this is {__version__}, which reads up to schema {known}.",
            "Upgrade with `pip install -U entente`. Nothing was changed.",
        )


def check_applied(connection: duckdb.DuckDBPyConnection, path: Path, folder: Path) -> None:
    """Refuse a store whose migrations were not the ones that this entente ships.

    Raises
    ------
    StoreError
        A logged migration has another checksum here.
    """
    logged = dict(connection.execute("SELECT number, checksum FROM migrations").fetchall())
    for number, _, sql in _scripts(folder):
        if number in logged and logged[number] != _checksum(sql):
            raise StoreError(
                str(path),
                f"its migration {number} is not the one of this entente, so its tables may differ.",
                "Install the entente that made it, or add the reports to a new store. Nothing was changed.",
            )


def apply_pending(connection: duckdb.DuckDBPyConnection, version: int, folder: Path) -> None:
    """Apply the migrations after ``version``, each with its log entry in one transaction."""
    for number, name, sql in _scripts(folder):
        if number <= version:
            continue
        with transaction(connection):
            connection.execute(sql)
            connection.execute(
                "INSERT INTO migrations VALUES (?, ?, ?, ?, ?)", [number, name, _checksum(sql), now(), __version__]
            )


def back_up(path: Path, version: int) -> Path:
    """Copy a store, checkpointed before, to ``….schema-N.backup`` beside it, and return that path."""
    import shutil

    backup = path.with_name(f"{path.name}.schema-{version}.backup")
    unfinished = backup.with_name(backup.name + ".part")
    try:
        shutil.copy2(path, unfinished)
        os.replace(unfinished, backup)
    finally:
        unfinished.unlink(missing_ok=True)
    return backup


def _scripts(folder: Path) -> list[tuple[int, str, str]]:
    """Number, name and text of each migration, in order."""
    files = sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    return [(int(file.name[:4]), file.stem, file.read_text(encoding="utf-8")) for file in files]


def _checksum(sql: str) -> str:
    import hashlib  # here, since it costs every start some milliseconds

    return hashlib.sha256(sql.encode()).hexdigest()
