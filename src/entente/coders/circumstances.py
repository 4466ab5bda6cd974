"""Where and when an act took place, from the words that the network marks and those around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from entente.events.detect import Draft
from entente.events.rules import role_spans
from entente.gazetteer.places import find_place
from entente.records import EventDate, Place
from entente.resolution.dates import DateExpression, resolve_date
from entente.resolution.scene import Scene

__all__ = ["date_of", "is_history", "own_dates", "place_of"]

LONGEST_YEARS = 5
HISTORY_MONTHS = 13
# A noun in such a phrase has the day after it to itself: "apologised for the seizure of two boats in May".
IN_PHRASE = re.compile(
    r"\b(?:for|over|of|about|after|since|against|following)\s+(?:the\s+|its\s+|an?\s+)?(?:[\w-]+\s+)?$"
)
IN_TOWN = re.compile(r"\b(?:in|at)\s+(?P<town>[A-ZÀ-Þ][\w’'-]+(?:[ -][A-ZÀ-Þ][\w’'-]+){0,3})")


def place_of(scene: Scene, draft: Draft, dates: Sequence[DateExpression]) -> Place | None:
    """Where the act took place, when words say so; a host's country stands for it in a visit."""
    spans = role_spans(draft, "place")
    if not spans and "visit" in draft.mode:
        spans = role_spans(draft, "recipient")[:1]
    for span in spans:
        words = scene.text[span.start : span.end]
        inside = [
            n
            for n in scene.names
            if (span.start <= n.start and n.end <= span.end and n.kind != "demonym")
            or (n.start < span.end and n.end > span.start and n.kind in ("capital", "city"))
        ]
        name = inside[0].text if inside else words
        found = find_place(name, near=scene.countries[:3])
        if found is not None:
            start = inside[0].start if inside else span.start
            return msgspec.structs.replace(found, name=name, start=start, end=start + len(name))
    return _place_beside_date(scene, draft, dates)


def _place_beside_date(scene: Scene, draft: Draft, dates: Sequence[DateExpression]) -> Place | None:
    """The town named beside the day, where no marked words are a place: "in Belmopan on 3 May"."""
    text, sentence = scene.text, scene.sentence_of(draft.trigger.start)
    parties = [r for r in draft.roles if r.label in ("actor", "recipient")]
    found = []
    for match in IN_TOWN.finditer(text, draft.trigger.end, sentence.end):
        start, end = match.span("town")
        beside = any(
            (d.start >= end and re.fullmatch(r"\s+(?:on|at|late|early)?\s*", text[end : d.start]))
            or (d.end <= match.start() and not text[d.end : match.start()].strip())
            for d in dates
        )
        if beside and not any(r.start < end and r.end > start for r in parties):
            place = find_place(match["town"], near=scene.countries[:3])
            found += [msgspec.structs.replace(place, name=match["town"], start=start, end=end)] if place else []
    return found[0] if len(found) == 1 else None


def date_of(scene: Scene, draft: Draft, dates: Sequence[DateExpression]) -> EventDate | None:
    """When the act took place: the words marked as its date, else the nearest of its sentence, else the report's."""
    sentence = scene.sentence_of(draft.trigger.start)
    here = [d for d in dates if sentence.start <= d.start < sentence.end]
    spans = role_spans(draft, "date")
    marked = [d for d in here if any(d.start < s.end and d.end > s.start for s in spans)]
    tense: Literal["past", "future"] = "future" if draft.status == "future" else "past"
    nearest = sorted(here, key=lambda d: abs(d.start - draft.trigger.start))
    for expression in (marked or nearest)[:1]:
        date = resolve_date(expression, scene.published, tense=tense, day_first=scene.day_first)
        if _can_be_when(date, draft, scene.published):
            return date
    if scene.published and draft.status == "actual":
        return EventDate(value=scene.published, precision="recent")
    return None


def is_history(date: EventDate | None, published: str | None) -> bool:
    """Whether the words date an act more than about a year before the report (annotation guide, history)."""
    if date is None or date.text is None or date.value is None or published is None:
        return False
    last = date.end or date.value
    if len(last) == len("2023"):
        return int(last) < int(published[:4]) - 1
    months = (int(published[:4]) - int(last[:4])) * 12 + int(published[5:7]) - int(last[5:7])
    return months > HISTORY_MONTHS


def own_dates(
    scene: Scene, draft: Draft, drafts: Sequence[Draft], dates: Sequence[DateExpression]
) -> list[DateExpression]:
    """The dates that can be a draft's: not the day of a noun in a phrase, where that noun is an act of its own."""
    taken = []
    for other in drafts:
        start = scene.sentence_of(other.trigger.start).start
        in_phrase = IN_PHRASE.search(scene.text, start, other.trigger.start)
        if other is not draft and in_phrase and draft.trigger.end <= other.trigger.start:
            taken += [r for r in role_spans(other, "date") if r.start >= other.trigger.end]
    own = role_spans(draft, "date")
    return [
        d
        for d in dates
        if any(d.start < r.end and d.end > r.start for r in own)
        or not any(d.start < r.end and d.end > r.start for r in taken)
    ]


def _can_be_when(date: EventDate, draft: Draft, published: str | None) -> bool:
    """Whether a date can be that of an act: not one still to come when it is told as done, nor a whole century."""
    if date.value is None:
        return True
    if date.end and int(date.end[:4]) - int(date.value[:4]) > LONGEST_YEARS:
        return False
    return draft.status in ("future", "hypothetical") or published is None or date.value <= published
