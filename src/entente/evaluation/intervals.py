"""How far a figure could lie elsewhere, had other documents been drawn."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

__all__ = ["SAMPLES", "Interval", "bootstrap"]

Interval = tuple[float, float]
SAMPLES = 2000


def bootstrap(
    counts: NDArray[np.int64],
    figures: Callable[[NDArray[np.int64]], Mapping[str, float]],
    *,
    samples: int = SAMPLES,
    seed: int = 0,
) -> dict[str, Interval]:
    """Return the 95 % interval of each figure: percentiles over documents drawn anew with replacement.

    Parameters
    ----------
    counts : int array, shape (documents, kinds)
        What was counted in each document.
    figures : callable
        Gives the named figures of a sum of such rows; a figure that cannot be computed is NaN.
    samples : int
        How many times documents are drawn.
    seed : int
        The same seed gives the same intervals.

    Source: Efron (1979), Bootstrap methods: another look at the jackknife.
    """
    rng, size = random.Random(seed), len(counts)  # noqa: S311 - a sample, no secret
    seen: dict[str, list[float]] = {}
    for _ in range(samples if size else 0):
        drawn = np.bincount(rng.choices(range(size), k=size), minlength=size)
        for name, value in figures(drawn @ counts).items():
            if value == value:
                seen.setdefault(name, []).append(value)
    return {name: _percentiles(sorted(values)) for name, values in seen.items()}


def _percentiles(values: list[float]) -> Interval:
    last = len(values) - 1
    return values[int(0.025 * len(values))], values[min(last, int(0.975 * len(values)))]
