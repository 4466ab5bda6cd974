"""Sitemaps, lists and folders updated, and feeds whose own text is read."""

from __future__ import annotations

import gzip
import os
import time
from datetime import timedelta
from pathlib import Path

import pytest

from tests.handmade import TEXT
from tests.updating.desk import MORNING, Desk, answer_feed, item, publish, publish_feed
from tests.web import Answer, Server

PROSE = (
    "The two ministers met on Tuesday. They spoke about trade and about the river, and agreed to meet again in May. "
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def sitemap(*entries: tuple[str, str], name: str = "url", root: str = "urlset") -> bytes:
    lines = "".join(
        f"<{name}><loc>{place}</loc>{f'<lastmod>{when}</lastmod>' if when else ''}</{name}>" for place, when in entries
    )
    return f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{lines}</{root}>'.encode()


def put(server: Server, path: str, body: bytes, **more: str) -> str:
    return server.answer(path, Answer(body=body, content_type="application/xml", **more))  # type: ignore[arg-type]


def write(path: Path, text: str) -> Path:
    """A file that was written an hour ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    hour_ago = time.time() - 3600
    os.utime(path, (hour_ago, hour_ago))
    return path


def test_of_an_index_only_sitemaps_that_changed_and_of_them_only_pages_that_changed_are_fetched(
    desk: Desk, server: Server
) -> None:
    one, two, three = publish(server, 1, 2, 3)
    old = server.answer("/old.xml.gz", Answer(body=gzip.compress(sitemap((one, "2023-01-01"))), content_type=None))
    new = put(server, "/new.xml", sitemap((two, "2023-02-01")))
    index = [(old, "2023-01-01"), (new, "2023-02-01")]
    address = put(server, "/sitemap.xml", sitemap(*index, name="sitemap", root="sitemapindex"))
    desk.add_source(address, "sitemap")
    (answer,) = desk.update()
    assert (answer.listed, answer.added) == (2, 2)

    server.asked.clear()
    put(server, "/new.xml", sitemap((two, "2023-02-01"), (three, "2023-02-02")))
    index = [(old, "2023-01-01"), (new, "2023-02-02")]
    put(server, "/sitemap.xml", sitemap(*index, name="sitemap", root="sitemapindex"))
    (answer,) = desk.update()
    assert (answer.due, answer.added) == (1, 1)
    assert [asked.path for asked in server.asked] == ["/sitemap.xml", "/new.xml", "/reports/3"]


def test_sitemaps_without_a_time_are_asked_for_on_condition_also_where_their_index_did_not_change(
    desk: Desk, server: Server
) -> None:
    one, two = publish(server, 1, 2)
    part = put(server, "/part.xml", sitemap((one, "2023-01-01")), etag='"p1"')
    index = sitemap((part, ""), name="sitemap", root="sitemapindex")
    desk.add_source(put(server, "/sitemap.xml", index, etag='"i"'), "sitemap")
    desk.update()
    server.asked.clear()
    (answer,) = desk.update()
    assert (answer.result, [asked.path for asked in server.asked]) == ("unchanged", ["/sitemap.xml", "/part.xml"])
    put(server, "/part.xml", sitemap((one, "2023-01-01"), (two, "2023-01-02")), etag='"p2"')
    (answer,) = desk.update()
    assert (answer.due, answer.added) == (1, 1)


def test_a_sitemap_of_an_index_that_cannot_be_read_is_named_and_come_back_to(desk: Desk, server: Server) -> None:
    one, two = publish(server, 1, 2)
    good = put(server, "/good.xml", sitemap((one, "2023-01-01")))
    bad = put(server, "/bad.xml", b"<urlset><url>")
    index = sitemap((good, "2023-01-01"), (bad, "2023-01-01"), name="sitemap", root="sitemapindex")
    address = put(server, "/sitemap.xml", index, etag='"i"')
    desk.add_source(address, "sitemap")
    (answer,) = desk.update()
    assert (answer.added, answer.failed, answer.failures[0].item) == (1, 1, bad)
    assert desk.source(address).reason
    put(server, "/bad.xml", sitemap((two, "2023-01-01")))
    (answer,) = desk.update()
    assert (answer.added, answer.failed) == (1, 0)
    assert server.count("/good.xml") == 1
    assert desk.source(address).reason is None


def test_a_news_sitemap_gives_titles_and_dates_to_pages_that_have_none(desk: Desk, server: Server) -> None:
    (one,) = publish(server, 1)
    body = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
        f"<url><loc>{one}</loc><n:news><n:publication><n:name>Example Times</n:name></n:publication>"
        "<n:publication_date>2023-02-24</n:publication_date><n:title>Envoys meet in Islamabad</n:title></n:news></url></urlset>"
    )
    desk.add_source(put(server, "/news.xml", body.encode()), "sitemap")
    desk.update()
    assert desk.column("title") == ["Envoys meet in Islamabad"]
    assert desk.column("published") == ["2023-02-24"]


def test_the_addresses_of_a_list_are_asked_for_each_time_on_condition(
    desk: Desk, server: Server, tmp_path: Path
) -> None:
    one, two = publish(server, 1, 2)
    listed = write(tmp_path / "pages.txt", f"# of the ministry\n{one}\n\n{two}  # weekly\n")
    desk.add_source(str(listed), "list")
    (answer,) = desk.update()
    assert (answer.listed, answer.added) == (2, 2)
    server.asked.clear()
    (answer,) = desk.update()
    assert (answer.not_modified, answer.added) == (2, 0)
    assert [asked.headers.get("If-None-Match") for asked in server.asked] == ['"1"', '"2"']
    server.answer("/reports/2", Answer(body=f"{TEXT}\nCorrected.".encode(), content_type="text/plain"))
    (answer,) = desk.update()
    assert (answer.not_modified, answer.new_versions) == (1, 1)


def test_a_page_that_goes_back_to_an_earlier_text_is_nothing_new(desk: Desk, server: Server, tmp_path: Path) -> None:
    (one,) = publish(server, 1)
    desk.add_source(str(write(tmp_path / "pages.txt", one)), "list")
    desk.update()
    server.answer("/reports/1", Answer(body=f"{TEXT}\nCorrected.".encode(), content_type="text/plain"))
    desk.update(at=MORNING + timedelta(hours=1))
    publish(server, 1)
    (answer,) = desk.update(at=MORNING + timedelta(hours=2))
    assert (answer.back_again, answer.added, answer.new_versions, answer.events) == (1, 0, 0, 0)
    assert desk.reports() == [(one, True), (one, False)]
    assert desk.source(str(tmp_path / "pages.txt")).new_at == "2026-11-20T09:00:00Z"


def test_a_list_that_is_gone_or_holds_something_else_is_a_failure_of_the_source(desk: Desk, tmp_path: Path) -> None:
    gone, other = tmp_path / "gone.txt", write(tmp_path / "other.txt", "not an address\n")
    desk.add_source(str(gone), "list")
    desk.add_source(str(other), "list")
    answers = {answer.source: answer for answer in desk.update()}
    assert {answer.result for answer in answers.values()} == {"failed"}
    assert "cannot be read" in (answers[str(gone)].reason or "")
    assert "not an address" in (answers[str(other)].reason or "")


def test_a_line_of_a_list_that_is_no_address_is_a_failure_beside_the_reports(
    desk: Desk, server: Server, tmp_path: Path
) -> None:
    (one,) = publish(server, 1)
    desk.add_source(str(write(tmp_path / "pages.txt", f"{one}\nnot an address\n")), "list")
    (answer,) = desk.update()
    assert (answer.listed, answer.added, answer.failed, answer.unread) == (1, 1, 1, 1)


def test_new_and_changed_files_of_a_folder_are_read_once(desk: Desk, tmp_path: Path) -> None:
    box = tmp_path / "box"
    write(box / "a.txt", f"date 2023-02-24\n{TEXT}One.")
    write(box / "deep" / "b.txt", f"date 2023-02-25\n{TEXT}Two.")
    write(box / ".hidden.txt", "Nothing to see.")
    write(box / "c.txt.part", "Half a rep")
    desk.add_source(str(box), "folder", publisher="Example Agency")
    (answer,) = desk.update()
    assert (answer.listed, answer.added) == (2, 2)
    assert desk.column("publisher") == ["Example Agency"] * 2
    (answer,) = desk.update()
    assert (answer.due, answer.added) == (0, 0)
    write(box / "a.txt", f"date 2023-02-24\n{TEXT}One, corrected.")
    (answer,) = desk.update()
    assert (answer.due, answer.added) == (1, 1)
    assert desk.reports() == [("a.txt", False), ("b.txt", True), ("a.txt", True)]


def test_a_file_of_many_rows_is_one_item_and_a_bad_row_does_not_bring_it_back(desk: Desk, tmp_path: Path) -> None:
    box = tmp_path / "box"
    rows = [f'{{"id": "r{number}", "text": "Peru met Chile for the {number}th time."}}' for number in range(40)]
    write(box / "rows.jsonl", "\n".join([*rows, "{broken"]))
    desk.add_source(str(box), "folder")
    (answer,) = desk.update()
    assert (answer.due, answer.added, answer.failed) == (1, 40, 1)
    (answer,) = desk.update(at=MORNING + timedelta(days=9))
    assert (answer.due, answer.failed) == (0, 0)


def test_a_file_that_cannot_be_read_is_tried_again_and_a_folder_that_is_gone_is_said(
    desk: Desk, tmp_path: Path
) -> None:
    box = tmp_path / "box"
    empty = write(box / "a.txt", "")
    desk.add_source(str(box), "folder")
    (answer,) = desk.update()
    assert (answer.failed, answer.failures[0].next_try) == (1, "2026-11-20T09:00:00Z")
    (answer,) = desk.update(at=MORNING + timedelta(minutes=5))
    assert answer.due == 0
    write(empty, TEXT)
    (answer,) = desk.update(at=MORNING + timedelta(minutes=6))
    assert (answer.added, desk.failures()) == (1, [])
    empty.unlink()
    box.rmdir()
    (answer,) = desk.update(at=MORNING + timedelta(minutes=7))
    assert answer.result == "failed"
    assert len(desk.reports()) == 1


def test_without_whole_pages_the_text_of_the_feed_is_the_report(desk: Desk, server: Server) -> None:
    feed = publish_feed(server, [1], own_text=f"<p>{PROSE}</p>")
    desk.add_source(feed, "feed", whole_pages=False)
    (answer,) = desk.update()
    assert (answer.added, server.count("/reports/1")) == (1, 0)
    assert "agreed to meet again in May" in (desk.column("text")[0] or "")
    publish_feed(server, [1], own_text=f"<p>{PROSE} The river is low.</p>")
    (answer,) = desk.update()
    assert answer.new_versions == 1
    assert [counts for _, counts in desk.reports()] == [False, True]


@pytest.mark.parametrize("status", [403, 404, 500])
def test_where_the_page_cannot_be_had_the_text_of_the_feed_stands_in_and_the_report_says_so(
    desk: Desk, server: Server, status: int
) -> None:
    server.answer("/reports/1", Answer(status=status))
    desk.add_source(publish_feed(server, [1], own_text=f"<p>{PROSE}</p>"), "feed")
    (answer,) = desk.update()
    assert (answer.added, answer.own_text, answer.failed) == (1, 1, 0)
    assert "river" in (desk.column("text")[0] or "")
    assert f"feed: this is the feed's own text, since its page answers {status}" in (desk.column("warnings")[0] or "")


def test_a_page_that_comes_after_all_takes_the_place_of_the_feeds_text(desk: Desk, server: Server) -> None:
    server.answer("/reports/1", Answer(status=500))
    desk.add_source(publish_feed(server, [1], etag='"x"', own_text=f"<p>{PROSE}</p>"), "feed")
    desk.update()
    publish(server, 1)
    (answer,) = desk.update(at=MORNING + timedelta(hours=1))
    assert (answer.result, answer.new_versions) == ("unchanged", 1)
    assert [counts for _, counts in desk.reports()] == [False, True]
    assert "number 1" in (desk.column("text")[1] or "")


def test_a_stub_of_a_page_gives_way_to_a_feed_with_the_whole_text(desk: Desk, server: Server) -> None:
    page = "<html><head><title>Ministers meet</title></head><body><article><h1>Ministers meet</h1><p>{}</p></article></body></html>"
    server.page("/reports/1", page.format("The two ministers met on Tuesday. Subscribe to read on."))
    server.page("/reports/2", page.format(PROSE * 6))
    items = [item(server, number, own_text=f"<p>{PROSE * 5}</p>") for number in (1, 2)]
    desk.add_source(answer_feed(server, items), "feed")
    (answer,) = desk.update()
    assert (answer.added, answer.own_text) == (2, 1)
    assert desk.column("obtained") == ["feed", "web"]


def test_an_item_without_a_page_is_read_from_the_feed_and_one_without_anything_is_a_failure(
    desk: Desk, server: Server
) -> None:
    items = [
        f"<item><guid isPermaLink='false'>x</guid><title>Readout</title><description>{PROSE}</description></item>",
        "<item><guid isPermaLink='false'>y</guid><title>Empty</title></item>",
    ]
    desk.add_source(answer_feed(server, items), "feed")
    (answer,) = desk.update()
    assert (answer.added, answer.failed) == (1, 1)
    assert answer.failures[0].item.endswith("#y")
