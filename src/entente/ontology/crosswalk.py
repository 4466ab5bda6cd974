"""From the codes of older event ontologies to PLOVER's types."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

import msgspec

__all__ = ["Crossing", "cameo", "from_cameo"]

CAMEO = Path(__file__).parent / "plover" / "cameo.tsv"


class Crossing(msgspec.Struct, frozen=True):
    """What an old code has become; ``swapped`` where actor and recipient change sides."""

    event: str
    mode: str | None
    contexts: tuple[str, ...]
    swapped: bool


def from_cameo(code: str) -> Crossing | None:
    """Return what a CAMEO code of two to four digits has become, None where PLOVER has nothing like it.

    A code that the table does not hold is taken for the longest of its beginnings that it does.
    """
    table = cameo()
    if not code.isdigit():
        return None
    return next((table[code[:n]] for n in range(len(code), 1, -1) if code[:n] in table), None)


@functools.cache
def cameo() -> Mapping[str, Crossing]:
    """Return the crosswalk from CAMEO, by code."""
    lines = CAMEO.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    return {
        code: Crossing(event, mode or None, tuple(filter(None, contexts.split(";"))), direction == "swapped")
        for code, event, mode, contexts, direction in rows
    }
