"""Which items of a source are due, and when something that failed is tried again: pure, the time is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import msgspec

from entente.errors import EntenteError
from entente.records.standing import ItemState, ListedItem, SourceKind, StandingSource, StoredItem
from entente.sources.addresses import has_scheme

__all__ = [
    "PAUSE_AFTER",
    "STAMP_BREAK",
    "Due",
    "after_failure",
    "due_items",
    "failed_source",
    "is_later",
    "stamp_time",
    "time_text",
]

BACK_OFF = (timedelta(hours=1), timedelta(hours=6), timedelta(hours=24), timedelta(days=3))
"""How long to wait after the first, second… failure; an item that fails once more is given up, a source never."""
STAMP_BREAK = " | "
"""Stands in a stamp after the time that a source gives, before what else tells that an item changed."""
PAUSE_AFTER = 5
"""After so many failures in a row that may pass, a site is left alone: it is down or has enough of us."""


class Due(msgspec.Struct, frozen=True):
    """An item to fetch, and what became of it before; None where it is new."""

    item: ListedItem
    before: StoredItem | None


def due_items(
    listed: Iterable[ListedItem], known: Mapping[str, StoredItem], *, kind: SourceKind, now: datetime
) -> list[Due]:
    """The items that are new, changed or to be tried again, in the order listed.

    An address of a list is always due, if it was not given up: only its server knows whether it changed.
    """
    due = []
    for item in listed:
        before = known.get(item.id)
        if before is None or _is_due(item, before, kind, now):
            due.append(Due(item, before))
    return due


def _is_due(item: ListedItem, before: StoredItem, kind: SourceKind, now: datetime) -> bool:
    if item.stamp != before.stamp:
        return True
    if before.state == "done":
        return kind == "list"
    return before.state == "waiting" and before.next_try is not None and before.next_try <= time_text(now)


def after_failure(
    tries: int, now: datetime, *, for_good: bool = False, retry_after: float | None = None
) -> tuple[ItemState, str | None]:
    """What becomes of an item that failed for the ``tries``-th time, and when it is tried again.

    ``retry_after`` are the seconds for which the server asked to be left alone; ``for_good`` says that trying again is
    of no use.
    """
    if for_good or tries > len(BACK_OFF):
        return "given up", None
    wait = max(BACK_OFF[tries - 1], timedelta(seconds=retry_after or 0))
    return "waiting", time_text(now + wait)


def failed_source(
    source: StandingSource, problem: EntenteError, now: datetime, *, retry_after: float | None = None
) -> StandingSource:
    """A source that could not be read, with when it is tried again; one on this machine always is, at no cost."""
    tries = source.tries + 1
    wait = max(BACK_OFF[min(tries, len(BACK_OFF)) - 1], timedelta(seconds=retry_after or 0))
    return msgspec.structs.replace(
        source,
        checked_at=time_text(now),
        tries=tries,
        next_try=time_text(now + wait) if has_scheme(source.address) else None,
        reason=problem.reason,
        remedy=problem.remedy,
    )


def is_later(stamp: str, fetched_at: str) -> bool:
    """Whether a stamp is a time after something was fetched, or no time, so that nobody can say."""
    changed = stamp_time(stamp)
    fetched = stamp_time(fetched_at)
    return changed is None or fetched is None or changed > fetched


def stamp_time(stamp: str) -> datetime | None:
    """The time that a stamp gives (ISO 8601, or as in mail), in UTC where it names no zone; None where it gives none."""
    words = stamp.partition(STAMP_BREAK)[0].strip()
    try:
        when = datetime.fromisoformat(words)
    except ValueError:
        try:
            when = parsedate_to_datetime(words)
        except ValueError:
            return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def time_text(when: datetime) -> str:
    """A time as the store writes it."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
