"""Layouts of newspapers and agencies: a blog system's article, a broadsheet, a tabloid, a wire, a local paper."""

from __future__ import annotations

from evaluation.pages import dates
from evaluation.pages.material import PEOPLE
from evaluation.pages.story import Page, Story

__all__ = ["broadsheet", "local", "tabloid", "wire", "wordpress"]

SUBHEADS = (
    "What happens next,A long quarrel,Money and maps,Voices from the border,The view from the ministry,Old promises,"
    "No easy way back,Who gains,The price of delay,A second round,Behind closed doors,What each side wants"
).split(",")


def wordpress(number: int) -> Page:
    """An article of the commonest blog system, with its plug-ins."""
    s = Story("wordpress", number, host="www.harbourobserver.example")
    draw, habit = s.draw, s.habit
    in_url = habit == "url" or draw.chance(30)
    path = f"/{s.when:%Y/%m/%d}/{s.slug}/" if in_url else f"/{s.slug}/"
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "Article",
                "headline": s.title,
                "datePublished": dates.iso(s.when),
                "dateModified": dates.iso(s.updated),
            },
            {"@type": "WebSite", "name": "The Observer", "url": f"https://{s.host}/"},
            {"@type": "Person", "name": s.author, "description": s.more()},
        ],
    }
    published = f'<meta property="article:published_time" content="{dates.iso_utc(s.when)}">'
    modified = f'<meta property="article:modified_time" content="{dates.iso_utc(s.updated)}">'
    head = {"jsonld": s.ld(graph), "meta": f"{published}\n{modified}"}.get(habit, "")
    stamp = {
        "url": "",
        "visible": f'<span class="posted-on">{dates.month_first(s.when)}</span>',
    }.get(
        habit,
        f'<span class="posted-on">Posted on <a href="https://{s.host}{path}" rel="bookmark"><time class="entry-date published" '
        f'datetime="{dates.iso(s.when)}">{dates.month_first(s.when)}</time><time class="updated" '
        f'datetime="{dates.iso(s.updated)}">{dates.month_first(s.updated)}</time></a></span>',
    )
    meta = stamp + s.piece(
        '<span class="byline"> by <span class="author vcard"><a class="url fn n" href="/author/x/">{{author}}</a></span></span>'
        ' <span class="comments-link"><a href="#respond">{{n}} Comments</a></span>'
    )
    body = "\n".join(_wordpress_blocks(s))
    today = dates.long_day(s.updated) if draw.chance(30) and habit != "url" else ""
    page = s.fill("wordpress", head=head, meta=meta, body=body, today=today)
    return s.page(page, path, instant=None if habit in ("visible", "url") else s.when)


def _wordpress_blocks(s: Story) -> list[str]:
    draw, out = s.draw, []
    for i, text in enumerate(s.body):
        if i and i % 5 == 0 and draw.chance(60):
            out.append(f'<h2 class="wp-block-heading">{s.keep(draw.one(SUBHEADS))}</h2>')
        kind = draw.number(1, 20) if i else 20
        if kind == 1:
            out.append(f'<blockquote class="wp-block-quote"><p>{s.keep(text)}</p></blockquote>')
        elif kind == 2:
            items = [text, s.more()]
            out.append("<ul>" + "".join(f"<li>{s.keep(t, marked=True)}</li>" for t in items) + "</ul>")
        else:
            out.append(f"<p>{s.keep(text, marked=True)}</p>")
        if i % 4 == 2 and draw.chance(40):
            out.append(
                s.piece(
                    '<figure class="wp-block-image size-large"><img loading="lazy" src="/wp-content/uploads/{{hex}}.jpg" alt="">'
                    '<figcaption class="wp-element-caption">{{blurb}} Photo: {{person}}</figcaption></figure>'
                )
            )
        if i == 2 and draw.chance(40):
            out.append(
                s.piece(
                    '<div class="wp-block-group newsletter-signup"><h4>Join our mailing list</h4><p>Every Friday we send the '
                    "stories that our editors talked about most. No spam, and you can leave at any time.</p></div>"
                )
            )
    return out


def broadsheet(number: int) -> Page:
    """A big daily: generated class names, a standfirst, everything in a JSON-LD graph."""
    s = Story(
        "broadsheet",
        number,
        host="www.continentalledger.example",
        sizes=(6, 40),
        habits=("jsonld", "meta", "time", "list"),
    )
    draw, habit = s.draw, s.habit
    path = f"/{s.when:%Y/%m/%d}/world/{s.slug}.html"
    article = {
        "@type": ["NewsArticle", "ReportageNewsArticle"] if habit == "list" else "NewsArticle",
        "@id": f"https://{s.host}{path}#article",
        "headline": s.title,
        "dateModified": dates.iso_utc(s.updated, milliseconds=True),
        "datePublished": dates.iso_utc(s.when, milliseconds=True),
        "author": [{"@type": "Person", "name": s.author}],
        "publisher": {"@id": f"https://{s.host}/#publisher"},
    }
    image = {"@type": "ImageObject", "uploadDate": dates.iso(s.updated), "caption": s.more()}
    trail = {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "position": 1, "name": "World"}]}
    graph = {
        "@context": "https://schema.org",
        "@graph": [image, trail, article, {"@type": "NewsMediaOrganization", "name": "Ledger"}],
    }
    meta = (
        f'<meta data-rh="true" property="article:published_time" content="{dates.iso_utc(s.when, milliseconds=True)}"/>\n'
        f'<meta data-rh="true" property="article:modified_time" content="{dates.iso_utc(s.updated, milliseconds=True)}"/>'
    )
    head = {"jsonld": s.ld(graph), "list": s.ld([graph, trail]), "meta": meta, "time": ""}[habit]
    shown = f'<li><time class="css-x7rtpa e16638kd0" datetime="{dates.iso(s.when)}">{dates.short_month_first(s.when)}</time></li>'
    if draw.chance(40):
        shown += f"<li><span>Updated {dates.short_month_first(s.updated)}, {dates.clock12(s.updated)} ET</span></li>"
    standfirst = s.more()
    values = {
        "head": head,
        "path": path,
        "standfirst_meta": s.html(standfirst).replace('"', "&quot;"),
        "standfirst": f'<p id="article-summary" class="css-1n0orw4 e1wiw3jv0">{s.keep(standfirst)}</p>',
        "stamp": shown,
        "today": dates.long_day(s.updated),
        "body": _companion_columns(s),
    }
    return s.page(s.fill("broadsheet", **values), path, instant=s.when)


def _companion_columns(s: Story) -> str:
    """Paragraphs in groups of a few, an advertisement or a side note between the groups."""
    draw, out, left = s.draw, [], list(s.body)
    while left:
        size = draw.number(2, 6)
        group, left = left[:size], left[size:]
        inner = "".join(f'<p class="css-at9mc1 evys1bk0">{s.keep(t, marked=True)}</p>\n' for t in group)
        if out and draw.chance(35):
            inner = (
                f'<h2 class="css-13o6u42 eoo0vm40" id="link-{draw.hex(8)}">{s.keep(draw.one(SUBHEADS))}</h2>' + inner
            )
        out.append(f'<div class="css-s99gbd StoryBodyCompanionColumn"><div class="css-53u6y8">{inner}</div>')
        if draw.chance(40):
            out.append(
                s.piece(
                    '<aside class="css-ew4tgv" aria-label="companion column"><div class="css-related"><h3>More on {{topic}}</h3>'
                    '<ul><li><a href="{{href}}">{{headline}}</a></li><li><a href="{{href}}">{{headline}}</a></li></ul></div></aside>'
                )
            )
        out.append("</div>")
        out.append('<div class="css-wrapper" id="story-ad-wrapper"><div class="css-l9onyx"><p>Advertisement</p></div>'
                   '<a href="#after-story-ad" class="css-777zgl">SKIP ADVERTISEMENT</a></div>')  # fmt: skip
    return "\n".join(out)


def tabloid(number: int) -> Page:
    """A tabloid's page: bullets, captions as paragraphs, posts of others, and links in between."""
    s = Story(
        "tabloid",
        number,
        host="www.dailyclarion.example",
        zones=[("London", 0), ("New York", -300)],
        habits=("meta", "visible", "time", "jsonld"),
    )
    draw, habit = s.draw, s.habit
    path = f"/news/article-{draw.number(1000000, 19999999)}/{s.slug}.html"
    head = ""
    if habit == "meta":
        head = (
            f'<meta property="article:modified_time" content="{dates.iso_compact(s.updated)}">\n'
            f'<meta property="article:published_time" content="{dates.iso_compact(s.when)}">'
        )
    if habit == "jsonld":
        head = s.ld({"@context": "http://schema.org", "@type": "NewsArticle", "datePublished": dates.iso_compact(s.when),
                     "dateModified": dates.iso_compact(s.updated), "headline": s.title})  # fmt: skip
    first, then = (f"{dates.clock24(w)} {dates.zone_name(w)}, {dates.day_first(w)}" for w in (s.when, s.updated))
    if habit == "time":
        first = f'<time datetime="{dates.iso_compact(s.when)}">{first}</time>'
        then = f'<time datetime="{dates.iso_compact(s.updated)}">{then}</time>'
    stamp = (
        f'<span class="article-timestamp article-timestamp-published"><span class="article-timestamp-label">Published:</span>'
        f' {first}</span> | <span class="article-timestamp article-timestamp-updated"><span class="article-timestamp-label">'
        f"Updated:</span> {then}</span>"
    )
    bullets = ""
    if draw.chance(75):
        points = [s.more() for _ in range(draw.number(2, 4))]
        bullets = '<ul class="mol-bullets-with-font">' + "".join(
            f'<li class="class"><font style="font-size: 1.2em;"><strong>{s.keep(t)}</strong></font></li>'
            for t in points
        )
        bullets += "</ul>"
    body = "\n".join(_tabloid_blocks(s))
    return s.page(s.fill("tabloid", head=head, stamp=stamp, bullets=bullets, body=body), path, instant=s.when)


BETWEEN = (
    '<p class="mol-para-with-font"><strong>READ MORE: <a href="{{href}}">{{headline}}</a></strong></p>',
    '<div class="mol-img-group"><div class="mol-img"><img src="https://i.{{host}}/{{hex}}.jpg" class="blkBorder img-share"></div>'
    '<p class="imageCaption">{{blurb}}</p></div>',
    '<blockquote class="twitter-tweet" data-lang="en"><p lang="en" dir="ltr">{{blurb}} '
    '<a href="https://t.co/{{n}}">pic.twitter.com/{{n}}</a></p>&mdash; {{person}} (@desk{{n}}) <a href="https://twitter.com/x/{{n}}">'
    "{{ago}}</a></blockquote> <script async src=\"https://platform.twitter.com/widgets.js\"></script>",
    '<div class="art-ins mol-factbox news"><h3 class="mol-factbox-title">RELATED ARTICLES</h3><ul><li><a href="{{href}}">Previous</a></li>'
    '<li><a href="{{href}}">{{headline}}</a></li><li><a href="{{href}}">{{headline}}</a></li></ul><p>Share this article</p></div>',
    '<div class="vjs-video-container"><p class="vjs-no-js">Your browser does not support iframes.</p><span>Loaded: 0% Progress: 0% 0:00 '
    "Previous Play Skip Mute Current Time 0:00 / Duration Time 0:37 Fullscreen Need Text</span></div>",
)  # fmt: skip


def _tabloid_blocks(s: Story) -> list[str]:
    out = []
    for i, text in enumerate(s.body):
        out.append(
            f'<p class="mol-para-with-font"><font style="font-size: 1.2em;">{s.keep(text, marked=True)}</font></p>'
        )
        if s.draw.chance(35) and i + 1 < len(s.body):
            out.append(s.piece(s.draw.one(BETWEEN)))
    return out


def wire(number: int) -> Page:
    """An agency's story: a dateline, nothing but divs, credits at the end."""
    s = Story(
        "wire",
        number,
        host="www.meridianwire.example",
        sizes=(4, 30),
        habits=("visible", "meta", "jsonld", "url", "attribute"),
    )
    draw, habit = s.draw, s.habit
    path = (
        f"/world/{s.slug}-{s.when:%Y-%m-%d}/"
        if habit in ("url", "attribute")
        else f"/article/us-{s.slug}-idUSKBN{draw.number(100, 999)}"
    )
    ld = {"@context": "http://schema.org", "@type": "NewsArticle", "dateCreated": dates.iso_utc(s.when),
          "datePublished": dates.iso_utc(s.when), "dateModified": dates.iso_utc(s.updated), "headline": s.title}  # fmt: skip
    meta = f'<meta name="REVISION_DATE" content="{s.updated:%a %b %d %H:%M:%S UTC %Y}"/>\n<meta property="og:article:published_time" content="{dates.iso_compact(s.when)}"/>'
    head = {"meta": meta, "jsonld": s.ld([ld])}.get(habit, "")
    shown = f"{dates.month_first(s.when)} / {dates.clock12(s.when)} {dates.zone_name(s.when)}"
    stamp = {
        "url": "",
        "attribute": f'<div class="ArticleHeader_date" data-published="{dates.iso_utc(s.when)}">{dates.month_first(s.when)}</div>',
    }.get(habit, f'<div class="ArticleHeader_date">{shown} / Updated {draw.number(2, 20)} hours ago</div>')
    lines = [f"{s.place.upper()}, {dates.SHORT[s.when.month - 1]} {s.when.day} (Meridian) - {s.body[0]}", *s.body[1:]]
    body = "\n".join(
        f'<div class="text__text__1FZLe paragraph-{i} article-body__paragraph" data-testid="paragraph-{i}">{s.keep(t)}</div>'
        + _wire_between(s)
        for i, t in enumerate(lines)
    )
    who = draw.some(PEOPLE, 4)
    credits = s.html(
        f"Reporting by {who[0]} and {who[1]} in {s.place}; Additional reporting by {who[2]}; Editing by {who[3]}"
    )
    instant = s.when if habit in ("visible", "meta", "jsonld", "attribute") else None
    return s.page(s.fill("wire", head=head, stamp=stamp, body=body, credits=credits), path, instant=instant)


def _wire_between(s: Story) -> str:
    if not s.draw.chance(12):
        return ""
    return s.piece(
        '<div class="Slideshow_container"><div>Slideshow ( {{n}} images )</div></div>'
        '<div class="adslot">Advertisement · Scroll to continue</div>'
    )


def local(number: int) -> Page:
    """A local paper: the lead is called a teaser, boxes in the middle, dated comments below."""
    s = Story(
        "local",
        number,
        host="www.valleycourier.example",
        zones=[("Lima", -300), ("London", 0)],
        habits=("time", "visible", "jsonld", "meta"),
    )
    draw, habit = s.draw, s.habit
    path = f"/news/local/{s.slug}/article_{draw.hex(8)}-{draw.hex(4)}.html"
    ld = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": s.title, "datePublished": dates.iso(s.when),
          "dateModified": dates.iso(s.updated), "isAccessibleForFree": "true"}  # fmt: skip
    meta = f'<meta name="date" content="{s.when:%Y-%m-%d}">\n<meta name="last-modified" content="{s.updated:%Y-%m-%d}">'
    head = {"jsonld": s.ld(ld), "meta": meta}.get(habit, "")
    shown = f"{dates.short_month_first(s.when)} {dates.clock12(s.when)}"
    stamp = {
        "time": f'<time class="asset-date" datetime="{dates.iso(s.when)}">{shown}</time>',
        "visible": f'<span class="asset-date">Posted {dates.long_day(s.when)} at {dates.clock12(s.when, tight=True)}</span>',
    }.get(habit, f'<span class="asset-date">{shown}</span>')
    if draw.chance(50):
        stamp += f' <span class="asset-date updated">Updated {dates.short_month_first(s.updated)}</span>'
    caption = s.piece(
        '<div class="photo-carousel"><img src="/tncms/{{hex}}.jpg" alt=""><div class="caption-text"><p>{{blurb}}</p></div>'
        '<div class="credit">{{person}} / Valley Courier staff</div></div>'
    )
    body = [f'<p class="teaser">{s.keep(s.body[0])}</p>', caption, '<div class="asset-content subscriber-premium">']
    for i, text in enumerate(s.body[1:], 1):
        body.append(f'<p dir="ltr">{s.keep(text, marked=True)}</p>')
        if i == max(1, len(s.body) // 2):
            body.append(
                s.piece(
                    '<div class="inline-related pull-right"><h4>Related</h4>{{*2-4}}<div class="rel-item"><a href="{{href}}">'
                    '<strong>{{headline}}</strong></a><p>{{blurb}}</p><span class="date">{{ago}}</span></div>{{/*}}</div>'
                )
            )
        if draw.chance(10):
            body.append('<div class="tnt-ads"><small>Story continues below advertisement</small></div>')
    body.append("</div>")
    instant = s.when if habit in ("time", "jsonld") else None
    return s.page(s.fill("local", head=head, stamp=stamp, body="\n".join(body)), path, instant=instant)
