"""One item of a source as reports: its page or file, and the feed's own text where the page cannot be had."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from entente.errors import EntenteError, InputError
from entente.records import Document, Failure, Incoming
from entente.records.standing import ListedItem, StandingSource, StoredItem
from entente.reports.extract import extract

if TYPE_CHECKING:
    from entente.sources.contents import Taken
    from entente.sources.fetching import Fetched, Fetcher

__all__ = ["Fetching", "file_reports", "own_document", "page_reports"]

OWN_TEXT_TIMES = 2
"""A page with less than half the words of the feed's own text is a stub: a paywall, a teaser, a cookie notice."""
_TAG = re.compile(r"<[^<>]*>")


class Fetching(msgspec.Struct, kw_only=True):
    """What fetching an item's page came to: the answer's marks for the next time, or why there is no page.

    ``is_unchanged`` says that the page is what it was; ``used_own_text`` that the feed's own text stands in for it.
    """

    etag: str | None = None
    last_modified: str | None = None
    is_unchanged: bool = False
    used_own_text: bool = False
    problem: InputError | None = None


def page_reports(
    source: StandingSource, item: ListedItem, before: StoredItem | None, fetcher: Fetcher, fetching: Fetching
) -> Iterator[Taken]:
    """The reports of an item that has a page, or a failure; ``fetching`` is told how it went.

    What the page says of itself (title, publisher, date) wins over what the source says of it.
    """
    from entente.sources.fetching import NotModified

    assert item.url is not None  # noqa: S101 - the caller asks for items with a page
    try:
        answer = fetcher.fetch(
            item.url, etag=before.etag if before else None, last_modified=before.last_modified if before else None
        )
    except InputError as problem:
        fetching.problem = problem
        yield _instead(source, item, problem, fetching)
        return
    except Exception as fault:  # noqa: BLE001 - whatever is wrong with one page must not stop the others
        fetching.problem = _fault(item.url, fault, "fetched")
        yield _instead(source, item, fetching.problem, fetching)
        return
    if isinstance(answer, NotModified):
        fetching.is_unchanged = True
        return
    fetching.etag, fetching.last_modified = answer.etag, answer.last_modified
    taken = _read(answer)
    if len(taken) == 1:
        yield _best(source, item, taken[0], fetching)
    else:
        yield from (_filled(source, None, one) for one in taken)


def own_document(source: StandingSource, item: ListedItem) -> Document | None:
    """The feed's own text of an item; None where it gives none."""
    if not item.html:
        return None
    return Document(
        content=item.html.encode("utf-8", "replace"),
        media="fragment",
        origin=_origin(source, item),
        source_id=item.url or item.id,
        url=item.url,
        charset="utf-8",
        publisher=item.publisher or source.publisher or source.title,
        title=item.title,
        published=item.published,
        obtained="feed",
    )


def file_reports(source: StandingSource, item: ListedItem) -> Iterator[Taken]:
    """The reports of a folder's file."""
    from entente.sources.files import read_inputs

    for one in read_inputs([item.path or item.id]):
        if isinstance(one, Failure) or one.publisher or not source.publisher:
            yield one
        else:
            yield msgspec.structs.replace(one, publisher=source.publisher)


def _read(answer: Fetched) -> list[Incoming | Failure]:
    """The reports that an answer holds: one for a page."""
    from entente.sources.contents import Reading
    from entente.sources.web import read_fetched

    return [_extracted(one) if isinstance(one, Document) else one for one in read_fetched(answer, Reading())]


def _extracted(document: Document) -> Incoming | Failure:
    try:
        return extract(document)
    except EntenteError as problem:
        return _failure(document.origin, problem)
    except Exception as problem:  # noqa: BLE001 - whatever is wrong with one page must not stop the others
        return _failure(document.origin, _fault(document.origin, problem, "read"))


def _best(source: StandingSource, item: ListedItem, page: Incoming | Failure, fetching: Fetching) -> Incoming | Failure:
    """The page, or the feed's own text where that says much more."""
    if isinstance(page, Failure):
        fetching.problem = InputError(page.origin, page.reason, page.remedy)
        return _instead(source, item, fetching.problem, fetching)
    enough = OWN_TEXT_TIMES * len(page.text.split())
    if len(_TAG.sub(" ", item.html or "").split()) > enough:  # most feeds give less, which is seen without reading it
        own = _own(source, item)
        if own is not None and len(own.text.split()) > enough:
            fetching.used_own_text = True
            note = "feed: its page gives less than the feed, whose own text this is."
            return msgspec.structs.replace(own, url=page.url or own.url, warnings=(*own.warnings, note))
    return _filled(source, item, page)


def _instead(source: StandingSource, item: ListedItem, problem: InputError, fetching: Fetching) -> Incoming | Failure:
    """The feed's own text of an item whose page cannot be had, else the failure."""
    own = _own(source, item)
    if own is None:
        return _failure(_origin(source, item), problem)
    fetching.used_own_text = True
    note = f"feed: this is the feed's own text, since its page {problem.reason}"
    return msgspec.structs.replace(own, warnings=(*own.warnings, note))


def _own(source: StandingSource, item: ListedItem) -> Incoming | None:
    document = own_document(source, item)
    own = _extracted(document) if document is not None else None
    return own if isinstance(own, Incoming) else None


def _filled(source: StandingSource, item: ListedItem | None, one: Incoming | Failure) -> Incoming | Failure:
    """A report with what its source knows of it where it says nothing itself."""
    if isinstance(one, Failure):
        return one
    return msgspec.structs.replace(
        one,
        publisher=one.publisher or (item.publisher if item else None) or source.publisher,
        title=one.title or (item.title if item else None),
        published=one.published or (item.published if item else None),
    )


def _origin(source: StandingSource, item: ListedItem) -> str:
    return item.url or f"{source.address}#{item.id}"


def _failure(origin: str, problem: EntenteError) -> Failure:
    return Failure(origin=origin, reason=problem.reason, remedy=problem.remedy, source_id=origin)


def _fault(origin: str, fault: Exception, done: str) -> InputError:
    reason = f"could not be {done} ({type(fault).__name__}: {fault})."
    return InputError(origin, reason, "This is a fault of entente: please report it with this text.")
