"""Commands that show what the record holds of one report or event: show, reports."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from entente.cli.options import DEFAULT_STORE, Database, Output, period
from entente.cli.printing import Everything, Since, Until, latest, paper_for_people, print_count, print_json

if TYPE_CHECKING:
    import duckdb

    from entente.errors import StoreError
    from entente.records.kept import KeptReport, ReportInRaw

__all__ = ["reports", "show", "the_report"]

Raw = Annotated[
    bool,
    Parameter(
        help="Print the words of the report's source as they came. Lines that begin with '- ' were dropped from it, "
        "with '~ ' they are kept but no prose; a terminal strikes and dims them."
    ),
]


def show(
    name: Annotated[str, Parameter(help="The id of an event or report, its beginning, or a report's address or name.")],
    /,
    *,
    raw: Raw = False,
    db: Database = DEFAULT_STORE,
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """Show an event in the sentence that tells it, or a report with its record."""
    from entente.store import Store, reading, shelf

    with Store(db).reading() as connection:
        event = None if shelf.is_report(connection, name) else reading.event_in_context(connection, name, db)
        if event is None or raw:
            report = the_report(connection, event.event.report.id if event else name, db, also_events=True)
            return _show_raw(connection, report, output) if raw else _show_report(connection, report, output)
    if output.is_for_programs:
        print_json([event], output, always_list=False)
        return 0
    from entente.views.relation_page import print_event_in_context

    print_event_in_context(paper_for_people(), event)
    return 0


def reports(
    *,
    since: Since = None,
    until: Until = None,
    publisher: Annotated[str | None, Parameter(help="Only of a publisher, or host, with this in its name.")] = None,
    language: Annotated[str | None, Parameter(help="Only in this language: en.")] = None,
    db: Database = DEFAULT_STORE,
    everything: Everything = False,
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """List reports, the latest first."""
    from entente.store import Store, shelf

    first, last = period(since, until)
    with Store(db).reading() as connection:
        found = shelf.reports(
            connection, since=first, until=last, publisher=publisher, language=language and language.lower()
        )
    if output.is_for_programs:
        print_json(found, output)
        return 0
    from entente.views.report_page import print_reports

    paper = paper_for_people()
    shown = latest(paper, found, everything=everything)
    if shown:
        print_reports(paper, shown)
    print_count(len(shown), len(found), "report")
    return 0


def the_report(connection: duckdb.DuckDBPyConnection, typed: str, db: Path, *, also_events: bool = False) -> KeptReport:
    """The report that was named.

    Raises
    ------
    StoreError
        There is none, several are called so, or it was forgotten.
    """
    from entente.sources.addresses import clean_address, is_web_address
    from entente.store import shelf

    url = clean_address(typed) if is_web_address(typed) else None
    found = shelf.find_report(connection, typed, db, url=url)
    if found is None:
        raise _unknown(connection, typed, url, db, also_events=also_events)
    return found


def _unknown(
    connection: duckdb.DuckDBPyConnection, typed: str, url: str | None, db: Path, *, also_events: bool
) -> StoreError:
    from entente.errors import StoreError
    from entente.store import shelf

    forgotten = shelf.tombstones(connection, url or typed)
    if forgotten:
        one = forgotten[0]
        why = f" ({one.reason})" if one.reason else ""
        return StoreError(
            typed,
            f"was forgotten on {one.forgotten_at}{why}; none of its words is kept.",
            f"It may be added again after `entente forget --undo {one.report_id}`.",
        )
    near = shelf.names_near(connection, typed)
    shown = typed if typed.strip() else repr(typed)
    meant = f"Did you mean {' or '.join(near)}? " if near else ""
    if also_events:
        return StoreError(
            shown,
            f"no event and no report in {db} is called so.",
            f"{meant}List them with `entente events` or `entente reports`.",
        )
    return StoreError(shown, f"no report in {db} is called so.", f"{meant}List them with `entente reports`.")


def _show_report(connection: duckdb.DuckDBPyConnection, report: KeptReport, output: Output) -> int:
    from entente.records.kept import ReportInFull
    from entente.store import reading, shelf

    coding = reading.coding_of(connection, report.id)
    assert coding is not None  # noqa: S101 - it was found in the same opening of the store
    versions = shelf.reports(connection, url=report.url) if report.url else (report,)
    shown = ReportInFull(
        **{name: getattr(coding, name) for name in coding.__struct_fields__},
        kept=report,
        versions=tuple(sorted(versions, key=lambda one: one.version)),
    )
    if output.is_for_programs:
        print_json([shown], output, always_list=False)
        return 0
    from entente.views.report_page import print_report

    print_report(paper_for_people(), shown)
    return 0


def _show_raw(connection: duckdb.DuckDBPyConnection, report: KeptReport, output: Output) -> int:
    shown = _raw(connection, report)
    if output.is_for_programs:
        print_json([shown], output, always_list=False)
        return 0
    from entente.views.report_page import print_raw
    from entente.views.words import counted

    print_raw(paper_for_people(), shown)
    words = sum(len(one.text.split()) for one in shown.dropped)
    others = sum(len(one.text.split()) for one in shown.not_prose)
    print(
        f"{counted(words, 'word')} of the source dropped, {counted(others, 'word')} kept that are no prose.",
        file=sys.stderr,
    )
    return 0


def _raw(connection: duckdb.DuckDBPyConnection, report: KeptReport) -> ReportInRaw:
    from entente.records import Evidence
    from entente.records.kept import ReportInRaw
    from entente.reports.dropped import dropped, not_prose
    from entente.store import reading, shelf

    coding = reading.coding_of(connection, report.id)
    assert coding is not None  # noqa: S101 - it was found in the same opening of the store
    text, whole = coding.report.text, shelf.whole_of(connection, report.id)
    source = text if whole is None else whole
    return ReportInRaw(
        report=report,
        whole=source,
        dropped=tuple(Evidence.of(source, one.start, one.end) for one in dropped(source, text)),
        not_prose=tuple(Evidence.of(source, one.start, one.end) for one in not_prose(source, text, coding.sentences)),
    )
