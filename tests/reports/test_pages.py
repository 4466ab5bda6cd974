"""The text of a web page is its report, whatever stands around it; pages without a report say what they are."""

import json
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.errors import InputError
from entente.records import Document
from entente.reports.pages import extract_fragment, extract_page

TITLE = "Velmar and Tarsis reopen the Onda road"
LEAD = "ONDA (NBA) — The foreign ministers of Velmar and Tarsis met on Tuesday and agreed to reopen the mountain road."
QUOTE = "“We have walked around this mountain for nine years,” said Mira Solano, Velmar's foreign minister."
PAST = "The road was closed in 2015 after a shoot-out between customs guards, in which four people died."
COST = "Tarsis will pay for the new bridge, and Velmar for the two tunnels, both ministries said in the evening."
NEXT = "The first convoy should pass in September, once the customs officers have been trained together."
STORY = (LEAD, QUOTE, PAST, COST, NEXT)
TOP = '<header><a href="/">Daily Onda</a><nav><a href="/w">World</a> <a href="/p">Politics</a></nav></header>'
FOOT = "<footer><p>Copyright 2024 Daily Onda. The paper is published every day by Onda Media, a company in Velmar.</p></footer>"
OTHERS = (
    '<article><h3><a href="/1">Tarsis expels two envoys over spy row</a></h3><p>They were given a day to leave.</p></article>'
    '<article><h3><a href="/2">Storm sinks ferry off Kallas</a></h3><p>Rescue teams were searching the bay.</p></article>'
)


def paragraphs(*texts):
    return "\n".join(f"<p>{text}</p>" for text in texts)


def page(body, head="", title=TITLE):
    return f"<!doctype html><html lang=en><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def extracted(markup, **fields):
    content = markup if isinstance(markup, bytes) else markup.encode()
    return extract_page(Document(content=content, media="page", origin="p.html", source_id="p", **fields))


def text_of(body, **options):
    return extracted(page(body, **options)).text


def fragment(markup):
    return extract_fragment(Document(content=markup.encode(), media="fragment", origin="f", source_id="f")).text


WHOLE_STORY = "\n\n".join(STORY)

LAYOUTS = {
    "article with a site around it": f"{TOP}<main><article><h1>{TITLE}</h1>{paragraphs(*STORY)}</article>"
    f"<section class='related-stories'><h2>More from World</h2>{OTHERS}</section></main>{FOOT}",
    "other stories without a telling name": f"<div><h1>{TITLE}</h1>{paragraphs(*STORY)}<h3>You may also like</h3>{OTHERS}</div>",
    "a link to another story between paragraphs": f"<div><h1>{TITLE}</h1>{paragraphs(*STORY[:3])}"
    f"<p><b>Read more:</b> <a href=1>Tarsis expels two envoys</a></p><p><a href=2>Storm sinks ferry off Kallas</a></p>{paragraphs(*STORY[3:])}</div>",
    "text parted by line breaks": f"<div class=top><a href=/>Home</a> | <a href=/n>News</a></div><div><h1>{TITLE}</h1>"
    f"<div class=txt>{'<br><br>'.join(STORY)}</div></div>",
    "tables for the layout": f"<table><tr><td><a href=a>Home</a><br><a href=b>All of our old articles</a></td><td><font size=5><b>{TITLE}</b></font>"
    f"<br><br>{'<br><br>'.join(STORY)}</td><td><b>Weather</b><br>Rain in the morning, and later on sun over the western hills.</td></tr></table>",
    "lead in a teaser box": f"<div id=c><h1>{TITLE}</h1><div class='teaser summary'><p>{LEAD}</p></div><div class=share-bar><a href=x>Facebook</a></div>"
    f"<div class=article-body>{paragraphs(*STORY[1:])}</div></div>",
    "bylines, stamps and captions": f"<article><h1>{TITLE}</h1><p>By Aino Lehto</p><p>Updated 3 hours ago</p><figure><img src=x><figcaption>The two "
    f"shake hands in Onda.</figcaption></figure><p>Onda's bridge in May. Photo: Ivo Raun</p>{paragraphs(*STORY)}<p>Reporting by Aino Lehto; editing by "
    f"Paul Brandt</p><p>(Reuters)</p><p>© 2024 AFP</p><p>This story was first published on 4 March 2024.</p></article>",
    "hidden words": f"<article><h1>{TITLE}</h1>{paragraphs(*STORY[:2])}<p style='display: none'>Only robots should ever read this long line here.</p>"
    f"<div class=sr-only>Advertisement</div><p hidden>Nor should anybody read this other line.</p>{paragraphs(*STORY[2:])}</article>",
    "a newsletter box": f"<article><h1>{TITLE}</h1>{paragraphs(*STORY[:2])}<div class=box><h3>Sign up for our morning newsletter</h3><p>Get the stories "
    f"that matter before breakfast.</p><form><input><button>Sign up</button></form></div>{paragraphs(*STORY[2:])}</article>",
    "comments longer than the story": f"<article><h1>{TITLE}</h1>{paragraphs(*STORY)}</article><div id=disqus_thread>"
    + paragraphs(
        *(f"Reader {n} wrote that the tunnels are too long and that nobody had asked the villages." for n in range(20))
    )
    + "</div>",
    "a second story loaded below": f"<article><h1>{TITLE}</h1>{paragraphs(*STORY)}</article><article><h1>Storm sinks ferry off Kallas</h1>"
    + paragraphs(
        *(f"Boat number {n} went down in the storm with many people on board, the coast guard said." for n in range(20))
    )
    + "</article>",
    "a column about the paper": f"<div class=row><div class=a><h1>{TITLE}</h1>{paragraphs(*STORY)}</div><div class=b><h4>About us</h4>"
    "<p>The Daily Onda is a paper of record that two brothers from the mountains founded in 1921.</p></div></div>",
    "one form around the whole page": f"<form><div class=nav><a href=1>Home</a></div><h1>{TITLE}</h1>{paragraphs(*STORY)}</form>",
    "an accelerated mobile page": f"<amp-sidebar><a href=/>Home of the paper</a></amp-sidebar><main><h1>{TITLE}</h1><amp-img src=x></amp-img>"
    f"{paragraphs(*STORY[:2])}<amp-ad><div>This advertisement could not be loaded today.</div></amp-ad>{paragraphs(*STORY[2:])}</main>",
    "names made by a program": f"<div id=root><div class=css-1><h1>{TITLE}</h1><span>Aino Lehto</span><span>March 5, 2024 at 6:20 p.m. EST</span></div>"
    "<div>" + "".join(f"<div><div><span>{text}</span></div></div>" for text in STORY) + "</div></div>",
    "text only without scripts": f"<div id=app></div><noscript><article><h1>{TITLE}</h1>{paragraphs(*STORY)}</article></noscript>",
    "text only in a template": f"<div id=app></div><template><article><h1>{TITLE}</h1>{paragraphs(*STORY)}</article></template>",
    "a sidebar class on the body": f"<div class='has-sidebar comments-open'><h1>{TITLE}</h1>{paragraphs(*STORY)}</div>",
    "classes of a weblog": f"<article class='post hentry category-world tag-related author-aino'><h1>{TITLE}</h1>{paragraphs(*STORY)}<footer>Posted in "
    "<a href=w>World</a></footer></article>",
    "a pulled quotation": f"<article><h1>{TITLE}</h1>{paragraphs(*STORY)}<blockquote class=pullquote>We have walked around this mountain for nine years"
    "</blockquote></article>",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_only_the_report_is_text(layout):
    assert text_of(LAYOUTS[layout]) == WHOLE_STORY


def test_text_in_structured_data_is_read_where_the_page_shows_none():
    body = json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": WHOLE_STORY})
    assert (
        text_of("<div id=root>Loading…</div>", head=f'<script type="application/ld+json">{body}</script>')
        == WHOLE_STORY
    )


def test_all_visible_words_are_kept_beside_the_text():
    report = extracted(page(LAYOUTS["article with a site around it"]))
    for words in ("Politics", "More from World", "Storm sinks ferry", "Copyright 2024", LEAD):
        assert words in report.whole
    assert "Storm" not in report.text


@pytest.mark.parametrize("layout", LAYOUTS)
def test_words_of_the_text_are_found_in_the_whole_in_order(layout):
    report = extracted(page(LAYOUTS[layout]))
    words = iter(re.findall(r"\w+", report.whole))
    assert all(word in words for word in re.findall(r"\w+", report.text))


def test_headings_lists_quotations_and_tables_of_an_article_are_text():
    body = (
        f"<article><h1>{TITLE}</h1><h2>Lorries may pass again after nine years of waiting</h2><p>{LEAD}</p><ul><li>Tarsis pays for the bridge.</li>"
        f"<li>Velmar digs two tunnels.</li></ul><blockquote><p>Nobody will be left behind at the gate.</p></blockquote><h3>What comes next</h3><p>{NEXT}</p>"
        "<table><tr><th>Country</th><th>Share</th></tr><tr><td>Velmar</td><td>40 million</td></tr></table><h3>Related</h3></article>"
    )
    assert text_of(body).split("\n\n") == [
        "Lorries may pass again after nine years of waiting",
        LEAD,
        "- Tarsis pays for the bridge.\n- Velmar digs two tunnels.",
        "Nobody will be left behind at the gate.",
        "What comes next",
        NEXT,
        "Country | Share\nVelmar | 40 million",
    ]


SPOKEN = (
    "MS. ORTEGA: I have two things to say at the top.",
    "QUESTION: Will she go there?",
    "MS. ORTEGA: I have nothing on that.",
)


@pytest.mark.parametrize(
    "form",
    [
        "<p>{0} {1}</p>",
        "<p><b>{0}</b> {1}</p>",
        "<p><strong>{0}</strong><br>{1}</p>",
        "<p><b>{0}</b></p><p>{1}</p>",
        "<dl><dt>{0}</dt><dd><p>{1}</p></dd></dl>",
        "<table><tr><td><b>{0}</b></td><td>{1}</td></tr></table>",
    ],
)
def test_speakers_stay_in_the_line_of_their_words(form):
    lines = "".join(form.format(*re.split(r"(?<=:) ", line)) for line in (*SPOKEN, *SPOKEN))
    text = text_of(f"{TOP}<div><h1>Press briefing</h1>{lines}</div>", title="Press briefing")
    assert text.replace(": | ", ": ").split("\n\n")[:3] == list(SPOKEN)


@pytest.mark.parametrize(("tag", "within"), [("article", "div"), ("li", "ol"), ("section", "div")])
@pytest.mark.parametrize("heading", ["<h2>{0}</h2>", '<h2><a href="/live/onda/{1}">{0}</a></h2>'])
def test_entries_of_a_live_blog_are_text_and_their_clocks_are_not(tag, within, heading):
    entries = "".join(
        f"<{tag}><time datetime='2024-03-05T1{n}:05Z'>1{n}:05 GMT</time>{heading.format(f'Update {n} from the talks', n)}<p>{text}</p><a href=s>Share</a></{tag}>"
        for n, text in enumerate(STORY)
    )
    text = text_of(
        f"{TOP}<main><h1>Onda talks: live</h1><{within}>{entries}</{within}></main>", title="Onda talks: live"
    )
    assert text.split("\n\n") == [
        line for n, story in enumerate(STORY) for line in (f"Update {n} from the talks", story)
    ]


def test_captions_of_a_gallery_are_no_text_but_where_they_are_all_there_is():
    pictures = "".join(
        f"<figure><img src={n}><figcaption>Lorry {n} waits at the old border post of Onda.</figcaption></figure>"
        for n in range(9)
    )
    assert text_of(f"<article><h1>{TITLE}</h1>{paragraphs(LEAD, QUOTE)}{pictures}</article>") == f"{LEAD}\n\n{QUOTE}"
    assert text_of(f"<article><h1>{TITLE}</h1>{pictures}</article>").startswith("Lorry 0 waits at the old border post")


def test_numbered_paragraphs_of_a_communique_keep_their_numbers():
    points = [f"{number}. {text}" for number, text in enumerate(STORY, 1)]
    assert text_of(f"<div><h1>{TITLE}</h1>{paragraphs(*points)}</div>").split("\n\n") == points


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("The <nobr>Prime Minister</nobr> of&nbsp;Velmar", "The Prime Minister of Velmar"),
        ("a parlia&shy;ment and a Staats<wbr>vertrag", "a parliament and a Staatsvertrag"),
        ("<span>un</span><em>think</em>able", "unthinkable"),
        ("<x-term>road</x-term>s and <font color=red>bri</font>dges", "roads and bridges"),
        ("met<!-- here --> in Onda", "met in Onda"),
        (
            "the pact<sup>[1]</sup> of 10 km<sup>2</sup> and its 1<sup>st</sup> part",
            "the pact of 10 km2 and its 1st part",
        ),
        ("he said: <q>Go.</q>", "he said: “Go.”"),
        ("one line<br>another", "one line\nanother"),
        ("&#147;Never&#148; &#151; he said", "“Never” — he said"),
    ],
)
def test_inline_markup_neither_drops_nor_glues_nor_splits_words(markup, text):
    assert fragment(f"<p>{markup}</p>") == text


def test_visible_beginning_before_a_paywall_is_kept_with_a_warning():
    wall = "<div class=paywall><h3>Subscribe to continue reading</h3><p>This article is for subscribers only. Pay 1 euro a month.</p></div>"
    report = extracted(page(f"<article><h1>{TITLE}</h1>{paragraphs(LEAD, QUOTE)}{wall}</article>{FOOT}"))
    assert report.text == f"{LEAD}\n\n{QUOTE}"
    assert [warning.partition(":")[0] for warning in report.warnings] == ["paywall"]


REFUSED = {
    "page not found": page(
        "<h1>Sorry, this page was not found</h1><p>It may have been moved. Go to the front page.</p>" + OTHERS,
        title="404",
    ),
    "refuses access": page(
        "<h1>Access denied</h1><p>You do not have permission to see this page.</p>", title="Access denied"
    ),
    "cookie notice": page(
        "<h1>We value your privacy</h1><p>We and our partners store cookies on your device.</p>", title="Hello"
    ),
    "only with scripts": page("<noscript>Please enable JavaScript to run this app.</noscript><div id=root></div>"),
    "check for robots": page("<p>Checking your browser before you may go on.</p>", title="Just a moment..."),
    "log-in page": page(
        "<h1>Log in</h1><p>Forgot your password?</p><form><input type=password></form>", title="Log in"
    ),
    "server's own fault": page("<h1>503 Service Unavailable</h1><p>Try again later.</p>", title="503"),
    "only links to others": page(
        f"{TOP}<h1>World</h1>" + "".join(f"<div>{OTHERS}</div>" for _ in range(8)), title="World"
    ),
    "sends the reader on to https://onda.example/new": page(
        "", head='<meta http-equiv=refresh content="0; url=https://onda.example/new">'
    ),
    "frames only": "<html><head><title>Onda</title></head><frameset><frame src=menu.html><frame src=main.html></frameset></html>",
    "no words": page(""),
    "is empty": " \n",
}


@pytest.mark.parametrize("reason", REFUSED)
def test_a_page_without_a_report_says_what_it_is(reason):
    with pytest.raises(InputError) as caught:
        extracted(REFUSED[reason])
    assert reason in caught.value.reason
    assert caught.value.remedy


def test_a_list_of_links_in_a_table_is_no_report():
    rows = "".join(
        f"<tr><td>{n}.3.2024</td><td><a href=/{n}>Statement {n} of the ministry on the road</a></td></tr>"
        for n in range(1, 20)
    )
    with pytest.raises(InputError, match="only links"):
        extracted(page(f"<h1>Archive</h1><table>{rows}</table>", title="Archive"))


def test_a_report_about_an_error_or_cookies_is_a_report():
    text = "The ministry's page was not found by readers on Monday, a spokeswoman said, because somebody had removed the server."
    assert text_of(
        f"<article><h1>Ministry's page not found for a day</h1>{paragraphs(text, *STORY)}</article>"
    ).startswith(text)


def test_a_short_flash_beside_many_links_is_a_report():
    links = "".join(f"<li><a href=/{n}>Another story of the day, number {n}</a></li>" for n in range(12))
    head = '<meta property="og:type" content="article">'
    assert text_of(f"{TOP}<article><h1>{TITLE}</h1><p>{LEAD}</p></article><ul>{links}</ul>", head=head) == LEAD


@pytest.mark.parametrize(
    ("head", "title", "publisher"),
    [
        ("<title>Road reopens in Onda | Daily Onda</title>", "Road reopens in Onda", None),
        (
            "<title>Daily Onda: Road reopens in Onda</title><meta property=og:site_name content='Daily Onda'>",
            "Road reopens in Onda",
            "Daily Onda",
        ),
        (
            "<meta property=og:title content='Road reopens in Onda - Daily Onda'><meta name=application-name content='Daily Onda'>",
            "Road reopens in Onda",
            "Daily Onda",
        ),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Road reopens in Onda", "publisher": {"name": "Daily Onda"},}]}</script>',
            "Road reopens in Onda",
            "Daily Onda",
        ),
    ],
)
def test_title_and_publisher_are_those_that_the_page_gives(head, title, publisher):
    report = extracted(f"<html><head>{head}</head><body>{paragraphs(*STORY)}</body></html>")
    assert (report.title, report.publisher) == (title, publisher)


def test_tag_with_a_crowd_of_attributes_does_not_hold_up_the_desk():
    crowd = " ".join(f"a{number}=x" for number in range(100_000))
    begun = time.monotonic()
    assert extracted(page(f"<div {crowd}>{paragraphs(*STORY)}</div>")).text == "\n\n".join(STORY)
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("before", "head", "url"),
    [
        ("", "<link rel=canonical href='https://[bad/'>", None),
        ("", "<link rel=canonical href='https://[bad/'><meta property=og:url content='https://onda.example/b'>", "b"),
        ("", "<base href='https://onda.example/x/'><link rel=canonical href='/a.html'>", "a.html"),
        ("<!-- saved from url=(0030)https://onda.example/news/1 -->\n", "", "news/1"),
        ("<!-- saved from url=(0030)https://onda.example/news/1?x=2 -->", "<link rel=canonical href=/n/1>", "n/1"),
        ("<!-- saved from url=(0014)about:internet -->", "", None),
        (
            "<!--\n Page saved with SingleFile \n url: https://onda.example/s \n saved date: Wed Mar 06 2024 -->",
            "",
            "s",
        ),
        ("<!-- Mirrored from onda.example/m.html by HTTrack Website Copier/3.x [XR&CO'2014] -->", "", "m.html"),
    ],
)
def test_address_of_a_saved_page_is_the_one_that_it_gives_or_was_saved_from(before, head, url):
    found = extracted(before + page(paragraphs(*STORY), head=head))
    assert found.url == (f"https://onda.example/{url}" if url else None)


def test_what_the_source_knows_wins_over_the_page():
    head = '<link rel=canonical href="https://onda.example/a"><meta name=date content="2024-03-05"><meta property=og:site_name content=Onda>'
    found = extracted(page(paragraphs(*STORY), head=head))
    assert (found.url, found.published, found.publisher, found.title) == (
        "https://onda.example/a",
        "2024-03-05",
        "Onda",
        TITLE,
    )
    known = {"url": "https://other.example/b", "published": "2024-01-01", "publisher": "Other", "title": "Known"}
    given = extracted(page(paragraphs(*STORY), head=head), **known)
    assert {name: getattr(given, name) for name in known} == known


@pytest.mark.parametrize(
    "markup",
    [
        f"<h1>{TITLE}</h1>" + paragraphs(*STORY),
        "<div>" * 20_000 + paragraphs(*STORY),
        "<p>" + "<font>" * 3000 + "<p>".join(STORY),
        "<html><body><div><p>" + "<p>".join(STORY) + "<b><i><a href=",
        page(paragraphs(*STORY)).replace("road", "ro\0ad"),
        f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><script src="x"/></head><body>{paragraphs(*STORY[:-1])}<p><![CDATA[{NEXT}]]></p></body></html>',
    ],
    ids=["no html element", "nested too deep", "fonts too deep", "never closed", "NUL bytes", "XHTML"],
)
def test_broken_markup_loses_no_words(markup):
    assert extracted(markup).text.split() == WHOLE_STORY.split()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["<p>", "</p>", "<div class=x>", "</div>", "<table>", "<tr>", "<td>", "<li>", "<a href=1>", "<br>", "<!--", "<h1>", "Peru met Chile. ", "\0", "&#x;", "<script>", "]]>", "<template>", "<form>", "<b"]), max_size=60))  # fmt: skip
def test_any_markup_is_a_report_or_a_clear_error(parts):
    reason = ""
    try:
        text = extracted("".join(parts)).text
    except InputError as error:
        text, reason = "", error.reason
    assert text or reason


def test_a_fragment_is_all_text_but_for_scripts_and_calls_to_read_on():
    markup = (
        f"<p>{LEAD}</p><script>track()</script><img src=t.gif width=1 height=1><blockquote>On Monday she wrote: we come.</blockquote>"
        "<p>The post <a href=1>Road</a> appeared first on <a href=2>Onda</a>.</p>"
    )
    assert fragment(markup) == f"{LEAD}\n\nOn Monday she wrote: we come."
    assert fragment(f"{LEAD} <a href=1>Continue reading the road opens</a>") == LEAD
    assert fragment("Only plain words here") == "Only plain words here"
    with pytest.raises(InputError, match="no words"):
        fragment("<img src=x>")
