"""Ctrl-C: it stops a command at any moment, without a word from the libraries that it breaks into."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["held_back", "listen", "was_interrupted"]

_noted: list[int] = []


def listen() -> None:
    """Note every Ctrl-C beside raising `KeyboardInterrupt`, of which libraries in C make errors of their own."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _stop)


def was_interrupted() -> bool:
    """Whether somebody pressed Ctrl-C since `listen`."""
    return bool(_noted)


@contextmanager
def held_back() -> Iterator[None]:
    """Let Ctrl-C stop the command only when the block has ended, for a block that soon does."""
    before = signal.getsignal(signal.SIGINT)
    if before is not _stop:
        yield
        return
    signal.signal(signal.SIGINT, _note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if _noted:
        raise KeyboardInterrupt


def _note(number: int, frame: FrameType | None) -> None:
    _noted.append(number)


def _stop(number: int, frame: FrameType | None) -> None:
    _note(number, frame)
    raise KeyboardInterrupt
