"""Who may open the store's file next: one writer at a time, and readers that never starve.

DuckDB lets no other process open a file, even to read, while one has it open for writing, and the reverse. Retrying
alone lets a crowd of readers keep a writer out for ever. So a writer takes a lock beside the file (``….lock``) before
it waits for the file, and readers look at that lock before they open: those already in finish, no new one slips in.
After it closed, a writer leaves a gap. The kernel drops the lock of a process that is killed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # not a POSIX system: everybody retries, without turns
    fcntl = None  # type: ignore[assignment]

__all__ = ["lock_path", "pause", "waits_for_writer", "writer_turn"]

PAUSE_SECONDS = (0.004, 0.016)


def lock_path(store: Path) -> Path:
    """The file whose lock says that a writer is at work or next."""
    return store.with_name(store.name + ".lock")


def pause() -> None:
    """Wait a moment of random length, so that processes which collided do not collide again."""
    import random  # here, since it costs every start some milliseconds

    time.sleep(random.uniform(*PAUSE_SECONDS))  # noqa: S311 - spreads retries, guards nothing


def waits_for_writer(store: Path) -> bool:
    """Whether a writer is at work or next, so that a reader should let it pass."""
    if fcntl is None:
        return False
    try:
        handle = lock_path(store).open("rb")
    except OSError:  # nobody has written here yet, or this folder is not ours to look into
        return False
    with handle:
        return not _try_lock(handle, fcntl.LOCK_SH)


@contextmanager
def writer_turn(store: Path, deadline: float) -> Iterator[bool]:
    """Hold the writers' lock of ``store``; yields False when ``deadline`` (monotonic seconds) passed before."""
    if fcntl is None:
        yield True
        return
    with lock_path(store).open("ab") as handle:
        while not (taken := _try_lock(handle, fcntl.LOCK_EX)) and time.monotonic() < deadline:
            pause()
        yield taken


def _try_lock(handle: IO[bytes], kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks: retries have to do
        return True
    return True
