"""The order in which the pieces of a page are read: columns one after the other, rows of a table side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

import msgspec

from entente.reports.pdf_pages import Page, Piece

__all__ = ["Line", "Region", "arrange", "take_notes", "take_running_heads", "usual_size"]

EDGE_ROWS = 3
GUTTER = 8.0
"""Points of white that part two columns at the least."""
COLUMN_LINES, COLUMN_CHARACTERS = 3, 16
_PAGE_NUMBER = re.compile(
    r"[\s\W]*(?:p(?:age|\.)?\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/|\|)\s*\d{1,4})?[\s\W]*", re.IGNORECASE
)
_NOTE_MARK = re.compile(r"(?:\[?\d{1,3}\]?[.)]?|[*†‡§]+)\s+\S")


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
        """The margin at which lines end."""
        return max(line.right for line in self.lines)


def usual_size(pages: Iterable[Page]) -> float:
    """The size that most letters of a document have."""
    letters: Counter[float] = Counter()
    for page in pages:
        for piece in page.pieces:
            letters[round(piece.size * 2) / 2] += len(piece.text)
    return letters.most_common(1)[0][0] if letters else 1.0


def take_running_heads(pages: Sequence[Page]) -> list[tuple[list[str], list[str]]]:
    """Take heads, feet and page numbers off the pages; return for each page those above and those below its text.

    Source: what stands at the same height at the edge of several pages, digits aside (Lin 2003, Header and footer
    extraction by page association).
    """
    edges: list[list[tuple[list[Piece], bool, str]]] = []
    repeated: Counter[tuple[bool, str, int]] = Counter()
    for page in pages:
        rows = rows_of(page.pieces)
        top = [(row, True, _digits_aside(row)) for row in rows[:EDGE_ROWS]]
        bottom = [(row, False, _digits_aside(row)) for row in rows[max(EDGE_ROWS, len(rows) - EDGE_ROWS) :]]
        if len(rows) <= EDGE_ROWS:
            bottom = [(row, False, words) for row, _, words in top]
        edges.append(top + bottom)
        for row, above, words in {
            (_height(row), above, words): (row, above, words) for row, above, words in edges[-1]
        }.values():
            repeated[above, words, _height(row)] += 1
    taken = []
    least = 2 if len(pages) < 6 else 3
    for page, found in zip(pages, edges, strict=True):
        above_text: list[str] = []
        below_text: list[str] = []
        gone: set[int] = set()
        outermost = {id(found[0][0]), id(found[-1][0])} if found else set()
        for row, above, words in found:
            near = sum(repeated[above, words, _height(row) + step] for step in (-1, 0, 1))
            numbered = _PAGE_NUMBER.fullmatch(_words(row)) is not None and id(row) in outermost
            if (near >= least or numbered) and not gone.issuperset(map(id, row)):
                gone |= {id(piece) for piece in row}
                (above_text if above else below_text).append(_words(row))
        page.pieces = [piece for piece in page.pieces if id(piece) not in gone]
        taken.append((above_text, below_text))
    return taken


def take_notes(page: Page, body: float) -> list[Line]:
    """Take the footnotes off a page: small letters at its foot, the first of them after a mark."""
    rows = rows_of(page.pieces)
    start = len(rows)
    while start > 1 and all(piece.size <= 0.92 * body for piece in rows[start - 1]):
        start -= 1
    while start < len(rows) and not (rows[start][0].marked or _NOTE_MARK.match(rows[start][0].text)):
        start += 1
    gone = {id(piece) for row in rows[start:] for piece in row}
    page.pieces = [piece for piece in page.pieces if id(piece) not in gone]
    return [_line(row, cells=False) for row in rows[start:]]


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
            lines += [_line([piece], cells=True) for piece in row]
        else:
            lines.append(_line(row, cells=len(row) > 1 and bool(beside)))
    return lines


def _widest_gap(row: list[Piece]) -> float:
    return max(after.left - before.right for before, after in pairwise(row))


def _line(row: list[Piece], *, cells: bool) -> Line:
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


def _words(row: list[Piece]) -> str:
    return " ".join(piece.text for piece in row)


def _digits_aside(row: list[Piece]) -> str:
    return re.sub(r"\d+", "#", _words(row)).casefold()


def _height(row: list[Piece]) -> int:
    return round(row[0].base / 4)
