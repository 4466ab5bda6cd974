"""What of a page leads to other reports or to a till: lists of links, teasers, what follows "Read also", offers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from entente.reports.page_lines import closes_report, ends_sentence, is_chrome, names_related, opens_wall
from entente.reports.page_markup import Block, Node, Tree
from entente.reports.page_prose import Sums, prose_words, rule_out
from entente.reports.page_series import is_linked_headline, mark_series

__all__ = ["mark_lists"]

_CARD_TAGS = frozenset("li div article section td tr dd dl p figure h2 h3 h4 h5".split())
_CARD_WORDS, _LONG_CARD_WORDS, _CARD_BLOCKS = 90, 250, 9
_MANY_CARDS = 4
_FRAMES = frozenset({"html", "body", "main", "article"})
_LABEL_SKIPS = 40


def mark_lists(tree: Tree, title: Block | None, titles: list[str], *, live: bool = False) -> None:
    """Rule out link lists, groups of teasers for other reports, and what follows a label such as "Read also"."""
    sums = Sums(tree.blocks)
    for card in _find_cards(tree, sums, title, live=live):
        for block in tree.blocks[card.start : card.end]:
            block.reason = "related"
    if not live:
        mark_series(tree, title, titles)
    _mark_link_tables(tree)
    _mark_walls(tree, sums, title)
    for block in tree.blocks:
        if block.reason is None and block is not title and block.kind != "row":
            if 0.7 <= block.link_share < 0.9 and not ends_sentence(block.text):
                block.reason = "related"
            elif block.words <= 16 and (names_related(block.text) or closes_report(block.text)):
                _follow_label(block, tree, sums, title)


def _mark_link_tables(tree: Tree) -> None:
    """Rule out tables most of whose rows are links to something else."""
    tables: dict[int, list[Block]] = defaultdict(list)
    for block in tree.blocks:
        if block.kind == "row" and block.reason is None:
            tables[id(block.node.parent)].append(block)
    for rows in tables.values():
        if len(rows) > 2 and sum(row.link_share >= 0.5 for row in rows) > 0.6 * len(rows):
            rule_out(rows, "related")


def _mark_walls(tree: Tree, sums: Sums, title: Block | None) -> None:
    """Rule out what asks for money where a report breaks off, with the box that it opens."""
    for block in tree.blocks:
        if block.reason is not None or block is title or not opens_wall(block.text):
            continue
        box = block.node
        while box.parent is not None and box.parent.start == block.number and box.parent.tag not in _FRAMES:
            box = box.parent
        before = sums.prose[block.number] - (sums.prose[title.number] if title is not None else 0)
        own = box.start == block.number and box.tag not in _FRAMES
        if own and (before > 0 or sums.prose_of(box) <= 0.5 * sums.prose[-1]):
            rule_out(tree.blocks[box.start : box.end], "signup")
        else:
            block.reason = "signup"


def _find_cards(tree: Tree, sums: Sums, title: Block | None, *, live: bool) -> list[Node]:
    """The teasers for other reports: elements with a linked headline that stand beside others or are made alike."""
    beside: dict[int, list[Node]] = defaultdict(list)
    alike: dict[tuple[str, ...], list[Node]] = defaultdict(list)
    for node in tree.nodes:
        if node.parent is not None and node.reason is None and _is_card(node, tree, sums, title, live=live):
            beside[id(node.parent)].append(node)
            alike[_form(node)].append(node)
    groups = [*beside.values(), *(cards for form, cards in alike.items() if form[1])]
    found = {id(card): card for cards in groups if len(cards) > 1 for card in cards}
    forms = {
        form
        for form, count in Counter(map(_form, found.values())).items()
        if form[1] or form[0] in {"article", "li"} or count >= _MANY_CARDS
    }
    others = [node for node in tree.nodes if node.parent is not None and node.reason is None and id(node) not in found]
    for node in others:  # the longer ones among them
        if _form(node) in forms and _is_card(node, tree, sums, title, live=live, words=_LONG_CARD_WORDS):
            found[id(node)] = node
    return list(found.values())


def _form(node: Node) -> tuple[str, ...]:
    """How an element and the one around it are made; figures in names number things of one kind."""
    around = node.parent or node
    return node.tag, re.sub(r"\d+", "", node.names), around.tag, re.sub(r"\d+", "", around.names)


def _is_card(node: Node, tree: Tree, sums: Sums, title: Block | None, *, live: bool, words: int = _CARD_WORDS) -> bool:
    """Whether an element is a teaser for something else: a linked headline and at most a few more words."""
    if (
        (node.tag not in _CARD_TAGS and "-" not in node.tag)
        or not 0 < node.end - node.start <= _CARD_BLOCKS
        or sums.words_of(node) > words
    ):
        return False
    inside = tree.blocks[node.start : node.end]
    if any(block is title for block in inside) or (live and any(prose_words(block) for block in inside)):
        return False
    if not any(is_linked_headline(block) for block in inside[:4]):
        return False
    return sum(block.words for block in inside if block.link_share < 0.9) <= words - 30


def _follow_label(label: Block, tree: Tree, sums: Sums, title: Block | None) -> None:
    """Rule out a label and what belongs to it: its box, or the links that follow it."""
    box = label.node.parent if label.node.end - label.node.start == 1 else label.node
    related = names_related(label.text)
    if box is not None and box.tag not in {"body", "main", "article", "html"} and box.start == label.number:
        inside = tree.blocks[box.start : box.end]
        linked = any(block.link_share >= 0.9 for block in inside)
        if title not in inside and (linked or not related) and sums.prose_of(box) <= 0.3 * max(1, sums.prose[-1]):
            rule_out(inside, "related")
            return
    end = box.end if box is not None else len(tree.blocks)
    following = tree.blocks[label.number + 1 : min(end, label.number + _LABEL_SKIPS)]
    if not related and re.search(
        r"comment|conversation|author|writer|reply|say\b|media|press", label.text, re.IGNORECASE
    ):
        after = sum(prose_words(block) for block in following if block.reason is None)
        if label.kind == "heading" and after < 0.5 * max(1, sums.prose[-1]):
            rule_out([label, *tree.blocks[label.number + 1 : end]], "comment")
        return
    dropped = [label]
    for block in following:
        if block.reason is None and not _is_linklike(block):
            break
        dropped.append(block)
    if len(dropped) > 1 or not following or not related:
        rule_out(dropped, "related")


def _is_linklike(block: Block) -> bool:
    if block.link_share >= 0.5:
        return True
    return block.kind != "heading" and block.words < 12 and not ends_sentence(block.text) and is_chrome(block.text)
