"""What stands around the text of a PDF file's pages: running heads and feet, page numbers, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from entente.reports.pdf_order import Line, line_of, rows_of
from entente.reports.pdf_pages import Page, Piece

__all__ = ["Edges", "take_notes", "take_running_heads", "usual_size"]

EDGE_ROWS = 3
"""How many rows at the top and at the bottom of a page may run over several pages."""
NOTE_SIZE = 0.92
_NUMBER_LINE = re.compile(
    r"[\s\W]*(?:p(?:age|\.)?\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/|\|)\s*\d{1,4})?[\s\W]*", re.IGNORECASE
)
_OUTER_NUMBER = re.compile(r"^\W*(\d{1,4})\b|\b(\d{1,4})\W*$")
_NOTE_MARK = re.compile(r"(?:\[?\d{1,3}\]?[.)]?|[*†‡§]+)\s+\S")


class Edges(msgspec.Struct, frozen=True):
    """What was taken off a page, line by line: above its text and below it."""

    above: tuple[str, ...]
    below: tuple[str, ...]


class _Row(msgspec.Struct):
    """A row at the edge of a page."""

    pieces: list[Piece]
    above: bool
    outermost: bool

    @property
    def words(self) -> str:
        return " ".join(piece.text for piece in self.pieces)

    @property
    def shape(self) -> tuple[bool, str]:
        """The words, digits aside."""
        return self.above, re.sub(r"\d+", "#", self.words).casefold()

    @property
    def height(self) -> int:
        return round(self.pieces[0].base / 4)


def usual_size(pages: Iterable[Page]) -> float:
    """The size that most letters of a document have."""
    letters: Counter[float] = Counter()
    for page in pages:
        for piece in page.pieces:
            letters[round(piece.size * 2) / 2] += len(piece.text)
    return letters.most_common(1)[0][0] if letters else 1.0


def take_running_heads(pages: Sequence[Page]) -> list[Edges]:
    """Take off the pages what repeats itself at the same height of several, digits aside, and what numbers them.

    Source: Lin (2003), Header and footer extraction by page association.
    """
    rows = [list(_edge_rows(page)) for page in pages]
    repeated: Counter[tuple[tuple[bool, str], int]] = Counter()
    offsets: Counter[int] = Counter()
    for number, page_rows in enumerate(rows):
        repeated.update({(row.shape, row.height) for row in page_rows})
        offsets.update({found - number for row in page_rows if row.outermost for found in _outer_numbers(row)})
    least = 2 if len(pages) < 6 else 3
    numbering = {offset for offset, count in offsets.items() if count >= max(3, 0.4 * len(pages))}
    taken = []
    for number, (page, page_rows) in enumerate(zip(pages, rows, strict=True)):
        gone = []
        for row in page_rows:
            near = sum(repeated[row.shape, row.height + step] for step in (-1, 0, 1))
            numbers = row.outermost and (
                _NUMBER_LINE.fullmatch(row.words) or any(found - number in numbering for found in _outer_numbers(row))
            )
            if near >= least or numbers:
                gone.append(row)
        ids = {id(piece) for row in gone for piece in row.pieces}
        page.pieces = [piece for piece in page.pieces if id(piece) not in ids]
        taken.append(
            Edges(tuple(row.words for row in gone if row.above), tuple(row.words for row in gone if not row.above))
        )
    return taken


def take_notes(page: Page, body: float) -> list[Line]:
    """Take the footnotes off a page: small letters at its foot, the first of them after a mark."""
    rows = rows_of(page.pieces)
    start = len(rows)
    while start > 1 and all(piece.size <= NOTE_SIZE * body for piece in rows[start - 1]):
        start -= 1
    while start < len(rows) and not (rows[start][0].marked or _NOTE_MARK.match(rows[start][0].text)):
        start += 1
    gone = {id(piece) for row in rows[start:] for piece in row}
    page.pieces = [piece for piece in page.pieces if id(piece) not in gone]
    return [line_of(row, cells=False) for row in rows[start:]]


def _edge_rows(page: Page) -> Iterator[_Row]:
    """The rows at the top, then those at the bottom; on a page of few rows the lower half is the bottom."""
    rows = rows_of(page.pieces)
    middle = (len(rows) + 1) // 2
    for i, row in enumerate(rows):
        if i < min(EDGE_ROWS, middle):
            yield _Row(row, above=True, outermost=i == 0)
        elif i >= max(middle, len(rows) - EDGE_ROWS):
            yield _Row(row, above=False, outermost=i == len(rows) - 1)


def _outer_numbers(row: _Row) -> set[int]:
    """The numbers that a row begins or ends with."""
    return {int(match[1] or match[2]) for match in _OUTER_NUMBER.finditer(row.words)}
