"""Who "he", "the minister", "both sides" or "Asif" is: links to what the report has named before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from entente.mentions.office_words import office_words

__all__ = ["Anaphor", "Referent", "anaphor_of", "find_antecedents"]

Kind = Literal["he", "she", "person", "plural", "neuter", "office", "own", "you", "former", "latter", "none"]

PERSONAL = {"he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "hers": "she",
            "herself": "she", "who": "person", "whom": "person", "whose": "person"}  # fmt: skip
OWN = frozenset({"i", "we", "us", "our", "ours", "me", "my", "ourselves"})
ADDRESSED = frozenset({"you", "your", "yours", "yourself", "yourselves", "all of you", "both of you"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves", "both", "each other", "one another", "the two",
                    "the pair", "either", "either side", "each side"})  # fmt: skip
GROUP = (
    r"sides?|countries|nations|states|leaders|presidents|ministers|governments|capitals|parties|neighbou?rs|powers|"
    r"officials|delegations|men|women|allies|militaries|armies|rivals|foes|premiers|counterparts|partners|peoples|"
    r"principals|advis[eo]rs|secretaries|ambassadors|diplomats|heads? of state|economies|koreas|navies"
)
JOINT = re.compile(
    rf"(?:(?:the|these|those)\s+(?:two|three)|both(?:\s+of\s+(?:the|them|these))?)\s+(?:[\w-]+\s+){{0,2}}?(?:{GROUP})|the\s+(?:leaders|parties|sides|"
    rf"(?:two|three))|both|the\s+(?:two|three|both)\s+of\s+them", re.I)  # fmt: skip
# Sentences in which "they" goes on to mean two people who were named together.
TALK_SENTENCES = 8
# "The two countries" are never a country and an organisation.
STATES = frozenset(
    {"countries", "nations", "states", "governments", "capitals", "neighbours", "neighbors", "republics"}
)
NEUTER = frozenset({"it", "its", "itself", "which", "the country", "the nation", "the government", "the state",
                    "this country", "the kingdom", "the republic", "the administration", "the authorities", "the regime",
                    "the ministry", "the foreign ministry", "the island", "the emirate", "the bloc", "the alliance",
                    "the organisation", "the organization", "the union", "the group", "the movement", "the body",
                    "the court", "the council", "the army", "the military", "the company", "the agency", "that country",
                    "the embassy", "the defence ministry", "the defense ministry", "the delegation", "the party",
                    "the militia", "the force", "the commission", "the rebels"})  # fmt: skip


class Referent(msgspec.Struct, frozen=True, kw_only=True):
    """Something that the report has named: where, what it is, and which code it resolved to."""

    start: int
    end: int
    sentence: int
    subject: bool
    kind: Literal["person", "state", "organisation"]
    country: str | None
    sectors: tuple[str, ...] = ()
    name: str | None = None
    office: str | None = None
    gender: str | None = None
    text: str = ""


class Anaphor(msgspec.Struct, frozen=True):
    """What kind of back-reference a phrase is, with the office or noun that it repeats."""

    kind: Kind
    noun: str = ""


def anaphor_of(phrase: str) -> Anaphor:
    """Say whether a phrase points back, and how; ``none`` for a phrase that names something itself."""
    plain = re.sub(r"\s+", " ", phrase).strip(' ,.;:“”"').casefold()
    plain = re.sub(r"[’']s?$", "", plain)
    if plain in PERSONAL:
        return Anaphor(PERSONAL[plain])  # type: ignore[arg-type]
    if plain in OWN:
        return Anaphor("own")
    if plain in ADDRESSED:
        return Anaphor("you")
    if plain in ("the former", "the latter"):
        return Anaphor("former" if plain.endswith("former") else "latter")
    names = any(w[:1].isupper() for w in phrase.split()[1:])
    if plain in PLURAL or (JOINT.fullmatch(plain) and not names):
        bare = plain in ("they", "them", "their", "theirs", "themselves")
        return Anaphor("plural", "they" if bare else plain.split()[-1])
    table = office_words()
    words = [w.strip("’'s") if w.endswith(("’s", "'s")) else w for w in plain.split()]
    if words and words[0] in ("the", "his", "her", "their", "its") and 2 <= len(words) <= 5:
        known = all(w in table.heads or w in table.modifiers or w in ("and", "of") for w in words[1:])
        if known and words[-1] in table.heads and phrase.strip()[:1].islower() | (words[0] == "the"):
            return Anaphor("office" if words[0] == "the" else "none", words[-1])
    if plain in NEUTER:
        return Anaphor("neuter", plain.split()[-1])
    return Anaphor("none")


def find_antecedents(
    anaphor: Anaphor, start: int, sentence: int, referents: Sequence[Referent], *, barred: Sequence[str | None] = ()
) -> list[tuple[Referent, float]]:
    """Return what a back-reference at ``start`` points to, each with a probability; empty where nothing fits.

    ``barred`` are names or codes that take the other part in the same act, and so cannot be meant.
    """
    before = [r for r in referents if r.end <= start]
    if anaphor.kind in ("he", "she", "person", "office"):
        return _person(anaphor, sentence, before, barred)
    if anaphor.kind == "plural":
        states_only = [r for r in before if r.kind != "organisation"] if anaphor.noun in STATES else before
        # A bare "they" is two only after two have met or spoken; else it is those named last.
        return _they(sentence, before) if anaphor.noun == "they" else _pair(sentence, states_only)
    if anaphor.kind == "neuter":
        return _neuter(anaphor, sentence, before, barred)
    if anaphor.kind in ("former", "latter"):
        near = [r for r in before if sentence - r.sentence <= 1][-2:]
        return [(near[0 if anaphor.kind == "former" else 1], 0.7)] if len(near) == 2 else []
    return []


def _person(
    anaphor: Anaphor, sentence: int, before: Sequence[Referent], barred: Sequence[str | None]
) -> list[tuple[Referent, float]]:
    people = [r for r in before if r.kind == "person" and r.name not in barred]
    if anaphor.kind == "office":
        people = [r for r in people if anaphor.noun in (r.office or r.text).casefold()]
    gender = {"he": "m", "she": "f"}.get(anaphor.kind)
    fitting = [r for r in people if r.gender in (None, gender) or gender is None]
    if not fitting:
        return []
    if anaphor.kind == "person":
        return [(fitting[-1], 0.8)]

    def worth(r: Referent) -> float:
        distance = sentence - r.sentence
        return 2.0 * r.subject - 1.2 * min(distance, 6) + (1.0 if r.gender == gender and gender else 0.0)

    ranked = sorted(fitting, key=lambda r: (-worth(r), -r.start))
    rivals = [r for r in ranked[1:] if r.name != ranked[0].name and worth(ranked[0]) - worth(r) < 1]
    return [(ranked[0], 0.6 if rivals else 0.85)]


def _they(sentence: int, before: Sequence[Referent]) -> list[tuple[Referent, float]]:
    """Whom "they" means: two people of different states named just before, else whoever was named last in the sentence."""
    usable = [r for r in before if r.country]
    here = [r for r in usable if r.sentence == sentence]
    people = [r for r in usable if r.kind == "person" and 0 < sentence - r.sentence <= TALK_SENTENCES]
    pair = _two_countries(people, nearest=True)
    if pair and (not here or pair[0].sentence == pair[1].sentence):
        return [(r, 0.6) for r in pair]
    if here:
        return [(here[-1], 0.5)]
    earlier = [r for r in usable if r.sentence == sentence - 1]
    return [(earlier[0], 0.5)] if earlier else []


def _pair(sentence: int, before: Sequence[Referent]) -> list[tuple[Referent, float]]:
    """The two latest parties of different countries: persons named close by, else states, those of one sentence first."""
    usable = [r for r in before if r.country]
    people = [r for r in usable if r.kind == "person" and sentence - r.sentence <= 3]
    talk = _two_countries(
        [r for r in usable if r.kind == "person" and sentence - r.sentence <= TALK_SENTENCES], nearest=True
    )
    if talk and talk[0].sentence == talk[1].sentence:
        return [(r, 0.7) for r in talk]
    for near in (people, [r for r in usable if r.kind != "person" and r.subject], usable):
        for distance in range(4 if near is not usable else 12):
            here = [r for r in near if r.sentence >= sentence - distance]
            pair = _two_countries(here, nearest=near is people)
            if pair:
                return [(r, 0.75 if distance <= 2 else 0.6) for r in pair]
    return []


def _two_countries(referents: Sequence[Referent], *, nearest: bool) -> list[Referent]:
    """One referent for each of two countries, in the order of the text; empty where there are fewer."""
    kept: dict[str, Referent] = {}
    for r in reversed(referents) if nearest else referents:
        kept.setdefault(str(r.country), r)
    pair = list(kept.values())[:2]
    return sorted(pair, key=lambda r: r.start) if len(pair) == 2 else []


def _neuter(
    anaphor: Anaphor, sentence: int, before: Sequence[Referent], barred: Sequence[str | None]
) -> list[tuple[Referent, float]]:
    bodies = {"bloc", "alliance", "organisation", "organization", "union", "group", "body", "court", "council",
              "company", "agency", "movement", "party", "militia", "commission"}  # fmt: skip
    kinds = ("organisation",) if anaphor.noun in bodies else ("state", "organisation")
    fitting = [r for r in before if r.kind in kinds and r.country not in barred and sentence - r.sentence <= 3]
    if not fitting:
        fitting = [r for r in before if r.country and r.country not in barred and sentence - r.sentence <= 2]
    ranked = sorted(fitting, key=lambda r: (2 * (sentence - r.sentence) - 2 * r.subject, -r.start))
    return [(ranked[0], 0.65)] if ranked else []
