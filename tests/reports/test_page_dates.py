"""When a page was published: what it says first and best, and nothing where it does not say."""

import pytest

from entente.records import Document
from entente.reports.page_days import find_dates, read_date
from entente.reports.pages import extract_page

BODY = (
    "<p>The ports of Velmar and Tarsis will be linked by a night ferry, both harbour boards said.</p>"
    "<p>Ivo Raun, who heads the board in Tarsis, expects forty lorries on each crossing of the bay.</p>"
)


def report(head="", above="", below="", lang="", url=None, before=""):
    markup = f'<html lang="{lang}"><head><title>Night ferry</title>{head}</head><body>{before}<h1>Night ferry</h1>{above}{BODY}{below}</body></html>'
    return extract_page(Document(content=markup.encode(), media="page", origin="p", source_id="p", url=url))


def structured(words):
    return f'<script type="application/ld+json">{words}</script>'


@pytest.mark.parametrize(
    ("words", "published"),
    [
        ("2023-02-24", "2023-02-24"),
        ("2023-02-24T14:05:00Z", "2023-02-24T14:05:00+00:00"),
        ("2023-02-24T14:05:00.123+0500", "2023-02-24T14:05:00+05:00"),
        ("2023-02-24 14:05", "2023-02-24"),
        ("20230224", "2023-02-24"),
        ("20230224T140500Z", "2023-02-24T14:05:00+00:00"),
        ("1677247500", "2023-02-24T14:05:00+00:00"),
        ("1677247500000", "2023-02-24T14:05:00+00:00"),
        ("Fri, 24 Feb 2023 10:00:00 +0500", "2023-02-24T10:00:00+05:00"),
        ("Fri Feb 24 2023 14:05:00 GMT+0000 (Coordinated Universal Time)", "2023-02-24T14:05:00+00:00"),
        ("Published 24 February 2023 at 14:05 GMT", "2023-02-24T14:05:00+00:00"),
        ("February 24th, 2023 6:00pm EST", "2023-02-24T18:00:00-05:00"),
        ("18:05 PKT, 24 February 2023", "2023-02-24T18:05:00+05:00"),
        ("Friday, 24 February 2023 | 6:00 pm", "2023-02-24"),
        ("24 Feb 2023 10:00 IST", "2023-02-24"),
        ("24.02.2023", "2023-02-24"),
        ("05.04.2023", "2023-04-05"),
        ("2023/2/4", "2023-02-04"),
        ("24 février 2023", "2023-02-24"),
        ("Published: July 4, 2016 03:45 PM PKT", "2016-07-04T15:45:00+05:00"),
        ("July 4, 2016, 3:45 p.m. ET", "2016-07-04T15:45:00-04:00"),
        ("Jan. 4, 2016, 3:45 p.m. ET", "2016-01-04T15:45:00-05:00"),
        ("Nov 5, 2006 3:45 PM PT", "2006-11-05T15:45:00-08:00"),
        ("February 24, 20238:46 AM GMT", "2023-02-24T08:46:00+00:00"),
    ],
)
def test_written_dates_are_read_with_a_time_only_where_its_zone_is_known(words, published):
    assert read_date(words).iso == published


@pytest.mark.parametrize(
    "words", ["", "soon", "0001-01-01T00:00:00", "1970-01-01T00:00:00Z", "2023-02-31", "9999-12-31", "3 hours ago", "0"]
)
def test_what_is_no_date_gives_none(words):
    assert read_date(words) is None


def test_figures_that_may_be_two_days_have_no_day():
    assert [found.iso for found in find_dates("05/04/2024 and 25/04/2024")] == [None, "2024-04-25"]


@pytest.mark.parametrize(
    ("lang", "below", "published"),
    [
        ("en-US", "", "2024-05-04"),
        ("en-GB", "", "2024-04-05"),
        ("de", "", "2024-04-05"),
        ("", "<div class=related><a href=1>Another story of the port</a> 28/03/2024</div>", "2024-04-05"),
        ("", "<div class=related><a href=1>Another story of the port</a> 03/28/2024</div>", "2024-05-04"),
    ],
)
def test_order_of_day_and_month_comes_from_the_region_or_the_page(lang, below, published):
    assert report(above="<p class=date>05/04/2024</p>", below=below, lang=lang).published == published


@pytest.mark.parametrize("lang", ["", "en"])
def test_unclear_order_gives_no_date_and_a_warning(lang):
    found = report(above="<p class=date>05/04/2024</p>", lang=lang)
    assert found.published is None
    assert [warning for warning in found.warnings if warning.startswith("date:")]


def test_unclear_order_is_settled_by_the_address():
    assert report(above="<p>05/04/2024</p>", url="https://onda.example/2024/05/04/ferry").published == "2024-05-04"


@pytest.mark.parametrize(
    "head",
    [
        structured('{"@type": "NewsArticle", "datePublished": "2024-03-05", "dateModified": "2024-04-01"}'),
        structured(
            '{"@graph": [{"@type": "WebSite"}, {"@type": ["Report", "Article"], "datePublished": "2024-03-05"}]}'
        ),
        structured(
            '[{"@type": "BreadcrumbList"}, {"@type": "http://schema.org/BlogPosting", "datePublished": "2024-03-05",}]'
        ),
        structured('{"@type": "NewsArticle", "headline": "a "b" c", "datePublished": "2024-03-05"}'),
        structured(
            '{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "datePublished": "2020-01-01"}]}'
        )
        + '<meta name="DC.date.issued" content="2024-03-05">',
        structured('{"@type": "NewsArticle", "datePublished": "1970-01-01T00:00:00Z"}')
        + '<meta name="parsely-pub-date" content="2024-03-05">',
        '<meta property="article:published_time" content="2024-03-05"><meta property="article:modified_time" content="2024-04-01">',
        '<meta name="citation_publication_date" content="2024/03/05">',
        '<meta name="sailthru.date" content="2024-03-05 10:00:00">',
    ],
)
def test_date_of_the_report_is_taken_from_the_head(head):
    assert report(head).published == "2024-03-05"


@pytest.mark.parametrize(
    "above",
    [
        "<time datetime=2024-03-05>on Tuesday</time>",
        "<time class=updated datetime=2024-04-01>x</time><time class=published datetime=2024-03-05>y</time>",
        "<div>Updated: 1 April 2024, 10:00 IST Published: 5 March 2024, 09:00 IST</div>",
        "<span itemprop=datePublished content=2024-03-05></span>",
        "<div>World | Ivo Raun | 05-Mar-2024</div>",
        "<p>PR No. 12</p><p>March 5, 2024</p>",
        "<div>Last updated 5 March 2024</div>",
    ],
)
def test_date_of_the_report_is_read_where_readers_see_it(above):
    assert report(above=above).published == "2024-03-05"


def test_date_at_the_foot_of_a_press_release_is_its_date():
    assert report(below="<p>Onda<br>5 March 2024</p><div>Page built on 12 June 2025</div>").published == "2024-03-05"


def test_today_in_the_head_of_the_site_is_not_the_date():
    markup = f"<html><head><title>Night ferry</title></head><body><div>Thursday, June 12, 2025</div><h1>Night ferry</h1><p>Mar 5, 2024</p>{BODY}</body></html>"
    assert (
        extract_page(Document(content=markup.encode(), media="page", origin="p", source_id="p")).published
        == "2024-03-05"
    )


@pytest.mark.parametrize(
    "below",
    [
        "<footer>© 2019 Daily Onda</footer>",
        "<div>© Daily Onda, 3 May 2019</div>",
        "<ul><li><a href=1>Storm sinks ferry</a> <time datetime=2020-02-02>x</time></li><li><a href=2>Storm sinks boat</a> <time datetime=2020-02-03>x</time></li></ul>",
        "<div id=comments><h3>Comments</h3><div class=comment><time datetime=2020-02-02>2 February 2020</time><p>I shall take that ferry every week.</p></div></div>",
        "<p>The last ferry sailed on 3 May 2011, when a storm broke its mast and the owners gave up.</p>",
    ],
)
def test_dates_of_other_things_are_not_the_date(below):
    assert report(below=below).published is None


def test_day_in_the_address_is_the_date_where_the_page_is_silent():
    assert report(url="https://onda.example/news/2024/03/05/ferry.html").published == "2024-03-05"
    assert report(url="https://onda.example/news/2024/mar/05/ferry").published == "2024-03-05"


@pytest.mark.parametrize(
    ("zone", "lang", "url", "published"),
    [
        ("IST", "en-IN", None, "2023-02-24T14:05:00+05:30"),
        ("IST", "en", "https://onda.example.in/1", "2023-02-24T14:05:00+05:30"),
        ("IST", "en", "https://onda.example.ie/1", "2023-02-24T14:05:00+01:00"),
        ("IST", "en", "https://onda.example.com/1", "2023-02-24"),
        ("BST", "en-GB", None, "2023-02-24T14:05:00+01:00"),
    ],
)
def test_name_of_a_zone_that_several_share_is_read_by_where_the_page_is_from(zone, lang, url, published):
    assert report(above=f"<p>24 February 2023, 14:05 {zone}</p>", lang=lang, url=url).published == published


@pytest.mark.parametrize(
    ("url", "published"),
    [
        ("https://onda.example.pk/a", "2024-04-05"),
        ("https://onda.example.gov/a", "2024-05-04"),
        ("https://onda.example.tv/a", None),
    ],
)
def test_order_of_day_and_month_comes_from_the_country_of_the_address(url, published):
    assert report(above="<p class=date>05/04/2024</p>", url=url).published == published


@pytest.mark.parametrize(
    "above",
    [
        "<div><span>March 5, 2024</span><span>8:46 AM GMT</span><span>Updated 5 hours ago</span></div>",
        "<p>March 5, 2024</p><p>8:46 AM GMT</p>",
        "<p>8:46 a.m. GMT</p>",
        "<div>Published March 5, 2024 | 8:46am GMT | Updated March 5, 2024 | 11:50am GMT</div>",
    ],
)
def test_time_that_readers_see_is_added_to_a_day_from_the_head(above):
    day = '<meta property="article:published_time" content="2024-03-05">'
    assert report(day, above=above).published == "2024-03-05T08:46:00+00:00"


def test_times_of_several_entries_are_not_that_of_the_page():
    day = '<meta property="article:published_time" content="2024-03-05">'
    assert report(day, above="<p>8:46 GMT</p><p>7:12 GMT</p>").published == "2024-03-05"


@pytest.mark.parametrize(
    ("head", "above", "below"),
    [
        ('<meta name="onda:first-published-at" content="2024-03-05T10:00:00Z"><meta name="onda:updated-at" content="2024-04-01">', "", ""),
        ("", "<dl><dt>Last updated</dt><dd>1 April 2024</dd><dt>Published</dt><dd>5 March 2024</dd></dl>", ""),
        ("", "", "<ol><li><time datetime=2024-04-01>1 April</time> Added a map.</li><li><time datetime=2024-03-05>5 March</time> First published.</li></ol>"),
        ("", "<ul><li>Ivo Raun will speak in Tarsis on the new ferry next week.</li></ul><p><span class=by>Ivo Raun</span> Published: 5 March 2024 | Updated: 1 April 2024</p>", ""),
    ],
    ids=["meta", "terms", "history", "after points"],
)  # fmt: skip
def test_first_publication_is_told_from_later_changes(head, above, below):
    assert report(head, above=above, below=below).published[:10] == "2024-03-05"


@pytest.mark.parametrize(
    "other",
    [
        "<blockquote class=tweet-embed><p>The ferry sails tonight, come and see it leave!</p>— Ivo Raun (@ivo) <a href=t>May 1, 2019</a></blockquote>",
        "<div class=box><div class=hit><a href=1>Storm sinks a ferry off Kallas</a><span>1 May 2019</span></div><div class=hit><a href=2>Envoys leave Kallas for home</a><span>2 May 2019</span></div></div>",
        "<div class=c1><div>Photo essay <a href=1>Storm sinks a ferry off Kallas</a><time datetime=2019-05-01>1 May</time></div><div>Photo essay <a href=2>Envoys leave Kallas for home</a><time datetime=2019-05-02>2 May</time></div></div>",
    ],
)
def test_dates_of_posts_and_teasers_are_not_the_date(other):
    assert report(below=other).published is None
    assert report(below=f"{other}<p>Kallas, 5 March 2024</p>").published in {None, "2024-03-05"}


@pytest.mark.parametrize(
    ("above", "below"),
    [("<p>Kallas, 5 March 2024</p>", ""), ("", "<p>Kallas, 5 March 2024</p>"), ("<p>Kallas, 5 March 2024: The boards met.</p>", "")],
)  # fmt: skip
def test_date_line_of_a_release_comes_before_those_of_the_site(above, below):
    head = "<div><h1>Ministry of Ports</h1><div>Thursday, June 12, 2025</div><a href=/>Home</a></div><div><h3>Latest releases</h3><p><a href=1>Minister of Ports receives the envoy</a> 11 June 2025</p></div>"
    markup = f"<html><head><title>Ministry of Ports</title></head><body>{head}<div><h2>A night ferry is to sail</h2>{above}{BODY}{below}</div></body></html>"
    document = Document(content=markup.encode(), media="page", origin="p", source_id="p")
    assert extract_page(document).published == "2024-03-05"


def test_date_alone_in_the_head_of_the_site_is_better_than_none():
    assert report(before="<div>5 March 2024</div>").published == "2024-03-05"


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td>Date:</td><td>5 Mar 2024</td></tr><tr><td>From:</td><td>Ivo Raun</td></tr></table><h1>Night ferry</h1>{0}",
        "<table><tr><td><a href=i>Index</a></td><td><font size=5><b>Night ferry</b></font><br><font size=2>By Ivo Raun<br>5 Mar 2024</font>{0}</td></tr></table>",
        "<center><h1>Night ferry</h1></center><font><i>Posted: 5 Mar 2024</i><br><br>{0}</font>",
        "<h1>Night ferry</h1><div>5 Mar 2024<br>" + "A ferry that sails by night will link the ports from autumn on, both boards said. " * 4 + "<br>{0}</div>",
    ],
)  # fmt: skip
def test_date_of_an_old_page_is_read_in_its_table_or_font(body):
    markup = f"<html><head><title>Night ferry</title></head><body>{body.format(BODY)}</body></html>"
    document = Document(content=markup.encode(), media="page", origin="p", source_id="p")
    assert extract_page(document).published == "2024-03-05"


@pytest.mark.parametrize(
    "above",
    [
        '<p><span title="Tue, March 5, 2024 at 8:46 AM GMT">2y ago</span></p>',
        '<p><span data-stamp="2024-03-05T08:46:00Z" title="Shown in your zone">3 weeks ago</span></p>',
        "<p><a href=/ivo>Ivo Raun</a><time datetime=2024-03-05T08:46:00+00:00>11 mo</time></p>",
    ],
)
def test_full_time_of_one_that_is_told_as_so_long_ago_is_taken(above):
    assert report(above=above).published == "2024-03-05T08:46:00+00:00"


@pytest.mark.parametrize(
    "above",
    [
        "<div><span>EN/13738</span><span>5 March 2024</span></div>",
        "<div><a href=/ivo>Ivo Raun</a><time>5 March 2024</time></div>",
        "<div><span>PR 17</span><small>March 5, 2024</small></div>",
    ],
)
def test_date_is_read_where_only_style_parts_it_from_what_stands_before(above):
    assert report(above=above).published == "2024-03-05"


def test_dateline_with_a_full_date_is_the_date_where_nothing_else_gives_one():
    above = "<p>KALLAS, 5 March 2024 — The harbour boards of both towns met for an hour on the quay.</p>"
    assert report(above=f"<p><em>(Note: A full account will follow.)</em></p>{above}").published == "2024-03-05"
    assert report(above=f"<p>6 March 2024</p>{above}").published == "2024-03-06"


@pytest.mark.parametrize("label", ["Delivered", "Date of the meeting", "Recorded"])
def test_date_of_publication_comes_before_that_of_what_is_told(label):
    facts = f"<dl><dt>{label}</dt><dd>Kallas, 1 March 2024</dd>"
    assert report(above=f"{facts}<dt>Published</dt><dd>5 March 2024</dd></dl>").published == "2024-03-05"
    assert report(above=f"{facts}</dl>").published == "2024-03-01"
