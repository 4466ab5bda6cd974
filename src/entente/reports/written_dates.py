"""Dates as reports, pages and feeds write them: a day, or a time with its zone."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

import msgspec

from entente.records import Span
from entente.reports.given_dates import in_usual_form

__all__ = [
    "DAY",
    "MONTH",
    "MONTHS",
    "WEEKDAY",
    "DateLine",
    "find_date_line",
    "iso_day",
    "normalise_published",
    "parse_calendar_date",
]

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
# Zones that one offset alone bears, in minutes; several share "IST", "CST" or "BST", so that such a time gives a day only.
_ZONES = {
    "Z": 0, "GMT": 0, "UTC": 0, "UT": 0, "WET": 0, "CET": 60, "WAT": 60, "WEST": 60, "CEST": 120, "EET": 120,
    "CAT": 120, "SAST": 120, "EEST": 180, "EAT": 180, "MSK": 180, "TRT": 180, "PKT": 300, "NPT": 345, "WIB": 420,
    "HKT": 480, "SGT": 480, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "EST": -300, "EDT": -240, "CDT": -300,
    "MDT": -360, "PDT": -420,
}  # fmt: skip

MONTH = r"(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues?|wed|thurs?|thu|fri|sat|sun)\b\.?)"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_CALENDAR = (
    r"(?:(?P<year0>\d{4})(?P<mark0>[-/.])(?P<month0>\d{1,2})(?P=mark0)(?P<day0>\d{1,2})"
    rf"|(?P<day1>{DAY})[\s-]+(?:of\s+)?(?P<month1>{MONTH})[\s,-]+(?P<year1>\d{{4}})"
    rf"|(?P<month2>{MONTH})\s+(?P<day2>{DAY})[\s,]+(?P<year2>\d{{4}})"
    r"|(?P<one>\d{1,2})(?P<mark3>[-/.])(?P<two>\d{1,2})(?P=mark3)(?P<year3>(?:19|20)\d{2}))(?!\d)"
)
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.]|(?=\d{2}\s?(?:hrs|hours|[A-Z]{3})\b))(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?\s*"
    r"(?P<half>[ap]\.?m\b\.?)?\s?(?:hrs|hours|h)?\s*\(?(?P<zone>(?:GMT|UTC)?\s?[+-]\d{1,2}(?::?\d{2})?|[A-Z]{1,4}\b)?\)?"
)
_DATE_THEN_CLOCK = re.compile(
    rf"(?:{WEEKDAY},?\s+)?{_CALENDAR}(?:,?\s*\(?{WEEKDAY}\)?)?(?:(?:T|,?\s+at\s+|\s*[-–|,·]\s*|\s+){_CLOCK})?\.?",
    re.IGNORECASE,
)
_CLOCK_THEN_DATE = re.compile(
    rf"{_CLOCK}(?:\s*[-–|,·]\s*|\s+on\s+|\s+)(?:{WEEKDAY},?\s+)?{_CALENDAR}\.?", re.IGNORECASE
)
_MAIL_DATE = re.compile(
    r"(?:[A-Z][a-z]{2},?\s+)?\d{1,2}\s+[A-Z][a-z]{2}\s+\d{2,4}\s+\d{1,2}:\d{2}(?::\d{2})?\s*\S*(?:\s+\(\w+\))?"
)
_LABEL = re.compile(
    r"(?:date(?:\s+of\s+(?:issue|publication|release))?|dated|publication\s+date|(?:for\s+)?(?:immediate\s+)?released?"
    r"|(?:press|media|news)\s+(?:release|statement|note)|(?P<later>(?:last\s+)?(?:updated|modified|edited))"
    r"|(?:first\s+|originally\s+)?(?:published|posted|issued|created|uploaded))(?:\s+(?:on|at))?\s*(?P<colon>[:,|–—-]?)\s+",
    re.IGNORECASE,
)
_ISO_START = re.compile(r"\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?(?=$|[\s.,:;|–—-])")
_CALENDAR_START = re.compile(_CALENDAR + r"(?=$|[\s.,:;|–—-])", re.IGNORECASE)


class DateLine(msgspec.Struct, frozen=True):
    """A date that a line begins with or consists of.

    ``published`` is its ISO day, or time with a zone, None where day and month cannot be told apart; ``is_update``
    whether the line says that the text was changed then.
    """

    span: Span
    published: str | None
    is_update: bool = False


def normalise_published(value: str) -> str | None:
    """A publication date in ISO 8601: a day, or a time with its zone; None where the words are no date.

    A time without a zone gives its day only, since the instant is not known, and so does one in a zone whose name
    several share. A date in figures whose day and month could change places is none.
    """
    words = value.strip()
    try:
        if re.fullmatch(r"\d{8}|\d{4}-\d{2}-\d{2}", words):
            return _sane(date.fromisoformat(words))
        moment = datetime.fromisoformat(words)
    except ValueError:
        usual = in_usual_form(words)
        return _read(words) or _from_mail_date(words) or (_read(usual) if usual else None)
    return moment.isoformat() if moment.tzinfo else _sane(moment.date())


def _from_mail_date(words: str) -> str | None:
    """A date as mails and feeds write it: ``Fri, 24 Feb 2023 10:00:00 +0500``."""
    if not _MAIL_DATE.fullmatch(words):
        return None
    try:
        moment = parsedate_to_datetime(words)
    except (ValueError, TypeError, OverflowError):
        return None
    zoned = moment.tzinfo is not None and abs(moment.utcoffset() or timedelta()) < timedelta(days=1)
    return moment.isoformat() if zoned and moment.tzinfo != timezone.min else _sane(moment.date())


def parse_calendar_date(words: str) -> str | None:
    """The ISO day of a complete date in words or figures that names its year, if there is exactly such a date."""
    found = _read(words)
    return found[:10] if found else None


def find_date_line(text: str, start: int, end: int) -> DateLine | None:
    """The date that the line ``[start, end)`` begins with or consists of.

    ``date 2023-02-24``, a bare ISO date and a date after a label with a colon may be followed by prose on the same
    line; any other date must be all that the line holds, since prose begins with dates too ("3 May 2021 was a dark
    day").
    """
    line = text[start:end]
    label = _LABEL.match(line)
    begin = label.end() if label else 0
    is_update = bool(label and label["later"])
    body = re.sub(r"^[(\[]\s*|\s*[)\].]$", "", line[begin:])
    if (whole := _match(body)) and (day := _calendar_day(whole)) != "":
        return DateLine(Span(start, end), _with_clock(whole, day) if day else None, is_update)
    prefix = _ISO_START.match(line, begin) or (_CALENDAR_START.match(line, begin) if label and label["colon"] else None)
    published = normalise_published(prefix.group()) if prefix else None
    if prefix is None or published is None:
        return None
    stop = prefix.end() + len(re.match(r"[.,:;|–—-]?", line[prefix.end() :]).group())  # type: ignore[union-attr]  # always matches
    return DateLine(Span(start, start + stop), published, is_update)


def iso_day(year: str, month: str, day: str) -> str | None:
    """An ISO day from its parts, the month in words or figures; None where there is no such day."""
    number = MONTHS.get(month.lower().rstrip("."), 0) if not month.isdigit() else int(month)
    try:
        return _sane(date(int(year), number, int(re.sub(r"\D", "", day))))
    except ValueError:
        return None


def _read(words: str) -> str | None:
    """A date, perhaps with its time, that is all of the words."""
    match = _match(words.strip())
    day = _calendar_day(match) if match else None
    return _with_clock(match, day) if match and day else None


def _match(words: str) -> re.Match[str] | None:
    return _DATE_THEN_CLOCK.fullmatch(words) or _CLOCK_THEN_DATE.fullmatch(words)


def _calendar_day(match: re.Match[str]) -> str | None:
    """The day that was matched: None where day and month could change places, "" where there is no such day."""
    found = match.groupdict()
    if found["one"]:
        one, two, year = int(found["one"]), int(found["two"]), found["year3"]
        readings = {iso_day(year, str(month), str(day)) for month, day in ((one, two), (two, one))} - {None}
        return readings.pop() if len(readings) == 1 else None if readings else ""
    form = next(n for n in "012" if found[f"year{n}"])
    return iso_day(*(found[f"{part}{form}"] for part in ("year", "month", "day"))) or ""


def _with_clock(match: re.Match[str], day: str) -> str:
    """The day, or the instant where hour and zone are given and the zone's name has one meaning."""
    found = match.groupdict()
    minutes = _offset(found["zone"] or "")
    if found["hour"] is None or minutes is None:
        return day
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    try:
        moment = datetime.fromisoformat(day).replace(
            hour=hour,
            minute=int(found["minute"]),
            second=int(found["second"] or 0),
            tzinfo=timezone(timedelta(minutes=minutes)),
        )
    except ValueError:
        return day
    return moment.isoformat()


def _offset(zone: str) -> int | None:
    """Minutes east of Greenwich, None for a zone that is not known."""
    figures = re.fullmatch(r"(?:GMT|UTC)?\s?([+-])(\d{1,2}):?(\d{2})?", zone, re.IGNORECASE)
    if figures:
        minutes = int(figures[2]) * 60 + int(figures[3] or 0)
        return (-minutes if figures[1] == "-" else minutes) if minutes < 24 * 60 else None
    return _ZONES.get(zone.upper())


def _sane(day: date) -> str | None:
    """The ISO day, None for years in which nobody published reports: a slip of the pen."""
    return day.isoformat() if 1500 <= day.year <= 2200 else None
