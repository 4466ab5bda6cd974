"""Answers unpacked as they come: gzip, deflate and Brotli, and whether all of them came.

httpx unpacks too, but takes a compressed answer that ends in the middle for a whole one.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

import brotli

from entente.errors import InputError
from entente.sources.faults import Unavailable

__all__ = ["unpacked"]

_WINDOW = 15  # the largest that zlib knows
_WITH_GZIP_HEAD = _WINDOW + 16
_STEP_BYTES = 1 << 12


class _Unpacker(Protocol):
    def take(self, packed: bytes) -> bytes: ...

    def is_whole(self) -> bool: ...


class _Zlib:
    """What gzip and deflate are; gzip may be several packets one after the other, deflate lack its head."""

    def __init__(self, window: int) -> None:
        self._window, self._begun = window, False
        self._now = zlib.decompressobj(window)

    def take(self, packed: bytes) -> bytes:
        plain = b""
        while packed:
            if self._now.eof:
                if self._window != _WITH_GZIP_HEAD or not packed.startswith(b"\x1f"):
                    break  # padding behind the end
                self._now = zlib.decompressobj(self._window)
            try:
                plain += self._now.decompress(packed)
            except zlib.error:
                if self._begun or self._window != _WINDOW:
                    raise
                self._now = zlib.decompressobj(-_WINDOW)
                plain += self._now.decompress(packed)
            self._begun, packed = True, self._now.unused_data
        return plain

    def is_whole(self) -> bool:
        return self._now.eof


class _Brotli:
    def __init__(self) -> None:
        self._now = brotli.Decompressor()

    def take(self, packed: bytes) -> bytes:
        return bytes(self._now.process(packed))

    def is_whole(self) -> bool:
        return bool(self._now.is_finished())


def unpacked(pieces: Iterable[bytes], encodings: str, url: str) -> Iterator[bytes]:
    """The content that the pieces of an answer are the packed form of.

    Parameters
    ----------
    pieces : iterable of bytes
        The answer's body as it comes.
    encodings : str
        Its ``Content-Encoding``, in the order in which they were applied; one that is unknown is taken for none.
    url : str
        The address, for the message.

    Raises
    ------
    Unavailable
        The packed bytes are damaged or end too early.
    """
    content: Iterator[bytes] = iter(pieces)
    for name in reversed(encodings.split(",")):
        unpacker = _unpacker(name.strip().lower())
        if unpacker is not None:
            content = _through(unpacker, content, url)
    return content


def _through(unpacker: _Unpacker, pieces: Iterable[bytes], url: str) -> Iterator[bytes]:
    """Pieces, each unpacked in steps: so little of it is held that whoever counts the bytes can stop a bomb in time."""
    came = False
    try:
        for packed in pieces:
            came |= bool(packed)
            for start in range(0, len(packed), _STEP_BYTES):
                if plain := unpacker.take(packed[start : start + _STEP_BYTES]):
                    yield plain
    except (zlib.error, brotli.error) as problem:
        raise _damaged(url, str(problem)) from problem
    if came and not unpacker.is_whole():
        raise _damaged(url, "it ends too early")


def _unpacker(name: str) -> _Unpacker | None:
    if name in ("gzip", "x-gzip"):
        return _Zlib(_WITH_GZIP_HEAD)
    if name == "deflate":
        return _Zlib(_WINDOW)
    return _Brotli() if name == "br" else None


def _damaged(url: str, how: str) -> InputError:
    return Unavailable(url, f"the answer's compression is damaged ({how}).", is_brief=True)
