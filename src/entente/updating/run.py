"""The conductor of an update: each source is looked up, what is due is fetched and added, and remembered at once.

Reports are written first and then, before anything more is fetched, what became of their items: a process killed at
any moment fetches no more than the batch in progress again, and adding that again changes nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from entente.errors import InputError
from entente.records.standing import ItemFailure, SourceUpdate, StandingSource, StoredItem
from entente.store import Store, standing
from entente.updating import verdicts
from entente.updating.planning import (
    Due,
    due_items,
    failed_source,
    is_later,
    time_text,
)
from entente.updating.resting import Resting

if TYPE_CHECKING:
    from entente.coders.protocol import Coder
    from entente.ingest import Outcome
    from entente.sources.contents import Taken
    from entente.sources.fetching import Fetcher
    from entente.updating.catalogue import Catalogue
    from entente.updating.items import Fetching

__all__ = ["Settings", "update"]

RECORD_AFTER = 16
"""So many items that gave no report are remembered in one go."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How to update: with what, at what time, how many items of a source at most, and whom to tell of each."""

    fetcher: Fetcher
    coder: Coder
    clock: Callable[[], datetime]
    limit: int | None = None
    dry_run: bool = False
    on_item: Callable[[int, int], None] = lambda done, due: None


def update(
    store: Store, sources: Sequence[StandingSource], settings: Settings, *, at_once: bool = False
) -> Iterator[SourceUpdate]:
    """Look at sources, one after the other, and add what is new of them.

    The caller holds the lock that keeps other updates out. What goes wrong with a source or an item is told in the
    source's answer, recorded, and never stops the others.

    Parameters
    ----------
    store : Store
        Opened for each batch and closed again.
    sources : sequence of StandingSource
        Which to look at.
    settings : Settings
        With what, and how much.
    at_once : bool
        Also those that failed and are not due yet.

    Yields
    ------
    SourceUpdate
        One for each source, in order.

    Raises
    ------
    StoreError
        The store cannot be read or written; what was added until then stays.
    """
    for source in sources:
        now = settings.clock()
        if not at_once and source.next_try is not None and source.next_try > time_text(now):
            yield SourceUpdate(
                source=source.address,
                kind=source.kind,
                result="waiting",
                next_try=source.next_try,
                reason=source.reason,
                remedy=source.remedy,
            )
            continue
        yield _SourceRun(store, source, settings).run()


class _Pending(msgspec.Struct):
    """An item on its way: how many reports it gave, and what became of those that are stored."""

    due: Due
    fetching: Fetching
    given: int = 0
    outcomes: list[Outcome] = msgspec.field(default_factory=list)
    is_whole: bool = False


class _SourceRun:
    """One look at one source."""

    def __init__(self, store: Store, source: StandingSource, settings: Settings) -> None:
        self._store, self._source, self._settings = store, source, settings
        self._answer = SourceUpdate(source=source.address, kind=source.kind)
        self._awaited: deque[_Pending] = deque()
        self._settled: list[StoredItem] = []
        self._has_stored = False
        self._left: set[str] = set()
        self._put_off = 0
        self._resting = Resting()

    def run(self) -> SourceUpdate:
        """Look the source up, add what is due, and remember how it went."""
        from entente.updating.catalogue import look_up

        source, answer = self._source, self._answer
        with self._store.reading() as connection:
            before = standing.listings(connection, source.address)
        try:
            catalogue = look_up(source, before, self._settings.fetcher)
        except InputError as problem:
            return self._failed(problem)
        except Exception as fault:  # noqa: BLE001 - whatever is wrong with one source must not stop the others
            reason = f"could not be looked up ({type(fault).__name__}: {fault})."
            remedy = "This is a fault of entente: please report it with this text."
            return self._failed(InputError(source.address, reason, remedy))
        answer.listed = len(catalogue.items)
        answer.result = "unchanged" if catalogue.is_unchanged else "updated"
        plan = self._plan(catalogue)
        answer.due = len(plan)
        if self._settings.dry_run:
            answer.left = len(plan)
            return answer
        if plan:
            from entente import ingest

            ingest.add(self._inputs(plan), self._settings.coder, self._store, on_outcome=self._take)
            self._record()
        self._finish(catalogue)
        return answer

    def _failed(self, problem: InputError) -> SourceUpdate:
        source, answer = self._source, self._answer
        failed = failed_source(source, problem, self._settings.clock(), retry_after=verdicts.retry_after(problem))
        answer.result, answer.next_try = "failed", failed.next_try
        answer.reason, answer.remedy = problem.reason, problem.remedy
        if not self._settings.dry_run:
            with self._store.writing() as connection:
                standing.record_check(connection, failed)
        return answer

    def _plan(self, catalogue: Catalogue) -> list[Due]:
        """The items to fetch: listed ones that are due, and those not listed now that are to be tried again."""
        source, now = self._source, self._settings.clock()
        listed = catalogue.items
        with self._store.reading() as connection:
            known = standing.known_items(connection, source.address) if listed else {}
            waiting = standing.waiting_items(connection, source.address, time_text(now))
        plan = due_items(listed.values(), known, kind=source.kind, now=now)
        if source.kind in ("feed", "sitemap"):  # what a folder or list does not hold any more is not asked for
            plan += [
                Due(verdicts.listed_again(item), item)
                for item in waiting.values()
                if item.id not in listed and item.url
            ]
        # What failed before comes last, or it would use up the patience with its site at each update.
        return sorted(plan, key=lambda due: due.before is not None and due.before.state == "waiting")

    def _inputs(self, plan: Sequence[Due]) -> Iterator[Taken]:
        """The reports of the items that are due, fetched one by one as they are asked for."""
        limit, twins = self._settings.limit, self._twins(plan)
        fetched = 0
        for number, due in enumerate(plan):
            if limit is not None and fetched >= limit:
                self._left.update(one.item.id for one in plan[number:])
                break
            if self._has_stored or len(self._settled) >= RECORD_AFTER:
                self._record()
            self._settings.on_item(number, len(plan))
            twin = twins.get(due.item.url or "")
            if due.before is None and twin is not None and not is_later(due.item.stamp, twin.fetched_at):
                self._settled.append(verdicts.adopted(due, twin, self._settings.clock()))
                continue
            if (problem := self._resting.why(due.item.url)) is not None:
                self._leave(due, problem)
                continue
            fetched += 1
            yield from self._reports(due if due.before or twin is None else Due(due.item, twin))
        self._settings.on_item(len(plan), len(plan))

    def _reports(self, due: Due) -> Iterator[Taken]:
        """The reports of one item, each waited for."""
        from entente.updating.items import Fetching

        pending = _Pending(due, Fetching())
        for one in self._taken(due, pending.fetching):
            pending.given += 1
            self._awaited.append(pending)
            yield one
        pending.is_whole = True
        self._resting.note(due.item.url, pending.fetching.problem)
        if len(pending.outcomes) == pending.given:
            self._settle(pending)

    def _taken(self, due: Due, fetching: Fetching) -> Iterator[Taken]:
        from entente.records import Failure
        from entente.updating import items

        source, item = self._source, due.item
        if item.path is not None:
            yield from items.file_reports(source, item)
        elif item.url is not None and (source.whole_pages or source.kind != "feed"):
            yield from items.page_reports(source, item, due.before, self._settings.fetcher, fetching)
        elif (document := items.own_document(source, item)) is not None:
            yield document
        else:
            yield Failure(
                origin=item.url or f"{source.address}#{item.id}",
                reason="the feed gives neither a page nor a text of this item.",
                remedy="Look for another feed of the site.",
                source_id=item.url or item.id,
            )

    def _twins(self, plan: Sequence[Due]) -> dict[str, StoredItem]:
        """What was fetched already of the addresses of items that are new: other sources, or items, name them too."""
        urls = [due.item.url for due in plan if due.before is None and due.item.url is not None]
        if not urls or not self._source.whole_pages:
            return {}
        with self._store.reading() as connection:
            return standing.taken_in(connection, urls)

    def _take(self, outcome: Outcome) -> None:
        """Note that one report of an item is stored."""
        pending = self._awaited.popleft()
        pending.outcomes.append(outcome)
        if pending.is_whole and len(pending.outcomes) == pending.given:
            self._settle(pending)

    def _settle(self, pending: _Pending) -> None:
        """Note what became of an item all of whose reports are stored."""
        now, kind = self._settings.clock(), self._source.kind
        item = verdicts.settled(pending.due, pending.fetching, pending.outcomes, kind=kind, now=now)
        verdicts.count(self._answer, item, pending.fetching, pending.outcomes)
        self._settled.append(item)
        self._has_stored |= pending.given > 0

    def _record(self) -> None:
        """Remember the items settled until now."""
        if self._settled:
            with self._store.writing() as connection:
                standing.record_items(connection, self._source.address, self._settled)
        self._settled, self._has_stored = [], False

    def _leave(self, due: Due, problem: InputError) -> None:
        """Leave an item of a site that rests: until the source is looked at again, if that is there too."""
        if self._resting.why(self._source.address) is not None:
            self._left.add(due.item.id)
        else:
            self._settled.append(verdicts.put_off(due, problem, self._settings.clock()))
            self._put_off += 1

    def _finish(self, catalogue: Catalogue) -> None:
        """Remember how the source was looked at, and those of its listings all of whose items are remembered."""
        answer, now = self._answer, self._settings.clock()
        answer.left = len(self._left) + self._put_off
        for problem in catalogue.problems:
            answer.failed += 1
            answer.unread += 1
            answer.failures.append(
                ItemFailure(item=problem.what, reason=problem.reason, remedy=problem.remedy, next_try=None)
            )
        source = msgspec.structs.replace(
            self._source,
            title=catalogue.title,
            checked_at=time_text(now),
            new_at=time_text(now) if answer.added or answer.new_versions else self._source.new_at,
            tries=0,
            next_try=None,
            reason=catalogue.problems[0].reason if catalogue.problems else None,
            remedy=catalogue.problems[0].remedy if catalogue.problems else None,
        )
        stop = self._resting.why(source.address)
        if stop is not None:
            stopped = msgspec.structs.replace(source, tries=self._source.tries)
            source = failed_source(stopped, stop, now, retry_after=verdicts.retry_after(stop))
            answer.next_try, answer.reason, answer.remedy = source.next_try, source.reason, source.remedy
        whole = [
            part.listing
            for part in catalogue.parts
            if part.listing is not None and not any(item.id in self._left for item in part.items)
        ]
        with self._store.writing() as connection:
            standing.record_check(connection, source)
            standing.record_listings(connection, source.address, whole)
