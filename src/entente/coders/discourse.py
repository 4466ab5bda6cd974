"""What an event takes from the events told before it in the report: who answers whom, when, and whether it is told again."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from entente.events.rules import TOWARDS_SOMEBODY
from entente.records import Event, Party
from entente.resolution.scene import Scene

__all__ = ["addressed", "answered", "blamed", "dated_by_meeting", "is_retold"]

# Code points between blame and the act that it names.
NEAR = 60
POINTS_BACK = re.compile(
    r"\b(?:the|these|those|such)\s+(?:(?:ongoing|recent|latest|continuing|current|same|long)\s+)?$", re.I
)


def answered(scene: Scene, event: Event, before: Sequence[Event]) -> Event:
    """An act without a recipient by whoever was just addressed is towards who addressed them: an answer."""
    if event.event not in TOWARDS_SOMEBODY or event.recipient or not before:
        return event
    last = before[-1]
    near = scene.sentence_at(event.trigger.start) - scene.sentence_at(last.trigger.start) <= 1
    asked, asking = {p.country for p in last.recipient}, [p for p in last.actor if p.country]
    if asked & {p.country for p in asking}:  # within one state, who answers whom is not told by the state
        return event
    if not near or last.event == "CONSULT" or len(asking) != 1 or {p.country for p in event.actor} != asked:
        return event
    return msgspec.structs.replace(event, recipient=(_implied(asking[0]),))


def blamed(scene: Scene, event: Event, others: Sequence[Event]) -> Event:
    """Blame without a recipient falls on whoever does the act that it names: "condemned the detention of marchers"."""
    if event.event != "ACCUSE" or event.recipient:
        return event
    sentence = scene.sentence_of(event.trigger.start)
    ours = {p.country for p in event.actor}
    for other in sorted(others, key=lambda e: e.trigger.start):
        if not event.trigger.end <= other.trigger.start < min(sentence.end, event.trigger.end + NEAR):
            continue
        culprits = [p for p in other.actor if p.country]
        if other.quad_class == "material_conflict" and culprits and not ours & {p.country for p in culprits}:
            return msgspec.structs.replace(event, recipient=tuple(map(_implied, culprits[:1])))
    return event


def addressed(event: Event, before: Sequence[Event]) -> Event:
    """An act without a recipient, told after a meeting of two, is towards the other of the two."""
    codes = {p.country for p in event.actor}
    if event.event not in TOWARDS_SOMEBODY or event.recipient or len(codes) != 1:
        return event
    for meeting in reversed(before):
        if meeting.event != "CONSULT" or meeting.status != "actual":
            continue
        sides = {p.country: p for p in (*meeting.recipient, *meeting.actor) if p.country}
        if len(sides) != 2 or not codes <= set(sides):
            return event
        (other,) = (p for code, p in sides.items() if code not in codes)
        return msgspec.structs.replace(event, recipient=(_implied(other),))
    return event


def dated_by_meeting(event: Event, before: Sequence[Event]) -> Event:
    """What two say to each other in the account of their meeting was said on the day of the meeting."""
    if event.event == "CONSULT" or event.date is None or event.date.text is not None:
        return event
    codes = {p.country for p in (*event.actor, *event.recipient) if p.country}
    for meeting in reversed(before):
        sides = {p.country for p in (*meeting.actor, *meeting.recipient)}
        if meeting.event == "CONSULT" and meeting.status == "actual" and codes == sides:
            stated = meeting.date is not None and meeting.date.text is not None
            return msgspec.structs.replace(event, date=meeting.date) if stated else event
    return event


def is_retold(scene: Scene, event: Event, before: Sequence[Event]) -> bool:
    """Whether words only point back to a meeting already told: "the ongoing discussions between the two"."""
    sentence = scene.sentence_of(event.trigger.start)
    ahead = scene.text[sentence.start : event.trigger.start]
    if event.event != "CONSULT" or not POINTS_BACK.search(ahead):
        return False
    codes = {p.country for p in (*event.actor, *event.recipient)}
    return any(e.event == "CONSULT" and {p.country for p in (*e.actor, *e.recipient)} == codes for e in before)


def _implied(party: Party) -> Party:
    """A party whom no words of the sentence name."""
    probability = round(0.6 * party.probability, 4)
    return msgspec.structs.replace(
        party, text=None, start=None, end=None, resolved_by="implied", probability=probability
    )
