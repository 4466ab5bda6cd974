"""From nouns and offices ("troops", "defence minister", "fishermen") to PLOVER's sectors."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import msgspec

from entente.gazetteer.tables import fold

__all__ = ["SectorMatch", "find_sectors", "head_end", "sector_of"]

DATA = Path(__file__).parent / "data"
WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
# What follows these words says where or to whom, not what an actor is.
TURN = re.compile(
    r",\s|\s(?:of|in|at|to|from|for|with|on|against|near|by|under|over|inside|outside|across|within|along|among|between|towards?|"
    r"about|amid|after|before|during|into|around|through|throughout|that|who|whom|whose|which|based|led|backed|loyal|"
    r"deployed|stationed|living|fighting|accused|linked|allied|opposed|trying|seeking|working|held|known|called)\s"
)
FORMER = re.compile(r"\b(?:former|ex|deposed|ousted|toppled|exiled|late|one-time|erstwhile)\b[\s-]", re.I)
# Who belongs to an office loses it with the office; nobody is a former protester in this sense.
OFFICES = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "SPY"})


class SectorMatch(msgspec.Struct, frozen=True):
    """Words of a phrase that say what kind of actor it is; rank 1 is general, 2 particular, 3 wins over others."""

    start: int
    end: int
    word: str
    sectors: tuple[str, ...]
    rank: int


@cache
def _table() -> dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...], int], ...]]:
    """Word sequences with sectors and rank, by their first word, longest first; of two rows the higher rank counts."""
    best: dict[tuple[str, ...], tuple[tuple[str, ...], int]] = {}
    for line in (DATA / "sectors.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        if line.startswith("#"):
            continue
        words, codes, rank = line.split("\t")
        for word in words.split("|"):
            key = tuple(fold(w) for w in WORD.findall(word))
            if key not in best or best[key][1] < int(rank):
                best[key] = (tuple(codes.split("|")), int(rank))
    out: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], int]]] = {}
    for key, (found, weight) in best.items():
        out.setdefault(key[0], []).append((key, found, weight))
    return {first: tuple(sorted(rows, key=lambda r: (-len(r[0]), r[0]))) for first, rows in out.items()}


def find_sectors(phrase: str) -> list[SectorMatch]:
    """Return the words of a phrase that tell a sector, in order, the longest at each place."""
    words = []
    for m in WORD.finditer(phrase):
        key = re.sub(r"[’']s?$", "", fold(m.group()))
        words.append((m.start(), m.end(), key))
    out, at = [], 0
    while at < len(words):
        for keys, sectors, rank in _table().get(words[at][2], ()):
            if tuple(w for _, _, w in words[at : at + len(keys)]) == keys:
                start, end = words[at][0], words[at + len(keys) - 1][1]
                out.append(SectorMatch(start, end, phrase[start:end], sectors, rank))
                at += len(keys) - 1
                break
        else:
            out += _compound(phrase, words[at])
        at += 1
    return out


def _compound(phrase: str, word: tuple[int, int, str]) -> list[SectorMatch]:
    """A hyphenated word by its last part: "state-owned" stays unknown, "ex-minister" and "peasant-soldiers" do not."""
    _, end, key = word
    last = key.rsplit("-", 1)[-1]
    if last == key:
        return []
    rows = [r for r in _table().get(last, ()) if len(r[0]) == 1]
    return [SectorMatch(end - len(last), end, phrase[end - len(last) : end], rows[0][1], rows[0][2])] if rows else []


def head_end(phrase: str) -> int:
    """Where the head of a noun phrase ends: before its first preposition, relative clause or apposition."""
    found = TURN.search(phrase)
    return found.start() if found else len(phrase)


def sector_of(phrase: str) -> tuple[str, ...]:
    """Return PLOVER's sectors of an actor by its nouns alone, most specific first; () where no word tells.

    ``sector_of("riot police in Cairo")`` is ``("COP",)``, ``sector_of("former president")`` is ``("ELI",)``.
    """
    found = decide(phrase)
    return found.sectors if found else ()


def decide(phrase: str) -> SectorMatch | None:
    """The match that says what an actor is, with the sectors that others add to it."""
    found = find_sectors(phrase)
    if not found:
        return None
    border = head_end(phrase)
    head = [m for m in found if m.end <= border] or found[:1]
    best = _strongest(head)
    if best.rank == 1 and border < len(phrase):
        best = _through(phrase, border, found, best)
    extra = tuple(s for m in head if m.rank == 3 and m is not best for s in m.sectors if s in ("OPP", "REB", "PTY"))
    if FORMER.search(phrase[: best.end]) and best.sectors[0] in OFFICES:
        return msgspec.structs.replace(best, sectors=("ELI",))
    if best.sectors[0] in ("CVL", "LEG", "PTY", "JRN") and extra:
        return msgspec.structs.replace(best, sectors=tuple(dict.fromkeys((*best.sectors, *extra))))
    return best


def _strongest(found: list[SectorMatch]) -> SectorMatch:
    rank = max(m.rank for m in found)
    return [m for m in found if m.rank == rank][-1]


def _through(phrase: str, border: int, found: list[SectorMatch], head: SectorMatch) -> SectorMatch:
    """A general head takes the sector of what it belongs to: "chairman of the company's board", "head of the army"."""
    if not re.match(r"\s(?:of|for|from|with|in|at)\s", phrase[border : border + 6]):
        return head
    rest = phrase[border + 1 :]
    inner = re.search(r"\s(?:of|for|from|with|at)\s", rest)
    second = (
        border + 1 + (head_end(rest[inner.end() :]) + inner.end() if inner and inner.start() < 6 else _next_turn(rest))
    )
    within = [m for m in found if border < m.start and m.end <= second and m.rank > 1]
    return _strongest(within) if within else head


def _next_turn(rest: str) -> int:
    """Where the part after a phrase's first preposition ends."""
    first = rest.find(" ")
    found = TURN.search(rest, first) if first > 0 else None
    return found.start() if found else len(rest)
