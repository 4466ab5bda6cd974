"""When a page was published: what it says first and best, and nothing where it does not say."""

import pytest

from entente.records import Document
from entente.reports.page_days import find_dates, read_date
from entente.reports.pages import extract_page

BODY = (
    "<p>The ports of Velmar and Tarsis will be linked by a night ferry, both harbour boards said.</p>"
    "<p>Ivo Raun, who heads the board in Tarsis, expects forty lorries on each crossing of the bay.</p>"
)


def report(head="", above="", below="", lang="", url=None):
    markup = f'<html lang="{lang}"><head><title>Night ferry</title>{head}</head><body><h1>Night ferry</h1>{above}{BODY}{below}</body></html>'
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
