"""How the relationship of two actors stands in the events that reports tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from entente.records.relation import (
    Coverage,
    Direction,
    Month,
    Relation,
    StoredCommitment,
    StoredEvent,
    StoredStatement,
)
from entente.store import Store, reading

if TYPE_CHECKING:
    from entente.relations.topics import Topic

__all__ = ["find_relation", "month_of", "summarise_directions", "summarise_months"]

_MONTH_CHARACTERS = len("2023-02")


def find_relation(
    store: Store,
    a: str,
    b: str,
    *,
    since: date | None = None,
    until: date | None = None,
    topic: Topic | None = None,
    topic_name: str | None = None,
) -> Relation:
    """The relation of two actors by what the store holds of it.

    Parameters
    ----------
    store : Store
        Opened to read, once.
    a, b : str
        Codes of two countries or organisations.
    since, until : date, optional
        The first and the last day to look at; an event without a date counts on its report's day.
    topic : Topic, optional
        Only events and statements of it, and commitments that such an event tells.
    topic_name : str, optional
        How the topic was called.

    Returns
    -------
    Relation
        Every event in it, the latest first, also those that are not actual; scores count actual ones only.
    """
    dyad = reading.Dyad(a, b)
    contexts = topic.contexts if topic else None
    wanted = reading.EventFilter(
        dyad=dyad, since=since, until=until, contexts=contexts, topic_types=topic.types if topic else ()
    )
    with store.reading() as connection:
        events = reading.events(connection, wanted)
        statements = reading.statements(connection, dyad, contexts=contexts, since=since, until=until)
        commitments = reading.commitments(connection, dyad, since=since, until=until)
        told_by = sorted({event.report.id for event in events} | {said.report.id for said in statements})
        people = reading.people(connection, countries=[a, b], reports=told_by)
    if topic is not None:
        commitments = tuple(one for one in commitments if _is_told_by(one, events))
    return Relation(
        a=a,
        b=b,
        since=since.isoformat() if since else None,
        until=until.isoformat() if until else None,
        topic=topic_name,
        coverage=_coverage(events, statements, commitments),
        directions=summarise_directions(events, a, b),
        months=summarise_months(events),
        events=events,
        people=people,
        statements=statements,
        commitments=commitments,
    )


def summarise_directions(events: Sequence[StoredEvent], a: str, b: str) -> tuple[Direction, ...]:
    """What ``a`` does to ``b``, ``b`` to ``a``, and both together, in this order and also where it is nothing."""
    ways: dict[tuple[str, str | None], list[StoredEvent]] = {(a, b): [], (b, a): [], (f"{a}+{b}", None): []}
    for event in events:
        ways[_way(event, a, b)].append(event)
    return tuple(_direction(actor, recipient, some) for (actor, recipient), some in ways.items())


def summarise_months(events: Iterable[StoredEvent]) -> tuple[Month, ...]:
    """Each month with actual events, in order; events without a month of their own are left out."""
    by_month: dict[str, list[StoredEvent]] = {}
    for event in events:
        month = month_of(event)
        if event.status == "actual" and month is not None:
            by_month.setdefault(month, []).append(event)
    return tuple(
        Month(month=month, events=len(some), mean_score=_mean_score(some)) for month, some in sorted(by_month.items())
    )


def month_of(event: StoredEvent) -> str | None:
    """The month in which an event took place, None where it is not known so precisely."""
    value = event.date.value if event.date is not None else None
    if value is None or len(value) < _MONTH_CHARACTERS or not value[5:7].isdigit():
        return None
    return value[:_MONTH_CHARACTERS]


def _way(event: StoredEvent, a: str, b: str) -> tuple[str, str | None]:
    actors = {party.country for party in event.actor}
    recipients = {party.country for party in event.recipient}
    if a in actors and b in recipients:
        return a, b
    if b in actors and a in recipients:
        return b, a
    return f"{a}+{b}", None


def _direction(actor: str, recipient: str | None, events: Sequence[StoredEvent]) -> Direction:
    actual = [event for event in events if event.status == "actual"]
    return Direction(
        actor=actor,
        recipient=recipient,
        events=len(events),
        actual=len(actual),
        mean_score=_mean_score(actual),
        by_quad_class=_counted(event.quad_class for event in actual),
        by_type=_counted(event.event for event in actual),
        by_status=_counted(event.status for event in events),
    )


def _mean_score(events: Sequence[StoredEvent]) -> float | None:
    """The mean PLOVER score, each event weighing as much as it is probable; None without any weight."""
    weight = sum(event.probability for event in events)
    if weight <= 0:
        return None
    return round(sum(event.score * event.probability for event in events) / weight, 4)


def _counted(names: Iterable[str]) -> dict[str, int]:
    """How often each name comes, the most frequent first, equal ones by the alphabet."""
    return dict(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))


def _coverage(
    events: Sequence[StoredEvent], statements: Sequence[StoredStatement], commitments: Sequence[StoredCommitment]
) -> Coverage:
    told_by = {one.report.id: one.report for one in events}
    told_by |= {one.report.id: one.report for one in statements}
    told_by |= {one.report.id: one.report for one in commitments}
    days = sorted(report.published for report in told_by.values() if report.published is not None)
    return Coverage(
        reports=len(told_by),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        undated_events=sum(month_of(event) is None for event in events),
    )


def _is_told_by(commitment: StoredCommitment, events: Sequence[StoredEvent]) -> bool:
    """Whether the words of a commitment are among those of an event."""
    mine = commitment.evidence
    return any(
        event.report.id == commitment.report.id and event.evidence.start < mine.end and mine.start < event.evidence.end
        for event in events
    )
