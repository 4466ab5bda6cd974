"""People with the office and country that a report gives them: one dated fact each, tied to its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from entente.gazetteer.countries import NameMatch
from entente.mentions.office_words import WORD, gender_of, office_words
from entente.records import Span

__all__ = ["PersonMention", "find_people", "holder_after"]

ARTICLES = frozenset({"the", "a", "an", "his", "her", "its", "their"})
PARTICLES = frozenset(
    {
        "al",
        "bin",
        "bint",
        "ben",
        "ibn",
        "abu",
        "de",
        "da",
        "del",
        "della",
        "di",
        "dos",
        "du",
        "van",
        "von",
        "el",
        "ter",
        "la",
    }
)
PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we", "you", "who", "him", "her", "his", "them", "this", "that"})
RETIRED = re.compile(r"\((?:r|ret|retd|Ret|Retd)\.?\)\s+")
CUT_INITIAL = re.compile(r"\.\s+[A-ZÀ-Þ][\w’'-]+")
# Says whose somebody is, as an office would, without being one: "her Ghanaian counterpart, Ama Boateng".
COUNTERPART = "counterpart"
PARTS_OF_THE_WORLD = re.compile(
    r"(?:(?:the\s+)?(?:Middle|Far|Near|North|South|East|West|Central|Northern|Southern|Eastern|Western|Southeast|Sub-Saharan)"
    r"[\s-]+)+(?:East|West|Asia|Africa|Europe|America|Pacific|Balkans|Sahel|Caucasus)"
)
CONNECTORS = frozenset({"of", "the", "for", "and", "to", "on"})
LINKS = frozenset({"in", "at", "from", "with", "de", "du", "des", "y", "e"})


class PersonMention(msgspec.Struct, frozen=True, kw_only=True):
    """A person named with or without an office at one place of a report.

    ``start`` and ``end`` enclose the name alone, ``whole`` also the words that give office and country. ``gender`` is
    "f" or "m" where a title tells; ``is_officer`` whether a military rank stands before the name.
    """

    start: int
    end: int
    name: str
    whole: Span
    office: str | None = None
    organisation: str | None = None
    country: str | None = None
    current: bool = True
    gender: str | None = None
    is_officer: bool = False


def find_people(
    text: str, sentences: Sequence[Span], persons: Sequence[Span], names: Sequence[NameMatch]
) -> list[PersonMention]:
    """Return the people of a report in order, from the spans that the network takes for names of persons."""
    out = []
    for span in persons:
        sentence = next((s for s in sentences if s.start <= span.start < s.end), None)
        if sentence is not None and (mention := _person(text, sentence, span, names)):
            out.append(mention)
    return out


def _person(text: str, sentence: Span, span: Span, names: Sequence[NameMatch]) -> PersonMention | None:
    span = _cut(text, _past_initial(text, sentence, span), names)
    start, titles = _strip_titles(text, span)
    if start >= span.end:
        return None
    name = re.sub(r"\s+", " ", text[start : span.end]).strip(" ,.;:“”\"'’")
    stop = start + len(re.sub(r"[’']s?$", "", name))
    if not _is_name(name) or any(n.start <= start and stop <= n.end for n in names):
        return None
    left = _left_phrase(text, sentence.start, start)
    right_end, right_office, right_country = _right_phrase(text, sentence.end, span.end, names)
    office, country, organisation = _read_left(text, left, start, names)
    rank = _rank_before(text, left, start)
    if office is None:
        office = right_office or rank
    country = right_country or country
    words = {w.strip(".").casefold() for w in WORD.findall(text[left:start])} | titles
    return PersonMention(
        start=start,
        end=start + len(text[start : span.end].rstrip(" ,.;:“”\"'’")),
        name=name,
        whole=Span(left, right_end if right_office or right_country else span.end),
        office=office,
        organisation=organisation,
        country=country,
        current=not words & office_words().former,
        gender=gender_of(name, words),
        is_officer=bool(set(re.findall(r"\w+", (rank or "").casefold())) & office_words().officers),
    )


def _rank_before(text: str, left: int, start: int) -> str | None:
    """The short forms of ranks right before a name ("Lt. Gen."), unless they end an office ("Consul Gen.")."""
    begin = start
    for word in reversed(list(WORD.finditer(text, left, start))):
        key = word.group().rstrip(".").casefold().rsplit("-", 1)[-1]
        if key not in office_words().ranks or word.group()[0].islower():
            if key not in office_words().honorifics and begin < start and not text[word.end() : begin].strip(" \n"):
                in_office = key in office_words().heads | office_words().modifiers or re.fullmatch(
                    r"[A-Z][a-z]+\.", word.group()
                )
                begin = start if in_office else begin
            break
        begin = word.start()
    return re.sub(r"\s+", " ", text[begin:start]).strip() or None


def _past_initial(text: str, sentence: Span, span: Span) -> Span:
    """A span that ends in a middle initial goes on to the name after it: "Sofia L" of "Sofia L. Andrade"."""
    if re.search(r"\s[A-ZÀ-Þ]$", text[span.start : span.end]):
        rest = CUT_INITIAL.match(text, span.end, sentence.end)
        return Span(span.start, rest.end()) if rest else span
    return span


def _cut(text: str, span: Span, names: Sequence[NameMatch]) -> Span:
    """A span less an article, nationality or "'s" before the name and "of India" after it."""
    start, end = span.start, span.end
    start += len(re.match(r"(?:[’']s?\s+)?[\W_]*", text[start:end])[0])  # type: ignore[index]  # matches nothing, too
    while word := re.match(r"([^\W\d_]+)\s+(?=\S)", text[start:end]):
        first = word[1]
        if first.casefold() not in ARTICLES and (first[0].isupper() or first in PARTICLES):
            break
        start += word.end()
    leading = next((n for n in names if n.start == start and n.end < end and n.kind in ("country", "demonym")), None)
    if leading:
        start = leading.end + len(text[leading.end : end]) - len(text[leading.end : end].lstrip(" ’'s\n"))
    while (last := re.search(r"\s+([^\W\d_]+)$", text[start:end])) and last[1][0].islower():  # "Aino Lehto visited"
        end = start + last.start()
    tail = re.search(r"\s+of\s", text[start:end])
    if tail and any(n.start < end and n.end > start + tail.end() for n in names):
        end = start + tail.start()
    return Span(start, end) if start < end else span


def _is_name(name: str) -> bool:
    """Capitalised words that are not all words of offices: "Spokesperson" or "Pakistani delegation" is nobody's name."""
    table = office_words()
    words = [w for w in WORD.findall(name) if w[0].isupper() and w not in ("The", "A", "An", "His", "Her", "Their")]
    last = WORD.findall(name)[-1] if words else ""
    if PARTS_OF_THE_WORLD.fullmatch(name):
        return False
    ends_well = last.rpartition("-")[2][:1].isupper() and last.casefold() not in table.heads | PRONOUNS
    return ends_well and any(w.rstrip(".").casefold() not in table.heads | table.modifiers for w in words)


def _strip_titles(text: str, span: Span) -> tuple[int, set[str]]:
    """Where the name proper begins, past titles that the span took in."""
    table, start = office_words(), span.start
    titles: set[str] = set()
    for word in WORD.finditer(text, span.start, span.end):
        key = word.group().rstrip(".").casefold()
        more = re.search(r"[^\W_]", text[word.end() : span.end])
        known = key in table.honorifics or key in table.heads or key in table.modifiers
        if not more or not (known or (key in CONNECTORS and titles) or key == "of"):
            break
        titles.add(key)
        start = word.end() + more.start()
    return start, titles


def _left_phrase(text: str, floor: int, start: int) -> int:
    """Where the words that introduce a name begin: capitalised words, office words, what joins them."""
    table, begin = office_words(), start
    words = list(WORD.finditer(text, max(floor, start - 140), start))
    next_start = start
    only_titles = True
    for word in reversed(words):
        gap = text[word.end() : next_start]
        raw = word.group()
        key = re.sub(r"[’']s?$", "", raw).rstrip(".").casefold()
        # "its director, Mariam Toure, said"; "its minister, Dr. Mariam Toure, said"
        set_off = gap.strip() == "," and only_titles and (key in table.heads or key == COUNTERPART)
        retired = RETIRED.fullmatch(text, word.start() - 1, next_start)
        if retired:  # "Adm. (ret.) Luis Moyo"
            next_start = word.start() - 1
            continue
        if not (set_off or gap.strip() in ("", "-", "–")) or (
            raw.endswith(".") and key not in table.honorifics and len(key) > 3
        ):
            break
        parts = set(key.split("-"))
        known = key in table.heads or key in table.modifiers or key in table.honorifics or bool(parts & table.heads)
        known |= key == COUNTERPART
        if not (raw[0].isupper() or known or key in CONNECTORS):
            break
        if key == "and" and not _joins_offices(text, floor, word.start()):
            break
        next_start = word.start()
        only_titles = only_titles and key in table.honorifics
        if key not in CONNECTORS:
            begin = word.start()
    return begin


def _joins_offices(text: str, floor: int, end: int) -> bool:
    """Whether the word before an "and" is one of offices ("Water and Energy Minister") and not a name."""
    words = [w.group() for w in WORD.finditer(text, max(floor, end - 30), end)]
    key = re.sub(r"[’']s?$", "", words[-1]).casefold() if words else ""
    return key in office_words().modifiers or key in office_words().heads


def _read_left(
    text: str, left: int, start: int, names: Sequence[NameMatch]
) -> tuple[str | None, str | None, str | None]:
    """Office, country and organisation in the words before a name."""
    table = office_words()
    inside = [n for n in names if left <= n.start and n.end <= start]
    # "Libya Trump said" has lost a full stop, and "ISIS Truther" is no office of the group.
    owning = [n for n in inside if n.kind == "demonym" or _head_follows(text, n.end, start)]
    states = [n for n in owning if n.kind in ("country", "demonym", "capital")]
    country = states[-1].code if states else owning[-1].code if owning else None
    # An office begins after the state it belongs to: "Kenyan and Ethiopian Water Minister" is Ethiopia's.
    begin = max((n.end for n in states if _head_follows(text, n.end, start)), default=left)
    words = list(WORD.finditer(text, begin, start))
    keys = [re.sub(r"[’']s?$", "", w.group()).rstrip(".").casefold() for w in words]
    heads = [i for i, k in enumerate(keys) if k in table.heads or k.split("-")[-1] in table.heads]
    if not heads:
        return None, country, None
    first = last = heads[-1]
    while first > 0 and (keys[first - 1] in table.modifiers or words[first - 1].group()[0].isupper()
                         or (keys[first - 1] in ("and", "of", "for") and first > 1)):  # fmt: skip
        first -= 1
    while keys[first] in table.honorifics | CONNECTORS | ARTICLES | table.former and first < last:
        first += 1
    office = re.sub(r"\s+", " ", text[words[first].start() : words[last].end()])
    org = [n for n in inside if n.kind in ("organisation", "seat")]
    return office, country, org[-1].text if org else None


def _head_follows(text: str, begin: int, end: int) -> bool:
    """Whether a word that ends offices stands between two places."""
    keys = (re.sub(r"[’']s?$", "", w.group()).rstrip(".").casefold() for w in WORD.finditer(text, begin, end))
    return any(k in office_words().heads or k.split("-")[-1] in office_words().heads for k in keys)


RIGHT = re.compile(
    r"\s+of\s+(?:the\s+)?(?P<of>(?:Republic\s+of\s+)?[A-Z][\w.’'-]*(?:\s+(?:and\s+)?[A-Z][\w.’'-]*)*)"
    r"|\s*,\s*(?P<apposition>(?:the\s+|a\s+|an\s+)?[^,;:()—]{3,90}?)(?=[,;:()—]|\.(?:\s|$)|\s+(?:said|told|who|and)\b|$)"
)


def _right_phrase(text: str, ceiling: int, end: int, names: Sequence[NameMatch]) -> tuple[int, str | None, str | None]:
    """Office and country in the words after a name: "of Indonesia", ", the French envoy to Chad,"."""
    table = office_words()
    found = RIGHT.match(text, end, ceiling)
    if not found:
        return end, None, None
    group = "of" if found.group("of") else "apposition"
    start, stop = found.span(group)
    inside = [n for n in names if start <= n.start and n.end <= stop]
    if group == "of":
        match = next((n for n in inside if n.start <= start + 12), None)
        return (match.end, None, match.code) if match else (end, None, None)
    words = list(WORD.finditer(text, start, stop))
    keys = [re.sub(r"[’']s?$", "", w.group()).rstrip(".").casefold() for w in words]
    heads = [i for i, k in enumerate(keys) if k in table.heads]
    if not heads or heads[0] > 6:
        return end, None, None
    first = heads[0]
    while first > 0 and keys[first - 1] in table.modifiers:
        first -= 1
    stop = _before_verb(text, words[heads[0] :], stop)
    inside = [n for n in inside if n.end <= stop]
    before = [n for n in inside if n.end <= words[heads[0]].start()]
    after = [n for n in inside if re.match(r"[^,]{0,30}\bof\b", text[words[heads[0]].end() : n.start + 1])]
    near = before or after
    return stop, re.sub(r"\s+", " ", text[words[first].start() : stop].strip()), near[0].code if near else None


def _before_verb(text: str, words: Sequence[re.Match[str]], stop: int) -> int:
    """Where an office ends that no comma ends: "Minister for the Middle East" before "welcomes", which no name goes on to."""
    for before, word in pairwise(words):
        names = before.group()[0].isupper() and before is not words[0]
        if names and word.group()[0].islower() and word.group().casefold() not in CONNECTORS | ARTICLES | LINKS:
            return before.end()
    return stop


def holder_after(text: str, start: int, stop: int) -> Span | None:
    """The office in the words after the name of a state that nobody's name follows: "'s foreign minister"."""
    table = office_words()
    link = re.match(r"[’']s?\s+|\s+", text[start:stop])
    words = list(WORD.finditer(text, start + link.end(), min(stop, start + 70)))[:5] if link else []
    keys = [w.group().rstrip(".").casefold().replace("’", "'") for w in words]
    for i, key in enumerate(keys):
        is_pair = " ".join(keys[i : i + 2]) in table.heads and i + 1 < len(keys)  # "chargé d'affaires"
        last = words[i + 1] if is_pair else words[i]
        if is_pair or (key in table.heads and not set(keys[i + 1 : i + 2]) & (table.heads | table.modifiers)):
            named = re.match(r"\s+[A-ZÀ-Þ]", text[last.end() : stop])
            return None if named else Span(words[0].start(), last.end())
        if key not in table.modifiers:
            return None
    return None
