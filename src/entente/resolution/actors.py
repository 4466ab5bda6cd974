"""Which state, organisation or group an actor's words mean on a given day, in which sector, and why."""

from __future__ import annotations

import re

import msgspec

from entente.gazetteer.countries import NameMatch, country_name, entries_of, match_names
from entente.gazetteer.tables import NameEntry
from entente.records import Person
from entente.resolution.actor_people import known_person, reported_person
from entente.resolution.actor_phrases import choose_owner, is_bare, name_relations, person_words, without_names
from entente.resolution.sectors import SectorMatch, decide

__all__ = ["ActorContext", "ResolvedActor", "resolve_actor"]

BODIES = frozenset({"UNO", "IGO", "NGO", "ISM", "MNC"})
STATES = ("country", "demonym", "capital", "seat", "city", "region")
# Sectors of people who live where they act: "protesters in Cairo" are Egyptians, "diplomats in Cairo" are not.
LOCAL = frozenset(
    {
        "COP",
        "JUD",
        "LEG",
        "REB",
        "PRM",
        "UAF",
        "CVL",
        "AGR",
        "EDU",
        "LAB",
        "MED",
        "OPP",
        "CRM",
        "PTY",
        "REL",
        "REF",
        "JRN",
        "SPY",
        "SOC",
        "BUS",
    }
)
ABROAD = re.compile(
    r"\b(?:ambassador|embassy|consul\w*|envoy|diplomat\w*|delegation|mission|representative|legation|peacekeep\w+|exile\w*|expatriates?|tourists?)\b",
    re.I,
)
COALITION = re.compile(r"\bcoalition\b|\binternational (?:organi[sz]ations?|institutions?|negotiators?|mediators?|financial institutions?)\b|\bmultinational force", re.I)
POLITICAL = re.compile(r"\b(?:ruling|governing|opposition|government|party|parties|centre|center|left|right|conservative|partners?)\b", re.I)
POSSESSED = re.compile(r"\W*(?:his|her|its|their|our|my|your|whose)\b", re.I)
OTHERS = re.compile(
    r"\b(?:neighbou?rs?|allies|ally|counterparts?|partners?|rivals?|foes?|enem(?:y|ies)|colleagues?|the world|world leaders|international community|analysts?|experts?|critics|observers)\b",
    re.I,
)
QUANTITY = re.compile(r"^(?:over|about|around|more than|up to|as many as|at least|nearly|almost|under|less than|fewer than)\s+(?=\w+)", re.I)
PLURAL = re.compile(r"(?:s|men|women|ese|ch|sh|Swiss|Thai|Dutch)$")


class ActorContext(msgspec.Struct, frozen=True, kw_only=True):
    """What is known around a phrase: its sentence and place there, the report's countries and people.

    ``report_countries`` are codes by how often the report names them; ``people`` the offices found in it;
    ``place_country`` is where the act takes place.
    """

    sentence: str = ""
    start: int = 0
    end: int = 0
    report_countries: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    place_country: str | None = None


class ResolvedActor(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a phrase means. ``country`` None is unresolved; ``alternatives`` are codes that it could also have."""

    country: str | None
    sectors: tuple[str, ...] = ()
    name: str | None = None
    office: str | None = None
    resolved_by: str
    probability: float
    explanation: str
    alternatives: tuple[str, ...] = ()


def resolve_actor(phrase: str, *, on: str | None = None, context: ActorContext | None = None) -> ResolvedActor:
    """Return whom a phrase means.

    Parameters
    ----------
    phrase : str
        The words that name the actor ("Pakistan's Defence Minister Khawaja Muhammad Asif", "UN peacekeepers in Mali").
    on : str, optional
        ISO day of the report: who held an office, and what a group was, then. Without it, today.
    context : ActorContext, optional
        Decides ambiguous names and gives who is known from the report.

    Returns
    -------
    ResolvedActor
        ``country`` is None where nothing tells whose the actor is: better none than a wrong one.

    Source: PLOVER manual, chapter "Country Names and Sector Codes", for codes, dependencies and disputed entities.
    """
    context = context or ActorContext()
    phrase = re.sub(r"\s+", " ", phrase).strip(' "“”‘,;:')
    on = on[:10] if on else None
    around = context.sentence or phrase
    names = match_names(phrase, around=around, near=context.report_countries, weak=True)
    struck = without_names(phrase, names)
    person = person_words(struck)
    return (
        _by_report(phrase, names, struck, person, context)
        or _by_name(phrase, names, struck, person, on)
        or _by_register(struck, person, on, context)
        or _by_apposition(phrase, on, context)
        or _by_kind(phrase, struck)
        or _by_place(phrase, names, struck)
        or _by_setting(phrase, struck, names, context)
    )


def _by_report(
    phrase: str, names: list[NameMatch], struck: str, person: str, context: ActorContext
) -> ResolvedActor | None:
    """A person whose office the same report gives."""
    found = reported_person(person, context.people) if person else None
    if found is None or found.country is None or any(m.code != found.country for m in choose_codes(phrase, names)):
        return None
    ends = struck.rstrip(" .,’'s")
    owner_of = not ends.endswith(person.split()[-1]) and decide(struck[struck.rfind(person.split()[-1]) :])
    sectors = owner_of.sectors if owner_of else found.sectors or _sectors_of(decide(struck)) or ("GOV",)
    return ResolvedActor(
        country=found.country, sectors=sectors, name=found.name, office=found.office, resolved_by="report",
        probability=0.7 if found.inferred else 0.92,
        explanation=f"the report gives {found.name} as {found.office or 'a person'} of {country_name(found.country)}",
    )  # fmt: skip


def choose_codes(phrase: str, names: list[NameMatch]) -> list[NameMatch]:
    """The name that says whose a phrase's actor is, as a list of one or none."""
    owner = choose_owner(phrase, name_relations(phrase, names)).chosen
    return [owner.match] if owner else []


def _by_name(phrase: str, names: list[NameMatch], struck: str, person: str, on: str | None) -> ResolvedActor | None:
    """An actor whose country, organisation or group the phrase itself names."""
    owner = choose_owner(phrase, name_relations(phrase, names))
    if owner.chosen is None:
        return None
    match = owner.chosen.match
    entry = _entry_on(match, on)
    weak = entry is not None and entry.weak
    decided = decide(struck)
    sectors = _named_sectors(match, entry, decided, struck, owner.chosen.relation)
    sectors = _with_seats(phrase, names, match, sectors, decided, on)
    if any(e.kind == "disputed" for e in entries_of(match)) and "PRE" not in sectors:
        sectors = (*(sectors or ("GOV",)), "PRE")
    probability = 0.97 - 0.2 * bool(match.others) - 0.25 * weak - 0.12 * bool(owner.others and not match.others)
    office = _office(struck, person) if person or decided else None
    return ResolvedActor(
        country=match.code, sectors=sectors, name=_person_name(person, decided, match), office=office,
        resolved_by={"country": "name", "region": "place", "city": "place", "group": "organisation"}.get(match.kind, match.kind),
        probability=round(probability, 2), explanation=_why_name(match, entry, decided, sectors, on), alternatives=owner.others,
    )  # fmt: skip


def _entry_on(match: NameMatch, on: str | None) -> NameEntry | None:
    """What the gazetteer says of a name on a day; where no period holds, the nearest."""
    entries = [e for e in entries_of(match) if match.code in e.codes]
    return next((e for e in entries if e.holds(on)), entries[-1] if entries else None)


def _named_sectors(
    match: NameMatch, entry: NameEntry | None, decided: SectorMatch | None, struck: str, relation: str
) -> tuple[str, ...]:
    own = entry.sectors if entry else ()
    if match.kind in ("group", "organisation", "seat") and own:
        if decided is None or decided.rank == 1 or decided.sectors[0] == "GOV":
            return own
        keep = match.kind == "group" and decided.sectors[0] not in ("COP", "CVL", "ELI")
        return own if keep or decided.sectors[0] in ("UAF", "UNK") else decided.sectors
    if decided is not None:
        return decided.sectors
    if match.code in BODIES:
        return own
    if not is_bare(struck):
        return (
            ("GOV",) if re.search(r"§’?'?s?\s+[A-Z]", struck) and relation == "owner" and match.kind != "city" else ()
        )
    if match.kind == "demonym":
        return ("CVL",) if PLURAL.search(match.text) else ()
    return ("GOV",) if match.kind in ("country", "capital", "seat") else ()


def _with_seats(
    phrase: str,
    names: list[NameMatch],
    match: NameMatch,
    sectors: tuple[str, ...],
    decided: SectorMatch | None,
    on: str | None,
) -> tuple[str, ...]:
    """Sectors of a body named beside its state: "Brazil's Congress", "president of the Riigikogu", "Iranian Majlis"."""
    if decided is not None and decided.rank > 1:
        return sectors
    for other in names:
        entry = _entry_on(other, on)
        if (
            other != match
            and entry
            and entry.sectors
            and other.kind in ("seat", "group")
            and (entry.weak or other.code == match.code)
        ):
            return entry.sectors
    return sectors


def _person_name(person: str, decided: SectorMatch | None, match: NameMatch) -> str | None:
    return person if person and (" " in person or decided is not None) else None


def _office(struck: str, person: str) -> str | None:
    """The words for an office: what is left of a phrase without names and the person."""
    left = struck.replace(person, "") if person else struck
    left = re.sub(r"§+(?:’s|'s|’|')?", " ", left)
    words = re.sub(
        r"^(?:the|a|an|\W)+\b\s*|\s*\b(?:of|to|from|in|the|for|and|,)\s*$",
        "",
        re.sub(r"\s+", " ", left).strip(" ,-"),
        flags=re.I,
    )
    return words.strip(" ,-") or None


def _why_name(
    match: NameMatch, entry: NameEntry | None, decided: SectorMatch | None, sectors: tuple[str, ...], on: str | None
) -> str:
    what = {"country": "names", "demonym": "is the word for the people of", "capital": "is the capital of", "seat": "is a seat or body of",
            "city": "lies in", "region": "is part of", "organisation": "counts as", "group": "belongs to"}[match.kind]  # fmt: skip
    why = f"“{match.text}” {what} {country_name(match.code)}"
    if match.others:
        why += f" rather than {', '.join(country_name(c) for c in match.others)}"
    if entry and (entry.since or entry.until):
        why += f" ({entry.since or '…'} to {entry.until or 'now'}{', the nearest period known' if not entry.holds(on) else ''})"
    if decided and decided.sectors == sectors:
        why += f"; “{decided.word.strip('§ ')}” is {' '.join(sectors)}"
    return why


def _by_register(struck: str, person: str, on: str | None, context: ActorContext) -> ResolvedActor | None:
    """A person whom the registers of office holders know."""
    if not person:
        return None
    decided = decide(struck)
    found = known_person(person, on=on, near=context.report_countries, office=_office(struck, person) or "")
    if found is None:
        return None
    after = struck[struck.rfind(person.split()[-1]) + len(person.split()[-1]) :]
    belongs = decide(after) if re.match(r"[’']s?\s|\s[a-z]", after) else None
    said = decided.sectors if decided and (decided.rank > 1 or belongs) else ()
    return ResolvedActor(
        country=found.country, sectors=said or found.sectors, name=found.name, office=found.office,
        resolved_by="leader" if found.probability >= 0.7 else "register", probability=round(found.probability, 2),
        explanation=found.explanation, alternatives=found.others,
    )  # fmt: skip


def _by_apposition(phrase: str, on: str | None, context: ActorContext) -> ResolvedActor | None:
    """What follows a comma explains what stands before it: "Sergei Lavrov, Russia's foreign minister"."""
    first, comma, rest = phrase.partition(", ")
    if not comma:
        return None
    found = resolve_actor(rest, on=on, context=msgspec.structs.replace(context, sentence=context.sentence or phrase))
    if found.country is None or found.resolved_by in ("setting", "place"):
        return None
    return msgspec.structs.replace(found, name=found.name or person_words(first) or None)


def _by_kind(phrase: str, struck: str) -> ResolvedActor | None:
    """Military coalitions and organisations of states that no name tells apart count as IGO, as the manual has it."""
    if not COALITION.search(struck) or POLITICAL.search(struck):
        return None
    military = "coalition" in phrase.casefold()
    return ResolvedActor(
        country="IGO",
        sectors=("MIL",) if military else (),
        resolved_by="organisation",
        probability=0.7,
        explanation="a coalition or organisation of states counts as IGO",
    )


def _by_place(phrase: str, names: list[NameMatch], struck: str) -> ResolvedActor | None:
    """Local actors are of the country in which the phrase puts them: "protesters in Cairo", "militia in Iraq"."""
    decided = decide(struck)
    here = [n.match for n in name_relations(phrase, names) if n.relation == "in"]
    if not here or decided is None or ABROAD.search(phrase) or OTHERS.search(phrase):
        return None
    if decided.sectors[0] not in LOCAL and not (decided.sectors[0] in ("GOV", "MIL") and decided.rank == 1):
        return None
    return ResolvedActor(
        country=here[0].code, sectors=decided.sectors, resolved_by="place", probability=0.75,
        explanation=f"“{decided.word}” act where they live, and “{here[0].text}” is in {country_name(here[0].code)}",
        alternatives=tuple(dict.fromkeys(m.code for m in names if m.code != here[0].code)),
    )  # fmt: skip


def _by_setting(phrase: str, struck: str, names: list[NameMatch], context: ActorContext) -> ResolvedActor:
    """An actor known by its kind alone is of the country where the act takes place, if one is named; else unresolved."""
    decided = decide(struck)
    sectors = decided.sectors if decided else ()
    code, why, probability = _setting(context, sectors) if sectors else (None, "", 0.0)
    barred = POSSESSED.match(phrase) or OTHERS.search(phrase) or names
    if code is None or barred:
        return ResolvedActor(
            country=None, sectors=sectors, resolved_by="unresolved", probability=0.0,
            explanation="nothing in the phrase says whose it is", alternatives=tuple(dict.fromkeys(m.code for m in names)),
        )  # fmt: skip
    return ResolvedActor(
        country=code, sectors=sectors, resolved_by="setting", probability=0.5,
        explanation=f"“{decided.word if decided else phrase}” are taken to be of {country_name(code)}, {why}",
    )  # fmt: skip


def _setting(context: ActorContext, sectors: tuple[str, ...]) -> tuple[str | None, str, float]:
    """The state that a sentence or report is set in, with a probability measured on annotated reports."""
    if context.place_country:
        return context.place_country, "where the act takes place", 0.6
    report = [c for c in context.report_countries if c not in BODIES and c not in ("EUR", "IMG")]
    if sectors[0] == "REB" and "IMG" in context.report_countries[:3]:
        return "IMG", "the armed group that the report is about", 0.5
    here = dict.fromkeys(m.code for m in match_names(context.sentence) if m.kind in STATES and m.code not in BODIES)
    if len(here) == 1 and next(iter(here)) in report[:3]:
        return next(iter(here)), "the only state that the sentence names", 0.6
    if report:
        return report[0], "the state that the report names most", 0.45
    return (next(iter(here)), "a state that the sentence names", 0.4) if here else (None, "", 0.0)


def _sectors_of(decided: SectorMatch | None) -> tuple[str, ...]:
    return decided.sectors if decided else ()
