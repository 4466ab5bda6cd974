"""Records for programs: JSON documents, JSON lines, Parquet."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

import msgspec

from entente.errors import EntenteError, StoreError

if TYPE_CHECKING:
    import pyarrow.parquet

    from entente.records.relation import StoredEvent

__all__ = ["JsonStream", "ParquetFile", "json_text"]

ROW_GROUP = 10_000


def json_text(record: object) -> str:
    """One record as a line of JSON."""
    return msgspec.json.encode(record).decode()


class JsonStream:
    """Writes records one by one as they come: as lines, or as one document.

    A document of one record is that record, of several a list, unless ``always_list``.

    Parameters
    ----------
    out : text file
        Where to write.
    lines : bool
        One record a line instead of one document.
    always_list : bool
        Write a list even for one record or none.
    """

    def __init__(self, out: TextIO, *, lines: bool, always_list: bool = True) -> None:
        self._out, self._lines, self._always_list = out, lines, always_list
        self._held: str | None = None
        self._count = 0

    def write(self, records: Iterable[object]) -> None:
        """Write more records."""
        for record in records:
            if self._lines:
                self._out.write(json_text(record) + "\n")
                continue
            if self._held is not None:  # there are several, so it is a list
                self._out.write(("[\n" if self._count == 0 else ",\n") + self._held)
                self._count += 1
            self._held = json_text(record)

    def close(self) -> None:
        """Write what is still held back, and end the document."""
        if self._lines:
            return
        is_list = self._count > 0 or self._always_list
        if self._held is None:
            self._out.write("[]\n")
        elif is_list:
            self._out.write(("[\n" if self._count == 0 else ",\n") + self._held + "\n]\n")
        else:
            self._out.write(self._held + "\n")


class ParquetFile:
    """A Parquet file of events, written in parts and put in its place whole.

    Parameters
    ----------
    path : Path
        The file, replaced if it exists; nothing is left of it where an error ends the block.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.events = 0
        self._part = path.with_name(f".{path.name}.part-{os.getpid()}")
        self._waiting: list[StoredEvent] = []
        self._writer: pyarrow.parquet.ParquetWriter | None = None

    def __enter__(self) -> ParquetFile:
        import pyarrow.parquet

        from entente.records.arrow import event_schema

        try:
            if self.path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            self._part.open("wb").close()  # Arrow's own words for what is wrong name the part and its C library
            self._writer = pyarrow.parquet.ParquetWriter(self._part, event_schema(), compression="zstd")
        except OSError as error:
            raise _unwritable(self.path, error) from error
        return self

    def write(self, events: Sequence[StoredEvent]) -> None:
        """Add more events."""
        self._waiting += events
        self.events += len(events)
        if len(self._waiting) >= ROW_GROUP:
            self._flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._flush()
        finally:
            if self._writer is not None:
                self._writer.close()
        if kind is None:
            os.replace(self._part, self.path)
        else:
            with suppress(FileNotFoundError):
                self._part.unlink()

    def _flush(self) -> None:
        from entente.records.arrow import events_to_table

        if self._writer is not None and self._waiting:
            self._writer.write_table(events_to_table(self._waiting))
            self._waiting.clear()


def _unwritable(path: Path, error: OSError) -> EntenteError:
    return StoreError(str(path), f"cannot be written ({error.strerror or error}).", "Name another file with --parquet.")
