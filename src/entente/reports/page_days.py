"""Dates as pages write them, read into ISO 8601: machine formats, words, and figures whose order must be known."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal

import msgspec

from entente.reports.written_dates import MONTHS, normalise_published

__all__ = ["Order", "WrittenDate", "find_dates", "read_date", "with_clock"]

Order = Literal["day", "month"]
"""Which of two figures comes first: 05/04/2024 is 5 April or May 4."""

_FIRST_YEAR, _LAST_YEAR = 1500, 2200
_CLOCK_CHARACTERS = 40
# Zones whose short name means one offset.
_ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 60, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180, "MSK": 180, "TRT": 180,
    "EAT": 180, "WAT": 60, "CAT": 120, "SAST": 120, "PKT": 300, "NPT": 345, "ICT": 420, "WIB": 420, "SGT": 480, "HKT": 480, "MYT": 480,
    "AWST": 480, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780, "EST": -300, "EDT": -240,
    "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420, "BRT": -180, "ART": -180,
    "IRST": 210, "GST": 240, "AZT": 240, "AFT": 270, "UZT": 300, "TJT": 300, "MVT": 300, "BTT": 360, "KGT": 360, "MMT": 390,
    "PHT": 480, "COT": -300, "PET": -300, "VET": -240, "CLT": -240,
}  # fmt: skip
# Names that stand for standard or daylight time as the day has it.
_AMERICAN_ZONES = {"ET": -300, "CT": -360, "MT": -420, "PT": -480}
# Names that several zones share mean what they mean where the page comes from; elsewhere they give the day only.
_LOCAL_ZONES = {
    ("IST", "in"): 330, ("IST", "ie"): 60, ("IST", "il"): 120, ("BST", "gb"): 60, ("BST", "uk"): 60, ("BST", "bd"): 360,
    ("CST", "us"): -360, ("CST", "cn"): 480, ("CST", "tw"): 480, ("AST", "ca"): -240, ("AST", "sa"): 180,
    ("PST", "ph"): 480, ("PST", "pk"): 300, ("EST", "au"): 600,
}  # fmt: skip
_OTHER_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier januar jänner enero gennaio janeiro januari",
            "février fevrier februar febrero febbraio fevereiro februari",
            "mars märz marzo março maart",
            "avril abril aprile",
            "mai mayo maggio maio mei",
            "juin juni junio giugno junho",
            "juillet juli julio luglio julho",
            "août aout agosto augustus",
            "septembre septiembre settembre setembro",
            "octobre oktober octubre ottobre outubro",
            "novembre noviembre",
            "décembre dezember diciembre dicembre dezembro decembre",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTHS = MONTHS | _OTHER_MONTHS
_MONTH = r"(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")(?![a-zà-ÿ])\.?"
_NO_MORE = r"(?!\d(?!\d?:\d\d))"  # but a clock, where a page's parts are parted by style only
_DATE = re.compile(
    rf"(?<![\d/.-])(?:(?P<y1>\d{{4}})(?P<s1>[-/.])(?P<m1>\d{{1,2}})(?P=s1)(?P<d1>\d{{1,2}})(?![\d])"
    rf"|(?P<a>\d{{1,2}})(?P<s2>[-/.])(?P<b>\d{{1,2}})(?P=s2)(?P<y2>\d{{4}})(?!\d)"
    rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[\s,-]+(?:of\s+|de\s+)?(?P<m3>{_MONTH})[\s,-]+(?:de\s+)?(?P<y3>\d{{4}}){_NO_MORE}"
    rf"|\b(?P<m4>{_MONTH})[\s-]+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?[\s,-]+(?P<y4>\d{{4}}){_NO_MORE}"
    rf"|\b(?P<m5>{_MONTH})\s+(?P<d5>\d{{1,2}})\s+\d{{1,2}}:\d\d(?::\d\d)?\s+(?:[A-Z]{{2,4}}\s+)?(?P<y5>\d{{4}})(?!\d))",
    re.IGNORECASE,
)
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?)?\s*(?P<half>[apAP]\.?[mM]\b\.?)?"
    r"(?:\s*(?:hrs|hours|h|uhr)\b)?,?\s*\(?(?P<zone>Z\b|(?:GMT|UTC)?\s?[+-]\d{1,2}(?::?\d{2})?(?!\d)|[A-Z]{2,4}\b)?\)?"
)
_CLOCK_ALONE = re.compile(r"\W*(?:at\s+)?" + _CLOCK + r"\W*")
_CLOCK_AFTER = re.compile(r"(?:T|\s*(?:,|at|@|\||-|–|—|·|•|/|um|à|\()?\s*)" + _CLOCK)
_CLOCK_BEFORE = re.compile(_CLOCK + r"\s*(?:,|on|\||-|–|—|·|•)?\s*(?:[A-Za-z]{3,9}\.?,?\s+)?(?:on\s+)?\Z")


class WrittenDate(msgspec.Struct, frozen=True):
    """A date as found: ``iso`` a day or a time with its zone, None where the figures' order is not known."""

    iso: str | None
    start: int
    end: int


def read_date(words: str, order: Order | None = None, region: str = "") -> WrittenDate | None:
    """The date that words from a machine's field give, None where they give none."""
    words = words.strip().strip("\"'")
    if re.fullmatch(r"\d{9,10}|\d{12,13}", words):
        stamp = int(words[:10] if len(words) > 10 else words)
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=stamp)
        return WrittenDate(moment.isoformat(), 0, len(words)) if moment.year > 1990 else None
    if match := re.fullmatch(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?)?", words):
        year, month, day, hour, minute, second, zone = match.groups()
        words = f"{year}-{month}-{day}" + (f"T{hour}:{minute}:{second or '00'}{zone or ''}" if hour else "")
    found = next(iter(find_dates(words, order, region)), None)
    if found is not None:
        return found
    mail = normalise_published(words)
    return (
        WrittenDate(mail, 0, len(words))
        if mail and not mail.startswith("1970-01-01") and _FIRST_YEAR <= int(mail[:4]) <= _LAST_YEAR
        else None
    )


def find_dates(words: str, order: Order | None = None, region: str = "") -> list[WrittenDate]:
    """All complete dates in words, each with the time and zone beside it where both are given.

    Parameters
    ----------
    words : str
        A line of the page or a field's content.
    order : {"day", "month"}, optional
        How figures like 05/04/2024 are to be read; without it such a date has no ``iso``.
    region : str
        The country that the page comes from, two small letters, by which names of zones are read that several share.
    """
    found = []
    for match in _DATE.finditer(words):
        day = _day(match, order)
        if day == "?":
            found.append(WrittenDate(None, match.start(), match.end()))
        elif isinstance(day, date):
            clock = _CLOCK_AFTER.match(words, match.end()) or _CLOCK_BEFORE.search(
                words, max(0, match.start() - 40), match.start()
            )
            found.append(WrittenDate(_with_clock(day, clock, region), match.start(), match.end()))
    return found


def with_clock(day: str, words: str, region: str = "") -> str | None:
    """A day with the time that words consist of, None where they are not a time with its zone."""
    clock = _CLOCK_ALONE.fullmatch(words) if len(words) < _CLOCK_CHARACTERS else None
    full = _with_clock(date.fromisoformat(day), clock, region)
    return full if full != day else None


def _day(match: re.Match[str], order: Order | None) -> date | Literal["?"] | None:
    """The day of a match, ``?`` where it may be one of two."""
    part = match.groupdict()
    if part["y1"]:
        year, month, day = part["y1"], int(part["m1"]), int(part["d1"])
    elif part["y2"]:
        year, first, second = part["y2"], int(part["a"]), int(part["b"])
        if part["s2"] == ".":
            order = "day"  # full stops between figures are written by those who put the day first
        if first != second and first <= 12 and second <= 12 and order is None:
            return "?"
        day_first = first > 12 or (second <= 12 and order != "month")
        day, month = (first, second) if day_first else (second, first)
    else:
        form = next(one for one in "345" if part["y" + one])
        year, day = part["y" + form], int(part["d" + form])
        month = _MONTHS[part["m" + form].lower().rstrip(".")]
    try:
        found = date(int(year), month, day)
    except ValueError:
        return None
    # The epoch and the first year stand in databases where nobody filled in a date.
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR and found.isoformat() != "1970-01-01" else None


def _with_clock(day: date, clock: re.Match[str] | None, region: str) -> str:
    """The day with the time beside it, if its zone is given too."""
    if clock is None or not clock["zone"] or not (clock["minute"] or clock["half"]):
        return day.isoformat()
    offset = _LOCAL_ZONES.get((clock["zone"].upper(), region), _offset(clock["zone"]))
    if clock["zone"] in _AMERICAN_ZONES:
        offset = _AMERICAN_ZONES[clock["zone"]] + (60 if _is_american_summer(day) else 0)
    hour, minute, second = int(clock["hour"]), int(clock["minute"] or 0), int(clock["second"] or 0)
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"][0] in "pP" else 0)
    if offset is None or hour > 23 or minute > 59 or second > 59:
        return day.isoformat()
    zone = timezone(timedelta(minutes=offset)) if offset else UTC
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone).isoformat()


def _is_american_summer(day: date) -> bool:
    """Whether clocks in the United States show daylight time (Energy Policy Act of 2005; before it, the act of 1986)."""
    if day.year >= 2007:
        return _sunday(day.year, 3, 8) <= day < _sunday(day.year, 11, 1)
    return _sunday(day.year, 4, 1) <= day < _sunday(day.year, 10, 25)


def _sunday(year: int, month: int, first: int) -> date:
    """The first Sunday of a month that is not before a day."""
    start = date(year, month, first)
    return start + timedelta(days=6 - start.weekday())


def _offset(zone: str) -> int | None:
    """Minutes east of Greenwich, None where the name means several zones or none."""
    name = zone.upper().replace(" ", "")
    if name in _ZONES:
        return _ZONES[name]
    match = re.fullmatch(r"(?:GMT|UTC)?([+-])(\d{1,2}):?(\d{2})?", name)
    if match is None:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    return (-minutes if match[1] == "-" else minutes) if minutes < 15 * 60 else None
