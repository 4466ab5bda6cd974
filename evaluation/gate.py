"""Floors: scores below which the shipped weights may not fall unnoticed.

``floors.json`` holds for each gated score its floor and the fingerprint of the gold it was measured on. A floor is only
lowered with a reason, which is kept beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["FLOORS", "Measured", "check", "fingerprint", "raise_floors"]

FLOORS = Path(__file__).with_name("floors.json")
# Scores are the same on every machine to two decimals.
SLACK = 0.005


@dataclass(frozen=True)
class Measured:
    """A gated score: its name, its value, and the fingerprint of its gold."""

    name: str
    value: float
    gold: str


def fingerprint(paths: Iterable[Path]) -> str:
    """Return a hash of files, by name and content."""
    whole = hashlib.sha256()
    for path in sorted(paths):
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()[:16]


def check(measured: Iterable[Measured], floors: Path = FLOORS) -> list[str]:
    """Return what is wrong: a score below its floor, or one whose gold has changed since the floor was set."""
    known = _read(floors)
    wrong = []
    for score in measured:
        floor = known.get(score.name)
        if floor is None:
            continue
        if floor["gold"] != score.gold:
            wrong.append(f"{score.name}: the gold has changed; set the floor anew with --raise or --allow-lower.")
        elif score.value < float(str(floor["floor"])) - SLACK:
            wrong.append(f"{score.name}: {score.value:.3f} is below its floor {float(str(floor['floor'])):.3f}.")
    return wrong


def raise_floors(measured: Iterable[Measured], *, allow_lower: str | None = None, floors: Path = FLOORS) -> list[str]:
    """Move floors up to what was measured, down only with a reason; return what was moved."""
    known = _read(floors)
    moved = []
    for score in measured:
        old = known.get(score.name)
        before = float(str(old["floor"])) if old else None
        value = round(score.value, 3)
        lower = before is not None and value < before
        if (lower and allow_lower is None) or (old and (before, old["gold"]) == (value, score.gold)):
            continue
        entry: dict[str, object] = {"floor": value, "gold": score.gold}
        if lower:
            entry["lowered"] = allow_lower
        known[score.name] = entry
        moved.append(f"{score.name}: {'new' if before is None else f'{before:.3f}'} → {value:.3f}")
    text = json.dumps(dict(sorted(known.items())), indent=1, ensure_ascii=False) + "\n"
    floors.write_text(text, encoding="utf-8")
    return moved


def _read(floors: Path) -> dict[str, Mapping[str, object]]:
    return dict(json.loads(floors.read_text(encoding="utf-8"))) if floors.exists() else {}
