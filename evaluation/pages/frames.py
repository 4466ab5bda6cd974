"""Frames of pages, and what fills them that is no article: scripts, styles, menus, teasers.

A frame is an HTML file in ``layouts/``. In it

- ``{{*3-8}}…{{/*}}`` is repeated three to eight times,
- ``{{?60}}…{{/?}}`` is there in 60 of 100 cases, each decided for itself (inside what is repeated, for each),
- ``{{name}}`` is a value of the page, or one of the words below, which is drawn anew wherever it stands:
  ``headline blurb person city section topic ago isoago href n hex``, and ``css:12`` or ``js:30``, so many kB of it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from html.entities import codepoint2name
from pathlib import Path

from evaluation.pages import dates
from evaluation.pages.material import CITIES, PEOPLE, SECTIONS, TOPICS, Draw, headline_of, written

__all__ = ["Filler", "escaped", "minified", "reordered"]

FOLDER = Path(__file__).with_name("layouts")
REPEAT = re.compile(r"\{\{\*(\d+)-(\d+)\}\}(.*?)\{\{/\*\}\}", re.S)
MAYBE = re.compile(r"\{\{\?(\d+)\}\}(.*?)\{\{/\?\}\}", re.S)
VALUE = re.compile(r"\{\{(\w+)(?::(\d+))?\}\}")

NOUNS = (
    "header footer nav menu card promo teaser grid row col btn icon modal overlay banner ad slot widget list item title "
    "meta tag share social video player carousel slide hero sidebar rail sticky search form input label badge tooltip "
    "drawer accordion tab panel link logo wrapper container inner content body caption credit byline newsletter"
).split()
RULES = (
    "margin:0 0 {n}px",
    "padding:{n}px {m}px",
    "font:400 {n}px/1.{m} Georgia,serif",
    "color:#{hex}",
    "display:flex",
    "flex:0 0 {m}%",
    "background:url(data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=) no-repeat",
    "border-bottom:1px solid #{hex}",
    "transition:opacity .{n}s ease-in-out",
    "max-width:{n}0px",
    "position:relative",
    "-webkit-font-smoothing:antialiased",
)
SCRIPTS = (
    "!function(e,t,n){{var r=e.{w}||{{}};r.{v}=r.{v}||[];for(var i=0;i<t.length;i++)n[t[i]]&&r.{v}.push(n[t[i]].{u}({n}))}}"
    "(window,['{w}','{v}'],{{{w}:document.getElementById('{v}-{n}')}});",
    "window.dataLayer=window.dataLayer||[];window.dataLayer.push({{'event':'{w}.{v}','pageType':'{u}','id':'{hex}',"
    "'loggedIn':false,'experiment':{{'name':'{v}-{n}','bucket':{n}}}}});",
    "(self.webpackChunk_{w}=self.webpackChunk_{w}||[]).push([[{n}],{{{n}1:(e,t,n)=>{{'use strict';n.d(t,{{Z:()=>o}});"
    "var r=n({n}7),a=n.n(r);const o=e=>a().createElement('{v}',{{className:'{u}__{w}'}},e.children)}}}}]);",
    "googletag.cmd.push(function(){{googletag.defineSlot('/{n}21/{w}/{v}',[[300,250],[728,90]],'div-gpt-ad-{hex}')"
    ".addService(googletag.pubads()).setTargeting('pos','{u}')}});",
    "if(!window.__{w}){{window.__{w}=1;var s=document.createElement('script');s.async=!0;"
    "s.src='https://cdn.{v}-tags.example/{hex}/{u}.min.js';document.head.appendChild(s)}}",
    "function {w}{v}(t,e){{return t&&t.{u}?t.{u}(e||{n}):null}}document.addEventListener('DOMContentLoaded',function(){{"
    "{w}{v}(document.querySelector('.{v}-{u}'),{n})}});",
)


@cache
def frame(name: str) -> str:
    """Return a frame as it stands in its file."""
    return (FOLDER / f"{name}.html").read_text(encoding="utf-8")


class Filler:
    """Fills frames for one page: draws what they ask for from the texts that are not the article's."""

    def __init__(self, draw: Draw, others: Iterator[str], escape: Callable[[str], str], host: str, year: int) -> None:
        self._draw, self._others, self._escape, self._host, self._year = draw, others, escape, host, year
        self._absolute = draw.chance(40)

    def fill(self, name: str, values: Mapping[str, str]) -> str:
        """Return a frame of ``layouts/`` filled with the page's values."""
        return self.complete(frame(name), values)

    def complete(self, text: str, values: Mapping[str, str]) -> str:
        """Return a piece of a frame filled with the page's values."""
        text = REPEAT.sub(lambda m: m[3] * self._draw.number(int(m[1]), int(m[2])), text)
        text = MAYBE.sub(lambda m: m[2] if self._draw.chance(int(m[1])) else "", text)
        return VALUE.sub(lambda m: values[m[1]] if m[1] in values else self.drawn(m[1], int(m[2] or 0)), text)

    def drawn(self, what: str, size: int = 0) -> str:
        """Return a new thing of the kind that a frame names."""
        draw = self._draw
        plain: dict[str, Callable[[], str]] = {
            "headline": lambda: self._escape(headline_of(next(self._others))),
            "blurb": lambda: self._escape(next(self._others)),
            "person": lambda: self._escape(draw.one(PEOPLE)),
            "city": lambda: draw.one(CITIES),
            "section": lambda: draw.one(SECTIONS),
            "topic": lambda: self._escape(draw.one(TOPICS)),
            "ago": lambda: dates.month_first(self._decoy()),
            "isoago": lambda: dates.iso(self._decoy()),
            "href": self.href,
            "n": lambda: str(draw.number(2, 997)),
            "hex": lambda: draw.hex(24),
            "css": lambda: self._css(size * 1000),
            "js": lambda: self._js(size * 1000),
        }
        return plain[what]()

    def href(self) -> str:
        """Return a link to another page of the site."""
        slug = re.sub(r"[^a-z0-9]+", "-", headline_of(self._draw.one(written())).lower()).strip("-")
        path = f"/{self._draw.one(SECTIONS).lower().replace(' ', '-')}/{slug}-{self._draw.number(1000, 99999)}"
        return f"https://{self._host}{path}" if self._absolute else path

    def _decoy(self) -> dates.datetime:
        """A date of something else on the page: mostly later than the article, as such boxes are filled when it is sent."""
        return dates.moment(self._draw, self._year - (1 if self._draw.chance(30) else 0), self._year + 2, 0)

    def _css(self, size: int) -> str:
        draw, out, prefix = self._draw, [], self._draw.one(["c-", "", "m-", "tpl_", "css-", "td-", "o-", "is-"])
        while size > 0:
            rules = ";".join(
                r.format(n=draw.number(2, 64), m=draw.number(1, 9), hex=draw.hex(6)) for r in draw.some(RULES, 4)
            )
            out.append(f".{prefix}{draw.one(NOUNS)}__{draw.one(NOUNS)}{{{rules}}}")
            size -= len(out[-1])
        return "".join(out)

    def _js(self, size: int) -> str:
        draw, out = self._draw, []
        while size > 0:
            w, v, u = draw.some(NOUNS, 3)
            out.append(draw.one(SCRIPTS).format(w=w, v=v, u=u, n=draw.number(2, 900), hex=draw.hex(16)))
            size -= len(out[-1])
        return "".join(out)


def minified(page: str) -> str:
    """Return a page without line breaks and indents between tags, as build tools leave it."""
    return re.sub(r">\s*\n\s*<", "><", re.sub(r"\n\s+", "\n", page))


def reordered(page: str) -> str:
    """Return a page whose meta, link and time tags name their attributes the other way round."""

    def turn(tag: re.Match[str]) -> str:
        attributes = re.findall(r"[\w:.-]+(?:=\"[^\"]*\")?", tag[2])
        return f"<{tag[1]} {' '.join(reversed(attributes))}{tag[3]}>"

    return re.sub(r"<(meta|link|time|img)\s((?:[\w:.-]+(?:=\"[^\"<>]*\")?\s*)+)(/?)>", turn, page)


def escaped(text: str, style: str) -> str:
    """Return a text as HTML: special letters raw, as named or as numeric entities."""
    text = html.escape(text, quote=style == "numeric")
    if style == "raw":
        return text
    if style == "named":
        text = "".join(f"&{codepoint2name[ord(c)]};" if ord(c) > 126 and ord(c) in codepoint2name else c for c in text)
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii")
