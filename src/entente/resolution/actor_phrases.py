"""How an actor's phrase is built: whose it is, what it is, who it is, and where it only happens to be."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from entente.gazetteer.countries import NameMatch, entries_of
from entente.resolution.sectors import find_sectors

__all__ = ["Ownership", "PhraseName", "is_bare", "name_relations", "person_words", "without_names"]

Relation = Literal["owner", "of", "in", "to", "aside"]

# Backed, armed or led by somebody is not of them; held by them is where they are, not who.
ASIDE = re.compile(
    r"[-‑\s](?:backed|led|allied|aligned|linked|sponsored|supported|funded|financed|trained|armed|supplied|controlled|held|occupied|"
    r"brokered|mediated|inspired|affiliated|friendly|dominated|appointed|installed|imposed|run|sanctioned|designated|bound|facing)\b", re.I,
)  # fmt: skip
# Fighters linked to a transnational group count as its own.
LINKED = re.compile(r"[-‑\s](?:linked|affiliated|inspired|aligned)\b", re.I)
PREPOSITION = re.compile(
    r"\b(?:of|from|for|representing|belonging to|in|at|near|inside|outside|across|within|around|throughout|on|under|along|over|to|with|against|between|"
    r"towards?|into|about|by|via|amid|fleeing|leaving|visiting|entering|supporting|opposing|attacking|seeking)\b|, ", re.I,
)  # fmt: skip
SERVED = re.compile(
    r"\W*(?:special\s+)?(?:ambassador|envoy|representative|permanent representative|mission|delegation|delegate|commissioner|membership|diplomat|negotiator)s?\b",
    re.I,
)
LITTLE = frozenset(
    """and of from half tens million millions number majority handful the a an this that these those some several many few two three four five six seven eight nine ten eleven twelve dozens hundreds
    thousands dozen hundred thousand more than about around at least most all both each every other another new old young former current
    present its their his her our only even also s own entire whole main same different neighboring neighbouring fellow
    north south east west northern southern eastern western central mr mrs ms dr sir president""".split()
)
NAME_WORD = re.compile(r"[^\W\d_][^\W_§]*(?:[’'.-][^\W_§]+)*\.?")
PARTICLES = frozenset("al el bin ben ibn de la von van der da dos del le di".split(" "))
TITLES = frozenset(
    "mr mrs ms miss dr sir dame lord lady prof gen lt col maj capt sgt adm sen rep gov rev hon st jr sr ii iii iv al el bin ben ibn".split()
)
NOT_NAMES = frozenset(
    "the a an and of for in on at to its his her their our my mr mrs ms i he she they we it this that these those no".split()
)


class PhraseName(msgspec.Struct, frozen=True):
    """A name in a phrase with what it says: owner (or the actor itself), of, in, to, or aside ("Iran-backed")."""

    match: NameMatch
    relation: Relation


class Ownership(msgspec.Struct, frozen=True):
    """The name that says whose or who the actor is, with the other names that might."""

    chosen: PhraseName | None
    others: tuple[str, ...]


def name_relations(phrase: str, names: list[NameMatch]) -> list[PhraseName]:
    """Return what each name of a phrase says about its actor."""
    return [PhraseName(m, _relation(phrase, m)) for m in names]


def _relation(phrase: str, m: NameMatch) -> Relation:
    if m.kind == "group" and LINKED.match(phrase, m.end):
        return "owner"
    if ASIDE.match(phrase, m.end):
        return "in" if re.match(r"[-‑](?:controlled|held|occupied)", phrase[m.end :]) else "aside"
    before = phrase[: m.start]
    last = None
    for found in PREPOSITION.finditer(before):
        last = found
    if last is None or last.group() == ", ":
        return "owner"
    word = last.group().casefold()
    if word in ("of", "from", "for", "representing", "belonging to"):
        # "ambassador to Belarus of the EU": what is said last need not be said less.
        return "of"
    if m.kind in ("organisation", "group", "seat") and word in ("with", "at", "in", "by") and not _moves(before):
        return "of"
    return (
        "in"
        if word
        in (
            "in",
            "at",
            "near",
            "inside",
            "outside",
            "across",
            "within",
            "around",
            "throughout",
            "along",
            "over",
            "under",
            "on",
        )
        else "to"
    )


def _moves(before: str) -> bool:
    """Whether "with" means against or together with somebody ("talks with", "at war with")."""
    return bool(
        re.search(
            r"\b(?:talks?|war|meeting|relations|ties|deal|dispute|negotiat\w+|fighting|clash\w*|conflict)\s+with\b",
            before,
            re.I,
        )
    )


def choose_owner(phrase: str, names: list[PhraseName]) -> Ownership:
    """Choose the name whose code an actor has."""
    owners = [n for n in names if n.relation == "owner"]
    for relation in ("of",):
        if not owners:
            owners = [n for n in names if n.relation == relation]
    if not owners:
        return Ownership(None, tuple(dict.fromkeys(n.match.code for n in names if n.relation != "aside")))
    chosen = _among(phrase, owners)
    others = (*chosen.match.others, *(n.match.code for n in owners if n is not chosen))
    return Ownership(chosen, tuple(c for c in dict.fromkeys(others) if c != chosen.match.code))


def _among(phrase: str, owners: list[PhraseName]) -> PhraseName:
    """The name that decides among several before the head: whose group it is beats where the group is from."""
    first = owners[0]
    if len(owners) == 1:
        return first
    for later in owners[1:]:
        entries = entries_of(later.match)
        served = SERVED.match(phrase, later.match.end)
        joined = re.search(r"\band\b|,", phrase[first.match.end : later.match.start])
        if joined or served:
            return first
        if later.match.kind in ("group", "organisation") and not all(e.weak for e in entries):
            return later if first.match.kind != "seat" else first
        if _is_ethnic(first.match):
            return later
        adjacent = phrase[first.match.end : later.match.start] in (" ", "-", "‑")
        if (
            adjacent
            and later.match.code in ("USA", "CAN")
            and later.match.kind == "demonym"
            and first.match.kind == "demonym"
        ):
            return later
    if entries_of(first.match) and all(e.weak for e in entries_of(first.match)):
        return next((o for o in owners[1:] if o.match.kind in ("country", "demonym")), first)
    return first


def _is_ethnic(m: NameMatch) -> bool:
    return any(e.kind == "ethnic" for e in entries_of(m))


def without_names(phrase: str, names: list[NameMatch]) -> str:
    """The phrase with every name's letters struck out, so that "Security Council" is no council."""
    letters = list(phrase)
    for m in names:
        letters[m.start : m.end] = "§" * (m.end - m.start)
    return "".join(letters)


def is_bare(struck: str, relation: Relation = "owner") -> bool:
    """Whether a phrase names a state or people and nothing of theirs: no noun follows the name, or none precedes its "of"."""
    last = struck.rfind("§")
    words = re.findall(r"[^\W\d_§]+", struck[last + 1 :] if relation == "owner" else struck)
    return all(w.casefold() in LITTLE for w in words)


def person_words(struck: str) -> str:
    """The capitalised words of a phrase that belong to no name, office or country: a person's name, or ""."""
    taken = [(s.start, s.end) for s in find_sectors(struck)]
    best: list[str] = []
    run: list[str] = []
    last_end = -1
    for m in NAME_WORD.finditer(struck):
        is_name = _names_somebody(m.group(), bool(run)) and not any(a <= m.start() < b for a, b in taken)
        if not (is_name and (not run or not struck[last_end : m.start()].strip())):
            best = max(best, run, key=len)
            run = []
        if is_name:
            run.append(re.sub(r"[’']s?$", "", m.group()))
        last_end = m.end()
    best = max(best, run, key=len)
    return " ".join(best).rstrip(".,") if any(w[0].isupper() for w in best) else ""


def _names_somebody(word: str, inside: bool) -> bool:
    """Whether a word can be part of a person's name; particles ("bin", "de") can within one, "al-" words also at its head."""
    key = word.casefold().strip(".")
    if key in PARTICLES:
        return inside or word[0].isupper()
    if key in NOT_NAMES or key in TITLES or (key in LITTLE and not inside):
        return False
    return word[0].isupper() or key.startswith(("al-", "el-"))
