"""Who held which office when: the registers of office holders, by name."""

from __future__ import annotations

import gzip
import re
from functools import cache

import msgspec

from entente.gazetteer.tables import DATA, fold, rows

__all__ = ["Holding", "Official", "find_officials", "office_weight"]

# The registers were drawn up then; "~2019" marks an office known to be held in June 2019 only.
UNDATED_SINCE, UNDATED_UNTIL = "2018-01-01", "2020-06-30"
HEADS = re.compile(
    r"^(?:(?:transitional|interim|acting|federal|state)\s+)*(?:president|prime minister|premier|king|queen|emperor|emir|amir|sultan|chancellor|"
    r"supreme leader|pope|secretary[- ]general|chairman of the (?:state|presidium|national|sovereign|military|presidency|supreme|transitional)|head of (?:state|government)|state counsellor|taoiseach|leader of)",
    re.I,
)
LESSER = re.compile(
    r"\b(?:deputy|vice|assistant|former|parliamentary|junior|under|office|court|chamber|council|committee|assembly|senate|bank|commission)\b",
    re.I,
)
FOREIGN = re.compile(
    r"\b(?:foreign|external|defen[cs]e|secretary of state|international relations|foreign affairs)\b", re.I
)
MINISTER = re.compile(r"\b(?:minister|secretary|governor|ambassador)\b", re.I)
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
FAMILY_FIRST = frozenset({"CHN", "TWN", "KOR", "PRK", "VNM", "HKG", "KHM", "SGP", "JPN", "MMR"})


class Holding(msgspec.Struct, frozen=True):
    """An office with the first and last day that a register gives; "" where it is open. ``rough`` days are guesses."""

    office: str
    since: str
    until: str
    sectors: tuple[str, ...] = ()
    rough: bool = False

    def state_on(self, on: str) -> str:
        """Whether it is "current", "past" or "future" on a day."""
        day = on[: len(self.since)] if self.since else on
        if self.since and day < self.since:
            return "future"
        return "past" if self.until and on > self.until + "-99"[: 0 if len(self.until) == 10 else 3] else "current"


class Official(msgspec.Struct, frozen=True):
    """A person with all offices known."""

    name: str
    country: str
    holdings: tuple[Holding, ...]
    known: bool = False


def office_weight(office: str) -> float:
    """How much an office is in the news: 3 for heads of state and government, 2 foreign and defence, 1 others."""
    if HEADS.match(office) and not LESSER.search(office.split(" of ")[0]):
        return 3.0
    if FOREIGN.search(office) and not LESSER.search(office):
        return 2.0
    return 1.5 if MINISTER.search(office) and not LESSER.search(office) else 1.0


def find_officials(name: str) -> tuple[Official, ...]:
    """Return everybody in the registers whose name has all words of a name; one word must be the family name."""
    words = fold(re.sub(r"[’'`]", "", name)).replace("-", " ").split()
    words = [w.strip(".,") for w in words if len(w.strip(".,")) > 1 and w.strip(".,") not in SUFFIXES]
    if not words:
        return ()
    found = dict.fromkeys(o for w in words if len(w) > 2 for o in _under(w) if _bears(o, words))
    led = dict.fromkeys(o for o in _leaders().get(words[-1], ()) + _leaders().get(words[0], ()) if _leads(o, words))
    taken = {(o.country, fold(o.name)) for o in led}
    return (*led, *(o for o in found if (o.country, fold(o.name)) not in taken and not _same(o, tuple(led))))


def _same(official: Official, led: tuple[Official, ...]) -> bool:
    """Whether a person of the register is one of the leaders under another spelling."""
    words = set(_name_words(official.name))
    return any(o.country == official.country and len(words & set(_name_words(o.name))) >= 2 for o in led)


def _name_words(name: str) -> tuple[str, ...]:
    return tuple(fold(re.sub(r"[’'`.]", "", name)).replace("-", " ").split())


def _bears(official: Official, words: list[str]) -> bool:
    own = _name_words(official.name)
    joined = "".join(own)
    own = own[: own.index("of")] if "of" in own else own
    if len(words) == 1:
        return words[0] in ((own[0], own[-1]) if official.country in FAMILY_FIRST else own[-1:])
    return all(w in own or (len(w) == 1 and any(o.startswith(w) for o in own)) for w in words) or (
        len(words) > 1 and joined == "".join(words)
    )


def _leads(official: Official, words: list[str]) -> bool:
    names = [official.name, *_spellings().get((official.name, official.country), ())]
    keys = [_name_words(n) for n in names]
    first = keys[0]
    single = len(words) == 1 and any(k == tuple(words) for k in keys)
    surname = first[0] if official.country in FAMILY_FIRST and len(first) > 1 else first[-1]
    return (
        single
        or (len(words) == 1 and words[0] == surname)
        or any(
            len(words) > 1 and all(w in k or (len(w) == 1 and any(o.startswith(w) for o in k)) for w in words)
            for k in keys
        )
    )


def _under(key: str) -> tuple[Official, ...]:
    """The people filed under a word: lines that begin with it, found by halving."""
    text = _register()
    low, high = 0, len(text)
    while low < high:
        middle = text.rfind("\n", 0, (low + high) // 2) + 1
        if middle < low:
            break
        line_key = text[middle : text.find("\t", middle)]
        if line_key < key:
            low = text.find("\n", middle) + 1 or len(text)
        else:
            high = middle
    out = []
    at = low
    while text.startswith(key + "\t", at):
        end = text.find("\n", at)
        out.append(_official(text[at:end]))
        at = end + 1
    return tuple(out)


def _official(line: str) -> Official:
    _, name, country, held = line.split("\t")
    return Official(name, country, tuple(_holding(h) for h in held.split(";")))


def _holding(text: str) -> Holding:
    office, since, until = text.split("@")
    if since.startswith("~"):
        return Holding(office, UNDATED_SINCE, UNDATED_UNTIL, rough=True)
    return Holding(office, since, until)


@cache
def _register() -> str:
    return gzip.decompress((DATA / "officials.tsv.gz").read_bytes()).decode()


@cache
def _spellings() -> dict[tuple[str, str], tuple[str, ...]]:
    out: dict[tuple[str, str], tuple[str, ...]] = {}
    for name, country, _, _, _, _, also, *_ in ([*r, "", ""] for r in rows("leaders.tsv")):
        if also:
            out[name, country] = tuple(also.split("|"))
    return out


@cache
def _leaders() -> dict[str, tuple[Official, ...]]:
    """The leaders of ``leaders.tsv`` by first and last word of each spelling."""
    held: dict[tuple[str, str], list[Holding]] = {}
    for name, country, office, since, until, sectors, *_ in ([*r, "", "", ""] for r in rows("leaders.tsv")):
        holding = Holding(office, since, until, tuple(sectors.split(",")) if sectors else ())
        held.setdefault((name, country), []).append(holding)
    out: dict[str, list[Official]] = {}
    for (name, country), holdings in held.items():
        official = Official(name, country, tuple(holdings), known=True)
        spellings = [name, *_spellings().get((name, country), ())]
        for word in dict.fromkeys(w for s in spellings for w in (_name_words(s)[0], _name_words(s)[-1])):
            out.setdefault(word, []).append(official)
    return {word: tuple(found) for word, found in out.items()}
