"""Dates that a page shows beside its report: in marked elements, at the report's head and foot, in the head of the site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Literal

import msgspec
from lxml import etree

from entente.reports.page_days import Order, WrittenDate, find_dates, read_date, with_clock
from entente.reports.page_lines import is_time_stamp
from entente.reports.page_markup import Block, Node, Tree
from entente.reports.page_text import Selection

__all__ = ["ASIDE", "Marked", "Stamp", "marked_dates", "shown_clock", "shown_stamps"]

Place = Literal["head", "foot", "far"]

ASIDE = frozenset(
    {"related", "comment", "navigation", "footer", "sidebar", "ad", "notice", "signup", "link", "caption", "embed"}
)
_BESIDE = frozenset({"meta", "author", "share", "label", "credit"})
_UPDATED = re.compile(
    r"(?:updated?|modified|edited|revised|reviewed|aktualisiert|mis à jour|actualizado)\b", re.IGNORECASE
)
_PUBLISHED = re.compile(r"(?:publish|posted|issued|releas|created|first|date)", re.IGNORECASE)
_TOLD = re.compile(
    r"\b(?:delivered|spoken|held|recorded|signed|adopted|event|meeting|interview|conversation)\b", re.IGNORECASE
)
_RELATIVE = re.compile(
    r"\W*(?:(?:updated|published|posted)\W+)?(?:(?:about|over|an?|\d+)\s*(?:[a-z]{1,7})\.?\s*ago|\d+\s*(?:s|m|min|h|hr|d|w|wk|mo|y|yr)s?\.?|just now|today|yesterday)\W*",
    re.IGNORECASE,
)
_HEAD_BEFORE, _HEAD_AFTER, _FOOT, _FAR_BEFORE = 6, 8, 4, 40
_FULL = ("datetime", "content", "title", "aria-label")
_RELATIVE_CHARACTERS, _FULL_CHARACTERS = 40, 60
_LINE_WORDS, _CONTAINER_BLOCKS = 14, 6


class Stamp(msgspec.Struct, frozen=True):
    """A date that readers see.

    ``changed`` is whether it is one of change, ``told`` whether one of what the report tells of (a speech's delivery);
    ``place`` is where it stands to the report.
    """

    date: WrittenDate
    changed: bool
    place: Place
    told: bool = False


class Marked(msgspec.Struct, frozen=True):
    """A date in microdata or a ``time`` element, as written there, and where it stands to the report."""

    words: str
    changed: bool
    place: Place


def marked_dates(root: etree._Element, tree: Tree, selection: Selection) -> list[Marked]:
    """Dates in microdata, RDFa and ``time`` elements that belong to the report, those that say what they are first."""
    aside = _aside_elements(tree)
    nodes = {node.element: node for node in tree.nodes}
    named: list[Marked] = []
    times: list[Marked] = []
    for element in root.iter():
        tag = element.tag
        if not isinstance(tag, str):
            continue
        prop = (element.get("itemprop") or element.get("property") or "").lower()
        relative = _full_time(element)
        dated = "datepublished" in prop or "datecreated" in prop or "dc:date" in prop or "datemodified" in prop
        if (tag not in {"time", "abbr"} and not dated and relative is None) or (
            tag == "meta" and not element.get("itemprop")
        ):
            continue
        if _within(element, aside) or _is_of_comment(element):
            continue
        words = (
            relative
            or element.get("content")
            or element.get("datetime")
            or element.get("title")
            or "".join(element.itertext())
        )
        names = f"{element.get('class') or ''} {prop}"
        if dated:
            named.append(Marked(words, "modified" in prop, "head"))
        elif tag == "time" or "published" in names or relative:
            changed = _UPDATED.search(names) or (_UPDATED.search(_before(element)) and not _PUBLISHED.search(names))
            times.append(Marked(words, bool(changed), _place(element, nodes, tree, selection)))
    # Histories of changes stand below the text, newest first; the oldest date there is that of publication.
    return (
        named
        + [one for one in times if one.place != "foot"]
        + sorted((one for one in times if one.place == "foot"), key=lambda one: one.words)
    )


def _full_time(element: etree._Element) -> str | None:
    """The time that an attribute gives in full where readers see "9 hours ago"."""
    if not element.attrib or len(element) > 1 or not 0 < len("".join(element.itertext())) < _RELATIVE_CHARACTERS:
        return None
    if not _RELATIVE.fullmatch("".join(element.itertext())):
        return None
    names = sorted((name for name in element.attrib if name in _FULL or name.startswith("data-")), key=_full_rank)
    values = (element.get(name) or "" for name in names)
    return next((one for one in values if len(one) < _FULL_CHARACTERS and read_date(one) is not None), None)


def _full_rank(name: str) -> int:
    return _FULL.index(name) if name in _FULL else 1


def _place(element: etree._Element, nodes: dict[etree._Element, Node], tree: Tree, selection: Selection) -> Place:
    """Where an element stands: ``far`` in the head of the site, or well below the text."""
    around: etree._Element | None = element
    while around is not None and around not in nodes:
        around = around.getparent()
    if around is None or not selection.kept:
        return "head"
    number, last = nodes[around].start, selection.kept[-1].number
    anchor = selection.title or selection.kept[0]
    if number < anchor.number:
        return "head" if _stands_by(number, anchor) else "far"
    return "head" if number < last else "foot" if number <= last + 2 * _CONTAINER_BLOCKS else "far"


def _stands_by(number: int, anchor: Block) -> bool:
    """Whether the least element around a block and the headline holds little else before them."""
    node: Node | None = anchor.node
    while node is not None and node.start > number:
        node = node.parent
    return node is not None and node.tag not in {"body", "html"} and node.start >= number - _CONTAINER_BLOCKS


def _aside_elements(tree: Tree) -> set[etree._Element]:
    """The elements that hold nothing of the report: those ruled out, and those all of whose blocks are."""
    own = [0, *accumulate(block.reason not in ASIDE for block in tree.blocks)]
    return {
        node.element
        for node in tree.nodes
        if node.reason in ASIDE or (node.start < node.end and own[node.end] == own[node.start])
    }


def _within(element: etree._Element, marked: set[etree._Element]) -> bool:
    around = element
    for _ in range(60):
        if around is None:
            return False
        if around in marked:
            return True
        around = around.getparent()
    return False


def _is_of_comment(element: etree._Element) -> bool:
    """Whether a date belongs to a thing of its own inside the page, such as a comment or an event."""
    for around in element.iterancestors():
        kind = around.get("itemtype")
        if kind:
            return re.search(r"Comment|Review|Event|Product|Offer|Video|Image", kind) is not None
    return False


def _before(element: etree._Element) -> str:
    """The few words in front of an element."""
    previous = element.getprevious()
    parent = element.getparent()
    words = (
        (previous.tail or "".join(previous.itertext()))
        if previous is not None
        else parent.text
        if parent is not None
        else ""
    )
    return (words or "")[-30:]


def shown_stamps(tree: Tree, selection: Selection, order: Order | None, region: str) -> Iterator[Stamp]:
    """Dates that readers see at the head of the report, at its foot, then in the head of the site.

    A date above the headline may be today's, unless it stands in one box with the headline.
    """
    blocks, kept = tree.blocks, selection.kept
    anchor = selection.title or (kept[0] if kept else None)
    first = min(anchor.number, selection.first) if anchor is not None else selection.first
    last = kept[-1].number if kept else selection.first
    before = blocks[max(0, first - _FAR_BEFORE) : first][::-1]
    near = [block for block in before[:_HEAD_BEFORE] if anchor is not None and _stands_by(block.number, anchor)]
    beside = [block for block in blocks[selection.first + 1 : last] if block.reason in _BESIDE][:_HEAD_AFTER]
    inner = [block for block in kept[1:_HEAD_AFTER] if block.words <= 12]
    places: list[tuple[Place, list[Block]]] = [
        ("head", [*blocks[first : selection.first + 1], *near, *beside, *inner]),
        ("foot", [block for block in blocks[max(selection.first + 1, last - 1) : last + _FOOT] if block.words <= 20]),
        ("far", [block for block in before if block not in near]),
    ]
    texts = {block.number for block in kept}
    for place, chosen in places:
        for block in chosen:
            if block.reason in ASIDE or "©" in block.text or (place == "foot" and _is_of_teaser(block, tree)):
                continue
            text = _stamp_text(block, tree, is_title=block is selection.title)
            yield from _stamps_of(text, _label(block, tree), place, block.number in texts, order, region)
    if kept and "\n" in kept[-1].text and len((line := kept[-1].text.rsplit("\n", 1)[1]).split()) <= _LINE_WORDS:
        yield from _stamps_of(line, "", "foot", False, order, region)


def shown_clock(tree: Tree, selection: Selection, day: str, region: str) -> str | None:
    """A day with the time that stands alone at the head of the report, if one does."""
    start = selection.title.number if selection.title is not None else selection.first
    head = tree.blocks[start : selection.first + _CONTAINER_BLOCKS]
    found = [full for block in head if block.words <= 5 and (full := with_clock(day, block.text, region))]
    return found[0] if len(found) == 1 else None  # several are those of entries or turns


def _stamp_text(block: Block, tree: Tree, *, is_title: bool) -> str:
    """The words of a block that may say when: all of a short one, the first lines of a long one, a clock after a day."""
    text = block.text
    if block.words > 45 and not is_title:
        lines = text.split("\n")
        end = next((number for number, line in enumerate(lines) if len(line.split()) > _LINE_WORDS), len(lines))
        return "\n".join(lines[:end])
    following = tree.blocks[block.number + 1] if block.number + 1 < len(tree.blocks) else None
    if following is not None and is_time_stamp(text) and with_clock("2000-01-01", following.text):
        return f"{text} {following.text}"
    return text


def _label(block: Block, tree: Tree) -> str:
    """The words of a short block before, which may say what a date is: a term before its definition, a cell."""
    previous = tree.blocks[block.number - 1] if block.number else None
    return previous.text if previous is not None and previous.words <= 4 and previous.reason not in ASIDE else ""


def _is_of_teaser(block: Block, tree: Tree) -> bool:
    """Whether a small element holds a block and a link to something else."""
    for neighbour in tree.blocks[max(0, block.number - 1) : block.number + 2]:
        if neighbour is not block and neighbour.reason in {"link", "related"}:
            node: Node | None = block.node
            while node is not None and not node.start <= neighbour.number < node.end:
                node = node.parent
            if node is not None and node.end - node.start <= 3:
                return True
    return False


def _stamps_of(text: str, label: str, place: Place, is_text: bool, order: Order | None, region: str) -> Iterator[Stamp]:
    position = 0
    length = len(re.findall(r"\w+", text))
    for found in find_dates(text, order, region):
        before = text[position : found.start] if position or text[: found.start].strip() else label
        if is_text and length > 12 and "\n" not in text:
            position = found.end
            continue  # a day that the report speaks of
        changed = _UPDATED.search(before) is not None and not re.search(r"publish|posted", before[-20:], re.IGNORECASE)
        led = before if position or label in before else f"{label} {before}"
        position = found.end
        yield Stamp(found, changed, place, _TOLD.search(led) is not None and not _PUBLISHED.search(before))
