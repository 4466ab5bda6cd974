"""Actors that no name tells: by kind, by where they are, by what the report is about."""

from __future__ import annotations

import re

from entente.gazetteer.countries import NameMatch, country_name, match_names
from entente.resolution.actor_answers import ActorContext, ResolvedActor
from entente.resolution.actor_names import BODIES
from entente.resolution.actor_phrases import name_relations
from entente.resolution.sectors import decide

__all__ = ["by_kind", "by_place", "by_setting"]

STATES = ("country", "demonym", "capital", "seat", "city", "region")
# Sectors of people who live where they act: "protesters in Cairo" are Egyptians, "diplomats in Cairo" are not.
LOCAL = frozenset("MIL COP JUD LEG REB PRM UAF CVL AGR EDU LAB MED OPP CRM PTY REL REF JRN SPY SOC BUS".split(" "))
ABROAD = re.compile(
    r"\b(?:ambassador|embassy|consul\w*|envoy|diplomat\w*|delegation|mission|representative|legation|peacekeep\w+|exile\w*|expatriates?|"
    r"tourists?)\b", re.I,
)  # fmt: skip
COALITION = re.compile(
    r"\bcoalition\b|\binternational (?:organi[sz]ations?|institutions?|negotiators?|mediators?|financial institutions?)\b|\bmultinational force",
    re.I,
)
POLITICAL = re.compile(
    r"\b(?:ruling|governing|opposition|government|party|parties|centre|center|left|right|conservative|partners?)\b",
    re.I,
)
# These point back to somebody; what they point to is found by coreference, not here.
POSSESSED = re.compile(r"\W*(?:his|her|its|their|our|my|your|whose)\b", re.I)
POINTING = re.compile(
    r"(?:both|(?:the )?(?:two|three|four)|the (?:leaders|countries|ministers|delegations|sides|principals|other side|nations|governments))\b(?! of\b)",
    re.I,
)
OTHERS = re.compile(
    r"\b(?:neighbou?rs?|allies|ally|counterparts?|partners?|rivals?|foes?|enem(?:y|ies)|colleagues?|the world|world leaders|"
    r"international community|analysts?|experts?|observers)\b", re.I,
)  # fmt: skip


def by_kind(phrase: str, struck: str) -> ResolvedActor | None:
    """Military coalitions and organisations of states that no name tells apart count as IGO, as the manual has it."""
    if not COALITION.search(struck) or POLITICAL.search(struck):
        return None
    military = "coalition" in phrase.casefold() or "force" in phrase.casefold()
    return ResolvedActor(
        country="IGO", sectors=("MIL",) if military else (), resolved_by="kind", probability=0.7,
        explanation="a coalition or organisation of states counts as IGO",
    )  # fmt: skip


def by_place(phrase: str, names: list[NameMatch], struck: str) -> ResolvedActor | None:
    """Local actors are of the country in which the phrase puts them: "protesters in Cairo", "militia in Iraq"."""
    decided = decide(struck)
    here = [n.match for n in name_relations(phrase, names) if n.relation == "in"]
    if not here or decided is None or ABROAD.search(phrase) or OTHERS.search(phrase):
        return None
    if decided.sectors[0] not in LOCAL and not (decided.sectors[0] == "GOV" and decided.rank == 1):
        return None
    return ResolvedActor(
        country=here[0].code, sectors=decided.sectors, resolved_by="place", probability=0.75,
        explanation=f"“{decided.word}” in {here[0].text} are taken to be of {country_name(here[0].code)}, where they act",
        alternatives=tuple(dict.fromkeys(m.code for m in names if m.code != here[0].code)),
    )  # fmt: skip


def by_setting(phrase: str, struck: str, names: list[NameMatch], context: ActorContext) -> ResolvedActor:
    """An actor known by its kind alone is of the state where the act takes place or that the report is about."""
    decided = decide(struck)
    sectors = decided.sectors if decided else ()
    barred = POSSESSED.match(phrase) or POINTING.match(phrase) or OTHERS.search(phrase) or names
    code, why, probability = (None, "", 0.0) if barred or not sectors else _setting(context, sectors)
    if code is None:
        return ResolvedActor(
            country=None, sectors=sectors, resolved_by="unresolved", probability=0.0,
            explanation="nothing in the words says whose it is", alternatives=tuple(dict.fromkeys(m.code for m in names)),
        )  # fmt: skip
    return ResolvedActor(
        country=code, sectors=sectors, resolved_by="setting", probability=probability,
        explanation=f"“{decided.word if decided else phrase}” is taken to be of {country_name(code)}, {why}",
    )  # fmt: skip


def _setting(context: ActorContext, sectors: tuple[str, ...]) -> tuple[str | None, str, float]:
    """The state that a sentence or report is set in, with its share of right answers on annotated reports."""
    if context.place_country:
        return context.place_country, "where the act takes place", 0.6
    report = [c for c in context.report_countries if c not in BODIES and c not in ("EUR", "IMG")]
    if sectors[0] == "REB" and "IMG" in context.report_countries[:3]:
        return "IMG", "the armed group that the report is about", 0.5
    here = dict.fromkeys(m.code for m in match_names(context.sentence) if m.kind in STATES and m.code not in BODIES)
    if len(here) == 1 and (not report or next(iter(here)) in report[:3]):
        return next(iter(here)), "the only state that the sentence names", 0.6
    if report:
        return report[0], "the state that the report names most", 0.45
    return None, "", 0.0
