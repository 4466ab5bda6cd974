"""Which words of a page are its report's headline, rather than the name of the site or of a section."""

from __future__ import annotations

import re

from entente.reports.page_markup import Block, Node, Tree
from entente.reports.page_prose import prose_words

__all__ = ["find_title", "same_title"]

_ASIDES = frozenset({"navigation", "related", "footer", "sidebar", "comment"})
_SURE_ASIDES = frozenset({"footer", "comment"})  # the others are guessed from names, which an h1 outweighs
_MENU_LINKS = 2
_INSTITUTION = re.compile(
    r"(?:the |welcome to )*(?:[A-Z][\w’'-]+ )?(?:ministry|department|embassy|government|office|permanent mission|consulate|presidency|state|republic|kingdom|chancellery|secretariat|council)(?:(?: of| for| and| the|,|-)* (?-i:[A-Z])[\w’'-]+)*"
    r"|(?:latest |recent |all )?(?:press|news|media|public)?[ -]?(?:releases?|statements?|room|office|cent(?:re|er)|briefings?|articles?|details?|news|speeches)(?: (?:and|&) \w+)?|world|politics|home",
    re.IGNORECASE,
)  # the names of institutions and of sections for press releases


def same_title(one: str, other: str) -> bool:
    """Whether two titles are the same but for the site's name, punctuation and letters' size."""
    first, second = (re.sub(r"\W+", " ", words).casefold().strip() for words in (one, other))
    if not first or not second:
        return False
    short, long = sorted((first, second), key=len)
    return first == second or (len(short) >= 15 and (long.startswith(short) or long.endswith(" " + short)))


def find_title(tree: Tree, titles: list[str], publisher: str | None = None) -> Block | None:
    """The block that is the report's headline: one that says what the page gives as its title, else its first h1.

    The name of the site or of a section above it is none where another heading stands before the text.
    """
    found = _titled(tree, titles)
    if found is None or not _names_site(found, titles, publisher):
        return found
    text = next((b.number for b in tree.blocks[found.number + 1 :] if prose_words(b) and not _is_aside(b.node)), None)
    between = tree.blocks[found.number + 1 : text]
    headings = [block for block in between if block.kind == "heading" and block.words > 2 and block.link_share < 0.9]
    own = [one for one in headings if not _is_aside(one.node) and not _names_site(one, titles, publisher)]
    if text is not None and own:
        return own[-1]
    shown = next((block for title in titles for block in between if _is_title_line(block, title)), None)
    around: Node | None = found.node
    while around is not None and not around.start <= (text or 0) < around.end:
        around = around.parent
    apart = around is None or around.tag in {"body", "html"}
    is_head = apart or sum(block.link_share >= 0.9 for block in between) > _MENU_LINKS
    return shown or (None if is_head and text is not None else found)


def _titled(tree: Tree, titles: list[str]) -> Block | None:
    """The heading that says what the page gives as its title, else the first h1, else a line that says so."""
    headings = [block for block in tree.blocks if block.kind == "heading"]
    own = [block for block in headings if not _is_aside(block.node)]
    for among in (own, [block for block in headings if block.level == 1 and not _is_aside(block.node, _SURE_ASIDES)]):
        for title in titles:
            named = [one for one in among if same_title(one.text, title)]
            for block in sorted(named, key=lambda one: (not _begins(title, one.text), one.level)):
                return block
        for block in among:
            if block.level == 1 and block.link_share < 0.9:
                return block
    return next((block for title in titles for block in tree.blocks if _is_title_line(block, title)), None)


def _begins(title: str, words: str) -> bool:
    """Whether a title begins with words, rather than ending with them as with a site's name."""
    return re.sub(r"\W+", "", title).casefold().startswith(re.sub(r"\W+", "", words).casefold())


def _is_title_line(block: Block, title: str) -> bool:
    plain = block.words > 2 and block.link_share < 0.5 and not _is_aside(block.node)
    return plain and same_title(block.text, title)


def _names_site(block: Block, titles: list[str], publisher: str | None) -> bool:
    """Whether a heading only names the site, the institution or the section that a report stands in."""
    if publisher and re.sub(r"\W+", "", block.text).casefold() == re.sub(r"\W+", "", publisher).casefold():
        return True
    if any(same_title(block.text, title) and not _begins(title, block.text) for title in titles[-1:]):
        return True
    return block.words <= 9 and _INSTITUTION.fullmatch(block.text) is not None


def _is_aside(node: Node | None, reasons: frozenset[str] = _ASIDES) -> bool:
    while node is not None:
        if node.own in reasons:
            return True
        node = node.parent
    return False
