"""The bytes of a web archive from one record to the next, compressed or not, also past places that are damaged."""

from __future__ import annotations

import re
import zlib
from collections import deque
from collections.abc import Generator, Iterator
from typing import BinaryIO

import msgspec

__all__ = ["Damage", "RecordBytes"]

_CHUNK = 1 << 16
_PLAIN_CHUNK = 1 << 20
_HELD = 1 << 25
"""Of a compressed record that turns out to be damaged, so many bytes are searched for the next one."""
_GZIP = b"\x1f\x8b\x08"
_RECORD = re.compile(rb"WARC/\d\.\d\r?\n[A-Za-z][\w-]*:")


class Damage(msgspec.Struct, frozen=True):
    """A place in a compressed archive that cannot be unpacked; ``inside``: after some of its record was."""

    offset: int
    reason: str
    inside: bool


class RecordBytes:
    """A window on an archive's unpacked bytes that starts at the current place and grows as far as it is looked at."""

    def __init__(self, stream: BinaryIO) -> None:
        first = stream.read(_CHUNK)
        self._chunks = _unpacked(stream, first) if first.startswith(_GZIP[:2]) else _as_they_are(stream, first)
        self._window = bytearray()
        self._place = 0  # of the window in the unpacked bytes
        self._begins: deque[tuple[int, int]] = deque()  # where compressed members begin: unpacked place, file offset
        self._damage: Damage | None = None
        self._ended = False

    def to_next(self) -> int | Damage | None:
        """Go over line ends to what comes next: its offset, a damaged place, or None at the end."""
        while True:
            self._fill(1)
            blank = len(self._window) - len(self._window.lstrip(b"\r\n"))
            self._drop(blank)
            if self._window:
                return self._offset()
            if self._damage:
                damage, self._damage = self._damage, None
                return damage
            if self._ended:
                return None

    def peek(self, count: int) -> bytes:
        """The next bytes, fewer where the archive ends or is damaged."""
        self._fill(count)
        return bytes(self._window[:count])

    def until_blank_line(self, limit: int) -> bytes | None:
        """The next lines through the first that is blank; None where there is none within the limit."""
        size = 1 << 12
        while True:
            self._fill(size)
            if blank := re.search(rb"\r?\n\r?\n", self._window):
                return bytes(self._window[: blank.end()])
            if size > limit or len(self._window) < size:
                return None
            size *= 4

    def skip(self, count: int) -> int:
        """Go over bytes without holding them; how many there were."""
        gone = 0
        while gone < count:
            self._fill(1)
            step = min(count - gone, len(self._window))
            if not step:
                break
            self._drop(step)
            gone += step
        return gone

    def ends_record(self, length: int) -> bool:
        """Whether nothing but line ends stands between the byte at that distance and the next record or the end."""
        self._fill(length + 64)
        after = bytes(self._window[length : length + 64])
        if rest := after.lstrip(b"\r\n")[:5]:
            return after.startswith(b"\r\n\r\n") or b"WARC/".startswith(rest)
        return self._damage is None or not self._damage.inside

    def to_start_after(self, distance: int) -> None:
        """Go to the next place that looks like the beginning of a record, past a damaged place if one comes first."""
        while True:
            self._fill(distance + 1)
            if start := _RECORD.search(self._window, distance):
                self._drop(start.start())
                return
            kept = len(self._window)
            self._drop(max(min(distance, kept), kept - 64))
            before, distance = len(self._window), 0
            self._fill(before + _CHUNK)
            if len(self._window) == before:
                self._drop(before)
                self._damage = None
                return

    def _fill(self, count: int) -> None:
        while len(self._window) < count and not self._damage and not self._ended:
            chunk = next(self._chunks, None)
            if chunk is None:
                self._ended = True
            elif isinstance(chunk, Damage):
                self._damage = chunk
            else:
                content, offset = chunk
                if offset is not None:
                    self._begins.append((self._place + len(self._window), offset))
                self._window += content

    def _drop(self, count: int) -> None:
        del self._window[:count]
        self._place += count

    def _offset(self) -> int:
        """The place in the file: where a compressed member begins here, that; else in the unpacked bytes."""
        while self._begins and self._begins[0][0] < self._place:
            self._begins.popleft()
        return self._begins[0][1] if self._begins and self._begins[0][0] == self._place else self._place


def _as_they_are(stream: BinaryIO, first: bytes) -> Iterator[tuple[bytes, int | None] | Damage]:
    while first:
        yield first, None
        first = stream.read(_CHUNK)


class _Packed:
    """The compressed bytes from the current member on, and where in the file they begin."""

    def __init__(self, stream: BinaryIO, first: bytes) -> None:
        self.stream, self.held, self.offset = stream, bytearray(first), 0

    def more(self) -> bool:
        content = self.stream.read(_CHUNK)
        self.held += content
        return bool(content)

    def drop(self, count: int) -> None:
        del self.held[:count]
        self.offset += count


def _unpacked(stream: BinaryIO, first: bytes) -> Iterator[tuple[bytes, int | None] | Damage]:
    """The unpacked bytes, with the offset of a member at its first bytes; after damage, from the next record on."""
    packed = _Packed(stream, first)
    while packed.held or packed.more():
        if packed.held[0] == 0 and not any(packed.held):  # zeros fill up the last block of a tape
            return
        whole = yield from _member(packed)
        if not whole and not _to_next_record(packed):
            return


def _member(packed: _Packed) -> Generator[tuple[bytes, int | None] | Damage, None, bool]:
    """Unpack the member that the held bytes begin with, and go past it; whether it was whole."""
    unpacking = zlib.decompressobj(31)
    offset, used = packed.offset, 0
    begins: int | None = offset
    while not unpacking.eof:
        if used == len(packed.held) and not packed.more():
            yield Damage(offset, "the compressed archive is cut off in what begins", begins is None)
            return False
        piece = bytes(packed.held[used : used + _CHUNK])
        before = unpacking.copy()
        try:
            content = unpacking.decompress(piece, _PLAIN_CHUNK)
        except zlib.error:
            if rescued := _until_damage(before, piece):
                yield rescued, begins
                begins = None
            yield Damage(offset, "the compressed archive is damaged in what begins", begins is None)
            return False
        used += len(piece) - len(unpacking.unconsumed_tail) - len(unpacking.unused_data)
        if content:
            yield content, begins
            begins = None
        if used > _HELD:
            packed.drop(used)
            used = 0
    packed.drop(used)
    return True


def _until_damage(unpacking: zlib._Decompress, piece: bytes) -> bytes:
    """What can be unpacked before the damaged place: enough to tell which record is lost."""
    rescued = bytearray()
    try:
        for start in range(0, len(piece), 16):
            rescued += unpacking.decompress(piece[start : start + 16], _PLAIN_CHUNK)
    except zlib.error:
        pass
    return bytes(rescued)


def _to_next_record(packed: _Packed) -> bool:
    """Go to the next member that holds the beginning of a record; whether there is one."""
    start = 1
    while True:
        found = packed.held.find(_GZIP, start)
        if found < 0:
            packed.drop(max(0, len(packed.held) - 2))
            start = 0
            if not packed.more():
                return False
            continue
        if len(packed.held) - found < _CHUNK:
            packed.more()
        try:
            begins = zlib.decompressobj(31).decompress(bytes(packed.held[found : found + _CHUNK]), 16)
        except zlib.error:
            begins = b""
        if begins.startswith(b"WARC/"):
            packed.drop(found)
            return True
        start = found + 1
