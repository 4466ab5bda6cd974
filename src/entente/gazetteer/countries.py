"""States and organisations by what they are called, and their names in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from entente.gazetteer.persons import names_a_person
from entente.gazetteer.tables import WORD, NameEntry, Names, fold, load_names, tokens_of

__all__ = [
    "NameMatch",
    "country_code",
    "country_codes",
    "country_name",
    "country_names",
    "entries_of",
    "find_names",
    "match_names",
]

GAP = re.compile(r"[ \u00a0\n.’'‘&/+()-]{0,3}|, ")
# Words that an acronym in capitals may be where everything is in capitals.
SHOUTED = frozenset(
    {"US", "WHO", "IS", "ICE", "AU", "PAN", "MIT", "QUAD", "PA", "AP", "LET", "CAR", "EAC", "ALBA", "SWIFT", "MAS"}
)
# "pro-Russian separatists" are not Russian, "Soviet-era tanks" not Soviet: no mention of an actor.
BEFORE = re.compile(r"(?<![^\W_])(?:anti|pro|pan|non|un|al|el)-$", re.I)
AFTER = re.compile(
    r"-(?:made|built|style|era|speaking|language|designed|flagged|type|educated|accented|like|only|wide|registered|bound)\b"
)
NO_STATE = "-"
PRINTED = {"disputed": "country", "ethnic": "demonym", "prefix": "demonym"}
RANK = (
    "group",
    "organisation",
    "seat",
    "disputed",
    "country",
    "demonym",
    "ethnic",
    "capital",
    "region",
    "city",
    "prefix",
)


HALF = re.compile(r"\b(North(?= (?:and|or) South Korean?\b)|South(?= (?:and|or) North Korean?\b))")


class NameMatch(msgspec.Struct, frozen=True):
    """A name found in a text. ``kind`` is country, demonym, capital, city, region, seat, organisation or group.

    A region is a named part of the state ``code``. ``others`` are codes that an ambiguous name could also have.
    """

    start: int
    end: int
    text: str
    code: str
    kind: str
    others: tuple[str, ...] = ()


def country_code(name: str) -> str | None:
    """Return the code of a state or organisation that is called so: name, alias or code, in any case; else None.

    Cities, nicknames of governments and armed groups are no names of states; for them there is ``resolve_actor``.
    """
    codes = country_codes(name)
    return codes[0] if codes else None


def country_codes(name: str) -> tuple[str, ...]:
    """Return the codes of all that ``country_code`` could mean, the likeliest first: two for "Korea"."""
    names = load_names()
    typed = name.strip()
    if typed.upper() in names.titles:
        return (typed.upper(),)
    found = names.entries.get(tokens_of(typed.removeprefix("the ").removeprefix("The ")), ())
    best = [e for e in found if e.kind in ("country", "disputed", "organisation")]
    return best[0].codes if best else ()


def country_name(code: str) -> str:
    """Return the name under which entente prints a code; an unknown code is returned as it is."""
    return load_names().titles.get(code, code)


def country_names() -> tuple[tuple[str, str], ...]:
    """Return every printed name with its code, by name."""
    return tuple(sorted((name, code) for code, name in load_names().titles.items()))


def find_names(text: str) -> tuple[NameMatch, ...]:
    """Return the states, their people, seats and parts, the organisations and groups that a text names, in order.

    The longest name wins ("Guinea-Bissau", "South China Sea", which is none); an ambiguous name is decided by the
    words around it. Names that need an owner ("the Senate") are left out.
    """
    found = match_names(text)
    # Of "North and South Korea" the first half names a state too.
    for half in HALF.finditer(text):
        code = "PRK" if half[1] == "North" else "KOR"
        found.append(NameMatch(half.start(1), half.end(1), half[1], code, "country"))
    return tuple(sorted(found, key=lambda n: n.start))


def match_names(text: str, *, around: str = "", near: tuple[str, ...] = (), weak: bool = False) -> list[NameMatch]:
    """Find names as ``find_names`` does; ``around`` is the sentence, ``near`` the report's codes, to decide by."""
    names = load_names()
    words = [(m.start(), m.end(), fold(m.group())) for m in WORD.finditer(text)]
    out: list[NameMatch] = []
    at = 0
    while at < len(words):
        key, entries = _longest(text, words, at, names, weak)
        if key is None:
            at += 1
            continue
        start, end = words[at][0], words[at + len(key) - 1][1]
        at += len(key)
        if entries:
            out += _decided(text, start, end, entries, around, near)
    return _without_lookalikes(text, out)


def entries_of(match: NameMatch, *, weak: bool = True) -> tuple[NameEntry, ...]:
    """Return what the gazetteer holds about a match's name, most telling kind first."""
    found = load_names().entries.get(tokens_of(match.text), ())
    return tuple(sorted((e for e in found if weak or not e.weak), key=lambda e: RANK.index(e.kind)))


def _longest(
    text: str, words: list[tuple[int, int, str]], at: int, names: Names, weak: bool
) -> tuple[tuple[str, ...] | None, list[NameEntry]]:
    """The longest name that begins at a word, with its entries that fit the spelling; no entries for a trap."""
    for key in names.by_first.get(words[at][2], ()):
        if at + len(key) > len(words) or any(words[at + i][2] != w for i, w in enumerate(key)):
            continue
        if any(not GAP.fullmatch(text, words[at + i][1], words[at + i + 1][0]) for i in range(len(key) - 1)):
            continue
        raw = text[words[at][0] : words[at + len(key) - 1][1]]
        if key in names.traps:
            if raw[0].isupper() or " " in raw:
                return key, []
            continue
        fitting = [e for e in names.entries[key] if (weak or not e.weak) and _fits(text, words[at][0], raw, e)]
        if fitting:
            return key, fitting
    return None, []


def _fits(text: str, start: int, raw: str, entry: NameEntry) -> bool:
    """Whether the spelling in the text is that of the entry: "us" is not the US, "turkey" not Turkey."""
    form = entry.form
    letters = [c for c in form if c.isalpha()]
    if len(letters) <= 6 and sum(c.isupper() for c in letters) > 1 and " " not in form:
        if "." in form:
            return raw.replace(" ", "").rstrip(".") == form.rstrip(".")
        if raw in SHOUTED and _is_shouting(text, start, raw):
            return False
        return raw in (form, form.upper())
    if form[0].isupper():
        return raw[0].isupper()
    return True


def _is_shouting(text: str, start: int, raw: str) -> bool:
    before = re.findall(r"[^\W\d_]{3,}", text[max(0, start - 40) : start])[-1:]
    after = re.findall(r"[^\W\d_]{3,}", text[start + len(raw) : start + len(raw) + 40])[:1]
    around = before + after
    return bool(around) and all(w.isupper() for w in around)


def _decided(
    text: str, start: int, end: int, entries: list[NameEntry], around: str, near: tuple[str, ...]
) -> Iterator[NameMatch]:
    """The match with its code decided, if it is a mention of an actor at all."""
    if BEFORE.search(text, max(0, start - 6), start) or AFTER.match(text, end):
        return
    entry = min(entries, key=lambda e: RANK.index(e.kind))
    if entry.kind == "prefix" and not re.match(r"[-–][A-Z]", text[end : end + 2]):
        return
    if any(e.form.endswith(".") for e in entries) and text[end : end + 1] == ".":
        end += 1
    codes = tuple(dict.fromkeys(c for e in entries for c in e.codes))
    window = around or text[max(0, start - 300) : end + 300]
    code = _by_cues(fold(entry.form), codes, window, "" if around else text, near)
    if code == NO_STATE or (code is None and entry.kind == "ethnic" and len(codes) > 1):
        return  # Turkey the bird; Kurds of which state? Nothing tells, so they are none's.
    code = code or codes[0]
    kind = PRINTED.get(entry.kind, entry.kind)
    yield NameMatch(start, end, text[start:end], code, kind, tuple(c for c in codes if c != code))


def _by_cues(name: str, codes: tuple[str, ...], window: str, text: str, near: tuple[str, ...]) -> str | None:
    """The reading of an ambiguous name for which most speaks: cues near by, in the text, the report's countries."""
    name = {"kurds": "kurdish", "kurd": "kurdish", "koreans": "korean", "dominicans": "dominican"}.get(name, name)
    cues = load_names().cues.get(name, ())
    near_by = dict(cues)
    elsewhere = {
        code: pattern for code, pattern in cues if code != NO_STATE
    }  # a meal elsewhere makes no bird of a state
    for words, patterns in ((window, near_by), (text, elsewhere)):
        scores = {code: len(set(pattern.findall(words))) for code, pattern in patterns.items()}
        best = max(scores, key=lambda c: scores[c], default=None)
        if best is not None and scores[best]:
            return best
    return next((c for c in near if c in codes), None)


def _without_lookalikes(text: str, found: list[NameMatch]) -> list[NameMatch]:
    """Drop people who are called like a state, and places of another state ("Lebanon, Pennsylvania")."""
    out: list[NameMatch] = []
    for i, m in enumerate(found):
        if m.kind in ("country", "capital", "city", "region") and names_a_person(text, m.start, m.end):
            continue
        following = found[i + 1] if i + 1 < len(found) else None
        if following and m.kind in ("country", "capital", "city") and text[m.end : following.start] == ", ":
            state = following.kind == "region" and following.code == "USA"
            if (state or fold(following.text) == "georgia") and m.code not in ("USA", "GEO"):
                if fold(following.text) == "georgia":
                    found[i + 1] = msgspec.structs.replace(following, code="USA", kind="region")
                continue
        out.append(m)
    return out
