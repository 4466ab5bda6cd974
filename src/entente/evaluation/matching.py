"""Which event of one reader is which event of another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, TypeVar

from entente.evaluation.documents import AnnotatedEvent, Reading
from entente.records import Span

__all__ = ["LEVELS", "Level", "Pair", "common_reading", "overlap", "pair_events", "pair_up"]

Level = Literal["type", "countries", "direction"]
LEVELS: tuple[Level, ...] = ("type", "countries", "direction")
Pair = tuple[int, int]
T = TypeVar("T")
# Shares of common words below which two spans speak of different things; less is enough where one holds the other.
LEAST, LEAST_INSIDE = 0.15, 0.075


def overlap(a: Span, b: Span) -> float:
    """Return the share of two spans that is common to both, 0 where they share too little to speak of one thing."""
    common = min(a.end, b.end) - max(a.start, b.start)
    if common <= 0:
        return 0.0
    share = common / (max(a.end, b.end) - min(a.start, b.start))
    inside = common == min(a.end - a.start, b.end - b.start)
    return share if share >= (LEAST_INSIDE if inside else LEAST) else 0.0


def common_reading(a: AnnotatedEvent, b: AnnotatedEvent, level: Level) -> tuple[Reading, Reading] | None:
    """Return the readings under which two events agree, those of the same status first.

    One of the two is always a main reading: two alternatives never agree with each other.
    """
    tried = [(a.readings[0], y) for y in b.readings] + [(x, b.readings[0]) for x in a.readings[1:]]
    found = [(x, y) for x, y in tried if _same(x, y, level)]
    return next((p for p in found if p[0].status == p[1].status), found[0] if found else None)


def _same(x: Reading, y: Reading, level: Level) -> bool:
    if x.event != y.event:
        return False
    if level == "countries":
        return x.actor | x.recipient == y.actor | y.recipient
    return level == "type" or (x.actor, x.recipient) == (y.actor, y.recipient)


def pair_events(gold: Sequence[AnnotatedEvent], other: Sequence[AnnotatedEvent], level: Level) -> list[Pair]:
    """Return the pairs of two readers' events that leave the fewest clear ones alone, nearest words first."""

    def weigh(a: AnnotatedEvent, b: AnnotatedEvent) -> float:
        near = overlap(a.span, b.span)
        return 10 * (a.clear + b.clear) + 1 + near if near and common_reading(a, b, level) else 0.0

    return pair_up(gold, other, weigh)


def pair_up(left: Sequence[T], right: Sequence[T], weigh: Callable[[T, T], float]) -> list[Pair]:
    """Return the one-to-one pairs of greatest total weight; two things of weight 0 are no pair."""
    weights = [[weigh(a, b) for b in right] for a in left]
    if not left or not right:
        return []
    size = max(len(left), len(right))
    cost = [[0.0] * size for _ in range(size)]
    for i, row in enumerate(weights):
        for j, weight in enumerate(row):
            cost[i][j] = -weight
    chosen = _assignment(cost)
    return [(i, j) for i, j in enumerate(chosen) if i < len(left) and j < len(right) and weights[i][j] > 0]


def _assignment(cost: Sequence[Sequence[float]]) -> list[int]:
    """The column of each row in the cheapest assignment of a square matrix.

    Source: Kuhn (1955), The Hungarian method for the assignment problem, with Munkres's potentials; O(n³).
    """
    size = len(cost)
    row_price, column_price = [0.0] * size, [0.0] * (size + 1)
    owner: list[int | None] = [None] * (size + 1)
    outside = size
    for new in range(size):
        owner[outside], column = new, outside
        slack, came_from, done = [float("inf")] * size, [outside] * size, [False] * (size + 1)
        while owner[column] is not None:
            done[column] = True
            row = owner[column]
            assert row is not None  # noqa: S101 - told to the type checker
            for j in range(size):
                if not done[j] and cost[row][j] - row_price[row] - column_price[j] < slack[j]:
                    slack[j], came_from[j] = cost[row][j] - row_price[row] - column_price[j], column
            following = min((j for j in range(size) if not done[j]), key=lambda j: slack[j])
            step = slack[following]
            for j in range(size + 1):
                if done[j]:
                    column_price[j] -= step
                    row_price[owner[j]] += step  # type: ignore[index]  # every column that is done has an owner
                elif j < size:
                    slack[j] -= step
            column = following
        while column != outside:
            owner[column] = owner[came_from[column]]
            column = came_from[column]
        owner[outside] = None
    columns = [0] * size
    for j in range(size):
        columns[owner[j]] = j  # type: ignore[index]  # every column has an owner at the end
    return columns
