"""Commands for standing sources: source add, source list, source remove, update."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, Parameter

from entente.cli import inputs
from entente.cli.coding import CoderChoice
from entente.cli.options import DEFAULT_STORE, Database, Output, UsageError, nearest

if TYPE_CHECKING:
    from entente.records.standing import SourceState, SourceUpdate
    from entente.sources.fetching import Fetcher
    from entente.store import Store

__all__ = ["app", "update"]

app = App(
    name="source",
    help="Name feeds, sitemaps, folders and lists of addresses that `entente update` looks at.",
    help_epilogue="Example: entente source add https://example.org/feed.xml",
    default_parameter=Parameter(negative=(), show_default=lambda value: value or None),
)

RATE_SECONDS = 1.0
TRIES = 2
"""An update comes again: a page that does not answer twice is left for the next one."""
PATIENCE_SECONDS = 60.0


@app.command(help_epilogue="Example: entente source add https://example.org/feed.xml --publisher 'Example Times'")
def add(
    address: Annotated[str, Parameter(help="A feed, a sitemap, a folder, or a text file with one address a line.")],
    /,
    *,
    kind: Annotated[
        Literal["feed", "sitemap", "folder", "list"] | None, Parameter(help="What it is; found out by default.")
    ] = None,
    publisher: Annotated[str | None, Parameter(help="The publisher of reports that name none.")] = None,
    summary: Annotated[bool, Parameter(help="Feeds: read the feed's own text, not the pages that it links.")] = False,
    db: Database = DEFAULT_STORE,
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """Name a source that `entente update` looks at from now on.

    It is looked at once to find out what it is; nothing is added to the record yet.
    """
    from entente.store import Store, standing
    from entente.updating.discovery import address_of, find_source

    if not address.strip():
        raise UsageError("source add", "no address is given.", "Name a feed, a sitemap, a folder or a list.")
    store = Store(db)
    known = {one.address: one for one in _sources(store)}
    if (there := known.get(address_of(address))) is None:
        found = find_source(
            address, kind=kind, publisher=publisher, whole_pages=not summary, open_fetcher=_fetcher, say=_say
        )
        there = known.get(found.address)
    if there is None:
        with store.writing() as connection:
            standing.add_source(connection, found)
        (there,) = (one for one in _sources(store) if one.address == found.address)
        words = f"Added the {there.kind} {there.address}" + (f" ({there.title})" if there.title else "")
        _say(
            f"{words}. `entente update` fetches what it lists.", to=sys.stderr if output.is_for_programs else sys.stdout
        )
    else:
        _say(f"{there.address} is a source already.", to=sys.stderr if output.is_for_programs else sys.stdout)
    if output.is_for_programs:
        _print_json([there], output, always_list=False)
    return 0


@app.command(name="list", help_epilogue="Example: entente source list")
def list_(
    *,
    db: Database = DEFAULT_STORE,
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """List the sources, and how looking at them went."""
    from entente.store import Store, standing

    with Store(db).reading() as connection:
        found = standing.sources(connection)
    if output.is_for_programs:
        _print_json(found, output)
        return 0
    if found:
        from entente.views.paper import open_paper
        from entente.views.standing_page import print_sources

        print_sources(open_paper(sys.stdout), found)
    else:
        print("No source yet. Name one with `entente source add ADDRESS`.", file=sys.stderr)
    return 0


@app.command(help_epilogue="Example: entente source remove https://example.org/feed.xml")
def remove(
    address: Annotated[str, Parameter(help="Its address, or its path.")],
    /,
    *,
    db: Database = DEFAULT_STORE,
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """Look at a source no longer. The reports that came from it stay."""
    from entente.store import Store, standing

    store = Store(db)
    with store.reading() as connection:
        (found,) = _named([address], standing.sources(connection))
    with store.writing() as connection:
        standing.remove_source(connection, found.address)
    if output.is_for_programs:
        _print_json([found], output, always_list=False)
    else:
        print(f"Removed {found.address}. The reports that came from it stay.")
    return 0


def update(
    sources: Annotated[tuple[str, ...], Parameter(help="Only these sources, also those that failed just now.")] = (),
    /,
    *,
    db: Database = DEFAULT_STORE,
    rate: Annotated[float, Parameter(help="Seconds between two requests to one site.")] = RATE_SECONDS,
    limit: Annotated[
        int | None, Parameter(help="At most so many items of each source; the rest come next time.")
    ] = None,
    dry_run: Annotated[bool, Parameter(help="Only say how many items would be fetched.")] = False,
    quiet: Annotated[bool, Parameter(help="Print failures only.")] = False,
    coding: CoderChoice = CoderChoice(),  # noqa: B008 - frozen
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """Fetch what is new of the sources, and add it; 1 if something failed."""
    from entente.store import Store, standing
    from entente.store.update_lock import lone_update

    if not 0 <= rate < math.inf:
        raise UsageError("--rate", f"{rate:g} is no time to wait.", "Write seconds, such as 1.")
    if limit is not None and limit < 1:
        raise UsageError("--limit", f"{limit} items are none.", "Write a number from 1.")
    store = Store(db)
    with store.reading() as connection:
        known = standing.sources(connection)
    chosen = _named(sources, known) if sources else list(known)
    if not chosen:
        if output.is_for_programs:
            _print_json([], output)
        print("No source yet. Name one with `entente source add ADDRESS`.", file=sys.stderr)
        return 0
    with lone_update(store.path):
        answers = list(
            _updates(store, chosen, rate=rate, limit=limit, dry_run=dry_run, coding=coding, at_once=bool(sources))
        )
    if output.is_for_programs:
        _print_json(answers, output)
    elif not quiet:
        from entente.views.standing_page import update_words

        for line in update_words(answers, dry_run=dry_run):
            _say(line, to=sys.stdout)
    return int(any(one.failed or one.result == "failed" for one in answers))


def _updates(
    store: Store,
    chosen: Sequence[SourceState],
    *,
    rate: float,
    limit: int | None,
    dry_run: bool,
    coding: CoderChoice,
    at_once: bool,
) -> Iterator[SourceUpdate]:
    """What each source brought; failures are named as they come."""
    from datetime import UTC, datetime

    from entente.updating.lazy import LazyCoder
    from entente.updating.run import Settings, update

    with _fetcher(rate) as fetcher, _progress() as on_item:
        settings = Settings(
            fetcher=fetcher,
            coder=LazyCoder(lambda: inputs.load_coder(coding)),
            clock=lambda: datetime.now(UTC),
            limit=limit,
            dry_run=dry_run,
            on_item=on_item,
        )
        for answer in update(store, chosen, settings, at_once=at_once):
            _name_failures(answer)
            yield answer


def _name_failures(answer: SourceUpdate) -> None:
    for failure in answer.failures:
        again = f" Tried again after {failure.next_try}." if failure.next_try else ""
        _say(f"{failure.item}: {failure.reason} {failure.remedy}".rstrip() + again)
    if answer.reason and answer.result != "waiting":
        again = f" The source is tried again after {answer.next_try}." if answer.next_try else ""
        _say(f"{answer.source}: {answer.reason} {answer.remedy or ''}".rstrip() + again)


def _sources(store: Store) -> tuple[SourceState, ...]:
    """The standing sources, none where there is no store yet."""
    from entente.store import standing

    if not store.path.exists():
        return ()
    with store.reading() as connection:
        return standing.sources(connection)


def _named(typed: Sequence[str], known: Sequence[SourceState]) -> list[SourceState]:
    """The sources that were typed, each once.

    Raises
    ------
    UsageError
        One is not among them, or several are called so.
    """
    from entente.updating.discovery import address_of

    by_address = {one.address: one for one in known}
    found: dict[str, SourceState] = {}
    for one in typed:
        by_name = by_address.get(one) or (by_address.get(address_of(one)) if one.strip() else None)
        called_so = [by_name] if by_name else [source for source in known if source.title and source.title == one]
        if len(called_so) > 1:
            several = ", ".join(source.address for source in called_so)
            raise UsageError(one, f"{len(called_so)} sources are called so: {several}.", "Give the address of one.")
        if not called_so:
            hint = nearest(one, list(by_address)) or "List the sources with `entente source list`."
            raise UsageError(one if one.strip() else repr(one), "is no source.", hint)
        found[called_so[0].address] = called_so[0]
    return list(found.values())


def _fetcher(rate: float = RATE_SECONDS) -> Fetcher:
    from entente.sources.fetching import Fetcher

    return Fetcher(rate_seconds=rate, tries=TRIES, patience_seconds=PATIENCE_SECONDS, respect_robots=True)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Show on standard error how far a source is, if that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda done, due: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Updating"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Updating", total=None)
        yield lambda done, due: progress.update(task, completed=done, total=due)


def _say(words: str, *, to: object = None) -> None:
    from entente.views.paper import harmless

    print(harmless(words), file=to or sys.stderr)  # type: ignore[arg-type]


def _print_json(records: Sequence[object], output: Output, *, always_list: bool = True) -> None:
    from entente.views.exports import JsonStream

    stream = JsonStream(sys.stdout, lines=output.jsonl, always_list=always_list)
    stream.write(records)
    stream.close()
