"""Lists of reports and reports that look like lists, of many kinds, each on a page of our own."""

import pytest

from entente.errors import InputError
from entente.records import Document
from entente.reports.pages import extract_page

MONTHS = "January February March April May June July August September October November December".split()
HEADS = (
    "Velmar closes its border with Tarsis", "Envoys of Kallas return to the talks", "Port Velmar gets a second ferry",
    "Tarsis asks the league for a loan", "Ministers sign the water pact", "Lena Marek visits the dam at Onda",
    "Kallas expels two attachés of Velmar", "Grain from Tarsis reaches the islands", "Velmar thanks the league for tents",
    "A bridge over the Onda is planned",
)  # fmt: skip
BLURBS = (
    "The crossing at Onda will stay shut for a week, the interior ministry of Velmar said.",
    "They had left the table in March after a dispute over the order of speakers.",
    "It will sail by night from autumn on and carry forty lorries on each crossing.",
    "The finance minister of Tarsis spoke of a difficult spring. Nothing has been decided so far, she told the chamber.",
    "Engineers of both states are to read the gauges at the dam every week.",
)
PROSE = (
    "Velmar and Tarsis have agreed on how to share the water of the Onda, the two governments announced on Tuesday.",
    "“Nobody will go thirsty downstream of us,” said Lena Marek, who led the delegation of Velmar for three years.",
    "A commission of six engineers will meet in Kallas in April and read the gauges at the dam every week.",
    "Tarsis had recalled its ambassador in May, after a lock was shut without a word to the towns below it.",
)
SITE = "<nav><ul><li><a href=/>Home</a></li><li><a href=/w>World</a></li></ul></nav>"


def paragraphs(*texts):
    return "".join(f"<p>{text}</p>" for text in texts)


def listed(form, count=10):
    """As many items as asked for, each with its number, headline, teaser, day and month."""
    return "".join(
        form.format(
            n=n + 1,
            head=HEADS[n % 10],
            blurb=BLURBS[n % 5],
            long=" ".join(BLURBS),
            day=f"{n + 1} {MONTHS[n % 12]} 2019",
        )
        for n in range(count)
    )


def read(body, title, head="", url=None):
    markup = f"<html lang=en><head><title>{title} | Daily Onda</title>{head}</head><body>{SITE}{body}</body></html>"
    return extract_page(Document(content=markup.encode(), media="page", origin="p.html", source_id="p", url=url))


LISTS = {
    "front of a paper without boxes": ("World", "<h1>World</h1>" + listed("<h2><a href=/a{n}>{head}</a></h2><p>{blurb}</p><p>{n} hours ago</p>")),
    "archive of a month": ("March 2019", "<h1>March 2019</h1><p>All that we wrote in that month, day by day, is kept here for readers.</p>" + listed("<h4>{day}</h4><p><a href=/a{n}>{head}</a></p><p>{blurb}</p>")),
    "videos": ("Latest videos", "<h1>Latest videos</h1>" + listed("<div class=v><a href=/v{n}><img src={n}.jpg></a><span>2:1{n}</span><h3><a href=/v{n}>{head}</a></h3><p>{blurb}</p></div>")),
    "podcasts": ("The Onda Podcast", "<h1>The Onda Podcast</h1><p>Every week two of our writers talk about the river and those who live beside it.</p>" + listed("<section><h3><a href=/p{n}>{head}</a></h3><p>{blurb}</p><p>Listen, 34 min</p></section>")),
    "calendar of events": ("Calendar of events", "<h1>Calendar of events</h1>" + listed("<div class=ev><b>{day}</b><h3>{head}</h3><p>{blurb}</p><a href=/e{n}>Details</a></div>")),
    "directory of ambassadors": ("Our ambassadors", "<h1>Our ambassadors</h1><p>The heads of our missions abroad are listed here by country.</p>" + listed("<div class=person><h3><a href=/b{n}>H.E. Ivo Raun the {n}th</a></h3><p>Ambassador to Kallas</p><p>+00 555 010{n}</p></div>")),
    "threads of a forum": ("River forum", "<h1>River forum</h1><table>" + listed("<tr><td><a href=/t{n}>{head}</a></td><td>12 replies</td><td>last post by ivo, {day}</td></tr>") + "</table>"),
    "statements with their first paragraphs": ("Statements", "<h1>Statements</h1>" + listed("<h3><a href=/s{n}>{head}</a></h3><p>{day}</p><p>{blurb}</p><p>{long}</p>", 8)),
    "category of a weblog with excerpts": ("Water", "<h1>Category: Water</h1>" + listed("<article class='post hentry'><h2><a href=/w{n} rel=bookmark>{head}</a></h2><p>Posted on {day} by ivo</p><p>{long}</p><p><a href=/w{n}>Continue reading</a></p></article>", 6)),
    "feed shown as a page": ("News feed", "<h1>News feed</h1>" + listed("<h3><a href=/f{n}>{head}</a></h3><div>{blurb} {blurb}</div><div>{day} 10:00:00 GMT</div>")),
    "products": ("Maps and books", "<h1>Maps and books of the Onda valley</h1>" + listed("<h3><a href=/m{n}>Map {n} of the river and its towns</a></h3><p>{blurb}</p><p>Add to cart</p>")),
    "index of releases in a table with long summaries": ("Press releases", "<h1>Press releases</h1><table><tr><th>Date</th><th>Title</th><th>Summary</th></tr>" + listed("<tr><td>{day}</td><td><a href=/r{n}>{head}</a></td><td>{long}</td></tr>") + "</table>"),
    "results of a search, with few hits": ("Search: water of the Onda", "<h1>Search: water of the Onda</h1><p>Showing 1–3 of 3 results for “water of the Onda”, newest first</p>" + listed("<li><h3><a href=/x{n}>{head}</a></h3><p>… {blurb} …</p></li>", 3) + "<p>You can have a mail sent to you whenever we publish something new on this.</p>"),
    "topic with a name as long as a headline": ("Sharing the water of the Onda", "<h1>Sharing the water of the Onda</h1><p>Everything our writers have found out about the river, the newest first.</p>" + listed("<h2><a href=/o{n}>{head}</a></h2><p>{blurb}</p><p><small><time datetime=2019-01-01>{day}</time></small></p>")),
    "author": ("Aino Lehto", "<h1>Aino Lehto</h1><p>Aino Lehto has written for this paper from Kallas and Port Velmar and is now its correspondent in Tarsis.</p><ul>" + listed("<li><a href=/l{n}><b>{head}</b><span>{blurb}</span></a><time>{day}</time></li>") + "</ul>"),
    "elements of a site's own making": ("News", "<main><h1>News</h1>" + listed("<onda-card><h3><a href=/c{n}>{head}</a></h3><p>{long}</p><div>Aino Lehto {day}</div></onda-card>") + "</main>"),
}  # fmt: skip


@pytest.mark.parametrize("kind", LISTS)
def test_list_of_reports_is_no_report(kind):
    title, body = LISTS[kind]
    with pytest.raises(InputError, match="no article") as caught:
        read(body, title)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<script type="application/ld+json">{"@type": "CollectionPage", "name": "Water"}</script>', None),
        ('<meta property=og:type content=article><script type="application/ld+json">{"@type": "SearchResultsPage"}</script>', None),
        ('<script type="application/ld+json">{"@type": "ItemList", "itemListElement": []}</script>', None),
        ("", "https://onda.example/search?q=water"),
        ("", "https://onda.example/world/page/3/"),
        ("", "https://onda.example/tag/water"),
    ],
)  # fmt: skip
def test_list_is_known_by_its_structured_data_or_its_address(head, url):
    body = "<h1>Water of the Onda and the Kal</h1><p>By our writers in Kallas, who know the river well.</p>" + listed(
        "<h2><a href=/o{n}>{head}</a></h2><p>{blurb}</p>"
    )
    with pytest.raises(InputError, match="only links"):
        read(body, "Water of the Onda and the Kal", head, url)


TITLE = "Velmar and Tarsis share the water of the Onda"
ARTICLE = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-03-05"}</script>'
STAMP = "<p>By Aino Lehto</p><p>5 March 2024</p>"
RAIL = listed("<div class=item><h3><a href=/k{n}>{head}</a></h3><p>{blurb}</p><span>{day}</span></div>")
REPORTS = {
    "round-up in chapters": ("Five things to know about the river Onda", STAMP + "".join(f"<h2>{n}. {head}</h2><p>{PROSE[n % 4]}</p><p>{BLURBS[n]} <a href=/x{n}>More on this</a> was said.</p>" for n, head in enumerate(HEADS[:4])), 8),
    "round-up with linked chapters": ("What the league did this week in the north", f"{STAMP}<p>{PROSE[3]}</p>" + "".join(f"<h2><a href=/x{n}>{head}</a></h2><p>{PROSE[n]} {BLURBS[n]}</p>" for n, head in enumerate(HEADS[:3])), 4),
    "press review with bold links": ("What the papers of Tarsis say of the pact", STAMP + "".join(f"<p><b><a href=/x{n}>The Kallas Courier</a></b> writes under the headline “{head}”: {PROSE[n % 4]}</p>" for n, head in enumerate(HEADS[:6])), 6),
    "communiqué with links": ("Joint communiqué of Velmar and Tarsis", "<p>Kallas, 5 March 2024</p>" + "".join(f"<p>{n}. {text} The parties recall <a href=/t{n}>the treaty on the waters of the Onda</a>.</p>" for n, text in enumerate(PROSE, 1)), 4),
    "live blog": ("Talks on the river: live updates", "".join(f"<article><time datetime=2024-03-05T1{n}:00Z>1{n}:00</time><h2><a href=/live/{n}>{HEADS[n]}</a></h2><p>{text}</p></article>" for n, text in enumerate(PROSE)), 4),
    "gallery with an introduction": ("The river Onda in ten pictures of a year", f"<p>{PROSE[0]}</p><p>{PROSE[1]}</p>" + "".join(f"<figure><a href=/g{n}.jpg><img src=/g{n}.jpg></a><figcaption>{head} in spring.</figcaption></figure>" for n, head in enumerate(HEADS)), 2),
    "questions and answers": ("What the water pact means for the valley", STAMP + "<ul>" + "".join(f"<li><a href=#q{n}>What does point {n} of the pact say?</a></li>" for n in range(4)) + "</ul>" + "".join(f"<h3 id=q{n}><a href=#q{n}>What does point {n} of the pact say?</a></h3><p>{text}</p>" for n, text in enumerate(PROSE)), 4),
    "fact sheet of bullets with links": ("Fact sheet: Velmar and Tarsis on the river", f"<p>{PROSE[0]}</p><ul>" + "".join(f"<li>{text} (<a href=/d{n}>Document {n} of the commission</a>)</li>" for n, text in enumerate(PROSE[1:])) + "</ul>", 4),
    "short statement among many links": (TITLE, f"<p>5 March 2024</p><p>{PROSE[0]}</p></main><div>{RAIL}</div><main>", 1),
    "short statement in a section for releases": ("Press releases", f"<h2>{TITLE}</h2><p>5 March 2024</p><p>{PROSE[0]}</p><p>{PROSE[1]}</p></main><div class=c>" + listed("<p><a href=/k{n}>{head}</a> {day}</p>") + "</div><main>", 2),
    "links to other reports between paragraphs": ("The pact", STAMP + "".join(f"<p>{text}</p><p><strong><a href=/i{n}>{HEADS[n]}</a></strong></p>" for n, text in enumerate(PROSE)), 4),
    "statement with a series of dated reports below": (TITLE, f"{STAMP}{paragraphs(*PROSE)}" + listed("<h3><a href=/z{n}>{head}</a></h3><p>{blurb}</p><p>{day}</p>", 5), 4),
    "report whose title begins as a search": ("Search for a ferry off Kallas goes on", STAMP + paragraphs(*PROSE) + RAIL, 4),
    "news of somebody's death": ("News from the front reaches Port Velmar", STAMP + paragraphs(*PROSE) + RAIL, 4),
}  # fmt: skip


@pytest.mark.parametrize("head", ["", ARTICLE], ids=["silent", "declared"])
@pytest.mark.parametrize("kind", REPORTS)
def test_report_that_looks_like_a_list_is_read(kind, head):
    title, body, count = REPORTS[kind]
    text = read(f"<main><h1>{title}</h1>{body}</main>", title, head).text
    assert sum(text.count(words) for words in PROSE) == sum(body.count(f"{words}") for words in PROSE)
    assert len([line for line in text.split("\n") if len(line.split()) > 9]) == count


def test_short_statement_on_an_old_page_of_a_section_is_read_beside_teasers():
    found = read(
        f"<h1>{TITLE}</h1><p>5 March 2024</p><p>{PROSE[0]}</p><p>{PROSE[1]}</p>{RAIL}",
        TITLE,
        url="https://onda.example/news/5",
    )
    assert (found.text, found.published) == (f"{PROSE[0]}\n\n{PROSE[1]}", "2024-03-05")
