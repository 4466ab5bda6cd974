"""Layouts that are no plain article: a gallery, a live blog, a section front, a paywall's stub, an error page."""

from __future__ import annotations

from datetime import timedelta

from evaluation.pages import dates
from evaluation.pages.material import SECTIONS
from evaluation.pages.story import Page, Story

__all__ = ["front", "gallery", "live", "missing", "paywall"]


def gallery(number: int) -> Page:
    """Pictures with captions under a short introduction, which alone is main text."""
    s = Story(
        "gallery", number, host="www.northernpost.example", sizes=(1, 5), habits=("jsonld", "meta", "time", "visible")
    )
    habit, when = s.habit, s.when
    ld = {
        "@context": "https://schema.org",
        "@type": "ImageGallery",
        "datePublished": dates.iso(when),
        "dateModified": dates.iso(s.updated),
    }
    head = {
        "jsonld": s.ld(ld),
        "meta": f'<meta property="article:published_time" content="{dates.iso_utc(when, milliseconds=True)}">'
        f'<meta property="article:modified_time" content="{dates.iso_utc(s.updated, milliseconds=True)}">',
    }.get(habit, "")
    shown = f"{dates.DAYS[when.weekday()][:3]} {dates.short_day_first(when)} {when.hour:02}.{when.minute:02} {dates.zone_name(when)}"
    stamp = f'<p class="content__dateline">{shown}</p>'
    if habit == "time":
        stamp = (
            f'<p class="content__dateline"><time class="content__dateline-wpd" datetime="{dates.iso_compact(when)}" '
            f'data-timestamp="{int(when.timestamp())}000">{shown}</time></p>'
        )
    intro = "".join(f"<p>{s.keep(t, marked=True)}</p>\n" for t in s.body)
    slides = s.piece(
        '<ul class="gallery__images">{{*6-18}}<li id="img-{{n}}" class="gallery__item"><figure class="gallery__figure"><a href="#">'
        '<img class="gallery__img" src="https://i.{{host}}/{{hex}}/master.jpg" alt="" loading="lazy"></a>'
        '<figcaption class="gallery__caption"><span class="gallery__loc">{{city}}</span> {{blurb}} '
        '<span class="gallery__credit">Photograph: {{person}}/NP</span></figcaption></figure></li>\n{{/*}}</ul>'
    )
    page = s.fill(
        "gallery", head=head, stamp=stamp, slides=slides, intro=f'<div class="content__standfirst">{intro}</div>'
    )
    path = f"/world/gallery/{when.year}/{dates.SHORT[when.month - 1].lower()}/{when.day:02}/{s.slug}-in-pictures"
    return s.page(page, path, instant=when)


def live(number: int) -> Page:
    """A live blog: entries with their times, the newest first."""
    s = Story("live", number, host="www.worldnews.example", sizes=(5, 30), habits=("jsonld", "meta", "visible", "time"))
    draw, habit, when = s.draw, s.habit, s.when
    clock, entries, posts = when, [], []
    left = list(s.body)
    while left:
        size = draw.number(1, 3)
        group, left = left[:size], left[size:]
        # All on one day: which day a blog over midnight belongs to is anybody's guess.
        later = clock + timedelta(minutes=draw.number(1, 25))
        clock = later if later.date() == when.date() else clock
        heading = s.title if not entries else _entry_heading(s)
        entries.append((clock, heading, group))
        posts.append(
            {
                "@type": "BlogPosting",
                "headline": heading,
                "datePublished": dates.iso(clock),
                "articleBody": " ".join(group),
            }
        )
    end = entries[-1][0]
    ld = {"@context": "http://schema.org", "@type": "LiveBlogPosting", "headline": s.title, "coverageStartTime": dates.iso(when),
          "coverageEndTime": dates.iso(end), "datePublished": dates.iso(when), "dateModified": dates.iso(end),
          "liveBlogUpdate": posts[::-1]}  # fmt: skip
    head = {
        "jsonld": s.ld(ld),
        "meta": f'<meta property="article:published_time" content="{dates.iso(when)}">\n<meta property="article:modified_time" content="{dates.iso(end)}">',
    }.get(habit, "")
    out = [_entry(s, *entry) for entry in reversed(entries)]
    shown = f'<p class="live-date">{dates.long_day(when)}</p>' if habit != "time" or draw.chance(40) else ""
    viewers = shown + s.piece('{{?50}}<p class="viewers">{{n}},{{n}} viewing this page</p>{{/?}}')
    page = s.fill(
        "live", head=head, body="\n".join(out), viewers=viewers, label=draw.one(["Live", "As it happened", "Closed"])
    )
    return s.page(
        page,
        f"/news/live/world-{draw.number(10000000, 69999999)}",
        instant=when if habit in ("jsonld", "meta") else None,
    )


def _entry_heading(s: Story) -> str:
    """An entry's heading, or none."""
    if s.draw.chance(30):
        return ""
    return s.typeset(s.draw.one(["What we know so far", "Reaction from the neighbours", "A quick recap", "The minister speaks",
                                 "Talks go into the evening", "Analysis: why it matters", "Scene outside the ministry"]))  # fmt: skip


def _entry(s: Story, clock: dates.datetime, heading: str, group: list[str]) -> str:
    name = s.draw.hex(24)
    shown = f"{dates.clock24(clock)} {dates.zone_name(clock)}"
    if s.habit == "time":
        shown = f'<time datetime="{dates.iso(clock)}" data-relative="true">{shown}</time>'
    title = f'<h2 class="lx-stream-post__header-text"><span>{s.keep(heading)}</span></h2>' if heading else ""
    text = "".join(f"<p>{s.keep(t, marked=True)}</p>" for t in group)
    extra = s.piece(
        '{{?20}}<figure><img src="/{{hex}}.jpg" alt=""><figcaption>{{blurb}} <span>{{person}}</span></figcaption></figure>{{/?}}'
    )
    return s.piece(
        f'<article class="lx-stream-post" id="block-{name}"><header><div class="lx-stream-post__meta-time">{shown}</div>{title}'
        '<p class="lx-stream-post__contributor">{{person}}<br>Reporting from {{city}}</p></header>'
        f'<div class="lx-stream-post-body">{text}{extra}</div><div class="lx-share"><button>Share</button>'
        "<span>View more share options</span><button>Copy link</button></div></article>"
    )


CARDS = (
    '<section class="cards">{{*14-30}}<article class="card"><a href="{{href}}"><img src="/{{hex}}.jpg" alt=""></a><div><span>{{section}}'
    '</span><h3 class="card__title"><a href="{{href}}">{{headline}}</a></h3><p class="card__standfirst">{{blurb}}</p>'
    '<time datetime="{{isoago}}">{{ago}}</time></div></article>\n{{/*}}</section>',
    '<ul class="river">{{*16-34}}<li class="river__item"><p class="river__meta">{{ago}} | {{person}}</p><h2><a href="{{href}}">{{headline}}'
    '</a></h2><p>{{blurb}} <a href="{{href}}">Read more</a></p></li>\n{{/*}}</ul>',
    '<div class="grid">{{*8-14}}<div class="col"><h4><a href="{{href}}">{{section}}</a></h4><div class="lead"><a href="{{href}}">'
    '<strong>{{headline}}</strong></a><p>{{blurb}}</p></div><ul><li><a href="{{href}}">{{headline}}</a></li><li><a href="{{href}}">'
    "{{headline}}</a></li></ul></div>\n{{/*}}</div>",
)


def front(number: int) -> Page:
    """A section's front: teasers of many stories, and no article."""
    s = Story("front", number, host="www.northernpost.example", habits=("plain", "list", "plain"))
    head = ""
    if s.habit == "list":
        items = [
            {"@type": "ListItem", "position": i, "url": f"https://{s.host}{s.filler.href()[-30:]}"} for i in range(1, 9)
        ]
        head = s.ld(
            {
                "@context": "https://schema.org",
                "@type": "CollectionPage",
                "mainEntity": {"@type": "ItemList", "itemListElement": items},
            }
        )
    name = s.draw.one(SECTIONS)
    page = s.fill("front", head=head, name=name, today=dates.long_day(s.when), cards=s.piece(CARDS[number % 3]))
    path = s.draw.one(
        [
            f"/{name.lower().replace(' ', '-')}",
            f"/tag/{s.place.lower().replace(' ', '-')}",
            f"/author/page/{number + 1}",
            "/",
        ]
    )
    return s.page(page, path, dated=False)


WALLS = (
    '<div class="barrier"><h2>Subscribe to unlock this article</h2><div class="offer"><h3>Trial</h3><p>€1 for 4 weeks</p><p>Then €69 per '
    "month. Complete digital access to quality journalism on any device. Cancel anytime during your trial.</p><button>Try unlimited access"
    "</button></div><h3>Explore more offers.</h3><p>Standard Digital: essential digital access to quality journalism on any device. Pay a "
    "year upfront and save 20%.</p><p>Terms and conditions apply. See whether you already have access through your university or "
    "organisation.</p></div>",
    '<div id="paywall" class="c-paywall is-active"><div class="c-paywall__inner"><p class="c-paywall__head">This article is for '
    "subscribers only</p><p>You have used all of your free articles this month. Create a free account or log in to continue reading.</p>"
    "<ul><li>Unlimited access to every story</li><li>Our daily briefing and crossword</li><li>No long contract</li></ul>"
    "<a href=\"/subscribe\">See all plans</a></div></div>",
    '<div class="subscription-required"><p>To read the full story, subscribe or sign in.</p><p>Already a subscriber? <a href="/login">Log '
    "in</a></p></div>",
)  # fmt: skip


def paywall(number: int) -> Page:
    """The beginning of an article that one has to pay for."""
    s = Story("paywall", number, host="www.capitaltimes.example", sizes=(2, 5), habits=("jsonld", "meta", "time"))
    draw, habit, when = s.draw, s.habit, s.when
    ld = {"@context": "http://schema.org", "@type": "NewsArticle", "headline": s.title, "datePublished": dates.iso_utc(when, milliseconds=True),
          "dateModified": dates.iso_utc(s.updated, milliseconds=True), "isAccessibleForFree": "False",
          "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".n-content-body"}}  # fmt: skip
    head = {
        "jsonld": s.ld(ld),
        "meta": f'<meta property="article:published_time" content="{dates.iso_utc(when, milliseconds=True)}">',
    }.get(habit, "")
    shown = f"{dates.month_first(when)}"
    stamp = f"<span>{shown}</span>"
    if habit == "time":
        stamp = f'<time class="article-info__timestamp o-date" datetime="{dates.iso_utc(when, milliseconds=True)}">{shown}</time>'
    standfirst = f'<div class="o-topper__standfirst">{s.keep(s.more())}</div>' if draw.chance(60) else ""
    texts = list(s.body)
    body = [f"<p>{s.keep(t, marked=True)}</p>" for t in texts[:-1]]
    # The last visible paragraph breaks off, as those of real stubs do.
    words = texts[-1].split()
    cut = " ".join(words[: max(8, len(words) // 2)])
    body.append(f'<p class="fade-out">{s.keep(cut)}…</p>')
    page = s.fill(
        "paywall", head=head, stamp=stamp, standfirst=standfirst, body="\n".join(body), wall=s.piece(WALLS[number % 3])
    )
    return s.page(page, f"/content/{draw.hex(8)}-{draw.hex(4)}-{draw.hex(12)}", instant=when)


MESSAGES = (
    ("Page not found", "<h1>404</h1><p>Sorry, the page you were looking for could not be found. It may have been moved, renamed or deleted, "
     "or you may have followed an old link. Try the search below, or go back to our front page.</p>"),
    ("Oops", "<h2>Oops! That page can’t be found.</h2><p>It looks like nothing was found at this location. Maybe try one of the links below "
     "or a search?</p>"),
    ("This story is no longer available", "<h1>This story is no longer available</h1><p>Our agreement with the agency that supplied this "
     "report has ended, and it has been removed from our archive. We apologise for the inconvenience this may cause our readers.</p>"),
    ("Just a moment...", '<div class="challenge"><h1>Checking your browser before accessing the site</h1><p>This process is automatic. Your '
     "browser will redirect to your requested content shortly. Please allow up to five seconds.</p><p>Ray ID: {{hex}}</p></div>"),
    ("Access denied", "<h1>Access Denied</h1><p>You don't have permission to access this page on this server. We are unable to give you "
     "access to our site at this time because your request looks automated.</p><p>Reference {{n}}.{{hex}}</p>"),
    ("Search results", "<h1>No results</h1><p>We found no articles matching your request. Check the spelling, use fewer words or choose "
     "another period of time.</p>"),
    ("Service unavailable", "<h1>We'll be right back</h1><p>The site is down for maintenance at the moment. Our engineers are working on it, "
     "and we expect to be with you again within the hour. Thank you for your patience.</p>"),
    ("Log in", '<h1>Log in to your account</h1><form><label>Email</label><input type="email"><label>Password</label><input type="password">'
     "<button>Log in</button></form><p>Forgot your password? We will send you a link with which you can choose a new one.</p>"),
)  # fmt: skip


def missing(number: int) -> Page:
    """An error that a server sends as a page: not found, withdrawn, closed, or guarded."""
    s = Story("missing", number, host="www.northernpost.example")
    name, message = MESSAGES[number % len(MESSAGES)]
    head = '<meta name="robots" content="noindex">' if s.draw.chance(50) else ""
    page = s.fill("missing", head=head, name=name, message=s.piece(message), today=dates.long_day(s.when))
    return s.page(page, f"/world/{s.slug}-{s.draw.number(1000, 99999)}", dated=False)
