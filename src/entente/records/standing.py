"""Sources that are looked at again and again, what they list, and what came in through them."""

from __future__ import annotations

from typing import Literal

import msgspec

from entente.records.event import SCHEMA
from entente.records.relation import StoredEvent

__all__ = [
    "Arrivals",
    "ItemFailure",
    "ItemState",
    "ListedItem",
    "Listing",
    "SourceKind",
    "SourceState",
    "SourceUpdate",
    "StandingSource",
    "StoredItem",
    "TouchedRelation",
    "Watch",
]

SourceKind = Literal["feed", "sitemap", "folder", "list"]
ItemState = Literal["done", "waiting", "given up"]


class StandingSource(msgspec.Struct, frozen=True, kw_only=True):
    """A feed, sitemap, folder or list of addresses whose reports are taken in as they come.

    ``address`` is the web address, or the whole path. With ``whole_pages`` the page of an item is read, without them
    the feed's own text. ``tries`` counts the failures since it was last read, ``next_try`` is when it may be tried
    again (UTC), ``reason`` and ``remedy`` tell of the last failure.
    """

    address: str
    kind: SourceKind
    title: str | None = None
    publisher: str | None = None
    whole_pages: bool = True
    added_at: str = ""
    checked_at: str | None = None
    new_at: str | None = None
    tries: int = 0
    next_try: str | None = None
    reason: str | None = None
    remedy: str | None = None


class SourceState(StandingSource, frozen=True, kw_only=True):
    """A standing source with how many of its items were taken in, wait to be tried again, and were given up."""

    items: int = 0
    waiting: int = 0
    given_up: int = 0


class ListedItem(msgspec.Struct, frozen=True, kw_only=True):
    """An item as its source lists it; ``stamp`` is another when the source says that the item changed.

    ``url`` is None where the item has no page, ``path`` the file of a folder's item, ``html`` the feed's own text.
    """

    id: str
    stamp: str = ""
    url: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    html: str | None = None
    path: str | None = None


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """A feed or sitemap as it was when it was last read whole: what a conditional request needs."""

    address: str
    stamp: str = ""
    etag: str | None = None
    last_modified: str | None = None


class StoredItem(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an item, as of ``fetched_at``: ``report_id`` is the last report that it gave."""

    id: str
    stamp: str
    url: str | None = None
    title: str | None = None
    published: str | None = None
    state: ItemState = "done"
    report_id: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    fetched_at: str = ""
    tries: int = 0
    next_try: str | None = None
    reason: str | None = None
    remedy: str | None = None


class ItemFailure(msgspec.Struct, frozen=True, kw_only=True):
    """An item that could not be taken in, and when it is tried again; None where that is given up."""

    item: str
    reason: str
    remedy: str
    next_try: str | None


class SourceUpdate(msgspec.Struct, kw_only=True):
    """What looking at one source brought.

    ``result`` is ``updated`` where something was listed, ``unchanged`` where the source says that nothing changed,
    ``waiting`` where it failed before and is not tried yet, ``failed`` where it cannot be read. ``listed`` items are
    those that the source names, ``due`` those of them that are new, changed or to be tried again, ``left`` those that
    are left for the next time. ``back_again`` are pages that went back to an earlier text. Of what ``failed``,
    ``unread`` are no items but sitemaps of an index, what was cut off of a feed, lines of a list that are no addresses,
    or folders in a folder.
    """

    schema: str = SCHEMA
    source: str
    kind: SourceKind
    result: Literal["updated", "unchanged", "waiting", "failed"] = "updated"
    listed: int = 0
    due: int = 0
    added: int = 0
    new_versions: int = 0
    back_again: int = 0
    already_there: int = 0
    not_modified: int = 0
    own_text: int = 0
    events: int = 0
    failed: int = 0
    unread: int = 0
    left: int = 0
    next_try: str | None = None
    reason: str | None = None
    remedy: str | None = None
    failures: list[ItemFailure] = msgspec.field(default_factory=list)


class Watch(msgspec.Struct, frozen=True, order=True):
    """Two actors whose relation is watched, in the order of the alphabet."""

    a: str
    b: str


class TouchedRelation(msgspec.Struct, frozen=True, kw_only=True):
    """What new reports tell of two actors, in no order: their events, and the most telling one of them.

    ``by_quad_class`` counts the ``actual`` ones. ``event`` is the actual event (or, without one, any) whose PLOVER score
    times its probability is farthest from 0.
    """

    a: str
    b: str
    watched: bool
    reports: int
    events: int
    actual: int
    by_quad_class: dict[str, int]
    event: StoredEvent | None


class Arrivals(msgspec.Struct, frozen=True, kw_only=True):
    """What came in since somebody last looked, or since a day.

    ``since`` is that time, None where nobody looked before. ``versions`` are new texts of pages that were there.
    ``failures`` counts inputs that failed since, ``sources_failing`` sources that could not be read whole when they were
    looked at last, ``touched`` all relations that the new reports tell of. Watched ones come
    first among the ``relations``, also those that nothing is new of.
    """

    schema: str = SCHEMA
    since: str | None
    reports: int
    versions: int
    undated: int
    not_coded: int
    failures: int
    sources_failing: int
    events: int
    publishers: dict[str, int]
    touched: int
    relations: tuple[TouchedRelation, ...]
    last_serial: int
