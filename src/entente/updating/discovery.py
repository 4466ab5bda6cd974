"""What an address or path is as a standing source: a feed, a sitemap, a folder or a list of addresses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from entente.errors import InputError
from entente.records.standing import SourceKind, StandingSource
from entente.sources.addresses import has_scheme, is_web_address

if TYPE_CHECKING:
    from entente.sources.fetching import Fetched, Fetcher

__all__ = ["address_of", "find_source"]

_KINDS = "A source is a feed, a sitemap, a folder, or a text file with one address a line."


def address_of(typed: str) -> str:
    """The address by which a source goes, of a folder or file its whole path.

    Of a web address scheme and host are in lower case and the fragment is gone; all else may matter to the server.
    """
    typed = typed.strip()
    if not has_scheme(typed):
        return str(Path(typed).expanduser().resolve())
    if not is_web_address(typed):
        return typed
    parts = urlsplit(typed)
    who, at, host = parts.netloc.rpartition("@")
    return parts._replace(netloc=f"{who}{at}{host.lower()}", path=parts.path or "/", fragment="").geturl()


def find_source(
    typed: str,
    *,
    kind: SourceKind | None,
    publisher: str | None,
    whole_pages: bool,
    open_fetcher: Callable[[], Fetcher],
    say: Callable[[str], None],
) -> StandingSource:
    """The standing source at an address or path, whose kind is found out by looking at it once.

    Parameters
    ----------
    typed : str
        A web address, a folder or a file.
    kind : SourceKind or None
        What it is, where the user knows; None to find out.
    publisher : str or None
        Who publishes what it lists, for pages that do not say.
    whole_pages : bool
        Whether to read the pages of a feed's items, or only the feed's own text.
    open_fetcher : callable
        Makes what fetches an address; not called for a folder or a file.
    say : callable
        Is told where another address is taken than the one typed.

    Raises
    ------
    InputError
        It is none of these, or not of the kind that the user says.
    """
    address = address_of(typed)
    if has_scheme(address):
        with open_fetcher() as fetcher:
            address, found, title = _on_the_web(address, kind, fetcher, say)
    else:
        found, title = _on_the_disk(Path(address)), None
    if kind is not None and kind != found:
        raise InputError(typed, f"is a {found}, not a {kind}.", "Leave --kind out, or name the right one.")
    return StandingSource(
        address=address, kind=found, title=title, publisher=publisher, whole_pages=whole_pages or found != "feed"
    )


def _on_the_disk(path: Path) -> SourceKind:
    from entente.sources.decoding import decode

    if path.is_dir():
        return "folder"
    if not path.exists():
        remedy = "Check the path; a web address begins with https://."
        raise InputError(str(path), "no such folder or file.", remedy)
    try:
        _check_list(decode(path.read_bytes(), str(path)), str(path))
    except OSError as problem:
        raise InputError(str(path), f"cannot be read ({problem.strerror}).", "Check its permissions.") from problem
    except InputError as problem:
        remedy = f"{_KINDS} To read a file once, use `entente add`."
        raise InputError(problem.what, f"is no list of addresses: {problem.reason}", remedy) from problem
    return "list"


def _on_the_web(
    address: str, kind: SourceKind | None, fetcher: Fetcher, say: Callable[[str], None]
) -> tuple[str, SourceKind, str | None]:
    """The address of the source, its kind and its title."""
    from entente.sources.feeds import feed_items
    from entente.sources.kinds import HEAD, kind_of
    from entente.sources.listings import read_sitemap

    answer = _fetched(fetcher, address)
    head = answer.content[:HEAD]
    content_kind = kind_of(answer.file_name, head, answer.content_type)
    if kind == "list":
        from entente.sources.decoding import decode

        _check_list(decode(answer.content, address), address)
        return address, "list", None
    if content_kind == "feed":
        return address, "feed", feed_items(answer.content, answer.url, charset=answer.charset).title
    if content_kind == "page" and kind in (None, "feed"):
        feed = address_of(_only_feed(answer, address))
        answer = _fetched(fetcher, feed)
        title = feed_items(answer.content, answer.url, charset=answer.charset).title
        say(f"{address} is a page; it names the feed {feed}, which is taken.")
        return feed, "feed", title
    if content_kind in (None, "gzip") or kind == "sitemap":
        try:
            read_sitemap(answer.content, address)
        except InputError as problem:
            raise InputError(address, f"is neither a feed nor a sitemap: {problem.reason}", _KINDS) from problem
        return address, "sitemap", None
    if kind == "feed":
        feed_items(answer.content, answer.url, charset=answer.charset)
    remedy = f"{_KINDS} To read it once, use `entente add`; a list of addresses on the web needs --kind list."
    raise InputError(address, "is neither a feed nor a sitemap.", remedy)


def _check_list(text: str, origin: str) -> None:
    """Refuse what is no list of addresses from its first line to its last."""
    from entente.sources.listings import list_items

    for problem in list_items(text, origin).problems:
        raise problem


def _fetched(fetcher: Fetcher, address: str) -> Fetched:
    from entente.sources.fetching import Fetched

    answer = fetcher.fetch(address)
    assert isinstance(answer, Fetched)  # noqa: S101 - nothing was asked on condition
    return answer


def _only_feed(answer: Fetched, address: str) -> str:
    """The one feed that a page names in its head.

    Raises
    ------
    InputError
        It names none or several.
    """
    feeds = _feeds_named(answer)
    if not feeds:
        raise InputError(address, "is a page that names no feed.", f"Look for its feed or sitemap. {_KINDS}")
    if len(feeds) > 1:
        listed = ", ".join(f"{feed} ({title})" if title else feed for feed, title in feeds.items())
        raise InputError(address, f"is a page that names {len(feeds)} feeds: {listed}.", "Add the one you want.")
    return next(iter(feeds))


def _feeds_named(answer: Fetched) -> dict[str, str]:
    """The title of each feed that a page names, by address."""
    from urllib.parse import urljoin

    from lxml import etree, html

    try:
        root = html.fromstring(answer.content, base_url=answer.url)
    except (etree.ParserError, ValueError):
        return {}
    base = urljoin(answer.url, next(iter(root.xpath("//base/@href")), ""))
    feeds: dict[str, str] = {}
    for link in root.iter("link"):
        kind = (link.get("type") or "").strip().lower()
        is_feed = kind in (
            "application/rss+xml",
            "application/atom+xml",
            "application/feed+json",
            "application/rdf+xml",
        )
        if is_feed and "alternate" in (link.get("rel") or "").lower().split() and link.get("href"):
            target = urljoin(base, link.get("href").strip())
            if is_web_address(target):
                feeds.setdefault(target, (link.get("title") or "").strip())
    return feeds
