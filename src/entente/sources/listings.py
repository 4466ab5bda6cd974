"""What standing sources list: the items of sitemaps, of lists of addresses and of folders."""

from __future__ import annotations

import os
import stat
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from entente.errors import InputError
from entente.records.standing import ListedItem, Listing
from entente.sources.addresses import clean_address, is_web_address
from entente.sources.byproducts import is_byproduct, is_folder_of_page
from entente.sources.files import named

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Listed", "Sitemap", "folder_items", "list_items", "read_sitemap"]

SITEMAP_BYTES = 60_000_000
"""The protocol allows 50 MB uncompressed (https://www.sitemaps.org/protocol.html); some are a little over."""
SETTLED_SECONDS = 1.0
"""A file that was changed more recently may still be written."""
UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".swp", "~")


class Sitemap(msgspec.Struct, frozen=True):
    """What a sitemap lists: pages, or other sitemaps where it is an index."""

    items: tuple[ListedItem, ...]
    sitemaps: tuple[Listing, ...]


class Listed(msgspec.Struct, frozen=True):
    """What a list or folder holds, and what of it cannot be read, which is no reason to leave out the rest."""

    items: tuple[ListedItem, ...]
    problems: tuple[InputError, ...] = ()


def read_sitemap(content: bytes, address: str) -> Sitemap:
    """The pages and sitemaps that a sitemap lists, compressed or not, the latest first.

    A news sitemap gives the title and publication date of its pages too. What is no web address is passed over.

    Raises
    ------
    InputError
        It is no XML, no sitemap, or too large.
    """
    root = _parsed(_unpacked(content, address), address)
    if _name(root) not in ("urlset", "sitemapindex"):
        raise InputError(
            address, f"is no sitemap (its root is <{_name(root)}>).", "Look for its address in robots.txt."
        )
    items: dict[str, ListedItem] = {}
    sitemaps: dict[str, Listing] = {}
    for entry in root:
        place = _text(entry, "loc")
        if place is None or not is_web_address(place):
            continue
        if _name(entry) == "sitemap":
            sitemaps[place] = Listing(address=place, stamp=_text(entry, "lastmod") or "")
        elif _name(entry) == "url":
            item = _page(entry, clean_address(place))
            items.setdefault(item.id, item)
    # Times are compared as text: right within a sitemap, which writes them all alike.
    latest = sorted(items.values(), key=lambda item: item.stamp or item.published or "", reverse=True)
    return Sitemap(tuple(latest), tuple(sorted(sitemaps.values(), key=lambda one: one.stamp, reverse=True)))


def list_items(text: str, origin: str) -> Listed:
    """The addresses of a list, one a line; empty lines and what follows a ``#`` at the start or after a blank are not.

    Raises
    ------
    InputError
        There is no address in it.
    """
    items: dict[str, ListedItem] = {}
    others: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = "" if line.lstrip().startswith("#") else line.partition(" #")[0].strip()
        if not words:
            continue
        if is_web_address(words):
            address = clean_address(words)
            items.setdefault(address, ListedItem(id=address, url=address))
        else:
            others.append((number, words))
    problems = (_no_addresses(others, origin),) if others else ()
    if not items:
        nothing = InputError(origin, "lists no address.", "Write one a line, such as https://example.org/news.")
        raise problems[0] if problems else nothing
    return Listed(tuple(items.values()), problems)


def _no_addresses(lines: list[tuple[int, str]], origin: str) -> InputError:
    """The error of lines that are no addresses, told of the first of them."""
    number, words = lines[0]
    rest = len(lines) - 1
    more = f"; nor {'is 1 more line' if rest == 1 else f'are {rest:,} more lines'}" if rest else ""
    remedy = "Write one address a line, such as https://example.org/news, and comments after #."
    return InputError(f"{origin}:{number}", f"is no web address: {words[:60]!r}{more}.", remedy)


def folder_items(folder: Path) -> Listed:
    """The files of a folder and the folders in it, by name; hidden and unfinished ones are passed over.

    A file that is still being written is left out, so that it is listed the next time.

    Raises
    ------
    InputError
        The folder cannot be read; one in it that cannot is among the problems.
    """
    problems: list[InputError] = []
    found = dict(_files(folder, problems))
    now = time.time()
    young = [name for name, state in found.items() if now - state.st_mtime < SETTLED_SECONDS]
    if young:
        time.sleep(SETTLED_SECONDS)
        for name in young:
            if not _settled(folder / name, found[name]):
                del found[name]
    items = tuple(
        ListedItem(id=named(name), stamp=f"{state.st_size} {state.st_mtime_ns}", path=str(folder / name))
        for name, state in sorted(found.items())
    )
    return Listed(items, tuple(problems))


def _files(folder: Path, problems: list[InputError]) -> Iterator[tuple[str, os.stat_result]]:
    """The regular files in a folder; ``problems`` is told of the folders in it that cannot be read."""

    def fail(problem: OSError) -> None:
        remedy = "Check that it is there and readable."
        fault = InputError(str(problem.filename), f"cannot be read ({problem.strerror}).", remedy)
        if problem.filename == str(folder):
            raise fault from problem
        problems.append(fault)

    for here, folders, files in os.walk(folder, onerror=fail):
        beside = set(files)
        folders[:] = sorted(one for one in folders if not is_byproduct(one) and not is_folder_of_page(one, beside))
        for name in files:
            path = Path(here) / name
            if is_byproduct(name) or name.lower().endswith(UNFINISHED):
                continue
            try:
                state = path.stat()
            except OSError:  # gone meanwhile, or a link to nothing
                continue
            if stat.S_ISREG(state.st_mode):
                yield str(path.relative_to(folder)), state


def _settled(path: Path, before: os.stat_result) -> bool:
    """Whether a file is there and did not change since."""
    try:
        state = path.stat()
    except OSError:
        return False
    return (state.st_size, state.st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def _unpacked(content: bytes, address: str) -> bytes:
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        unpacked = zlib.decompressobj(31).decompress(content, SITEMAP_BYTES)
    except zlib.error as problem:
        raise InputError(address, f"the compressed sitemap is damaged ({problem}).", "Try again later.") from problem
    if len(unpacked) >= SITEMAP_BYTES:
        raise InputError(address, f"is a sitemap of more than {SITEMAP_BYTES // 1_000_000} MB.", "Take a part of it.")
    return unpacked


def _parsed(content: bytes, address: str) -> _Element:
    from lxml import etree

    # Without entities and network, a document cannot make the parser read or blow up anything.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root: _Element = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        remedy = "Check the address; sitemaps are named in the site's robots.txt."
        raise InputError(address, f"is no XML ({problem}).", remedy) from problem
    return root


def _page(entry: _Element, address: str) -> ListedItem:
    news = next((one for one in entry if _name(one) == "news"), None)
    published = _text(news, "publication_date") if news is not None else None
    return ListedItem(
        id=address,
        url=address,
        stamp=_text(entry, "lastmod") or published or "",
        title=_text(news, "title") if news is not None else None,
        published=published,
    )


def _text(entry: _Element, name: str) -> str | None:
    for child in entry:
        if _name(child) == name and child.text:
            return str(child.text).strip() or None
    return None


def _name(element: _Element) -> str:
    """An element's name without its namespace, empty for what is no element."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
