"""Actors whose country, organisation or group the phrase itself names."""

from __future__ import annotations

import re

import msgspec

from entente.gazetteer.countries import NameMatch, country_name, entries_of
from entente.gazetteer.tables import NameEntry
from entente.resolution.actor_answers import ActorContext, ResolvedActor
from entente.resolution.actor_phrases import Ownership, PhraseName, choose_owner, is_bare, name_relations
from entente.resolution.sectors import SectorMatch, decide

__all__ = ["by_name", "entry_on", "office_words", "owner_of"]

BODIES = frozenset({"UNO", "IGO", "NGO", "ISM", "MNC"})
# "a Jordanian" is a man of that country; "the French" or "Russian" (strikes) speak of the state.
ONE_OF = re.compile(r"^(?:an?|one|another|\d+|two|three|four|five|six|seven|eight|nine|ten|some|several|many)\b", re.I)
PEOPLE = re.compile(r"(?:s|men|women)$")
PRINTED = {"country": "name", "region": "place", "city": "place", "group": "organisation"}
MEANING = {
    "country": "names", "demonym": "is the word for the people of", "capital": "is the capital of", "seat": "is a seat or body of",
    "city": "lies in", "region": "is part of", "organisation": "counts as", "group": "belongs to",
}  # fmt: skip


def owner_of(phrase: str, names: list[NameMatch]) -> Ownership:
    """The name that says whose or who a phrase's actor is."""
    return choose_owner(phrase, name_relations(phrase, names))


def by_name(
    phrase: str, names: list[NameMatch], struck: str, person: str, on: str | None, context: ActorContext
) -> ResolvedActor | None:
    """Resolve by the names in the phrase; None where none says whose the actor is."""
    owner = owner_of(phrase, names)
    if owner.chosen is None:
        return None
    match = owner.chosen.match
    entry = entry_on(match, on)
    decided = decide(struck)
    sectors = _sectors(phrase, names, owner.chosen, entry, decided, struck, on)
    if any(e.kind == "disputed" for e in entries_of(match)) and "PRE" not in sectors:
        sectors = (*(sectors or ("GOV",)), "PRE")
    found = ResolvedActor(
        country=match.code, sectors=sectors, name=person if person and (" " in person or decided is not None) else None,
        office=office_words(struck, person) if person or decided else None,
        resolved_by=PRINTED.get(match.kind, match.kind), probability=_probability(match, owner, entry),
        explanation=_why(match, entry, decided, sectors, on), alternatives=owner.others,
    )  # fmt: skip
    return _owned_elsewhere(found, entry, context)


def entry_on(match: NameMatch, on: str | None) -> NameEntry | None:
    """What the gazetteer says of a name on a day; where no period holds, the last one."""
    entries = [e for e in entries_of(match) if match.code in e.codes]
    return next((e for e in entries if e.holds(on)), entries[-1] if entries else None)


def office_words(struck: str, person: str) -> str | None:
    """The words for an office: what is left of a phrase without names and the person."""
    left = re.sub(r"§+(?:’s|'s|’|')?", " ", struck.replace(person, "") if person else struck)
    left = re.sub(r"\s+", " ", left).strip(" ,-")
    left = re.sub(r"^(?:(?:the|a|an)\s+|\W+)+|\s+(?:of|to|from|in|the|for|and)$", "", left, flags=re.I)
    return left.strip(" ,-") or None


def _probability(match: NameMatch, owner: Ownership, entry: NameEntry | None) -> float:
    doubt = (
        0.2 * bool(match.others) + 0.12 * bool(owner.others and not match.others) + 0.25 * bool(entry and entry.weak)
    )
    return round(0.97 - doubt, 2)


def _owned_elsewhere(found: ResolvedActor, entry: NameEntry | None, context: ActorContext) -> ResolvedActor:
    """A body that many states have ("the Senate") is the reported state's where its best-known owner is not in the report."""
    report = [c for c in context.report_countries if c not in BODIES and c not in ("EUR", "IMG")]
    if not (entry and entry.weak and report) or found.country in report[:2]:
        return found
    return msgspec.structs.replace(
        found, country=report[0], resolved_by="setting", probability=0.5, alternatives=(str(found.country), *found.alternatives),
        explanation=f"“{entry.form}” is taken to be that of {country_name(report[0])}, which the report names most",
    )  # fmt: skip


def _sectors(
    phrase: str,
    names: list[NameMatch],
    chosen: PhraseName,
    entry: NameEntry | None,
    decided: SectorMatch | None,
    struck: str,
    on: str | None,
) -> tuple[str, ...]:
    """The sectors that the nouns, or else the name, give."""
    match = chosen.match
    own = entry.sectors if entry else ()
    if match.kind in ("group", "organisation", "seat") and own:
        if decided is None or decided.rank == 1 or decided.sectors[0] == "GOV":
            return ("GOV",) if decided and decided.sectors == ("GOV",) and match.code == "IGO" and not own else own
        stays = match.kind == "group" and decided.sectors[0] not in ("COP", "CVL", "ELI")
        return own if stays or decided.sectors[0] in ("UAF", "UNK") else decided.sectors
    body = None if decided and decided.rank > 1 else _body_beside(names, match, on)
    if body or decided:
        return body or (decided.sectors if decided else ())
    return () if match.code in BODIES else _unsaid(phrase, names, chosen, struck)


def _unsaid(phrase: str, names: list[NameMatch], chosen: PhraseName, struck: str) -> tuple[str, ...]:
    """Sectors where no noun tells: a state acts through its government, its people are civilians."""
    match = chosen.match
    if not is_bare(struck, chosen.relation):
        titled = re.match(r"(?:’s|'s|’|')?\s+[A-Z]", struck[match.end :]) and match.kind != "city"
        return ("GOV",) if titled and chosen.relation == "owner" else ()
    if match.kind == "demonym":
        return (
            ("CVL",)
            if any(PEOPLE.search(m.text) for m in names if m.kind == "demonym") or ONE_OF.match(phrase)
            else ("GOV",)
        )
    return ("GOV",) if match.kind in ("country", "capital", "seat") else ()


def _body_beside(names: list[NameMatch], match: NameMatch, on: str | None) -> tuple[str, ...]:
    """Sectors of a body named beside its state: "Brazil's Congress", "president of the Riigikogu", "Iran's Majlis"."""
    for other in names:
        entry = entry_on(other, on)
        beside = other != match and entry and entry.sectors and other.kind in ("seat", "group")
        if entry and beside and (entry.weak or other.code == match.code):
            return entry.sectors
    return ()


def _why(
    match: NameMatch, entry: NameEntry | None, decided: SectorMatch | None, sectors: tuple[str, ...], on: str | None
) -> str:
    """The reason in words."""
    why = f"“{match.text}” {MEANING[match.kind]} {country_name(match.code)}"
    if match.others:
        why += f" rather than {', '.join(country_name(c) for c in match.others)}"
    if entry and (entry.since or entry.until):
        note = "" if entry.holds(on) else ", the nearest period known"
        why += f" ({' '.join(entry.sectors)}, {entry.since or '…'} to {entry.until or 'now'}{note})"
    if decided and decided.sectors == sectors:
        why += f"; “{decided.word}” is {' '.join(sectors)}"
    return why
