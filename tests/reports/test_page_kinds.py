"""Kinds of pages and of parts around a text that readers of pages get wrong, each with a page of our own."""

import re

import pytest

from entente.errors import InputError
from entente.records import Document
from entente.reports.pages import extract_page

TITLE = "Velmar and Tarsis share the water of the Onda"
FIRST = "Velmar and Tarsis have agreed on how to share the water of the Onda, the two governments announced on Tuesday."
SECOND = "“Nobody will go thirsty downstream of us,” said Lena Marek, who led the delegation of Velmar for three years."
THIRD = "A commission of six engineers will meet in Kallas in April and read the gauges at the dam every week."
STORY = (FIRST, SECOND, THIRD)
BODY = "".join(f"<p>{text}</p>" for text in STORY)
WHOLE = "\n\n".join(STORY)
LONG = "It was the third such meeting within a year, and the first at which both mayors were in the room. " * 5


def report(body, title=TITLE, head="", lang="en", **known):
    markup = f"<html lang={lang}><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return extract_page(Document(content=markup.encode(), media="page", origin="p", source_id="p", **known))


def teasers(count, words="They were given two days to pack, their embassy said in a note."):
    return "".join(
        f"<div class=teaser-item><a href=/{n}>Tarsis expels envoy number {n} of the Kallas league</a><p>{words}</p><time datetime=2019-01-0{n}>x</time></div>"
        for n in range(1, count + 1)
    )


AROUND = {
    "an article named as a list is": f"<article class=article-grid><h1>{TITLE}</h1>{BODY}</article>",
    "a page named as a sidebar is": f"<div class=side-margins><h1>{TITLE}</h1>{BODY}</div>",
    "a text named by who may read it": f"<h1>{TITLE}</h1><div class='story-content subscriber-premium'>{BODY}</div><div class=c><p>{LONG}</p></div>".replace(
        "class=c", "class=comments"
    ),
    "a headline in a box named as a category": f"<div class=c><div class=top-category><h1>{TITLE}</h1><h4>{FIRST}</h4></div><div class=t><p>{SECOND}</p><p>{THIRD}</p></div></div>",
    "an aside with more words than the text": f"<main><h1>{TITLE}</h1>{BODY}</main><aside><h2>Other stories</h2><ul>"
    + "".join(f"<li><h3><a href={n}>Envoy number {n} leaves Kallas</a></h3><p>{LONG}</p></li>" for n in range(3))
    + "</ul></aside>",
    "a post of somebody else": f"<article><h1>{TITLE}</h1><p>{FIRST}</p><blockquote class=twitter-tweet><p>What a day for the river and for all who live beside it!</p>— Lena Marek (@lmarek) <a href=t>May 1, 2019</a></blockquote><p>{SECOND}</p><p>{THIRD}</p></article>",
    "a post without a telling name": f"<article><h1>{TITLE}</h1><p>{FIRST}</p><blockquote><p>What a day for the river and for all who live beside it!</p><p>— Lena Marek (@lmarek) May 1, 2019</p></blockquote><p>{SECOND}</p><p>{THIRD}</p></article>",
    "the buttons of a player": f"<article><h1>{TITLE}</h1><p>{FIRST}</p><div class=video-js><p>Your browser does not support video.</p>Loaded: 0% Mute Current Time 0:00</div><p>{SECOND}</p><p>{THIRD}</p></article>",
    "who reported from where": f"<article><h1>{TITLE}</h1>{BODY}<p>Aino Lehto reported from Kallas, and Paul Brandt from Port Velmar.</p><p>A version of this article appears in print on May 1, 2024, Section A, Page 4 with the headline: Water.</p></article>",
    "how to reach the writer": f"<article><h1>{TITLE}</h1>{BODY}<p>Reach Aino Lehto at 555-0199 or follow @alehto.</p></article>",
    "what an agency sells": f"<article><h1>{TITLE}</h1>{BODY}<p>Our website contains only a portion of the stories that subscribers get. Please contact us for subscription options.</p></article>",
    "facts before the text": f"<main><h1>{TITLE}</h1><dl><dt>From:</dt><dd>Ministry of Water and Lena Marek</dd><dt>Published</dt><dd>1 May 2024</dd></dl>{BODY}</main>",
    "a byline without the word by": f"<main><h1>{TITLE}</h1><div>Aino Lehto 1 May 2024, 14:05 (GMT+3) Update : 2 May 2024, 09:00 (GMT+3)</div>{BODY}</main>",
    "a byline after the lead": f"<main><h1>{TITLE}</h1><p>{FIRST}</p><div>Aino Lehto in Kallas May 1, 2024</div><p>{SECOND}</p><p>{THIRD}</p></main>",
    "tags that lead nowhere": f"<main><h1>{TITLE}</h1>{BODY}<div><a href=#>Kallas</a><a href=#>the Onda dam</a></div></main>",
    "links in brackets": f"<div><h1>{TITLE}</h1>{BODY}<p>[<a href=/>Home</a>] [<a href=/top>Top of the page</a>]</p></div>",
    "an offer in the place of the rest": f"<article><h1>{TITLE}</h1>{BODY}<div><h2>Subscribe to unlock this article</h2><div><h3>Trial</h3><p>Pay 1 euro for a month, then 30 euros a month, and read all that we write on any device.</p></div></div></article>",
    "an offer in one line": f"<article><h1>{TITLE}</h1>{BODY}<p>To read the full story, subscribe or sign in.</p></article>",
    "teasers with a kicker and a date": f"<article><h1>{TITLE}</h1>{BODY}</article><section><h2>More galleries</h2>"
    + "".join(
        f"<div class=fc{n}>Photo essay <a href={n}>Tarsis expels envoy number {n} of Kallas</a> May {n}, 2019<div><p>{LONG}</p></div></div>"
        for n in (1, 2, 3)
    )
    + "</section>",
    "cards of other stories in elements of a site's own making": f"<main><h1>{TITLE}</h1>{BODY}</main><div><h2>Other stories</h2>"
    + "".join(
        f"<onda-card><h3><a href={n}>Envoy number {n} leaves Kallas</a></h3><p>{LONG}</p><div>Aino Lehto May {n}, 2019</div></onda-card>"
        for n in range(1, 7)
    )
    + "</div>",
    "headlines, teasers and dates in no boxes": f"<main><h1>{TITLE}</h1>{BODY}"
    + "".join(
        f"<h4><a href={n}>Envoy number {n} leaves Kallas</a></h4><p>{SECOND} {n}.</p><p>May {n}, 2019</p>"
        for n in range(1, 5)
    )
    + "</main>",
    "a line of author, time and minutes to read": f"<main><h1>{TITLE}</h1><div><span>Aino Lehto</span><span>Tue, March 5, 2024 at 9:14 AM GMT+5:30</span><span>3 min read</span></div>{BODY}</main>",
    "words below the picture at the top": f"<main><h1>{TITLE}</h1><div class=lead-pic><img src=1><p>{FIRST.replace('Tuesday', 'Friday')} {SECOND} The dam was in sight of all who were there, and the sun shone on it.</p></div>{BODY}</main>",
    "words below a picture of a site's own making": f"<main><h1>{TITLE}</h1><div class=x><onda-img src=1></onda-img><div>The dam at Kallas, seen from the northern bank.</div><div>Aino Lehto</div></div>{BODY}</main>",
    "who drew and how to listen": f"<main><h1>{TITLE}</h1><p>Illustrations by Aino Lehto and Paul Brandt</p><div class=a><p>Listen to this article</p><span>112:40</span><p>Hear more reports in the Onda app.</p></div>{BODY}</main>",
    "a note on the printed edition": f"<main><h1>{TITLE}</h1>{BODY}<p>This article appears in the May 7, 2024, print edition under another headline.</p></main>",
    "notes on the document": f"<main><h1>{TITLE}</h1><p><em>(Note: A complete record of the day will be made available later.)</em></p><p>[Check against delivery]</p>{BODY}<p><b>For information media. Not an official record.</b></p></main>",
    "the name of the site as its first heading": f"<div><h1>Ministry of Water</h1><div>Tuesday, June 10, 2025</div><ul><li><a href=1>Home</a></li><li><a href=2>News</a></li></ul></div><div><h3>{TITLE}</h3>{BODY}</div>",
}


@pytest.mark.parametrize("kind", AROUND)
def test_what_stands_around_a_text_is_none(kind):
    assert report(AROUND[kind]).text == WHOLE


def test_headings_with_telling_ids_stay():
    body = f"<main><h1>{TITLE}</h1><p>{FIRST}</p><h2 id=related-talks>Talks go on</h2><p>{SECOND}</p><h2 id=more-3>Talks go on</h2><p>{THIRD}</p></main>"
    assert report(body).text.split("\n\n") == [FIRST, "Talks go on", SECOND, "Talks go on", THIRD]


def test_place_in_capitals_above_the_first_paragraph_is_text():
    assert report(f"<main><h1>{TITLE}</h1><div><p>PORT VELMAR</p>{BODY}</div></main>").text == f"PORT VELMAR\n\n{WHOLE}"


def test_what_is_said_twice_in_a_briefing_stays():
    asked, answered = "QUESTION: Could you repeat what you said just now?", "MS. MAREK: I have nothing to add to that."
    turns = f"<p>{asked}</p><p>{answered}</p>" * 3
    text = report(f"<div><h1>Briefing of the ministry</h1>{turns}</div>", title="Briefing of the ministry").text
    assert text.split("\n\n") == [asked, answered] * 3


def test_entry_of_a_live_page_keeps_the_heading_that_gave_the_page_its_title():
    entries = f"<article><time>14:05 GMT</time><h2>Scene at the dam</h2><p>{SECOND}</p></article><article><time>13:05 GMT</time><h2>{TITLE}</h2><p>{FIRST}</p></article>"
    text = report(f"<main class=live-blog><h1>{TITLE}</h1>{entries}</main>", title=f"{TITLE} – live").text
    assert text.split("\n\n") == ["Scene at the dam", SECOND, TITLE, FIRST]


@pytest.mark.parametrize("count", [8, 12])
def test_visible_beginning_of_a_paid_report_is_taken_beside_many_teasers(count):
    wall = "<div class=subscription-required><p>This article is for subscribers only.</p><p>Choose a plan.</p></div>"
    found = report(
        f"<main><article class=story-grid><h1>{TITLE}</h1><p>{FIRST}</p>{wall}</article></main><section>{teasers(count)}</section>"
    )
    assert found.text == FIRST
    assert [warning.partition(":")[0] for warning in found.warnings] == ["paywall"]


FRONT = {
    "teasers in cards": teasers(9),
    "long teasers among short ones": teasers(6) + teasers(3, LONG),
    "teasers in a list": "<ul>"
    + "".join(
        f"<li class=river-item><p>May {n}, 2019 | Aino Lehto</p><h2><a href={n}>Tarsis expels envoy number {n}</a></h2><p>{LONG if n % 3 else FIRST} <a href={n}>Read more</a></p></li>"
        for n in range(1, 9)
    )
    + "</ul>",
}


@pytest.mark.parametrize("kind", FRONT)
def test_section_front_with_dated_teasers_is_no_report(kind):
    intro = "<h1>World</h1><p>News and analysis from our writers in forty capitals of the world.</p>"
    with pytest.raises(InputError, match="only links"):
        report(f"<main>{intro}{FRONT[kind]}</main>", title="World news | Live TV | Daily Onda")


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (
            "Daily Onda",
            "<h1>Page not found</h1><p>We have a new site, and most of our pages have moved.</p>" + f"<p>{LONG}</p>",
        ),
        (
            "Error | Daily Onda",
            "<p>The article you requested is no longer in our archive. We keep them for a month.</p>",
        ),
        (
            "Lost?",
            "<h1>It looks like you are lost</h1><p>The page you are looking for does not exist any more, or never did.</p>",
        ),
        (
            "Daily Onda",
            "<h1>We’ll be back soon</h1><p>Sorry, but we are performing some maintenance at the moment.</p>",
        ),
        (
            "Search",
            "<h1>No results</h1><p>Your search for “dam” did not match any of our articles. Try other words.</p>",
        ),
    ],
)
def test_error_pages_with_many_words_are_no_reports(title, body):
    with pytest.raises(InputError, match="error page"):
        report(body, title=title)


def test_report_about_a_missing_page_is_a_report():
    text = f"The page that listed the gauges was removed on Monday. {FIRST}"
    found = report(f"<article><h1>Gauges of the Onda removed from the net</h1><p>{text}</p></article>", title="Gauges")
    assert re.sub(r"\s+", " ", found.text) == text


def test_title_is_that_of_the_report_where_the_page_is_named_after_its_site():
    found = report(AROUND["the name of the site as its first heading"], title="Ministry of Water")
    assert (found.title, found.text) == (TITLE, WHOLE)


@pytest.mark.parametrize("salute", ["Your Excellencies, dear friends,", "Madam Speaker,", "Colleagues:"])
def test_salute_that_opens_a_speech_is_text(salute):
    text = report(f"<main><h1>Speech on the water pact</h1><div><p>{salute}</p>{BODY}</div></main>").text
    assert text == f"{salute}\n\n{WHOLE}"


def test_name_that_ends_in_a_comma_elsewhere_than_before_the_text_is_none():
    assert report(f"<main><h1>{TITLE}</h1><div>Kallas,</div><div>{BODY}</div></main>").text == WHOLE


def test_paragraph_beside_a_picture_is_text_in_a_box_named_after_both():
    body = f"<main><h1>{TITLE}</h1><div class=image-text><img src=1><p>{FIRST} {SECOND} {THIRD}</p></div><p>{THIRD}</p></main>"
    assert FIRST in report(body).text


def test_note_of_a_state_is_text():
    note = "Note: the ministry of Velmar handed the chargé d’affaires a protest over the closing of the lock at Kallas."
    assert note in report(f"<main><h1>{TITLE}</h1><p>{note}</p>{BODY}</main>").text
