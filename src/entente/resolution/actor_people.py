"""Who a named person is: by the offices that the report gives, else by the registers of office holders."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from entente.gazetteer.officials import Holding, Official, find_officials, office_weight
from entente.gazetteer.tables import fold, load_names
from entente.records import Person
from entente.resolution.sectors import sector_of

__all__ = ["Identity", "holder_of", "known_person", "reported_person"]

DISTANT_YEARS = 12


class Identity(msgspec.Struct, frozen=True):
    """A person taken for somebody known."""

    name: str
    country: str
    sectors: tuple[str, ...]
    office: str | None
    probability: float
    explanation: str
    others: tuple[str, ...] = ()


def reported_person(words: str, people: Sequence[Person]) -> Person | None:
    """The person of the report whose name has all words given, the latest of several; only the country must be known."""
    wanted = _words(words)
    for person in reversed(people):
        own = _words(person.name)
        if wanted and person.country and (wanted <= own or (own <= wanted and len(own) > 1)):
            return person
    return None


def holder_of(office: str, people: Sequence[Person], sentence: str) -> Person | None:
    """The person of a report who holds an office: the first whose name is not in the sentence anyway.

    "The President thanked Prime Minister Lee" speaks of a president whom the sentence does not name.
    """
    wanted = _words(office)
    holders = [p for p in people if p.country and p.current and p.office and wanted <= _words(p.office)]
    exact = [p for p in holders if _words(p.office or "") == wanted] or holders
    free = [p for p in exact if p.name.split()[-1] not in sentence]
    return free[0] if free and wanted else None


def _words(name: str) -> set[str]:
    return {w for w in re.findall(r"\w+", fold(name)) if len(w) > 1 or not w.isascii()}


def known_person(
    words: str, *, on: str | None, near: tuple[str, ...] = (), country: str | None = None, office: str = ""
) -> Identity | None:
    """Look a person up in the registers.

    ``on`` decides which office counts and whether it is past; ``near`` are the report's countries; ``country`` and
    ``office`` what the phrase itself says. A family name alone is accepted only for who is well known at the time.
    """
    single = len(words.split()) == 1
    if single and words in load_names().given_names and not any(o.known for o in find_officials(words)):
        return None
    scored = []
    for official in find_officials(words):
        holding, state = _holding_on(official, on)
        score = _score(official, holding, state, on, near, country, office, single)
        if score > 0:
            scored.append((score, official, holding, state))
    if not scored:
        return None
    scored.sort(key=lambda s: (-s[0], s[1].country, s[1].name))
    score, official, holding, state = scored[0]
    rivals = tuple(
        dict.fromkeys(o.country for s, o, _, _ in scored[1:] if s > score - 1 and o.country != official.country)
    )
    base = 0.72 if single else 0.9
    probability = max(0.3, base - 0.15 * len(rivals) - (0.1 if holding.rough else 0.0))
    return Identity(
        official.name,
        official.country,
        _sectors(holding, state),
        holding.office,
        probability,
        _why(official, holding, state),
        rivals,
    )


def _holding_on(official: Official, on: str | None) -> tuple[Holding, str]:
    """The office that counts on a day; without a day the weightiest open or latest one, as if still held."""
    if on is None:
        return max(official.holdings, key=lambda h: (office_weight(h.office), not h.until, h.since)), "current"
    order = {"current": 0, "past": 1, "future": 2}
    states = [(h, h.state_on(on)) for h in official.holdings]
    if all(h.rough for h in official.holdings):
        # A register of one moment says nothing about when an office began or ended.
        return max(official.holdings, key=lambda h: office_weight(h.office)), "current"
    return min(states, key=lambda s: (order[s[1]], -office_weight(s[0].office), _distance(s[0], on)))


def _distance(holding: Holding, on: str) -> int:
    days = [int(d[:4]) for d in (holding.since, holding.until) if d]
    return min((abs(int(on[:4]) - d) for d in days), default=0)


def _score(
    official: Official,
    holding: Holding,
    state: str,
    on: str | None,
    near: tuple[str, ...],
    country: str | None,
    office: str,
    single: bool,
) -> float:
    """How much speaks for a reading; 0 or less is no reading."""
    weight = office_weight(holding.office)
    score = weight + (1.5 if official.known else 0.0) + (0.7 if state == "current" else 0.0)
    if country is not None:
        score += 3 if official.country == country else -6
    if official.country in near:
        score += 2.0 - 0.2 * near.index(official.country)
    if office and set(fold(office).split()) & set(fold(holding.office).split()) - {"of", "the", "and"}:
        score += 1.5
    if on and _distance(holding, on) > DISTANT_YEARS and state != "current":
        score -= 2
    if single and state == "past" and not (official.known and weight == 3):
        score -= 2.2 if on and _distance(holding, on) > 2 else 0.5
    if state == "future":
        score -= 1.5
    if holding.rough and on and _distance(holding, on) > 6:
        score -= 1
    return score - (3.6 if single else 0.0)


def _sectors(holding: Holding, state: str) -> tuple[str, ...]:
    own = holding.sectors or sector_of(holding.office) or ("GOV",)
    if state == "past":
        return own if own[0] in ("REB", "PTY", "OPP", "REL", "CVL", "SOC", "BUS", "PRM") else ("ELI",)
    return own


def _why(official: Official, holding: Holding, state: str) -> str:
    days = f"{holding.since or '…'} to {holding.until or 'now'}"
    note = {"past": ", over by then", "future": ", only later"}.get(state, "")
    known = "around June 2019" if holding.rough else days
    return f"{official.name} is in the register of {official.country} as {holding.office} ({known}{note})"
