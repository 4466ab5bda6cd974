"""The words before an agency report's first sentence: where it was written, sometimes when and by whom."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from entente.gazetteer.countries import find_names
from entente.records import Span
from entente.reports.furniture import agencies
from entente.reports.written_dates import DAY, MONTH, WEEKDAY, find_date_line, iso_day

__all__ = ["Dateline", "PlaceLine", "find_dateline", "find_place_line", "is_place"]


class Dateline(msgspec.Struct, frozen=True):
    """The words before an agency report's first sentence: where it was written, sometimes when and by whom.

    ``end`` is where the sentence begins; ``place`` the place's span; ``published`` None unless the year is given.
    """

    start: int
    end: int
    place: Span | None
    published: str | None


class PlaceLine(msgspec.Struct, frozen=True):
    """A line that says where a report was written, perhaps also when, and no more."""

    place: Span
    published: str | None


_AGENCY = (
    r"(?:\((?P<agency>[A-Z][\w&.’' /-]{1,40}|dpa|epa)\)|/(?P<slash>[A-Z][\w ./-]{1,30})/|\[(?P<box>[A-Z][\w ]{1,30})\])"
)
_CAPITALS = r"(?:[A-ZÀ-Þ][A-ZÀ-Þ.’'-]+|ST\.)(?:[ /](?:[A-ZÀ-Þ][A-ZÀ-Þ.’'-]+|of|and|de))*"
# Days and months follow these within prose: "On September 30–October 1".
_NO_PLACE = r"(?!(?:On|In|At|By|Since|From|Until|Between|After|Before|For|The|This|Last|Next|Of)\s)"
_TITLED = _NO_PLACE + r"[A-ZÀ-Þ][\w.’'-]+(?:[ /](?:[A-ZÀ-Þ][\w.’'-]+|of|and|de|al)){0,3}"
_REGION = r"(?:,\s+[A-ZÀ-Þ][\w.’']+(?: [A-ZÀ-Þ][\w.’']+){0,2}|\s+\[[A-Z][\w ]+\])?"
_WHEN = (
    rf"(?:[,.]?\s+(?:{WEEKDAY},?\s+)?(?:(?P<dmonth>{MONTH})\s+(?P<dday>{DAY})"
    rf"|(?:the\s+)?(?P<eday>{DAY})\s+(?:of\s+)?(?P<emonth>{MONTH})|{WEEKDAY})(?:,?\s+(?P<dyear>(?:19|20)\d{{2}}))?)"
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
        rf"(?i:(?P<eday>{DAY})\s+(?P<emonth>{MONTH})\s+(?P<dyear>\d{{4}})),\s+(?P<place>{_CAPITALS}|{_TITLED})"
        rf"\s*{_DASH}\s*{_NEW_SENTENCE}"
    ),
    re.compile(
        rf"(?P<place>)(?i:(?P<dmonth>{MONTH})\s+(?P<dday>{DAY})(?:,?\s+(?P<dyear>\d{{4}}))?),?\s*{_AGENCY}\s*{_DASH}\s*"
    ),
    re.compile(rf"(?P<place>){_AGENCY}\s*{_DASH}\s*"),
)
_LONELY_TITLED = re.compile(rf"(?P<place>{_TITLED})\s+(?:—|–|--)\s+{_NEW_SENTENCE}")
_DATED_PLACE = re.compile(rf"(?P<place>{_CAPITALS}|{_TITLED}){_REGION}\s*[,:.]?\s+(?:[–—-]\s+)?(?=[\dA-Za-z])")


@cache
def _signed_form() -> re.Pattern[str]:
    """A known agency's name in brackets, alone or after a place: "(AP) Peru said", "Kabul (Pajhwok) The ministry"."""
    return re.compile(
        rf"(?:(?P<place>{_CAPITALS}|{_TITLED}){_REGION},?\s*)?[(\[](?:{agencies()})(?:\s?/\s?(?:{agencies()}))*[)\]]\s*"
        rf"(?:{_DASH})?\s*{_NEW_SENTENCE}"
    )


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
    signed = _signed_form().match(line)
    if signed and signed.end() < len(line):
        return _dateline(signed, start)
    match = _LONELY_TITLED.match(line)
    if match and not re.search(r"\s(?:—|–|--)\s|\.\s", line[match.end() : match.end() + 160].partition(". ")[0]):
        return _dateline(match, start)
    return None


def _dateline(match: re.Match[str], start: int) -> Dateline:
    found = match.groupdict()
    place = Span(start + match.start("place"), start + match.end("place")) if found["place"] else None
    year, month = found.get("dyear"), found.get("dmonth") or found.get("emonth")
    day = found.get("dday") or found.get("eday")
    published = iso_day(year, month, day) if year and month and day else None
    return Dateline(start, start + match.end(), place, published)


def find_place_line(text: str, start: int, end: int, following: str) -> PlaceLine | None:
    """The place and date that the line ``[start, end)`` consists of: "ISLAMABAD: February 24, 2023".

    A place alone ("Washington, DC") counts where ``following``, the next line's words, is a date.
    """
    line = text[start:end]
    for match in _DATED_PLACE.finditer(line):
        dated = find_date_line(text, start + match.end(), end)
        if dated is not None and dated.span.end == end and is_place(match.group()):
            return PlaceLine(Span(start + match.start("place"), start + match.end("place")), dated.published)
        break
    before = re.fullmatch(r"(?P<date>.{6,40}\d{4}),?\s+(?:[–—-]\s+)?(?P<place>[A-ZÀ-Þ][^\d.]{2,40})", line)
    if before and is_place(before["place"]):
        dated = find_date_line(before["date"], 0, before.end("date"))
        if dated is not None and dated.span.end == before.end("date"):
            return PlaceLine(Span(start + before.start("place"), end), dated.published)
    if is_place(line):
        dated = find_date_line(following, 0, len(following))
        if dated is not None and dated.span.end == len(following):
            return PlaceLine(Span(start, end), None)
    return None


def is_place(words: str) -> bool:
    """Whether words are only the name of a capital, city or state, and of the region that it lies in."""
    words = words.strip(" ,:.–—-")
    names = [
        n for n in find_names(words.title() if words.isupper() else words) if n.kind in ("capital", "city", "country")
    ]
    if not names or names[0].start > 0:
        return False
    return bool(
        re.fullmatch(
            r"(?:[ ,/]*\b(?:(?-i:[A-Z]{2})|[A-Z]\.[A-Z]\.|and))?[ ,/.]*",
            "".join(words[a:b] for a, b in _gaps(len(words), [(n.start, n.end) for n in names])),
        )
    )


def _gaps(length: int, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches between those that are taken."""
    edges = [0, *(edge for span in taken for edge in span), length]
    return list(zip(edges[::2], edges[1::2], strict=True))
