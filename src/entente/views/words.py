"""Parties, dates and places as short words for people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from entente.records import Event, EventDate, Party

__all__ = [
    "between_words",
    "counted",
    "date_words",
    "day_words",
    "kind_words",
    "listed",
    "on_one_line",
    "party_words",
    "place_words",
    "who_words",
]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def counted(number: int, one: str, several: str | None = None) -> str:
    """A number with its noun: ``1 report``, ``2 reports``."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def on_one_line(words: str) -> str:
    """Words with each run of white space, line ends too, as one space."""
    return " ".join(words.split())


def party_words(party: Party) -> str:
    """Who a party is: ``KEN GOV · Alfred Wekesa``; a question mark stands for a country nobody knows."""
    code = " ".join((party.country or "?", *party.sectors))
    name = party.name or party.text
    return f"{code} · {on_one_line(name)}" if name else code


def who_words(event: Event) -> tuple[list[str], list[str]]:
    """The actors and the recipients of an event."""
    return [party_words(one) for one in event.actor], [party_words(one) for one in event.recipient]


def kind_words(event: Event) -> str:
    """The type of an event with its modes: ``CONSULT meet``."""
    return " ".join((event.event, *event.mode))


def place_words(event: Event) -> str:
    """Where an event took place, empty where nobody says."""
    return "" if event.place is None else on_one_line(event.place.name)


def date_words(when: EventDate | None) -> str:
    """When an event took place, as precisely as is known: ``22 Feb 2023``, ``Feb 2023``, ``week of 20 Feb 2023``."""
    if when is None or when.value is None:
        return "undated"
    first = day_words(when.value)
    if when.precision == "week":
        return f"week of {first}"
    if when.precision == "recent":
        return f"shortly before {first}"
    if when.end is not None and when.end != when.value:
        return f"{first} – {day_words(when.end)}"
    return first


def day_words(value: str | None) -> str:
    """An ISO 8601 year, month or day as people write it; anything else as it is."""
    match (value or "undated").split("T")[0].split("-"):
        case [year, month, day] if (month + day).isdigit() and _is_day(year, month, day):
            return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"
        case [year, month] if month.isdigit() and 1 <= int(month) <= len(_MONTHS):
            return f"{_MONTHS[int(month) - 1]} {year}"
        case parts:
            return "-".join(parts)


def between_words(first: str | None, last: str | None) -> str:
    """From which day to which, as one day where it is the same; a dash where none is known."""
    days = dict.fromkeys(day_words(day) for day in (first, last) if day)
    return " – ".join(days) or "–"


def listed(names: Iterable[str]) -> str:
    """Names in a row, or a dash for none."""
    return ", ".join(names) or "–"


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
