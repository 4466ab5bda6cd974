"""The words of which offices are made, and what they tell of whoever bears them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import msgspec

__all__ = ["WORD", "OfficeWords", "gender_of", "given_names", "office_words"]

WORD = re.compile(r"[^\W_]+(?:[.’'\-][^\W_]+)*\.?(?:[’']s?(?![^\W_]))?")


class OfficeWords(msgspec.Struct, frozen=True):
    """Words by what they do in an office: end it, stand before its end, address its holder, or mark it as past."""

    heads: frozenset[str]
    modifiers: frozenset[str]
    honorifics: frozenset[str]
    ranks: frozenset[str]
    officers: frozenset[str]
    former: frozenset[str]
    female_titles: frozenset[str]
    male_titles: frozenset[str]


@cache
def office_words() -> OfficeWords:
    """The words of which offices are made, from ``data/offices.toml``."""
    table = tomllib.loads((Path(__file__).parent / "data/offices.toml").read_text(encoding="utf-8"))
    return OfficeWords(**{key: frozenset(values) for key, values in table.items()})


@cache
def given_names() -> dict[str, str]:
    """Given names that one gender alone bears among the world's office holders, with "f" or "m"."""
    rows = (Path(__file__).parent / "data/given-names.tsv").read_text(encoding="utf-8").splitlines()
    return dict(row.split("\t") for row in rows)


def gender_of(name: str, titles: set[str]) -> str | None:
    """What a title tells of a person's gender, else a given name that one gender alone bears."""
    table = office_words()
    if titles & table.female_titles:
        return "f"
    if titles & table.male_titles:
        return "m"
    words = name.split()
    return given_names().get(words[0].casefold()) if len(words) > 1 else None
