"""The order in which the pieces of a page are read: columns one after the other, rows of a table side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

import msgspec

from entente.reports.pdf_pages import Piece

__all__ = ["Line", "Region", "arrange", "line_of", "rows_of"]

GUTTER = 8.0
"""Points of white that part two columns at the least."""
COLUMN_LINES, COLUMN_CHARACTERS = 3, 16


class Line(msgspec.Struct, kw_only=True):
    """A line of a region; ``cells`` says that it is the row of a table."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    cells: bool = False
    marked: bool = False


class Region(msgspec.Struct):
    """A stretch of a page that is read from its first line to its last, with the margins that its lines keep."""

    lines: list[Line]

    @property
    def left(self) -> float:
        """The margin at which lines begin."""
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        """The margin at which lines end: one that several keep, since a table or a listing may reach over it."""
        ends = sorted((line.right for line in self.lines), reverse=True)
        size = median(line.size for line in self.lines)
        least = max(3, len(ends) // 10)
        return next((end for end in ends if sum(end - 3 * size < one <= end for one in ends) >= least), ends[0])


def arrange(pieces: Sequence[Piece]) -> list[Region]:
    """The regions of a page in reading order."""
    if not pieces:
        return []
    rows = rows_of(_with_initials(pieces))
    cut = _columns(rows)
    if cut is None:
        return [Region(_lines(rows))]
    first, last, gutter = cut
    inside = [piece for row in rows[first:last] for piece in row]
    found = arrange([piece for row in rows[:first] for piece in row])
    found += arrange([piece for piece in inside if piece.right <= gutter])
    found += arrange([piece for piece in inside if piece.right > gutter])
    return found + arrange([piece for row in rows[last:] for piece in row])


def rows_of(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces on the same line, from the top, each from the left."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: (one.base, one.left)):
        if rows and piece.base - rows[-1][0].base <= 0.4 * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _columns(rows: list[list[Piece]]) -> tuple[int, int, float] | None:
    """The rows, as first and last, that stand in two columns, and the middle of the white between these."""
    left = min(piece.left for row in rows for piece in row)
    right = max(piece.right for row in rows for piece in row)
    best: tuple[int, int, int, float] | None = None
    x = left + 0.15 * (right - left)
    while x < right - 0.15 * (right - left):
        start = 0
        for i in range(len(rows) + 1):
            if i < len(rows) and not any(p.left < x + GUTTER / 2 and p.right > x - GUTTER / 2 for p in rows[i]):
                continue
            first, last = _trimmed(rows, start, i, x)
            sides = (
                [p for row in rows[first:last] for p in row if p.right <= x],
                [p for row in rows[first:last] for p in row if p.left >= x],
            )
            if all(_is_column(side) for side in sides):
                weight = min(len(side) for side in sides)
                if best is None or weight > best[0]:
                    best = weight, first, last, x
            start = i + 1
        x += GUTTER / 2
    return best[1:] if best else None


def _trimmed(rows: list[list[Piece]], start: int, end: int, x: float) -> tuple[int, int]:
    """The rows without those at either end that have words on one side only and stand apart from the rest."""
    first, last = start, end
    for i in range(start + 1, end):
        one_sided = len({piece.left >= x for row in rows[start:i] for piece in row}) == 1
        if not one_sided:
            break
        if rows[i][0].base - rows[i - 1][0].base > 1.6 * rows[i][0].size:
            first = i
    for i in range(end - 1, first, -1):
        one_sided = len({piece.left >= x for row in rows[i:end] for piece in row}) == 1
        if not one_sided:
            break
        if rows[i][0].base - rows[i - 1][0].base > 1.6 * rows[i][0].size:
            last = i
    return first, last


def _is_column(side: list[Piece]) -> bool:
    """Whether pieces are lines of running text, not the cells of a table's column."""
    if len(side) < COLUMN_LINES:
        return False
    width = max(piece.right for piece in side) - min(piece.left for piece in side)
    long = median(len(piece.text) for piece in side) >= COLUMN_CHARACTERS
    return long and median(piece.right - piece.left for piece in side) >= 0.6 * width


def _with_initials(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with a paragraph's tall first letter put before the word that it begins."""
    kept = []
    for piece in pieces:
        if len(piece.text) == 1 and piece.text.isupper():
            beside = [
                other
                for other in pieces
                if 0 <= other.left - piece.right < piece.size
                and piece.size >= 1.7 * other.size
                and -0.9 * piece.size <= other.base - piece.base <= 0.1 * piece.size
            ]
            if beside:
                first = min(beside, key=lambda other: other.base)
                first.text, first.left = piece.text + first.text, piece.left
                continue
        kept.append(piece)
    return kept


def _lines(rows: list[list[Piece]]) -> list[Line]:
    """One line a row; what stands far apart in a single row (an office, a date) is a line each."""
    lines = []
    for i, row in enumerate(rows):
        beside = [other for other in rows[max(0, i - 1) : i + 2] if other is not row and len(other) > 1]
        if len(row) > 1 and not beside and _widest_gap(row) > 3 * row[0].size:
            lines += [line_of([piece], cells=True) for piece in row]
        else:
            lines.append(line_of(row, cells=len(row) > 1 and bool(beside)))
    return lines


def _widest_gap(row: list[Piece]) -> float:
    return max(after.left - before.right for before, after in pairwise(row))


def line_of(row: list[Piece], *, cells: bool) -> Line:
    """The line that pieces beside each other make."""
    return Line(
        text=("\t" if cells else " ").join(piece.text for piece in row),
        left=row[0].left,
        right=max(piece.right for piece in row),
        base=row[0].base,
        size=max(row, key=lambda piece: len(piece.text)).size,
        bold=all(piece.bold for piece in row),
        cells=cells,
        marked=row[0].marked,
    )
