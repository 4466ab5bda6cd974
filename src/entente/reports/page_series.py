"""Teasers that no box holds together: linked headlines one after another, each with a few words and a date below."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

import msgspec

from entente.reports.page_days import find_dates
from entente.reports.page_headline import same_title
from entente.reports.page_lines import ends_sentence, is_time_stamp, says_who_and_when
from entente.reports.page_markup import Block, Node, Tree
from entente.reports.page_prose import prose_words, rule_out

__all__ = [
    "Entry",
    "find_boxes",
    "find_series",
    "is_dated",
    "is_headed",
    "is_linked_headline",
    "mark_series",
    "names_list",
    "says_when",
]

_HEADLINE_CHARACTERS, _TITLE_WORDS = 20, 4
_ENTRIES, _ENTRY_BLOCKS, _ENTRY_WORDS, _ENTRY_PARAGRAPHS = 3, 8, 200, 3
_MOST, _BOX_WORDS = 0.6, 90
_LINE_CHARACTERS = 160
_READ_ON = re.compile(
    r"\W*(?:(?:read|see|view|learn|find out) (?:more|on|the full|full|details|all)|continue reading|full (?:story|text|article)|more details|details|listen|watch|play|download|add to (?:cart|basket)|buy now|register)\b.{0,80}",
    re.IGNORECASE,
)
_KINDS = (
    r"(?:press |news |official |media |public |blog |photo |video |audio |past |upcoming |other )*(?:releases|statements|speeches|remarks|news|headlines|stories|articles|posts|entries|videos|podcasts|"
    r"episodes|events|publications|documents|briefings|interviews|galleries|photos|notices|announcements|communiqu[eé]s|reports|columns|threads|topics|products|updates|results)"
)
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_LIST_TITLE = re.compile(
    r"\W*(?:"
    r"(?:your )?search(?: results?\b.*| our .{1,30}|\s*[:—–-].*)?|(?:\d[\d,.]* )?(?:search )?results? (?:for|on|matching)\b.*"
    r"|(?:(?:category|tag|tags|author|authors|topic|topics|keyword|section|subject|label|browsing|archives?|posts?|stories|articles)\s*[:»—–-]|(?:category|tag|author|monthly|yearly|daily|news|press|post|topic) archives?\b).*"
    r"|(?:.{1,40}\s)?archives?(?:\s*[:—–-].*)?|(?:news )?archives? (?:for|of|from)\b.*"
    rf"|(?:(?:all|the|our|latest|recent|newest|more|most read|top|today['’]s)\s+)*{_KINDS}(?:\s+(?:and|&)\s+{_KINDS})*(?:\s*[:—–-]\s*.{{1,40}}|\s+(?:by|from|tagged|about|in|for|on)(?:\s+\S+){{1,4}}|\s*\(?\d{{4}}\)?)?"
    rf"|(?:{_MONTH}\s+)?(?:19|20)\d\d|{_MONTH},? (?:19|20)\d\d archives?"
    r"|(?:.{1,40}\s)?(?:calendar|directory|index|newsroom|press room|news room|media cent(?:re|er)|press cent(?:re|er)|forums?|blog|podcast|news feed|rss feed|agenda)(?:\s+(?:of|for)\s+.{1,40})?"
    r"|(?:index|list|directory|calendar|archive) of\b.*|embassies(?: and consulates)?|(?:our |the )?(?:ambassadors|missions abroad|heads of mission)|what['’]s (?:new|on)|.{1,60}[:—–-]\s*page \d+.*"
    r")\W*",
    re.IGNORECASE,
)


class Entry(msgspec.Struct, frozen=True):
    """A linked headline and what stands below it, as the blocks ``[start, end)``; ``dated`` if a date is among them."""

    start: int
    end: int
    target: str
    words: int
    dated: bool


def is_linked_headline(block: Block) -> bool:
    """Whether a block is a link to another report, perhaps with that report's kind and date."""
    if block.link_share >= 0.9:
        return block.words >= 3
    return block.link_share >= 0.6 and block.linked >= _HEADLINE_CHARACTERS and not ends_sentence(block.text)


def names_list(title: str) -> bool:
    """Whether a title is that of a list: a search, a section for releases, an archive, a calendar."""
    return len(title) < _LINE_CHARACTERS and _LIST_TITLE.fullmatch(title.strip()) is not None


def is_headed(title: Block | None, titles: list[str]) -> bool:
    """Whether a page has a headline of its own that is what it calls itself, and that says more than a list's does."""
    if title is None or title.words < _TITLE_WORDS or title.link_share >= 0.9 or names_list(title.text):
        return False
    return any(same_title(title.text, one) for one in titles)


def mark_series(tree: Tree, title: Block | None, titles: list[str]) -> None:
    """Rule out runs of teasers: dated ones anywhere, others where the page has no headline of its own."""
    headed = is_headed(title, titles)
    for entries in find_series(tree, title):
        if is_dated(entries) or not headed:
            for entry in entries:
                rule_out(tree.blocks[entry.start : entry.end], "related")


def find_series(tree: Tree, title: Block | None) -> list[list[Entry]]:
    """Runs of at least three linked headlines that are made alike and lead to different places."""
    heads: dict[tuple[str, ...], list[Block]] = defaultdict(list)
    for block in tree.blocks:
        if (
            block.reason in {None, "link", "related"}
            and block is not title
            and block.target
            and is_linked_headline(block)
        ):
            heads[_form(block)].append(block)
    found = []
    for alike in heads.values():
        if len(alike) < _ENTRIES:
            continue
        after = [two.number for two in alike[1:]] + [_end_of(alike, tree)]
        entries = [
            entry for head, end in zip(alike, after, strict=True) if (entry := _entry(tree, head, end)) is not None
        ]
        told = sum(entry.words > 0 or entry.dated for entry in entries)
        distinct = len({entry.target for entry in entries})
        if distinct >= max(_ENTRIES, 0.8 * len(entries)) and told >= _MOST * len(entries):
            # Links to other reports stand between the paragraphs of a report, too, but neither as headings nor with dates.
            found += [entries] if alike[0].kind == "heading" or is_dated(entries) else []
    return found


def find_boxes(tree: Tree) -> set[int]:
    """The numbers of the blocks in boxes side by side that each end in a link, and in rows of a table that each hold one."""
    return _linked_boxes(tree) | _linked_rows(tree)


def _linked_boxes(tree: Tree) -> set[int]:
    beside: dict[tuple[int, str, str], list[Node]] = defaultdict(list)
    for node in tree.nodes:
        if node.parent is None or not 1 < node.end - node.start <= _ENTRY_BLOCKS:
            continue
        inside = tree.blocks[node.start : node.end]
        if sum(block.words for block in inside) > _BOX_WORDS:
            continue
        if inside[-1].target and inside[-1].link_share >= 0.9 and any(one.kind == "heading" for one in inside[:3]):
            beside[id(node.parent), node.tag, re.sub(r"\d+", "", node.names)].append(node)
    found = [nodes for nodes in beside.values() if len({tree.blocks[one.end - 1].target for one in nodes}) >= _ENTRIES]
    return {number for nodes in found for node in nodes for number in range(node.start, node.end)}


def _linked_rows(tree: Tree) -> set[int]:
    tables: dict[int, list[Block]] = defaultdict(list)
    for block in tree.blocks:
        if block.kind == "row" and block.node.parent is not None:
            tables[id(block.node.parent)].append(block)
    numbers: set[int] = set()
    for rows in tables.values():
        targets = {row.target for row in rows if row.linked >= _HEADLINE_CHARACTERS}
        if len(targets) >= max(_ENTRIES, _MOST * len(rows)):
            numbers.update(row.number for row in rows)
    return numbers


def is_dated(entries: list[Entry]) -> bool:
    """Whether most of some entries say when they appeared, or where to read on."""
    return sum(entry.dated for entry in entries) >= _MOST * len(entries)


def _form(block: Block) -> tuple[str, ...]:
    """How a headline's element and the one around it are made; figures in names number things of one kind."""
    node, around = block.node, block.node.parent or block.node
    names = (re.sub(r"\d+", "", one.names) for one in (node, around))
    return block.kind, str(block.level), node.tag, around.tag, *names


def _end_of(heads: list[Block], tree: Tree) -> int:
    """Where the last of some entries ends at the latest: with the element around it, or as long as the longest."""
    longest = max(two.number - one.number for one, two in pairwise(heads))
    last = heads[-1]
    around = last.node.parent if last.node.parent is not None else last.node
    if around.end <= last.number + 1 and around.parent is not None:
        around = around.parent
    return min(around.end, last.number + longest, len(tree.blocks))


def _entry(tree: Tree, head: Block, end: int) -> Entry | None:
    """A headline with what belongs to it, None where more follows than a teaser."""
    stop = head.number + 1
    words = paragraphs = 0
    dated = _is_dated(head.text)
    for block in tree.blocks[head.number + 1 : end]:
        if block.kind == "heading" and block.reason is None and block.link_share < 0.5:
            break
        stop += 1
        prose = prose_words(block)
        words, paragraphs = words + prose, paragraphs + (prose > 0)
        dated = dated or (prose == 0 and (_is_dated(block.text)))
        if paragraphs > _ENTRY_PARAGRAPHS or words > _ENTRY_WORDS or stop - head.number > _ENTRY_BLOCKS:
            return None
    return Entry(head.number, stop, head.target, words, dated)


def says_when(text: str) -> bool:
    """Whether a line says when something appeared."""
    return len(text) <= _LINE_CHARACTERS and (is_time_stamp(text) or says_who_and_when(text) or bool(find_dates(text)))


def _is_dated(text: str) -> bool:
    """Whether a line says when something appeared, or calls to read on."""
    return says_when(text) or (len(text) <= _LINE_CHARACTERS and _READ_ON.match(text) is not None)
