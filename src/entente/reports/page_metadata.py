"""What a page says of itself in its head: structured data, title, publisher, address."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import TypeAlias, cast
from urllib.parse import urljoin

import msgspec
from lxml import etree

from entente.reports.page_headline import same_title
from entente.sources.addresses import is_web_address

__all__ = ["Item", "Json", "PageFacts", "choose_title", "read_facts", "saved_from"]

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
Item: TypeAlias = "dict[str, Json]"

_ARTICLE_TYPES = re.compile(
    r"(?:\w*Article|\w*BlogPosting|Report|PressRelease|ImageGallery|MediaGallery|SocialMediaPosting|DiscussionForumPosting"
    r"|ScholarlyArticle|CreativeWork|GovernmentService|SpecialAnnouncement|Speech|Interview|VideoObject)"
)
_TITLE_MARKS = re.compile(r"\s+(?:[|–—·•»«-]|::|:)\s+|\s*[|»]\s*")
_OWN_PARTS = ("@graph", "mainEntity", "mainEntityOfPage", "subjectOf")
_TITLE_CHARACTERS = 300
# Chrome and its like, SingleFile, HTTrack.
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*|(?P<bare>Mirrored from\s+))(?P<address>\S+)"
)
_MARK_CHARACTERS = 5000
_JSON_DEPTH = 12


class PageFacts(msgspec.Struct):
    """What the head of a page gives.

    ``articles`` are the structured descriptions of the report itself, best first; ``pages`` those of the page around
    it; ``meta`` the content of each meta element by its name in small letters; ``loose`` the source of structured
    data that nobody could parse; ``saved_from`` where a browser saved the page, ``base`` what its links hang on.
    """

    articles: list[Item]
    pages: list[Item]
    meta: dict[str, list[str]]
    page_title: str
    canonical: str | None
    language: str
    loose: str = ""
    saved_from: str | None = None
    base: str | None = None

    def first(self, *names: str) -> str | None:
        """The first content of the first of these meta elements that is there."""
        return next((content for name in names for content in self.meta.get(name, [])), None)

    def of_article(self, key: str) -> str | None:
        """A text that the structured data gives for the report."""
        found = (item.get(key) for item in self.articles)
        return next((clean(value) for value in found if isinstance(value, str) and clean(value)), None)

    @property
    def titles(self) -> list[str]:
        """The titles that the page gives, best first."""
        names = (self.of_article("headline"), self.first("og:title", "twitter:title"), self.of_article("name"))
        return list(dict.fromkeys(one for one in (*map(clean, (name or "" for name in names)), self.page_title) if one))

    @property
    def publisher(self) -> str | None:
        """Who publishes the page, by its own words."""
        for item in (*self.articles, *self.pages):
            issuer = item.get("publisher") or item.get("sourceOrganization")
            issuer = issuer[0] if isinstance(issuer, list) and issuer else issuer
            name = issuer.get("name") if isinstance(issuer, dict) else issuer
            if isinstance(name, str) and clean(name) and not name.startswith("http"):
                return clean(name)
        named = self.first(
            "og:site_name", "application-name", "citation_publisher", "dc.publisher", "dcterms.publisher", "publisher",
            "citation_journal_title", "apple-mobile-web-app-title", "al:ios:app_name",
        )  # fmt: skip
        return clean(named) or None if named and not named.startswith("http") else None

    @property
    def url(self) -> str | None:
        """The page's own address where it gives one, else the one that it was saved from."""
        for given in (self.canonical, self.first("og:url"), self.of_article("url"), self.saved_from):
            with suppress(ValueError):  # such as an unclosed bracket
                address = urljoin(urljoin(self.saved_from or "", self.base or ""), given or "")
                if given and is_web_address(address):
                    return address
        return None


def saved_from(text: str) -> str | None:
    """The address that a browser or copying program notes at the head of a page it saves, None where there is none."""
    found = _SAVED_FROM.search(text[:_MARK_CHARACTERS])
    if found is None:
        return None
    address = f"https://{found['address']}" if found["bare"] else found["address"]
    return address if is_web_address(address) else None


def clean(words: str) -> str:
    """Words without entities, tags and white space that mean nothing."""
    return " ".join(re.sub(r"<[^<>]{1,40}>", "", html.unescape(words)).replace("\u00ad", "").split())


def read_facts(root: etree._Element, *, saved_from: str | None = None) -> PageFacts:
    """Read a page's head, wherever on the page its parts stand."""
    meta: dict[str, list[str]] = {}
    canonical, base, page_title, sources = None, None, "", []
    for element in root.iter("meta", "link", "title", "script", "base"):
        attributes = element.attrib
        match element.tag:
            case "meta":
                name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
                content = attributes.get("content")
                if name and content and content.strip():
                    for one in name.lower().split():
                        meta.setdefault(one, []).append(content.strip())
            case "link" if (attributes.get("rel") or "").lower() == "canonical":
                canonical = canonical or (attributes.get("href") or "").strip() or None
            case "base":
                base = base or attributes.get("href")
            case "title" if not page_title and not _is_drawing(element):
                page_title = clean("".join(element.itertext()))
            case "script" if "ld+json" in (attributes.get("type") or "").lower():
                sources.append(element.text or "")
    articles, pages, loose = _structured(sources)
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang") or ""
    locale = language if "-" in language else next(iter(meta.get("og:locale", [])), "") or language
    language = locale.replace("_", "-").lower()
    return PageFacts(articles, pages, meta, page_title, canonical, language, loose, saved_from, base)


def _is_drawing(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag in {"svg", "symbol", "g"}


def _structured(sources: list[str]) -> tuple[list[Item], list[Item], str]:
    articles: list[Item] = []
    pages: list[Item] = []
    loose = []
    for source in sources:
        read = _parse_json(source)
        if read is None:
            loose.append(source)
            continue
        for item in _items(read, 0):
            kinds = item.get("@type")
            names = (
                [kinds]
                if isinstance(kinds, str)
                else [kind for kind in kinds if isinstance(kind, str)]
                if isinstance(kinds, list)
                else []
            )
            names = [name.rsplit("/", 1)[-1] for name in names]
            if any(_ARTICLE_TYPES.fullmatch(name) for name in names):
                articles.append(item)
            elif any(name.endswith(("Page", "WebSite", "ItemList", "DataFeed")) for name in names):
                pages.append(item)
    articles.sort(
        key=lambda item: "VideoObject" in str(item.get("@type")) or ("headline" not in item and "name" not in item)
    )
    return articles, pages, "\n".join(loose)


def _parse_json(source: str) -> Json:
    """Structured data, also with the slips that sites make in it; None where it cannot be read."""
    bare = (
        re.sub(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[|/\*.*?\*/)|(?://\s*)?(?:-->|\]\]>)\s*$", "", source.strip())
        .strip()
        .rstrip(";")
    )
    for attempt in (bare, re.sub(r",\s*(?=[}\]])", "", bare), html.unescape(bare)):
        try:
            return cast("Json", json.loads(attempt, strict=False))
        except (ValueError, RecursionError):
            continue
    parts: list[Json] = []
    decoder = json.JSONDecoder(strict=False)
    position = 0
    while (position := bare.find("{", position)) >= 0 and len(parts) < 20:
        try:
            part, position = decoder.raw_decode(bare, position)
        except (ValueError, RecursionError):
            break
        parts.append(part)
    return parts or None


def _items(value: Json, depth: int) -> Iterator[Item]:
    """The things described, but not those that they only mention: other reports, comments, lists of links."""
    if depth > _JSON_DEPTH:
        return
    if isinstance(value, list):
        for one in value:
            yield from _items(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for part in _OWN_PARTS:
            if isinstance(value.get(part), list | dict) and value.get("@type") != "ItemList":
                yield from _items(value[part], depth + 1)


def choose_title(facts: PageFacts, headline: str | None) -> str | None:
    """The report's title, without the site's name.

    Parameters
    ----------
    facts : PageFacts
        What the page's head gives.
    headline : str, optional
        The words of the headline on the page itself.
    """
    shown = " ".join(headline.split()) if headline else ""
    for title in facts.titles:
        if facts.publisher and title.casefold() == facts.publisher.casefold() and len(facts.titles) > 1:
            continue
        title = _without_site(title, facts.publisher, shown)
        if shown and not shown.isupper() and same_title(shown, title) and title != facts.of_article("headline"):
            return shown[:_TITLE_CHARACTERS]
        if title == facts.page_title and shown and not same_title(shown, title):
            break
        return title[:_TITLE_CHARACTERS]
    return shown[:_TITLE_CHARACTERS] or facts.page_title[:_TITLE_CHARACTERS] or None


def _without_site(title: str, publisher: str | None, shown: str) -> str:
    """A title without the name of the site, or of its section, that many put after or before it."""
    if shown and title.startswith(shown) and _TITLE_MARKS.match(title[len(shown) :]):
        return shown
    if publisher and title.casefold().startswith(f"{publisher.casefold()}:"):
        return title[len(publisher) + 1 :].strip()
    marks = list(_TITLE_MARKS.finditer(title))
    if not marks:
        return title
    first, last = title[: marks[0].start()].strip(), title[marks[-1].end() :].strip()
    if publisher:
        name = publisher.casefold()
        if last.casefold() == name:
            return title[: marks[-1].start()].strip()
        if first.casefold() == name:
            return title[marks[0].end() :].strip()
    before = title[: marks[-1].start()].strip()
    strong = marks[-1].group().strip() in {"|", "»", "::", "·", "•"}
    short = len(last.split()) <= (5 if strong else 3) and last[:1].isupper()
    if short and len(before.split()) >= (2 if strong else 4) and marks[-1].group().strip() != ":":
        return _without_site(before, publisher, shown) if strong and len(marks) > 1 else before
    return title
