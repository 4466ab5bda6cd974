"""The words of news reports that say when."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

import msgspec

from entente.reports.written_dates import MONTHS

__all__ = ["DateExpression", "DateKind", "DateUnit", "Lean", "find_dates"]

DateKind = Literal["day", "numeric", "month", "season", "year", "weekday", "relative", "past", "recent", "vague"]
DateUnit = Literal["day", "week", "month", "year"]
Lean = Literal["past", "future"]


class DateExpression(msgspec.Struct, frozen=True, kw_only=True):
    """Words that say when, and what they say before it is known when they were written.

    ``kind`` tells which fields count. "day", "month" and "year" have the parts that are named; "numeric" holds two
    numbers, whose order the document decides, as ``month`` and ``day``; "season" begins in ``month`` and lasts
    ``length`` months, a "year" lasts ``length`` years, a "weekday" ``length`` days; "relative" lies ``shift`` units
    from publication; "past" is the last ``shift`` units up to it; "weekday" (0 is Monday) may be tied to a week by
    ``shift``; "vague" hangs on another date of the text ("the day before"). ``lean`` is the direction that the words
    around it give, ``last`` the end of a range.
    """

    start: int
    end: int
    text: str
    kind: DateKind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    length: int = 1
    weekday: int | None = None
    shift: int | None = None
    unit: DateUnit | None = None
    lean: Lean | None = None
    last: DateExpression | None = None


Fields = dict[str, str]
Parts = dict[str, object]

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "a an one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ),
        start=1,
    )
    for word in words.split()
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}  # of the northern half of the earth
_SHIFTS = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}

# Months begin with a capital: "march" and "may" in small letters are verbs.
_FULL = "|".join(sorted((name.title() for name in MONTHS if len(name) > 4 or name in ("may", "june", "july")), key=len))
_M = r"(?:" + "|".join(sorted((name.title() for name in MONTHS), key=len, reverse=True)) + r")\b\.?"
_D = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_Y = r"(?:1[5-9]|20)\d\d"
_W = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_WD = rf"(?:(?P<wd>{_W}|(?:Mon|Tue|Tues|Wed|Thu|Thurs|Fri|Sat|Sun)\.),?\s+(?:the\s+)?)?"
_N = r"(?:(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d{1,4})|" + "|".join(_NUMBERS) + r")"
_UNIT = r"(?P<unit>day|week|month|year)"
_TO = r"\s*(?:–|—|-|\bto\b|\bthrough\b|\buntil\b|\btill\b)\s*"
_PART = r"(?:early|late|mid|mid-|the\s+(?:start|beginning|middle|end)\s+of)"
_BEFORE_YEAR = (
    r"(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill|[Bb]efore|[Aa]fter|[Dd]uring|[Ff]rom|[Tt]hrough|[Tt]hroughout|year|to|"
    r"[Ee]arly|[Ll]ate|[Mm]id|end of|start of|beginning of|half of|middle of|back in|or|and|[Bb]etween|of)"
)
_COUNTED = (
    r"(?:people|troops|soldiers|men|women|children|civilians|refugees|migrants|tons|tonnes|dollars|euros|pounds|miles|km|"
    r"kilomet(?:er|re)s|met(?:er|re)s|feet|hours|days|years|workers|prisoners|cases|ships|vessels|fighters|members|"
    r"villages|houses|homes|others|more|percent|per\s+cent|local|homeless|wounded|dead|hectares|acres|GMT|local|m)\b"
)


def _year(found: Fields) -> int | None:
    return int(found["y"]) if found.get("y") else None


def _month_of(words: str) -> int:
    return MONTHS[words.lower().rstrip(".")]


def _day_of(words: str) -> int:
    return int(re.sub(r"\D", "", words))


def _count(words: str) -> int:
    figures = words.replace(",", "")
    return int(figures) if figures.isdigit() else _NUMBERS[words.lower()]


def _iso(found: Fields) -> Parts:
    return {"kind": "day", "year": int(found["y"]), "month": int(found["m"]), "day": int(found["d"])}


def _day_month(found: Fields) -> Parts:
    named = (found.get("wd") or "").lower()[:3]
    weekday = next((number for number, name in enumerate(_WEEKDAYS) if named and name.startswith(named)), None)
    day = {"year": _year(found), "month": _month_of(found["m"]), "day": _day_of(found["d"])}
    return {"kind": "day", "weekday": weekday, **day}


def _day_range(found: Fields) -> Parts:
    month, year = _month_of(found["m"]), _year(found)
    last = {"kind": "day", "year": year, "month": month, "day": _day_of(found["e"])}
    return {"kind": "day", "year": year, "month": month, "day": _day_of(found["d"]), "last": last}


def _numeric(found: Fields) -> Parts:
    year = int(found["y"])
    if len(found["y"]) == 2:
        year += 2000 if year < 69 else 1900
    return {"kind": "numeric", "year": year, "month": int(found["a"]), "day": int(found["b"])}


def _month(found: Fields) -> Parts:
    shift = _SHIFTS.get((found.get("s") or "").lower())
    return {"kind": "month", "year": _year(found), "month": _month_of(found["m"]), "shift": shift}


def _month_of_year(found: Fields) -> Parts:
    shift = _SHIFTS[found["s"].lower()]
    return {"kind": "month", "month": _month_of(found["m"]), "shift": shift, "unit": "year"}


def _year_alone(found: Fields) -> Parts:
    return {"kind": "year", "year": int(found["y"])}


def _recent(_: Fields) -> Parts:
    return {"kind": "recent"}


def _vague(_: Fields) -> Parts:
    return {"kind": "vague"}


def _years(found: Fields) -> Parts:
    first, last = int(found["y"]), found["z"]
    closing = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return {"kind": "year", "year": first, "last": {"kind": "year", "year": closing}}


def _decade(found: Fields) -> Parts:
    return {"kind": "year", "year": int(found["y"]), "length": 10}


def _century(found: Fields) -> Parts:
    return {"kind": "year", "year": (int(found["n"]) - 1) * 100 + 1, "length": 100}


def _weekday(found: Fields) -> Parts:
    weekday = _WEEKDAYS.index(found["w"].lower())
    shift = _SHIFTS.get((found.get("s") or found.get("k") or "").lower())
    whole_week = found.get("k") is not None or shift == 1
    return {"kind": "weekday", "weekday": weekday, "shift": shift, "unit": "week" if whole_week else None}


def _weekend(found: Fields) -> Parts:
    shift = _SHIFTS.get((found.get("s") or "").lower())
    return {
        "kind": "weekday",
        "weekday": 5,
        "length": 2,
        "shift": 1 if shift == 1 else None,
        "unit": "week" if shift == 1 else None,
    }


def _hours(found: Fields) -> Parts:
    return {"kind": "past", "unit": "day", "shift": -(-int(found["n"]) // 24)}


def _deictic(found: Fields) -> Parts:
    words = re.sub(r"\s+", " ", found["x"].lower())
    shift = {"yesterday": -1, "last night": -1, "last evening": -1, "tomorrow": 1, "the day before yesterday": -2}
    return {"kind": "relative", "unit": "day", "shift": shift.get(words, 2 if words.startswith("the day") else 0)}


def _unit(found: Fields) -> Parts:
    return {"kind": "relative", "unit": found["unit"].lower(), "shift": _SHIFTS[found["s"].lower()]}


def _ago(found: Fields) -> Parts:
    return {"kind": "relative", "unit": found["unit"].lower(), "shift": -_count(found["n"])}


def _ahead(found: Fields) -> Parts:
    return {"kind": "relative", "unit": found["unit"].lower(), "shift": _count(found["n"])}


def _past(found: Fields) -> Parts:
    return {"kind": "past", "unit": found["unit"].lower(), "shift": _count(found.get("n") or "one")}


def _season(found: Fields) -> Parts:
    name = found["q"].lower()
    month = _SEASONS["autumn" if name == "fall" else name]
    return {
        "kind": "season",
        "year": _year(found),
        "month": month,
        "length": 3,
        "shift": _SHIFTS.get((found.get("s") or "").lower()),
    }


def _quarter(found: Fields) -> Parts:
    number, half = _ORDINALS.get(found["n"].lower()) or int(found["n"]), (found.get("h") or "").lower() == "half"
    length = 6 if half else 3
    shift = 0 if found.get("s") else None
    return {
        "kind": "season",
        "year": _year(found),
        "month": (number - 1) * length + 1,
        "length": length,
        "shift": shift,
    }


_RULES: tuple[tuple[re.Pattern[str], Callable[[Fields], Parts]], ...] = tuple(
    (re.compile(pattern), reading)
    for pattern, reading in (
        (rf"\b(?P<x>(?P<y>{_Y})[-/](?P<m>0[1-9]|1[0-2])[-/](?P<d>0[1-9]|[12]\d|3[01]))(?![\d/-])", _iso),
        (
            r"(?<![\d/.-])(?P<x>(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d))(?![\d/])",
            _numeric,
        ),
        (r"(?<![\d/.-])(?P<x>(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d\d))(?![\d/])", _numeric),
        (rf"\b(?P<x>{_WD}(?P<d>{_D})(?:\s+of)?\s+(?P<m>{_M})(?:,?\s+(?P<y>{_Y})(?!\d|,\d))?)", _day_month),
        (rf"\b(?P<x>{_WD}(?P<m>{_M})\s+(?P<d>{_D})(?![\d:%]|\s*[ap]\.?m)(?:,?\s+(?P<y>{_Y})(?!\d|,\d))?)", _day_month),
        (rf"\b(?P<x>(?P<d>{_D}){_TO}(?P<e>{_D})(?:\s+of)?\s+(?P<m>{_M})(?:,?\s+(?P<y>{_Y})\b)?)", _day_range),
        (rf"\b(?P<x>(?P<m>{_M})\s+(?P<d>{_D}){_TO}(?P<e>{_D})(?![\d:])\b(?:,?\s+(?P<y>{_Y})\b)?)", _day_range),
        (rf"\b[Bb]etween\s+(?P<x>(?P<d>{_D})\s+and\s+(?P<e>{_D})\s+(?P<m>{_M})(?:,?\s+(?P<y>{_Y})\b)?)", _day_range),
        (
            rf"\b[Bb]etween\s+(?P<x>(?P<m>{_M})\s+(?P<d>{_D})\s+and\s+(?P<e>{_D})(?![\d:])\b(?:,?\s+(?P<y>{_Y})\b)?)",
            _day_range,
        ),
        (rf"\b(?P<x>(?:{_PART}[\s-]*)?(?P<m>{_M})(?:,|\s+of)?\s+(?P<y>{_Y}))(?!\d|,\d)", _month),
        (
            rf"\b(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill|[Dd]uring|[Ff]rom|[Bb]efore|[Aa]fter|[Bb]etween|[Tt]hrough|[Ff]or|[Oo]f"
            rf"\s+last)\s+(?P<x>(?:{_PART}[\s-]*)?(?P<m>{_FULL})\b)(?!['’]s|\s+[A-Z0-9])",
            _month,
        ),
        (rf"\b(?P<x>(?:{_PART}[\s-]*|[Mm]id-?)(?P<m>{_FULL})\b)(?!['’]s|\s+[A-Z0-9])", _month),
        (rf"\b(?P<x>(?P<s>[Ll]ast|[Tt]his|[Nn]ext)\s+(?P<m>{_FULL})\b)(?!\s+\d)", _month),
        (rf"(?:[–—-]|\b(?:to|through|until|till|and)\s)\s{{0,9}}(?P<x>(?P<m>{_FULL})\b)(?!['’]s|\s+[A-Z0-9])", _month),
        (rf"\b(?P<x>(?P<m>{_FULL}))(?={_TO}(?:{_FULL})\b)", _month),
        (rf"\b(?P<x>(?P<m>{_FULL})\s+(?:of\s+)?(?P<s>last|this|next)\s+year)\b", _month_of_year),
        (rf"(?<![\d.,$€£-])\b(?P<x>(?P<y>{_Y})\s*[–-]\s*(?P<z>{_Y}|\d\d))(?![\d-])", _years),
        (
            rf"\b{_BEFORE_YEAR}[\s-]+(?:the\s+year\s+|fiscal\s+(?:year\s+)?)?(?P<x>(?P<y>{_Y}))(?![\d-]|[,.]\d|s\b|['’]s"
            rf"|\s+{_COUNTED}|\s*%)",
            _year_alone,
        ),
        (rf"\((?P<x>(?P<y>{_Y}))\)", _year_alone),
        (r"\b(?P<x>(?:the\s+)?(?P<y>(?:1[5-9]|20)\d0)s)\b", _decade),
        (r"\b(?P<x>(?:the\s+)?(?P<n>1[5-9]|2[01])(?:th|st)[\s-]+century)\b", _century),
        (
            rf"(?<!Good )(?<!Black )(?<!Bloody )(?<!Palm )(?<!Ash )(?<!Super )(?<!Holy )(?<!Easter )"
            rf"\b(?P<x>(?:(?P<s>[Ll]ast|[Tt]his|[Nn]ext|[Tt]his\s+coming)\s+)?(?P<w>{_W})\b(?:,?\s+(?:of\s+)?(?P<k>last|this"
            r"|next)\s+week)?)(?!\s+(?:Times|Telegraph|Mirror|Express|Mail)\b)",
            _weekday,
        ),
        (
            r"(?i)\b(?P<x>the\s+day\s+(?:before\s+yesterday|after\s+tomorrow)|yesterday|tomorrow|today|tonight|last\s+night"
            r"|last\s+evening|this\s+(?:morning|afternoon|evening)|overnight)\b(?!['’]s\s+(?:world|society|generation))",
            _deictic,
        ),
        (r"(?i)\b(?P<x>(?P<s>last|this|next|the)\s+weekend)\b", _weekend),
        (r"(?i)\b(?P<x>the\s+(?:past|last)\s+(?P<n>24|36|48|72)\s+hours)\b", _hours),
        (rf"(?i)\b(?P<x>(?P<s>last|this|next)\s+{_UNIT})\b(?!['’]s\s+worth)", _unit),
        (rf"(?i)\b(?P<x>(?P<n>{_N})\s+{_UNIT}s?\s+ago)\b", _ago),
        (rf"(?i)\b(?:in\s+)?(?P<x>(?P<n>{_N})\s+{_UNIT}s?(?:['’]s?\s+time|\s+from\s+(?:now|today)))", _ahead),
        (rf"(?i)\b(?P<x>the\s+(?:past|last)\s+(?:(?P<n>{_N})\s+)?{_UNIT}s?)\b", _past),
        (
            rf"\b(?P<x>(?:the\s+)?(?P<q>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?:\s+of|,)?\s+(?P<y>{_Y}))\b",
            _season,
        ),
        (r"\b(?P<x>(?P<s>[Ll]ast|[Tt]his|[Nn]ext)\s+(?P<q>spring|summer|autumn|fall|winter))\b", _season),
        (
            rf"(?i)\b(?P<x>(?:the\s+)?(?P<n>first|second|third|fourth|[1-4](?:st|nd|rd|th))\s+(?P<h>quarter|half)\s+"
            rf"(?:of\s+)?(?:(?P<y>{_Y})|(?P<s>this|the)\s+year))\b",
            _quarter,
        ),
        (rf"\b(?P<x>Q(?P<n>[1-4])(?:\s+of)?\s+(?P<y>{_Y}))\b", _quarter),
        (
            r"(?i)\b(?P<x>recently|lately|(?:in\s+)?recent\s+(?:days|weeks|months|years)|recent"
            r"|(?:a\s+few|several|some)\s+(?:days|weeks)\s+ago)\b",
            _recent,
        ),
        (
            r"(?i)\b(?P<x>the\s+(?:previous|following|next|same)\s+(?:day|week|month|year)|the\s+day\s+(?:before|after)"
            rf"|(?P<n>{_N})\s+(?:days?|weeks?|months?|years?)\s+(?:earlier|later|before))\b",
            _vague,
        ),
    )
)
_JOIN = re.compile(r"\s*(?:–|—|-|\bto\b|\bthrough\b|\buntil\b|\btill\b)\s*")
_JOIN_AND = re.compile(r"\s+and\s+")
_BETWEEN = re.compile(r"[Bb]etween\s+$")
_RANGE_KINDS = frozenset({"day", "month", "year", "weekday", "numeric"})
_FUTURE_WORDS = re.compile(
    r"(?:\b(?:will|shall|won['’]t|going\s+to|due|scheduled|slated|upcoming|forthcoming|starting|no\s+later\s+than)\b|['’]ll\b"
    r"|\b(?:agree[ds]?|plan(?:s|ned|ning)?|pledge[ds]?|promise[ds]?|vow(?:s|ed)?|intend(?:s|ed)?|set|expect(?:s|ed)?|want(?:s|ed)?"
    r"|hope[ds]?|invited|is|are|was|were|would|ordered|urged|asked|told|have|has)\s+(?:\w+\s+){0,3}?to\s+\w+)[^.;:!?\n“”\"]{0,70}$"
    r"|\b(?:planned|set|scheduled|expected|slated|due)\s+(?:for|in|on)\s+$|\bby\s+(?:the\s+)?(?:end\s+of\s+)?$"
)
_OPENING = re.compile(r"(?:^|[.!?:”\"]\s+|\n\s*)(?:[Oo]n\s+|[Ii]n\s+)?$")
_FUTURE_VERB = re.compile(r"[^.;:!?\n“”\"]{0,120}?\b(?:will|shall)\b")
_PAST_WORDS = re.compile(r"\b(?:since|ever\s+since)\s+(?:\w+\s+)?$", re.IGNORECASE)


@lru_cache(maxsize=4)
def find_dates(text: str, start: int = 0, end: int | None = None) -> tuple[DateExpression, ...]:
    """The words in ``text[start:end]`` that say when, in order and without overlap.

    A preposition is not part of an expression ("Friday", not "on Friday"); a range is one expression. A date that only
    names something ("the 2015 deal", "a January summit") is none, nor is a verb ("may", "march").

    Parameters
    ----------
    text : str
        A report's text; line ends count as blanks.
    start, end : int
        The stretch to look at, in code points.

    Returns
    -------
    tuple of DateExpression
        Offsets are those of ``text``.
    """
    stop = len(text) if end is None else end
    found: list[DateExpression] = []
    for pattern, reading in _RULES:
        for match in pattern.finditer(text, start, stop):
            parts = reading(match.groupdict())
            found.append(_expression(text, *match.span("x"), parts))
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[DateExpression] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(_with_lean(text, start, one) for one in _joined(text, kept))


def _expression(text: str, start: int, end: int, parts: Parts) -> DateExpression:
    """An expression from the parts that its rule read; a range's end shares the words of the whole."""
    place = {"start": start, "end": end, "text": text[start:end]}
    last = parts.get("last")
    closing = {**place, **last} if isinstance(last, dict) else None
    return msgspec.convert({**parts, **place, "last": closing}, DateExpression)


def _joined(text: str, found: list[DateExpression]) -> list[DateExpression]:
    """The expressions, with two that a dash or "to" joins made one range ("May 3 to June 5", "Monday to Friday")."""
    out: list[DateExpression] = []
    for one in found:
        before = out[-1] if out else None
        if before and before.last is None and one.last is None and before.kind == one.kind and one.kind in _RANGE_KINDS:
            between = text[before.end : one.start]
            both = _JOIN_AND.fullmatch(between) and _BETWEEN.search(text[max(0, before.start - 12) : before.start])
            if both or _JOIN.fullmatch(between):
                whole = text[before.start : one.end]
                out[-1] = msgspec.structs.replace(before, end=one.end, text=whole, last=one)
                continue
        out.append(one)
    return out


def _with_lean(text: str, start: int, one: DateExpression) -> DateExpression:
    """The expression with the direction that the words before it give, or the verb after one that opens a sentence."""
    before = text[max(start, one.start - 110) : one.start]
    if _PAST_WORDS.search(before):
        return msgspec.structs.replace(one, lean="past")
    opens = _OPENING.search(before) is not None
    after = re.sub(r"\s+", " ", text[one.end : one.end + 130]) if opens else ""
    if _FUTURE_WORDS.search(re.sub(r"\s+", " ", before)) or _FUTURE_VERB.match(after):
        return msgspec.structs.replace(one, lean="future")
    return one
