"""When a page was published: its structured data, meta elements, marked and visible dates, its address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from itertools import accumulate

import msgspec
from lxml import etree

from entente.reports.datelines import find_dateline
from entente.reports.page_days import Order, WrittenDate, find_dates, read_date
from entente.reports.page_markup import Block, Tree
from entente.reports.page_metadata import Json, PageFacts
from entente.reports.page_text import Selection

__all__ = ["PageDate", "find_published"]

_PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time", "parsely-pub-date",
    "sailthru.date", "datepublished", "rnews:datepublished", "citation_publication_date", "citation_online_date", "citation_date",
    "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dcterms.date", "dc.date", "dc:date", "prism.publicationdate",
    "pubdate", "publishdate", "publish-date", "publish_date", "published_date", "publication_date", "publication-date", "published_time",
    "published", "publishtime", "article.published", "article_date_original", "originalpublicationdate", "og:pubdate", "bt:pubdate",
    "cxenseparse:recs:publishtime", "shareaholic:article_published_time", "displaydate", "timestamp", "date", "datecreated", "created",
    "release_date", "article:date", "news:publication_date", "dcsext.articlefirstpublished", "pdate", "sdate",
)  # fmt: skip
_MODIFIED_META = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified", "dcterms.modified", "dc.date.modified",
    "lastmod", "article:updated", "modified_time", "last-updated",
)  # fmt: skip
_ASIDE = frozenset(
    {"related", "comment", "navigation", "footer", "sidebar", "ad", "notice", "signup", "link", "caption"}
)
_MONTH_FIRST = ("en-us", "en-ph", "en-ca", "es-us")
_UPDATED = re.compile(
    r"(?:updated?|modified|edited|revised|reviewed|aktualisiert|mis à jour|actualizado)\b", re.IGNORECASE
)
_PUBLISHED = re.compile(r"(?:publish|posted|issued|releas|created|first|date)", re.IGNORECASE)
_HEAD_BEFORE, _HEAD_AFTER, _FOOT = 6, 8, 4
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?!\d)")
_URL_PARTED = re.compile(r"/((?:19|20)\d\d)/(\d{1,2}|[a-z]{3})/(\d{1,2})(?:/|$)")


class PageDate(msgspec.Struct, frozen=True):
    """When a page was published, None where it does not say; ``warning`` where it says so in a way that is not clear."""

    published: str | None
    warning: str | None = None


def find_published(
    root: etree._Element, tree: Tree, facts: PageFacts, selection: Selection, url: str | None
) -> PageDate:
    """The publication date of a page, in ISO 8601, with its time only where its zone is given.

    The first source that gives one wins: structured data, meta elements, marked dates, dates shown at the head or foot
    of the report, the dateline, the page's address; then the same for a date of change; htmldate last.
    """
    order = _order(facts, tree)
    ambiguous = False
    for one in _candidates(root, tree, facts, selection, url):
        read = read_date(one, order) if isinstance(one, str) else one
        if read is None:
            continue
        if read.iso is not None:
            return PageDate(read.iso)
        ambiguous = True
    if ambiguous:
        return PageDate(None, "date: the page's date may be day/month or month/day, so it was left out.")
    return PageDate(_last_resort(root, tree, selection, url))


def _candidates(
    root: etree._Element, tree: Tree, facts: PageFacts, selection: Selection, url: str | None
) -> Iterator[str | WrittenDate]:
    order = _order(facts, tree)
    keys = ("datePublished", "dateCreated", "uploadDate")
    yield from _of_items(facts.articles, keys)
    yield from re.findall(r'"datePublished"\s*:\s*"([^"]{4,40})"', facts.loose)[:1]
    yield from (content for name in _PUBLISHED_META for content in facts.meta.get(name, [])[:1])
    marked = list(_marked(root, tree, selection))
    yield from (words for words, kind in marked if kind == "published")
    shown = list(_shown(tree, selection, order))
    yield from (found for found, changed in shown if not changed)
    yield from _of_items(facts.pages, keys[:1])
    if selection.kept and (dateline := find_dateline(selection.kept[0].text, 0, len(selection.kept[0].text))):
        yield from [dateline.published] if dateline.published else []
    yield from _in_addresses(url, facts.url)
    yield from _of_items(facts.articles, ("dateModified",))
    yield from (content for name in _MODIFIED_META for content in facts.meta.get(name, [])[:1])
    yield from (words for words, kind in marked if kind == "changed")
    yield from (found for found, changed in shown if changed)


def _of_items(items: Iterable[dict[str, Json]], keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        for item in items:
            value = item.get(key)
            value = (
                value.get("@value")
                if isinstance(value, dict)
                else value[0]
                if isinstance(value, list) and value
                else value
            )
            if isinstance(value, str | int) and not isinstance(value, bool):
                yield str(value)


def _order(facts: PageFacts, tree: Tree) -> Order | None:
    """How the page writes days and months in figures: by its other dates, else by its language's region."""
    votes: set[Order] = set()
    for block in tree.blocks:
        if any(character in block.text for character in "/-"):
            for first, second in re.findall(r"(?<![\d/-])(\d{1,2})[/-](\d{1,2})[/-]\d{4}(?!\d)", block.text):
                if int(first) > 12 >= int(second):
                    votes.add("day")
                elif int(second) > 12 >= int(first):
                    votes.add("month")
    if len(votes) == 1:
        return votes.pop()
    language = facts.language
    if votes or not language or language == "en":
        return None
    if language.startswith(_MONTH_FIRST):
        return "month" if not language.startswith("en-ca") else None
    return "day"


def _marked(root: etree._Element, tree: Tree, selection: Selection) -> Iterator[tuple[str, str]]:
    """Dates in microdata, RDFa and ``time`` elements that belong to the report, as ``published`` or ``changed``."""
    aside = _aside_elements(tree)
    kept_from = selection.kept[0].node.element if selection.kept else None
    times: list[tuple[str, str]] = []
    past_text = 0
    for element in root.iter():
        if element is kept_from:
            past_text = 1
        tag = element.tag
        if not isinstance(tag, str):
            continue
        prop = (element.get("itemprop") or element.get("property") or "").lower()
        dated = "datepublished" in prop or "datecreated" in prop or "dc:date" in prop or "datemodified" in prop
        if (tag not in {"time", "abbr"} and not dated) or (tag == "meta" and not element.get("itemprop")):
            continue
        words = element.get("content") or element.get("datetime") or element.get("title") or "".join(element.itertext())
        if _within(element, aside) or _is_of_comment(element):
            continue
        names = f"{element.get('class') or ''} {prop}"
        if dated:
            yield words, "changed" if "modified" in prop else "published"
        elif tag == "time" or "published" in names:
            changed = _UPDATED.search(names) or (_UPDATED.search(_before(element)) and not _PUBLISHED.search(names))
            times.append((words, "changed" if changed else "published"))
            if past_text and len(times) > 3:
                break
    yield from times


def _aside_elements(tree: Tree) -> set[etree._Element]:
    """The elements that hold nothing of the report: those ruled out, and those all of whose blocks are."""
    own = [0, *accumulate(block.reason not in _ASIDE for block in tree.blocks)]
    return {
        node.element
        for node in tree.nodes
        if node.reason in _ASIDE or (node.start < node.end and own[node.end] == own[node.start])
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


def _shown(tree: Tree, selection: Selection, order: Order | None) -> Iterator[tuple[WrittenDate, bool]]:
    """Dates that readers see at the head of the report, then at its foot; with each whether it is one of change."""
    start = selection.title.number if selection.title is not None else selection.first
    first = min(start, selection.first)
    # A date above the headline may be today's, in the site's own head.
    head = tree.blocks[first : selection.first + 1] + tree.blocks[max(0, first - _HEAD_BEFORE) : first][::-1]
    last = selection.kept[-1].number if selection.kept else selection.first
    inner = [block for block in selection.kept[1:_HEAD_AFTER] if block.words <= 12]
    foot = [block for block in tree.blocks[max(selection.first + 1, last - 1) : last + _FOOT] if block.words <= 20]
    dropped = [block for block in tree.blocks[selection.first : last] if block.reason == "meta"][:3]
    for block in (*head, *dropped, *inner, *foot):
        if block.reason in _ASIDE or "©" in block.text or (block.words > 45 and block is not selection.title):
            continue
        yield from _dates_of(block, order, is_text=block in selection.kept)


def _dates_of(block: Block, order: Order | None, *, is_text: bool) -> Iterator[tuple[WrittenDate, bool]]:
    position = 0
    for found in find_dates(block.text, order):
        before = block.text[position : found.start]
        position = found.end
        around = re.sub(r"\W+", " ", block.text).split()
        if is_text and len(around) > 12:
            continue  # a day that the report speaks of
        changed = _UPDATED.search(before) is not None and not re.search(r"publish|posted", before[-20:], re.IGNORECASE)
        yield found, changed


def _in_addresses(*addresses: str | None) -> Iterator[str]:
    for address in addresses:
        path = (address or "").partition("://")[2].partition("/")[2].partition("?")[0]
        if match := _URL_PARTED.search("/" + path.lower()):
            year, month, day = match.groups()
            yield f"{day} {month} {year}" if month.isalpha() else f"{year}-{int(month):02}-{int(day):02}"
        elif match := _URL_DAY.search(path):
            yield "-".join(match.groups())


def _last_resort(root: etree._Element, tree: Tree, selection: Selection, url: str | None) -> str | None:
    """What htmldate finds on the page without its footer, comments and other reports."""
    from htmldate import find_date  # half a second to load, which few pages need

    if not selection.kept:
        return None
    aside = [number for number, node in enumerate(tree.nodes) if node.reason in _ASIDE and node.parent is not None]
    elements = {element: number for number, element in enumerate(root.iter())}
    numbers = [elements[tree.nodes[number].element] for number in aside if tree.nodes[number].element in elements]
    copied = deepcopy(root)
    listed = list(copied.iter())
    for number in numbers:
        parent = listed[number].getparent()
        if parent is not None:
            parent.remove(listed[number])
    try:
        found = find_date(
            copied, original_date=True, extensive_search=False, min_date="1600-01-01", max_date="2200-01-01", url=url
        )
    except Exception:  # noqa: BLE001 - the library's faults on odd pages are many, and a date is not worth a report
        return None
    # htmldate reads figures in the order it likes; only what the page says in so many words can be trusted.
    return found if found and _is_clear(found, copied) else None


def _is_clear(found: str, root: etree._Element) -> bool:
    year, month, day = found.split("-")
    words = etree.tostring(root, encoding="unicode", method="text") if len(root) else ""
    if re.search(rf"{year}-?{month}-?{day}", etree.tostring(root, encoding="unicode")):
        return True
    return any(one.iso and one.iso.startswith(found) for one in find_dates(words))
