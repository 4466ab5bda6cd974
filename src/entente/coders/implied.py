"""Who acts where no words of the sentence say it: "It was a horrific attack", in a minister's statement.

Which state of the report is meant is weighed by what the report tells of each: who speaks the words, who acted last, from
where the report is written, who is named near. The weights were fitted to the annotated reports
(``training/implied.py``): a conditional logit (McFadden 1974) over the states and "nobody".
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import msgspec

from entente.records import Event, Party
from entente.resolution.scene import Scene

__all__ = ["Act", "Said", "Situation", "candidates_of", "chances", "implied_actor", "situation_of", "traits_of"]

WEIGHTS = Path(__file__).parent / "data/implied-actor.json"
LEAST = 0.5
EARLIER, MOST_NAMED = 4, 6


class Said(msgspec.Struct, frozen=True):
    """Words that somebody says: offsets of the content, and the speaker."""

    start: int
    end: int
    speaker: Party


class Act(msgspec.Struct, frozen=True):
    """An act told before: its type and the codes of both sides."""

    event: str
    actors: frozenset[str]
    recipients: frozenset[str]


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """What a report tells around an act without an actor; all parties as codes."""

    event: str
    recipients: frozenset[str]
    speakers: tuple[str, ...]
    home: str | None
    ranked: tuple[str, ...]
    here: frozenset[str]
    just_before: frozenset[str]
    opening: frozenset[str]
    earlier: tuple[Act, ...]


def situation_of(
    scene: Scene, at: int, event: str, recipients: frozenset[str], speakers: Sequence[str], earlier: Sequence[Act]
) -> Situation:
    """The situation of an act told at an offset."""
    sentences, number = scene.prepared.sentences, scene.sentence_at(at)

    def named(first: int, last: int) -> frozenset[str]:
        inside = sentences[max(0, first) : last]
        return frozenset(
            n.code for n in scene.names if n.kind != "region" and any(s.start <= n.start < s.end for s in inside)
        )

    return Situation(
        event=event,
        recipients=recipients,
        speakers=tuple(speakers),
        home=scene.home,
        ranked=scene.countries,
        here=named(number, number + 1),
        just_before=named(number - 1, number) if number else frozenset(),
        opening=named(0, 1),
        earlier=tuple(earlier[-EARLIER:]),
    )


def candidates_of(situation: Situation) -> list[str]:
    """The codes that may be meant, each once."""
    told = [code for act in situation.earlier for code in sorted(act.actors | act.recipients)]
    home = [situation.home] if situation.home else []
    near = [*sorted(situation.here), *sorted(situation.just_before)]
    return list(dict.fromkeys([*situation.speakers, *home, *situation.ranked[:MOST_NAMED], *told, *near]))


def traits_of(situation: Situation, code: str) -> list[str]:
    """What speaks for or against a candidate, also for acts of this type alone."""
    last = situation.earlier[-1] if situation.earlier else Act("", frozenset(), frozenset())
    traits = {
        "any": True,
        "speaker": code in situation.speakers,
        "home": code == situation.home,
        "recipient": code in situation.recipients,
        "most named": situation.ranked[:1] == (code,),
        "second named": situation.ranked[1:2] == (code,),
        "here": code in situation.here,
        "sentence before": code in situation.just_before,
        "opening": code in situation.opening,
        "last actor": code in last.actors,
        "last recipient": code in last.recipients,
        "same act before": any(code in a.actors and a.event == situation.event for a in situation.earlier),
        "answer": code in last.recipients and bool(situation.recipients & last.actors),
        "earlier": any(code in a.actors | a.recipients for a in situation.earlier),
    }
    found = [name for name, holds in traits.items() if holds]
    alone = {
        "somebody else speaks": bool(situation.speakers) and code not in situation.speakers,
        "somebody else receives": bool(situation.recipients) and code not in situation.recipients,
    }
    own = [f"{situation.event}: {name}" for name in found]
    return [*found, *own, *(name for name, holds in alone.items() if holds)]


def chances(situation: Situation, weights: Mapping[str, float]) -> dict[str, float]:
    """The probability of each candidate; what is missing to one is nobody's."""
    sums = {c: sum(weights.get(t, 0.0) for t in traits_of(situation, c)) for c in candidates_of(situation)}
    highest = max([0.0, *sums.values()])
    shares = {c: math.exp(s - highest) for c, s in sums.items()}
    whole = math.exp(-highest) + sum(shares.values())
    return {c: share / whole for c, share in shares.items()}


@cache
def _weights() -> Mapping[str, float]:
    table: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return table


def implied_actor(
    scene: Scene, at: int, event: str, recipients: Sequence[Party], said: Sequence[Said], before: Sequence[Event]
) -> Party | None:
    """The actor of an act told at an offset that names none, as a party without words; None where it is nobody known."""
    speakers = [s.speaker for s in said if s.start <= at < s.end and s.speaker.country]
    acts = [Act(e.event, _codes(e.actor), _codes(e.recipient)) for e in before]
    codes = [str(s.country) for s in speakers]
    found = chances(situation_of(scene, at, event, _codes(recipients), codes, acts), _weights())
    best = max(found, key=lambda code: found[code], default=None)
    if best is None or found[best] < LEAST:
        return None
    known = [s for s in speakers if s.country == best]
    known += [p for e in reversed(before) for p in (*e.actor, *e.recipient) if p.country == best]
    sectors = known[0].sectors if known else ("GOV",)
    return Party(
        text=None, start=None, end=None, country=best, sectors=sectors, name=known[0].name if known else None,
        office=known[0].office if known else None, resolved_by="implied", probability=round(found[best], 4),
    )  # fmt: skip


def _codes(parties: Sequence[Party]) -> frozenset[str]:
    return frozenset(p.country for p in parties if p.country)
