"""The people of one report: all mentions of each joined, with the office, country and sectors that its words give."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from entente.mentions.offices import PersonMention
from entente.records import Evidence, Person, Prepared, Span
from entente.resolution.actors import ActorContext, resolve_actor
from entente.resolution.sectors import decide, sector_of

__all__ = ["join_people", "person_for"]

# Words that make a person one of somebody else's company.
COMPANY = re.compile(
    r"(?:\b(?P<whose>his|her|their)(?:\s+[\w-]+){1,3}|\b(?:of|in|with)\s+(?:the|his|her|their)\s+"
    r"(?:delegation|mission|entourage|party|retinue|team)),?\s+(?:(?-i:[A-Z])[\w.-]*\s+){0,3}$",
    re.I,
)
HEADS_OF_STATE = re.compile(r"\b(?:president|premier|prime minister|king|emir|chairman|chancellor|governor)\b", re.I)


def join_people(
    prepared: Prepared, mentions: Sequence[PersonMention], home: str | None
) -> tuple[tuple[Person, ...], tuple[int, ...]]:
    """Join the mentions of each person; the fullest name and office stand for all."""
    text, on = prepared.report.text, (prepared.report.published or "")[:10] or None
    people: list[Person] = []
    by_mention: list[int] = []
    for m in mentions:
        at = person_for(m.name, people)
        if at is None:
            people.append(
                _person(
                    text,
                    m,
                    on,
                    _leader_country(prepared.sentences, text, m, mentions, people) or home,
                    len(people) + 1,
                )
            )
            at = len(people) - 1
        elif _fuller(m, people[at]):
            people[at] = _widened(text, people[at], m)
        by_mention.append(at)
    return tuple(people), tuple(by_mention)


def person_for(name: str, people: Sequence[Person]) -> int | None:
    """Index of the latest person whose name holds all words of a name, or the reverse; None where nobody's does."""
    words = _name_words(name)
    for i in range(len(people) - 1, -1, -1):
        known = _name_words(people[i].name)
        if words and (words <= known or known <= words):
            return i
    return None


def _name_words(name: str) -> set[str]:
    return {w.casefold() for w in re.findall(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", re.sub(r"[’']s$", "", name))}


def _fuller(m: PersonMention, person: Person) -> bool:
    return len(m.name) > len(person.name) or bool(m.office and not person.office) or (
        m.country is not None and person.inferred)  # fmt: skip


def _person(text: str, m: PersonMention, on: str | None, home: str | None, number: int) -> Person:
    phrase = text[m.whole.start : m.whole.end]
    country, inferred, office = m.country, False, m.office
    sectors = _sectors_of(m)
    if country is None or not sectors:
        found = resolve_actor(phrase, on=on, context=ActorContext(sentence=phrase, start=0, end=len(phrase)))
        if country is None and found.country:
            country, inferred = found.country, found.resolved_by != "name"
        sectors = sectors or found.sectors
        office = office or found.office
    if country is None and office is not None and home is not None:
        country, inferred = home, True
    return Person(
        id=f"p{number}", name=m.name, office=office, organisation=m.organisation, country=country, sectors=sectors,
        current=m.current, inferred=inferred, evidence=Evidence.of(text, m.whole.start, m.whole.end),
    )  # fmt: skip


def _sectors_of(m: PersonMention) -> tuple[str, ...]:
    """The sectors of a person's office; a military rank outweighs an office that any sector could have ("chief")."""
    told = decide(m.office) if m.office else None
    if m.is_officer and (told is None or (told.rank == 1 and not HEADS_OF_STATE.search(m.office or ""))):
        return ("MIL",)
    return told.sectors if told else ()


def _leader_country(
    sentences: Sequence[Span], text: str, m: PersonMention, mentions: Sequence[PersonMention], people: Sequence[Person]
) -> str | None:
    """The country of whom a person accompanies: "his aide, Capt. Luz Ortega", "No. 2 of the delegation, Col. Nhaca".

    "His" is the one named first in the sentence, or in the one before; a delegation is that of whom was named last.
    """
    found = COMPANY.search(text[max(0, m.whole.start - 60) : m.start]) if m.country is None else None
    if found is None:
        return None
    before = [o for o in mentions if o.start < m.start]
    if found["whose"]:
        gender = "m" if found["whose"].casefold() == "his" else "f" if found["whose"].casefold() == "her" else None
        starts = [s.start for s in sentences if s.start <= m.start]
        here = [o for o in before if starts and o.start >= starts[-1]] or [
            o for o in before if o.start >= starts[-2:][0]
        ]
        before = [o for o in reversed(here) if not gender or o.gender in (None, gender)]
    known = [people[at] for o in before if (at := person_for(o.name, people)) is not None]
    return next((p.country for p in reversed(known) if p.country), None)


def _widened(text: str, person: Person, m: PersonMention) -> Person:
    """A person with what a later, fuller mention adds."""
    stated = m.country is not None and person.inferred
    return msgspec.structs.replace(
        person,
        name=max(person.name, m.name, key=len),
        office=person.office
        if person.office and not (m.office and len(m.name) > len(person.name))
        else m.office or person.office,
        country=m.country if stated else person.country or m.country,
        inferred=person.inferred and not stated,
        sectors=person.sectors or (sector_of(m.office) if m.office else ()),
        evidence=Evidence.of(text, m.whole.start, m.whole.end) if m.office else person.evidence,
    )
