"""A relationship, and one event of it in its sentence, printed for people."""

from __future__ import annotations

from typing import TypeVar

from entente.records import Evidence, Party
from entente.records.relation import Direction, EventInContext, Month, Relation, StoredEvent
from entente.views.paper import Column, Marked, Paper, marked
from entente.views.terminal import (
    QUAD_STYLES,
    heading,
    print_commitments,
    print_events,
    print_holdings,
    print_statements,
)
from entente.views.words import (
    between_words,
    counted,
    date_words,
    day_words,
    kind_words,
    on_one_line,
    party_words,
    place_words,
)

__all__ = ["print_event_in_context", "print_relation"]

QUAD_NAMES = {
    "verbal_cooperation": "Coop. words",
    "material_cooperation": "Coop. deeds",
    "verbal_conflict": "Conflict words",
    "material_conflict": "Conflict deeds",
}
_Record = TypeVar("_Record")

LATEST_EVENTS = 12
LATEST_MONTHS = 24
LATEST_OTHERS = 10
BAR_CELLS = 10
HIGHEST_SCORE = 10.0


def print_relation(paper: Paper, relation: Relation, names: tuple[str, str]) -> None:
    """Print how a relationship stands; on a terminal the latest of each kind, elsewhere all.

    ``names`` are what people call the two.
    """
    _print_head(paper, relation, names)
    if not (relation.events or relation.statements or relation.commitments):
        return
    heading(paper, "Balance", "actual events; scores from −10 (conflict) to +10 (cooperation)")
    _print_directions(paper, relation.directions)
    if relation.months:
        shown = relation.months[-LATEST_MONTHS:] if paper.is_terminal else relation.months
        note = "" if len(shown) == len(relation.months) else _share(len(shown), len(relation.months))
        heading(paper, "Mean score by month", note)
        for month in shown:
            paper.line(_month_line(month))
    if relation.events:
        events = _latest(paper, relation.events, LATEST_EVENTS)
        heading(paper, "Latest events", _share(len(events), len(relation.events)))
        print_events(paper, events)
    _print_others(paper, relation)


def print_event_in_context(paper: Paper, shown: EventInContext) -> None:
    """Print one event with the sentences that tell it, its trigger and parties standing out in them."""
    event = shown.event
    head = marked(
        (kind_words(event), QUAD_STYLES.get(event.quad_class, "bold")),
        f" · {event.status} · probability {event.probability:.2f} · score {event.score:+g}",
    )
    paper.line(head)
    rows = [
        ("when", date_words(event.date)),
        ("where", place_words(event)),
        ("actor", "; ".join(map(_party_line, event.actor))),
        ("recipient", "; ".join(map(_party_line, event.recipient))),
        ("says", _party_line(event.speaker) if event.speaker else ""),
        ("contexts", ", ".join(event.contexts)),
        ("trigger", on_one_line(event.trigger.text)),
        ("evidence", f"“{on_one_line(event.evidence.text)}”"),
        ("report", _report_line(event)),
        ("coder", f"{event.coder} {event.model}"),
        ("id", event.id),
    ]
    for name, words in rows:
        if words:
            paper.line(marked((f"  {name:<10}", "dim"), words))
    paper.line()
    for sentence in shown.sentences:
        paper.line(highlighted(sentence, event))


def highlighted(sentence: Evidence, event: StoredEvent) -> Marked:
    """A sentence with the event's evidence, its parties and its trigger standing out."""
    marks: list[tuple[int, int, str]] = [(0, len(sentence.text), "dim")]

    def mark(start: int | None, end: int | None, style: str) -> None:
        if start is not None and end is not None and start < sentence.end and sentence.start < end:
            marks.append((max(start - sentence.start, 0), min(end, sentence.end) - sentence.start, style))

    mark(event.evidence.start, event.evidence.end, "not dim")
    for party in (*event.actor, *event.recipient):
        mark(party.start, party.end, "underline cyan")
    mark(event.trigger.start, event.trigger.end, "bold reverse")
    return Marked(sentence.text.replace("\n", " "), tuple(marks))


def _print_head(paper: Paper, relation: Relation, names: tuple[str, str]) -> None:
    paper.line(marked((f"{names[0]} ({relation.a}) and {names[1]} ({relation.b})", "bold")))
    limits = [f"{word} {day}" for word, day in (("since", relation.since), ("until", relation.until)) if day]
    limits += [f"topic {relation.topic}"] if relation.topic else []
    if limits:
        paper.line(", ".join(limits))
    coverage = relation.coverage
    if coverage.reports == 0:
        paper.line("No report in this record tells of the two together.")
        return
    between = f", published {between_words(coverage.first, coverage.last)}" if coverage.first else ""
    told = f"{counted(len(relation.events), 'event')} told by {counted(coverage.reports, 'report')}{between}."
    if coverage.undated_events:
        told += f" {coverage.undated_events:,} without a month of their own."
    paper.line(told)
    paper.line(marked(("An event that several reports tell counts once for each.", "dim")))


def _print_directions(paper: Paper, directions: tuple[Direction, ...]) -> None:
    """Print the balance; on a terminal the types get lines of their own, since 80 cells have no room for them."""
    # Each column as wide as its longest word, so that no word is cut.
    widths = {"Told": 5, "Actual": 6, "Score": 5} | {n: max(map(len, n.split())) for n in QUAD_NAMES.values()}
    columns = [Column("", width=9), *(Column(name, width=width, right=True) for name, width in widths.items())]
    rows: list[tuple[str | Marked, ...]] = []
    types: list[tuple[str, str]] = []
    for one in directions:
        who = f"{one.actor} → {one.recipient}" if one.recipient else "together"
        counts = [str(one.by_quad_class.get(quad, 0)) for quad in QUAD_NAMES]
        rows.append((marked((who, "bold")), str(one.events), str(one.actual), _score_words(one.mean_score), *counts))
        types.append((who, ", ".join(f"{name} {count}" for name, count in one.by_type.items())))
    if not paper.is_terminal:
        paper.table([*columns, Column("Types")], [(*row, words) for row, (_, words) in zip(rows, types, strict=True)])
        return
    paper.table(columns, rows)
    for who, words in types:
        if words:
            paper.line(marked((f"{who:<9}  ", "bold"), words))


def _month_line(month: Month) -> Marked:
    score = month.mean_score or 0.0
    cells = min(BAR_CELLS, max(1, round(abs(score) / HIGHEST_SCORE * BAR_CELLS))) if score else 0
    left, right = ("█" * cells, "") if score < 0 else ("", "█" * cells)
    return marked(
        f"  {month.month}  ",
        (left.rjust(BAR_CELLS), "red"),
        ("│", "dim"),
        (right.ljust(BAR_CELLS), "green"),
        f"  {_score_words(month.mean_score):>5}  ",
        (counted(month.events, "event"), "dim"),
    )


def _print_others(paper: Paper, relation: Relation) -> None:
    if relation.people:
        people = _latest(paper, relation.people, LATEST_OTHERS)
        heading(paper, "People", _share(len(people), len(relation.people)))
        print_holdings(paper, people)
    if relation.statements:
        statements = _latest(paper, relation.statements, LATEST_OTHERS)
        heading(paper, "Statements", _share(len(statements), len(relation.statements)))
        print_statements(paper, statements)
    still_open = tuple(one for one in relation.commitments if one.status == "open")
    if still_open:
        commitments = _latest(paper, still_open, LATEST_OTHERS)
        heading(paper, "Open commitments", _share(len(commitments), len(still_open)))
        print_commitments(paper, commitments)


def _latest(paper: Paper, records: tuple[_Record, ...], most: int) -> tuple[_Record, ...]:
    return records[:most] if paper.is_terminal else records


def _share(shown: int, total: int) -> str:
    return f"{total:,}" if shown == total else f"{shown} of {total:,}; --json has all"


def _score_words(score: float | None) -> str:
    return "–" if score is None else f"{score:+.1f}"


def _party_line(party: Party) -> str:
    words = party_words(party)
    if party.text and party.text != party.name and on_one_line(party.text) not in words:
        words += f" (“{on_one_line(party.text)}”)"
    return words


def _report_line(event: StoredEvent) -> str:
    report = event.report
    parts = [report.title and on_one_line(report.title), day_words(report.published), report.publisher]
    parts.append(report.url or report.source_id)
    return " · ".join(part for part in parts if part) + (" (an older version)" if report.superseded_by else "")
