"""Commands for the morning: new, watch."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from entente.cli.countries import country, title_of
from entente.cli.options import DEFAULT_STORE, Database, Output, UsageError, first_day

if TYPE_CHECKING:
    from entente.records.standing import Watch
    from entente.store import Store

__all__ = ["new", "watch"]

MOST = 20
"""How many relations that are not watched are printed unless --all is given."""
LAST = "last"


def new(
    *,
    since: Annotated[str, Parameter(help="From this day on, or `last`: what nobody has seen yet.")] = LAST,
    keep: Annotated[bool, Parameter(help="Let what is shown now be new the next time too.")] = False,
    everything: Annotated[bool, Parameter(name="--all", help=f"Print more than {MOST} relations.")] = False,
    db: Database = DEFAULT_STORE,
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """Say what came in since you last asked, and which relations it tells of."""
    from entente.store import Store, arrivals, standing

    day = None if since.casefold() == LAST else first_day(since)
    store = Store(db)
    with store.reading() as connection:
        found = arrivals.arrivals(
            connection,
            standing.watches(connection),
            since=day.isoformat() if day else None,
            most=None if everything or output.is_for_programs else MOST,
        )
    if output.is_for_programs:
        _print_json([found], output, always_list=False)
    else:
        from entente.views.arrivals_page import print_arrivals
        from entente.views.paper import open_paper

        print_arrivals(open_paper(sys.stdout), found, title_of)
    sys.stdout.flush()  # what did not reach its reader stays new
    if day is None and not keep and (found.reports or found.failures):
        with store.writing() as connection:
            arrivals.move_mark(connection, found.last_serial)
    return 0


def watch(
    *actors: Annotated[str, Parameter(help="Two countries or organisations: PAK, Pakistan or pakistan.")],
    remove: Annotated[bool, Parameter(help="Watch the two no longer.")] = False,
    db: Database = DEFAULT_STORE,
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """List the relations that `new` puts first, or watch one more."""
    from entente.records.standing import Watch
    from entente.store import Store, standing

    if len(actors) not in (0, 2) or (remove and not actors):
        raise UsageError(
            "watch", "takes two countries, or none to list what is watched.", "Example: entente watch USA PAK"
        )
    store = Store(db)
    said = ""
    if actors:
        a, b = sorted(map(country, actors))
        if a == b:
            raise UsageError(f"{actors[0]!r} and {actors[1]!r}", "are the same.", "Name two.")
        said = _changed(store, Watch(a, b), remove=remove)
    with store.reading() as connection:
        watched = standing.watches(connection)
    if output.is_for_programs:
        _print_json(watched, output)
        return 0
    if said:
        print(said)
        return 0
    for one in watched:
        print(f"{one.a} {one.b}  {_names(one.a, one.b)}")
    if not watched:
        print("No relation is watched. Watch one with `entente watch USA PAK`.", file=sys.stderr)
    return 0


def _changed(store: Store, wanted: Watch, *, remove: bool) -> str:
    """Watch a relation, or no longer; what to say of it."""
    from entente.store import standing

    names = _names(wanted.a, wanted.b)
    watched: tuple[Watch, ...] = ()
    if store.path.exists():
        with store.reading() as connection:
            watched = standing.watches(connection)
    if remove and wanted not in watched:
        raise UsageError(names, "are not watched.", "List what is with `entente watch`.")
    if not remove and wanted in watched:
        return f"{names} are watched already."
    with store.writing() as connection:
        if remove:
            standing.remove_watch(connection, wanted)
            return f"{names} are no longer watched."
        standing.add_watch(connection, wanted)
    return f"Watching {names}: `entente new` puts them first."


def _names(a: str, b: str) -> str:
    return f"{title_of(a)} and {title_of(b)}"


def _print_json(records: Sequence[object], output: Output, *, always_list: bool = True) -> None:
    from entente.views.exports import JsonStream

    stream = JsonStream(sys.stdout, lines=output.jsonl, always_list=always_list)
    stream.write(records)
    stream.close()
