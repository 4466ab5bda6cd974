"""The ways in which pages write dates and times; month names are our own, as a locale would change them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from evaluation.pages.material import Draw

__all__ = [
    "clock12",
    "clock24",
    "day_first",
    "dotted",
    "iso",
    "iso_compact",
    "iso_utc",
    "long_day",
    "moment",
    "month_first",
    "numbers",
    "short_day_first",
    "short_month_first",
    "zone_name",
]

MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
SHORT = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
ZONES = {300: "PKT", 330: "IST", 0: "GMT", -300: "EST", 480: "GMT+8", 180: "GMT+3", 60: "CET", 360: "GMT+6"}


def moment(draw: Draw, first: int, last: int, offset: int) -> datetime:
    """Return a moment in the years given, on the same day in its own zone and in UTC.

    A page that prints its own clock and declares UTC would otherwise name two days, and both would be right.
    """
    zone = timezone(timedelta(minutes=offset))
    while True:
        year, month, day = draw.number(first, last), draw.number(1, 12), draw.number(1, 28)
        when = datetime(year, month, day, draw.number(5, 21), draw.number(0, 59), draw.number(0, 59), tzinfo=zone)
        if when.astimezone(UTC).date() == when.date():
            return when


def month_first(when: datetime) -> str:
    """February 24, 2023."""
    return f"{MONTHS[when.month - 1]} {when.day}, {when.year}"


def short_month_first(when: datetime) -> str:
    """Feb 24, 2023."""
    return f"{SHORT[when.month - 1]} {when.day}, {when.year}"


def day_first(when: datetime) -> str:
    """24 February 2023."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def short_day_first(when: datetime) -> str:
    """24 Feb 2023."""
    return f"{when.day} {SHORT[when.month - 1]} {when.year}"


def long_day(when: datetime) -> str:
    """Friday, February 24, 2023."""
    return f"{DAYS[when.weekday()]}, {month_first(when)}"


def dotted(when: datetime) -> str:
    """24.02.2023."""
    return f"{when.day:02}.{when.month:02}.{when.year}"


def numbers(when: datetime, mark: str = "-") -> str:
    """24-02-2023."""
    return f"{when.day:02}{mark}{when.month:02}{mark}{when.year}"


def clock12(when: datetime, *, tight: bool = False) -> str:
    """2:05 PM, or 2:05pm."""
    hour, half = when.hour % 12 or 12, "PM" if when.hour >= 12 else "AM"
    return f"{hour}:{when.minute:02}{half.lower()}" if tight else f"{hour}:{when.minute:02} {half}"


def clock24(when: datetime) -> str:
    """14:05."""
    return f"{when.hour:02}:{when.minute:02}"


def iso(when: datetime) -> str:
    """2023-02-24T14:05:33+03:00."""
    return when.isoformat(timespec="seconds")


def iso_compact(when: datetime) -> str:
    """2023-02-24T14:05:33+0300, as older systems write it."""
    text = iso(when)
    return text[:-3] + text[-2:]


def iso_utc(when: datetime, *, milliseconds: bool = False) -> str:
    """2023-02-24T11:05:33Z."""
    text = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{text}.000Z" if milliseconds else f"{text}Z"


def zone_name(when: datetime) -> str:
    """The letters that sites of that zone print behind a time."""
    offset = when.utcoffset()
    return ZONES[int(offset.total_seconds()) // 60] if offset is not None else ""
