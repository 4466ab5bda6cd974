"""Layouts that are hard for technical reasons: AMP, a page of the nineties, an app, footnotes, foreign clocks."""

from __future__ import annotations

from evaluation.pages import dates
from evaluation.pages.story import Page, Story

__all__ = ["agency", "amp", "analysis", "app", "old"]


def amp(number: int) -> Page:
    """An AMP page."""
    s = Story(
        "amp", number, host="amp.eveningsignal.example", sizes=(3, 28), habits=("jsonld", "visible", "time", "meta")
    )
    draw, habit, when = s.draw, s.habit, s.when
    ld = {"@context": "http://schema.org", "@type": "NewsArticle", "mainEntityOfPage": f"https://{s.host}/world/{s.slug}", "headline": s.title,
          "datePublished": dates.iso_compact(when), "dateModified": dates.iso_compact(s.updated)}  # fmt: skip
    head = {
        "jsonld": s.ld(ld),
        "meta": f'<meta name="publish-date" content="{dates.iso(when)}">',
    }.get(habit, "")
    shown = f"{dates.month_first(when)} {dates.clock12(when)}"
    time = f'<time datetime="{dates.iso_utc(when)}">{shown}</time>' if habit == "time" else shown
    stamp = s.piece(
        '<div class="amp-wp-meta amp-wp-byline"><span class="amp-wp-author author vcard">{{author}}</span></div>'
        f'<div class="amp-wp-meta amp-wp-posted-on">{time}</div>'
    )
    body = []
    for i, text in enumerate(s.body):
        body.append(f"<p>{s.keep(text, marked=True)}</p>")
        if i % 3 == 1:
            body.append(
                '<amp-ad width="336" height="280" type="doubleclick" data-slot="/1/amp_mid"><div placeholder></div></amp-ad>'
            )
        if draw.chance(12):
            body.append(s.piece('<p class="also-read">Also Read: <a href="{{href}}">{{headline}}</a></p>'))
        if draw.chance(10):
            body.append(
                f"<h2>{s.keep(draw.one(['A narrow road', 'The second day', 'What was promised', 'Numbers in dispute']))}</h2>"
            )
    if draw.chance(30):
        body.append(
            s.piece(
                '<amp-twitter width="375" height="472" layout="responsive" data-tweetid="{{n}}{{n}}"></amp-twitter>'
            )
        )
    page = s.fill("amp", head=head, stamp=stamp, body="\n".join(body))
    return s.page(page, f"/world/{s.slug}?amp=1", instant=when if habit in ("jsonld", "time", "meta") else None)


def old(number: int) -> Page:
    """A page of the nineties: line breaks for paragraphs, no charset, windows-1252."""
    s = Story(
        "old",
        number,
        host="www.frontiergazette.example",
        years=(1996, 2004),
        sizes=(3, 22),
        habits=("line", "by", "slug", "posted"),
    )
    draw, habit, when = s.draw, s.habit, s.when
    s.style = "raw"
    line = {
        "line": f"{s.place}, {dates.month_first(when)}",
        "by": f"By {s.author}<BR>{dates.long_day(when)}",
        "slug": f"{dates.day_first(when)}",
        "posted": f"Posted: {dates.long_day(when)}",
    }[habit]
    size = draw.one([2, 3])
    out = [f'<FONT FACE="Times New Roman,Times" SIZE=5><B>{s.html(s.title)}</B></FONT><BR>']
    out.append(f'<FONT FACE="Arial" SIZE=2><I>{line}</I></FONT><BR><BR>')
    if draw.chance(40):
        out.append(
            s.piece(
                '<TABLE ALIGN=RIGHT WIDTH=180 BORDER=0><TR><TD><IMG SRC="/images/{{hex}}.jpg"><BR><FONT SIZE=1>{{blurb}}</FONT></TD></TR></TABLE>'
            )
        )
    out.append(f'<FONT FACE="Times New Roman,Times" SIZE={size}>')
    out.append("<BR><BR>\n".join(_old_blocks(s)))
    out.append("</FONT><BR><BR>")
    if draw.chance(50):
        out.append(
            s.piece('<FONT SIZE=2>[ <A HREF="{{href}}">Next story</A> | <A HREF="{{href}}">Previous story</A> ]</FONT>')
        )
    body = "\n".join(out)
    titles = [s.html(s.title), "The Frontier Gazette", "Untitled Document"]
    page = s.fill(
        "old",
        body=body,
        pagetitle=titles[number % 3],
        copyright=f"1996-{when.year}" if draw.chance(50) else str(when.year + 1),
    )
    content = page.encode("cp1252", "xmlcharrefreplace")
    return s.page(content, f"/{s.layout}/{draw.number(100, 999)}/story{draw.number(1, 40)}.htm", charset=None)


def _old_blocks(s: Story) -> list[str]:
    """Paragraphs, some with an indent made of blanks, the first often with an unbroken start."""
    draw, blocks = s.draw, []
    for i, text in enumerate(s.body):
        shown = s.keep(text)
        if i == 0 and draw.chance(60):
            head, _, tail = shown.partition(" ")
            shown = f"<NOBR>{head}</NOBR> {tail}"
        if draw.chance(20):
            words = shown.split(" ")
            shown = " ".join([*words[:4], f"<I>{words[4]}</I>" if "<" not in words[4] else words[4], *words[5:]])
        blocks.append("&nbsp;&nbsp;&nbsp;" + shown if draw.chance(15) else shown)
    return blocks


NOTES = (
    "You need to enable JavaScript to run this app.",
    '<p>This site requires JavaScript. Please turn it on in your browser and load the page again.</p><img src="/pixel.gif" alt="">',
    '<iframe src="https://www.googletagmanager.com/ns.html?id=GTM-X" height="0" width="0"></iframe>Please enable scripts to read our stories.',
)
SHELLS = (
    "",
    '<div class="loader"><span>Loading…</span></div>',
    '<header class="css-1x"><a href="/">Pulse Daily</a></header><div class="skeleton"></div><footer>© Pulse Daily</footer>',
)


def app(number: int) -> Page:
    """An application that draws the article in the browser: its text is only in the JSON-LD."""
    s = Story(
        "app",
        number,
        host="www.pulsedaily.example",
        years=(2016, 2024),
        sizes=(3, 26),
        habits=("plain", "graph", "array"),
    )
    draw, when = s.draw, s.when
    for text in s.body:
        s.keep(text)
    joint = draw.one(["\n\n", "\n", " "])
    article = {
        "@context": "https://schema.org",
        "@type": draw.one(["NewsArticle", "Article", "ReportageNewsArticle"]),
        "headline": s.title,
        "datePublished": draw.one([dates.iso(when), dates.iso_utc(when, milliseconds=True), dates.iso_compact(when)]),
        "dateModified": dates.iso(s.updated),
        "author": {"@type": "Person", "name": s.author},
        "articleBody": joint.join(s.body),
    }
    site = {"@type": "WebSite", "name": "Pulse Daily", "description": s.more(), "dateModified": "2025-01-02"}
    data = {
        "plain": article,
        "graph": {"@context": "https://schema.org", "@graph": [site, article]},
        "array": [site, article],
    }[s.habit]
    head = s.ld(data).replace("<script ", '<script data-react-helmet="true" ', 1)
    page = s.fill("app", head=head, note=NOTES[number % 3], shell=draw.one(SHELLS))
    return s.page(page, f"/a/{draw.hex(12)}/{s.slug}", instant=when)


HEADINGS = (
    "The limits of leverage,What history suggests,Three scenarios,Policy recommendations,An uneasy balance,The domestic side,"
    "Reading the signals,Costs that nobody counts,Conclusion,Why the neighbours matter"
).split(",")


def analysis(number: int) -> Page:
    """A think tank's paper: subheads, footnotes, block quotes, a pull quote, the author's life."""
    s = Story(
        "analysis",
        number,
        host="www.regionalorder.example",
        sizes=(10, 40),
        habits=("meta", "visible", "jsonld", "citation"),
    )
    habit, when = s.habit, s.when
    head = {
        "meta": f'<meta property="article:published_time" content="{dates.iso(when)}">',
        "jsonld": s.ld(
            {
                "@context": "https://schema.org",
                "@type": "Report",
                "headline": s.title,
                "datePublished": f"{when:%Y-%m-%d}",
            }
        ),
        "citation": f'<meta name="citation_publication_date" content="{when:%Y/%m/%d}">',
    }.get(habit, "")
    stamp = f'<div class="date">{dates.month_first(when)}</div>'
    body, notes, toc = _analysis_blocks(s)
    listed = "".join(
        s.piece(
            f'<li id="fn{n}">{{{{person}}}}, “{{{{headline}}}},” Regional Review {{{{n}}}}, {{{{ago}}}}, <a href="#fnref{n}">↩</a></li>\n'
        )
        for n in range(1, notes + 1)
    )
    apparatus = f'<section class="footnotes"><h2>Notes</h2><ol>{listed}</ol></section>' if notes else ""
    page = s.fill("analysis", head=head, stamp=stamp, body="\n".join(body), notes=apparatus, toc="".join(toc))
    return s.page(page, f"/research/{s.slug}/", instant=when if habit == "meta" else None)


def _analysis_blocks(s: Story) -> tuple[list[str], int, list[str]]:
    """The body, how many footnotes it points to, and the lines of its table of contents."""
    draw, number = s.draw, s.number
    body, notes, toc = [], 0, []
    if draw.chance(50):
        points = [s.more() for _ in range(3)]
        inner = "".join(f"<li>{s.keep(t)}</li>" for t in points)
        body.append(f'<div class="key-points"><h2>{s.keep("Key points")}</h2><ul>{inner}</ul></div>')
    for i, text in enumerate(s.body):
        if i and i % 4 == 0:
            heading = draw.one(HEADINGS)
            toc.append(f'<li><a href="#s{i}">{heading}</a></li>')
            body.append(f'<h2 id="s{i}">{s.keep(heading)}</h2>')
        if draw.chance(10):
            body.append(f"<blockquote><p>{s.keep(text)}</p></blockquote>")
            continue
        shown = s.keep(text, marked=True)
        if draw.chance(45):
            notes += 1
            mark = f'<sup id="fnref{notes}"><a href="#fn{notes}" class="footnote-ref">{notes}</a></sup>'
            shown += mark if number % 2 else f'<a href="#_edn{notes}" name="_ednref{notes}">[{notes}]</a>'
        body.append(f"<p>{shown}</p>")
        if i % 9 == 5:
            body.append(f'<aside class="pullquote"><p>{s.html(s.body[i - 1].split(", ")[0])}</p></aside>')
    return body, notes, toc


HOUSES = (("Ankara", 180), ("New Delhi", 330), ("Islamabad", 300), ("Dhaka", 360), ("Tashkent", 300))


def agency(number: int) -> Page:
    """An agency elsewhere: its own clock and way of writing dates, and a later change that stands first."""
    s = Story(
        "agency",
        number,
        host="www.anatoliapress.example",
        zones=HOUSES,
        sizes=(3, 24),
        habits=("gmt", "published", "dots", "jsonld", "updated"),
    )
    draw = s.draw
    path = f"/en/asia-pacific/{s.slug}/{draw.number(1000000, 2999999)}"
    spot = f'<h4 class="spot">{s.keep(s.more())}</h4>' if draw.chance(60) else ""
    body = [f"<p><b>{s.keep(s.place.upper())}</b></p>"] if draw.chance(40) else []
    for text in s.body:
        body.append(f"<p>{s.keep(text, marked=True)}</p>")
        if draw.chance(10):
            body.append(s.piece('<p><strong>ALSO READ | <a href="{{href}}">{{headline}}</a></strong></p>'))
        if draw.chance(8):
            body.append(
                f"<h3>{s.keep(draw.one(['Stalled talks', 'Bilateral ties', 'Border region', 'Trade volume']))}</h3>"
            )
    page = s.fill(
        "agency",
        head=_agency_head(s),
        stamp=s.piece(_agency_stamp(s)),
        spot=spot,
        body="\n".join(body),
        path=path,
        today=dates.long_day(s.updated),
    )
    return s.page(page, path, instant=s.when if s.habit in ("gmt", "published", "jsonld") else None)


def _agency_head(s: Story) -> str:
    ld = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "dateModified": dates.iso(s.updated),
        "datePublished": dates.iso(s.when),
        "headline": s.title,
    }
    return {
        "jsonld": s.ld(ld),
        "updated": f'<meta property="article:modified_time" content="{dates.iso(s.updated)}" />\n<meta name="lastmod" content="{dates.iso(s.updated)}" />',
    }.get(s.habit, "")


def _agency_stamp(s: Story) -> str:
    """When the story is of, as the house writes it; the later change often stands first."""
    when, later = s.when, s.updated
    hours, minutes = divmod(int((when.utcoffset() or dates.timedelta()).total_seconds()) // 60, 60)
    gmt = f"GMT+{hours}" + (f":{minutes:02}" if minutes else "")
    day12, later12 = (
        f"{dates.month_first(w)} {w.hour % 12 or 12:02}:{w.minute:02} {'PM' if w.hour > 11 else 'AM'}"
        for w in (when, later)
    )
    return {
        "gmt": f'<span class="tarih">{dates.short_day_first(when)}, {dates.clock24(when)} ({gmt})</span> <span class="tarih">Update : '
        f"{dates.short_day_first(later)}, {dates.clock24(later)} ({gmt})</span>",
        "published": f'<div class="ist-date"><span>Updated: {later12} {dates.zone_name(when)}</span> | <span>Published: {day12} '
        f"{dates.zone_name(when)}</span></div>",
        "dots": f'<span class="tarih">{dates.dotted(when)} - {dates.clock24(when)}</span> <span class="tarih">Last Update: '
        f"{dates.dotted(later)} - {dates.clock24(later)}</span>",
        "jsonld": f'<span class="tarih">Last Updated on {later12}</span>',
        "updated": f'<p class="updated">Last modified on {dates.day_first(later)} {dates.clock24(later)}</p><p class="pub">Published in '
        f"{{{{section}}}} on {dates.day_first(when)} {dates.clock24(when)}</p>",
    }[s.habit]
