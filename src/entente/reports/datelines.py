"""The day that a report gives itself: dates given with it, date lines, and the dateline of a news agency."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

import msgspec

from entente.records import Span

__all__ = ["MONTHS", "Dateline", "find_date_line", "find_dateline", "normalise_published", "parse_calendar_date"]

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
_MONTH = r"(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues?|wed|thurs?|thu|fri|sat|sun)\.?)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_CLOCK = r"(?:(?:,|\s+at|\s+-|\s+\|)?\s*\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:\(?[A-Z]{2,4}\)?)?)"
_CALENDAR = (
    r"(?:(?P<iso>\d{4}-\d{2}-\d{2}|\d{4}/\d{2}/\d{2})"
    rf"|(?P<day1>{_DAY})\s+(?:of\s+)?(?P<month1>{_MONTH})[\s,]+(?P<year1>\d{{4}})"
    rf"|(?P<month2>{_MONTH})\s+(?P<day2>{_DAY})[\s,]+(?P<year2>\d{{4}}))"
)
CALENDAR_DATE = re.compile(_CALENDAR + r"(?!\d)", re.IGNORECASE)
_LABEL = r"(?:date|dated|published|posted|(?:for\s+)?(?:immediate\s+)?released?|issued|updated)(?:\s+on)?"
# `date 2023-02-24` may be followed by prose on the same line; a labelled date in words takes a line of its own.
LABELLED_DATE = re.compile(
    rf"{_LABEL}\s*:?\s+(?:{_WEEKDAY},?\s+)?{_CALENDAR}(?!\d)(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?", re.IGNORECASE
)
BARE_DATE_LINE = re.compile(
    rf"[(\[]?\s*(?:{_WEEKDAY},?\s+)?{_CALENDAR}(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?{_CLOCK}?\s*[)\].]?", re.IGNORECASE
)
BARE_ISO_START = re.compile(r"(?P<iso>\d{4}-\d{2}-\d{2})(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?(?=\s)")


class Dateline(msgspec.Struct, frozen=True):
    """The words before an agency report's first sentence: where it was written, sometimes when and by whom.

    ``end`` is where the sentence begins; ``place`` the place's span; ``published`` None unless the year is given.
    """

    start: int
    end: int
    place: Span | None
    published: str | None


def normalise_published(value: str) -> str | None:
    """A publication date in ISO 8601: a day, or a time with its zone; None where the words are no date.

    A time without a zone gives its day only, since the instant is not known.
    """
    words = value.strip()
    try:
        if re.fullmatch(r"\d{8}|\d{4}-\d{2}-\d{2}", words):
            return _sane(date.fromisoformat(words))
        moment = datetime.fromisoformat(words)
    except ValueError:
        return _from_mail_date(words) or parse_calendar_date(words)
    return moment.isoformat() if moment.tzinfo else _sane(moment.date())


def _from_mail_date(words: str) -> str | None:
    """A date as mails and feeds write it: ``Fri, 24 Feb 2023 10:00:00 +0500``."""
    if not re.search(r"\d:\d\d", words):
        return None
    try:
        moment = parsedate_to_datetime(words)
    except (ValueError, TypeError, OverflowError):
        return None
    zoned = moment.tzinfo is not None and abs(moment.utcoffset() or timedelta()) < timedelta(days=1)
    return moment.isoformat() if zoned and moment.tzinfo != timezone.min else _sane(moment.date())


def parse_calendar_date(words: str) -> str | None:
    """The ISO day of a complete date in words or figures that names its year, if there is exactly such a date."""
    match = re.fullmatch(rf"(?:{_WEEKDAY},?\s+)?{_CALENDAR}{_CLOCK}?", words.strip(), re.IGNORECASE)
    return _day_of(match) if match else None


def find_date_line(text: str, start: int, end: int) -> tuple[Span, str] | None:
    """The date that the line ``[start, end)`` begins with or consists of, as its span and ISO day.

    ``date 2023-02-24`` and a bare ISO date may be followed by prose on the same line; any other date must be all that
    the line holds, since prose begins with dates too ("3 May 2021 was a dark day").
    """
    line = text[start:end]
    for pattern, whole in ((BARE_DATE_LINE, True), (LABELLED_DATE, False), (BARE_ISO_START, False)):
        match = pattern.fullmatch(line) if whole else pattern.match(line)
        if match and (day := _day_of(match)):
            if not whole and match.end() < len(line) and not re.match(r"[\s.,:;|–—-]", line[match.end() :]):
                continue
            stop = match.end() + len(re.match(r"[.,:;|–—-]?", line[match.end() :]).group())  # type: ignore[union-attr]  # always matches
            return Span(start, start + stop), day
    return None


_AGENCY = (
    r"(?:\((?P<agency>[A-Z][\w&.’' /-]{1,40}|dpa|epa)\)|/(?P<slash>[A-Z][\w ./-]{1,30})/|\[(?P<box>[A-Z][\w ]{1,30})\])"
)
_CAPITALS = r"(?:[A-ZÀ-Þ][A-ZÀ-Þ.’'-]+|ST\.)(?:[ /](?:[A-ZÀ-Þ][A-ZÀ-Þ.’'-]+|of|and|de))*"
_TITLED = r"[A-ZÀ-Þ][\w.’'-]+(?:[ /](?:[A-ZÀ-Þ][\w.’'-]+|of|and|de|al)){0,3}"
_REGION = r"(?:,\s+[A-ZÀ-Þ][\w.’']+(?: [A-ZÀ-Þ][\w.’']+){0,2}|\s+\[[A-Z][\w ]+\])?"
_WHEN = (
    rf"(?:[,.]?\s+(?:{_WEEKDAY},?\s+)?(?:(?P<dmonth>{_MONTH})\s+(?P<dday>{_DAY})"
    rf"|(?:the\s+)?(?P<eday>{_DAY})\s+(?:of\s+)?(?P<emonth>{_MONTH})|{_WEEKDAY})(?:,?\s+(?P<dyear>(?:19|20)\d{{2}}))?)"
)
_DASH = r"(?:—\s*-?|–|--+|\.?-(?=\s)|[:_](?=\s))"
_NEW_SENTENCE = r"(?=[\"“‘]?[A-ZÀ-Þ])"
_DATELINE_FORMS = (
    # CAIRO - 24 February 2023:
    re.compile(rf"(?P<place>{_CAPITALS}|{_TITLED}){_REGION}\s*{_DASH}(?i:{_WHEN})\s*{_DASH}\s*"),
    # PLACE, DATE (AGENCY) — · PLACE — · MOSCOW, March 3, 2022 /TASS/.
    re.compile(rf"(?P<place>{_CAPITALS}){_REGION}(?i:{_WHEN})?[.,]?\s*{_AGENCY}?\s*(?:{_DASH}|(?<=[/)])[.:])\s*"),
    # Place, date (Agency) — needs a date or an agency, since prose begins with names too
    re.compile(rf"(?P<place>{_TITLED}){_REGION}(?i:{_WHEN})[.,]?\s*{_AGENCY}?\s*(?:{_DASH}|(?<=[/)])[.:])\s*"),
    re.compile(rf"(?P<place>{_TITLED}){_REGION},?\s*{_AGENCY}\s*{_DASH}\s*"),
    re.compile(
        rf"(?P<place>{_CAPITALS}|{_TITLED})\.\s+(?i:{_WHEN})\.\s+(?P<agency>[A-Z]{{3,}}(?:\.[A-Z]+)?)\s*{_DASH}\s*"
    ),
    # New Delhi, Feb 24 (PTI) · Tehran, IRNA – · 24 February 2023, Geneva -
    re.compile(rf"(?P<place>{_CAPITALS}|{_TITLED}){_REGION}(?i:{_WHEN}),?\s*{_AGENCY}\s+{_NEW_SENTENCE}"),
    re.compile(
        rf"(?P<place>{_CAPITALS}|{_TITLED})(?i:{_WHEN})?,\s+(?P<agency>[A-Z]{{2,8}})\s*{_DASH}\s*{_NEW_SENTENCE}"
    ),
    re.compile(
        rf"(?i:(?P<eday>{_DAY})\s+(?P<emonth>{_MONTH})\s+(?P<dyear>\d{{4}})),\s+(?P<place>{_CAPITALS}|{_TITLED})"
        rf"\s*{_DASH}\s*{_NEW_SENTENCE}"
    ),
    re.compile(
        rf"(?P<place>)(?i:(?P<dmonth>{_MONTH})\s+(?P<dday>{_DAY})(?:,?\s+(?P<dyear>\d{{4}}))?),?\s*{_AGENCY}\s*{_DASH}\s*"
    ),
    re.compile(rf"(?P<place>){_AGENCY}\s*{_DASH}\s*"),
)
_LONELY_TITLED = re.compile(rf"(?P<place>{_TITLED})\s+(?:—|–|--)\s+{_NEW_SENTENCE}")


def find_dateline(text: str, start: int, end: int) -> Dateline | None:
    """The dateline that the paragraph ``[start, end)`` begins with, such as "ISLAMABAD, Feb 24 (APP) —".

    A place in small letters alone counts only where no second dash follows in its sentence, as in a parenthesis
    ("Ukraine — Russia's neighbour — said").
    """
    line = text[start:end]
    for form in _DATELINE_FORMS:
        match = form.match(line)
        if match and match.end() < len(line):
            return _dateline(match, start)
    match = _LONELY_TITLED.match(line)
    if match and not re.search(r"\s(?:—|–|--)\s|\.\s", line[match.end() : match.end() + 160].partition(". ")[0]):
        return _dateline(match, start)
    return None


def _dateline(match: re.Match[str], start: int) -> Dateline:
    found = match.groupdict()
    place = Span(start + match.start("place"), start + match.end("place")) if found["place"] else None
    year, month = found.get("dyear"), found.get("dmonth") or found.get("emonth")
    day = found.get("dday") or found.get("eday")
    published = _iso(year, month, day) if year and month and day else None
    return Dateline(start, start + match.end(), place, published)


def _day_of(match: re.Match[str]) -> str | None:
    found = match.groupdict()
    if found.get("iso"):
        return _iso(*found["iso"].replace("/", "-").split("-"))
    one = found.get("day1") is not None
    return _iso(*(found[key] for key in (("year1", "month1", "day1") if one else ("year2", "month2", "day2"))))


def _iso(year: str, month: str, day: str) -> str | None:
    """An ISO day from its parts, None where there is no such day."""
    number = MONTHS.get(month.lower().rstrip("."), 0) if not month.isdigit() else int(month)
    try:
        return _sane(date(int(year), number, int(re.sub(r"\D", "", day))))
    except ValueError:
        return None


def _sane(day: date) -> str | None:
    """The ISO day, None for years in which nobody published reports: a slip of the pen."""
    return day.isoformat() if 1500 <= day.year <= 2200 else None
