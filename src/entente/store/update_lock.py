"""One update at a time: a lock beside the store, which the kernel drops when its process ends or is killed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO

from entente.errors import StoreError
from entente.store.migration import now

try:
    import fcntl
except ImportError:  # not a POSIX system: nothing keeps two updates apart
    fcntl = None  # type: ignore[assignment]

__all__ = ["lone_update", "no_update"]


@contextmanager
def lone_update(store: Path) -> Iterator[None]:
    """Keep every other update of this store out until the block ends; others may read and add meanwhile.

    Raises
    ------
    StoreError
        Another update is at work, or no file can be written beside the store.
    """
    path = _lock_path(store)
    try:
        handle = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise StoreError(
            str(store), f"cannot write beside it ({error.strerror}).", "Name another file with --db."
        ) from error
    with handle:
        if fcntl is not None:
            _take(handle, store)
        handle.truncate(0)
        handle.write(f"{os.getpid()} {now()}\n")
        handle.flush()
        try:
            yield
        finally:
            handle.truncate(0)


@contextmanager
def no_update(store: Path) -> Iterator[None]:
    """Keep updates of this store out until the block ends, without leaving a trace where there never was one.

    Raises
    ------
    StoreError
        An update is at work.
    """
    with lone_update(store) if _lock_path(store).exists() else nullcontext():
        yield


def _lock_path(store: Path) -> Path:
    return store.with_name(store.name + ".update.lock")


def _take(handle: IO[str], store: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        handle.seek(0)
        pid, _, since = handle.read().strip().partition(" ")
        who = f" since {since}, pid {pid}" if since else ""
        raise StoreError(
            str(store), f"another update is at work{who}.", "Nothing was changed. Try again when it is done."
        ) from error
    except OSError:  # a file system without locks
        return
