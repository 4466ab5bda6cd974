"""Commands that take reports in: read, add."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from entente.cli.coding import CoderChoice
from entente.cli.options import (
    DEFAULT_STORE,
    Columns,
    Database,
    Encoding,
    Output,
    Timeout,
    UsageError,
    encoding_named,
)

if TYPE_CHECKING:
    from entente.coders.protocol import Coder
    from entente.ingest import Outcome, Summary
    from entente.records import Document, Failure, Incoming

__all__ = ["add", "read"]

Paths = Annotated[
    list[str],
    Parameter(
        allow_leading_hyphen=True,
        help="Files (text, HTML, PDF, DOCX, JSONL, CSV, Parquet, feeds, WARC, mail; also .gz and .zip), folders of them, "
        "addresses (https://…), or - for standard input.",
    ),
]
Published = Annotated[str | None, Parameter(help="The publication date of reports that give none: 2023-02-24.")]
Parquet = Annotated[Path | None, Parameter(help="Write the events to this file, one a row.")]


def read(
    paths: Paths,
    /,
    *,
    published: Published = None,
    encoding: Encoding = None,
    timeout: Timeout = 60.0,
    coding: CoderChoice = CoderChoice(),  # noqa: B008 - frozen
    parquet: Parquet = None,
    columns: Columns = Columns(),  # noqa: B008 - frozen
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """Code reports and print their records; 1 if an input failed."""
    from entente import ingest

    inputs = _inputs(paths, columns, published, encoding, timeout)
    coder = load_coder(coding)
    with _output(output, parquet) as take, _progress("Reading", show=output.is_for_programs or parquet) as step:
        failed = False
        for outcome in ingest.read(inputs, coder):
            take(outcome)
            step()
            failed |= outcome.result == "failed"
    return int(failed)


def add(
    paths: Paths,
    /,
    *,
    db: Database = DEFAULT_STORE,
    published: Published = None,
    encoding: Encoding = None,
    timeout: Timeout = 60.0,
    coding: CoderChoice = CoderChoice(),  # noqa: B008 - frozen
    parquet: Parquet = None,
    columns: Columns = Columns(),  # noqa: B008 - frozen
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """Code reports into the store; 1 if an input failed."""
    from entente import ingest
    from entente.sources.files import places_of
    from entente.store import Store

    inputs = _inputs(paths, columns, published, encoding, timeout)
    store = Store(db)
    coder = load_coder(coding)
    with ExitStack() as stack:
        take = stack.enter_context(_output(output, parquet, prints=False))
        step = stack.enter_context(_progress("Adding", show=True))

        def on_outcome(outcome: Outcome) -> None:
            take(outcome)
            step()

        summary = ingest.add(inputs, coder, store, places=places_of(paths), on_outcome=on_outcome)
    print(_summary_words(summary, db), file=sys.stderr if output.is_for_programs else sys.stdout)
    return int(summary.failed > 0)


def load_coder(choice: CoderChoice) -> Coder:
    """The built-in coder with the weights chosen."""
    from entente.cli import interrupts

    with interrupts.held_back():  # onnxruntime prints a traceback of its own where its loading is broken off
        from entente.coders import builtin

        return builtin.load(choice.model, min_probability=choice.min_probability)


def _inputs(
    paths: list[str], columns: Columns, published: str | None, encoding: str | None, timeout_seconds: float
) -> Iterator[Incoming | Document | Failure]:
    from entente.sources.files import read_inputs

    for path in paths:
        if path.startswith("-") and path != "-":
            raise UsageError(path, "is no option of this command.", f"See --help; a file of that name is ./{path}.")
    if not timeout_seconds > 0:
        raise UsageError(f"--timeout {timeout_seconds:g}", "is no time to wait.", "Give a number of seconds above 0.")
    return read_inputs(
        paths,
        text_column=columns.text_column,
        id_column=columns.id_column,
        date_column=columns.date_column,
        title_column=columns.title_column,
        url_column=columns.url_column,
        published=_publication(published),
        encoding=encoding_named(encoding),
        timeout_seconds=timeout_seconds,
    )


def _publication(typed: str | None) -> str | None:
    from entente.reports.written_dates import normalise_published

    if typed is not None and normalise_published(typed) is None:
        raise UsageError(f"--published {typed!r}", "is not a date with its day.", "Write it as 2023-02-24.")
    return typed


@contextmanager
def _output(output: Output, parquet: Path | None, *, prints: bool = True) -> Iterator[Callable[[Outcome], None]]:
    """Where outcomes go: JSON, a Parquet file, the terminal; failures to standard error in any case."""
    from entente.records.relation import events_with_report
    from entente.views.exports import JsonStream, ParquetFile

    with ExitStack() as stack:
        table = stack.enter_context(ParquetFile(parquet)) if parquet is not None else None
        stream = JsonStream(sys.stdout, lines=output.jsonl, always_list=False) if output.is_for_programs else None
        show = _coding_printer() if prints and stream is None and table is None else None

        def take(outcome: Outcome) -> None:
            if outcome.failure is not None:
                _name_failure(outcome.failure)
            if stream is not None:
                stream.write([outcome.coding])
            if table is not None and outcome.result != "failed":
                table.write(events_with_report(outcome.coding))
            if show is not None and outcome.failure is None:
                show(outcome)

        yield take
        if stream is not None:
            stream.close()
    if table is not None:
        print(f"Wrote {table.events:,} events to {parquet}.", file=sys.stderr)


def _coding_printer() -> Callable[[Outcome], None]:
    from entente.views.paper import open_paper
    from entente.views.terminal import print_coding

    paper = open_paper(sys.stdout)
    return lambda outcome: print_coding(paper, outcome.coding)


def _name_failure(failure: Failure) -> None:
    from entente.views.paper import harmless

    print(harmless(f"{failure.origin}: {failure.reason} {failure.remedy}".rstrip()), file=sys.stderr)


@contextmanager
def _progress(verb: str, *, show: object) -> Iterator[Callable[[], None]]:
    """Count inputs on standard error while they are taken, if that is a terminal."""
    if not show or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn(verb),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(verb, total=None, rate="")

        def step() -> None:
            done = progress.tasks[0].completed + 1
            elapsed = progress.tasks[0].elapsed or 0.0
            progress.update(task, advance=1, rate=f"{done / elapsed:.1f}/s" if elapsed > 1 else "")

        yield step


def _summary_words(summary: Summary, db: Path) -> str:
    from entente.views.words import counted

    added = summary.added + summary.new_versions
    parts = [f"Added {counted(added, 'report')} with {counted(summary.events, 'event')} to {db}"]
    for count, what in (
        (summary.new_versions, "of them new versions of a page"),
        (summary.back_again, "pages went back to an earlier version, which counts again"),
        (summary.not_coded, "not English, so kept but not coded"),
        (summary.undated, "undated"),
        (summary.already_there, "already there"),
        (summary.forgotten, "forgotten before, so left out (see `entente forget --help`)"),
        (summary.failed, "failed, see `entente failures`"),
    ):
        if count:
            parts.append(f"{count:,} {what}")
    return "; ".join(parts) + "."
