"""Phrases for actors with the country and sector that NGEC's own tests expect."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import cast

import msgspec

from entente.evaluation.coding import countries_of
from entente.evaluation.scores import ShareScore, share_right
from entente.evaluation.tables import read_jsonl
from entente.gazetteer.countries import find_names
from entente.resolution.actors import resolve_actor

__all__ = ["ActorCase", "ActorScores", "Resolution", "by_name_alone", "by_resolution", "read_actors", "score"]

Resolution = tuple[str | None, tuple[str, ...]]


class ActorCase(msgspec.Struct, frozen=True):
    """A phrase with the country and the sector expected of it, None where nothing is."""

    id: str
    phrase: str
    on: str | None
    country: str | None
    sector: str | None


class ActorScores(msgspec.Struct, frozen=True, kw_only=True):
    """Countries and sectors that are right."""

    country: ShareScore
    sector: ShareScore


def read_actors(path: Path) -> list[ActorCase]:
    """Return the cases of a file: ``phrase``, ``date``, and ``expect`` with ``country`` and ``code_1``.

    Raises
    ------
    InputError
        The file cannot be read or a case is damaged.
    """
    cases = []
    for row in read_jsonl(path, ("id", "phrase", "expect")):
        expect = cast("Mapping[str, str | None]", row["expect"])
        on = str(row["date"])[:10] if row.get("date") else None
        cases.append(ActorCase(str(row["id"]), str(row["phrase"]), on, expect.get("country"), expect.get("code_1")))
    return cases


def by_resolution(phrase: str, on: str | None) -> Resolution:
    """Resolve a phrase as entente does."""
    found = resolve_actor(phrase, on=on)
    return found.country, found.sectors


def by_name_alone(phrase: str, on: str | None) -> Resolution:
    """Take the first country that a phrase names, and GOV for its sector: the baseline."""
    return next((n.code for n in find_names(phrase)), None), ("GOV",)


def score(
    cases: Sequence[ActorCase], resolve: Callable[[str, str | None], Resolution], *, samples: int = 2000
) -> ActorScores:
    """Score how a function resolves the phrases; only what a case expects is counted."""
    countries, sectors = [], []
    for case in cases:
        country, found = resolve(case.phrase, case.on)
        if case.country:
            countries.append(countries_of([case.country]) == countries_of([country]))
        if case.sector:
            sectors.append(case.sector in found)
    return ActorScores(country=share_right(countries, samples=samples), sector=share_right(sectors, samples=samples))
