"""The paragraphs of a WordprocessingML document, as somebody reads them who sees the last state of its changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

import msgspec
from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Block", "Styles", "as_text", "blocks_of", "note_numbers"]

# What a reader of the last state does not see, besides fields' codes and deleted text, which are elements of their own.
_UNSEEN = frozenset(
    "del moveFrom instrText delText delInstrText rPr pPr sectPr tblPr tblGrid trPr tcPr sdtPr rt commentReference "
    "annotationRef footnoteRef endnoteRef Fallback".split()
)
_LETTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
CELL_CHARACTERS = 120
"""A table whose cells hold more than this is there for the layout of the page, not for figures."""

Kind = Literal["prose", "item", "row", "contents"]


class Block(msgspec.Struct, frozen=True):
    """A paragraph, an item of a list, a row of a table, or a line of a table of contents.

    ``level`` is 0 for a title, 1 to 9 for headings, None for all else.
    """

    text: str
    kind: Kind = "prose"
    level: int | None = None


class _Style(msgspec.Struct, frozen=True):
    name: str = ""
    level: int | None = None
    numbered: bool | None = None
    base: str | None = None


class Styles:
    """What the styles of a document say of its paragraphs."""

    def __init__(self, root: _Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        for style in [] if root is None else _children(root, "style"):
            name = _value(_child(style, "name")) or ""
            properties = _child(style, "pPr")
            base = _value(_child(style, "basedOn"))
            self._styles[_attribute(style, "styleId") or name] = _Style(
                name.lower(), _level(name.lower(), properties), _is_numbered(properties), base
            )

    def level(self, style: str | None) -> int | None:
        """The level of the headings that are set in a style."""
        return next((one.level for one in self._chain(style) if one.level is not None), None)

    def is_numbered(self, style: str | None) -> bool:
        """Whether paragraphs in a style are items of a list."""
        return next((one.numbered for one in self._chain(style) if one.numbered is not None), False)

    def is_contents(self, style: str | None) -> bool:
        """Whether paragraphs in a style are lines of a table of contents."""
        return any(one.name.startswith("toc ") for one in self._chain(style))

    def _chain(self, style: str | None) -> Iterator[_Style]:
        seen: set[str] = set()
        while style is not None and style not in seen and style in self._styles:
            seen.add(style)
            yield self._styles[style]
            style = self._styles[style].base


def blocks_of(root: _Element, styles: Styles) -> Iterator[Block]:
    """The blocks of a part of the document, in order; what stands in text boxes follows the paragraph of the box."""
    carried = ""
    for block in _blocks(root, styles):
        if isinstance(block, _Unended):
            carried += block.text
        elif text := (carried + block.text).strip():
            carried = ""
            yield msgspec.structs.replace(block, text=text)
    if carried.strip():
        yield Block(carried.strip())


def note_numbers(root: _Element) -> list[str]:
    """The ids of the footnotes and endnotes that the text points to, in order, each after its kind."""
    found = []
    for element in root.iter("{*}footnoteReference", "{*}endnoteReference"):
        found.append(f"{_name(element).removesuffix('Reference')} {_attribute(element, 'id')}")
    return found


def as_text(blocks: Iterable[Block]) -> str:
    """Blocks with a blank line between them; rows of a table and items of a list follow each other."""
    text, before = "", "prose"
    for block in blocks:
        if text:
            text += "\n" if block.kind == before != "prose" else "\n\n"
        text += ("- " if block.kind == "item" else "") + block.text
        before = block.kind
    return text


class _Unended(msgspec.Struct, frozen=True):
    """A paragraph whose end was deleted, so that the next one goes on with it."""

    text: str


def _blocks(parent: _Element, styles: Styles) -> Iterator[Block | _Unended]:
    for element in parent:
        match _name(element):
            case "p":
                yield from _paragraph(element, styles)
            case "tbl":
                yield from _table(element, styles)
            case "AlternateContent":
                yield from _blocks(_chosen(element), styles)
            case "sdt" if _is_contents(element):
                for block in _blocks(element, styles):
                    yield Block(block.text, "contents")
            case name if name not in _UNSEEN:
                yield from _blocks(element, styles)


def _paragraph(paragraph: _Element, styles: Styles) -> Iterator[Block | _Unended]:
    boxes: list[_Element] = []
    text = "".join(_words(paragraph, boxes))
    properties = _child(paragraph, "pPr")
    style = _value(_child(properties, "pStyle"))
    level = _level("", properties)
    level = styles.level(style) if level is None else level
    numbered = _is_numbered(properties)
    kind: Kind = "prose"
    if styles.is_contents(style):
        kind = "contents"
    elif level is None and (styles.is_numbered(style) if numbered is None else numbered):
        kind = "item"
    if _child(_child(properties, "rPr"), "del") is not None:
        yield _Unended(text)
    else:
        yield Block(text, kind, level)
    for box in boxes:
        yield from _blocks(box, styles)


def _words(parent: _Element, boxes: list[_Element]) -> Iterator[str]:
    """The words of a paragraph; text boxes that stand in it are put aside."""
    for element in parent:
        name = _name(element)
        if name == "t":
            yield element.text or ""
        elif name in _LETTERS:
            yield _LETTERS[name]
        elif name == "txbxContent":
            boxes.append(element)
        elif name == "AlternateContent":
            yield from _words(_chosen(element), boxes)
        elif name == "sdt" and _child(_child(element, "sdtPr"), "showingPlcHdr") is not None:
            continue  # "Click or tap here to enter text"
        elif name not in _UNSEEN and not (name == "r" and _is_hidden(element)):
            yield from _words(element, boxes)


def _table(table: _Element, styles: Styles) -> Iterator[Block | _Unended]:
    """The rows of a table; where it is there for the page's layout, the paragraphs of its cells."""
    for row in _rows(table):
        cells = [list(blocks_of(cell, styles)) for cell in _cells(row)]
        is_layout = any(len(cell) > 1 or sum(len(b.text) for b in cell) > CELL_CHARACTERS for cell in cells)
        if is_layout or sum(map(bool, cells)) < 2:
            for cell in cells:
                yield from cell
        else:
            yield Block("\t".join(" ".join(b.text for b in cell).replace("\n", " ") for cell in cells), "row")


def _rows(table: _Element) -> Iterator[_Element]:
    """Rows, those inserted or bound to data too, without those that were deleted."""
    for element in table:
        name = _name(element)
        if name == "tr":
            if _child(_child(element, "trPr"), "del") is None:
                yield element
        elif name not in _UNSEEN:
            yield from _rows(element)


def _cells(row: _Element) -> Iterator[_Element]:
    for element in row:
        name = _name(element)
        if name == "tc":
            yield element
        elif name not in _UNSEEN:
            yield from _cells(element)


def _chosen(alternatives: _Element) -> _Element:
    """The first of the alternatives that stand for the same thing."""
    choice = _child(alternatives, "Choice")
    fallback = _child(alternatives, "Fallback")
    return choice if choice is not None else fallback if fallback is not None else alternatives


def _is_contents(block: _Element) -> bool:
    gallery = block.find("{*}sdtPr/{*}docPartObj/{*}docPartGallery")
    return gallery is not None and _value(gallery) == "Table of Contents"


def _is_hidden(run: _Element) -> bool:
    return _is_on(_child(_child(run, "rPr"), "vanish"))


def _level(name: str, properties: _Element | None) -> int | None:
    """The level of a heading by its style's name, which is English in every edition of Word, or its outline."""
    if name == "title":
        return 0
    if name.startswith("heading ") and name[8:].isdecimal():
        return int(name[8:])
    outline = _value(_child(properties, "outlineLvl"))
    return int(outline) + 1 if outline and outline.isdecimal() and int(outline) < 9 else None


def _is_numbered(properties: _Element | None) -> bool | None:
    """Whether a number or bullet is asked for; 0 takes away that of the style, None leaves it."""
    numbering = _child(properties, "numPr")
    if numbering is None:
        return None
    number = _value(_child(numbering, "numId"))
    return None if number is None else number != "0"


def _is_on(element: _Element | None) -> bool:
    return element is not None and (_value(element) or "1") not in ("0", "false", "off")


def _name(element: _Element) -> str:
    """The name without its namespace, since there are two editions of these; empty for comments and the like."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _child(element: _Element | None, name: str) -> _Element | None:
    return None if element is None else next(_children(element, name), None)


def _children(element: _Element, name: str) -> Iterator[_Element]:
    return (child for child in element if _name(child) == name)


def _value(element: _Element | None) -> str | None:
    return None if element is None else _attribute(element, "val")


def _attribute(element: _Element, name: str) -> str | None:
    return next((str(value) for key, value in element.items() if etree.QName(key).localname == name), None)
