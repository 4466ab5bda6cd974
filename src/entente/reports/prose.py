"""What of a text is prose: its paragraphs, headings and list items, and what stands around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from entente.records import Span
from entente.reports.datelines import find_date_line, find_dateline

__all__ = ["Block", "Layout", "read_layout"]

# How far from the top a date line or byline may stand.
HEAD_LINES = 8
WRAP_WIDTH = 130
HEADING_CHARACTERS, HEADING_WORDS = 120, 16

_RULE = re.compile(r"(?:[-*_=~#+\\•]\s*)+")
_QUOTE_MARK = re.compile(r"(?:>\s?)+")
_HEADING_MARK = re.compile(r"#{1,6}\s+")
_BULLET = re.compile(r"(?:[-*+•◦▪●‣·–]|\\[-*+])\s+")
_NUMBER = re.compile(r"(?:\(?\d{1,2}[.)]|\(?[a-z]\)|\(?[ivx]{1,4}\))\s+(?=\S)")
_NAMED_SPEAKER = re.compile(
    r"(?:\*\*|__)?"
    r"(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ.’'\d-]*(?:[ ,]+(?:[A-ZÀ-Þ(][A-ZÀ-Þ.’')\d-]*|Mc[A-Z]+|von|van|de|der|al-?|bin))*)"
    r"(?:\s*\([^()\n]{1,60}\))?\s*:(?:\*\*|__)?(?=\s|$)\s*"
)
_QUESTION = re.compile(r"(?:\*\*)?(?:Q|QUESTION)(?:\*\*)?(?:[:.]\s*|\s{2,}|\s(?=[A-Z“\"(—]))")
_ANSWER = re.compile(r"A:\s+|A\s{3,}(?=[A-Z“\"])")
_SPEAKER_WORDS = frozenset(
    "MR MRS MS MISS DR SIR DAME LORD LADY THE PRESIDENT SECRETARY MINISTER AMBASSADOR SENATOR GOVERNOR GENERAL ADMIRAL "
    "COLONEL MODERATOR OPERATOR OFFICIAL SPEAKER CHANCELLOR CHAIR CHAIRMAN KING QUEEN PRINCE POPE COMMISSIONER "
    "INTERPRETER PARTICIPANT REPORTER JOURNALIST HOST STAFF SPOKESPERSON SPOKESMAN SPOKESWOMAN ADMINISTRATOR DIRECTOR "
    "REPRESENTATIVE PRIME VICE SENIOR UNKNOWN VOICE Q A QUESTION ANSWER".split()
)
_BYLINE = re.compile(
    r"(?:By|BY|Written by|Reporting by|Report by)\s+[A-ZÀ-Þ][\w.’'-]*(?:[ ,]+(?:and|&|in|[A-ZÀ-Þ][\w.’'-]*)){0,9}\s*"
)
_CLOCK_LINE = re.compile(r"\(?\d{1,2}[:.]\d{2}\s*(?:[AaPp]\.?[Mm]\.?)?(?:\s+\(?[A-Z]{2,5}\)?)?\)?\.?")
_CLOSING_LINE = re.compile(
    r"(?:END|ENDS|-\s*30\s*-|\(?\s*END\s*\)?)\s*\d{0,2}:?\d{0,2}\s*(?:[AP]\.?M\.?)?(?:\s+[A-Z]{3})?"
)
_FULL_STOP = re.compile(r"[.!?:;,…][\"”’')\]*_]*$")
_LINK_TARGET = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)|https?://\S+")

Kind = Literal["prose", "heading", "item"]


class Block(msgspec.Struct, frozen=True):
    """Prose that no sentence crosses the border of, as its lines without the marks in front of them."""

    kind: Kind
    lines: tuple[Span, ...]


class Layout(msgspec.Struct, frozen=True):
    """How a text is laid out.

    ``metadata`` are the stretches that are neither prose nor marks: date lines, bylines, datelines, speaker labels,
    list numbers; ``published`` is the ISO day that the text gives itself, ``place`` its dateline's.
    """

    blocks: tuple[Block, ...]
    metadata: tuple[Span, ...]
    published: str | None
    place: Span | None


class _Draft:
    """A layout in the making: the block being gathered and what was found before it."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.metadata: list[Span] = []
        self.lines: list[Span] = []
        self.kind: Kind = "prose"
        self.published: str | None = None
        self.place: Span | None = None
        self.prose_seen = False

    def close(self, kind: Kind | None = None) -> None:
        """End the block being gathered, if any."""
        if self.lines:
            self.blocks.append(Block(kind or self.kind, tuple(self.lines)))
        self.lines, self.kind = [], "prose"


def read_layout(text: str) -> Layout:
    """Find the paragraphs, headings and list items of a normalised text, and the metadata at its head.

    A line end is a wrap, which a sentence may cross, where the line is as full as the text's width or the next line
    goes on in small letters; otherwise it ends a paragraph, as a blank line always does.
    """
    lines = _lines(text)
    width = _wrap_width(text, lines)
    speakers = _speakers(text, lines)
    draft = _Draft()
    seen = 0
    for i, line in enumerate(lines):
        if line.start == line.end or _RULE.fullmatch(text, line.start, line.end):
            underlined = len(draft.lines) == 1 and i > 0 and re.fullmatch(r"=+|-{3,}", text[line.start : line.end])
            draft.close("heading" if underlined and draft.kind == "prose" else None)
            continue
        seen += 1
        previous = lines[i - 1] if i else None
        wrapped = bool(draft.lines) and previous is not None and _goes_on(text, previous, line, width)
        draft.prose_seen |= wrapped
        if seen <= HEAD_LINES and not draft.prose_seen:
            line = _take_head(text, line, draft)
            if line.start == line.end:
                continue
        _take_line(text, line, previous, width, speakers, draft)
    draft.close()
    return Layout(_with_headings(text, draft.blocks), tuple(draft.metadata), draft.published, draft.place)


def _lines(text: str) -> list[Span]:
    """Each line without the blanks around it, as spans; blank lines are empty spans."""
    found, start = [], 0
    for line in text.split("\n"):
        words = line.strip()
        first = start + (len(line) - len(line.lstrip())) if words else start
        found.append(Span(first, first + len(words)))
        start += len(line) + 1
    return found


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
    if width > WRAP_WIDTH or width < 40:
        return None
    pairs = [(a, b) for a, b in pairwise(lines) if a.end > a.start and b.end > b.start]
    full = sum(_is_full(text, a, b, width) for a, b in pairs)
    return width if pairs and full >= 0.5 * len(pairs) else None


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether the next line's first word would not have fitted on this line."""
    first_word = text[following.start : following.end].split(" ", 1)[0]  # wrapping never parts words at a hard blank
    return _column(text, line) + 1 + len(first_word) > width - 3


def _column(text: str, line: Span) -> int:
    """The column that a line ends in, its indentation included."""
    return line.end - text.rfind("\n", 0, line.start) - 1


def _speakers(text: str, lines: Sequence[Span]) -> frozenset[str]:
    """The labels in capitals that mark turns of speech: those with a title, or used twice (a dateline is used once)."""
    names: Counter[str] = Counter()
    for line in lines:
        if match := _NAMED_SPEAKER.match(text, line.start, line.end):
            names[match["name"]] += 1
    return frozenset(
        name for name, count in names.items() if count > 1 or _SPEAKER_WORDS & set(re.split(r"[ .,()]+", name))
    )


def _take_head(text: str, line: Span, draft: _Draft) -> Span:
    """Set aside the date, byline or hour that a line at the text's head holds; return what is left of the line."""
    words = text[line.start : line.end]
    if _BYLINE.fullmatch(words) or _CLOCK_LINE.fullmatch(words):
        draft.close()
        draft.metadata.append(line)
        return Span(line.end, line.end)
    found = find_date_line(text, line.start, line.end)
    if found is None:
        return line
    span, day = found
    draft.close()
    draft.metadata.append(span)
    draft.published = draft.published or day
    rest = text[span.end : line.end]
    return Span(span.end + len(rest) - len(rest.lstrip()), line.end) if rest.strip() else Span(line.end, line.end)


def _take_line(
    text: str, line: Span, previous: Span | None, width: int | None, speakers: frozenset[str], draft: _Draft
) -> None:
    """Add a line to the block that it goes on with, or begin a new one."""
    if mark := _QUOTE_MARK.match(text, line.start, line.end):
        line = Span(mark.end(), line.end)
        if line.start == line.end:
            draft.close()
            return
    if _CLOSING_LINE.fullmatch(text, line.start, line.end) and draft.prose_seen:
        draft.close()
        draft.metadata.append(line)
        return
    if label := _speaker_label(text, line, speakers):
        draft.close()
        draft.prose_seen = True
        draft.metadata.append(label)
        line = Span(label.end, line.end)
    elif mark := _HEADING_MARK.match(text, line.start, line.end):
        draft.close()
        hashes = re.search(r"[\s#]*$", text[mark.end() : line.end])
        body = Span(mark.end(), mark.end() + (hashes.start() if hashes else line.end - mark.end()))
        draft.lines = [body] if body.start < body.end else []
        draft.close("heading")
        return
    elif mark := _item_mark(text, line, draft):
        draft.close()
        draft.kind = "item"
        draft.metadata.append(Span(mark.start(), mark.end()))
        line = Span(mark.end(), line.end)
    elif draft.lines and previous and not _goes_on(text, previous, line, width):
        draft.close()
    if line.start < line.end:
        line = _without_dateline(text, line, draft)
        draft.lines.append(line)


def _speaker_label(text: str, line: Span, speakers: frozenset[str]) -> Span | None:
    """The label in front of a turn of speech ("MR. PRICE:", "QUESTION:", "Q")."""
    match = _QUESTION.match(text, line.start, line.end) or _ANSWER.match(text, line.start, line.end)
    if match is None:
        match = _NAMED_SPEAKER.match(text, line.start, line.end)
        if match is None or match["name"] not in speakers:
            return None
    return Span(line.start, match.end())


def _item_mark(text: str, line: Span, draft: _Draft) -> re.Match[str] | None:
    """The bullet or number in front of a list item; a number within a wrapped paragraph is none."""
    if mark := _BULLET.match(text, line.start, line.end):
        return mark
    if draft.lines and draft.kind != "item":
        return None
    return _NUMBER.match(text, line.start, line.end)


def _goes_on(text: str, previous: Span, line: Span, width: int | None) -> bool:
    """Whether the line end between two lines is a wrap within a paragraph."""
    if width is not None and _is_full(text, previous, line, width):
        return True
    small = text[line.start].islower() or (width is not None and not text[line.start].isalpha())
    long_enough = previous.end - previous.start >= 40 or width is not None
    return small and long_enough and not re.search(r"[.!?]$", text[previous.start : previous.end])


def _without_dateline(text: str, line: Span, draft: _Draft) -> Span:
    """The line without the dateline in front of it, looked for until the first paragraph of prose."""
    if draft.prose_seen or draft.lines or draft.kind == "item":
        return line
    dateline = find_dateline(text, line.start, line.end)
    if dateline is not None:
        draft.metadata.append(Span(dateline.start, dateline.end))
        draft.place = dateline.place
        draft.published = draft.published or dateline.published
        draft.prose_seen = True
        return Span(dateline.end, line.end)
    is_prose = line.end - line.start > HEADING_CHARACTERS or _FULL_STOP.search(text[line.start : line.end])
    draft.prose_seen = bool(is_prose)
    return line


def _with_headings(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with short lines that end without a full stop and have prose after them taken as headings."""
    marked = []
    for i, block in enumerate(blocks):
        words = text[block.lines[0].start : block.lines[-1].end]
        plain = words.strip("*_ ")
        is_heading = (
            block.kind == "prose"
            and i + 1 < len(blocks)
            and len(block.lines) <= 2
            and len(words) <= HEADING_CHARACTERS
            and len(words.split()) <= HEADING_WORDS
            and not _FULL_STOP.search(plain)
            and plain[:1].upper() == plain[:1]
            and plain[:1] not in '"“‘('
        )
        marked.append(Block("heading", block.lines) if is_heading else block)
    return tuple(marked)
