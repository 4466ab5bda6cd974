"""A page's markup as blocks of words in document order, each with the elements around it."""

from __future__ import annotations

import re
from typing import Literal

import msgspec
from lxml import etree

from entente.reports.page_chrome import is_hidden, names_of, own_reason

__all__ = ["Block", "BlockKind", "Node", "Tree", "read_blocks"]

BlockKind = Literal["text", "heading", "item", "term", "row", "pre"]

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form "
    "frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup p pre search section summary "
    "table tbody tfoot thead td th tr ul caption button noscript template amp-accordion head listing xmp".split()
)
_CONTAINERS = frozenset("body div article section main td center form".split())
_SKIPPED = frozenset(
    "script style title meta link base svg iframe object embed audio video canvas textarea select datalist map rt rp del "
    "noframes amp-ad amp-embed amp-auto-ads amp-iframe amp-analytics amp-pixel amp-img option frame".split()
)
_MEDIA = frozenset("img picture video amp-img audio iframe amp-video amp-carousel amp-youtube svg".split())
_OWN_MEDIA = re.compile(r"[\w-]+-(?:img|image|picture|photo|video|gallery|audio)")  # elements of a site's own making
_LABELS = frozenset("span time small label data".split())
_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_NOTHING = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\0"))
_LINK_MARKS = re.compile(r"\s*[\[\]|•·»]\s*")
_FOOTNOTE = re.compile(r"\s*[\[(]?(?:\d{1,3}|[a-z*†‡])[\])]?\s*")
_DATA_CELL_WORDS = 60


class Node(msgspec.Struct, gc=True):
    """A block-level element: its names (class, id, role), and the blocks ``[start, end)`` inside it.

    ``own`` is why its own markup makes it no text, ``reason`` why it or something around it is none.
    """

    tag: str
    parent: Node | None
    element: etree._Element
    names: str = ""
    own: str | None = None
    reason: str | None = None
    start: int = 0
    end: int = 0
    media: bool = False


class Block(msgspec.Struct, gc=True):
    """Words that stand together on the page: a paragraph, a heading, an item, a table's row.

    ``linked`` and ``marked`` are the characters inside links and inside inline elements that are no text by their
    name (a credit, a share button), ``marks`` those of marks between links, ``target`` where the first link leads; ``reason`` is why the
    block is not text, None while nothing speaks against it.
    """

    text: str
    node: Node
    kind: BlockKind
    level: int = 0
    linked: int = 0
    marks: int = 0
    marked: str | None = None
    reason: str | None = None
    number: int = 0
    words: int = 0
    target: str = ""

    @property
    def link_share(self) -> float:
        """The part of its characters, but for marks between links, that is inside links."""
        return min(1.0, self.linked / max(1, len(self.text) - self.marks))


class Tree(msgspec.Struct):
    """The blocks and block-level elements of a page, both in document order."""

    blocks: list[Block]
    nodes: list[Node]


class _Writer:
    """Gathers the words of one block at a time while the tree is walked."""

    def __init__(self) -> None:
        self.tree = Tree([], [])
        self.stack: list[Node] = []
        self.parts: list[str] = []
        self.linked = self.marked = self.letters = 0
        self.mark: str | None = None
        self.links = 0
        self.href = self.target = ""
        self.marks: list[str] = []
        self.preformatted = 0
        self.breaks = 0

    def write(self, words: str | None) -> None:
        """Take in character data, whose white space means no more than a space unless it is preformatted."""
        if not words:
            return
        words = words.translate(_NOTHING)
        if not self.preformatted:
            words = _SPACES.sub(" ", words)
        if not words.strip():
            self.parts.append(words)
            return
        self.breaks = 0
        self.parts.append(words)
        self.letters += (size := len(words.strip()))
        if self.links:
            self.linked += size
            self.target = self.target or self.href
        if self.marks:
            self.marked += size
            self.mark = self.marks[-1]

    def line_break(self) -> None:
        """End a line; a second time without words between ends the block."""
        self.breaks += 1
        if self.breaks > 1:
            self.close()
        else:
            self.parts.append("\n")

    def close(self) -> None:
        """End the block."""
        text = "".join(self.parts)
        pieces = re.split(r"\n[ \t]*\n", text) if self.preformatted else [text]
        for piece in pieces:
            lines = (_SPACES.sub(" ", line).strip() for line in piece.split("\n"))
            if words := "\n".join(line for line in lines if line):
                self._add(words)
        self.parts.clear()
        self.linked = self.marked = self.letters = 0
        self.mark = None
        self.target = ""
        self.breaks = 0

    def _add(self, text: str) -> None:
        node = self.stack[-1]
        kind, level = _kind(node)
        block = Block(text, node, kind, level, self.linked, number=len(self.tree.blocks), words=len(text.split()))
        if self.linked:
            block.target = self.target
            block.marks = sum(map(len, _LINK_MARKS.findall(text)))
        if self.marked >= 0.9 * self.letters > 0:
            block.marked = self.mark
        self.tree.blocks.append(block)


def _kind(node: Node) -> tuple[BlockKind, int]:
    """What a block directly inside an element is; a heading also by its role."""
    around: Node | None = node
    for _ in range(3):  # a paragraph in an item, in a quotation in an item
        if around is None:
            break
        tag = around.tag
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            return "heading", int(tag[1])
        if tag == "li":
            return "item", 0
        if tag in {"dt", "tr", "pre"}:
            return ({"dt": "term", "tr": "row", "pre": "pre"}[tag]), 0  # type: ignore[return-value]  # the three kinds
        if tag in _CONTAINERS or tag in {"dd", "table"}:
            break
        around = around.parent
    return "text", 0


def read_blocks(root: etree._Element, *, unseen: bool = False) -> Tree:
    """The visible words of a page, block by block.

    Parameters
    ----------
    root : element
        The page's tree.
    unseen : bool
        Also what browsers with scripts do not show: ``noscript`` and ``template``.
    """
    writer = _Writer()
    skipped: etree._Element | None = None
    data_tables: list[etree._Element] = []
    opened: dict[etree._Element, str] = {}
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            if skipped is None:
                role = _open(element, writer, data_tables, unseen=unseen)
                if role == "skip":
                    skipped = element
                else:
                    opened[element] = role
                    writer.write(element.text)
        else:
            if skipped is None:
                _close(element, opened.pop(element, "inline"), writer, data_tables)
                writer.write(element.tail)
            elif skipped is element:
                skipped = None
                writer.write(element.tail)
    if writer.stack:
        writer.close()
    return writer.tree


def _open(element: etree._Element, writer: _Writer, data_tables: list[etree._Element], *, unseen: bool) -> str:
    """Begin an element: ``skip`` it, or take it as ``block``, ``link``, ``mark``, ``cell``, ``quote`` or ``inline``."""
    tag = element.tag if isinstance(element.tag, str) else "skip"
    if writer.stack and (tag in _MEDIA or ("-" in tag and _OWN_MEDIA.fullmatch(tag))):
        writer.stack[-1].media = True
    if tag == "skip" or tag in _SKIPPED or is_hidden(element) or (tag == "sup" and _is_footnote(element, writer)):
        return "skip"
    shadow = tag == "template" and element.get("shadowrootmode")
    if tag in {"noscript", "template"} and not unseen and not shadow:
        return "skip"
    if tag == "br":
        writer.line_break()
        return "skip"
    if data_tables and tag in {"td", "th", "p", "div", "tbody", "thead", "tfoot"}:
        if tag in {"td", "th"} and writer.letters:
            writer.parts.append(" | ")
        return "inline" if tag not in {"p", "div"} else "space"
    if tag == "table" and _holds_data(element):
        data_tables.append(element)
    if tag in _BLOCKS or _is_block(element, tag):
        return _open_block(element, tag, writer)
    if tag == "a" and not re.match(r"#.", element.get("href") or ""):  # a link to a place in the text is none
        before = writer.parts[-1] if writer.parts else " "
        if _is_parted(element, before) or (
            writer.links == 0 and not before.endswith((" ", "\n")) and _after_link(element)
        ):
            writer.parts.append(" ")
        writer.links += 1
        writer.href = element.get("href") or ""
        return "link"
    if tag in _LABELS and writer.parts and _is_parted(element, writer.parts[-1]):
        writer.parts.append(" ")
    if tag == "q":
        writer.parts.append("“")
        return "quote"
    if (reason := own_reason(tag, names_of(element))) is not None:
        writer.marks.append(reason)
        return "mark"
    if tag == "time":
        writer.marks.append("meta")
        return "mark"
    return "inline"


def _open_block(element: etree._Element, tag: str, writer: _Writer) -> str:
    if writer.stack:
        writer.close()
    parent = writer.stack[-1] if writer.stack else None
    names = names_of(element)
    node = Node(tag, parent, element, names, own_reason(tag, names), start=len(writer.tree.blocks))
    writer.stack.append(node)
    writer.tree.nodes.append(node)
    writer.preformatted += tag in {"pre", "listing", "xmp"}
    return "block"


def _close(element: etree._Element, role: str, writer: _Writer, data_tables: list[etree._Element]) -> None:
    """End an element that was begun."""
    if data_tables and data_tables[-1] is element:
        data_tables.pop()
    match role:
        case "block":
            writer.close()
            node = writer.stack.pop()
            node.end = len(writer.tree.blocks)
            writer.preformatted -= node.tag in {"pre", "listing", "xmp"}
            if node.media and node.tag in {"a", "div", "p", "li"} and writer.stack and node.end == node.start:
                writer.stack[-1].media = True  # an image in a box of its own belongs to what is around the box
            if not writer.stack:
                writer.stack.append(node)  # words after the last element still belong to the page
        case "link":
            writer.links -= 1
        case "mark":
            writer.marks.pop()
        case "quote":
            writer.parts.append("”")
        case "space":
            writer.parts.append(" ")


def _is_block(element: etree._Element, tag: str) -> bool:
    """Whether an element that no standard makes a block is shown as one: by its style, or a box of its own making."""
    style = element.get("style")
    if style and re.search(r"display\s*:\s*(?:block|flex|grid|list-item)", style):
        return True
    if "-" not in tag:
        return False
    parent = element.getparent()
    if parent is None or (parent.tag not in _CONTAINERS and "-" not in str(parent.tag)):
        return False
    return not any((text or "").strip() for text in (parent.text, element.tail))


def _after_link(element: etree._Element) -> bool:
    previous = element.getprevious()
    return previous is not None and previous.tag == "a" and not (previous.tail or "")


def _is_parted(element: etree._Element, before: str) -> bool:
    """Whether two labels side by side are parted by style only: a name and a date, not the halves of a word."""
    previous = element.getprevious()
    if previous is None or previous.tag not in _LABELS | {"a"} or previous.tail:
        return False
    first = next((text for text in element.itertext() if text.strip()), "")
    if before[-1:].islower() or before[-1:].isdigit():
        return first[:1].isupper() or first[:1].isdigit()
    return before[-2:].isupper() and (first[:1].isdigit() or (first[:1].isupper() and first[1:2].islower()))


def _is_footnote(element: etree._Element, writer: _Writer) -> bool:
    """Whether a raised mark points to a note rather than being an exponent or the end of an ordinal."""
    words = "".join(element.itertext())
    if not _FOOTNOTE.fullmatch(words):
        return False
    if "[" in words or element.find("a") is not None or "note" in names_of(element) or "reference" in names_of(element):
        return True
    before = next((part for part in reversed(writer.parts) if part), "")
    return before.rstrip()[-1:] in set('.,;:”"’)') and words.strip().isdigit()


def _holds_data(table: etree._Element) -> bool:
    """Whether a table holds figures and words in rows and columns, rather than the page's layout or its prose."""
    if table.get("role") == "presentation" or next(table.iterdescendants("table"), None) is not None:
        return False
    if next(table.iterdescendants("h1", "h2", "h3", "ul", "ol", "article", "form", "blockquote"), None) is not None:
        return False
    rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in table.iterdescendants("tr")]
    if max((len(row) for row in rows), default=0) < 2 or len(rows) < 2:
        return False
    return all(len(" ".join(cell.itertext()).split()) <= _DATA_CELL_WORDS for row in rows for cell in row)
