"""The items of feeds (RSS, Atom, JSON Feed), as they are written there."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urljoin

import msgspec

from entente.errors import InputError
from entente.records import Document, Failure, Incoming
from entente.sources.addresses import clean_address, is_web_address
from entente.sources.contents import Place
from entente.sources.kinds import HEAD, kind_of

__all__ = ["Feed", "FeedItem", "feed_items", "read_feed"]

_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)
# Written into a feed whose program had escaped its text already: the parser takes it for a section and drops it.
_ESCAPED_SECTION = re.compile(rb"&lt;!\[CDATA\[(.*?)\]\]&gt;", re.DOTALL)
_NUMBER = re.compile(rb"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));")
_LAST_TAG = re.compile(rb"</(?:[\w.-]+:)?(?:rss|feed|rdf|channel)\s*>(?:\s|\0|<!--.*?-->)*$", re.DOTALL | re.IGNORECASE)
_ALTERNATE = re.compile(rb"<link\b[^>]*>", re.IGNORECASE)
_NEW_ADDRESS = "Check its address, or ask whether the site still has a feed."


class FeedItem(msgspec.Struct, frozen=True, kw_only=True):
    """One item of a feed: its cleaned address, its dates as written there, and its text as a piece of HTML."""

    id: str
    url: str | None
    title: str | None
    published: str | None
    updated: str | None
    html: str
    publisher: str | None = None


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """What a feed says of itself, its items in its order, and what is wrong with it."""

    title: str | None
    language: str | None
    ttl_minutes: int | None
    items: tuple[FeedItem, ...]
    problems: tuple[str, ...] = ()


def read_feed(content: bytes, place: Place) -> Iterator[Incoming | Document | Failure]:
    """The items of a feed as reports; one that is listed several times comes once.

    Raises
    ------
    InputError
        The bytes are no feed, or a feed without items.
    """
    feed = feed_items(content, place.url, origin=place.origin, charset=place.charset)
    if not feed.items and not feed.problems:
        raise InputError(place.origin, "the feed holds no items.", "Read it again later.")
    seen: set[tuple[str | None, str | None, str]] = set()
    for number, item in enumerate(feed.items, start=1):
        where = msgspec.structs.replace(
            place,
            origin=f"{place.origin}:{number}",
            source_id=item.id or f"{place.source_id}:{number}",
            url=item.url,
            title=item.title,
            publisher=item.publisher or feed.title or place.publisher,
            published=item.published or item.updated or place.published,
        )
        told = (item.url, item.title, item.html)
        if told not in seen:
            seen.add(told)
            yield _report(item, where)
    for problem in feed.problems:
        yield Failure(origin=place.origin, source_id=place.source_id, reason=problem, remedy="Fetch it again.")


def _report(item: FeedItem, place: Place) -> Incoming | Document | Failure:
    if item.html:
        return Document(
            content=item.html.encode(errors="replace"),
            media="fragment",
            origin=place.origin,
            source_id=place.source_id,
            url=place.url,
            charset="utf-8",
            publisher=place.publisher,
            title=place.title,
            published=place.published,
            obtained="feed",
        )
    if not item.title:
        reason = "the item holds neither a text nor a title."
        return Failure(origin=place.origin, source_id=place.source_id, reason=reason, remedy="Read the page it links.")
    return Incoming(
        text=item.title,
        origin=place.origin,
        source_id=place.source_id,
        url=place.url,
        publisher=place.publisher,
        title=place.title,
        published=place.published,
        obtained="feed",
    )


def feed_items(
    content: bytes, base_url: str | None = None, *, origin: str | None = None, charset: str | None = None
) -> Feed:
    """What a feed holds.

    Dates are the words of the feed: the parser that is used here reads some of them wrongly without saying so.

    Parameters
    ----------
    content : bytes
        The feed as fetched.
    base_url : str, optional
        Where it was fetched, which its relative links hang on.
    origin : str, optional
        Names it in errors, where that is not its address.
    charset : str, optional
        The encoding that was declared beside the bytes.

    Raises
    ------
    InputError
        The bytes are no feed; the reason says what they are instead.
    """
    name = origin or base_url or "feed"
    if not content.strip():
        raise InputError(name, "the feed is empty.", _NEW_ADDRESS)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(content, base_url, name)
    if kind_of("", content[:HEAD]) == "page":
        raise InputError(name, *_page_instead(content, base_url))
    return _xml_feed(content, base_url, name, charset)


def _xml_feed(content: bytes, base_url: str | None, name: str, charset: str | None) -> Feed:
    import feedparser

    headers = {
        "content-location": base_url or "",
        "content-type": "application/xml" + (f"; charset={charset}" if charset else ""),
    }
    parsed = feedparser.parse(
        io.BytesIO(_NUMBER.sub(_as_character, _ESCAPED_SECTION.sub(rb"\1", content))),
        response_headers=headers,
        sanitize_html=False,
    )
    entries = parsed.entries
    problem = parsed.get("bozo_exception")
    if not entries and not parsed.version:
        why = f" ({problem})" if problem else ""
        raise InputError(name, f"is not a feed{why}.", _NEW_ADDRESS)
    problems = []
    if _is_cut(content, problem):
        problems.append("the feed is cut off, and what it held after its last whole item is lost.")
        begun = max(content.rfind(b"<item"), content.rfind(b"<entry"))
        if content.find(b"</item", begun) < 0 and content.find(b"</entry", begun) < 0:
            entries = entries[:-1]
    elif problem and not entries:
        problems.append(f"the feed is damaged ({problem}).")
    about = parsed.feed
    return Feed(
        title=_plain(_text(about, "title")),
        language=_text(about, "language"),
        ttl_minutes=_minutes(_text(about, "ttl")),
        items=tuple(_item(entry) for entry in entries),
        problems=tuple(problems),
    )


def _as_character(number: re.Match[bytes]) -> bytes:
    """A numbered character, the mark of a lost one for a number that none has: the parser fails on it."""
    code = int(number[1], 16) if number[1] else int(number[2][:9])
    return b"&#xFFFD;" if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else number[0]


def _is_cut(content: bytes, problem: object) -> bool:
    """Whether a feed ends before its last tag; other slips of the pen are mended by the parser."""
    return problem is not None and b"\0" not in content[:64] and not _LAST_TAG.search(content[-4096:])


def _item(entry: Mapping[str, object]) -> FeedItem:
    """One entry as the parser gives it. Only its own keys are asked for: the parser gives one key for another."""
    link = _text(entry, "link")
    identity = _text(entry, "id")
    source = entry.get("source") if "source" in entry else None
    return FeedItem(
        id=identity or link or "",
        url=clean_address(link) if link and is_web_address(link) else None,
        title=_plain(_text(entry, "title")),
        published=_text(entry, "published"),
        updated=_text(entry, "updated"),
        html=_body(entry),
        publisher=_plain(_text(source, "title")) if isinstance(source, Mapping) else None,
    )


def _body(entry: Mapping[str, object]) -> str:
    """The fullest text of an entry as HTML, empty where there are no words in it."""
    details: list[object] = []
    if "content" in entry and isinstance(contents := entry["content"], Sequence):
        details += contents
    if "summary_detail" in entry:
        details.append(entry["summary_detail"])
    bodies = [_as_html(detail) for detail in details if isinstance(detail, Mapping)]
    return next((body for body in bodies if _plain(body)), "")


def _as_html(detail: Mapping[str, object]) -> str:
    value = _text(detail, "value") or ""
    return _paragraphs(value) if _text(detail, "type") == "text/plain" else value


def _paragraphs(text: str) -> str:
    """A text without markup as HTML that shows it."""
    blocks = re.split(r"\r?\n[ \t]*\r?\n", text.strip())
    return "\n".join(f"<p>{html.escape(block, quote=False)}</p>" for block in blocks if block.strip())


def _plain(markup: str | None) -> str | None:
    """The words of a title, which may hold markup; None where there are none."""
    if markup is None:
        return None
    return " ".join(html.unescape(_MARKUP.sub(" ", markup) if "<" in markup else markup).split()) or None


def _text(fields: Mapping[str, object], key: str) -> str | None:
    value = fields[key] if key in fields.keys() else None  # noqa: SIM118 - the parser's own `in` gives other keys too
    return value.strip() or None if isinstance(value, str) else None


def _joined(base_url: str | None, link: str) -> str:
    """A link on the page that it hangs on; as it is where the two make no address."""
    try:
        return urljoin(base_url or "", link)
    except ValueError:
        return link


def _minutes(value: str | None) -> int | None:
    return int(value) if value and re.fullmatch(r"[0-9]{1,6}", value) else None


def _page_instead(content: bytes, base_url: str | None) -> tuple[str, str]:
    """The reason for a web page in a feed's place, with the feeds that it names itself."""
    feeds = []
    for link in _ALTERNATE.findall(content):
        address = re.search(rb"""href\s*=\s*["']?([^"'\s>]+)""", link, re.IGNORECASE)
        if address and re.search(rb"application/(?:rss|atom|feed)\+", link, re.IGNORECASE):
            feeds.append(_joined(base_url, html.unescape(address[1].decode(errors="replace"))))
    if not feeds:
        return "is a web page, not a feed.", _NEW_ADDRESS
    return f"is a web page, not a feed; its feeds: {', '.join(dict.fromkeys(feeds))}.", "Give one of these."


class _JsonItem(msgspec.Struct, kw_only=True):
    id: str | int | float | None = None
    url: str | None = None
    external_url: str | None = None
    title: str | None = None
    content_html: str | None = None
    content_text: str | None = None
    summary: str | None = None
    date_published: str | None = None
    date_modified: str | None = None


class _JsonFeed(msgspec.Struct, kw_only=True):
    version: str
    title: str | None = None
    language: str | None = None
    items: list[_JsonItem] = []


def _json_feed(content: bytes, base_url: str | None, name: str) -> Feed:
    """A feed in JSON. Source: jsonfeed.org, version 1.1."""
    try:
        feed = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"), type=_JsonFeed)
    except (msgspec.DecodeError, RecursionError) as problem:
        raise InputError(name, f"is not a feed ({problem}).", _NEW_ADDRESS) from problem
    return Feed(
        title=_plain(feed.title),
        language=feed.language,
        ttl_minutes=None,
        items=tuple(_json_items(feed.items, base_url)),
    )


def _json_items(items: Iterable[_JsonItem], base_url: str | None) -> Iterator[FeedItem]:
    for item in items:
        link = _joined(base_url, item.url or item.external_url or "")
        texts = (item.content_html, _paragraphs(item.content_text or ""), _paragraphs(item.summary or ""))
        yield FeedItem(
            id=str(item.id if item.id is not None else link),
            url=clean_address(link) if is_web_address(link) else None,
            title=_plain(item.title),
            published=item.date_published or None,
            updated=item.date_modified or None,
            html=next((text for text in texts if text and _plain(text)), ""),
        )
