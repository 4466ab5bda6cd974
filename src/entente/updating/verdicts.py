"""What became of an item once its reports are stored, or could not be had."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from entente.errors import InputError
from entente.records.standing import ItemFailure, ListedItem, SourceKind, SourceUpdate, StoredItem
from entente.updating.planning import Due, after_failure, time_text

if TYPE_CHECKING:
    from entente.ingest import Outcome
    from entente.updating.items import Fetching

__all__ = ["adopted", "count", "listed_again", "may_pass", "put_off", "retry_after", "settled"]


def settled(
    due: Due, fetching: Fetching, outcomes: Sequence[Outcome], *, kind: SourceKind, now: datetime
) -> StoredItem:
    """The item as it is remembered; of a failure, when it is tried again.

    What a page is cannot be mended by asking for it again: only a server that does not answer, or a file, is.
    """
    before, item = due.before, due.item
    problem = fetching.problem or _problem_of(outcomes)
    reports = [one.coding.report.id for one in outcomes if one.result != "failed"]
    report_id = reports[0] if len(reports) == 1 else before.report_id if before is not None and not reports else None
    known = StoredItem(
        id=item.id,
        stamp=item.stamp,
        url=item.url,
        title=item.title,
        published=item.published,
        report_id=report_id,
        fetched_at=time_text(now),
    )
    if problem is None:
        held = before if fetching.is_unchanged and before is not None else None
        return msgspec.structs.replace(
            known,
            etag=fetching.etag or (held.etag if held else None),
            last_modified=fetching.last_modified or (held.last_modified if held else None),
        )
    tries = (before.tries if before is not None and before.stamp == item.stamp else 0) + 1
    for_good = kind != "folder" and not may_pass(problem)
    state, next_try = after_failure(tries, now, for_good=for_good, retry_after=retry_after(problem))
    return msgspec.structs.replace(
        known, state=state, tries=tries, next_try=next_try, reason=problem.reason, remedy=problem.remedy
    )


def adopted(due: Due, twin: StoredItem, now: datetime) -> StoredItem:
    """The item of an address that another source had us fetch already."""
    return StoredItem(
        id=due.item.id,
        stamp=due.item.stamp,
        url=due.item.url,
        title=due.item.title,
        published=due.item.published,
        report_id=twin.report_id,
        etag=twin.etag,
        last_modified=twin.last_modified,
        fetched_at=time_text(now),
    )


def put_off(due: Due, problem: InputError, now: datetime) -> StoredItem:
    """An item that was not asked for, since its site rests for that problem; what is known of it stays."""
    item = due.item
    known = due.before or StoredItem(id=item.id, stamp=item.stamp)
    _, next_try = after_failure(1, now, retry_after=retry_after(problem))
    return msgspec.structs.replace(
        known,
        stamp=item.stamp,
        url=item.url,
        title=item.title,
        published=item.published,
        state="waiting",
        fetched_at=known.fetched_at or time_text(now),
        next_try=next_try,
        reason=problem.reason,
        remedy=problem.remedy,
    )


def listed_again(item: StoredItem) -> ListedItem:
    """An item that its source does not list any more, as it was listed."""
    return ListedItem(id=item.id, stamp=item.stamp, url=item.url, title=item.title, published=item.published)


def count(answer: SourceUpdate, item: StoredItem, fetching: Fetching, outcomes: Sequence[Outcome]) -> None:
    """Take one more item into account in what a source brought."""
    answer.not_modified += fetching.is_unchanged
    answer.own_text += fetching.used_own_text
    for outcome in outcomes:
        match outcome.result:
            case "failed":
                answer.failed += 1
                reason, remedy = (
                    (outcome.failure.reason, outcome.failure.remedy)
                    if outcome.failure
                    else ("could not be taken in.", "")
                )
                failure = ItemFailure(item=outcome.origin, reason=reason, remedy=remedy, next_try=item.next_try)
                answer.failures.append(failure)
            case "already there" | "forgotten":
                answer.already_there += 1
            case "new version":
                answer.new_versions += 1
            case "back again":
                answer.back_again += 1
            case _:
                answer.added += 1
        if outcome.result in ("added", "new version", "coded"):
            answer.events += len(outcome.coding.events)


def may_pass(problem: InputError) -> bool:
    """Whether what is wrong with an address may be over later."""
    from entente.sources.fetching import Unavailable

    return isinstance(problem, Unavailable)


def retry_after(problem: InputError) -> float | None:
    """For how many seconds the server asked to be left alone, None where it did not."""
    from entente.sources.fetching import Unavailable

    return problem.retry_after_seconds if isinstance(problem, Unavailable) else None


def _problem_of(outcomes: Sequence[Outcome]) -> InputError | None:
    """Why an item gave nothing at all."""
    failures = [one.failure for one in outcomes if one.failure is not None]
    if not failures or len(failures) < len(outcomes):
        return None
    return InputError(failures[0].origin, failures[0].reason, failures[0].remedy)
