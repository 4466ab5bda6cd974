"""Pages that are lists of reports: section fronts, archives, results of a search, indexes, calendars, directories."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from entente.reports.page_lines import is_byline
from entente.reports.page_markup import Block, Tree
from entente.reports.page_metadata import PageFacts
from entente.reports.page_prose import prose_words
from entente.reports.page_series import find_boxes, find_series, is_dated, is_headed, names_list, says_when
from entente.reports.page_stamps import ASIDE
from entente.reports.page_text import Selection, is_live

__all__ = ["is_listing"]

_LINK_SHARE = 0.6
_FEW_LINKS, _LINKS, _ABOVE, _BELOW = 3, 4, 3, 6
_STATEMENT_WORDS = 25
_REPORT_WORDS, _INTRODUCTION_WORDS, _LONG_INTRODUCTION = 70, 45, 150
_DECLARED = re.compile(r"CollectionPage|SearchResultsPage")
_LISTED = re.compile(r"ItemList|ProfilePage|DataFeed")
_HITS = re.compile(
    r"\W*(?:(?:showing|displaying|viewing|results?|items?|page)\s+\d[\d,.]*(?:\s*(?:[–—-]|to)\s*\d[\d,.]*)?\s+(?:of|from|out of)\s+(?:about |over )?\d[\d,.]*\b.*"
    r"|(?:about |over )?\d[\d,.]*\s+(?:search )?(?:results|hits|matches|articles|stories|posts|items|entries|documents|records|products|threads|topics|events|episodes|videos)(?:\s+(?:found|for|matching|tagged|in)\b.*)?)",
    re.IGNORECASE,
)
_ASKED = frozenset({"q", "s", "query", "search", "keyword", "keywords", "tag", "cat", "category", "author"})
_PLACES = frozenset({"search", "tag", "tags", "category", "categories", "author", "authors"})


def is_listing(tree: Tree, facts: PageFacts, selection: Selection, address: str | None) -> bool:
    """Whether a page is a list of reports rather than one.

    What its headline, its address and its structured data say counts as much as how it is made; without words of its
    own beyond an introduction, or where teasers outweigh them, a page that calls itself a list is one.
    """
    kinds = " ".join(str(item.get("@type")) for item in facts.pages)
    declared = _DECLARED.search(kinds) is not None and not facts.articles
    told = declared or _calls_itself_list(tree, facts, selection, kinds, address)
    title, headed = selection.title, is_headed(selection.title, facts.titles)
    inside = _in_teasers(tree, facts, selection, undated=told or not headed)
    own = sum(prose_words(block) for block in selection.kept if block.number not in inside)
    teasers = [block for block in tree.blocks if block.reason in {"related", "link"} or block.number in inside]
    links = sum(
        (block.words >= _FEW_LINKS and block.link_share >= _LINK_SHARE)
        or (block.number in inside and block.target != "")
        for block in tree.blocks
    )
    if (_is_article(facts) and not declared and own >= 10) or links < (_FEW_LINKS if told else _LINKS):
        return False
    stamped = title is not None and _is_stamped(tree, title, teasers)
    if told:
        said = sum(prose_words(block) for block in teasers)
        enough = _STATEMENT_WORDS if title is not None and not names_list(title.text) else _INTRODUCTION_WORDS
        if stamped and own >= enough and not declared:
            return False
        return own < _INTRODUCTION_WORDS or (own < _LONG_INTRODUCTION and said > 2 * own) or (declared and said > own)
    own_words = own >= (10 if stamped or not inside else _INTRODUCTION_WORDS)
    leads = headed and title is not None and title.level == 1 and own_words
    dated = stamped and title is not None and title.words >= _FEW_LINKS and own >= _STATEMENT_WORDS
    return own < _REPORT_WORDS and sum(block.words for block in teasers) > 1.5 * own and not leads and not dated


def _is_stamped(tree: Tree, title: Block, teasers: list[Block]) -> bool:
    """Whether something says who wrote or when between a page's headline, or just above it, and its first teaser."""
    end = next((block.number for block in teasers if block.number > title.number), len(tree.blocks))
    head = tree.blocks[max(0, title.number - _ABOVE) : min(end, title.number + _BELOW)]
    beside = [block for block in head if block.reason not in ASIDE and block is not title]
    return any(says_when(block.text) or is_byline(block.text) for block in beside)


def _in_teasers(tree: Tree, facts: PageFacts, selection: Selection, *, undated: bool) -> set[int]:
    """The numbers of the blocks in runs of teasers, in boxes that call to read on, in rows of links."""
    if is_live(tree, facts.titles):
        return set()
    found = [entries for entries in find_series(tree, selection.title) if undated or is_dated(entries)]
    numbers = {number for entries in found for entry in entries for number in range(entry.start, entry.end)}
    return numbers | find_boxes(tree) if undated else numbers


def _is_article(facts: PageFacts) -> bool:
    """Whether a page's head says that it is one report; descriptions of several are those of a list."""
    several = len({str(item.get("headline") or item.get("name")) for item in facts.articles}) > _FEW_LINKS
    published = "article:published_time" in facts.meta
    return published or (not several and (bool(facts.articles) or "article" in (facts.first("og:type") or "")))


def _calls_itself_list(tree: Tree, facts: PageFacts, selection: Selection, kinds: str, address: str | None) -> bool:
    """Whether the page's headline, a line about its hits, its address or its structured data speaks of a list."""
    title = selection.title
    if title is not None and names_list(title.text):
        return True
    if any(block.words <= 20 and _HITS.fullmatch(block.text) for block in tree.blocks):
        return True
    if _LISTED.search(kinds) and not facts.articles:
        return True
    return any(_is_of_list(one) for one in (address, facts.url) if one)


def _is_of_list(address: str) -> bool:
    """Whether an address asks for results, for a further page of a list, or for all with one label."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    steps = [step for step in parts.path.lower().split("/") if step]
    further = len(steps) > 1 and steps[-2] == "page" and steps[-1].isdigit()
    placed = 0 < len(steps) <= 2 and steps[0] in _PLACES
    return further or placed or (bool(_ASKED & parse_qs(parts.query).keys()) and len(steps) <= 3)
