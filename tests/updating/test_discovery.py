"""What an address or a path is as a source."""

from __future__ import annotations

from pathlib import Path

import pytest

from entente.errors import InputError
from entente.records.standing import SourceKind, StandingSource
from entente.sources.fetching import Fetcher
from entente.updating.discovery import address_of, find_source
from tests.updating.desk import publish_feed
from tests.web import Server

SITEMAP = (
    "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://example.org/a</loc></url></urlset>"
)


def find(typed: str, kind: SourceKind | None = None, said: list[str] | None = None, **more: bool) -> StandingSource:
    return find_source(
        typed,
        kind=kind,
        publisher=None,
        whole_pages=more.get("whole_pages", True),
        open_fetcher=lambda: Fetcher(tries=1),
        say=(said if said is not None else []).append,
    )


def page(*links: str) -> str:
    return f"<!doctype html><html><head><title>News</title>{''.join(links)}</head><body><p>News.</p></body></html>"


def link(place: str, *, kind: str = "application/rss+xml", rel: str = "alternate", title: str = "") -> str:
    return f'<link rel="{rel}" type="{kind}" href="{place}" title="{title}">'


def test_a_feed_is_known_by_its_content_and_fetched_once(server: Server) -> None:
    feed = publish_feed(server, [1])
    found = find(feed)
    assert (found.address, found.kind, found.title, found.whole_pages) == (feed, "feed", "Example Times", True)
    assert [one.path for one in server.asked] == ["/feed.xml"]


def test_a_sitemap_is_known_by_its_content(server: Server) -> None:
    assert find(server.page("/map", SITEMAP, "text/plain")).kind == "sitemap"


def test_folders_and_lists_need_no_web_and_go_by_their_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "box").mkdir()
    (tmp_path / "pages.txt").write_text("https://example.org/a\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert (find("box").kind, find("box").address) == ("folder", str(tmp_path / "box"))
    assert (find("./pages.txt").kind, find("pages.txt").address) == ("list", str(tmp_path / "pages.txt"))
    assert address_of("box/../box/") == str(tmp_path / "box")


def test_of_a_page_that_names_one_feed_the_feed_is_taken_and_that_is_said(server: Server) -> None:
    feed, said = publish_feed(server, [1]), []
    links = (link("/feed.xml"), link("/feed.xml"), link("/print", kind="text/html"), link("/style", rel="stylesheet"))
    home = server.page("/", page(*links))
    assert find(home, said=said).address == feed
    assert said == [f"{home} is a page; it names the feed {feed}, which is taken."]


def test_of_a_page_that_names_several_feeds_they_are_listed(server: Server) -> None:
    home = server.page("/", page(link("/a.xml", title="World"), link("/b.xml", kind="application/atom+xml")))
    with pytest.raises(InputError, match=rf"names 2 feeds: {server.url}/a.xml \(World\), {server.url}/b.xml"):
        find(home)


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (page(), "text/html", "is a page that names no feed"),
        ("Just words.", "text/plain", "neither a feed nor a sitemap"),
        ("<opml><body/></opml>", "application/xml", "neither a feed nor a sitemap"),
        ("%PDF-1.7", "application/pdf", "neither a feed nor a sitemap"),
    ],
)
def test_anything_else_on_the_web_is_refused_with_a_reason(
    server: Server, body: str, content_type: str, reason: str
) -> None:
    with pytest.raises(InputError, match=reason) as raised:
        find(server.page("/x", body, content_type))
    assert raised.value.remedy


def test_a_page_that_is_not_there_or_a_scheme_that_is_not_fetched_is_refused(server: Server) -> None:
    with pytest.raises(InputError, match="404"):
        find(server.url + "/missing.xml")
    with pytest.raises(InputError, match="ftp"):
        find("ftp://example.org/feed.xml")


def test_a_path_to_nothing_or_to_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("The ministers met.\n", encoding="utf-8")
    with pytest.raises(InputError, match="no such folder or file"):
        find(str(tmp_path / "missing"))
    with pytest.raises(InputError, match=r"report.txt:1: is no list of addresses.*entente add"):
        find(str(report))


def test_a_kind_that_is_not_what_is_there_is_refused(server: Server, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a feed, not a sitemap"):
        find(publish_feed(server, [1]), "sitemap")
    with pytest.raises(InputError, match="is a folder, not a feed"):
        find(str(tmp_path), "feed")


def test_a_list_on_the_web_is_taken_where_that_is_said(server: Server) -> None:
    assert find(server.page("/pages.txt", "https://example.org/a\n", "text/plain"), "list").kind == "list"
