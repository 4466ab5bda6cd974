"""The names that the gazetteer knows, read once from its data files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

__all__ = ["DATA", "NameEntry", "Names", "fold", "load_names", "rows", "tokens_of"]

DATA = Path(__file__).parent / "data"
# Later files say more exactly what earlier ones say in bulk: a name in names.tsv replaces its rows in states.tsv.
FILES = ("cities.tsv", "states.tsv", "names.tsv", "organisations.tsv", "seats.tsv")
WORD = re.compile(r"[^\W_]+")
PLAIN = str.maketrans({"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "ß": "ss", "’": "'", "‘": "'"})


class NameEntry(msgspec.Struct, frozen=True):
    """What one name can mean: its codes (several where it is ambiguous), kind, sectors and the days on which it holds.

    A ``weak`` name ("the Senate") belongs to its state only where the words around it name no other.
    """

    form: str
    codes: tuple[str, ...]
    kind: str
    sectors: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    weak: bool = False

    def holds(self, on: str | None) -> bool:
        """Whether the name means this on a day; without a day, whether it means this today."""
        if on is None:
            return not self.until
        return self.since <= on and (not self.until or on <= self.until)


class Names(msgspec.Struct, frozen=True):
    """All names by their words; ``by_first`` lists the word sequences that begin with a word, longest first."""

    entries: dict[tuple[str, ...], tuple[NameEntry, ...]]
    by_first: dict[str, tuple[tuple[str, ...], ...]]
    traps: frozenset[tuple[str, ...]]
    titles: dict[str, str]
    cues: dict[str, tuple[tuple[str, re.Pattern[str]], ...]]
    given_names: frozenset[str]


def fold(word: str) -> str:
    """A word without accents in lower case."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFD", word.translate(PLAIN))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def tokens_of(name: str) -> tuple[str, ...]:
    """The folded words of a name."""
    return tuple(WORD.findall(fold(name)))


def rows(file: str) -> Iterator[list[str]]:
    """Rows of a data file, comments and head left out."""
    lines = (DATA / file).read_text(encoding="utf-8").splitlines()
    for line in lines[1:]:
        if line and line[0] != "#":
            yield line.split("\t")


@cache
def load_names() -> Names:
    """Read every name; about 40 ms, once."""
    entries: dict[tuple[str, ...], list[NameEntry]] = {}
    titles: dict[str, str] = {}
    for file in FILES:
        fresh: dict[tuple[str, ...], list[NameEntry]] = {}
        for row in rows(file):
            forms, codes, kind, sectors, since, until, weak, *_ = [*row, "", "", "", "", ""]
            if kind == "title":
                titles[codes] = forms
            for form in forms.split("|"):
                entry = NameEntry(
                    form.removeprefix("the "), tuple(codes.split("|")), kind, tuple(sectors.split("|")) if sectors else (),
                    since, until, weak == "weak",
                )  # fmt: skip
                if kind != "title" or len(codes) == 3:
                    fresh.setdefault(tokens_of(entry.form), []).append(entry)
        for key, found in fresh.items():
            if file in ("states.tsv", "names.tsv") or key not in entries:
                known = [e for e in found if e.kind != "title"]
                if known:
                    entries[key] = known
            else:
                entries[key] = [*[e for e in entries[key] if e.kind not in ("city", "region")], *found]
    traps = {tokens_of(name.removeprefix("the ")) for row in rows("traps.tsv") for name in row[0].split("|")}
    return Names(
        entries={k: tuple(v) for k, v in entries.items()},
        by_first=_by_first([*entries, *traps]),
        traps=frozenset(traps),
        titles=titles,
        cues=_cues(),
        given_names=frozenset((DATA / "given-names.txt").read_text(encoding="utf-8").split()),
    )


def _by_first(keys: list[tuple[str, ...]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    out: dict[str, list[tuple[str, ...]]] = {}
    for key in dict.fromkeys(keys):
        if key:
            out.setdefault(key[0], []).append(key)
    return {first: tuple(sorted(found, key=lambda k: (-len(k), k))) for first, found in out.items()}


def _cues() -> dict[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    out: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for name, code, cues in rows("ambiguous.tsv"):
        pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, cues.split("|"))) + r")(?!\w)")
        out.setdefault(fold(name), []).append((code, pattern))
    return {name: tuple(found) for name, found in out.items()}
