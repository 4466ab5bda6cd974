"""Commands that keep the store itself: forget, backup, restore, merge."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from entente.cli.options import DEFAULT_STORE, Database, Output, UsageError
from entente.cli.printing import paper_for_people, print_count, print_json
from entente.cli.showing import the_report

if TYPE_CHECKING:
    import duckdb

    from entente.records.kept import KeptReport, MergeSummary, Takedown
    from entente.store import Store

__all__ = ["backup", "forget", "merge", "restore"]


def forget(
    reports: Annotated[
        list[str] | None,
        Parameter(help="Reports by id, beginning of it, name or address; an address means all versions."),
    ] = None,
    /,
    *,
    reason: Annotated[str | None, Parameter(help="Why, to be kept with the tombstone.")] = None,
    all_versions: Annotated[bool, Parameter(help="Forget every version of the reports' pages.")] = False,
    undo: Annotated[bool, Parameter(help="Remove the tombstones, so that the reports may be added again.")] = False,
    yes: Annotated[bool, Parameter(help="Do not ask.")] = False,
    db: Database = DEFAULT_STORE,
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """Take reports out of the record for good, or list those that were."""
    from entente.store import Store

    store = Store(db)
    if not reports:
        if undo or all_versions or reason:
            raise UsageError("entente forget", "no report is named.", "Name one, or see them with `entente reports`.")
        return _list_forgotten(store, output)
    if undo:
        return _undo(store, reports, output)
    return _forget(store, reports, reason, all_versions=all_versions, ask=not yes, output=output)


def backup(
    file: Annotated[Path | None, Parameter(help="Where to; by default beside the store, named after the time.")] = None,
    /,
    *,
    force: Annotated[bool, Parameter(help="Replace the file if it is there.")] = False,
    db: Database = DEFAULT_STORE,
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """Copy the record to a file, while others may read it."""
    from entente.records.kept import BackupSummary
    from entente.store import Store
    from entente.store.backup import back_up, backup_name

    store = Store(db)
    target = file or backup_name(db)
    counts = back_up(store, target, force=force)
    summary = BackupSummary(
        store=str(db), copy=str(target), size_bytes=target.stat().st_size, reports=counts["reports"]
    )
    if output.is_for_programs:
        print_json([summary], output, always_list=False)
        return 0
    from entente.views.words import counted

    print(f"Copied {db} with {counted(summary.reports, 'report')} to {target}. `entente restore` brings it back.")
    return 0


def restore(
    file: Annotated[Path, Parameter(help="A file that `entente backup` wrote, or another copy of a store.")],
    /,
    *,
    db: Database = DEFAULT_STORE,
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """Put a copy in the place of the record; the one that is there is kept beside it."""
    from entente.records.kept import BackupSummary
    from entente.store.backup import restore as bring_back

    restored = bring_back(file, db)
    summary = BackupSummary(
        store=str(db),
        copy=str(file),
        size_bytes=db.stat().st_size,
        reports=restored.reports,
        left_out=restored.left_out,
        kept=None if restored.kept is None else str(restored.kept),
    )
    if output.is_for_programs:
        print_json([summary], output, always_list=False)
        return 0
    from entente.views.words import counted

    words = f"Restored {db} with {counted(restored.reports, 'report')} from {file}."
    if restored.left_out:
        words += f" {counted(restored.left_out, 'report')} of it had been forgotten since and stayed out."
    print(words + (f" What was there is kept as {restored.kept}." if restored.kept else ""))
    return 0


def merge(
    other: Annotated[Path, Parameter(help="The other desk's store; it is not changed.")],
    /,
    *,
    dry_run: Annotated[bool, Parameter(help="Change nothing, only say what would be joined.")] = False,
    db: Database = DEFAULT_STORE,
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """Join another store's reports into this one."""
    from entente.store import Store
    from entente.store.merging import merge as join

    summary = join(Store(db), other, dry_run=dry_run)
    if output.is_for_programs:
        print_json([summary], output, always_list=False)
    else:
        print(_merge_words(summary, db))
    return 0


def _forget(
    store: Store, names: Sequence[str], reason: str | None, *, all_versions: bool, ask: bool, output: Output
) -> int:
    from entente.store import takedown

    with store.reading() as connection:
        chosen = _chosen(connection, names, store.path, all_versions=all_versions)
        going = takedown.rests_on(connection, store.path, chosen)
    if not output.is_for_programs:
        from entente.views.report_page import print_takedown

        print_takedown(paper_for_people(), going)
    if ask and not _confirmed(len(chosen)):
        print("Nothing was forgotten.", file=sys.stderr)
        return 1
    takedown.forget(store, [report.id for report in chosen], reason=reason)
    if output.is_for_programs:
        print_json([going], output, always_list=False)
    _tell_forgotten(going)
    return 0


def _chosen(
    connection: duckdb.DuckDBPyConnection, names: Sequence[str], db: Path, *, all_versions: bool
) -> list[KeptReport]:
    from entente.sources.addresses import is_web_address
    from entente.store import shelf

    chosen: dict[str, KeptReport] = {}
    for name in names:
        report = the_report(connection, name, db)
        versions: tuple[KeptReport, ...] = (report,)
        if report.url and (all_versions or is_web_address(name)):
            versions = shelf.reports(connection, url=report.url)
        chosen |= {one.id: one for one in versions}
    return list(chosen.values())


def _confirmed(count: int) -> bool:
    """Ask whether to go on, if there is somebody to ask."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    print(f"Forget {'it' if count == 1 else 'them'} for good? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}


def _tell_forgotten(going: Takedown) -> None:
    from entente.views.words import counted

    print(f"Forgot {counted(len(going.reports), 'report')}: no word of it is left in the store.", file=sys.stderr)
    if going.copies:
        copies = ", ".join(going.copies)
        print(f"These copies may hold it still: {copies}. So may backups that stand elsewhere.", file=sys.stderr)
    else:
        print("Backups that were made before hold it still.", file=sys.stderr)


def _undo(store: Store, names: Sequence[str], output: Output) -> int:
    from entente.errors import StoreError
    from entente.sources.addresses import clean_address
    from entente.store import shelf, takedown

    with store.reading() as connection:
        found = {name: shelf.tombstones(connection, clean_address(name)) for name in names}
    for name, ones in found.items():
        if not ones:
            shown = name if name.strip() else repr(name)
            raise StoreError(
                shown, "no report of that id or address was forgotten.", "List them with `entente forget`."
            )
        if len({one.url or one.report_id for one in ones}) > 1:
            several = ", ".join(one.report_id for one in ones[:5])
            raise StoreError(name, f"several forgotten reports are called so: {several}.", "Give more of the id.")
    chosen = [one for ones in found.values() for one in ones]
    with store.writing() as connection:
        takedown.unforget(connection, [one.report_id for one in chosen])
    if output.is_for_programs:
        print_json(chosen, output)
        return 0
    from entente.views.words import counted

    print(
        f"Removed {counted(len(chosen), 'tombstone')}. `entente add`, or an update of their source, takes what they stood for again."
    )
    return 0


def _list_forgotten(store: Store, output: Output) -> int:
    from entente.store import shelf

    with store.reading() as connection:
        found = shelf.tombstones(connection)
    if output.is_for_programs:
        print_json(found, output)
        return 0
    from entente.views.report_page import print_tombstones

    if found:
        print_tombstones(paper_for_people(), found)
    print_count(len(found), len(found), "forgotten report")
    return 0


def _merge_words(summary: MergeSummary, db: Path) -> str:
    from entente.views.words import counted

    verb = "Would join" if summary.dry_run else "Joined"
    parts = [f"{verb} {counted(summary.reports, 'report')} with {counted(summary.events, 'event')} into {db}"]
    for count, what in (
        (summary.versions, "of them other versions of pages that are here"),
        (summary.already_there, "already there"),
        (summary.left_out, "forgotten here, so left out"),
        (summary.removed, "forgotten there, so removed here"),
    ):
        if count:
            parts.append(f"{count:,} {what}")
    for count, what in (
        (summary.failures, "failure"),
        (summary.sources, "standing source"),
        (summary.watches, "watched relation"),
    ):
        if count:
            parts.append(counted(count, what))
    return "; ".join(parts) + "."
