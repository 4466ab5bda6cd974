"""Feeds as files: each item once, with the address and the date that it gives itself."""

import json
import time

import pytest

from entente.errors import InputError
from entente.records import Document, Failure, Incoming
from entente.reports.written_dates import normalise_published
from entente.sources.contents import Place
from entente.sources.feeds import feed_items, read_feed
from entente.sources.files import read_inputs

SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:atom="http://www.w3.org/2005/Atom"'
)


def rss(*items, about="<title>Harbour news</title>"):
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {SPACES}><channel>{about}{inner}</channel></rss>'.encode()


def atom(*entries, about="<title>Harbour news</title>"):
    inner = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/">{about}{inner}</feed>'.encode()


def read(content, url=None):
    return list(read_feed(content, Place(origin="a.rss", source_id="a.rss", url=url)))


def only(content, url=None):
    (item,) = read(content, url)
    return item


def test_item_is_a_piece_of_a_page_with_what_the_feed_says_of_it():
    item = only(
        rss(
            "<title>Malta &amp;amp; Tunis</title><link>https://example.org/1</link><guid isPermaLink='false'>g1</guid>"
            "<description>&lt;p&gt;Short.&lt;/p&gt;</description><pubDate>Tue, 21 May 2024 06:00:00 GMT</pubDate>"
        )
    )
    assert item == Document(
        content=b"<p>Short.</p>",
        media="fragment",
        origin="a.rss:1",
        source_id="g1",
        url="https://example.org/1",
        charset="utf-8",
        publisher="Harbour news",
        title="Malta & Tunis",
        published="Tue, 21 May 2024 06:00:00 GMT",
        obtained="feed",
    )


def test_fullest_text_of_an_item_is_taken():
    item = only(
        rss("<description>Short.</description><content:encoded><![CDATA[<p>The whole.</p>]]></content:encoded>")
    )
    assert item.content == b"<p>The whole.</p>"


def test_paper_that_an_item_comes_from_is_its_publisher():
    item = only(rss('<title>T</title><source url="https://example.net/f">Isle Gazette</source>'))
    assert item.publisher == "Isle Gazette"


def test_item_without_a_text_is_its_title():
    item = only(rss("<title>Malta joins the patrol</title><description><![CDATA[<img src='x.png'>]]></description>"))
    assert isinstance(item, Incoming)
    assert item.text == "Malta joins the patrol"


def test_item_without_anything_is_named():
    failure, item = read(rss("<link>https://example.org/1</link>", "<title>T</title>"))
    assert isinstance(failure, Failure)
    assert failure.origin == "a.rss:1"
    assert item.text == "T"


def test_atom_entry_gives_its_page_and_the_day_it_came_out():
    item = only(
        atom(
            '<id>tag:example.org,2024:1</id><title type="html">Malta &amp;amp; Tunis</title>'
            '<link rel="self" href="feed/1"/><link rel="alternate" href="2024/1"/><updated>2024-05-23T00:00:00Z</updated>'
            "<published>2024-05-21T06:00:00Z</published><summary>Short &lt; long.</summary>"
            '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The whole.</p></div></content>'
        )
    )
    assert (item.url, item.source_id) == ("https://example.org/2024/1", "tag:example.org,2024:1")
    assert (item.title, item.published) == ("Malta & Tunis", "2024-05-21T06:00:00Z")
    assert item.content == b"<p>The whole.</p>"


def test_plain_text_of_an_entry_is_not_taken_for_markup():
    item = only(atom("<id>1</id><summary type='text'>Fewer than 5 &lt;em&gt; ships.\n\nMore later.</summary>"))
    assert item.content == b"<p>Fewer than 5 &lt;em&gt; ships.</p>\n<p>More later.</p>"


def test_links_hang_on_the_address_of_the_feed():
    assert (
        only(rss("<link>/2024/1</link><title>T</title>"), "https://example.org/feed/").url
        == "https://example.org/2024/1"
    )


def test_permanent_identity_is_the_address_where_no_link_is_given():
    assert only(rss("<guid>https://example.org/g</guid><title>T</title>")).url == "https://example.org/g"
    assert only(rss("<guid isPermaLink='false'>https://example.org/g</guid><title>T</title>")).url is None


@pytest.mark.parametrize(
    "written",
    [
        "&lt;![CDATA[&lt;p&gt;Malta joined.&lt;/p&gt;]]&gt;",
        "<![CDATA[<p>Malta joined.</p>]]>",
        "&lt;p&gt;Malta joined.&lt;/p&gt;",
    ],
)
def test_section_that_was_escaped_once_too_often_keeps_its_text(written):
    assert only(rss(f"<description>{written}</description>")).content == b"<p>Malta joined.</p>"


# Siblings of the case "an unusual date is half parsed and silently wrong".


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2016/6/9 5:07:41", "2016-06-09"),
        ("29.06.2016 15:07", "2016-06-29"),
        ("June 29, 2016 3:07 pm EDT", "2016-06-29T15:07:00-04:00"),
        ("Wed, 29 Jun 2016 15:07:41 CET", "2016-06-29T15:07:41+01:00"),
        ("Wed, 29 Jun 2016 23:30:00 IST", "2016-06-29"),
        ("Wednesday, 29-Jun-16 15:07:41 UTC", "2016-06-29T15:07:41+00:00"),
        ("Wed Jun 29 15:07:41 GMT 2016", "2016-06-29T15:07:41+00:00"),
        ("06/07/2016 10:00", None),
        ("29/06/2016 10:00", "2016-06-29"),
        ("2016-06", None),
        ("last Wednesday", None),
        ("31 June 2016", None),
    ],
)
@pytest.mark.parametrize("tag", ["pubDate", "dc:date"])
def test_date_of_an_item_is_read_whole_or_not_at_all(written, day, tag):
    item = only(rss(f"<title>Talks</title><{tag}>{written}</{tag}>"))
    assert item.published == written
    assert normalise_published(item.published) == day


def test_change_of_an_item_is_its_date_only_where_no_other_is_given():
    both = "<updated>2024-05-23T00:00:00Z</updated>"
    assert only(atom(f"<id>1</id><title>T</title>{both}")).published == "2024-05-23T00:00:00Z"
    (item,) = feed_items(atom(f"<id>1</id><title>T</title>{both}<published>2024-05-21</published>")).items
    assert (item.published, item.updated) == ("2024-05-21", "2024-05-23T00:00:00Z")


def test_item_without_a_date_has_none():
    assert only(rss("<title>T</title>", about="<pubDate>Tue, 21 May 2024 06:00:00 GMT</pubDate>")).published is None


# Siblings of the case "one story with three addresses is stored three times".


@pytest.mark.parametrize(
    "links",
    [
        [
            "https://example.org/malta?utm_source=rss&amp;utm_campaign=x",
            "https://example.org/malta#comments",
            "https://EXAMPLE.org:443/malta",
        ],
        [
            "https://go.example.com/click?u=https%3A%2F%2Fexample.org%2Fmalta%3Ffbclid%3D1&amp;id=9",
            "https://example.org/malta",
        ],
        [
            "https://news.example.com/rd?url=https%3A%2F%2Fexample.org%2Fmalta",
            "https://news.example.com/rd?ct=2&amp;url=https%3A%2F%2Fexample.org%2Fmalta",
        ],
    ],
)
def test_story_under_several_addresses_comes_once_under_its_own(links):
    items = (
        f"<link>{link}</link><guid>tag:{n}</guid><description>Malta joined.</description>"
        for n, link in enumerate(links)
    )
    assert only(rss(*items)).url == "https://example.org/malta"


def test_two_texts_under_one_address_are_two_reports():
    items = (f"<link>https://example.org/live</link><description>Hour {hour}.</description>" for hour in (1, 2))
    assert len(read(rss(*items))) == 2


def test_pages_told_apart_by_a_parameter_are_two_reports():
    items = (f"<link>https://example.org/?p={n}</link><description>Malta joined.</description>" for n in (1, 2))
    assert [item.url for item in read(rss(*items))] == ["https://example.org/?p=1", "https://example.org/?p=2"]


def test_feed_says_its_language_and_how_long_it_stays_as_it_is():
    feed = feed_items(rss(about="<title>N</title><language>fr</language><ttl>90</ttl>"))
    assert (feed.title, feed.language, feed.ttl_minutes, feed.items, feed.problems) == ("N", "fr", 90, (), ())


def test_rdf_feed_is_read():
    content = (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        b'<channel><title>Old news</title></channel><item rdf:about="https://example.org/1"><title>T</title>'
        b"<link>https://example.org/1</link></item></rdf:RDF>"
    )
    item = only(content)
    assert (item.text, item.url, item.publisher) == ("T", "https://example.org/1", "Old news")


def test_json_feed_is_read():
    items = [
        {
            "id": 7,
            "url": "/1?utm_source=x",
            "title": "A",
            "content_html": "<p>Peru.</p>",
            "date_published": "2024-05-21",
        },
        {"id": "8", "content_text": "Chile & Peru."},
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "N", "items": items}
    first, second = read(json.dumps(feed).encode(), "https://example.org/feed.json")
    assert (first.content, first.url, first.source_id) == (b"<p>Peru.</p>", "https://example.org/1", "7")
    assert (first.published, first.publisher) == ("2024-05-21", "N")
    assert (second.content, second.source_id) == (b"<p>Chile &amp; Peru.</p>", "8")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"Peru met Chile.", "is not a feed"),
        (b"<urlset><url/></urlset>", "is not a feed"),
        (b"{}", "is not a feed"),
        (b"<!doctype html><html><p>x</p></html>", "is a web page, not a feed."),
        (
            b"<html><link rel=alternate type='application/rss+xml' href='/f.xml'>"
            b'<link rel="alternate" href="https://example.org/a?x=1&amp;y=2" type="application/atom+xml"></html>',
            "its feeds: https://example.org/f.xml, https://example.org/a?x=1&y=2.",
        ),
    ],
)
def test_what_is_no_feed_is_said_with_a_remedy(content, reason):
    with pytest.raises(InputError) as raised:
        feed_items(content, "https://example.org/feed")
    assert raised.value.what == "https://example.org/feed"
    assert reason in raised.value.reason
    assert raised.value.remedy


@pytest.mark.parametrize(("missing", "whole"), [(12, 3), (60, 2), (104, 2)])
def test_cut_off_feed_gives_its_whole_items_and_says_that_it_is_cut(missing, whole):
    content = rss(
        *(f"<title>Talks {n}</title><guid>{n}</guid><description>Malta joined.</description>" for n in range(3))
    )
    *items, failure = read(content[:-missing])
    assert [item.content for item in items] == [b"Malta joined."] * whole
    assert "cut off" in failure.reason


def test_slips_of_the_pen_in_a_feed_do_not_matter():
    item = only(rss("<title>Malta & Tunis</title><description>A &nbsp; B &bogus; <br>C</description>"))
    assert item.title == "Malta & Tunis"


def test_entities_made_to_fill_up_a_machine_do_not():
    entities = '<!ENTITY a0 "aaaaaaaaaa">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    content = f'<?xml version="1.0"?><!DOCTYPE rss [{entities}]>'.encode() + rss("<title>&a11;</title>")[38:]
    began = time.monotonic()
    try:
        items = read(content)
    except InputError:
        items = []
    assert time.monotonic() - began < 5
    assert sum(len(getattr(item, "text", "")) for item in items) < 1000


def test_entity_that_names_a_file_is_not_followed(tmp_path):
    (tmp_path / "secret.txt").write_text("hidden words")
    entity = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]>'
    content = f'<?xml version="1.0"?>{entity}'.encode() + rss("<title>A &x;</title>")[38:]
    assert "hidden" not in repr(feed_items(content))


@pytest.mark.parametrize("name", ["a.rss", "a.atom", "a.xml", "a.txt", "feed"])
def test_feed_is_read_from_a_file_of_any_name(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(rss("<title>Talks</title>", "<title>More talks</title>"))
    first, second = read_inputs([str(path)])
    assert (first.text, second.text) == ("Talks", "More talks")
    assert second.origin == f"{path}:2"


@pytest.mark.parametrize("number", ["&#xD83D;", "&#55357;", "&#x110000;", "&#99999999999;", "&#xFFFFFFFFFF;"])
def test_numbers_that_no_character_has_cost_that_character_alone(number):
    (item,) = feed_items(rss(f"<title>Talks {number} in Lima &#233;</title>")).items
    assert item.title == "Talks \ufffd in Lima é"


def test_feed_without_items_is_a_failure(tmp_path):
    path = tmp_path / "a.rss"
    path.write_bytes(rss())
    (failure,) = read_inputs([str(path)])
    assert failure.reason == "the feed holds no items."
