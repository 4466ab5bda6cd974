"""When an expression such as "on Friday" is, seen from the day of publication."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

import msgspec

from entente.records import DatePrecision, EventDate
from entente.resolution.date_grammar import DateExpression, Lean, find_dates

__all__ = ["DateExpression", "document_day_first", "find_dates", "resolve_date"]

Tense = Literal["past", "future", "present"]
_DAY = timedelta(days=1)
COMING_DAYS = 45


def document_day_first(text: str) -> bool | None:
    """Whether a document writes the day before the month in dates such as 05/04/2024.

    Its unambiguous dates decide (19/04/2024), by majority; None where it has none or they are even.
    """
    votes = 0
    for one in find_dates(text):
        parts = (one, one.last) if one.last else (one,)
        for part in parts:
            if part.kind == "numeric" and part.month is not None and part.day is not None:
                votes += (part.month > 12) - (part.day > 12)
    return None if votes == 0 else votes > 0


def resolve_date(
    expression: DateExpression, published: str | None, *, tense: Tense = "past", day_first: bool | None = None
) -> EventDate:
    """The date that an expression stands for in a report of a given day.

    A weekday, or a date without its year, is the nearest on or before publication in the past tense and on or after it
    in the others; the day of publication itself counts. (A day and month of the next six weeks are not sent back by
    ten.) Words that point forward or back themselves ("agreed to meet
    on", "by", "since") decide before the tense does.

    Parameters
    ----------
    expression : DateExpression
        As `find_dates` gives it.
    published : str or None
        The report's ISO date or time; without it, an expression that hangs on it has no value.
    tense : {"past", "future", "present"}
        That of the clause the expression stands in.
    day_first : bool or None
        The document's order of day and month in figures, see `document_day_first`. Without it, of the two readings
        the one nearer to publication counts.

    Returns
    -------
    EventDate
        A week or longer stretch has ``end`` set, and so has a range; ``precision`` is "unknown" with no value where the
        expression cannot be resolved.
    """
    base = _base(published)
    lean: Lean = expression.lean or ("past" if tense == "past" else "future")
    resolved = _resolve(expression, base, lean, day_first)
    if expression.last is not None and resolved is not None:
        resolved = _range(expression, expression.last, base, lean, day_first, resolved)
    value, end, precision = resolved or (None, None, "unknown")
    return EventDate(
        value=value,
        end=end if end != value else None,
        precision=precision,
        text=expression.text,
        start=expression.start,
        end_char=expression.end,
    )


Resolved = tuple[str | None, str | None, DatePrecision]


def _base(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def _range(
    first: DateExpression, last: DateExpression, base: date | None, lean: Lean, day_first: bool | None, begun: Resolved
) -> Resolved | None:
    """A range from its two ends: the year is the last one's where the first names none, and it never runs backwards."""
    closing = _resolve(last, base, lean, day_first)
    if closing is None:
        return None
    if first.year is None and closing[0] and first.kind in ("day", "month"):
        year = int(closing[0][:4])
        later = (first.month or 0, first.day or 0) > (last.month or 0, last.day or 0)
        opened = _resolve(msgspec.structs.replace(first, year=year - later), base, lean, day_first)
        begun = opened or begun
    if first.kind == "weekday" and begun[0] and closing[0]:
        begun, closing = _weekday_range(begun[0], closing[0], lean)
    value, end = begun[0], closing[1] or closing[0]
    if value is None or end is None or end < value[: len(end)]:
        return None
    return value, end, begun[2]


def _weekday_range(begun: str, closing: str, lean: Lean) -> tuple[Resolved, Resolved]:
    """Two weekdays as one stretch of less than a week, ending before publication or beginning after it."""
    one, two = date.fromisoformat(begun), date.fromisoformat(closing)
    if lean == "past":
        one = two - timedelta(days=(two - one).days % 7)
    else:
        two = one + timedelta(days=(two - one).days % 7)
    return (one.isoformat(), None, "day"), (two.isoformat(), None, "day")


def _resolve(one: DateExpression, base: date | None, lean: Lean, day_first: bool | None) -> Resolved | None:
    """An expression's value, end and precision; None where it cannot be told."""
    if one.kind == "day":
        return _day(one, base, lean)
    if one.kind == "numeric":
        return _numeric(one, base, day_first)
    if one.kind == "month":
        return _month(one, base, lean)
    if one.kind == "year" and one.year is not None:
        last = str(one.year + one.length - 1) if one.length > 1 else None
        return str(one.year), last, "year"
    if one.kind == "season":
        return _season(one, base)
    if one.kind == "recent":
        return base.isoformat() if base else None, None, "recent"
    if base is None:
        return None
    if one.kind == "weekday":
        return _weekday(one, base, lean)
    if one.kind == "relative":
        return _relative(one, base)
    if one.kind == "past":
        return _past(one, base)
    return None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(one: DateExpression, base: date | None, lean: Lean) -> Resolved | None:
    month, day = one.month or 0, one.day or 0
    if one.year is not None:
        found = _valid(one.year, month, day)
    elif base is None:
        return None
    else:
        found = _nearest(one, base, month, day, lean)
    return (found.isoformat(), None, "day") if found else None


def _nearest(one: DateExpression, base: date, month: int, day: int, lean: Lean) -> date | None:
    """The year that a day and month without one fall in.

    A weekday beside them decides. A past tense alone does not send a day of the coming weeks back by nearly a year,
    since reports leave the year out only for days near their own.
    """
    # Eight years hold a 29 February even around a century that has none.
    nearby = [found for shift in range(-8, 9) if (found := _valid(base.year + shift, month, day))]
    before = [found for found in nearby if found <= base]
    after = [found for found in nearby if found >= base]
    ordered = before[::-1] + after if lean == "past" else after + before[::-1]
    if one.weekday is not None:
        named = [found for found in ordered[:1] + after[:1] + before[-1:] if found.weekday() == one.weekday]
        ordered = named + ordered
    elif lean == "past" and one.lean is None and after and (after[0] - base).days <= COMING_DAYS:
        ordered = after
    return ordered[0] if ordered else None


def _numeric(one: DateExpression, base: date | None, day_first: bool | None) -> Resolved | None:
    """Two numbers and a year; where nothing tells day from month, only the year is certain."""
    year, first, second = one.year or 0, one.month or 0, one.day or 0
    as_day_first, as_month_first = _valid(year, second, first), _valid(year, first, second)
    readings = [reading for reading in (as_day_first, as_month_first) if reading]
    if not readings:
        return None
    if len(set(readings)) == 2:
        if day_first is not None:
            readings = [reading for reading in (as_day_first if day_first else as_month_first,) if reading]
        elif base is not None:
            readings.sort(key=lambda reading: abs((reading - base).days))
            if abs((readings[0] - base).days) == abs((readings[1] - base).days):
                return str(year), None, "year"
        else:
            return str(year), None, "year"
    return readings[0].isoformat(), None, "day"


def _month(one: DateExpression, base: date | None, lean: Lean) -> Resolved | None:
    month, year = one.month or 0, one.year
    if year is None and base is None:
        return None
    if year is None and base is not None:
        if one.unit == "year":  # "April of last year"
            year = base.year + (one.shift or 0)
        elif one.shift == -1:
            year = base.year - (month >= base.month)
        elif one.shift == 1:
            year = base.year + (month <= base.month)
        elif one.shift == 0:
            year = base.year
        elif lean == "past":
            year = base.year - (month > base.month)
        else:
            year = base.year + (month < base.month)
    return f"{year:04d}-{month:02d}", None, "month"


def _season(one: DateExpression, base: date | None) -> Resolved | None:
    """A stretch of months; a winter that is named by one year may begin or end in it, so only the year is certain."""
    month, year = one.month or 0, one.year
    if year is None:
        if base is None:
            return None
        year = base.year
        opens = date(year, month, 1)
        if one.shift == -1:
            year -= _months_on(opens, one.length) > base
        elif one.shift == 1:
            year += opens <= base
    elif month == 12:
        return str(year), None, "year"
    last = _months_on(date(year, month, 1), one.length - 1)
    return f"{year:04d}-{month:02d}", f"{last.year:04d}-{last.month:02d}", "month"


def _weekday(one: DateExpression, base: date, lean: Lean) -> Resolved:
    weekday = one.weekday or 0
    monday = base - timedelta(days=base.weekday())
    if one.unit == "week":
        day = monday + timedelta(days=7 * (one.shift or 0) + weekday)
    elif one.shift == -1:
        day = base - timedelta(days=(base.weekday() - weekday - 1) % 7 + 1)
    elif lean == "past":
        day = base - timedelta(days=(base.weekday() - weekday) % 7)
    else:
        day = base + timedelta(days=(weekday - base.weekday()) % 7)
    last = (day + timedelta(days=one.length - 1)).isoformat() if one.length > 1 else None
    return day.isoformat(), last, "day"


def _relative(one: DateExpression, base: date) -> Resolved | None:
    shift = one.shift or 0
    try:
        if one.unit == "day":
            return (base + timedelta(days=shift)).isoformat(), None, "day"
        if one.unit == "week":
            monday = base + timedelta(days=7 * shift) - timedelta(days=base.weekday())
            return monday.isoformat(), (monday + 6 * _DAY).isoformat(), "week"
        if one.unit == "month":
            return _months_on(base, shift).isoformat()[:7], None, "month"
        return f"{date(base.year + shift, 1, 1).year:04d}", None, "year"
    except (ValueError, OverflowError):
        return None


def _past(one: DateExpression, base: date) -> Resolved | None:
    """The last so many units up to publication."""
    count, unit = one.shift or 1, one.unit or "day"
    try:
        if unit in ("day", "week"):
            first = base - timedelta(days=count * (7 if unit == "week" else 1))
        else:
            first = _months_on(base, -count * (12 if unit == "year" else 1))
    except (ValueError, OverflowError):
        return None
    return first.isoformat(), base.isoformat(), unit


def _months_on(day: date, months: int) -> date:
    """The same day so many months on, or the last of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
