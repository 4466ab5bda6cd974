"""Where on a page its text is: which blocks something around them rules out, and which element holds the report."""

from __future__ import annotations

import re
from collections import defaultdict

from entente.reports.page_chrome import WEAK_REASONS
from entente.reports.page_lines import ends_sentence
from entente.reports.page_markup import Block, Node, Tree
from entente.reports.page_prose import Sums, prose_words, rule_out

__all__ = ["mark_blocks", "report_range"]

_META_WORDS = 45
_COLUMN_SHARE, _WHOLE_SHARE = 0.5, 0.92
_ELSEWHERE_WORDS = 40
_PICTURE_WORDS = 100
# A box named after the picture in it, unless also after words beside the picture.
_PICTURE_BOX = re.compile(
    r"^(?!.*(?:text|body|content|teaser|card|media-object)).*(?:^|[\s-])(?:pic|picture|photo|image|img|figure)s?(?:[\s-]|$)"
)
_POSTED = re.compile(r"(?:.*\n)?\s*[—–-]+\s*[^()\n]{2,60}\(@\w+\)", re.DOTALL)  # — Name (@name) 5 March 2024


def mark_blocks(tree: Tree, title: Block | None, *, trusting: bool = False, live: bool = False) -> None:
    """Give each block the reason that an element around it makes it no text.

    A name yields where its element holds the headline, and a weak one where it holds most of the page's prose;
    ``trusting`` disregards all but the firmest.
    """
    sums = Sums(tree.blocks)
    total = sums.prose[-1]
    for node in tree.nodes:
        reason = node.own
        if reason and _yields(node, reason, title, sums, total, trusting=trusting):
            reason = None
        node.reason = (node.parent.reason if node.parent is not None else None) or reason
    for block in tree.blocks:
        block.reason = (
            block.node.reason or block.marked or (None if block.link_share < 0.9 or title is block else "link")
        )
        if block.reason == "link" and (
            (block.words >= 12 and ends_sentence(block.text)) or (live and block.kind == "heading")
        ):
            block.reason = None
        if block.reason is None and _is_beside_picture(block, sums):
            block.reason = "caption"
        if block.reason == "share" and prose_words(block) and block.node.tag == "p":
            block.reason = None
    _mark_boxes(tree, title)


def _mark_boxes(tree: Tree, title: Block | None) -> None:
    """Rule out posts of others that the report shows, and lists of facts about it before its first paragraph."""
    first = next((block.number for block in tree.blocks if block.reason is None and prose_words(block)), 0)
    lead = next(
        (block.number for block in tree.blocks[first + 1 :] if block.reason is None and prose_words(block)), first
    )
    for node in (one for one in tree.nodes if one.tag in {"blockquote", "dl"}):
        inside = tree.blocks[node.start : node.end]
        if node.tag == "blockquote" and any(_POSTED.match(block.text) for block in inside[-2:]):
            rule_out(inside, "embed")
        elif node.tag == "dl" and title is not None and title.number < node.start < lead:
            spoken = any(block.text.endswith((".", "?", "!", "”", "…")) for block in inside)
            rule_out([] if spoken else inside, "meta")


def _yields(node: Node, reason: str, title: Block | None, sums: Sums, total: int, *, trusting: bool) -> bool:
    prose = sums.prose_of(node)
    if title is not None and node.start <= title.number < node.end and node.tag not in {"nav", "h1", "h2"}:
        return True
    if node.tag == "aside" and title is not None and total - prose >= _ELSEWHERE_WORDS:
        return False  # the headline is elsewhere, and so is text
    if reason == "meta" and sums.words_of(node) > _META_WORDS and node.tag not in {"footer"}:
        return True
    if reason == "footer" and _is_inside(node, "blockquote"):
        return True
    if trusting and reason not in {"footer", "comment", "navigation", "caption"}:
        return True
    return reason in WEAK_REASONS and prose >= 0.5 * total > 0


def _is_inside(node: Node, tag: str) -> bool:
    around = node.parent
    while around is not None:
        if around.tag == tag:
            return True
        around = around.parent
    return False


def _is_beside_picture(block: Block, sums: Sums) -> bool:
    """Whether a block stands in a box of its own with a picture."""
    node: Node | None = block.node
    for step in range(3):
        if node is None or node.tag in {"body", "article", "main", "html", "blockquote", "table", "tr", "header"}:
            return False
        if node.tag == "figure" and node.media:
            return True
        if node.media and _PICTURE_BOX.search(node.names) and sums.words_of(node) <= _PICTURE_WORDS:
            return block.kind != "heading" and node.end - node.start <= 3
        if node.media and (node.tag != "p" or step) and sums.words_of(node) <= 45:
            return block.kind != "heading" and node.end - node.start <= 3
        node = node.parent
    return False


def report_range(tree: Tree, title: Block | None) -> tuple[int, int]:
    """The blocks ``[start, end)`` among which the report's text is."""
    sums = Sums(tree.blocks)
    total = sums.prose[-1]
    if title is not None and sums.prose[title.number] > 0.5 * total:
        title = None  # a headline after the text is that of something else
    children: dict[int, list[Node]] = defaultdict(list)
    for node in tree.nodes:
        if node.parent is not None:
            children[id(node.parent)].append(node)
    node = tree.nodes[0]
    while (inner := _inner(node, children[id(node)], title, sums)) is not None:
        node = inner
    start, end = node.start, node.end
    if title is not None:
        start = title.number + 1
        end = max(end, start)
    return start, end


def _inner(node: Node, children: list[Node], title: Block | None, sums: Sums) -> Node | None:
    """The child that the report is in, None where it is all of the element."""
    whole = sums.prose_of(node)
    if not whole or not children:
        return None
    holds_title = title is not None and node.start <= title.number < node.end
    for child in children:
        if title is not None and child.start <= title.number < child.end:
            prose = sums.prose_of(child)
            if child.tag == "article" and (prose >= 20 or prose >= 0.3 * whole):
                return child
            if prose >= _COLUMN_SHARE * whole and not _continues(child, children, sums):
                return child
    best = max(children, key=sums.prose_of)
    if sums.prose_of(best) >= _WHOLE_SHARE * whole and not (node.tag == "article" and holds_title):
        return best
    articles = [child for child in children if child.tag == "article" and sums.prose_of(child) >= 60]
    if title is None and len(articles) > 1 and sums.prose_of(articles[0]) > 0.3 * whole and _has_h1(articles):
        return articles[0]
    return None


def _continues(child: Node, children: list[Node], sums: Sums) -> bool:
    """Whether the text begun in a child goes on in those after it, as their names say or as their prose shows."""
    if child.tag in {"header", "hgroup", "h1"}:
        return True
    after = [one for one in children if one.start >= child.end and one.reason is None]
    if any(re.search(r"(?:^|-|\s)(?:body|content|text|article|entry|story)(?:$|-|\s)", one.names) for one in after):
        return any(sums.prose_of(one) >= 15 for one in after)
    if child.tag in {"tr", "p", "td"} and child.tag != "td":
        return any(sums.prose_of(one) for one in after)
    return any(one.tag == "p" and sums.prose_of(one) for one in after)


def _has_h1(articles: list[Node]) -> bool:
    return all(next(one.element.iterdescendants("h1"), None) is not None for one in articles[:2])
