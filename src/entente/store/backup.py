"""A store's copy in one file, and a store brought back from one."""

from __future__ import annotations

import glob
import os
import shutil
import time
from pathlib import Path
from typing import NamedTuple

from entente.errors import StoreError
from entente.store import copies, migration
from entente.store.database import Store
from entente.store.faults import UNFINISHED, copying_clearly, failing_clearly, unwritable
from entente.store.merging import forget_also
from entente.store.update_lock import no_update

__all__ = ["Restored", "back_up", "backup_name", "restore"]


class Restored(NamedTuple):
    """How many reports a restored store has, how many of the copy stayed out, and where the store before it is kept."""

    reports: int
    left_out: int
    kept: Path | None


def backup_name(path: Path) -> Path:
    """Where a backup goes by default: beside the store, named after the time (UTC)."""
    return path.with_name(f"{path.name}.{time.strftime('%Y-%m-%dT%H%M%SZ', time.gmtime())}.backup")


def back_up(store: Store, file: Path, *, force: bool = False) -> dict[str, int]:
    """Copy a store to a file, while others may read it, and return how many rows each table of the copy has.

    Nobody adds to the store meanwhile. The copy is written beside its place, read again, and moved there whole.

    Raises
    ------
    StoreError
        The store cannot be read whole, the file is there and ``force`` is not given, or it cannot be written.
    """
    _refuse(file, store.path, force=force)
    unfinished = file.with_name(f"{file.name}{UNFINISHED}{os.getpid()}")
    try:
        _try_out(unfinished)
        with store.reading() as connection:
            there = copies.row_counts(connection, copies.catalog_of(connection))
            with copying_clearly(file):
                copies.copy_into(connection, unfinished)
        with failing_clearly(file, "read again"):
            copied = _row_counts(unfinished)
        if copied != there:
            raise StoreError(str(file), "does not hold what the store holds.", "Nothing was kept of it. Try again.")
        copies.put_in_place(unfinished, file)
    except OSError as error:
        raise unwritable(file, error, "Name another file.") from error
    finally:
        copies.remove(unfinished)
    return copied


def restore(file: Path, path: Path) -> Restored:
    """Put a copy of a store in the place of a store, without what has been forgotten there since.

    Raises
    ------
    StoreError
        The file is no store that this entente can read whole, the folder cannot be written, or an update is at work.
        Nothing was changed.
    """
    if not file.is_file():
        raise StoreError(str(file), "there is no such file.", "Check the spelling of the path.")
    if path.exists() and os.path.samefile(file, path):
        raise StoreError(str(file), "is the store itself.", "Name the copy to restore.")
    target = Store(path)
    path = target.path
    unfinished = path.with_name(f"{path.name}.new-{os.getpid()}")
    try:
        _try_out(unfinished)
        counts = _copy_of(file, unfinished, path)
        left_out = _forget_again(unfinished, target)
        # An update would go on in the other store and note as fetched what it wrote to this one.
        with no_update(path), target.closed():
            kept = _keep(path) if path.exists() else None
            copies.put_in_place(unfinished, path)
        return Restored(counts["reports"] - left_out, left_out, kept)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        copies.remove(unfinished)


def _forget_again(copy: Path, present: Store) -> int:
    """Take out of a copy what the present store has forgotten; return how many reports. A damaged store forgot nothing."""
    try:
        with present.reading(as_it_is=True) as connection:
            forgot = (
                "tombstones" in copies.tables_of(connection, copies.catalog_of(connection))
                and connection.execute("SELECT 1 FROM tombstones LIMIT 1").fetchone()
            )
    except StoreError:
        return 0
    if not forgot:
        return 0
    try:
        return forget_also(Store(copy), present.path)
    finally:  # of the copy's upgrade and its turns, nothing stays
        for trace in copy.parent.glob(f"{glob.escape(copy.name)}.*"):
            trace.unlink(missing_ok=True)


def _try_out(unfinished: Path) -> None:
    """Fail where a file cannot be made, in the system's own words for why not, which are better than a database's."""
    unfinished.touch()
    unfinished.unlink()


def _copy_of(file: Path, unfinished: Path, path: Path) -> dict[str, int]:
    """Copy a store that may be an older one; every row is read, so that a damaged one is noticed."""
    source = Store(file)
    with source.reading(as_it_is=True) as connection:
        migration.check_applied(connection, file, migration.FOLDER)
        there = copies.row_counts(connection, copies.catalog_of(connection))
        with copying_clearly(path):
            copies.copy_into(connection, unfinished)
    if _row_counts(unfinished) != there:
        raise StoreError(str(file), "could not be copied whole.", "Nothing was changed. Try again.")
    return there


def _keep(path: Path) -> Path:
    """Give a store a second name, with the log that a killed process may have left, and return that name."""
    kept = _free_name(path)
    try:
        os.link(path, kept)
    except OSError:  # a file system without links
        shutil.copy2(path, kept)
    log = path.with_name(path.name + ".wal")
    if log.exists():  # before the other store comes in its place, which this log must not be taken for part of
        os.replace(log, kept.with_name(kept.name + ".wal"))
    return kept


def _free_name(path: Path) -> Path:
    number = 1
    while (name := path.with_name(f"{path.name}.before-restore{f'-{number}' if number > 1 else ''}")).exists():
        number += 1
    return name


def _row_counts(file: Path) -> dict[str, int]:
    import duckdb

    with duckdb.connect(str(file), read_only=True) as connection:
        return copies.row_counts(connection, copies.catalog_of(connection))


def _refuse(file: Path, path: Path, *, force: bool) -> None:
    if not file.parent.is_dir():
        raise StoreError(str(file), "its folder does not exist.", f"Make it with `mkdir -p {file.parent}`.")
    if file.is_dir():
        raise StoreError(str(file), "is a folder.", f"Name a file in it: {file / backup_name(path).name}.")
    if file.exists() and path.exists() and os.path.samefile(file, path):
        raise StoreError(str(file), "is the store itself.", "Name another file.")
    if file.exists() and not file.is_file():  # as a device is, which a file is not to take the place of
        raise StoreError(str(file), "is no file to write a copy to.", "Name a file.")
    if file.exists() and not force:
        raise StoreError(str(file), "is there already.", "Name another file, or give --force to replace it.")
