"""Forms in which only programs write dates, put into the order in which people do."""

from __future__ import annotations

import re

__all__ = ["in_usual_form"]

_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?"
# Tue May 21 06:00:00 UTC 2024: asctime() of C, Date.toString() of Java and JavaScript.
_YEAR_LAST = re.compile(
    rf"(?:[A-Z][a-z]{{2}},? )?([A-Z][a-z]{{2}}) +(\d{{1,2}}) ({_CLOCK})(?: ([A-Z]{{1,5}}|[+-]\d{{4}}))? (\d{{4}})"
)
_SCRIPT = re.compile(
    rf"[A-Z][a-z]{{2}} ([A-Z][a-z]{{2}}) (\d{{1,2}}) (\d{{4}}) ({_CLOCK}) (?:GMT|UTC)([+-]\d{{4}})(?: \(.*\))?"
)
# Wednesday, 29-Jun-16 15:07:41 UTC: RFC 850, which HTTP and old mailboxes still know.
_SHORT_YEAR = re.compile(rf"(?:[A-Z][a-z]+, ?)?(\d{{1,2}})-([A-Z][a-z]{{2}})-(\d{{2}})(?: ({_CLOCK})(?: (\S+))?)?")
_NO_SPACE = re.compile(r"([A-Z][a-z]{2,8}),(\d.*)")
_FIGURES = re.compile(r"(\d{4})(\d{2})(\d{2})[T ]?(\d{2})(\d{2})(\d{2})?(Z)?")
_FIRST_YEAR_OF_TWO_FIGURES = 70


def in_usual_form(words: str) -> str | None:
    """The same date as "21 May 2024 06:00:00 UTC" or "2024-05-21 06:00:00"; None for any other form.

    Two figures stand for a year from 1970 to 2069.
    """
    if match := _YEAR_LAST.fullmatch(words):
        month, day, clock, zone, year = match.groups()
        return f"{day} {month} {year} {clock} {zone or ''}".strip()
    if match := _SCRIPT.fullmatch(words):
        month, day, year, clock, zone = match.groups()
        return f"{day} {month} {year} {clock} {zone}"
    if match := _SHORT_YEAR.fullmatch(words):
        day, month, short, clock, zone = match.groups()
        year = int(short) + (1900 if int(short) >= _FIRST_YEAR_OF_TWO_FIGURES else 2000)
        return f"{day} {month} {year} {clock or ''} {zone or ''}".strip()
    if match := _NO_SPACE.fullmatch(words):
        return f"{match[1]}, {match[2]}"
    if match := _FIGURES.fullmatch(words):
        year, month, day, hour, minute, second, zone = match.groups()
        return f"{year}-{month}-{day} {hour}:{minute}:{second or '00'} {zone or ''}".strip()
    return None
