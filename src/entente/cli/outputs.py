"""Commands that answer from the record: relation, events, people, status, failures."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from entente.cli.countries import country, title_of
from entente.cli.options import (
    DEFAULT_STORE,
    Database,
    Output,
    UsageError,
    one_of,
    period,
    topic_named,
)
from entente.cli.printing import Everything, Since, Until, latest, paper_for_people, print_count, print_json

if TYPE_CHECKING:
    from entente.records.relation import StoredEvent

__all__ = ["events", "failures", "people", "relation", "status"]

TopicName = Annotated[str | None, Parameter(help="Only this topic, such as trade or defence, or a PLOVER context.")]
Parquet = Annotated[Path | None, Parameter(help="Write the events to this file, one a row.")]
Status = Literal["actual", "future", "hypothetical", "negated", "historical"]


def relation(
    a: Annotated[str, Parameter(help="A country or organisation: PAK, Pakistan or pakistan.")],
    b: Annotated[str, Parameter(help="The other one.")],
    /,
    *,
    since: Since = None,
    until: Until = None,
    topic: TopicName = None,
    db: Database = DEFAULT_STORE,
    parquet: Parquet = None,
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """How the relationship of two countries stands and moves."""
    from entente.relations.summary import find_relation
    from entente.store import Store

    codes = country(a), country(b)
    if codes[0] == codes[1]:
        raise UsageError(f"{a!r} and {b!r}", "are the same.", "Name two.")
    first, last = period(since, until)
    found = find_relation(
        Store(db),
        *codes,
        since=first,
        until=last,
        topic=topic_named(topic),
        topic_name=topic,
    )
    if _exported(found.events, parquet) and not output.is_for_programs:
        return 0
    if output.is_for_programs:
        print_json([found], output, always_list=False)
        return 0
    from entente.views.relation_page import print_relation

    print_relation(paper_for_people(), found, (title_of(codes[0]), title_of(codes[1])))
    return 0


def events(
    *,
    type: Annotated[tuple[str, ...], Parameter(help="Only events of this type; may be repeated.")] = (),
    actor: Annotated[str | None, Parameter(help="Only events that this country does.")] = None,
    recipient: Annotated[str | None, Parameter(help="Only events done to this country.")] = None,
    country: Annotated[str | None, Parameter(help="Only events with this country, on either side.")] = None,
    since: Since = None,
    until: Until = None,
    status: Annotated[tuple[Status, ...], Parameter(help="Only events of this status; may be repeated.")] = (),
    topic: TopicName = None,
    min_probability: Annotated[float | None, Parameter(help="Only events at least so probable (0 to 1).")] = None,
    db: Database = DEFAULT_STORE,
    parquet: Parquet = None,
    everything: Everything = False,
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """List events, the latest first."""
    from entente.store import Store, reading

    if min_probability is not None and not 0 <= min_probability <= 1:
        raise UsageError("--min-probability", f"{min_probability:g} is no probability.", "Write a number from 0 to 1.")
    about = topic_named(topic)
    first, last = period(since, until)
    wanted = reading.EventFilter(
        types=_types(type),
        statuses=status or None,
        actor=_code(actor),
        recipient=_code(recipient),
        country=_code(country),
        contexts=about.contexts if about else None,
        topic_types=about.types if about else (),
        since=first,
        until=last,
        min_probability=min_probability,
    )
    with Store(db).reading() as connection:
        found = reading.events(connection, wanted)
    if _exported(found, parquet) and not output.is_for_programs:
        return 0
    if output.is_for_programs:
        print_json(found, output)
        return 0
    from entente.views.terminal import print_events

    paper = paper_for_people()
    shown = latest(paper, found, everything=everything)
    if shown:
        print_events(paper, shown)
    print_count(len(shown), len(found), "event")
    return 0


def people(
    *,
    country: Annotated[str | None, Parameter(help="Only people of this country.")] = None,
    name: Annotated[str | None, Parameter(help="Only people with this in their name.")] = None,
    since: Since = None,
    until: Until = None,
    db: Database = DEFAULT_STORE,
    everything: Everything = False,
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """List who holds which office, and between which days reports say so."""
    from entente.store import Store, reading

    code = _code(country)
    first, last = period(since, until)
    with Store(db).reading() as connection:
        found = reading.people(
            connection,
            countries=[code] if code else None,
            name=name,
            since=first,
            until=last,
        )
    if output.is_for_programs:
        print_json(found, output)
        return 0
    from entente.views.terminal import print_holdings

    paper = paper_for_people()
    shown = latest(paper, found, everything=everything)
    if shown:
        print_holdings(paper, shown)
    print_count(len(shown), len(found), "office holding")
    return 0


def status(
    *,
    db: Database = DEFAULT_STORE,
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """Say what the record holds."""
    from entente.store import Store, reading

    with Store(db).reading() as connection:
        found = reading.status(connection, db)
    if output.is_for_programs:
        print_json([found], output, always_list=False)
        return 0
    from entente.views.terminal import print_status

    print_status(paper_for_people(), found)
    return 0


def failures(
    *,
    db: Database = DEFAULT_STORE,
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """List inputs that could not be taken in, and why. Adding one again with success clears it."""
    from entente.store import Store, reading

    with Store(db).reading() as connection:
        found = reading.failures(connection)
    if output.is_for_programs:
        print_json(found, output)
        return 0
    from entente.views.terminal import print_failures

    if found:
        print_failures(paper_for_people(), found)
    print_count(len(found), len(found), "failure")
    return 0


def _types(typed: Sequence[str]) -> tuple[str, ...] | None:
    if not typed:
        return None
    from entente.ontology.codebook import load_codebook

    return one_of(typed, list(load_codebook().types), "PLOVER event type")


def _code(typed: str | None) -> str | None:
    return country(typed) if typed is not None else None


def _exported(found: Sequence[StoredEvent], parquet: Path | None) -> bool:
    """Write events to a Parquet file, if one is named."""
    if parquet is None:
        return False
    from entente.views.exports import ParquetFile

    with ParquetFile(parquet) as table:
        table.write(found)
    print(f"Wrote {len(found):,} events to {parquet}.", file=sys.stderr)
    return True
