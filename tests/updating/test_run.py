"""Feeds updated: nothing is fetched twice, nothing is lost, and what fails is tried again when it should."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from entente.store import takedown
from tests.handmade import TEXT
from tests.updating.desk import MORNING, Desk, answer_feed, item, publish, publish_feed
from tests.web import Answer, Server, serving


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_feed_of_a_thousand_items_is_updated_twice_with_nothing_fetched_twice(desk: Desk, server: Server) -> None:
    publish(server, *range(1002), text="The ministers of both countries met in the morning.")
    feed = publish_feed(server, range(1000), etag='"first"')
    desk.add_source(feed, "feed")
    (first,) = desk.update()
    assert (first.listed, first.added, first.failed) == (1000, 1000, 0)
    assert len(server.asked) == 1001
    assert max(server.count(f"/reports/{number}") for number in range(1000)) == 1

    server.asked.clear()
    (second,) = desk.update()
    assert (second.result, second.added, second.failed) == ("unchanged", 0, 0)
    assert [(one.path, one.headers["If-None-Match"]) for one in server.asked] == [("/feed.xml", '"first"')]

    server.asked.clear()
    publish_feed(server, [1001, 1000, *range(998)], etag='"second"')
    (third,) = desk.update()
    assert (third.listed, third.due, third.added) == (1000, 2, 2)
    assert [one.path for one in server.asked] == ["/feed.xml", "/reports/1001", "/reports/1000"]
    assert len(desk.reports()) == 1002


def test_a_feed_without_marks_is_fetched_whole_but_its_pages_are_not(desk: Desk, server: Server) -> None:
    publish(server, 1, 2)
    desk.add_source(publish_feed(server, [1, 2]), "feed")
    desk.update()
    server.asked.clear()
    (answer,) = desk.update()
    assert (answer.result, answer.listed, answer.due) == ("updated", 2, 0)
    assert [one.path for one in server.asked] == ["/feed.xml"]


def test_an_item_with_a_new_title_or_time_is_asked_for_on_condition_and_a_new_text_is_a_new_version(
    desk: Desk, server: Server
) -> None:
    publish(server, 1, 2, 3)
    feed = publish_feed(server, [1, 2, 3])
    desk.add_source(feed, "feed")
    desk.update()
    server.asked.clear()
    publish(server, 2, text=f"{TEXT}\nCorrected.")
    server.answer("/reports/2", Answer(body=f"{TEXT}\nCorrected.".encode(), content_type="text/plain", etag='"2b"'))
    later = "Fri, 24 Feb 2023 12:00:00 GMT"
    answer_feed(server, [item(server, 1, when=later), item(server, 2, title="Report 2, corrected"), item(server, 3)])
    (answer,) = desk.update(at=MORNING + timedelta(minutes=10))
    assert (answer.due, answer.not_modified, answer.new_versions, answer.added) == (2, 1, 1, 0)
    asked = {one.path: one.headers.get("If-None-Match") for one in server.asked}
    assert asked == {"/feed.xml": None, "/reports/1": '"1"', "/reports/2": '"2"'}
    two = f"{server.url}/reports/2"
    assert [one for one in desk.reports() if one[0] == two] == [(two, False), (two, True)]
    assert desk.items(feed)["item-2"].etag == '"2b"'


def test_reports_carry_the_title_and_date_of_the_item_and_the_publisher_of_the_source(
    desk: Desk, server: Server
) -> None:
    publish(server, 1)
    desk.add_source(publish_feed(server, [1]), "feed", publisher="Example Times")
    desk.update()
    assert (desk.column("title"), desk.column("publisher")) == (["Report 1"], ["Example Times"])
    assert [(when or "")[:10] for when in desk.column("published")] == ["2023-02-24"]


def test_with_a_limit_the_rest_comes_the_next_time_though_the_feed_did_not_change(desk: Desk, server: Server) -> None:
    publish(server, *range(5))
    desk.add_source(publish_feed(server, range(5), etag='"x"'), "feed")
    answers = [desk.update(limit=2)[0] for _ in range(4)]
    assert [(one.added, one.left) for one in answers] == [(2, 3), (2, 1), (1, 0), (0, 0)]
    assert answers[3].result == "unchanged"
    assert max(server.count(f"/reports/{number}") for number in range(5)) == 1


def test_a_dry_run_tells_what_is_due_and_changes_nothing(desk: Desk, server: Server) -> None:
    publish(server, 1, 2)
    feed = publish_feed(server, [1, 2], etag='"x"')
    desk.add_source(feed, "feed")
    (answer,) = desk.update(dry_run=True)
    assert (answer.due, answer.left, answer.added) == (2, 2, 0)
    assert [one.path for one in server.asked] == ["/feed.xml"]
    assert (desk.reports(), desk.source(feed).checked_at) == ([], None)


def test_a_page_that_is_gone_is_given_up_at_once_and_takes_no_report_with_it(desk: Desk, server: Server) -> None:
    publish(server, 1)
    feed = publish_feed(server, [1, 404])
    server.answer("/reports/404", Answer(status=410))
    desk.add_source(feed, "feed")
    (answer,) = desk.update()
    assert (answer.added, answer.failed) == (1, 1)
    assert answer.failures[0].item == f"{server.url}/reports/404"
    assert answer.failures[0].next_try is None
    assert desk.failures() == [f"{server.url}/reports/404"]
    server.answer("/reports/1", Answer(status=404))
    answer_feed(server, [item(server, 1, title="Withdrawn"), item(server, 404)])
    server.asked.clear()
    (answer,) = desk.update(at=MORNING + timedelta(days=30))
    assert [one.path for one in server.asked] == ["/feed.xml", "/reports/1"]
    assert desk.reports() == [(f"{server.url}/reports/1", True)]
    assert desk.items(feed)["item-1"].state == "given up"


def test_a_page_that_fails_is_tried_again_in_time_also_where_the_feed_did_not_change(
    desk: Desk, server: Server
) -> None:
    feed = publish_feed(server, [1], etag='"x"')
    desk.add_source(feed, "feed")
    server.answer("/reports/1", Answer(status=500))
    (answer,) = desk.update()
    assert (answer.failed, answer.failures[0].next_try) == (1, "2026-11-20T09:00:00Z")
    desk.update(at=MORNING + timedelta(minutes=59))
    assert server.count("/reports/1") == 1
    desk.update(at=MORNING + timedelta(hours=1))
    assert server.count("/reports/1") == 2
    assert desk.items(feed)["item-1"].next_try == "2026-11-20T15:00:00Z"
    publish(server, 1)
    (answer,) = desk.update(at=MORNING + timedelta(hours=7))
    assert (answer.result, answer.added) == ("unchanged", 1)
    assert (desk.failures(), desk.items(feed)["item-1"].state) == ([], "done")
    assert desk.column("title") == ["Report 1"], "what the feed said of the item was lost"


def test_a_server_that_asks_for_a_pause_gets_it(desk: Desk, server: Server) -> None:
    publish(server, 1, 2, 3)
    feed = publish_feed(server, [1, 2, 3], etag='"x"')
    server.answer("/reports/1", Answer(status=429, headers={"Retry-After": "7200"}))
    desk.add_source(feed, "feed")
    (answer,) = desk.update()
    assert (answer.added, answer.failed, answer.left) == (0, 1, 2)
    assert answer.next_try == "2026-11-20T10:00:00Z"
    server.asked.clear()
    (answer,) = desk.update(at=MORNING + timedelta(minutes=119))
    assert (answer.result, server.asked) == ("waiting", [])
    publish(server, 1)
    (answer,) = desk.update(at=MORNING + timedelta(hours=2))
    assert (answer.added, answer.failed, answer.left) == (3, 0, 0)


def test_a_host_that_is_down_is_left_alone_after_a_few_tries(desk: Desk, server: Server) -> None:
    feed = publish_feed(server, range(40), etag='"x"')
    for number in range(40):
        server.answer(f"/reports/{number}", Answer(status=503))
    desk.add_source(feed, "feed")
    (answer,) = desk.update()
    assert len(server.asked) == 6
    assert (answer.failed, answer.left) == (5, 35)
    publish(server, *range(40))
    (answer,) = desk.update(at=MORNING + timedelta(hours=1))
    assert (answer.added, answer.failed) == (40, 0)


def test_hosts_that_are_down_keep_no_other_from_being_asked(desk: Desk, server: Server, tmp_path: Path) -> None:
    dead = [f"http://127.0.0.1:{port}/report" for port in range(1, 8)]
    live = publish(server, 1, 2)
    listed = tmp_path / "pages.txt"
    listed.write_text("\n".join([*dead, *live]), encoding="utf-8")
    desk.add_source(str(listed), "list")
    (answer,) = desk.update()
    assert (answer.added, answer.failed, answer.left, answer.next_try) == (2, 7, 0, None)
    assert [url for url, _ in desk.reports()] == live


def test_where_one_of_several_hosts_wants_a_pause_it_alone_gets_it(desk: Desk, server: Server, tmp_path: Path) -> None:
    with serving() as busy:
        publish(busy, 1, 2, 3)
        publish(server, 4)
        busy.answer("/reports/2", Answer(status=503, headers={"Retry-After": "7200"}))
        listed = tmp_path / "pages.txt"
        listed.write_text(
            "\n".join(
                f"{site.url}/reports/{number}" for site, number in [(busy, 1), (busy, 2), (busy, 3), (server, 4)]
            ),
            encoding="utf-8",
        )
        desk.add_source(str(listed), "list")
        (answer,) = desk.update()
        assert (answer.added, answer.failed, answer.left) == (2, 1, 1)
        assert desk.items(str(listed))[f"{busy.url}/reports/3"].next_try == "2026-11-20T10:00:00Z"
        publish(busy, 2)
        for site in (busy, server):
            site.asked.clear()
        (answer,) = desk.update(at=MORNING + timedelta(minutes=119))
        assert not {one.path for one in busy.asked} & {"/reports/2", "/reports/3"}
        assert [one.path for one in server.asked] == ["/reports/4"]
        (answer,) = desk.update(at=MORNING + timedelta(hours=2))
        assert (answer.added, answer.failed, answer.left) == (2, 0, 0)
        assert len(desk.reports()) == 4


def test_pages_that_never_answer_keep_the_others_of_their_host_waiting_for_one_update_only(
    desk: Desk, server: Server
) -> None:
    publish(server, *range(6, 10))
    feed = publish_feed(server, range(10))
    for number in range(6):
        server.answer(f"/reports/{number}", Answer(status=500))
    desk.add_source(feed, "feed")
    (answer,) = desk.update()
    assert (answer.added, answer.failed, answer.left) == (0, 5, 5)
    (answer,) = desk.update(at=MORNING + timedelta(hours=1))
    assert answer.added == 4


def test_a_source_that_fails_backs_off_and_does_not_stop_the_others(desk: Desk, server: Server) -> None:
    publish(server, 1)
    feed, gone = publish_feed(server, [1]), server.answer("/gone.xml", Answer(status=503))
    desk.add_source(gone, "feed")
    desk.add_source(feed, "feed")
    down, up = sorted(desk.update(), key=lambda one: one.result)
    assert (down.result, down.next_try, up.added) == ("failed", "2026-11-20T09:00:00Z", 1)
    assert "503" in (desk.source(gone).reason or "")
    assert {one.result for one in desk.update(at=MORNING + timedelta(minutes=5))} == {"waiting", "updated"}
    assert server.count("/gone.xml") == 1
    desk.update(at=MORNING + timedelta(minutes=5), at_once=True)
    assert server.count("/gone.xml") == 2
    server.answer("/gone.xml", Answer(body=b"<rss version='2.0'><channel><title>Back</title></channel></rss>"))
    desk.update(at=MORNING + timedelta(days=1))
    assert (desk.source(gone).tries, desk.source(gone).reason) == (0, None)


def test_a_page_that_robots_txt_withholds_is_a_failure_with_a_remedy_and_never_asked_for(
    desk: Desk, server: Server
) -> None:
    publish(server, 1, 2)
    server.page("/robots.txt", "User-agent: *\nDisallow: /reports/1\n", "text/plain")
    feed = publish_feed(server, [1, 2])
    desk.add_source(feed, "feed")
    (answer,) = desk.update(polite=True)
    assert (answer.added, answer.failed, server.count("/reports/1")) == (1, 1, 0)
    assert "robots.txt" in answer.failures[0].reason
    assert answer.failures[0].remedy
    assert desk.items(feed)["item-1"].state == "given up"


def test_an_item_that_two_sources_list_is_fetched_once(desk: Desk, server: Server) -> None:
    publish(server, 1, 2)
    desk.add_source(publish_feed(server, [1, 2]), "feed")
    body = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<url><loc>{server.url}/reports/1</loc><lastmod>2023-02-24</lastmod></url></urlset>"
    )
    desk.add_source(server.page("/sitemap.xml", body, "application/xml"), "sitemap")
    desk.update()
    assert server.count("/reports/1") == 1
    assert len(desk.reports()) == 2


def test_a_page_that_several_items_link_or_that_comes_back_under_another_id_is_fetched_once(
    desk: Desk, server: Server
) -> None:
    publish(server, 1)
    one = item(server, 1)
    desk.add_source(
        answer_feed(server, [one, one.replace("item-1", "other"), one.replace("reports/1", "reports/1#top")]), "feed"
    )
    (answer,) = desk.update()
    assert (answer.added, server.count("/reports/1")) == (1, 1)
    answer_feed(server, [one.replace("item-1", "yet-another")])
    (answer,) = desk.update()
    assert (answer.due, server.count("/reports/1")) == (1, 1)
    answer_feed(server, [one.replace("item-1", "fourth").replace("2023 10:00", "2027 10:00")])
    (answer,) = desk.update()
    assert (answer.not_modified, server.count("/reports/1")) == (1, 2)


@pytest.mark.parametrize("is_there", [True, False])
def test_the_words_of_a_forgotten_report_do_not_come_back_with_its_feed(
    is_there: bool, desk: Desk, server: Server, tmp_path: Path
) -> None:
    word = "Quisquiliae"
    publish(server, 1)
    feed = answer_feed(server, [item(server, 1, title=f"On {word}")])
    desk.add_source(feed, "feed")
    desk.update()
    (report,) = desk.column("id")
    takedown.forget(desk.store, [str(report)])
    if not is_there:
        server.answer("/reports/1", Answer(status=404))
    (answer,) = desk.update(at=MORNING + timedelta(hours=1))
    assert (answer.already_there, answer.failed) == ((1, 0) if is_there else (0, 1))
    assert desk.items(feed)["item-1"].title is None
    assert [file.name for file in tmp_path.iterdir() if word.encode() in file.read_bytes()] == []


@pytest.mark.parametrize("is_updated_between", [True, False])
def test_what_was_forgotten_by_mistake_comes_back_with_the_next_update(
    is_updated_between: bool, desk: Desk, server: Server
) -> None:
    publish(server, 1, 2)
    feed = publish_feed(server, [1, 2], etag='"x"')
    desk.add_source(feed, "feed")
    desk.update()
    report = str(desk.column("id")[0])
    takedown.forget(desk.store, [report])
    if is_updated_between:
        desk.update()
        desk.update()
    assert len(desk.reports()) == 1
    with desk.store.writing() as connection:
        takedown.unforget(connection, [report])
    server.asked.clear()
    (answer,) = desk.update()
    assert (answer.added, answer.already_there) == (1, 0)
    assert [one.path for one in server.asked] == ["/feed.xml", "/reports/1"]
    assert sorted(desk.reports()) == [(f"{server.url}/reports/{number}", True) for number in (1, 2)]


def test_items_that_share_an_id_are_items_of_their_own(desk: Desk, server: Server) -> None:
    publish(server, 1, 2, 3)

    def feed_of(*numbers: int) -> str:
        items = (item(server, number).replace(f"item-{number}", "www.example.org") for number in numbers)
        return answer_feed(server, list(items))

    desk.add_source(feed_of(2, 1), "feed")
    (answer,) = desk.update()
    assert (answer.listed, answer.added) == (2, 2)
    feed_of(3, 2)
    server.asked.clear()
    (answer,) = desk.update(at=MORNING + timedelta(hours=1))
    assert (answer.added, [one.path for one in server.asked]) == (1, ["/feed.xml", "/reports/3"])
    assert sorted(desk.reports()) == [(f"{server.url}/reports/{number}", True) for number in (1, 2, 3)]


def test_a_report_that_no_coder_can_take_is_named_and_does_not_stop_the_rest(desk: Desk, server: Server) -> None:
    publish(server, 1, 3)
    publish(server, 2, text=f"{TEXT} BREAK THE CODER")
    feed = publish_feed(server, [1, 2, 3])
    desk.add_source(feed, "feed")
    (answer,) = desk.update()
    assert (answer.added, answer.failed) == (2, 1)
    assert desk.items(feed)["item-2"].state == "given up"
    assert desk.failures() == [f"{server.url}/reports/2"]


def test_what_is_no_feed_any_more_is_said_and_tried_again(desk: Desk, server: Server) -> None:
    feed = server.page("/feed.xml", "<html><body><h1>We have moved</h1></body></html>")
    desk.add_source(feed, "feed")
    (answer,) = desk.update()
    assert (answer.result, answer.next_try) == ("failed", "2026-11-20T09:00:00Z")
    assert "not a feed" in (answer.reason or "")
