"""Which state, organisation or group an actor's words mean on a given day, in which sector, and why."""

from __future__ import annotations

import re

import msgspec

from entente.gazetteer.countries import NameMatch, country_code, country_name, match_names
from entente.gazetteer.persons import names_a_person
from entente.gazetteer.tables import fold
from entente.records import Person
from entente.resolution.actor_answers import ActorContext, ResolvedActor
from entente.resolution.actor_names import by_name, entry_on, office_words, owner_of
from entente.resolution.actor_people import holder_of, known_person, reported_person
from entente.resolution.actor_phrases import person_words, without_names
from entente.resolution.actor_settings import by_kind, by_place, by_setting
from entente.resolution.sectors import decide, sector_of

__all__ = ["ActorContext", "ResolvedActor", "resolve_actor"]

QUANTITY = re.compile(
    r"^(?:over|about|around|more than|up to|as many as|at least|nearly|almost|under|less than|fewer than|an estimated)\s+(?=\w)",
    re.I,
)


def resolve_actor(phrase: str, *, on: str | None = None, context: ActorContext | None = None) -> ResolvedActor:
    """Return whom a phrase means.

    Parameters
    ----------
    phrase : str
        The words that name the actor ("Kenya's Foreign Minister Alfred Wekesa", "UN peacekeepers in Mali").
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
    phrase = QUANTITY.sub("", re.sub(r"\s+", " ", phrase).strip(' "“”‘,;:'))
    on = on[:10] if on else None
    if re.fullmatch(r"[A-Z]{3}", phrase) and country_code(phrase) == phrase:
        why = f"“{phrase}” is the code of {country_name(phrase)}"
        return ResolvedActor(country=phrase, sectors=("GOV",), resolved_by="name", probability=0.97, explanation=why)
    names = match_names(phrase, around=context.sentence or phrase, near=context.report_countries, weak=True)
    names = [m for m in names if not _is_somebodys(m, phrase, context)]
    struck = without_names(phrase, names)
    person = person_words(struck)
    return (
        _by_report(phrase, names, struck, person, on, context)
        or by_name(phrase, names, struck, person, on, context)
        or _by_register(struck, person, on, context)
        or _by_apposition(phrase, on, context)
        or by_kind(phrase, struck)
        or by_place(phrase, names, struck)
        or _by_office(phrase, struck, names, context)
        or by_setting(phrase, struck, names, context)
    )


def _is_somebodys(match: NameMatch, phrase: str, context: ActorContext) -> bool:
    """Whether a state's name is a person's in this report: "Jordan" after "Michael Jordan"."""
    if match.kind not in ("country", "capital", "city") or " " in match.text:
        return False
    if any(p.name.endswith(" " + match.text) for p in context.people) and fold(match.text) == fold(phrase):
        return True
    at = context.start + match.start
    same = context.sentence[at : at + len(match.text)] == match.text
    return same and context.end > context.start and names_a_person(context.sentence, at, at + len(match.text))


def _by_report(
    phrase: str, names: list[NameMatch], struck: str, person: str, on: str | None, context: ActorContext
) -> ResolvedActor | None:
    """A person whose office the same report gives."""
    found = reported_person(person, context.people) if person else None
    owner = owner_of(phrase, names).chosen
    if found is None or found.country is None:
        return None
    if owner is not None and owner.match.code != found.country:
        entry = entry_on(owner.match, on)
        if not (entry and entry.weak):
            return None
    last = person.split()[-1]
    after = struck[struck.rfind(last) + len(last) :]
    belongs = sector_of(after) if re.match(r"[’']s?\s|\s[a-z]", after) else ()
    return _person(found, belongs or sector_of(struck))


def _person(found: Person, sectors: tuple[str, ...] = ()) -> ResolvedActor:
    """A person of the report as the answer; what the phrase itself says of the sector comes first."""
    office = found.office or ""
    sectors = sectors or found.sectors or sector_of(office) or (("GOV",) if office else ())
    if not found.current and sectors and sectors[0] in ("GOV", "LEG", "JUD"):
        sectors = ("ELI",)
    return ResolvedActor(
        country=found.country, sectors=sectors, name=found.name, office=found.office, resolved_by="report",
        probability=0.7 if found.inferred else 0.92,
        explanation=f"the report gives {found.name} as {found.office or 'somebody'} of {country_name(found.country or '')}",
    )  # fmt: skip


def _by_office(phrase: str, struck: str, names: list[NameMatch], context: ActorContext) -> ResolvedActor | None:
    """The office alone, "the Vice President": the one person of the report who holds that office and is not named in the sentence anyway."""
    if names or not context.people or not re.match(r"the\s", phrase, re.I):
        return None
    found = holder_of(phrase[4:], context.people, context.sentence)
    if found is None:
        return None
    return msgspec.structs.replace(_person(found), probability=0.65)


def _by_register(struck: str, person: str, on: str | None, context: ActorContext) -> ResolvedActor | None:
    """A person whom the registers of office holders know."""
    if not person:
        return None
    decided = decide(struck)
    found = known_person(person, on=on, near=context.report_countries, office=office_words(struck, person) or "")
    if found is None:
        return None
    last = person.split()[-1]
    after = struck[struck.rfind(last) + len(last) :]
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
