"""What DuckDB and the file system complain of, in words: the file, the reason, the remedy."""

from __future__ import annotations

import glob
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from entente.errors import StoreError

__all__ = [
    "UNFINISHED",
    "busy",
    "copies_beside",
    "copying_clearly",
    "failing_clearly",
    "is_busy",
    "is_folder",
    "unreadable",
    "unwritable",
]

UNFINISHED = ".part-"
"""Stands in the name of a backup that is being made, or was when its process was killed."""
_BUSY = ("Could not set lock", "different configuration", "already attached")
_FULL = ("No space left", "File too large", "quota exceeded", "Could not write all bytes")
_DAMAGED = ("orrupt", "checksum", "erializ", "Could not read all bytes", "Could not read enough bytes", "invalidated")
_FORBIDDEN = ("Permission denied", "Read-only file system", "Operation not permitted")


@contextmanager
def failing_clearly(path: Path, done: str) -> Iterator[None]:
    """Tell of an error in the block by name of the store's file; ``done`` is what could not be: ``read``, ``written``.

    Raises
    ------
    StoreError
        DuckDB raised an error in the block.
    """
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise _fault(path, error, done) from error
    except UnicodeDecodeError as error:  # DuckDB hands over what stands in a damaged block
        raise _damaged(path, str(error)) from error


@contextmanager
def copying_clearly(target: Path) -> Iterator[None]:
    """Tell of a file that a copy cannot be written to; an error in what is copied is passed on.

    Raises
    ------
    StoreError
        The disk is full, or the file may not be written.
    """
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        if _shows((*_FULL, *_FORBIDDEN), str(error)):
            raise _fault(target, error, "written") from error
        raise


def is_busy(error: Exception) -> bool:
    """Whether another process, or another connection, has the file open."""
    return any(sign in str(error) for sign in _BUSY)


def busy(path: Path, seconds: float) -> StoreError:
    """The error of a file that others never let go of."""
    return StoreError(
        str(path),
        f"another process kept it busy for {seconds:.0f} seconds.",
        "Nothing was changed. Try again when it is done.",
    )


def unreadable(path: Path, error: Exception) -> StoreError:
    """The error of a file that DuckDB cannot open."""
    words = _first_line(error)
    if "not a valid DuckDB database" in words:
        remedy = "Nothing was changed. Name another file with --db; `entente add` makes it."
        return StoreError(str(path), "is no store of entente (it is another kind of file, or empty).", remedy)
    if "Is a directory" in words or path.is_dir():
        return is_folder(path)
    if _shows(_FORBIDDEN, words):
        return StoreError(str(path), "may not be opened.", "Change its permissions, or name another file with --db.")
    if _shows(_FULL, words):
        return _full(path, "opened")
    return _damaged(path, words)


def is_folder(path: Path) -> StoreError:
    """The error of a folder where a file is to be."""
    return StoreError(str(path), "is a folder.", f"Name a file in it: --db {path / 'entente.duckdb'}.")


def unwritable(path: Path, error: OSError, remedy: str = "Name another file with --db.") -> StoreError:
    """The error of a file, or its folder, that the system does not let us write."""
    words = error.strerror or str(error)
    if _shows(_FULL, words):
        return _full(path, "written")
    return StoreError(str(path), f"cannot write here ({words}).", remedy)


def copies_beside(path: Path) -> list[Path]:
    """The backups of a store that stand beside it, the newest last."""
    signs = (".backup", ".before-restore")
    beside = path.parent.glob(f"{glob.escape(path.name)}.*")
    found = (file for file in beside if any(sign in file.name for sign in signs))
    return sorted((file for file in found if not file.name.endswith((".wal", ".part"))), key=_changed_at)


def _fault(path: Path, error: Exception, done: str) -> StoreError:
    words = _first_line(error)
    if _shows(_FULL, str(error)):
        return _full(path, done)
    if _shows(_DAMAGED, words):
        return _damaged(path, words)
    if _shows(_FORBIDDEN, words):
        return StoreError(
            str(path), f"may not be {done} ({words}).", "Change its permissions, or name another with --db."
        )
    return StoreError(str(path), f"could not be {done}: {words}")


def _full(path: Path, done: str) -> StoreError:
    return StoreError(
        str(path),
        f"could not be {done}: the disk is full, or a limit on the size of files was reached (see `ulimit -f`).",
        "What was stored before is kept. Make room and run the same command again.",
    )


def _damaged(path: Path, words: str) -> StoreError:
    copies = [copy for copy in copies_beside(path) if UNFINISHED not in copy.name]
    remedy = "Bring it back from a copy (`entente restore FILE`), or name another file with --db."
    if copies:
        remedy = f"Bring it back from a copy: `entente restore {copies[-1]} --db {path}`."
    return StoreError(str(path), f"cannot be read as a store, so it may be damaged ({words.rstrip('.!')}).", remedy)


def _changed_at(file: Path) -> float:
    return file.stat().st_mtime


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def _shows(signs: tuple[str, ...], words: str) -> bool:
    return any(sign in words for sign in signs)
