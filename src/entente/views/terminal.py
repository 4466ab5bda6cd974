"""Records printed for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from entente.records import Coding, Commitment, Event, Evidence, Person, Statement
from entente.records.relation import OfficeHolding, RecordedFailure, StoredEvent, StoreStatus
from entente.views.paper import Column, Marked, Paper, marked
from entente.views.words import (
    between_words,
    counted,
    date_words,
    day_words,
    kind_words,
    listed,
    on_one_line,
    party_words,
    place_words,
    who_words,
)

__all__ = [
    "QUAD_STYLES",
    "heading",
    "print_coding",
    "print_commitments",
    "print_events",
    "print_failures",
    "print_holdings",
    "print_statements",
    "print_status",
    "quoted",
]

QUAD_STYLES = {
    "verbal_cooperation": "green",
    "material_cooperation": "bold green",
    "verbal_conflict": "yellow",
    "material_conflict": "bold red",
}
ID_CHARACTERS = 12
"""How much of an event's id a terminal's table shows: enough for `entente show`."""


def heading(paper: Paper, words: str, note: str = "") -> None:
    """Print the head of a section, after an empty line."""
    paper.line()
    paper.line(marked((words, "bold"), (f"  {note}" if note else "", "dim")))


def print_coding(paper: Paper, coding: Coding, *, about: Sequence[str] = ()) -> None:
    """Print what was taken from one report; ``about`` are more lines for its head."""
    report = coding.report
    source = report.url or (report.source_id if report.title else None)
    told = [day_words(report.published), report.language, report.publisher, source]
    paper.line(marked((on_one_line(report.title or report.source_id), "bold")))
    paper.line(marked((" · ".join(part for part in told if part), "dim")))
    for line in about:
        paper.line(marked((line, "dim")))
    for warning in coding.warnings:
        paper.line(marked(("! ", "bold yellow"), on_one_line(warning)))
    if coding.events:
        heading(paper, "Events", str(len(coding.events)))
        print_events(paper, coding.events)
    elif report.text:
        paper.line("No event found.")
    if coding.people:
        heading(paper, "People", str(len(coding.people)))
        columns = [Column("Name"), Column("Office"), Column("Country")]
        paper.table(columns, ((_name(one), _office(one), _country(one)) for one in coding.people))
    if coding.statements:
        heading(paper, "Statements", str(len(coding.statements)))
        print_statements(paper, coding.statements)
    if coding.commitments:
        heading(paper, "Commitments", str(len(coding.commitments)))
        print_commitments(paper, coding.commitments)
    paper.line()


def print_events(paper: Paper, events: Iterable[Event]) -> None:
    """Print a table of events, with their ids where they are stored."""
    if paper.is_terminal:
        columns = [
            Column("When, where", width=13),
            Column("What", width=18),
            Column("Who → whom", share=4),
            Column("Words", share=5),
        ]
        paper.table(columns, map(_event_block, events))
    else:
        names = ("Id", "When", "Where", "What", "Status", "P", "Actor", "Recipient", "Says", "Words", "Report")
        paper.table([Column(name) for name in names], map(_event_line, events))


def print_statements(paper: Paper, statements: Iterable[Statement]) -> None:
    """Print who said what, about whom."""
    columns = [Column("Who says", share=3), Column("About", width=9), Column("Words", share=6)]
    paper.table(
        columns,
        (
            (party_words(one.speaker) if one.speaker else "?", listed(one.about), quoted(one.content))
            for one in statements
        ),
    )


def print_commitments(paper: Paper, commitments: Iterable[Commitment]) -> None:
    """Print who undertook, or was asked, to do what."""
    columns = [Column("Who", share=3), Column("Towards", share=3), Column("What", share=5), Column("State", width=18)]
    rows = []
    for one in commitments:
        what = " · ".join(on_one_line(part) for part in (one.what, one.amount, one.condition) if part)
        state = f"{one.kind}, {one.status}" + (f", due {day_words(one.due)}" if one.due else "")
        rows.append((listed(map(party_words, one.who)), listed(map(party_words, one.towards)), what, state))
    paper.table(columns, rows)


def print_holdings(paper: Paper, holdings: Sequence[OfficeHolding]) -> None:
    """Print who holds which office, how many reports say so, and between which days."""
    columns = [Column("Name"), Column("Office"), Column("Country"), Column("Said by"), Column("Between")]
    rows = []
    for one in holdings:
        days = list(dict.fromkeys(day_words(day) for day in (one.first, one.last) if day))
        between = " – ".join(days) or "undated"
        rows.append((_name(one), _office(one), _country(one), counted(one.reports, "report"), between))
    paper.table(columns, rows)


def print_failures(paper: Paper, failures: Sequence[RecordedFailure]) -> None:
    """Print the inputs that could not be taken in, with the remedy."""
    columns = [Column("Input"), Column("Reason and remedy"), Column("Last tried"), Column("Times", right=True)]
    paper.table(
        columns,
        ((one.origin, on_one_line(f"{one.reason} {one.remedy}"), one.last_seen, str(one.count)) for one in failures),
    )


def print_status(paper: Paper, status: StoreStatus) -> None:
    """Print what a store holds."""
    rows = [
        ("File", f"{status.path}  {status.size_bytes / 1e6:,.1f} MB  schema {status.schema_version}"),
        ("Reports", _report_words(status)),
        ("Published", between_words(status.first_published, status.last_published)),
        ("Languages", listed(f"{name} {count:,}" for name, count in status.languages.items())),
        ("Events", f"{status.events:,}" + (f", {status.undated_events:,} undated" if status.undated_events else "")),
        ("By type", listed(f"{name} {count:,}" for name, count in status.events_by_type.items())),
        ("People", f"{status.people:,} tellings of an office"),
        ("Statements", f"{status.statements:,}"),
        ("Commitments", f"{status.commitments:,}"),
        ("Coded by", listed(f"{name} ({counted(count, 'report')})" for name, count in status.coders.items())),
        ("Last added", status.last_added or "never"),
        ("Failures", f"{status.failures:,}" + ("  see `entente failures`" if status.failures else "")),
        ("Forgotten", f"{status.forgotten:,}" if status.forgotten else ""),
    ]
    for name, words in rows:
        if words:
            paper.line(marked((f"{name:<12}", "bold"), words))


def quoted(evidence: Evidence, strong: Evidence | None = None) -> Marked:
    """The exact words on one line in quotation marks; the part ``strong`` of them stands out."""
    if strong is None or not evidence.start <= strong.start < strong.end <= evidence.end:
        return Marked(f"“{on_one_line(evidence.text)}”")
    before = evidence.text[: strong.start - evidence.start]
    after = evidence.text[strong.end - evidence.start :]
    lead = " " if before[-1:].isspace() else ""
    trail = " " if after[:1].isspace() else ""
    return marked(
        f"“{on_one_line(before)}{lead}", (on_one_line(strong.text), "bold underline"), f"{trail}{on_one_line(after)}”"
    )


def _event_block(event: Event) -> tuple[str, Marked, str, Marked]:
    """An event as a row of a terminal: four cells of a few lines."""
    stored = f"\n{event.id[:ID_CHARACTERS]}" if isinstance(event, StoredEvent) else ""
    what = marked(
        (kind_words(event), QUAD_STYLES.get(event.quad_class, "")),
        f"\n{event.status} {event.probability:.2f}",
        (stored, "dim"),
    )
    place = place_words(event)
    when = date_words(event.date) + (f"\n{place}" if place else "")
    words = quoted(event.evidence, event.trigger)
    if isinstance(event, StoredEvent):
        source = f"\n{event.report.publisher or event.report.source_id}, {day_words(event.report.published)}"
        words = Marked(words.text + source, (*words.marks, (len(words.text), len(words.text + source), "dim")))
    return when, what, "\n".join(_who_lines(event)), words


def _who_lines(event: Event) -> list[str]:
    actors, recipients = who_words(event)
    lines = [f"{'+ ' if place else ''}{words}" for place, words in enumerate(actors)] or ["?"]
    lines += [f"{'+' if place else '→'} {words}" for place, words in enumerate(recipients)]
    if event.speaker is not None:
        lines.append(f"says {party_words(event.speaker)}")
    return lines


def _event_line(event: Event) -> tuple[str | Marked, ...]:
    """An event as a row of a file or pipe."""
    actors, recipients = who_words(event)
    return (
        event.id,
        date_words(event.date),
        place_words(event),
        kind_words(event),
        event.status,
        f"{event.probability:.2f}",
        " + ".join(actors) or "?",
        " + ".join(recipients) or "–",
        party_words(event.speaker) if event.speaker else "",
        quoted(event.evidence),
        event.report.source_id if isinstance(event, StoredEvent) else "",
    )


def _name(one: Person | OfficeHolding) -> Marked:
    return marked((on_one_line(one.name), "bold"))


def _office(one: Person | OfficeHolding) -> str:
    office = " · ".join(on_one_line(part) for part in (one.office, one.organisation) if part) or "–"
    return office + ("" if one.current else " (former)")


def _country(one: Person | OfficeHolding) -> str:
    return " ".join((one.country or "?", *one.sectors)) + (" (inferred)" if one.inferred else "")


def _report_words(status: StoreStatus) -> str:
    parts = [f"{status.reports:,}"]
    if status.undated:
        parts.append(f"{status.undated:,} undated")
    if status.not_coded:
        parts.append(f"{status.not_coded:,} not English, so not coded")
    if status.superseded:
        parts.append(counted(status.superseded, "older version") + " of a page")
    return ", ".join(parts)
