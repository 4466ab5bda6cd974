"""Paragraphs out of the lines of a page: joined over line ends, hyphens, columns and pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

import msgspec

from entente.reports.pdf_order import Line, Region

__all__ = ["Paragraph", "Words", "as_text", "join_over_breaks", "paragraphs_of"]

_BULLET = re.compile(r"[•▪◦●‣·∙○■□\uf0b7\uf0a7\uf02d*–—-]\s+(?=\S)|[•▪●‣■\uf0b7\uf0a7]")
_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+(?=\S)")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LEADER = re.compile(r"(?:[.…_] ?){5,}\s*\w{0,5}$")
_ENDS = re.compile(r"[.!?:;…][\"”’»)\]]*$")
# Second halves that English writes after a hyphen ("state-owned"), and first halves that it writes before one.
_AFTER_HYPHEN = frozenset(
    "owned led based backed made run related term free wide year old range level scale time day long general minister "
    "president elect in up off out old up-to-date style sponsored funded held armed trained built friendly powered "
    "standing reaching profile ranking speaking occupied controlled called sized party way sided point state national "
    "making keeping sharing and of to the by for".split()
)
_BEFORE_HYPHEN = frozenset(
    "self non ex vice cross all well high low long short mid pro anti post pre so two three four five six seven eight "
    "nine ten half much far north south east west air ground multi deputy attorney secretary commander".split()
)


class Paragraph(msgspec.Struct, kw_only=True):
    """A paragraph in the making: its text, the page that it begins on, and what it looks like.

    ``full`` says that its last line reaches the margin, so that it may go on elsewhere.
    """

    text: str
    page: int
    size: float
    bold: bool
    kind: str = "prose"
    full: bool = False


class Words(msgspec.Struct):
    """The words of a document, which tell how a word that a line end parts is written."""

    known: frozenset[str]

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Words:
        """The words that stand whole on a line, without those that may be half of one."""
        known: set[str] = set()
        parted = False
        for line in lines:
            words = _WORD.findall(line.text.casefold())
            begin, parted = int(parted), line.text.endswith(("-", "\u00ad"))
            known.update(words[begin : len(words) - parted])
        return cls(frozenset(known))

    def joined(self, before: str, after: str) -> str:
        """Two lines of a paragraph as one, the hyphen between them kept only where the word is written with one."""
        if before.endswith("\u00ad"):
            before = before.rstrip("\u00ad") + "-"
        halves = re.search(r"([^\W\d_]+)-$", before), _WORD.match(after)
        if halves[0] is None or halves[1] is None:
            return before + ("" if re.search(r"\w-$", before) else " ") + after
        first, second = halves[0][1], halves[1][0]
        return (before if self._keeps_hyphen(first, second) else before[:-1]) + after

    def _keeps_hyphen(self, first: str, second: str) -> bool:
        one, other = first.casefold(), second.casefold()
        if f"{one}-{other}" in self.known:
            return True
        if one + other in self.known:
            return False
        if not second[0].islower():  # "Anglo-American", but a line in capitals parts words too
            return not (first.isupper() and second.isupper())
        return other in _AFTER_HYPHEN or one in _BEFORE_HYPHEN or (len(other) > 3 and {one, other} <= self.known)


def paragraphs_of(region: Region, page: int, words: Words, body: float) -> list[Paragraph]:
    """The paragraphs of a region."""
    found: list[Paragraph] = []
    lines = region.lines
    leading = _leading(lines)
    margins = _margins(region, leading)
    for i, line in enumerate(lines):
        previous = lines[i - 1] if i else None
        following = lines[i + 1] if i + 1 < len(lines) else None
        if previous is None or _begins(previous, line, following, margins[i], leading, body):
            kind = "row" if line.cells else "prose"
            text = line.text
            if mark := _BULLET.match(text):
                kind, text = "item", "- " + text[mark.end() :].lstrip()
            found.append(Paragraph(text=text, page=page, size=line.size, bold=line.bold, kind=kind))
        else:
            found[-1].text = words.joined(found[-1].text, line.text)
        found[-1].full = line.right > margins[i] - 4 * line.size
    return found


def join_over_breaks(found: Sequence[Sequence[Paragraph]], words: Words, body: float) -> list[Paragraph]:
    """The paragraphs of all regions in order, those put together again that the end of a column or page parts."""
    joined: list[Paragraph] = []
    for region in found:
        for i, paragraph in enumerate(region):
            if i == 0 and joined and _goes_on(joined[-1], paragraph, body):
                joined[-1].text = words.joined(joined[-1].text, paragraph.text)
                joined[-1].full = paragraph.full
            else:
                joined.append(paragraph)
    return joined


def as_text(paragraphs: Iterable[Paragraph]) -> str:
    """Paragraphs with a blank line between them; rows of a table and items of a list follow each other."""
    text, before = "", "prose"
    for paragraph in paragraphs:
        if text:
            text += "\n" if paragraph.kind == before != "prose" else "\n\n"
        text += paragraph.text.replace("\u00ad", "")
        before = paragraph.kind
    return text


def _goes_on(before: Paragraph, after: Paragraph, body: float) -> bool:
    if after.kind != "prose" or before.kind == "row" or abs(before.size - after.size) > 0.06 * body:
        return False
    if before.bold != after.bold or before.size > 1.12 * body or _ENDS.search(before.text):
        return False
    if before.text.endswith(("-", "\u00ad", ",")) or after.text[:1].islower():
        return True
    return before.full and len(before.text) > 60 and after.text[:1].isalnum()


def _leading(lines: Sequence[Line]) -> float:
    """The usual distance of two lines, in sizes of their letters."""
    steps = [
        (after.base - before.base) / after.size
        for before, after in pairwise(lines)
        if abs(after.size - before.size) < 0.5 and 0.8 < (after.base - before.base) / after.size < 2.6
    ]
    if not steps:
        return 1.2
    # Where paragraphs are short, the gaps between them are as many as the line steps within: the smaller counts.
    return median(step for step in steps if step <= 1.25 * min(steps))


def _margins(region: Region, leading: float) -> list[float]:
    """For each line where it could end: at the margin of the region, or of the lines around it if these keep one.

    A quotation that is set narrower keeps one of its own.
    """
    margins: list[float] = []
    chunk: list[Line] = []

    def close() -> None:
        edge = max(line.right for line in chunk)
        width = edge - min(line.left for line in chunk)
        near = sum(line.right > edge - 0.15 * width for line in chunk)
        keeps = len(chunk) >= 4 and near >= 0.7 * len(chunk)
        margins.extend([edge if keeps else region.right] * len(chunk))
        chunk.clear()

    for line in region.lines:
        if chunk and _stands_apart(chunk[-1], line, leading):
            close()
        chunk.append(line)
    if chunk:
        close()
    return margins


def _stands_apart(previous: Line, line: Line, leading: float) -> bool:
    if abs(line.size - previous.size) > 0.08 * max(line.size, previous.size):
        return True
    step = (line.base - previous.base) / line.size
    return step > 1.25 * leading or step < 0.3


def _begins(previous: Line, line: Line, following: Line | None, margin: float, leading: float, body: float) -> bool:
    """Whether a line begins a paragraph after the one before it."""
    if (
        line.cells
        or previous.cells
        or line.marked
        or _stands_apart(previous, line, leading)
        or _BULLET.match(line.text)
    ):
        return True
    if _LEADER.search(previous.text):
        return True
    if previous.text.endswith(("\u00ad", "-")):
        return False
    ended = _ENDS.search(previous.text) is not None
    first_word = line.text.split(" ", 1)[0]
    width = (line.right - line.left) * len(first_word) / len(line.text)
    short = previous.right + 0.25 * line.size + width < margin - 0.5 * line.size
    if _NUMBER.match(line.text) and (ended or short):
        return True
    if line.bold != previous.bold and (short or ended):
        return True
    if short and (ended or not (line.text[0].islower() or _is_headline(previous, line, body))):
        return True
    if _is_headline(previous, line, body):
        return False
    indent = line.left - previous.left
    if indent > 0.8 * line.size and not (_BULLET.match(previous.text) or _NUMBER.match(previous.text)):
        return following is None or following.left < line.left - 0.5 * line.size or ended
    return False


def _is_headline(previous: Line, line: Line, body: float) -> bool:
    """Whether two lines make one large headline, which is broken where it looks well."""
    return min(previous.size, line.size) > 1.15 * body and previous.text.isupper() == line.text.isupper()
