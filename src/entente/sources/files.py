"""Reports out of files, folders and standard input; what the files hold is told by `contents`."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from entente.records import Document, Failure, Incoming
from entente.sources.addresses import has_scheme, without_password
from entente.sources.byproducts import is_byproduct, is_folder_of_page
from entente.sources.contents import Place, Reading, Taken, read_named
from entente.sources.kinds import KINDS_READ
from entente.sources.rows import Columns
from entente.sources.streams import damage

if TYPE_CHECKING:
    from entente.sources.fetching import Fetcher

__all__ = ["named", "places_of", "read_inputs"]

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
    encoding: str | None = None,
    timeout_seconds: float = 60.0,
) -> Iterator[Incoming | Document | Failure]:
    """Read reports one by one from files of many kinds, folders, addresses and standard input.

    A bad input never stops the rest: it becomes a `Failure` in its place. What holds many reports is streamed, so
    memory does not grow with the length of a file (a `.json` document and tables in UTF-16 are the exceptions). The
    order is that of ``paths``; within a folder or archive, that of its names.

    Parameters
    ----------
    paths : sequence of str
        Files, folders (read recursively), addresses (``https://…``) or ``-`` for standard input. What a file holds is
        told by its first bytes where they are certain, else by its name's ending.
    text_column, id_column, date_column, title_column, url_column : str
        The fields of a row that hold the text, the source's id, the publication date, the title and the address. A
        field ``publisher`` is read too.
    published : str, optional
        The publication date of every report whose source does not give one beside the text.
    encoding : str, optional
        The encoding of texts, tables and pages, where the user knows it better than their first bytes.
    timeout_seconds : float
        How long the servers that an address leads to may take in all.

    Yields
    ------
    Incoming, Document or Failure
        One for each report, in order.
    """
    columns = Columns(text=text_column, id=id_column, published=date_column, title=title_column, url=url_column)
    reading = Reading(columns=columns, encoding=encoding)
    with _one_fetcher(timeout_seconds) as fetcher:
        for path in paths:
            for item in _read_one(path, reading, fetcher):
                yield _dated(item, published) if published else item


def places_of(paths: Sequence[str]) -> frozenset[str]:
    """How the origins of what these paths hold begin; the working folder's as nothing at all."""
    return frozenset(_place_of(path) for path in paths)


def _place_of(path: str) -> str:
    if path == "-":
        return _STDIN
    if has_scheme(path):
        return without_password(path)
    place = named(Path(path))
    return "" if place == "." else place


def _dated(item: Taken, published: str) -> Taken:
    """The item with the user's date where it has none; a document may still give one itself."""
    if isinstance(item, Failure) or item.published:
        return item
    if isinstance(item, Document):
        return msgspec.structs.replace(item, published_otherwise=published)
    return msgspec.structs.replace(item, published=published)


@contextmanager
def _one_fetcher(timeout_seconds: float) -> Iterator[Callable[[], Fetcher]]:
    """The same fetcher for all addresses, so that it knows whom it asked last; made when the first of them comes."""
    with ExitStack() as stack:

        @cache
        def fetcher() -> Fetcher:
            from entente.sources.fetching import Fetcher

            return stack.enter_context(Fetcher(timeout_seconds=timeout_seconds))

        yield fetcher


def _read_one(path: str, reading: Reading, fetcher: Callable[[], Fetcher]) -> Iterator[Taken]:
    if path == "-":
        return _read_stdin(reading)
    if has_scheme(path):
        from entente.sources.web import read_address

        return read_address(path, reading, fetcher=fetcher())
    return _read_path(Path(path), reading)


def _read_path(path: Path, reading: Reading) -> Iterator[Taken]:
    try:
        is_folder = path.is_dir()
        if not is_folder and not path.exists():
            is_address = str(path).startswith("www.")
            remedy = "An address begins with https://." if is_address else "Check the spelling of the path."
            yield Failure(origin=named(path), reason="no such file or folder.", remedy=remedy)
            return
    except (OSError, ValueError) as problem:  # a name too long, or with a NUL in it
        yield Failure(origin=named(path), reason=f"cannot be looked up ({problem}).", remedy="Check the path.")
        return
    if is_folder:
        yield from _read_folder(path, reading)
    else:
        yield from _read_file(path, reading)


def _read_folder(folder: Path, reading: Reading) -> Iterator[Taken]:
    """The reports of a folder and the folders in it, by name; what is no report is passed over, links not followed."""
    found = False
    unreadable: list[OSError] = []
    for here, folders, files in os.walk(folder, onerror=unreadable.append):
        beside = set(files)
        folders[:] = sorted(one for one in folders if not is_byproduct(one) and not is_folder_of_page(one, beside))
        for name in sorted(name for name in files if not is_byproduct(name)):
            found = True
            path = Path(here) / name
            if _would_wait(path):
                reason = "is a pipe, socket or device, not a file."
                yield Failure(
                    origin=named(path), source_id=named(name), reason=reason, remedy="Give its content as a file."
                )
            else:
                yield from _read_file(path, reading)
    for problem in unreadable:
        found = True
        yield Failure(
            origin=named(problem.filename),
            reason=f"{problem.strerror}.",
            remedy="Make it readable, then read it again.",
        )
    if not found:
        yield Failure(origin=named(folder), reason="the folder holds no files.", remedy=KINDS_READ)


def named(path: Path | str) -> str:
    """A path in characters that can be printed and stored: names on a disk are bytes, and not always UTF-8."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _would_wait(path: Path) -> bool:
    """Whether a path in a folder is no regular file: to open a pipe is to wait for somebody to write into it."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:  # named when it is opened
        return False


def _read_file(path: Path, reading: Reading) -> Iterator[Taken]:
    place = Place(origin=named(path), source_id=named(path.name))
    try:
        with path.open("rb") as stream:
            yield from read_named(stream, path.name, place, reading)
    except OSError as problem:
        reason, remedy = damage(problem)
        yield Failure(origin=place.origin, source_id=place.source_id, reason=reason, remedy=remedy)


def _read_stdin(reading: Reading) -> Iterator[Taken]:
    """Standard input, which is of the kind that its first bytes tell, and a text where they tell none."""
    place = Place(origin=_STDIN, source_id="stdin", obtained="stdin")
    for item in read_named(sys.stdin.buffer, "", place, reading):
        if isinstance(item, Failure) and item.reason == "the file is empty.":
            yield msgspec.structs.replace(item, reason="nothing came in.")
        else:
            yield item
