"""What a source lists now: its feed or sitemaps asked for on condition that they changed, its folder or list read."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from entente.errors import InputError
from entente.records.standing import ListedItem, Listing, StandingSource
from entente.sources.addresses import is_web_address
from entente.updating.planning import STAMP_BREAK

if TYPE_CHECKING:
    from entente.sources.feeds import Feed, FeedItem
    from entente.sources.fetching import Fetched, Fetcher
    from entente.sources.listings import Listed

__all__ = ["Catalogue", "Part", "items_of_feed", "look_up", "read_list"]

DEEPEST_INDEX = 3
"""Sitemaps of an index are no indexes themselves by the protocol; some are."""


class Part(msgspec.Struct, frozen=True):
    """A feed or sitemap that was read, and what it lists; ``listing`` is None for a folder or a list of addresses."""

    listing: Listing | None
    items: tuple[ListedItem, ...]


class Catalogue(msgspec.Struct, kw_only=True):
    """What a source lists that it did not list in the same way before.

    ``problems`` are what of it could not be read: sitemaps of an index, lines of a list, folders in a folder.
    ``is_unchanged`` says that nothing was sent.
    """

    parts: list[Part] = msgspec.field(default_factory=list)
    title: str | None = None
    is_unchanged: bool = False
    problems: list[InputError] = msgspec.field(default_factory=list)

    @property
    def items(self) -> dict[str, ListedItem]:
        """Every item once, in the order listed."""
        found: dict[str, ListedItem] = {}
        for part in self.parts:
            for item in part.items:
                found.setdefault(item.id, item)
        return found


def look_up(source: StandingSource, before: Mapping[str, Listing], fetcher: Fetcher) -> Catalogue:
    """Ask a source what it lists.

    Parameters
    ----------
    source : StandingSource
        Where to look.
    before : mapping of Listing by address
        Its feed or sitemaps as they were when all their items were recorded.
    fetcher : Fetcher
        Fetches addresses; a folder needs none.

    Raises
    ------
    InputError
        The source cannot be had or read.
    """
    from entente.sources.listings import folder_items

    match source.kind:
        case "folder":
            folder = Path(source.address)
            if not folder.is_dir():
                remedy = "Bring it back, or remove it with `entente source remove`."
                raise InputError(source.address, "is no folder any more.", remedy)
            return _of_listed(folder_items(folder))
        case "list":
            return _of_listed(read_list(source.address, fetcher))
        case "feed":
            return _feed(source, before, fetcher)
        case "sitemap":
            return _sitemaps(source, before, fetcher)


def _of_listed(listed: Listed) -> Catalogue:
    return Catalogue(parts=[Part(None, listed.items)], problems=list(listed.problems))


def read_list(address: str, fetcher: Fetcher) -> Listed:
    """The addresses that a list names, which is a file here or on the web."""
    from entente.sources.decoding import decode
    from entente.sources.fetching import Fetched
    from entente.sources.listings import list_items

    if is_web_address(address):
        answer = fetcher.fetch(address)
        assert isinstance(answer, Fetched)  # noqa: S101 - nothing was asked on condition
        content = answer.content
    else:
        try:
            content = Path(address).read_bytes()
        except OSError as problem:
            remedy = "Bring the list back, or remove it with `entente source remove`."
            raise InputError(address, f"cannot be read ({problem.strerror}).", remedy) from problem
    return list_items(decode(content, address), address)


def items_of_feed(feed: Feed, source: StandingSource) -> tuple[ListedItem, ...]:
    """The items of a feed, each with a stamp that changes with what is read of it; of those with one page the first.

    An id that several pages share names none of them: some programs write the same into every item.
    """
    items: dict[str, ListedItem] = {}
    shared = _shared_ids(feed)
    pages: set[str | None] = set()
    for one in feed.items:
        url = one.url
        stamp = _feed_stamp(one, with_text=url is None or not source.whole_pages)
        item = ListedItem(
            id=(one.id if one.id not in shared else "") or url or _digest(one.title, one.html),
            stamp=stamp,
            url=url,
            title=one.title,
            published=one.published or one.updated,
            publisher=one.publisher,
            html=one.html or None,
        )
        if url is None or not source.whole_pages or url not in pages:
            items.setdefault(item.id, item)
            pages.add(url)
    return tuple(items.values())


def _shared_ids(feed: Feed) -> set[str]:
    pages: defaultdict[str, set[str | None]] = defaultdict(set)
    for one in feed.items:
        pages[one.id].add(one.url)
    return {identity for identity, urls in pages.items() if len(urls) > 1}


def _feed_stamp(item: FeedItem, *, with_text: bool) -> str:
    """When an item changed last as the feed says, and its title, which editors change with the text.

    The text itself counts where it is what is read, and where the feed gives no time: many feeds count comments or
    cut their text anew at each request, and no page is to be fetched again for that.
    """
    when = item.updated or item.published
    text = item.html if with_text or when is None else None
    return f"{when or ''}{STAMP_BREAK}{_digest(item.title, text)}"


def _digest(*parts: str | None) -> str:
    words = "\0".join(part or "" for part in parts)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _feed(source: StandingSource, before: Mapping[str, Listing], fetcher: Fetcher) -> Catalogue:
    from entente.sources.feeds import feed_items

    answer = _asked(source.address, before, fetcher)
    if answer is None:
        return Catalogue(is_unchanged=True, title=source.title)
    feed = feed_items(answer.content, answer.url, charset=answer.charset)
    problems = [InputError(source.address, reason, "It is asked for again the next time.") for reason in feed.problems]
    listing = _listing(source.address, "", answer) if not problems else None  # else asked for again whole
    part = Part(listing, items_of_feed(feed, source))
    return Catalogue(parts=[part], title=feed.title or source.title, problems=problems)


def _sitemaps(source: StandingSource, before: Mapping[str, Listing], fetcher: Fetcher) -> Catalogue:
    """The pages of a sitemap, or of the sitemaps of an index that changed by the index or give no time of change."""
    from entente.sources.listings import read_sitemap

    found = Catalogue(title=source.title)
    waiting = [(Listing(address=source.address), 0)]
    seen = {source.address}
    indexes: list[Part] = []
    while waiting:
        wanted, depth = waiting.pop()
        try:
            answer = _asked(wanted.address, before, fetcher)
            sitemap = read_sitemap(answer.content, wanted.address) if answer is not None else None
        except InputError as problem:
            if depth == 0:
                raise
            found.problems.append(problem)
            continue
        if answer is None or sitemap is None:
            children = [one for one in before.values() if depth == 0 and not one.stamp]  # only they can tell
        else:
            children = [one for one in sitemap.sitemaps if not one.stamp or one.stamp != _stamp(before, one.address)]
            part = Part(_listing(wanted.address, wanted.stamp, answer), sitemap.items)
            (indexes if sitemap.sitemaps else found.parts).append(part)
        for child in reversed(children):
            if child.address not in seen and depth < DEEPEST_INDEX:
                seen.add(child.address)
                waiting.append((child, depth + 1))
    if not found.problems:  # else the index is asked for again, to come back to what could not be read
        found.parts += indexes
    found.is_unchanged = not found.parts and not found.problems
    return found


def _asked(address: str, before: Mapping[str, Listing], fetcher: Fetcher) -> Fetched | None:
    """What an address gives, None where that is what it gave before."""
    from entente.sources.fetching import NotModified

    held = before.get(address)
    answer = fetcher.fetch(
        address, etag=held.etag if held else None, last_modified=held.last_modified if held else None
    )
    return None if isinstance(answer, NotModified) else answer


def _stamp(before: Mapping[str, Listing], address: str) -> str | None:
    return before[address].stamp if address in before else None


def _listing(address: str, stamp: str, answer: Fetched) -> Listing:
    return Listing(address=address, stamp=stamp, etag=answer.etag, last_modified=answer.last_modified)
