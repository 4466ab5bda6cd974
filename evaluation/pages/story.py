"""One page in the making: its article, its date, and what of it is main text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from evaluation.pages import dates
from evaluation.pages.frames import Filler, escaped, minified, reordered
from evaluation.pages.material import PEOPLE, PLACES_AND_ZONES, Draw, headline_of, paragraphs

__all__ = ["Page", "Story"]


@dataclass(frozen=True)
class Page:
    """A page as a server sends it, and what a careful reader takes out of it.

    ``text`` is empty and ``day`` None where the page holds no article; ``instant`` is there where the page gives a time
    with its zone.
    """

    layout: str
    number: int
    url: str
    content: bytes
    charset: str | None
    text: str
    day: str | None
    instant: str | None


class Story:
    """What a layout tells: an article drawn for this page, handed out piece by piece.

    Whatever goes through ``keep`` is main text and is expected; whatever goes through ``html`` is not.
    """

    def __init__(
        self,
        layout: str,
        number: int,
        *,
        host: str,
        years: tuple[int, int] = (2006, 2024),
        zones: Sequence[tuple[str, int]] = PLACES_AND_ZONES,
        sizes: tuple[int, int] = (3, 40),
        habits: Sequence[str] = ("jsonld", "meta", "time", "visible", "url"),
    ) -> None:
        self.draw = draw = Draw(f"{layout} {number}")
        self.layout, self.number, self.host = layout, number, host
        self.habit = habits[number % len(habits)]
        self.place, offset = draw.one(zones)
        self.when = dates.moment(draw, *years, offset)
        self.updated = self.when + timedelta(minutes=draw.one([17, 95, 600, 1500, 4400, 90000]))
        self.style = draw.one(["raw", "raw", "raw", "named", "numeric"])
        self._curly = draw.chance(50)
        self._pool = paragraphs(draw)
        # Most articles are short: the square keeps the long ones rare.
        low, high = sizes
        count = low + int((draw.number(0, 1000) / 1000) ** 2 * (high - low) + 0.5)
        self.body = [self.typeset(next(self._pool)) for _ in range(count)]
        self.title = headline_of(self.body[0])
        self.author = draw.one(PEOPLE)
        self.kept: list[str] = []
        self.filler = Filler(draw, self._pool, lambda t: self.html(self.typeset(t)), host, self.when.year)

    def typeset(self, text: str) -> str:
        """Return a text with the quotes and dashes of this page."""
        if not self._curly:
            return text
        text = re.sub(r"(^|[\s(])\"", "\\1“", text).replace('"', "”")
        return re.sub(r"(^|[\s(])'", "\\1‘", text).replace("'", "’")

    def more(self) -> str:
        """Return another paragraph of the pool, for whatever it is needed."""
        return self.typeset(next(self._pool))

    def html(self, text: str) -> str:
        """Return a text as HTML of this page, not expected in the main text."""
        return escaped(text, self.style)

    def keep(self, text: str, *, marked: bool = False) -> str:
        """Return a text as HTML of this page and expect it in the main text; ``marked`` puts links and emphasis in."""
        self.kept.append(text)
        return self.mark(text) if marked else self.html(text)

    def mark(self, text: str) -> str:
        """Return a text as HTML, now and then with a link, emphasis or a line break of the source in it."""
        words = text.split(" ")
        done = [self.html(w) for w in words]
        if len(words) > 12 and self.draw.chance(45):
            start, length = self.draw.number(2, len(words) - 8), self.draw.number(1, 4)
            opened, closed = self.draw.one(
                [
                    (f'<a href="{self.filler.href()}">', "</a>"),
                    ("<em>", "</em>"),
                    ("<strong>", "</strong>"),
                    ("<b>", "</b>"),
                ]
            )
            done[start] = opened + done[start]
            done[start + length - 1] += closed
        if self.number % 3 == 0:
            for i in range(14, len(done) - 3, 15):
                done[i] = "\n      " + done[i]
        return " ".join(done)

    @property
    def slug(self) -> str:
        """The title as it stands in an address."""
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")

    def json(self, what: object) -> str:
        """Return data as a script of the page holds it: on one line or spread."""
        spread = self.number % 4 == 1
        return json.dumps(what, ensure_ascii=self.style != "raw", indent=2 if spread else None).replace("</", "<\\/")

    def ld(self, what: object) -> str:
        """Return data as a JSON-LD script."""
        return f'<script type="application/ld+json">{self.json(what)}</script>'

    def fill(self, name: str, /, **values: str) -> str:
        """Return a frame filled with the page's values."""
        return self.filler.fill(name, {**self._values(), **values})

    def piece(self, text: str, /, **values: str) -> str:
        """Return a piece of HTML, written as a frame is, filled."""
        return self.filler.complete(text, {**self._values(), **values})

    def _values(self) -> Mapping[str, str]:
        return {
            "title": self.html(self.title),
            "summary": self.html(self.body[0]).replace('"', "&quot;"),
            "author": self.html(self.author),
            "host": self.host,
            "slug": self.slug,
            "place": self.place,
            "year": str(max(self.when.year + self.number % 3, 2012)),
        }

    def page(
        self,
        content: str | bytes,
        path: str,
        *,
        dated: bool = True,
        instant: datetime | None = None,
        charset: str | None = "utf-8",
    ) -> Page:
        """Return the finished page; ``dated`` False where it gives no date, ``instant`` where it gives a full time."""
        if isinstance(content, str):
            content = minified(content) if self.number % 4 == 2 else content
            content = reordered(content) if self.number % 5 == 3 else content
            content = content.encode()
        return Page(
            layout=self.layout,
            number=self.number,
            url=f"https://{self.host}{path}",
            content=content,
            charset=charset,
            text="\n".join(self.kept),
            day=self.when.date().isoformat() if dated else None,
            instant=dates.iso(instant) if instant else None,
        )
