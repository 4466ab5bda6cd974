"""Where a text's line ends are wraps within a paragraph, and where they end one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from entente.records import Span

__all__ = ["Wrapping", "lines_of", "read_wrapping"]

WRAP_WIDTH = 130
# Lines shorter than this are not wrapped by anybody.
NARROWEST = 40
# A text with fewer line ends in the middle of sentences than this is not wrapped, whatever a few of its lines do.
LEAST_WRAPS = 3

_LINK_TARGET = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)|https?://\S+")
_STOP = re.compile(r"[.!?:;…][\"”’')\]*_]*$")


class Wrapping(msgspec.Struct, frozen=True):
    """How a text's lines were broken.

    ``width`` is the column that its lines fill, None where they are whole paragraphs or end unevenly; ``shortest`` the
    length of the shortest line that was broken within a sentence in a text with uneven ends, None in all others.
    """

    width: int | None
    shortest: int | None

    def goes_on(self, text: str, previous: Span, line: Span) -> bool:
        """Whether the line end between two lines is a wrap within a paragraph."""
        if self.width is not None and _is_full(text, previous, line, self.width):
            return True
        length = previous.end - previous.start
        if (
            self.shortest is not None
            and length >= self.shortest
            and not _STOP.search(text[previous.start : previous.end])
        ):
            return True
        is_wrapped = self.width is not None or self.shortest is not None
        small = text[line.start].islower() or (is_wrapped and not text[line.start].isalpha())
        return (
            small
            and (length >= NARROWEST or is_wrapped)
            and not re.search(r"[.!?]$", text[previous.start : previous.end])
        )


def read_wrapping(text: str, lines: Sequence[Span]) -> Wrapping:
    """How the lines of a text were broken, blank ones among them being empty spans."""
    width = _wrap_width(text, lines)
    return Wrapping(width, None if width is not None else _shortest_wrapped(text, lines))


def lines_of(text: str) -> list[Span]:
    """Each line without the blanks around it, as spans; blank lines are empty spans.

    In a text with a blank line after each line of a paragraph, as some PDF readers write it, these are left out, so
    that only two blank lines or more end a paragraph.
    """
    found, start = [], 0
    for line in text.split("\n"):
        words = line.strip()
        first = start + (len(line) - len(line.lstrip())) if words else start
        found.append(Span(first, first + len(words)))
        start += len(line) + 1
    return _single_spaced(text, found)


def _single_spaced(text: str, lines: list[Span]) -> list[Span]:
    """The lines without the single blank ones between the halves of sentences, where nearly all are parted so."""
    written = [line for line in lines if line.end > line.start]
    if len(written) < 2 * LEAST_WRAPS or any(a.end > a.start and b.end > b.start for a, b in pairwise(lines)):
        return lines
    if _shortest_wrapped(text, written) is None:
        return lines
    last = len(lines) - 1
    return [
        line
        for i, line in enumerate(lines)
        if line.end > line.start
        or i in (0, last)
        or lines[i - 1].end == lines[i - 1].start
        or lines[i + 1].end == lines[i + 1].start
    ]


def _wrap_width(text: str, lines: Sequence[Span]) -> int | None:
    """The column at which the text's lines were wrapped, None where lines are whole paragraphs."""
    lengths = [
        _column(text, line) - sum(len(link) for link in _LINK_TARGET.findall(text, line.start, line.end))
        for line in lines
        if line.end > line.start
    ]
    if len(lengths) < 2:
        return None
    lengths.sort()
    width = lengths[int(len(lengths) * 0.98)]  # a stray long line does not hide the wrapping
    if width > WRAP_WIDTH or width < NARROWEST:
        return None
    pairs = _neighbours(lines)
    full = sum(_is_full(text, a, b, width) for a, b in pairs)
    return width if full >= max(2, 0.5 * len(pairs)) else None


def _shortest_wrapped(text: str, lines: Sequence[Span]) -> int | None:
    """The length of the shortest line broken within a sentence, None where the text was not wrapped.

    A wrap shows where the next line goes on in small letters and no mark ends the first; where a text's paragraphs are
    its lines, hardly any line end does so. Lines much shorter than the longest are left out of account: a list may be
    among them.
    """
    pairs = [(a, b) for a, b in _neighbours(lines) if a.end - a.start >= NARROWEST // 2]
    broken = sorted(
        a.end - a.start for a, b in pairs if text[b.start].islower() and not _STOP.search(text[a.start : a.end])
    )
    if len(broken) < LEAST_WRAPS or len(broken) < 0.35 * len(pairs):
        return None
    return max(broken[len(broken) // 20] - 3, int(0.6 * broken[-1]))


def _neighbours(lines: Sequence[Span]) -> list[tuple[Span, Span]]:
    """The pairs of lines with no blank line between them."""
    return [(a, b) for a, b in pairwise(lines) if a.end > a.start and b.end > b.start]


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether the next line's first word would not have fitted on this line."""
    first_word = text[following.start : following.end].split(" ", 1)[0]  # wrapping never parts words at a hard blank
    return _column(text, line) + 1 + len(first_word) > width - 3


def _column(text: str, line: Span) -> int:
    """The column that a line ends in, its indentation included."""
    return line.end - text.rfind("\n", 0, line.start) - 1
