"""What stands at a report's head before its prose: front matter, titles of series, bylines, dates and places."""

from __future__ import annotations

import re

import msgspec

from entente.records import Span
from entente.reports.datelines import find_place_line, is_place
from entente.reports.furniture import is_furniture
from entente.reports.written_dates import find_date_line, normalise_published

__all__ = ["FrontMatter", "HeadLine", "read_front_matter", "read_head_line"]

_FENCE = re.compile(r"---[ \t]*")
_FENCE_END = re.compile(r"(?:---|\.\.\.)[ \t]*")
_KEY = re.compile(r"(?P<key>[A-Za-z][\w.-]{0,40}):(?:[ \t]+(?P<value>.*))?")
_CONTINUED = re.compile(r"(?:\s+\S|-\s|#).*|\]|\}")
_DATE_KEYS = ("published", "date", "pubdate", "publish_date", "publication_date", "date_published", "created")
_PERSON = r"[A-ZÀ-Þ][\w.’'-]*"
_BYLINE = re.compile(
    rf"(?:By|BY|by|by:|Written by|Reporting by|Report by|Story by|Words by|Author:|Authors:)\s+{_PERSON}"
    rf"(?:(?:[ ,]+|\s*/\s*)(?:and|&|in|of|for|the|at|{_PERSON})){{0,12}}\s*"
)
_OUTLET = re.compile(rf"(?:the\s+|The\s+)?{_PERSON}(?:[ -](?:of|and|the|&|{_PERSON})){{0,5}}")
_PARTS = re.compile(
    r"\s*[|·•]\s*|\s+[–—-]\s+|\t+|\s{3,}|\s+(?=[Bb]y\s+[A-ZÀ-Þ])|[,;]?\s+(?=(?i:(?:last )?(?:updated|modified|published|posted)\b))"
)


class FrontMatter(msgspec.Struct, frozen=True):
    """The block of keys that some writing programs set before a text, from ``---`` to ``---``."""

    lines: int
    span: Span
    title: str | None
    published: str | None


class HeadLine(msgspec.Struct, frozen=True):
    """What a line at the head holds that is no prose: its stretch, and the date and place found in it."""

    span: Span
    published: str | None = None
    is_update: bool = False
    place: Span | None = None


def read_front_matter(text: str, lines: list[Span]) -> FrontMatter | None:
    """The front matter that a text begins with; None where it has none.

    Only a block that is closed and holds nothing but keys with their values is taken for it: a rule may begin a text too.
    """
    first = next((i for i, line in enumerate(lines) if line.end > line.start), None)
    if first is None or not _FENCE.fullmatch(text, lines[first].start, lines[first].end):
        return None
    values: dict[str, str] = {}
    for i in range(first + 1, len(lines)):
        whole = text[text.rfind("\n", 0, lines[i].start) + 1 : lines[i].end]
        if _FENCE_END.fullmatch(whole.strip()) and values.keys() & {"title", *_DATE_KEYS}:
            date = next((values[key] for key in _DATE_KEYS if values.get(key)), "")
            return FrontMatter(
                i + 1, Span(lines[first].start, lines[i].end), values.get("title") or None, normalise_published(date)
            )
        key = _KEY.fullmatch(whole.rstrip())
        if key:
            value = re.sub(r"\s+#.*$", "", key["value"] or "").strip().strip("\"'").strip()
            values.setdefault(key["key"].lower().replace("-", "_"), value)
        elif whole.strip() and not (values and _CONTINUED.fullmatch(whole)):
            return None
    return None


def read_head_line(text: str, line: Span, following: str) -> HeadLine | None:
    """The date, byline, place or the like that a line before the prose begins with or consists of.

    ``following`` are the next line's words: a place alone is known for one by the date under it.
    """
    words = text[line.start : line.end]
    if _BYLINE.fullmatch(words):
        return HeadLine(line)
    if found := find_date_line(text, line.start, line.end):
        if found.span.end == line.end:
            return HeadLine(found.span, found.published, found.is_update)
        return _composed(text, line) or HeadLine(found.span, found.published, found.is_update)
    if composed := _composed(text, line):
        return composed
    if place := find_place_line(text, line.start, line.end, following):
        return HeadLine(line, place.published, place=place.place)
    return None


def _composed(text: str, line: Span) -> HeadLine | None:
    """A line of several such parts ("By Ana Rojas | The Daily | Feb 24, 2023"); every one must be known for what it is."""
    edges = [line.start]
    for border in _PARTS.finditer(text, line.start, line.end):
        edges += [border.start(), border.end()]
    edges.append(line.end)
    parts = [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]
    if len(parts) < 2:
        return None
    published, update, place, sure = None, None, None, False
    for part in parts:
        words = text[part.start : part.end]
        dated = find_date_line(text, part.start, part.end)
        placed = None if dated else find_place_line(text, part.start, part.end, "")
        if dated and dated.span.end == part.end:
            sure = True
            if dated.is_update:
                update = update or dated.published
            else:
                published = published or dated.published
        elif placed:
            sure, place, published = True, place or placed.place, published or placed.published
        elif _BYLINE.fullmatch(words) or is_furniture(words):
            sure = True
        elif is_place(words):
            place = place or part
        elif not _OUTLET.fullmatch(words):
            return None
    return HeadLine(line, published or update, published is None and update is not None, place) if sure else None
