"""Layouts of governments and organisations: releases old and new, briefings, transcripts, communiqués."""

from __future__ import annotations

from evaluation.pages import dates
from evaluation.pages.material import COUNTRIES, TOPICS
from evaluation.pages.story import Page, Story

__all__ = ["briefing", "communique", "government", "ministry", "turns"]

QUESTIONS = (
    "Can you say anything more about {topic}? There were reports overnight that the two sides had spoken by telephone.",
    "Thank you. On {country}: do you still expect a decision before the end of the month?",
    "Just to follow up on that, has anybody in this building been in touch with the government in {country}?",
    "What is your reaction to those who say that {topic} was never going to work?",
    "Is that a yes or a no?",
    "Different subject. Could you update us on {topic}, and on whether {country} will take part?",
    "You said last week that all options were open. Does that remain the position with respect to {country}?",
)
ANSWERS = (
    "Let me start with what we know.",
    "I have nothing to add to what the minister said yesterday.",
    "We have been very clear about this.",
    "I would refer you to our colleagues there.",
    "A couple of things on that.",
    "No.",
)


def ministry(number: int) -> Page:
    """A press release in nested tables, with its date nowhere but in the text."""
    zones = [("Islamabad", 300), ("Dhaka", 360), ("Nairobi", 180), ("Tbilisi", 240)]
    s = Story(
        "ministry",
        number,
        host="mofa.gov.example",
        sizes=(3, 16),
        zones=zones,
        habits=("head", "cell", "end", "dotted", "numbered"),
    )
    draw, habit, when = s.draw, s.habit, s.when
    line = {
        "head": f"{s.place}, {dates.day_first(when)}",
        "cell": dates.month_first(when),
        "end": f"{s.place}\n<br>{dates.month_first(when)}",
        "dotted": f"Date: {dates.dotted(when)}",
        "numbered": f"({s.place}: {dates.day_first(when)})",
    }[habit]
    face = draw.one(["Verdana", "Times New Roman", "Arial"])
    font = f'<font face="{face}" size="2">'
    rows = [
        f'<table width="96%" border="0" align="center"><tr><td class="heading" align="center"><b>{font}PRESS RELEASE</font></b></td></tr>'
    ]
    if habit in ("head", "numbered") or draw.chance(40):
        rows.append(f'<tr><td class="style7">PR. NO. {draw.number(1, 560)}/{when.year}</td></tr>')
    rows.append(f'<tr><td class="style5" align="center"><u><b>{s.html(s.title)}</b></u></td></tr>')
    if habit != "end":
        rows.append(f'<tr><td align="{draw.one(["right", "left"])}" class="style7"><b>{line}</b></td></tr>')
    rows.append('<tr><td class="style7" align="justify">')
    for text in s.body:
        open_p = draw.one(
            ['<p align="justify">', '<p class="MsoNormal" style="text-align: justify; line-height: 150%">']
        )
        rows.append(f'{open_p}{font}<span style="font-size:11.0pt">{s.keep(text, marked=True)}</span></font></p>')
        if draw.chance(12):
            rows.append("<p>&nbsp;</p>")
    if habit == "end":
        rows.append(f"<p>{font}<b>{line}</b></font></p>")
    if draw.chance(40):
        rows.append('<p align="center">***</p>')
    rows.append("</td></tr></table>")
    today = dates.long_day(s.updated) if draw.chance(35) else ""
    tail = f" - {s.html(s.title)}" if draw.chance(60) else ""
    page = s.fill("ministry", body="\n".join(rows), today=today, titletail=tail)
    return s.page(page, f"/pr-details.php?prID={draw.number(1000, 9999)}", charset=None)


def government(number: int) -> Page:
    """A release of a modern government site: a list of metadata, a history of changes."""
    s = Story(
        "government",
        number,
        host="www.gov.example",
        sizes=(3, 24),
        zones=[("London", 0)],
        habits=("jsonld", "visible", "meta"),
    )
    draw, habit = s.draw, s.habit
    changed = draw.chance(50)
    published = '<meta name="govuk:first-published-at" content="{}">\n<meta name="govuk:updated-at" content="{}">'
    ld = {"@context": "http://schema.org", "@type": "NewsArticle", "headline": s.title, "datePublished": dates.iso(s.when),
          "dateModified": dates.iso(s.updated), "description": s.more(), "author": {"@type": "Organization", "name": "Office"}}  # fmt: skip
    head = {"jsonld": s.ld(ld), "meta": published.format(dates.iso(s.when), dates.iso(s.updated))}.get(habit, "")
    lead = s.more()
    kept = s.keep(lead)
    metadata = _government_metadata(s, changed=changed)
    body = _government_blocks(s)
    page = s.fill(
        "government",
        head=head,
        summary_attr=s.html(lead).replace('"', "&quot;"),
        lead=f'<p class="gem-c-lead-paragraph">{kept}</p>',
        metadata=metadata,
        history=_government_history(s, changed=changed),
        body="\n".join(body),
    )
    instant = s.when if habit != "visible" or changed else None
    return s.page(page, f"/government/news/{s.slug}", instant=instant)


def _government_metadata(s: Story, *, changed: bool) -> str:
    entries = [
        ("From:", '<a href="#">Foreign, Commonwealth &amp; Development Office</a> and <a href="#">{{person}}</a>')
    ]
    entries.append(("Published", dates.day_first(s.when)))
    if changed:
        entries.append(("Last updated", f'{dates.day_first(s.updated)} — <a href="#history">See all updates</a>'))
    if s.draw.chance(40):
        entries.insert(1, ("Delivered on:", dates.day_first(s.when)))
    return "".join(
        f'<dt class="gem-c-metadata__term">{t}</dt><dd class="gem-c-metadata__definition">{s.piece(d)}</dd>'
        for t, d in entries
    )


def _government_history(s: Story, *, changed: bool) -> str:
    history = f"Published {dates.day_first(s.when)}"
    if changed:
        history += (
            f'<br>Last updated {dates.day_first(s.updated)} <a>+ show all updates</a><ol><li><time datetime="{dates.iso(s.updated)}">'
            f'{dates.day_first(s.updated)}</time><p>Added translations.</p></li><li><time datetime="{dates.iso(s.when)}">'
            f"{dates.day_first(s.when)}</time><p>First published.</p></li></ol>"
        )
    return history


def _government_blocks(s: Story) -> list[str]:
    draw = s.draw
    body = []
    for i, text in enumerate(s.body):
        if draw.chance(10):
            body.append(f"<blockquote><p>{s.keep(text)}</p></blockquote>")
        elif draw.chance(10):
            body.append(f"<ul>\n<li>{s.keep(text, marked=True)}</li>\n<li>{s.keep(s.more())}</li>\n</ul>")
        else:
            body.append(f"<p>{s.keep(text, marked=True)}</p>")
        if i and i % 6 == 0:
            body.append(f'<h2 id="more-{i}">{s.keep(draw.one(["Background", "Further measures", "Next steps"]))}</h2>')
    if draw.chance(50):
        body.append(
            s.piece(
                '<div class="contact" id="contact_{{n}}"><div class="content"><h3>Media enquiries</h3><p>Email <a href="#">newsdesk@'
                "{{host}}</a></p><p>Telephone 020 7008 {{n}}</p><p>Contact the Communication Team via email (monitored 24 hours a day) "
                "in the first instance, and we will respond as soon as possible.</p></div></div>"
            )
        )
    return body


def _question(s: Story) -> str:
    return s.draw.one(QUESTIONS).format(topic=s.draw.one(TOPICS), country=s.draw.one(COUNTRIES))


def _exchanges(s: Story, speaker: str, asker: str) -> list[tuple[str, str]]:
    """Turns of a briefing: opening remarks, then questions and answers."""
    turns = [(speaker, s.typeset("Good afternoon, everyone. ") + s.body[0])]
    for text in s.body[1:]:
        roll = s.draw.number(1, 10)
        if roll > 6:
            turns.append(("", text))
            continue
        turns.append((asker, s.typeset(_question(s))))
        turns.append((speaker, f"{s.draw.one(ANSWERS)} {text}" if roll > 2 else text))
        if roll == 1:
            turns += [(asker, s.typeset(_question(s))), (speaker, s.draw.one(ANSWERS))]
    return turns


def briefing(number: int) -> Page:
    """A spokesman's briefing: speakers in bold at the head of paragraphs."""
    s = Story(
        "briefing",
        number,
        host="www.external.example",
        sizes=(5, 40),
        zones=[("Washington", -300)],
        habits=("visible", "meta", "time"),
    )
    draw, habit, when = s.draw, s.habit, s.when
    name = s.author.split()[-1].upper()
    speaker, asker = draw.one([(f"MR. {name}:", "QUESTION:"), (f"MS. {name}:", "Q"), (f"SPOKESPERSON {name}:", "Q:")])
    s.title = (
        f"Department Press Briefing – {dates.month_first(when)}"
        if draw.chance(60)
        else f"Press Briefing by Spokesperson {s.author}"
    )
    head = ""
    if habit == "meta":
        head = f'<meta property="article:published_time" content="{dates.iso(when)}"/>'
    stamp = f'<p class="article-meta__publish-date">{dates.month_first(when)}</p>'
    if habit == "time":
        stamp = f'<time class="posted-on entry-date published updated" datetime="{dates.iso(when)}">{dates.month_first(when)}</time>'
    meta = f'<p class="article-meta__author-bureau">{s.html(s.author)}, Department Spokesperson</p>{stamp}<p>Washington, DC</p>'
    hour = dates.clock12(when).replace(" AM", " a.m.").replace(" PM", " p.m.")
    body = [f"<p><strong>{hour} EST</strong></p>"]
    for who, text in _exchanges(s, speaker, asker):
        if not who:
            body.append(f"<p>{s.keep(text, marked=True)}</p>")
            continue
        s.keep(who)
        tag = draw.one(["strong", "strong", "b"])
        body.append(f"<p><{tag}>{s.html(who)}</{tag}>&nbsp; {s.keep(text, marked=True)}</p>")
    body.append(draw.one(["<p># # #</p>", "<p><em>(The briefing was concluded.)</em></p>", "<p>###</p>"]))
    page = s.fill("briefing", head=head, meta=meta, body="\n".join(body))
    path = f"/briefings/{s.slug}/"
    return s.page(page, path, instant=None if habit == "visible" else when)


def turns(number: int) -> Page:
    """A conversation as a list of definitions, or one block for each turn."""
    s = Story(
        "turns", number, host="forum.meridian.example", sizes=(5, 36), habits=("jsonld", "meta", "visible", "time")
    )
    draw, habit, when = s.draw, s.habit, s.when
    ld = {"@context": "https://schema.org", "@type": "Article", "datePublished": dates.iso(when), "headline": s.title}
    head = {
        "jsonld": s.ld(ld),
        "meta": f'<meta name="DC.date.issued" content="{when:%Y-%m-%d}"/>\n<meta name="dcterms.created" content="{when:%Y-%m-%d}"/>',
    }.get(habit, "")
    stamp = f'<div class="c-hero__date">{dates.long_day(when)}</div>'
    if habit == "time":
        stamp = f'<div class="c-hero__date"><time datetime="{dates.iso_utc(when)}">{dates.month_first(when)}</time> · Heard on Morning Desk</div>'
    guest, host = draw.one(["Minister Okonjo", "Ambassador Vidmar", "Dr. Tlass"]), s.author
    spoken: list[list[str]] = []
    for who, text in _exchanges(s, guest, host):
        if who:
            spoken.append([who, text])
        else:
            spoken[-1].append(text)
    intro = s.more() if draw.chance(60) else ""
    out = [f'<p class="c-intro">{s.keep(intro)}</p>'] if intro else []
    out += _turn_blocks(s, spoken)
    page = s.fill("turns", head=head, stamp=stamp, body="\n".join(out))
    return s.page(page, f"/transcripts/{s.slug}", instant=when if habit in ("jsonld", "time") else None)


def _turn_blocks(s: Story, spoken: list[list[str]]) -> list[str]:
    """Turns in one of three shapes: a list of definitions, blocks of blocks, or blocks with their times."""
    draw, out = s.draw, []
    shape = s.number % 3
    out.append(
        {0: '<dl class="transcript">', 1: '<div class="transcript">', 2: '<div class="c-transcript" role="list">'}[
            shape
        ]
    )
    minute = 0
    for who, *texts in spoken:
        minute += draw.number(20, 140)
        label = s.keep(who)
        said = [s.keep(t) for t in texts]
        if shape == 0:
            out.append(f"<dt>{label}</dt>" + "".join(f"<dd>{t}</dd>" for t in said))
        elif shape == 1:
            out.append(
                f'<div class="turn"><div class="turn__speaker">{label}</div><div class="turn__text">'
                + "".join(f"<div>{t}</div>" for t in said)
                + "</div></div>"
            )
        else:
            time = f'<span class="c-turn__time">00:{minute // 60:02}:{minute % 60:02}</span>'
            out.append(
                f'<div class="c-turn" role="listitem">{time}<span class="c-turn__who">{label}</span>'
                + "".join(f"<p>{t}</p>" for t in said)
                + "</div>"
            )
    out.append("</dl>" if shape == 0 else "</div>")
    return out


DEMANDS = ("welcomed", "noted", "reaffirmed", "stressed", "agreed", "recalled", "underlined", "called for")


def communique(number: int) -> Page:
    """A joint communiqué whose paragraphs carry numbers: typed, in a span, or of an ordered list."""
    s = Story(
        "communique",
        number,
        host="press.council.example",
        sizes=(5, 34),
        zones=[("Brussels", 60), ("Tashkent", 300)],
        habits=("visible", "jsonld", "meta", "time"),
    )
    draw, habit, when = s.draw, s.habit, s.when
    s.title = f"Joint communiqué on the meeting of {draw.one(COUNTRIES)} and {draw.one(COUNTRIES)} in {s.place}"
    ld = {
        "@context": "https://schema.org",
        "@graph": [{"@type": "NewsArticle", "name": s.title, "datePublished": dates.iso_compact(when)}],
    }
    head = {
        "jsonld": s.ld(ld),
        "meta": f'<meta property="article:published_time" content="{dates.iso(when)}"/>\n<meta property="og:updated_time" content="{dates.iso(s.updated)}"/>',
    }.get(habit, "")
    shown = dates.day_first(when)
    if habit == "time":
        shown = f'<time datetime="{dates.iso_utc(when)}" class="datetime">{shown}</time>'
    body = [
        '<div class="field field--name-field-date field--type-datetime field--label-hidden">'
        f'<div class="field__item">{shown}</div></div>',
        '<div class="clearfix text-formatted field field--name-body field--type-text-with-summary"><div class="field__item">',
    ]
    preamble = s.typeset(f"The ministers met in {s.place} at the invitation of the presidency. {s.more()}")
    body.append(f"<p>{s.keep(preamble)}</p>")
    body += _numbered(s)
    if draw.chance(50):
        body.append(f"<p>{s.keep('Done in two originals, both texts being equally authentic.')}</p>")
    body.append("</div></div>")
    page = s.fill("communique", head=head, body="\n".join(body))
    return s.page(page, f"/en/press/press-releases/{s.slug}/", instant=None if habit == "visible" else when)


def _numbered(s: Story) -> list[str]:
    """Paragraphs with their numbers typed, in a span, or made by the browser."""
    draw, body = s.draw, []
    shape = s.number % 3
    if shape == 2:
        body.append("<ol>")
    for i, text in enumerate(s.body, 1):
        line = f"The ministers {draw.one(DEMANDS)} the following: {text}" if draw.chance(40) else text
        if shape == 0:
            body.append(f"<p>{s.keep(f'{i}. {line}')}</p>")
        elif shape == 1:
            body.append(f'<p><span class="num">{s.keep(f"{i}.")}</span>&nbsp;&nbsp;{s.keep(line)}</p>')
        else:
            body.append(f"<li><p>{s.keep(line)}</p></li>")
    if shape == 2:
        body.append("</ol>")
    return body
