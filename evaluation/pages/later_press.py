"""Later layouts of the press: a magazine, a daily, a mirror of wires, lists of stories, an interview."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from evaluation.pages import dates
from evaluation.pages.material import COUNTRIES, PEOPLE, TOPICS
from evaluation.pages.story import Page, Story

__all__ = ["daily", "interview", "listing", "magazine", "mirror"]

CHAPTERS = (
    "A house on the hill,The long table,Bread and borders,A letter from the capital,The second visit,Nobody's river,"
    "What the maps leave out,An empty chair,The interpreter's notebook,After the handshake"
).split(",")


def magazine(number: int) -> Page:
    """A long read of a news magazine: drop caps, pull quotes, a timeline beside, an issue dated later than the page."""
    s = Story(
        "magazine",
        number,
        host="www.theinterval.example",
        sizes=(8, 36),
        zones=[("New York", -300), ("London", 0)],
        habits=("microdata", "parsely", "jsonld", "visible", "sailthru"),
    )
    habit, when, issue = s.habit, s.when, s.when + timedelta(days=s.draw.number(6, 16))
    ld = {
        "@context": "https://schema.org/",
        "@type": "Article",
        "headline": s.title,
        "datePublished": dates.iso_utc(when, milliseconds=True),
        "dateModified": dates.iso_utc(s.updated, milliseconds=True),
        "isPartOf": {"@type": "PublicationIssue", "datePublished": f"{issue:%Y-%m-%d}", "issueNumber": "9"},
    }
    head = {
        "parsely": f'<meta name="parsely-title" content="{{{{title}}}}">\n<meta name="parsely-pub-date" content="{dates.iso_utc(when)}">',
        "sailthru": f'<meta name="sailthru.date" content="{dates.iso(when)}">\n<meta name="sailthru.expire_date" content="{dates.iso(issue)}">',
        "jsonld": s.ld(ld),
    }.get(habit, "")
    shown = dates.month_first(when)
    stamp = f'<div class="Rubric__date">{shown}</div>'
    if habit == "microdata":
        stamp = f'<time class="Rubric__date" itemprop="datePublished" content="{dates.iso(when)}">{shown}</time>'
    page = s.fill(
        "later/magazine",
        head=head if habit == "jsonld" else s.piece(head),
        stamp=stamp,
        dek=f'<p class="Rubric__dek">{s.keep(s.more())}</p>',
        issue=dates.month_first(issue),
        month=f"{dates.MONTHS[issue.month - 1]} {issue.year}",
        body="\n".join(_magazine_blocks(s)),
    )
    path = f"/magazine/{issue.year}/{issue.month:02}/{s.slug}" if s.draw.chance(40) else f"/features/{s.slug}"
    return s.page(page, path, instant=None if habit == "visible" else when)


def _dropped(s: Story, text: str) -> str:
    """A paragraph's HTML whose first letter stands in a span of its own, at times with small capitals behind it."""
    size = 1 if text[0].isalnum() else 2
    cap, rest = text[:size], text[size:]
    s.keep(text)
    if s.number % 3 == 2:
        return f'<p class="Story__p has-initial">{s.html(text)}</p>'
    if s.number % 3 == 1:
        first = rest.split(" ")
        head, tail = " ".join(first[:3]), "".join(f" {word}" for word in first[3:])
        return (
            f'<p class="Story__p"><span class="Initial">{s.html(cap)}</span><span class="Lead-in">{s.html(head)}</span>'
            f"{s.html(tail)}</p>"
        )
    return f'<p class="Story__p"><span class="Initial">{s.html(cap)}</span>{s.html(rest)}</p>'


def _magazine_blocks(s: Story) -> list[str]:
    draw, out = s.draw, []
    for i, text in enumerate(s.body):
        opens = i == 0
        if i and i % 7 == 0:
            out.append(
                f'<h2 class="Story__chapter">{s.keep(draw.one(CHAPTERS))}</h2>'
                if draw.chance(60)
                else '<hr class="Story__break">'
            )
            opens = draw.chance(50)
        out.append(_dropped(s, text) if opens else f'<p class="Story__p">{s.keep(text, marked=True)}</p>')
        if i % 5 == 3:
            out.append(_pull_quote(s, draw.one(s.body[max(0, i - 3) : i + 1])))
        if i % 4 == 1:
            out.append(
                '<div class="AdUnit AdUnit--inline" data-slot="inline"><span class="AdUnit__label">Advertisement</span></div>'
            )
        if i == 2 and draw.chance(70):
            out.append(_timeline(s))
        if i == 5 and draw.chance(50):
            out.append(
                s.piece(
                    '<div class="Recirc"><span class="Recirc__label">Recommended Reading</span>{{*2-3}}<a class="Recirc__link" '
                    'href="{{href}}"><span>{{headline}}</span> <small>{{person}}</small></a>{{/*}}</div>'
                )
            )
        if i == 4 and draw.chance(50):
            out.append(
                s.piece(
                    '<figure class="Plate"><img src="https://media.{{host}}/{{hex}}.jpg" alt=""><figcaption>{{blurb}} '
                    "<i>{{person}} / The Interval</i></figcaption></figure>"
                )
            )
    return out


def _pull_quote(s: Story, text: str) -> str:
    """One sentence of the text in large letters; it is said already, so it is not expected again."""
    sentence = re.split(r"(?<=[a-z][.!?]) (?=[A-Z])", text)[0]
    shown = s.html(sentence.strip('"“”'))
    return {
        0: f'<aside class="Pull"><p class="Pull__text">{shown}</p></aside>',
        1: f'<figure class="Pull Pull--wide"><blockquote>{shown}</blockquote></figure>',
        2: f'<div class="pullquote-wrap" role="presentation"><q>{shown}</q></div>',
    }[s.number % 3]


def _timeline(s: Story) -> str:
    """How it came to this, in a box beside the text: dates of the years before, in order."""
    moments = sorted(dates.moment(s.draw, s.when.year - 6, s.when.year - 1, 0) for _ in range(s.draw.number(4, 7)))
    entries = "".join(
        s.piece(
            f'<li class="Timeline__item"><time datetime="{then:%Y-%m-%d}">{dates.month_first(then)}</time><p>{{{{blurb}}}}</p></li>'
        )
        for then in moments
    )
    return f'<aside class="Sidebar Timeline"><h3>How it came to this</h3><ol>{entries}</ol></aside>'


def daily(number: int) -> Page:
    """A daily whose day stands in its address or in a line with the weekday, under a ticker and over dated comments."""
    zones = [("Nairobi", 180), ("Accra", 0), ("Lima", -300), ("Pretoria", 120)]
    s = Story(
        "daily", number, host="www.lakesidestandard.example", zones=zones, sizes=(4, 26), habits=("both", "line", "url")
    )
    draw, habit, when = s.draw, s.habit, s.when
    weekday = dates.DAYS[when.weekday()]
    line = draw.one(
        [
            f"{weekday}, {dates.day_first(when)}",
            f"{weekday} {dates.MONTHS[when.month - 1]} {when.day} {when.year}",
            f"{weekday[:3]}, {dates.short_day_first(when)}",
            f"{dates.long_day(when)} — {dates.clock24(when)}",
        ]
    )
    summary = ""
    if draw.chance(50):
        items = "".join(f"<li>{s.keep(s.more())}</li>" for _ in range(draw.number(2, 3)))
        summary = f'<section class="summary"><h5>{s.keep("In Summary")}</h5><ul>{items}</ul></section>'
    body = "\n".join(_daily_blocks(s))
    page = s.fill(
        "later/daily",
        line="" if habit == "url" else f'<h6 class="story-day">{line}</h6>',
        today=dates.long_day(s.updated + timedelta(days=2)),
        digest=summary,
        body=body,
        comments="\n".join(_comment(s) for _ in range(draw.number(2, 8))),
    )
    path = f"/news/{s.slug}-{draw.number(1000000, 4999999)}"
    if habit != "line":
        path = draw.one([f"/{when:%Y/%m/%d}/{s.slug}/", f"/news/world/{when:%Y-%m-%d}-{s.slug}.html"])
    return s.page(page, path)


def _comment(s: Story) -> str:
    """What a reader wrote below, some days after the story."""
    then = s.when + timedelta(days=s.draw.number(1, 60), minutes=s.draw.number(0, 300))
    return s.piece(
        '<li class="reader" id="comment-{{n}}"><div class="vcard"><cite>reader_{{n}}</cite> <span>says:</span></div><div class="comment-when">'
        f'<a href="#comment-{{{{n}}}}">{dates.month_first(then)} at {dates.clock12(then, tight=True)}</a></div><p>{{{{blurb}}}}</p>'
        '<a class="reply">Reply</a></li>'
    )


def _daily_blocks(s: Story) -> list[str]:
    """Paragraphs; subheads are bold paragraphs, and pleas for attention stand between."""
    draw, out = s.draw, []
    for i, text in enumerate(s.body):
        if i and i % 5 == 0 and draw.chance(70):
            out.append(f"<p><strong>{s.keep(draw.one(CHAPTERS))}</strong></p>")
        out.append(f"<p>{s.keep(text, marked=True)}</p>")
        if draw.chance(12):
            out.append(
                s.piece('<p><strong>Also read: <a href="{{href}}" target="_blank">{{headline}}</a></strong></p>')
            )
        if i == 3:
            out.append('<div class="mpu"><p class="mpu-title">Advertisement</p></div>')
        if i == 4 and draw.chance(40):
            out.append(
                '<div class="wa-channel"><p><a href="#">Join our WhatsApp channel</a> and never miss a headline. Your news, wherever you are.</p></div>'
            )
    if draw.chance(60):
        name = s.author.split()[0].lower()
        out.append(
            f'<p class="reporter-mail"><a href="mailto:{s.html(name)}@{s.host[4:]}">{s.html(name)}@{s.host[4:]}</a></p>'
        )
    return out


def mirror(number: int) -> Page:
    """An agency's story on a portal: components with shadow roots, a fold in the middle, the provider's name and time."""
    s = Story(
        "mirror",
        number,
        host="news.gatewayportal.example",
        sizes=(4, 24),
        habits=("time", "utc", "jsonld", "title"),
    )
    draw, habit, when = s.draw, s.habit, s.when
    provider = draw.one(["Meridian Wire", "The Continental Ledger", "Anatolia Press", "Harbour Observer"])
    shown = f"{dates.DAYS[when.weekday()][:3]}, {dates.month_first(when)} at {dates.clock12(when)} {_gmt(when)}"
    ld = {"@context": "http://schema.org", "@type": "NewsArticle", "headline": s.title, "datePublished": dates.iso_utc(when, milliseconds=True),
          "dateModified": dates.iso_utc(s.updated, milliseconds=True), "provider": {"@type": "Organization", "name": provider}}  # fmt: skip
    stamp = {
        "time": f'<time class="attr-time" datetime="{dates.iso(when)}">{shown}</time>',
        "utc": f'<time datetime="{dates.iso_utc(when, milliseconds=True)}" class="attr-time">{shown}</time>',
        "jsonld": f'<span class="attr-time">{draw.number(2, 11)} mo</span>',
        "title": f'<span class="attr-time" title="{shown}">{draw.number(1, 9)}y ago</span>',
    }[habit]
    blocks = _mirror_blocks(s)
    cut = max(2, len(blocks) // 3)
    fold = '<portal-button class="readmore" appearance="outline"><template shadowrootmode="open"><style>:host{display:block}</style><slot></slot></template>'
    toggle = fold + draw.one(["Story continues", "Continue reading", "Read full article"]) + "</portal-button>"
    body = "\n".join([*blocks[:cut], toggle, '<div class="rest" data-collapsed="true">', *blocks[cut:], "</div>"])
    root = '<template shadowrootmode="open"><style>:host{contain:content}p{margin:0 0 1em}</style>'
    inside = f"{root}{body}</template>" if number % 3 == 2 else f"{root}<slot></slot></template>\n{body}"
    credit = s.piece(f"This article originally appeared on {provider}: {{{{title}}}}") if draw.chance(50) else ""
    page = s.fill(
        "later/mirror",
        head=s.ld(ld) if habit == "jsonld" else "",
        provider=provider,
        stamp=stamp,
        minutes=str(max(1, len(s.body) // 4)),
        body=inside,
        credit=f'<p class="syndicated">{credit}</p>' if credit else "",
    )
    return s.page(page, f"/{s.slug}-{draw.number(100000000, 999999999)}.html", instant=when)


def _gmt(when: datetime) -> str:
    """GMT+5:30: a portal for the whole world trusts no letters."""
    minutes = int((when.utcoffset() or timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return "GMT" if not minutes else f"GMT{'+' if minutes > 0 else '-'}{hours}" + (f":{rest:02}" if rest else "")


def _mirror_blocks(s: Story) -> list[str]:
    draw, out = s.draw, []
    for i, text in enumerate(s.body):
        line = f"{s.place.upper()} ({draw.one(['MW', 'AnP'])}) — {text}" if i == 0 else text
        out.append(f"<p>{s.keep(line, marked=i > 0)}</p>")
        if i == 1 and draw.chance(60):
            out.append(
                s.piece(
                    '<portal-recommend class="inbody"><h4>Recommended Stories</h4><ul>{{*2-4}}<li><a href="{{href}}" data-ylk="pos:{{n}}">'
                    "{{headline}}</a></li>{{/*}}</ul></portal-recommend>"
                )
            )
        if i == 3 and draw.chance(40):
            out.append(
                s.piece(
                    '<div class="vdo-wrap"><div>Scroll back up to restore default view.</div><div class="vdo-title">{{headline}}</div></div>'
                )
            )
        if i == 2 and draw.chance(40):
            out.append(
                s.piece(
                    '<figure class="inline-pic"><portal-img src="https://s.{{host}}/{{hex}}.jpg"></portal-img><figcaption>{{blurb}} ({{person}}/AP)</figcaption></figure>'
                )
            )
    return out


RESULTS = (
    '<p class="hits">Showing 1–20 of {{n}} results for “{{query}}”, sorted by relevance</p><ol class="serp">{{*12-24}}<li><h3><a href="{{href}}">'
    '{{headline}}</a></h3><cite>{{host}} › {{section}}</cite><p class="serp__snippet"><span>{{ago}} — </span>… {{blurb}} …</p></li>\n{{/*}}</ol>',
    '{{*6-10}}<div class="hentry"><h2 class="hentry__title"><a href="{{href}}" rel="bookmark">{{headline}}</a></h2><p class="hentry__date">'
    '<time datetime="{{isoago}}">{{ago}}</time> · {{person}}</p><div class="hentry__summary"><p>{{blurb}}</p><p>{{blurb}}</p><p><a class="more-link" '
    'href="{{href}}">Continue reading <span>{{headline}}</span> →</a></p></div></div>\n{{/*}}',
    '<table class="views-table cols-3"><thead><tr><th>Date</th><th>Title</th><th>Summary</th></tr></thead><tbody>{{*18-32}}<tr><td>{{ago}}</td>'
    '<td><a href="{{href}}">{{headline}}</a></td><td>{{blurb}}</td></tr>\n{{/*}}</tbody></table>',
    '<p class="topic-about">Everything our reporters have written on {{query}}: news, background and opinion, the newest first.</p>{{*14-24}}'
    '<h2><a href="{{href}}">{{headline}}</a></h2>\n<p>{{blurb}}</p>\n<p><small><time datetime="{{isoago}}">{{ago}}</time></small></p>\n{{/*}}',
    '<div class="profile"><img src="/{{hex}}.jpg" alt=""><h2>{{author}}</h2><p>{{author}} has written for this paper from {{city}} and {{city}} and is '
    'now its diplomatic correspondent.</p><a href="#">Follow</a></div><ul class="stories">{{*12-22}}<li class="stories__one"><a href="{{href}}">'
    '<b>{{headline}}</b><span>{{blurb}}</span></a><time datetime="{{isoago}}">{{ago}}</time></li>\n{{/*}}</ul>',
)  # fmt: skip


def listing(number: int) -> Page:
    """Results of a search, an archive, an index of releases, a topic, an author's stories: no article."""
    s = Story("listing", number, host="www.lakesidestandard.example", habits=("plain", "data"))
    shape, query = number % 5, s.html(s.draw.one(TOPICS))
    asked = re.sub(r"\W+", "-", query)
    path = (
        f"/search?q={asked.replace('-', '+')}&sort=relevance",
        f"/category/world/page/{number + 2}/",
        f"/en/media/press-releases?page={number}",
        f"/topics/{asked}",
        f"/by/{re.sub('[^a-z]+', '-', s.author.lower())}",
    )[shape]
    name = (f"Search: {query}", "Category Archives: World", "Press releases", query, s.html(s.author))[shape]
    kind = ("SearchResultsPage", "CollectionPage", "CollectionPage", "CollectionPage", "ProfilePage")[shape]
    data = {"@context": "https://schema.org", "@type": kind, "name": name, "dateModified": dates.iso_utc(s.updated)}
    page = s.fill(
        "later/listing",
        head=s.ld(data) if s.habit == "data" else "",
        name=name,
        results=s.piece(RESULTS[shape], query=query),
        today=dates.day_first(s.updated),
    )
    return s.page(page, path, dated=False)


ASKED = (
    "You were in the room when {topic} came up. What was the mood?",
    "Does {country} still trust the other side?",
    "How do you explain {topic} to people at home?",
    "Critics say that {country} got nothing in return. Are they wrong?",
    "What would have to happen for {topic} to move again?",
    "Looking back, is there anything that you would do differently?",
    "And if {country} says no?",
    "Some of your colleagues call {topic} a distraction. Why spend so much time on it?",
)


def interview(number: int) -> Page:
    """A conversation in a newsletter: questions in bold or as headings, answers in paragraphs."""
    s = Story(
        "interview",
        number,
        host="www.openquestions.example",
        sizes=(7, 26),
        habits=("time", "visible", "jsonld", "meta"),
    )
    draw, habit, when = s.draw, s.habit, s.when
    guest = draw.one([p for p in PEOPLE if p != s.author])
    spoken = when - timedelta(days=draw.number(2, 9))
    s.title = draw.one(
        [f"{guest}: {s.title}", f"Five questions for {guest}", f"“{s.title}”: an interview with {guest}"]
    )
    ld = {"@context": "https://schema.org", "@type": "NewsArticle", "url": f"https://{s.host}/p/{s.slug}", "headline": s.title,
          "datePublished": dates.iso(when), "dateModified": dates.iso(s.updated), "isAccessibleForFree": True}  # fmt: skip
    meta = f'<meta property="article:published_time" content="{dates.iso_utc(when, milliseconds=True)}">\n<meta property="article:modified_time" content="{dates.iso_utc(s.updated, milliseconds=True)}">'
    head = {"jsonld": s.ld(ld), "meta": meta}.get(habit, "")
    shown = draw.one([dates.short_day_first(when), dates.short_month_first(when)])
    stamp = f'<span class="gh-card-date">{shown}</span>'
    if habit == "time":
        stamp = f'<time class="gh-card-date" datetime="{when:%Y-%m-%d}">{shown}</time>'
    intro = s.typeset(
        f"We spoke to {guest} by telephone on {spoken.day} {dates.MONTHS[spoken.month - 1]}. The conversation has been edited for length and clarity."
    )
    opening = [f'<p class="gh-excerpt">{s.keep(s.more())}</p>'] if draw.chance(60) else []
    body = [f"<p><em>{s.keep(intro)}</em></p>", *_answers(s, guest)]
    page = s.fill(
        "later/interview", head=head, stamp=stamp, excerpt="".join(opening), body="\n".join(body), guest=s.html(guest)
    )
    return s.page(page, f"/{s.slug}/", instant=when if habit in ("jsonld", "meta") else None)


def _answers(s: Story, guest: str) -> list[str]:
    """Questions and answers in one of four shapes."""
    draw, out, left = s.draw, [], list(s.body)
    shape, first = s.number % 4, guest.split()[-1]
    while left:
        question = s.typeset(draw.one(ASKED).format(topic=draw.one(TOPICS), country=draw.one(COUNTRIES)))
        size = draw.number(1, 3)
        answers, left = left[:size], left[size:]
        if shape == 0:
            out.append(f'<h3 id="{draw.hex(8)}">{s.keep(question)}</h3>')
        elif shape == 1:
            out.append(f"<p><b>{s.keep(question)}</b></p>")
        elif shape == 2:
            out.append(f"<p><strong>{s.keep('Open Questions:')} {s.keep(question)}</strong></p>")
            answers[0] = f"{first}: {answers[0]}"
        else:
            out.append(f"<p><b>{s.keep(question)}</b><br>{s.keep(answers[0], marked=True)}</p>")
            answers = answers[1:]
        out += [f"<p>{s.keep(a, marked=True)}</p>" for a in answers]
        if len(out) in (6, 7, 14, 15):
            out.append(s.piece(draw.one(CARDS)))
    return out


CARDS = (
    '<div class="kg-card kg-signup-card"><h2>Sign up for Open Questions</h2><p>One conversation a week, with people who have seen it from the '
    'inside.</p><form data-members-form=""><input type="email" placeholder="Your email"><button>Subscribe</button></form><p>No spam. Unsubscribe anytime.</p></div>',
    '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="{{href}}"><div class="kg-bookmark-content"><div '
    'class="kg-bookmark-title">{{headline}}</div><div class="kg-bookmark-description">{{blurb}}</div><div class="kg-bookmark-metadata">'
    '<span>Open Questions</span><span>{{person}}</span></div></div></a></figure>',
    '<figure class="kg-card kg-image-card kg-card-hascaption"><img src="/content/images/{{hex}}.jpg" class="kg-image" alt=""><figcaption>{{blurb}}'
    "</figcaption></figure>",
)  # fmt: skip
