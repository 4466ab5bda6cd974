"""Scores of predictions with one class each: precision and recall by class, averaged."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from entente.evaluation.intervals import SAMPLES, Interval, bootstrap

__all__ = ["ClassScores", "ShareScore", "class_scores", "share_right"]


class ClassScores(msgspec.Struct, frozen=True, kw_only=True):
    """F1 averaged over classes (macro) and over cases (micro), with its 95 % interval, and for each class."""

    n: int
    macro_f1: float
    macro_interval: Interval
    micro_f1: float
    micro_interval: Interval
    by_class: dict[str, float]


class ShareScore(msgspec.Struct, frozen=True, kw_only=True):
    """How many cases are right, with the 95 % interval of their share."""

    n: int
    right: int
    share: float
    interval: Interval


def class_scores(gold: Sequence[str], found: Sequence[str], *, samples: int = SAMPLES, seed: int = 0) -> ClassScores:
    """Score one class a case; only classes that the gold knows are averaged."""
    names = sorted(set(gold) | set(found))
    kept = np.array([name in set(gold) for name in names])
    size = len(names)
    place = {name: i for i, name in enumerate(names)}
    cells = np.zeros((len(gold), size * size), dtype=np.int64)
    for row, (g, f) in enumerate(zip(gold, found, strict=True)):
        cells[row, place[g] * size + place[f]] = 1

    def figures(counts: NDArray[np.int64]) -> dict[str, float]:
        confusion = counts.reshape(size, size)
        f1, there = _f1(confusion)
        use = kept & there
        return {"macro": float(f1[use].mean()), "micro": float(confusion.trace() / confusion.sum())}

    whole = cells.sum(axis=0)
    limits, point = bootstrap(cells, figures, samples=samples, seed=seed), figures(whole)
    f1, _ = _f1(whole.reshape(size, size))
    return ClassScores(
        n=len(gold), macro_f1=point["macro"], macro_interval=limits["macro"], micro_f1=point["micro"],
        micro_interval=limits["micro"], by_class={n: float(f1[i]) for i, n in enumerate(names) if kept[i]},
    )  # fmt: skip


def _f1(confusion: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """F1 of each class of a confusion matrix, and which classes its gold holds."""
    hits, sizes = confusion.diagonal(), confusion.sum(axis=0) + confusion.sum(axis=1)
    return np.where(sizes > 0, 2 * hits / np.maximum(sizes, 1), 0.0), confusion.sum(axis=1) > 0


def share_right(right: Sequence[bool], *, samples: int = SAMPLES, seed: int = 0) -> ShareScore:
    """Score cases that are right or wrong."""
    rows = np.array([[1, int(r)] for r in right], dtype=np.int64).reshape(-1, 2)

    def figures(counts: NDArray[np.int64]) -> dict[str, float]:
        return {"share": float(counts[1] / counts[0])}

    limits = bootstrap(rows, figures, samples=samples, seed=seed)
    n, hits = len(right), sum(right)
    return ShareScore(n=n, right=hits, share=hits / n if n else 0.0, interval=limits.get("share", (0.0, 1.0)))
