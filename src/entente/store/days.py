"""Dates of any precision as two days, so that they can be compared."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from entente.records import EventDate

__all__ = ["days_of_event", "first_and_last_day", "whole_day"]


def first_and_last_day(value: str) -> tuple[date, date]:
    """The first and the last day of an ISO 8601 year, month, week or day (a time after it does not matter).

    Raises
    ------
    ValueError
        ``value`` is none of these, or no day of the calendar.
    """
    match value.split("T")[0].split(" ")[0].split("-"):
        case [year] if len(year) == 4:
            return date(int(year), 1, 1), date(int(year), 12, 31)
        case [year, week] if len(year) == 4 and week.startswith("W"):
            monday = date.fromisocalendar(int(year), int(week[1:]), 1)
            return monday, monday + timedelta(days=6)
        case [year, month] if len(year) == 4 and len(month) == 2:
            last = calendar.monthrange(int(year), int(month))[1]
            return date(int(year), int(month), 1), date(int(year), int(month), last)
        case [year, month, day] if len(year) == 4 and len(month) == len(day) == 2:
            exact = date(int(year), int(month), int(day))
            return exact, exact
        case _:
            raise ValueError(f"{value!r} is no ISO 8601 date")


def days_of_event(when: EventDate | None) -> tuple[date, date] | None:
    """The days between which an event took place, None where the report does not tell."""
    if when is None or when.value is None:
        return None
    try:
        first, last = first_and_last_day(when.value)
        if when.end is not None:
            last = first_and_last_day(when.end)[1]
        elif when.precision == "week" and last == first:
            last = first + timedelta(days=6)
    except ValueError:
        return None
    return first, max(first, last)


def whole_day(published: str | None) -> date | None:
    """The day of a report's date or time, None where it has none or one of lower precision."""
    if published is None:
        return None
    try:
        first, last = first_and_last_day(published)
    except ValueError:
        return None
    return first if first == last else None
