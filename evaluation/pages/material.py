"""What the pages are filled with: chance that is the same everywhere, our own sentences, names and words."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

__all__ = [
    "CITIES",
    "COUNTRIES",
    "PEOPLE",
    "PLACES_AND_ZONES",
    "SECTIONS",
    "TOPICS",
    "Draw",
    "headline_of",
    "paragraphs",
    "written",
]

T = TypeVar("T")
WRITTEN = Path(__file__).parent.parent.parent / "training" / "written"
# Reports are only ever added at a file's end: the pages stay the same when some are.
COUNTS = {"concessions": 162, "meetings": 131, "pressure": 144, "summaries": 124, "wires": 191, "words": 130}

PEOPLE = (
    "Maren Oduya,Tobias Reinholt,Sana Mirzayev,Clara Whitcombe,Idris Belhadj,Yuki Tanemura,Oksana Hrytsenko,"
    "Pedro Alcázar,Nadia Farrokh,Simon Achterberg,Leila Haddouche,Tom Garrity,Anjali Sethuraman,Marko Vidmar,"
    "Ruth Okonjo,Hélène Garnier,Kemal Aydoğan,Farhan Qureshy,Elena Popescu-Radu,Daniel Brightwater,Mina Park,"
    "Jorge Santillana,Priya Nandakumar,Lars Engqvist,Amina Diarra,Peter Kowalczuk,Rosa Ferreyra,Omar Tlass"
).split(",")
CITIES = (
    "Islamabad,Geneva,Nairobi,Ankara,Brussels,New Delhi,Tashkent,Lima,Vienna,Jakarta,Canberra,Astana,Warsaw,Doha,"
    "Pretoria,Ottawa,Hanoi,Bratislava,Tbilisi,Accra,Manila,Baku,Lisbon,Oslo"
).split(",")
COUNTRIES = (
    "Pakistan,Kenya,Poland,Viet Nam,Turkey,India,Peru,Indonesia,Australia,Kazakhstan,Qatar,South Africa,Canada,"
    "Slovakia,Georgia,Ghana,the Philippines,Azerbaijan,Portugal,Norway"
).split(",")
SECTIONS = (
    "World,Politics,Business,Markets,Opinion,Culture,Science,Health,Sport,Travel,Technology,Climate,Education,Lifestyle,"
    "Africa,Asia,Europe,Americas,Middle East,Weather,Books,Food,Style,Real Estate,Obituaries,Podcasts,Video,Live TV,"
    "Crosswords,Newsletters,Investigations,Law,Defence,Energy,Data,Photos,Letters,Jobs,Archive,Corrections"
).split(",")
TOPICS = (
    "the border talks,the grain agreement,last week's prisoner exchange,the visa rules,the fishing dispute,the pipeline,"
    "the sanctions package,the water treaty,the joint exercise,the trade commission,the missing sailors,the summit,"
    "the consulate's closure,the loan from the bank,the tariffs on steel,the ceasefire line,the flood relief"
).split(",")
PLACES_AND_ZONES = (
    ("Islamabad", 300),
    ("New Delhi", 330),
    ("Ankara", 180),
    ("Geneva", 60),
    ("Nairobi", 180),
    ("Washington", -300),
    ("London", 0),
    ("Dhaka", 360),
    ("Manila", 480),
    ("Lima", -300),
)
# A headline does not end on one of these.
LOOSE = set(
    "the a an of on in to and or for with from by at as that its his her their said after who which over into "
    "between is was were has have had than but not no new this these those against about would will".split()
)


class Draw:
    """Chance that gives the same on every Python: all is made of ``random()``, whose sequence is fixed."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed).random

    def number(self, low: int, high: int) -> int:
        """Return a number from low to high, both included."""
        return low + int(self._random() * (high - low + 1))

    def chance(self, percent: int) -> bool:
        """Return True in so many of a hundred cases."""
        return self._random() * 100 < percent

    def one(self, items: Sequence[T]) -> T:
        """Return one of the items."""
        return items[int(self._random() * len(items))]

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """Return so many different items, in any order."""
        left = list(items)
        for i in range(min(count, len(left))):
            j = i + int(self._random() * (len(left) - i))
            left[i], left[j] = left[j], left[i]
        return left[:count]

    def hex(self, length: int) -> str:
        """Return so many digits of a hash or key."""
        return "".join(self.one("0123456789abcdef") for _ in range(length))


@cache
def written() -> tuple[str, ...]:
    """Return the texts of the project's own written reports that pages are made of, in a fixed order."""
    texts = []
    for name, count in COUNTS.items():
        lines = (WRITTEN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()[:count]
        texts += [" ".join(str(json.loads(line)["text"]).split()) for line in lines]
    return tuple(texts)


def paragraphs(draw: Draw) -> Iterator[str]:
    """Yield paragraphs of at most some hundred characters, in a new order, none twice."""
    texts = written()
    for text in draw.some(texts, len(texts)):
        if len(text) < 70:
            continue
        sentences = re.split(r"(?<=[a-z0-9][.!?]) (?=[A-Z\"“])", text)
        half = (len(sentences) + 1) // 2
        yield " ".join(sentences[:half]) if len(text) > 420 else text
        if len(text) > 420 and half < len(sentences):
            yield " ".join(sentences[half:])


def headline_of(text: str) -> str:
    """Return a headline made of a text's first words."""
    first = re.split(r"(?<=[a-z0-9][.!?]) (?=[A-Z])", text)[0].rstrip(".!?").replace('"', "")
    words = first.split()
    for i, word in enumerate(words[4:11], 5):
        if word.endswith((",", ";", ":")):
            words = [*words[: i - 1], word[:-1]]
            break
    words = words[:11]
    while len(words) > 4 and words[-1].lower() in LOOSE:
        words.pop()
    return " ".join(words).rstrip(",;:")
