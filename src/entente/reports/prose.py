"""What of a text is prose: its paragraphs, headings and list items, and what stands around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

import msgspec

from entente.records import Span
from entente.reports.datelines import find_dateline
from entente.reports.furniture import find_tail, heads_list, is_furniture, is_listed
from entente.reports.heads import read_front_matter, read_head_line
from entente.reports.wrapping import Wrapping, lines_of, read_wrapping

__all__ = ["Block", "Layout", "read_layout"]

# How far from the top a date line or byline may stand.
HEAD_LINES = 8
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
_CLOSING_LINE = re.compile(
    r"(?:END|ENDS|-\s*30\s*-|\(?\s*END\s*\)?)\s*\d{0,2}:?\d{0,2}\s*(?:[AP]\.?M\.?)?(?:\s+[A-Z]{3})?"
)
_FULL_STOP = re.compile(r"[.!?:;,…][\"”’')\]*_]*$")

Kind = Literal["prose", "heading", "item"]


class Block(msgspec.Struct, frozen=True):
    """Prose that no sentence crosses the border of, as its lines without the marks in front of them."""

    kind: Kind
    lines: tuple[Span, ...]


class Layout(msgspec.Struct, frozen=True):
    """How a text is laid out.

    ``metadata`` are the stretches that are neither prose nor marks: front matter, date lines, bylines, datelines,
    captions, credits, notices, speaker labels, list numbers. ``published`` is the ISO day, or time with its zone, that
    the text gives itself, ``place`` its dateline's, ``title`` its front matter's.
    """

    blocks: tuple[Block, ...]
    metadata: tuple[Span, ...]
    published: str | None
    place: Span | None
    title: str | None = None


class _Draft:
    """A layout in the making: the block being gathered and what was found before it."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.metadata: list[Span] = []
        self.lines: list[Span] = []
        self.kind: Kind = "prose"
        self.published: str | None = None
        self.updated: str | None = None
        self.place: Span | None = None
        self.title: str | None = None
        self.prose_seen = False
        self.in_list = False

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
    lines = lines_of(text)
    draft = _Draft()
    if front := read_front_matter(text, lines):
        draft.metadata.append(front.span)
        draft.published, draft.title = front.published, front.title
        lines = lines[front.lines :]
    wrapping = read_wrapping(text, lines)
    speakers = _speakers(text, lines)
    seen = 0
    for i, line in enumerate(lines):
        if line.start == line.end or _RULE.fullmatch(text, line.start, line.end):
            underlined = len(draft.lines) == 1 and i > 0 and re.fullmatch(r"=+|-{3,}", text[line.start : line.end])
            draft.close("heading" if underlined and draft.kind == "prose" else None)
            continue
        previous = lines[i - 1] if i else None
        wrapped = bool(draft.lines) and previous is not None and wrapping.goes_on(text, previous, line)
        draft.prose_seen |= wrapped
        if not wrapped and seen < HEAD_LINES and not draft.prose_seen:
            line = _take_head(text, line, _next_words(text, lines, i), draft)
        if line.start == line.end or (not wrapped and _take_furniture(text, line, draft)):
            continue
        seen += 1
        _take_line(text, line, previous, wrapping, speakers, draft)
    draft.close()
    blocks = _without_furniture(text, draft)
    metadata = tuple(sorted(draft.metadata, key=lambda span: span.start))
    return Layout(_with_headings(text, blocks), metadata, draft.published or draft.updated, draft.place, draft.title)


def _next_words(text: str, lines: Sequence[Span], i: int) -> str:
    """The next line that is not blank."""
    following = next((line for line in lines[i + 1 : i + 4] if line.end > line.start), None)
    return text[following.start : following.end] if following else ""


def _take_furniture(text: str, line: Span, draft: _Draft) -> bool:
    """Set aside a line that stands around the prose, or in a list of other stories; say whether it was one."""
    words = text[line.start : line.end]
    in_list = draft.in_list and is_listed(words)
    draft.in_list = heads_list(words) or in_list
    if not in_list and not is_furniture(words):
        return False
    draft.close()
    draft.metadata.append(line)
    return True


def _without_furniture(text: str, draft: _Draft) -> list[Block]:
    """The blocks without captions and notices that run over several lines, and without the credits at their ends."""
    kept = []
    for block in draft.blocks:
        words = text[block.lines[0].start : block.lines[-1].end]
        if len(block.lines) > 1 and is_furniture(words):
            draft.metadata += block.lines
            continue
        tail = find_tail(words)
        cut = block.lines[-1].end if tail is None else block.lines[0].start + tail
        lines = tuple(Span(line.start, min(line.end, cut)) for line in block.lines if line.start < cut)
        draft.metadata += [Span(max(line.start, cut), line.end) for line in block.lines if line.end > cut]
        if lines:
            kept.append(Block(block.kind, lines))
    return kept


def _speakers(text: str, lines: Sequence[Span]) -> frozenset[str]:
    """The labels in capitals that mark turns of speech: those with a title, or used twice (a dateline is used once)."""
    names: Counter[str] = Counter()
    for line in lines:
        if match := _NAMED_SPEAKER.match(text, line.start, line.end):
            names[match["name"]] += 1
    return frozenset(
        name for name, count in names.items() if count > 1 or _SPEAKER_WORDS & set(re.split(r"[ .,()]+", name))
    )


def _take_head(text: str, line: Span, following: str, draft: _Draft) -> Span:
    """Set aside the date, byline or place that a line at the text's head holds; return what is left of the line."""
    found = read_head_line(text, line, following)
    if found is None:
        return line
    draft.close()
    draft.metadata.append(found.span)
    draft.place = draft.place or found.place
    if found.is_update:
        draft.updated = draft.updated or found.published
    else:
        draft.published = draft.published or found.published
    rest = text[found.span.end : line.end]
    return Span(found.span.end + len(rest) - len(rest.lstrip()), line.end) if rest.strip() else Span(line.end, line.end)


def _take_line(
    text: str, line: Span, previous: Span | None, wrapping: Wrapping, speakers: frozenset[str], draft: _Draft
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
    elif draft.lines and previous and not wrapping.goes_on(text, previous, line):
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


def _without_dateline(text: str, line: Span, draft: _Draft) -> Span:
    """The line without the dateline in front of it, looked for until the first paragraph of prose."""
    if draft.prose_seen or draft.lines or draft.kind == "item":
        return line
    dateline = find_dateline(text, line.start, line.end)
    if dateline is not None:
        draft.metadata.append(Span(dateline.start, dateline.end))
        draft.place = dateline.place or draft.place
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
