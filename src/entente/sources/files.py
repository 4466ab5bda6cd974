"""Reports out of files, folders and standard input."""

from __future__ import annotations

import codecs
import gzip
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast
from zlib import error as zlib_error

import msgspec

from entente.errors import InputError
from entente.records import Failure, Incoming
from entente.sources.decoding import decode, decoded_lines
from entente.sources.rows import Columns, json_document, rows_of_json_lines, rows_of_table

__all__ = ["read_inputs"]

TEXT_KINDS = (".txt", ".md", ".markdown", ".text")
ROW_KINDS = (".jsonl", ".ndjson", ".csv", ".tsv", ".json")
_REMEDIES = {
    ".pdf": "Take its text out first, for example with `pdftotext -layout FILE FILE.txt`, then read that.",
    ".docx": "Save it as plain text, then read that.",
    ".html": "Save the page as plain text, then read that.",
    ".htm": "Save the page as plain text, then read that.",
    ".parquet": "Write it as JSONL or CSV first.",
    ".zip": "Unpack it first, then read the folder.",
}
_KINDS_READ = f"Kinds read: {' '.join(TEXT_KINDS + ROW_KINDS)}, each also compressed with gzip (.gz)."
_STDIN = "standard input"


def read_inputs(
    paths: Sequence[str],
    *,
    text_column: str = "text",
    id_column: str = "id",
    date_column: str = "published",
    title_column: str = "title",
    url_column: str = "url",
    published: str | None = None,
) -> Iterator[Incoming | Failure]:
    """Read reports one by one from text files, tables, folders and standard input.

    A bad input never stops the rest: it becomes a `Failure` in its place. Rows are streamed, so memory does not grow
    with the length of a file (a `.json` document and tables in UTF-16 are the exceptions). The order is that of
    ``paths``; within a folder, that of its names.

    Parameters
    ----------
    paths : sequence of str
        Files, folders (read recursively) or ``-`` for standard input: plain text, or JSON where its first line begins an
        object or a list.
    text_column, id_column, date_column, title_column, url_column : str
        The fields of a row that hold the text, the source's id, the publication date, the title and the address. A
        field ``publisher`` is read too.
    published : str, optional
        The publication date of every report whose source does not give one beside the text.

    Yields
    ------
    Incoming or Failure
        One for each report, in order.
    """
    columns = Columns(text=text_column, id=id_column, published=date_column, title=title_column, url=url_column)
    for path in paths:
        source = _read_stdin(columns) if path == "-" else _read_path(Path(path), columns)
        for item in source:
            if published and isinstance(item, Incoming) and not item.published:
                yield msgspec.structs.replace(item, published=published)
            else:
                yield item


def _read_path(path: Path, columns: Columns) -> Iterator[Incoming | Failure]:
    try:
        is_folder = path.is_dir()
        if not is_folder and not path.exists():
            yield Failure(origin=str(path), reason="no such file or folder.", remedy="Check the spelling of the path.")
            return
    except (OSError, ValueError) as problem:  # a name too long, or with a NUL in it
        yield Failure(origin=str(path), reason=f"cannot be looked up ({problem}).", remedy="Check the path.")
        return
    if is_folder:
        yield from _read_folder(path, columns)
    else:
        yield from _read_file(path, columns)


def _read_folder(folder: Path, columns: Columns) -> Iterator[Incoming | Failure]:
    """The reports of a folder and the folders in it, by name; hidden files are passed over, links not followed."""
    found = False
    unreadable: list[OSError] = []
    for here, folders, files in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith(".")):
            found = True
            path = Path(here) / name
            if _would_wait(path):
                reason = "is a pipe, socket or device, not a file."
                yield Failure(origin=str(path), source_id=name, reason=reason, remedy="Give its content as a file.")
            else:
                yield from _read_file(path, columns)
    for problem in unreadable:
        found = True
        yield Failure(
            origin=str(problem.filename), reason=f"{problem.strerror}.", remedy="Make it readable, then read it again."
        )
    if not found:
        yield Failure(origin=str(folder), reason="the folder holds no files.", remedy=_KINDS_READ)


def _would_wait(path: Path) -> bool:
    """Whether a path in a folder is no regular file: to open a pipe is to wait for somebody to write into it."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:  # named when it is opened
        return False


def _kind(path: Path) -> str:
    """The kind of a file by its name's ending, that of a compressed file's content."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


def _read_file(path: Path, columns: Columns) -> Iterator[Incoming | Failure]:
    kind = _kind(path)
    if kind not in TEXT_KINDS + ROW_KINDS:
        what = f"files of the kind {kind} are" if kind else "a file without an ending such as .txt is"
        yield Failure(
            origin=str(path), source_id=path.name, reason=f"{what} not read.", remedy=_REMEDIES.get(kind, _KINDS_READ)
        )
        return
    try:
        with _opened(path) as stream:
            yield from _read_stream(stream, kind, str(path), path.name, columns)
    except InputError as problem:
        yield Failure(origin=str(path), source_id=path.name, reason=problem.reason, remedy=problem.remedy)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """The file's bytes, uncompressed; what goes wrong while they are read becomes an `InputError`."""
    try:
        with path.open("rb") as raw:
            if path.suffix.lower() == ".gz":
                with gzip.GzipFile(fileobj=raw) as unpacked:
                    yield cast(BinaryIO, unpacked)
            else:
                yield raw
    except PermissionError as problem:
        raise InputError(str(path), "may not be read.", "Change its permissions, then read it again.") from problem
    except (EOFError, gzip.BadGzipFile, zlib_error) as problem:
        raise InputError(
            str(path), f"the compressed file is damaged or cut off ({problem}).", "Fetch it again."
        ) from problem
    except OSError as problem:
        raise InputError(str(path), f"cannot be read ({problem.strerror or problem}).", "Check the disk.") from problem


def _read_stream(
    stream: Iterable[bytes], kind: str, origin: str, name: str, columns: Columns
) -> Iterator[Incoming | Failure]:
    if kind in TEXT_KINDS:
        text = decode(b"".join(stream), origin)
        if not text.strip():
            raise InputError(origin, "the file is empty.", "Leave it out, or check where it was written.")
        yield Incoming(text=text, origin=origin, source_id=name)
    elif kind == ".json":
        yield from json_document(decode(b"".join(stream), origin), origin, name, columns)
    elif kind in (".csv", ".tsv"):
        yield from rows_of_table(
            decoded_lines(stream, origin), origin, name, columns, delimiter="\t" if kind == ".tsv" else ","
        )
    else:
        yield from rows_of_json_lines(decoded_lines(stream, origin), origin, name, columns)


def _read_stdin(columns: Columns) -> Iterator[Incoming | Failure]:
    """Standard input: JSON where the first line begins an object or a list of them, else one text."""
    stream = sys.stdin.buffer
    try:
        first = stream.readline()
        kind = _kind_of_stream(first)
        for item in _read_stream(_again(first, stream), kind, _STDIN, "stdin", columns):
            yield msgspec.structs.replace(item, obtained="stdin") if isinstance(item, Incoming) else item
    except InputError as problem:
        reason = problem.reason.replace("the file is empty", "nothing came in")
        yield Failure(origin=_STDIN, source_id="stdin", reason=reason, remedy=problem.remedy)
    except OSError as problem:
        yield Failure(origin=_STDIN, source_id="stdin", reason=f"cannot be read ({problem.strerror or problem}).")


def _again(first: bytes, stream: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from stream


def _kind_of_stream(first: bytes) -> str:
    """What comes in, by its first line: JSON lines, also where that one is damaged; a JSON document; or a text."""
    words = first.removeprefix(codecs.BOM_UTF8).strip()
    if re.match(rb'\{\s*"', words):
        return ".jsonl"
    return ".json" if words in (b"{", b"[") or re.match(rb'\[\s*\{\s*"', words) else ".txt"
