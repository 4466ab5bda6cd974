"""What came in, and which relations it tells of, printed for people."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from entente.records.relation import StoredEvent
from entente.records.standing import Arrivals, TouchedRelation
from entente.views.paper import Column, Marked, Paper, marked
from entente.views.relation_page import QUAD_NAMES
from entente.views.standing_page import time_words
from entente.views.terminal import ID_CHARACTERS, QUAD_STYLES, heading, quoted
from entente.views.words import counted, day_words, kind_words, listed

__all__ = ["print_arrivals"]

SHOWN_PUBLISHERS = 8


def print_arrivals(paper: Paper, new: Arrivals, title_of: Callable[[str], str]) -> None:
    """Print what is new: how much from whom, then the relations, the watched ones first.

    ``title_of`` gives the name that people know a code by.
    """
    for line in _head_lines(new):
        paper.line(line)
    watched = [one for one in new.relations if one.watched]
    others = [one for one in new.relations if not one.watched]
    if watched:
        heading(paper, "Watched", str(len(watched)))
        _print_relations(paper, watched, title_of)
    if others:
        rest = new.touched - len(others) - sum(one.events > 0 for one in watched)
        note = f"{len(others)} of {len(others) + rest}; --all prints the rest" if rest else str(len(others))
        heading(paper, "Other relations" if watched else "Relations", note)
        _print_relations(paper, others, title_of)


def _head_lines(new: Arrivals) -> list[str | Marked]:
    since = f" since {time_words(new.since)}" if new.since else ""
    if not new.reports:
        lines: list[str | Marked] = [marked((f"Nothing new{since}.", "bold"))]
    else:
        told = f" with {counted(new.events, 'event')}" if new.events else ", no event"
        lines = [marked((f"{counted(new.reports, 'new report')}{since}{told}.", "bold"))]
        lines.append(_publisher_words(new.publishers))
    notes = [
        (new.versions, counted(new.versions, "new version of a page", "new versions of pages")),
        (new.undated, f"{new.undated:,} undated"),
        (new.not_coded, f"{new.not_coded:,} not English, so kept but not coded"),
        (new.failures, f"{new.failures:,} failed, see `entente failures`"),
        (
            new.sources_failing,
            f"{counted(new.sources_failing, 'source')} not read the last time, see `entente source list`",
        ),
    ]
    words = "; ".join(note for count, note in notes if count)
    return [*lines, marked((words + ".", "yellow"))] if words else lines


def _publisher_words(publishers: dict[str, int]) -> str:
    names = [f"{name} {count:,}" for name, count in publishers.items()]
    more = len(names) - SHOWN_PUBLISHERS
    return listed(names[:SHOWN_PUBLISHERS] + ([f"and {more} more"] if more > 0 else []))


def _print_relations(paper: Paper, relations: Sequence[TouchedRelation], title_of: Callable[[str], str]) -> None:
    if not paper.is_terminal:
        names = ("Between", "Reports", "Events", "Actual", *QUAD_NAMES.values(), "What", "Words", "Report", "Event")
        paper.table([Column(name) for name in names], map(_line, relations))
        return
    for one in relations:
        names_of = f"{title_of(one.a)} and {title_of(one.b)}"
        if one.event is None:
            paper.line(marked((names_of, "dim"), "  nothing new"))
        else:
            paper.line(marked((names_of, "bold"), (f"  {one.a} {one.b}", "dim")))
            _print_event(paper, one, one.event)


def _print_event(paper: Paper, one: TouchedRelation, event: StoredEvent) -> None:
    """Print how much is told of a relation, and its most telling event."""
    told = f"  {counted(one.events, 'event')} in {counted(one.reports, 'report')}, {one.actual} actual"
    parts: list[str | tuple[str, str]] = [told]
    for quad, name in QUAD_NAMES.items():
        if one.by_quad_class.get(quad):
            parts += [" · ", (f"{name.lower()} {one.by_quad_class[quad]}", QUAD_STYLES[quad])]
    paper.line(marked(*parts))
    paper.line(marked("  ", (kind_words(event), QUAD_STYLES.get(event.quad_class, "")), f" {event.status}"))
    words = quoted(event.evidence, event.trigger)
    paper.line(Marked(f"  {words.text}", tuple((start + 2, end + 2, style) for start, end, style in words.marks)))
    paper.line(marked((f"  {_report_words(event)} · {event.id[:ID_CHARACTERS]}", "dim")))


def _line(one: TouchedRelation) -> tuple[str | Marked, ...]:
    """A relation as a row of a file or pipe."""
    event = one.event
    return (
        f"{one.a} {one.b}",
        str(one.reports),
        str(one.events),
        str(one.actual),
        *(str(one.by_quad_class.get(quad, 0)) for quad in QUAD_NAMES),
        kind_words(event) if event else "nothing new",
        quoted(event.evidence) if event else "",
        _report_words(event) if event else "",
        event.id if event else "",
    )


def _report_words(event: StoredEvent) -> str:
    report = event.report
    return f"{report.publisher or report.url or report.source_id}, {day_words(report.published)}"
