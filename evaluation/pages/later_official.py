"""Later layouts of states and organisations: an embassy, a council's meetings, a minister's speech."""

from __future__ import annotations

from datetime import datetime, timedelta

from evaluation.pages import dates
from evaluation.pages.material import CITIES, COUNTRIES, PEOPLE
from evaluation.pages.story import Page, Story

__all__ = ["embassy", "meetings", "speech"]


def _submitted(when: datetime, *, month_first: bool) -> str:
    """Fri, 02/24/2023 - 14:05, the oldest habit of that system; elsewhere with the day first."""
    figures = f"{when:%m/%d/%Y}" if month_first else f"{when:%d/%m/%Y}"
    return f"{dates.DAYS[when.weekday()][:3]}, {figures} - {dates.clock24(when)}"


def embassy(number: int) -> Page:
    """An embassy's news on an old content system: fields in fields, and figures whose order other dates tell."""
    s = Story(
        "embassy",
        number,
        host="www.embassy-northland.example",
        sizes=(3, 14),
        zones=[("Nairobi", 180), ("Astana", 300), ("Doha", 180), ("Accra", 0), ("Ottawa", -300)],
        habits=("submitted", "rdfa", "field", "dayfirst", "submitted"),
    )
    draw, habit, when = s.draw, s.habit, s.when
    order = habit != "dayfirst"
    # A day above twelve, so that the order of the figures can be told.
    other = (s.updated + timedelta(days=40)).replace(day=draw.number(13, 28))
    shown = f'Submitted by <span class="username">{draw.one(["admin", "webmaster", "press"])}</span> on {_submitted(when, month_first=order)}'
    stamp = f'<div class="submitted">{shown}</div>'
    if habit == "rdfa":
        stamp = (
            f'<div class="submitted"><span property="dc:date dc:created" content="{dates.iso(when)}" datatype="xsd:dateTime" '
            f'rel="sioc:has_creator">{shown}</span></div>'
        )
    if habit == "field":
        midnight = when.replace(hour=0, minute=0, second=0)
        stamp = (
            '<div class="field field-name-field-news-date field-type-datetime field-label-inline clearfix"><div class="field-label">Date:&nbsp;</div>'
            '<div class="field-items"><div class="field-item even"><span class="date-display-single" property="dc:date" datatype="xsd:dateTime" '
            f'content="{dates.iso(midnight)}">{dates.long_day(when)}</span></div></div></div>'
        )
    page = s.fill(
        "later/embassy",
        stamp=stamp,
        other=_submitted(other, month_first=order),
        changed=f"{other:%m/%d/%Y}" if order else f"{other:%d/%m/%Y}",
        body="\n".join(_embassy_blocks(s)),
    )
    path = f"/node/{draw.number(100, 4000)}" if draw.chance(50) else f"/content/{s.slug}"
    return s.page(page, path, charset=None, instant=when if habit == "rdfa" else None)


def _embassy_blocks(s: Story) -> list[str]:
    """Paragraphs as an editor's window leaves them: justified, as divs, or two in one with breaks between."""
    draw, out, left = s.draw, [], list(s.body)
    while left:
        text = left.pop(0)
        kind = draw.number(1, 10)
        if kind <= 5:
            out.append(f'<p class="rtejustify">{s.keep(text, marked=True)}</p>')
        elif kind <= 7:
            out.append(f"<div>{s.keep(text, marked=True)}</div><div>&nbsp;</div>")
        elif kind <= 8 and left:
            out.append(f"<p>{s.keep(text)}<br />\n<br />\n{s.keep(left.pop(0))}</p>")
        else:
            out.append(f'<p style="text-align: justify;"><span style="font-size:14px;">{s.keep(text)}</span></p>')
        if draw.chance(15):
            out.append("<p>&nbsp;</p>")
    return out


PARTS = (
    "Briefings,Statements,Opening Remarks,Interactive Dialogue,Introduction of Draft Resolution,Right of Reply,"
    "Explanations of Position,Closing Remarks"
).split(",")
SAID = (
    "said that the record should speak for itself",
    "also speaking for a group of States, described the latest events",
    "thanked the briefers and turned to the facts",
    "expressed alarm at what had been reported",
    "called on all parties to listen",
    "noted with regret that little had changed",
    "associated himself with the statement made earlier",
)
CLAUSES = (
    "Recalling",
    "Noting with concern",
    "Reaffirming",
    "Welcoming",
    "Bearing in mind",
    "Expressing its appreciation",
)
DECISIONS = ("Decides", "Urges", "Requests the Secretary-General", "Calls upon all States", "Encourages")


def meetings(number: int) -> Page:
    """What a council of states did in a meeting: a symbol, a date, speakers in capitals, a resolution's text."""
    s = Story(
        "meetings",
        number,
        host="press.unionofstates.example",
        sizes=(7, 32),
        zones=[("New York", -300), ("Geneva", 60), ("Vienna", 60), ("Nairobi", 180)],
        habits=("visible", "dateline", "noon", "capitals", "issued"),
    )
    draw, habit, when = s.draw, s.habit, s.when
    symbol = f"{draw.one(['SC', 'GA', 'EN', 'HR'])}/{draw.number(9000, 15999)}"
    line = {"capitals": dates.day_first(when).upper(), "dateline": ""}.get(habit, dates.day_first(when))
    if habit == "noon":
        # The system gives the noon of Greenwich to what is only a day.
        line = f'<time datetime="{when:%Y-%m-%d}T12:00:00Z">{line}</time>'
    stamp = f'<span class="pr-when">{line}</span>' if line else ""
    head = f'<meta name="dcterms.issued" content="{when:%Y-%m-%d}">' if habit == "issued" else ""
    body = "\n".join(_meeting_blocks(s))
    page = s.fill(
        "later/meetings",
        head=head,
        symbol=symbol,
        stamp=stamp,
        sitting=f"{draw.number(400, 950)}7th Meeting ({draw.one(['AM', 'PM', 'AM & PM'])})",
        body=body,
    )
    return s.page(page, f"/en/{when.year}/{symbol.lower().replace('/', '')}.doc.htm", charset="utf-8")


def _meeting_blocks(s: Story) -> list[str]:
    draw, out = s.draw, []
    first, *rest = s.body
    if s.habit == "dateline" or draw.chance(40):
        year = f" {s.when.year}" if s.habit == "dateline" else ""
        first = f"{s.place.upper()}, {s.when.day} {dates.MONTHS[s.when.month - 1]}{year} — {first}"
    out.append(f"<p>{s.keep(first)}</p>")
    middle = max(1, len(rest) // 3)
    for text in rest[:middle]:
        out.append(f"<p>{s.keep(text, marked=True)}</p>")
    if draw.chance(60):
        out += _resolution(s)
    for i, text in enumerate(rest[middle:]):
        if i % 4 == 0:
            part = s.keep(draw.one(PARTS))
            out.append(f"<p><u>{part}</u></p>" if s.number % 2 else f'<h3 class="pr-part">{part}</h3>')
        out.append(_statement(s, text))
    out.append('<p class="text-center">* *** *</p>')
    return out


def _statement(s: Story, text: str) -> str:
    """What a delegate said: the name in capitals, bare or in bold, then the country and the words."""
    draw = s.draw
    if draw.chance(25):
        return f"<p>{s.keep(text, marked=True)}</p>"
    name, country = draw.one(PEOPLE).upper(), draw.one(COUNTRIES).removeprefix("the ")
    rest = f" ({country}) {draw.one(SAID)}. {text}"
    s.keep(name + rest)
    shown = s.html(name) if s.number % 3 == 0 else f"<strong>{s.html(name)}</strong>"
    return f"<p>{shown}{s.html(rest)}</p>"


def _resolution(s: Story) -> list[str]:
    draw, year = s.draw, s.when.year
    number = draw.number(1400, 2700)
    lines = [("", f"The full text of resolution {number} ({year}) reads as follows:"), ("", "“The Council,")]
    for _ in range(draw.number(2, 4)):
        before = f"its resolution {number - draw.number(5, 300)} ({year - draw.number(1, 6)}) on {draw.one(CITIES)},"
        lines.append((f"“{draw.one(CLAUSES)}", f" {before}"))
    decisions = [(f"“{i}. ", f"{draw.one(DECISIONS)} {draw.one(['to remain seized of the matter', 'to report within ninety days', 'to cooperate fully'])};")
                 for i in range(1, draw.number(3, 6))]  # fmt: skip
    out = []
    for lead, rest in lines:
        s.keep(lead + rest)
        out.append(f"<p>{f'<em>{s.html(lead)}</em>' if lead else ''}{s.html(rest)}</p>")
    for lead, rest in decisions:
        s.keep(lead + rest)
        out.append(f"<p>{s.html(lead)}<em>{s.html(rest)}</em></p>")
    return out


SALUTES = (
    "Mr. President, Excellencies, Ladies and Gentlemen,",
    "Honourable Speaker, distinguished members of this House,",
    "Your Excellencies, dear colleagues and friends,",
)
SECTIONS = (
    "A neighbourhood at peace,What we have done,Where we differ,Our economic partnership,The rights of our people abroad,"
    "Climate and water,An appeal to reason,The way ahead"
).split(",")
CHECKS = (
    "",
    '<p class="doc-check">[Check against delivery]</p>',
    '<p class="doc-check"><i>Check against delivery</i></p>',
)
ROMAN = "I II III IV V VI VII VIII".split()


def speech(number: int) -> Page:
    """A minister's speech on a ministry's site: delivered on one day, published on another, changed on a third."""
    s = Story(
        "speech",
        number,
        host="www.foreignministry.example",
        sizes=(6, 30),
        zones=[("Islamabad", 300), ("Tashkent", 300), ("Astana", 300)],
        habits=("issued", "article", "itemprop", "visible"),
    )
    draw, habit, when = s.draw, s.habit, s.when
    delivered = when - timedelta(days=draw.number(1, 4))
    city = draw.one(CITIES)
    s.title = f"{draw.one(['Statement', 'Address', 'Keynote speech'])} by the Foreign Minister, {s.author}, at {draw.one(['the Security Forum', 'the General Debate', 'the Institute of Policy'])} in {city}"
    pair = (dates.iso(when), dates.iso(s.updated))
    head = {
        "issued": '<meta name="dcterms.issued" content="{}">\n<meta name="dcterms.modified" content="{}">',
        "article": '<meta property="article:published_time" content="{}">\n<meta property="article:modified_time" content="{}">',
        "itemprop": '<meta itemprop="dateModified" content="{1}">\n<meta itemprop="datePublished" content="{0}">',
    }.get(habit, "")
    lines = [
        f"<dt>Published</dt><dd>{dates.day_first(when)}</dd>",
        f"<dt>Last modified</dt><dd>{dates.day_first(s.updated)}</dd>",
    ]
    stamp = "".join(reversed(lines) if draw.chance(40) else lines)
    page = s.fill(
        "later/speech",
        head=head.format(*pair),
        stamp=f'<dl class="doc-facts"><dt>Delivered</dt><dd>{city}, {dates.day_first(delivered)}</dd>{stamp}</dl>',
        check=draw.one(CHECKS),
        body="\n".join(_speech_blocks(s)),
    )
    return s.page(page, f"/en/minister/speeches/{draw.number(100, 9999)}", instant=None if habit == "visible" else when)


def _speech_blocks(s: Story) -> list[str]:
    draw = s.draw
    salute = s.typeset(draw.one(SALUTES))
    out = [f"<p>{s.keep(salute)}</p>"]
    titles = draw.some(SECTIONS, len(SECTIONS))
    part = 0
    for i, text in enumerate(s.body):
        if i and i % 4 == 0 and part < len(titles):
            title = f"{ROMAN[part]}. {titles[part]}" if s.number % 2 else titles[part]
            out.append(
                f"<h4>{s.keep(title)}</h4>" if s.number % 3 else f'<p class="lead-title"><b>{s.keep(title)}</b></p>'
            )
            part += 1
        out.append(f"<p>{s.keep(text, marked=True)}</p>")
        if draw.chance(8):
            out.append(f"<p>{s.keep(s.typeset(draw.one(['Mr. President,', 'Excellencies,', 'Dear friends,'])))}</p>")
    out.append(
        f"<p>{s.keep(draw.one(['I thank you.', 'Thank you very much for your attention.', 'I thank you, Mr. President.']))}</p>"
    )
    return out
