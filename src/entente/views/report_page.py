"""A report for the eyes: its versions, its record, and its source's words as they came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from entente.records.kept import KeptReport, ReportInFull, ReportInRaw, Takedown, Tombstone
from entente.views.paper import Column, Paper, marked
from entente.views.terminal import heading, print_coding
from entente.views.words import counted, day_words, on_one_line

__all__ = ["print_raw", "print_report", "print_reports", "print_takedown", "print_tombstones"]

DROPPED, NOT_PROSE, PROSE = "dropped", "not prose", "prose"
_STYLES = {DROPPED: "strike red", NOT_PROSE: "dim", PROSE: ""}
_PREFIXES = {DROPPED: "- ", NOT_PROSE: "~ ", PROSE: "  "}


def print_report(paper: Paper, shown: ReportInFull) -> None:
    """Print a report's record, as when it was read, with the versions of its page."""
    kept = shown.kept
    coder = f"coded by {kept.coder} {kept.model}" if kept.coded else "not coded"
    about = [f"id {kept.id}, added {kept.added_at}, {coder}"]
    if kept.versions > 1 or kept.superseded_by is not None:
        about.append(_version_line(kept))
    print_coding(paper, shown, about=about)
    if len(shown.versions) > 1:
        heading(paper, "Versions of this page", str(len(shown.versions)))
        print_reports(paper, shown.versions)
        paper.line()


def print_reports(paper: Paper, reports: Sequence[KeptReport]) -> None:
    """Print a table of reports."""
    columns = [
        Column("Id", width=16),
        Column("Published", width=11),
        Column("Publisher", share=2),
        Column("Title", share=5),
        Column("Events", width=6, right=True),
        Column("Version", width=10),
    ]
    paper.table(columns, map(_row, reports))


def print_raw(paper: Paper, shown: ReportInRaw) -> None:
    """Print a source's words; in plain lines each begins with what it is: ``- `` dropped, ``~ `` not prose."""
    start = 0
    for line in shown.whole.splitlines(keepends=True):
        pieces = list(_pieces(shown, start, start + len(line.rstrip("\r\n"))))
        start += len(line)
        if paper.is_terminal:
            paper.line(marked(*((words, _STYLES[kind]) for kind, words in pieces)))
        else:
            for kind, words in pieces or [(PROSE, "")]:
                if words.strip() or len(pieces) < 2:
                    paper.line(f"{_PREFIXES[kind]}{words.strip() if len(pieces) > 1 else words}".rstrip())


def print_takedown(paper: Paper, takedown: Takedown) -> None:
    """Print what goes with reports that are forgotten."""
    print_reports(paper, takedown.reports)
    rest = (
        counted(takedown.events, "event"),
        counted(takedown.people, "telling of an office", "tellings of an office"),
        counted(takedown.statements, "statement"),
        counted(takedown.commitments, "commitment"),
    )
    paper.line(f"With {'it' if len(takedown.reports) == 1 else 'them'}: {', '.join(rest)}.")
    for one in takedown.counting_again:
        paper.line(f"The older version {one.id} ({_name(one)}) counts again.")


def print_tombstones(paper: Paper, tombstones: Sequence[Tombstone]) -> None:
    """Print what was taken down."""
    columns = [Column(name) for name in ("Id", "Address", "Publisher", "Published", "Reason", "Forgotten")]
    rows = []
    for one in tombstones:
        published = day_words(one.published) if one.published else ""
        told = (one.url or "", one.publisher or "", published, one.reason or "", one.forgotten_at)
        rows.append((one.report_id, *map(on_one_line, told)))
    paper.table(columns, rows)


def _pieces(shown: ReportInRaw, first: int, end: int) -> Iterator[tuple[str, str]]:
    """The stretches of a line, each with what it is."""
    marks = [(one.start, one.end, DROPPED) for one in shown.dropped if one.start < end and first < one.end]
    marks += [(one.start, one.end, NOT_PROSE) for one in shown.not_prose if one.start < end and first < one.end]
    at = first
    for start, stop, kind in sorted(marks):
        if at < start:
            yield PROSE, shown.whole[at:start]
        yield kind, shown.whole[max(start, first) : min(stop, end)]
        at = min(stop, end)
    if at < end:
        yield PROSE, shown.whole[at:end]


def _row(report: KeptReport) -> tuple[str, ...]:
    return (
        report.id,
        day_words(report.published),
        on_one_line(report.publisher or ""),
        on_one_line(_name(report)),
        f"{report.events:,}",
        _version_words(report),
    )


def _version_words(report: KeptReport) -> str:
    if report.versions == 1:  # a file has no page; that it was changed its folder tells
        return "" if report.superseded_by is None else "old"
    return f"{report.version} of {report.versions}{'' if report.superseded_by is None else ', old'}"


def _version_line(report: KeptReport) -> str:
    state = "the one that counts" if report.superseded_by is None else f"superseded by {report.superseded_by}"
    return f"version {report.version} of {report.versions} of its page, {state}" if report.versions > 1 else state


def _name(report: KeptReport) -> str:
    return report.title or report.url or report.source_id
