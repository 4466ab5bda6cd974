"""How far two codings of the same reports agree, by level of detail, with intervals.

The measures are those of the project's published agreement tool: precision is of the other coder, recall of the gold.
Only clear events are counted; a clear event is right when it has a partner, clear or arguable.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from entente.errors import InputError
from entente.evaluation.documents import AnnotatedEvent, Document, Promise
from entente.evaluation.intervals import Interval, bootstrap
from entente.evaluation.matching import LEVELS, Pair, common_reading, overlap, pair_events, pair_up

__all__ = ["Agreement", "Measure", "agreement", "disagreements"]

ROWS = (*LEVELS, "both clear", "people", "commitments", "commitments undertaken")
SHARES = ("status", "certainty")
SIDES = ("gold", "gold_hit", "other", "other_hit")
KEYS = [(m, side) for m in ROWS for side in SIDES] + [(m, part) for m in SHARES for part in ("n", "same")]
Counts = Counter[tuple[str, str]]
T = TypeVar("T")


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """Precision, recall and F1 of one kind of thing, None where there was nothing to measure."""

    precision: float | None
    recall: float | None
    f1: float | None
    interval: Interval | None
    gold: int
    gold_hit: int
    other: int
    other_hit: int


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """How many of the matched pairs agree in one more thing."""

    share: float | None
    interval: Interval | None
    n: int
    same: int


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """The agreement of two codings; ``alone`` are documents that only one of them holds."""

    documents: tuple[str, ...]
    disagreements: tuple[str, ...] | None
    measures: dict[str, Measure | Share]
    events: tuple[int, int]
    alone: tuple[str, ...] = ()


def agreement(
    gold: Mapping[str, Document],
    other: Mapping[str, Document],
    *,
    missing_as_empty: bool = False,
    details: bool = False,
    samples: int = 5000,
    seed: int = 0,
) -> Agreement:
    """Compare two codings of the same reports; ``missing_as_empty`` takes a missing document as one without events.

    Raises
    ------
    InputError
        They have no document in common, or hold different texts of one.
    """
    names = sorted(gold if missing_as_empty else gold.keys() & other.keys())
    if not names:
        raise InputError("the two codings", "have no document in common.", "Files are matched by their names.")
    pairs = [(gold[n], other.get(n) or _empty(n)) for n in names]
    for a, b in pairs:
        if a.text and b.text and a.text != b.text:
            raise InputError(a.name, "the two sides have different texts, so their offsets cannot be compared.")
    counts = [_count(a, b) for a, b in pairs]
    matrix = np.array([[c[key] for key in KEYS] for c in counts], dtype=np.int64)
    limits = bootstrap(matrix, _figures, samples=samples, seed=seed)
    measures = _measures(dict(zip(KEYS, map(int, matrix.sum(axis=0)), strict=True)), limits)
    lines = tuple(line for a, b in pairs for line in disagreements(a, b)) if details else None
    alone = tuple(sorted(gold.keys() ^ other.keys())) if not missing_as_empty else ()
    sizes = (sum(len(a.events) for a, _ in pairs), sum(len(b.events) for _, b in pairs))
    return Agreement(documents=tuple(names), disagreements=lines, measures=measures, events=sizes, alone=alone)


def _empty(name: str) -> Document:
    return Document(name=name, text=None, published=None, events=(), people=(), promises=())


def _count(gold: Document, other: Document) -> Counts:
    """Everything that is counted in one document."""
    counts: Counts = Counter()
    for level in LEVELS:
        found = pair_events(gold.events, other.events, level)
        counts[level, "gold"] = sum(e.clear for e in gold.events)
        counts[level, "other"] = sum(e.clear for e in other.events)
        counts[level, "gold_hit"] = sum(gold.events[i].clear for i, _ in found)
        counts[level, "other_hit"] = sum(other.events[j].clear for _, j in found)
        if level == "countries":
            counts += _count_pairs(gold, other, found)
    for side in ("gold", "other"):
        counts["both clear", side] = counts["countries", side]
    counts += _tally(
        "people", gold.people, other.people, lambda a, b: float((a[0] <= b[0] or b[0] <= a[0]) and a[1] == b[1])
    )
    for measure, kept in (("commitments", False), ("commitments undertaken", True)):
        held = [[p for p in d.promises if p.undertaken or not kept] for d in (gold, other)]
        counts += _tally(measure, held[0], held[1], _near)
    return counts


def _near(a: Promise, b: Promise) -> float:
    return overlap(a.span, b.span)


def _count_pairs(gold: Document, other: Document, found: Sequence[Pair]) -> Counts:
    """What further agrees in the pairs that have type and countries in common."""
    counts: Counts = Counter()
    for i, j in found:
        a, b = gold.events[i], other.events[j]
        common = common_reading(a, b, "countries")
        counts["status", "n"] += 1
        counts["status", "same"] += bool(common and common[0].status == common[1].status)
        counts["certainty", "n"] += 1
        counts["certainty", "same"] += a.clear == b.clear
        for side in ("gold_hit", "other_hit"):
            counts["both clear", side] += a.clear and b.clear
    return counts


def _tally(measure: str, gold: Sequence[T], other: Sequence[T], weigh: Callable[[T, T], float]) -> Counts:
    found = len(pair_up(gold, other, weigh))
    sizes = {"gold": len(gold), "gold_hit": found, "other": len(other), "other_hit": found}
    return Counter({(measure, side): n for side, n in sizes.items()})


def _figures(row: NDArray[np.int64]) -> dict[str, float]:
    """The F1 of each measure, or its share, from summed counts."""
    counts = dict(zip(KEYS, row.tolist(), strict=True))
    out = {m: _prf(counts, m)[2] for m in ROWS}
    return out | {m: _ratio(counts[m, "same"], counts[m, "n"]) for m in SHARES}


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def _prf(counts: Mapping[tuple[str, str], int], measure: str) -> tuple[float, float, float]:
    """Precision, recall and F1, NaN where there was nothing to measure."""
    precision = _ratio(counts[measure, "other_hit"], counts[measure, "other"])
    recall = _ratio(counts[measure, "gold_hit"], counts[measure, "gold"])
    if not counts[measure, "gold"] + counts[measure, "other"]:
        return precision, recall, float("nan")
    if precision != precision or recall != recall or not precision + recall:
        return precision, recall, 0.0
    return precision, recall, 2 * precision * recall / (precision + recall)


def _measures(counts: Mapping[tuple[str, str], int], limits: Mapping[str, Interval]) -> dict[str, Measure | Share]:
    out: dict[str, Measure | Share] = {}
    for m in ROWS:
        precision, recall, f1 = (None if x != x else x for x in _prf(counts, m))
        sides = {side: counts[m, side] for side in SIDES}
        out[m] = Measure(precision=precision, recall=recall, f1=f1, interval=limits.get(m), **sides)
    for m in SHARES:
        n, same = counts[m, "n"], counts[m, "same"]
        out[m] = Share(share=same / n if n else None, interval=limits.get(m), n=n, same=same)
    return out


def disagreements(gold: Document, other: Document) -> Iterator[str]:
    """Yield a line for each event on which two codings of a document differ: what one lacks, then what differs."""
    pairs = {level: pair_events(gold.events, other.events, level) for level in LEVELS}
    for side, events, at in (("A", gold.events, 0), ("B", other.events, 1)):
        matched = {pair[at] for pair in pairs["type"]}
        for k, event in enumerate(events):
            if k not in matched:
                yield f"{gold.name} | only {side} | {_shown(event)}"
    for weak, strong in ((LEVELS[0], LEVELS[1]), (LEVELS[1], LEVELS[2])):
        for i, j in pairs[weak]:
            a, b = gold.events[i], other.events[j]
            if common_reading(a, b, strong) is None:
                yield f"{gold.name} | {strong} differ | A {_shown(a)} | B {_shown(b)}"
    for i, j in pairs["countries"]:
        a, b = gold.events[i], other.events[j]
        common = common_reading(a, b, "countries")
        if common and common[0].status != common[1].status:
            yield f"{gold.name} | status differs | A {_shown(a)} | B {_shown(b)}"
        if a.clear != b.clear:
            yield f"{gold.name} | certainty differs | A {_shown(a)} | B {_shown(b)}"


def _shown(event: AnnotatedEvent) -> str:
    main = event.readings[0]
    sides = " > ".join("+".join(sorted(side)) or "-" for side in (main.actor, main.recipient))
    return f"{main.event} {sides} {main.status} {'clear' if event.clear else 'arguable'}: {event.words[:90]}"
