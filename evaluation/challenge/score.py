"""Scoring the challenge set: is the status right, is what never happened told as done, are the parties swapped."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from entente.coders.protocol import Coder
from entente.evaluation.coding import Text, code_texts
from entente.evaluation.scores import ShareScore, share_right
from entente.records import Event, Party

__all__ = ["Case", "ChallengeScores", "Reading", "read_cases", "score_direction", "score_status"]

HERE = Path(__file__).parent
# Statuses of acts that nobody may take for done.
UNDONE = frozenset({"negated", "hypothetical", "future"})


@dataclass(frozen=True)
class Reading:
    """One careful reading of an act: type, status, codes of both sides."""

    event: str
    status: str
    actor: frozenset[str]
    recipient: frozenset[str]


@dataclass(frozen=True)
class Case:
    """A sentence, the place of the act's trigger in it, the readings that count as right, and further acts."""

    id: str
    text: str
    published: str
    group: str
    trigger: tuple[int, int]
    readings: tuple[Reading, ...]
    others: tuple[Reading, ...]


@dataclass(frozen=True)
class ChallengeScores:
    """Shares of the cases; ``right`` of those whose act was found at all."""

    found: ShareScore
    right: ShareScore
    wrong: ShareScore


def read_cases(name: str, folder: Path = HERE) -> list[Case]:
    """Return the cases of ``status.jsonl`` or ``direction.jsonl``.

    Raises
    ------
    ValueError
        A trigger does not stand in its sentence exactly once.
    """
    rows = (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [_case(json.loads(row)) for row in rows if row.strip()]


def _case(row: dict[str, object]) -> Case:
    text, trigger = str(row["text"]), str(row["trigger"])
    if text.count(trigger) != 1:
        raise ValueError(f"{row['id']}: the trigger {trigger!r} stands {text.count(trigger)} times in its sentence")
    also = row.get("also_accept") or []
    others = row.get("others") or []
    assert isinstance(also, list)
    assert isinstance(others, list)
    start = text.index(trigger)
    return Case(
        id=str(row["id"]),
        text=text,
        published=str(row["published"]),
        group=str(row.get("group", "")),
        trigger=(start, start + len(trigger)),
        readings=tuple(_reading(row | one) for one in ({}, *also)),
        others=tuple(_reading(row | one) for one in others),
    )


def _reading(row: dict[str, object]) -> Reading:
    sides = [row.get(side) or [] for side in ("actor", "recipient")]
    codes = [frozenset(map(str, side)) for side in sides if isinstance(side, list)]
    return Reading(str(row["event"]), str(row["status"]), *codes)


def score_status(coder: Coder, cases: Sequence[Case]) -> ChallengeScores:
    """``right``: a found act has an accepted status; ``wrong``: an act that did not happen is told as actual."""
    found, right, wrong = [], [], []
    for case, events in zip(cases, _coded(coder, cases), strict=True):
        told = [e for e in events if _is_meant(case, e)]
        found.append(bool(told))
        if told:
            best = max(told, key=lambda e: (_has_type(case, e), e.probability))
            kinds = {r.status for r in case.readings if r.event == best.event} or {r.status for r in case.readings}
            right.append(best.status in kinds)
        if case.readings[0].status in UNDONE:
            done = {r.event for r in case.readings if r.status in ("actual", "historical")}
            own = {r.event for r in case.readings if r.status in UNDONE}
            wrong.append(any(e.status == "actual" and e.event in own - done for e in told))
    return ChallengeScores(share_right(found), share_right(right), share_right(wrong))


def score_direction(coder: Coder, cases: Sequence[Case]) -> ChallengeScores:
    """``right``: a found act has all parties on the right sides; ``wrong``: its sides are swapped, of all cases."""
    found, right, wrong = [], [], []
    for case, events in zip(cases, _coded(coder, cases), strict=True):
        told = [e for e in events if _is_meant(case, e) and _has_type(case, e)]
        found.append(bool(told))
        sides = [(_codes(e.actor), _codes(e.recipient)) for e in told]
        if told:
            right.append(any((r.actor, r.recipient) in sides for r in case.readings))
        wrong.append(not (told and right[-1]) and any(_swapped(case, *side) for side in sides))
    return ChallengeScores(share_right(found), share_right(right), share_right(wrong))


def _coded(coder: Coder, cases: Sequence[Case]) -> list[Sequence[Event]]:
    return [coding.events for coding in code_texts(coder, [Text(c.id, c.text, c.published) for c in cases])]


def _is_meant(case: Case, event: Event) -> bool:
    """Whether an event is the act that a case asks about: by its trigger, else by type where no other act has that."""
    start, end = case.trigger
    if event.trigger.start < end and event.trigger.end > start:
        return True
    elsewhere = {r.event for r in case.others}
    return _has_type(case, event) and event.event not in elsewhere


def _has_type(case: Case, event: Event) -> bool:
    return event.event in {r.event for r in case.readings}


def _codes(parties: Sequence[Party]) -> frozenset[str]:
    return frozenset(p.country for p in parties if p.country)


def _swapped(case: Case, actor: frozenset[str], recipient: frozenset[str]) -> bool:
    """Whether who is acted on stands as the actor alone, or who acts as the recipient alone."""
    main = case.readings[0]
    ours, theirs = main.actor - main.recipient, main.recipient - main.actor
    there = bool(theirs & actor) and not ours & actor
    back = bool(ours & recipient) and not theirs & recipient
    return there or back
