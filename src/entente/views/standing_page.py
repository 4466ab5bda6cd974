"""Standing sources and what looking at them brought, printed for people."""

from __future__ import annotations

from collections.abc import Sequence

from entente.records.standing import SourceState, SourceUpdate
from entente.views.paper import Column, Paper, marked
from entente.views.words import counted, day_words, on_one_line

__all__ = ["print_sources", "time_words", "update_words"]


def print_sources(paper: Paper, sources: Sequence[SourceState]) -> None:
    """Print the sources; on a terminal each in a few lines, since addresses are long."""
    if not paper.is_terminal:
        names = ("Address", "Kind", "Publisher", "Items", "Waiting", "Given up", "Checked", "New", "Next try", "Error")
        paper.table([Column(name) for name in names], map(_line, sources))
        return
    for one in sources:
        kind = one.kind if one.whole_pages or one.kind != "feed" else "feed, its own text"
        paper.line(marked((one.address, "bold"), (f"  {kind}", "dim")))
        about = " · ".join(on_one_line(part) for part in (one.title, one.publisher) if part)
        if about:
            paper.line(f"  {about}")
        paper.line(f"  {_state_words(one)}")
        if one.reason:
            again = f" Next try after {time_words(one.next_try)}." if one.next_try else ""
            paper.line(marked((f"  ! {on_one_line(one.reason)}{again}", "yellow")))


def update_words(answers: Sequence[SourceUpdate], *, dry_run: bool) -> list[str]:
    """What an update brought, in a line, and a line for each source that is left alone for now."""
    waiting = [
        f"{one.source}: not tried before {one.next_try}; it failed last time: {one.reason}"
        for one in answers
        if one.result == "waiting"
    ]
    looked_at = [one for one in answers if one.result != "waiting"]
    if not looked_at:
        return waiting
    if dry_run:
        return [f"{one.source}: {counted(one.due, 'item')} to fetch." for one in looked_at] + waiting
    added = sum(one.added + one.new_versions for one in answers)
    told = f" with {counted(sum(one.events for one in answers), 'event')}" if added else ""
    parts = [f"{counted(len(looked_at), 'source')}: {counted(added, 'new report') if added else 'nothing new'}{told}"]
    for count, what in (
        (sum(one.new_versions for one in answers), "of them new versions of a page"),
        (sum(one.back_again for one in answers), "went back to an earlier version, which counts again"),
        (sum(one.own_text for one in answers), "by the feed's own text, their pages not to be had"),
        (sum(one.already_there for one in answers), "already there"),
        (sum(one.left for one in answers), "left for the next time"),
        (sum(one.failed - one.unread for one in answers), "failed, see `entente failures`"),
        (sum(one.unread > 0 for one in answers), "of the sources not read whole, see `entente source list`"),
        (sum(one.result == "failed" for one in answers), "of the sources failed, see `entente source list`"),
    ):
        if count:
            parts.append(f"{count:,} {what}")
    return ["; ".join(parts) + ".", *waiting]


def time_words(when: str | None) -> str:
    """A time in UTC as people write it: ``20 Nov 2026 08:00 UTC``; a day as a day."""
    if when is None:
        return "never"
    _, has_time, clock = when.partition("T")
    return f"{day_words(when)} {clock[:5]} UTC" if has_time else day_words(when)


def _state_words(one: SourceState) -> str:
    parts = [counted(one.items, "item")]
    if one.waiting:
        parts.append(f"{one.waiting:,} to be tried again")
    if one.given_up:
        parts.append(f"{one.given_up:,} given up")
    parts.append(f"checked {time_words(one.checked_at)}" if one.checked_at else "not looked at yet")
    if one.new_at:
        parts.append(f"last new {time_words(one.new_at)}")
    return ", ".join(parts)


def _line(one: SourceState) -> tuple[str, ...]:
    """A source as a row of a file or pipe."""
    return (
        one.address,
        one.kind,
        one.publisher or "",
        str(one.items),
        str(one.waiting),
        str(one.given_up),
        one.checked_at or "never",
        one.new_at or "never",
        one.next_try or "",
        f"{one.reason} {one.remedy or ''}".strip() if one.reason else "",
    )
