"""The text of a page: the blocks of its report, without what is no prose among them, written as paragraphs."""

from __future__ import annotations

import re

import msgspec

from entente.reports.page_days import find_dates
from entente.reports.page_headline import find_title, same_title
from entente.reports.page_layout import mark_blocks, report_range
from entente.reports.page_lines import (
    ends_sentence,
    is_biography,
    is_byline,
    is_caption,
    is_chrome,
    is_credit,
    is_speaker_label,
    is_time_stamp,
    is_turn,
    says_who_and_when,
    without_credit,
)
from entente.reports.page_markup import Block, Tree
from entente.reports.page_prose import prose_words
from entente.reports.page_teasers import mark_lists

__all__ = ["Selection", "headline_of", "is_live", "select_text", "whole_text", "write_blocks"]

_TAIL_BLOCKS, _TURNS = 6, 3
_NAMED_ONLY = frozenset("author meta caption tags notice label form".split())
_THIN_WORDS = 20
_DASH_END = re.compile(r"[—–-]\s*$")
_LIVE_TITLE = re.compile(
    r"(?:^|[:|–—-]\s*)live\b(?! tv)|\blive(?=\s*(?:$|[:|–—-]|(?:blog|updates?|coverage|reports?)\b))|as it happened|latest updates|\bliveblog",
    re.IGNORECASE,
)
_LIVE_NAME = re.compile(r"live-?(?:blog|feed|entry|entries|update|post|stream)")
_LINE_CHARACTERS = 1500


class Selection(msgspec.Struct):
    """What of a page was taken as its text.

    ``title`` is the headline's block; ``first`` the number of the block that the text begins with; ``teasers`` the
    words of link lists and teasers for other reports.
    """

    kept: list[Block]
    title: Block | None
    first: int
    teasers: int

    @property
    def text(self) -> str:
        """The text, its paragraphs parted by blank lines."""
        return write_blocks(self.kept)

    @property
    def words(self) -> int:
        """How many words the text has."""
        return sum(block.words for block in self.kept)


def select_text(tree: Tree, titles: list[str], publisher: str | None = None) -> Selection:
    """Choose the blocks of a page that are its report's text.

    Parameters
    ----------
    tree : Tree
        The page's blocks.
    titles : list of str
        What the page gives as its title, best first.
    publisher : str, optional
        The name of the site, which may stand on the page as its greatest heading.
    """
    title = find_title(tree, titles, publisher)
    live = is_live(tree, titles)
    selection = _select(tree, title, titles, live=live)
    if sum(prose_words(block) for block in selection.kept) < _THIN_WORDS:
        trusted = _select(tree, title, titles, trusting=True, live=live)
        if trusted.words > 2 * selection.words + _THIN_WORDS and trusted.teasers < trusted.words:
            return trusted
        selection = _select(tree, title, titles, live=live)
        captions = [block for block in tree.blocks if block.reason == "caption" and ends_sentence(block.text)]
        if sum(block.words for block in captions) > 2 * _THIN_WORDS:  # a gallery that says all it says in captions
            kept = sorted({block.number: block for block in (*selection.kept, *captions)}.items())
            return Selection([block for _, block in kept], title, selection.first, selection.teasers)
    return selection


def _select(tree: Tree, title: Block | None, titles: list[str], *, live: bool, trusting: bool = False) -> Selection:
    if not tree.nodes or not tree.blocks:
        return Selection([], None, 0, 0)
    mark_blocks(tree, title, trusting=trusting, live=live)
    mark_lists(tree, title, titles, live=live)
    teasers = sum(block.words for block in tree.blocks if block.reason in {"related", "link"})
    start, end = report_range(tree, title)
    spoken = sum(is_turn(block.text) for block in tree.blocks[start:end]) > _TURNS
    for block in tree.blocks[start:end]:
        if spoken and block.reason in _NAMED_ONLY and is_turn(block.text):
            block.reason = None
        if block.reason is None and not (spoken and (block.text.endswith("?") or is_turn(block.text))):
            block.reason = _line_reason(block, [] if live and _is_entry_heading(block, title) else titles)
    kept = [block for block in tree.blocks[start:end] if block.reason is None]
    kept = _without_head(_without_bylines(_without_tail(kept)))
    kept = _without_empty_headings(kept)
    kept = kept if spoken else _without_repeats(kept)  # people say things twice
    first = kept[0].number if kept else start
    return Selection(kept, title, first, teasers)


def is_live(tree: Tree, titles: list[str]) -> bool:
    """Whether a page follows something as it happens, entry by entry."""
    named = any(_LIVE_NAME.search(node.names) for node in tree.nodes)
    return named or any(_LIVE_TITLE.search(title) for title in titles[:2])


def headline_of(selection: Selection, titles: list[str]) -> str | None:
    """The words of the headline as the page shows it; of a block with more in it, the line that is the title."""
    if selection.title is None:
        return None
    lines = selection.title.text.split("\n")
    if len(lines) > 1 and selection.title.kind != "heading":
        return next((line for line in lines for title in titles if same_title(line, title)), lines[0])
    return selection.title.text


def _is_entry_heading(block: Block, title: Block | None) -> bool:
    """Whether a heading stands below the page's headline, as that of an entry that may have given the page its title."""
    return title is not None and block.kind == "heading" and block.level > title.level


def _line_reason(block: Block, titles: list[str]) -> str | None:
    """Why the words of a block show that it is no text."""
    text = block.text
    if block.words > 90 or len(text) > _LINE_CHARACTERS:
        return None
    if not any(character.isalnum() for character in text):
        return "rule"
    if block.kind == "heading" and any(same_title(text, title) for title in titles[:2]) and block.level <= 2:
        return "title"
    if block.kind == "row" and any(same_title(cell, title) for cell in text.split(" | ") for title in titles[:2]):
        return "title"
    flat = text.replace("\n", " ")
    if is_time_stamp(flat) or is_byline(flat):
        return "meta"
    lines = text.split("\n")
    if len(lines) > 1 and all(is_time_stamp(line) or is_byline(line) or is_chrome(line) for line in lines):
        return "meta"
    if is_chrome(flat) and block.kind != "row":
        return "label"
    if is_credit(flat) and block.kind != "heading":
        return "credit"
    return "caption" if is_caption(flat) else None


def _without_bylines(blocks: list[Block]) -> list[Block]:
    """The blocks without lines of names and a date before the text or after its lead."""
    paragraphs = 0
    for block in blocks:
        if paragraphs > 1:
            break
        if block.kind == "text" and not is_speaker_label(block.text) and says_who_and_when(block.text):
            block.reason = "meta"
        paragraphs += prose_words(block) > 0
    return [block for block in blocks if block.reason is None]


def _without_head(blocks: list[Block]) -> list[Block]:
    """The blocks from the first that is text: what stands before it in a few words names a section or a place."""
    first = next((number for number, block in enumerate(blocks) if prose_words(block)), 0)
    head = [
        block
        for block in blocks[:first]
        if _opens(block) or _is_place_line(block, blocks[first]) or _is_salute(block, blocks[first])
    ]
    return head + blocks[first:]


def _is_place_line(block: Block, following: Block) -> bool:
    """Whether a line in capitals is where the paragraph below it was written."""
    beside = block.node.parent is following.node.parent and following.number == block.number + 1
    return beside and block.node.tag == following.node.tag == "p" and block.text.isupper() and block.words <= 3


def _is_salute(block: Block, following: Block) -> bool:
    """Whether a line names those whom the paragraphs beside it speak to."""
    return block.text.endswith(",") and block.words > 1 and block.node.parent is following.node.parent


def _opens(block: Block) -> bool:
    """Whether a block before the first paragraph is text; names with a date say who wrote when."""
    dated = (
        block.words <= 14
        and len(block.text) < _LINE_CHARACTERS
        and find_dates(block.text)
        and not ends_sentence(block.text)
    )
    if dated and block.kind != "heading" and not is_speaker_label(block.text):
        return len(block.text) > 2 * sum(date.end - date.start for date in find_dates(block.text)) and block.words > 9
    return (
        block.kind != "text"
        or block.words >= 8
        or ends_sentence(block.text)
        or _DASH_END.search(block.text) is not None
        or is_speaker_label(block.text)
    )


def _without_tail(blocks: list[Block]) -> list[Block]:
    """The blocks without credits and biographies at the end."""
    for block in blocks[-_TAIL_BLOCKS:]:
        if is_biography(block.text) and block is not blocks[0]:
            block.reason = "author"
    kept = [block for block in blocks if block.reason is None]
    if kept:
        last = kept[-1]
        shorter = without_credit(last.text)
        if shorter != last.text and len(shorter.split()) >= 4:
            kept[-1] = msgspec.structs.replace(last, text=shorter)
    return kept


def _without_empty_headings(blocks: list[Block]) -> list[Block]:
    """The blocks without headings that nothing follows, whose section was dropped."""
    kept: list[Block] = []
    for number, block in enumerate(blocks):
        if block.kind == "heading":
            following = next(
                (one for one in blocks[number + 1 :] if one.kind != "heading" or one.level <= block.level), None
            )
            standfirst = block.words >= 10 and number == 0
            if (following is None or following.kind == "heading") and not standfirst:
                continue
        kept.append(block)
    return kept


def _without_repeats(blocks: list[Block]) -> list[Block]:
    """The blocks without those that repeat another: quotations pulled out of the text, text shown twice."""
    kept: list[Block] = []
    seen: set[str] = set()
    plain = [_letters(block.text) for block in blocks]
    pulled = [_is_quotation(block) for block in blocks]
    told = " ".join(
        letters
        for block, letters, quoted in zip(blocks, plain, pulled, strict=True)
        if not quoted and block.kind != "heading"
    )
    for block, letters, quoted in zip(blocks, plain, pulled, strict=True):
        if block.words >= 4:
            if letters in seen and block.words >= 6 and not block.text.endswith("?"):  # one asks again
                continue
            seen.add(letters)
            if quoted and letters in told:
                continue
        kept.append(block)
    return kept


def _letters(text: str) -> str:
    return re.sub(r"\W+", " ", text).casefold().strip()


def _is_quotation(block: Block) -> bool:
    node = block.node
    names = node.names + " " + (node.parent.names if node.parent else "")
    return (
        (block.kind == "heading" and (ends_sentence(block.text) or block.text[0] in '“"‘«„'))
        or node.tag == "blockquote"
        or "quote" in names
        or (node.parent is not None and node.parent.tag in {"blockquote", "figure"})
    )


def write_blocks(blocks: list[Block]) -> str:
    """Blocks as text: paragraphs parted by a blank line, items and rows on lines of their own, speakers before their words."""
    pieces: list[tuple[str, bool]] = []
    label = ""
    for block in blocks:
        text = re.sub(r"\A([^\n]{1,90})\n", _joined, block.text)
        if label:
            text, label = f"{label} {text}", ""
        elif is_speaker_label(text) or (block.kind == "term" and len(text) < 90 and block is not blocks[-1]):
            label = text if text.endswith((":", ".")) else f"{text}:"
            continue
        dense = block.kind in {"item", "row"}
        if block.kind == "item" and _is_item(block):
            text = "- " + text
        elif block.kind == "item":
            dense = False
        pieces.append((text, dense))
    if label:
        pieces.append((label, False))
    written: list[str] = []
    dense_before = False
    for text, dense in pieces:
        if written:
            written.append("\n" if dense and dense_before else "\n\n")
        written.append(text)
        dense_before = dense
    return "".join(written)


def _joined(match: re.Match[str]) -> str:
    """A speaker's label in one line with what is said."""
    return f"{match.group(1)} " if is_speaker_label(match.group(1)) else match.group()


def _is_item(block: Block) -> bool:
    """Whether a block is an item by itself, rather than part of a section that somebody wrote as a list's item."""
    node = block.node
    while node.tag != "li" and node.parent is not None:
        node = node.parent
    return node.end - node.start == 1 or (
        block.number == node.start and next(node.element.iterdescendants("ul", "ol"), None) is not None
    )


def whole_text(tree: Tree) -> str:
    """All visible words of a page, a block to a line."""
    return "\n".join(block.text for block in tree.blocks)
