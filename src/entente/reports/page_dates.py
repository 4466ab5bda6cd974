"""When a page was published: its structured data, meta elements, marked and visible dates, its address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy

import msgspec
from lxml import etree

from entente.reports.datelines import find_dateline
from entente.reports.page_days import Order, WrittenDate, find_dates, read_date
from entente.reports.page_markup import Tree
from entente.reports.page_metadata import Json, PageFacts
from entente.reports.page_stamps import ASIDE, marked_dates, shown_clock, shown_stamps
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
_MONTH_FIRST = ("en-us", "en-ph", "en-ca", "es-us")
_MONTH_FIRST_COUNTRIES = frozenset({"us", "ph"})
_NO_COUNTRIES = frozenset("tv io co me ai fm cc ws to ly gg eu la im ag vc sh is".split())  # bought by anybody
# Other names by which pages give their first publication, such as "govuk:first-published-at".
_PUBLISHED_NAME = re.compile(
    r"^(?!.*(?:modif|updat|publisher|publication-?(?:name|title|type)|expir|unpublish)).*(?:publish(?:ed)?[\W_]*(?:at|on|time|date)|first[\W_]*publish|publication[\W_]*(?:date|time)|date[\W_]*(?:published|issued)|issue[\W_]*date)"
)
_DAY_LENGTH = len("2023-02-24")
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

    The first source that gives one wins: structured data, meta elements, marked dates, dates shown at the head of the
    report, the dateline, dates at its foot, the page's address, dates in the head of the site; then the same for a date
    of change; htmldate last. Where the first gives the day only, the time comes from another that names the same day.
    """
    order, region = _order(facts, tree, url), _region(facts, url)
    ambiguous, day = False, None
    sources = _Sources(root, tree, facts, selection, url, order, region)
    for one, is_own in sources.of_publication():
        read = read_date(one, order, region) if isinstance(one, str) else one
        if read is None:
            continue
        ambiguous = ambiguous or read.iso is None
        if read.iso is not None and day is None:
            day = read.iso
        if read.iso is not None and len(read.iso) > _DAY_LENGTH and is_own and read.iso[:_DAY_LENGTH] == day:
            return PageDate(read.iso)
        if day is not None and len(day) > _DAY_LENGTH:
            return PageDate(day)
    if day is not None:
        return PageDate(shown_clock(tree, selection, day, region) or day)
    if ambiguous:
        return PageDate(None, "date: the page's date may be day/month or month/day, so it was left out.")
    for one in sources.of_change():
        read = read_date(one, order, region) if isinstance(one, str) else one
        if read is not None and read.iso is not None:
            return PageDate(read.iso)
    return PageDate(_last_resort(root, tree, selection, url))


class _Sources(msgspec.Struct):
    """Where a page may give its date, best first."""

    root: etree._Element
    tree: Tree
    facts: PageFacts
    selection: Selection
    url: str | None
    order: Order | None
    region: str

    def of_publication(self) -> Iterator[tuple[str | WrittenDate, bool]]:
        """What gives the date of publication, and whether it surely speaks of this report."""
        facts, selection = self.facts, self.selection
        keys = ("datePublished", "dateCreated", "uploadDate")
        yield from ((one, True) for one in _of_items(facts.articles, keys))
        yield from ((one, True) for one in re.findall(r'"datePublished"\s*:\s*"([^"]{4,40})"', facts.loose)[:1])
        yield from ((one, True) for name in _PUBLISHED_META for one in facts.meta.get(name, [])[:1])
        yield from ((one[0], True) for name, one in facts.meta.items() if _PUBLISHED_NAME.search(name))
        marked = marked_dates(self.root, self.tree, selection)
        yield from ((one.words, True) for one in marked if not one.changed and one.place == "head")
        shown = [one for one in shown_stamps(self.tree, selection, self.order, self.region) if not one.changed]
        heads = sorted((one for one in shown if one.place == "head"), key=lambda one: one.told)
        yield from ((one.date, True) for one in heads)
        yield from ((one.words, True) for one in marked if not one.changed and one.place == "foot")
        yield from ((one, False) for one in _of_items(facts.pages, keys[:1]))
        if selection.kept and (dateline := find_dateline(selection.kept[0].text, 0, len(selection.kept[0].text))):
            yield from [(dateline.published, False)] if dateline.published else []
        yield from ((one.date, False) for one in shown if one.place == "foot")
        yield from ((one, False) for one in _in_addresses(self.url, facts.url))
        yield from ((one.words, False) for one in marked if not one.changed and one.place == "far")
        yield from ((one.date, False) for one in shown if one.place == "far")

    def of_change(self) -> Iterator[str | WrittenDate]:
        """What gives the date of a change."""
        yield from _of_items(self.facts.articles, ("dateModified",))
        yield from (content for name in _MODIFIED_META for content in self.facts.meta.get(name, [])[:1])
        yield from (one.words for one in marked_dates(self.root, self.tree, self.selection) if one.changed)
        shown = shown_stamps(self.tree, self.selection, self.order, self.region)
        yield from (one.date for one in shown if one.changed)


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


def _region(facts: PageFacts, url: str | None) -> str:
    """The country that a page comes from, two small letters: by its address, else by its language's region."""
    for address in (url, facts.url):
        host = (address or "").partition("://")[2].partition("/")[0].partition(":")[0].lower()
        ending = host.rpartition(".")[2]
        if ending in {"gov", "mil"}:
            return "us"
        if len(ending) == 2 and ending.isalpha() and ending not in _NO_COUNTRIES:
            return ending
    region = facts.language.partition("-")[2]
    return region[:2] if len(region) == 2 else ""


def _order(facts: PageFacts, tree: Tree, url: str | None) -> Order | None:
    """How the page writes days and months in figures: by its other dates, else by its language's region or its address."""
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
    language, region = facts.language, _region(facts, url)
    if votes:
        return None
    if not language or language == "en":
        return ("month" if region in _MONTH_FIRST_COUNTRIES else "day") if region and region != "ca" else None
    if language.startswith(_MONTH_FIRST):
        return "month" if not language.startswith("en-ca") else None
    return "day"


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
    aside = [number for number, node in enumerate(tree.nodes) if node.reason in ASIDE and node.parent is not None]
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
