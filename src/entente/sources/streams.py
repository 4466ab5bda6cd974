"""Streams of bytes looked at without being used up, and read no further than a report can go."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from entente.errors import InputError
from entente.sources.kinds import HEAD

__all__ = ["BoundedLines", "damage", "head_of", "whole"]

_CHUNK = 1 << 20


def head_of(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream, and a stream that still has them."""
    if isinstance(stream, io.BytesIO | io.BufferedReader) and stream.seekable():  # to go back in others is dear
        head = stream.read(HEAD)
        stream.seek(-len(head), io.SEEK_CUR)
        return head, stream
    head = b""
    while len(head) < HEAD and (more := _arrived(stream, HEAD - len(head))):
        head += more
        if head.startswith(b"{") and b"\n" in head:  # rows that come in one by one are not waited for
            break
    return head, cast(BinaryIO, io.BufferedReader(_Rejoined(head, stream), 1 << 16))


def _arrived(stream: BinaryIO, limit: int) -> bytes:
    """Some bytes of a stream as soon as there are any, none at its end."""
    return stream.read1(limit) if isinstance(stream, io.BufferedIOBase) else stream.read(limit)


def whole(stream: BinaryIO, limit: int, origin: str) -> bytes:
    """All bytes of a stream that is one report.

    Raises
    ------
    InputError
        They are more than one report can be; they are not held in memory then.
    """
    chunks, size_read = [], 0
    while size_read <= limit and (chunk := stream.read(_CHUNK)):
        chunks.append(chunk)
        size_read += len(chunk)
    if size_read <= limit:
        return b"".join(chunks)
    size = f"more than {limit // 1_000_000}"
    if isinstance(stream, io.BufferedReader) and stream.seekable():
        size = f"{stream.seek(0, io.SEEK_END) / 1_000_000:,.0f}"
    reason = f"is {size} MB; one report is at most {limit // 1_000_000} MB."
    raise InputError(origin, reason, "If it holds many reports, write them as JSONL, one a line.")


def damage(problem: EOFError | OSError | zlib.error) -> tuple[str, str]:
    """Reason and remedy for bytes that could not be got."""
    if isinstance(problem, PermissionError):
        return "may not be read.", "Change its permissions, then read it again."
    if isinstance(problem, FileNotFoundError):
        return "is gone, or a link to nothing.", "Leave it out, or put the file back."
    if isinstance(problem, EOFError | gzip.BadGzipFile | zlib.error):
        return f"the compressed file is damaged or cut off ({problem}).", "Fetch it again."
    return f"cannot be read ({problem.strerror or problem}).", "Check the disk."


class _Rejoined(io.RawIOBase):
    """A stream with the bytes before it that were looked at."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # any buffer will do
        taken = self._head[: len(buffer)] or _arrived(self._rest, len(buffer))
        self._head = self._head[len(taken) :]
        buffer[: len(taken)] = taken
        return len(taken)


class BoundedLines:
    """The lines of a stream; of one that is longer than a report can be, only the beginning."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._stream, self._limit, self.count, self.too_long = stream, limit, 0, 0

    def __iter__(self) -> Iterator[bytes]:
        while line := self._stream.readline(self._limit + 1):
            self.count += 1
            if len(line) > self._limit and not line.endswith(b"\n"):
                self.too_long = self.count
                line = line[:80] + b"\n"
                while (rest := self._stream.readline(1 << 20)) and not rest.endswith(b"\n"):
                    pass
            yield line
