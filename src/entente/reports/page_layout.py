"""Where on a page its text is: which blocks something around them rules out, and which element holds the report."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import accumulate

from entente.reports.page_chrome import WEAK_REASONS
from entente.reports.page_lines import closes_report, ends_sentence, is_chrome, names_related, opens_wall
from entente.reports.page_markup import Block, Node, Tree

__all__ = ["find_title", "mark_blocks", "mark_lists", "prose_words", "report_range", "same_title"]

_CARD_TAGS = frozenset("li div article section td tr dd dl p figure h2 h3 h4 h5".split())
_CARD_WORDS, _LONG_CARD_WORDS, _CARD_BLOCKS = 90, 250, 9
_FRAMES = frozenset({"html", "body", "main", "article"})
_META_WORDS = 45
_LABEL_SKIPS = 40
_COLUMN_SHARE, _WHOLE_SHARE = 0.5, 0.92
_ASIDES = frozenset({"navigation", "related", "footer", "sidebar", "comment"})
_SURE_ASIDES = frozenset({"footer", "comment"})  # the others are guessed from names, which an h1 outweighs
_ELSEWHERE_WORDS, _HEADLINE_CHARACTERS = 40, 20
_POSTED = re.compile(r"(?:.*\n)?\s*[—–-]+\s*[^()\n]{2,60}\(@\w+\)", re.DOTALL)  # — Name (@name) 5 March 2024


def prose_words(block: Block) -> int:
    """The words of a block that reads as prose, else 0."""
    if block.kind == "heading" or block.link_share > 0.5 or block.words < 6:
        return 0
    return block.words if block.words >= 25 or ends_sentence(block.text) else 0


class Sums:
    """Words and prose of any element, from running totals."""

    def __init__(self, blocks: list[Block]) -> None:
        self.words = [0, *accumulate(block.words for block in blocks)]
        self.prose = [0, *accumulate(prose_words(block) if block.reason is None else 0 for block in blocks)]

    def words_of(self, node: Node) -> int:
        """All words inside an element."""
        return self.words[node.end] - self.words[node.start]

    def prose_of(self, node: Node) -> int:
        """The words of prose inside an element that nothing rules out."""
        return self.prose[node.end] - self.prose[node.start]


def same_title(one: str, other: str) -> bool:
    """Whether two titles are the same but for the site's name, punctuation and letters' size."""
    first, second = (re.sub(r"\W+", " ", words).casefold().strip() for words in (one, other))
    if not first or not second:
        return False
    short, long = sorted((first, second), key=len)
    return first == second or (len(short) >= 15 and (long.startswith(short) or long.endswith(" " + short)))


def find_title(tree: Tree, titles: list[str]) -> Block | None:
    """The block that is the report's headline: one that says what the page gives as its title, else its first h1."""
    headings = [block for block in tree.blocks if block.kind == "heading"]
    own = [block for block in headings if not _is_aside(block.node)]
    for among in (own, [block for block in headings if block.level == 1 and not _is_aside(block.node, _SURE_ASIDES)]):
        for title in titles:
            for block in sorted((one for one in among if same_title(one.text, title)), key=lambda one: one.level):
                return block
        for block in among:
            if block.level == 1 and block.link_share < 0.9:
                return block
    for title in titles:
        for block in tree.blocks:
            if (
                block.words > 2
                and same_title(block.text, title)
                and block.link_share < 0.5
                and not _is_aside(block.node)
            ):
                return block
    return None


def _is_aside(node: Node | None, reasons: frozenset[str] = _ASIDES) -> bool:
    while node is not None:
        if node.own in reasons:
            return True
        node = node.parent
    return False


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
    for node in tree.nodes:
        inside = tree.blocks[node.start : node.end]
        if node.tag == "blockquote" and any(_POSTED.match(block.text) for block in inside[-2:]):
            _rule_out(inside, "embed")
        elif node.tag == "dl" and title is not None and title.number < node.start < lead:
            spoken = any(block.text.endswith((".", "?", "!", "”", "…")) for block in inside)
            _rule_out([] if spoken else inside, "meta")


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
        if node.media and (node.tag != "p" or step) and sums.words_of(node) <= 45:
            return block.kind != "heading" and node.end - node.start <= 3
        node = node.parent
    return False


def mark_lists(tree: Tree, title: Block | None, *, live: bool = False) -> None:
    """Rule out link lists, groups of teasers for other reports, and what follows a label such as "Read also"."""
    sums = Sums(tree.blocks)
    for card in _find_cards(tree, sums, title, live=live):
        for block in tree.blocks[card.start : card.end]:
            block.reason = "related"
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
            _rule_out(rows, "related")


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
            _rule_out(tree.blocks[box.start : box.end], "signup")
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
    forms = {_form(card) for card in found.values() if card.names or card.tag in {"article", "li"}}
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
    if node.tag not in _CARD_TAGS or not 0 < node.end - node.start <= _CARD_BLOCKS or sums.words_of(node) > words:
        return False
    inside = tree.blocks[node.start : node.end]
    if any(block is title for block in inside) or (live and any(prose_words(block) for block in inside)):
        return False
    if not any(_is_linked_headline(block) for block in inside[:4]):
        return False
    return sum(block.words for block in inside if block.link_share < 0.9) <= words - 30


def _is_linked_headline(block: Block) -> bool:
    """Whether a block is a link to another report, perhaps with that report's kind and date."""
    if block.link_share >= 0.9:
        return block.words >= 3
    return block.link_share >= 0.6 and block.linked >= _HEADLINE_CHARACTERS and not ends_sentence(block.text)


def _follow_label(label: Block, tree: Tree, sums: Sums, title: Block | None) -> None:
    """Rule out a label and what belongs to it: its box, or the links that follow it."""
    box = label.node.parent if label.node.end - label.node.start == 1 else label.node
    related = names_related(label.text)
    if box is not None and box.tag not in {"body", "main", "article", "html"} and box.start == label.number:
        inside = tree.blocks[box.start : box.end]
        linked = any(block.link_share >= 0.9 for block in inside)
        if title not in inside and (linked or not related) and sums.prose_of(box) <= 0.3 * max(1, sums.prose[-1]):
            _rule_out(inside, "related")
            return
    end = box.end if box is not None else len(tree.blocks)
    following = tree.blocks[label.number + 1 : min(end, label.number + _LABEL_SKIPS)]
    if not related and re.search(
        r"comment|conversation|author|writer|reply|say\b|media|press", label.text, re.IGNORECASE
    ):
        after = sum(prose_words(block) for block in following if block.reason is None)
        if label.kind == "heading" and after < 0.5 * max(1, sums.prose[-1]):
            _rule_out([label, *tree.blocks[label.number + 1 : end]], "comment")
        return
    dropped = [label]
    for block in following:
        if block.reason is None and not _is_linklike(block):
            break
        dropped.append(block)
    if len(dropped) > 1 or not following or not related:
        _rule_out(dropped, "related")


def _is_linklike(block: Block) -> bool:
    if block.link_share >= 0.5:
        return True
    return block.kind != "heading" and block.words < 12 and not ends_sentence(block.text) and is_chrome(block.text)


def _rule_out(blocks: list[Block], reason: str) -> None:
    for block in blocks:
        block.reason = block.reason or reason


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
