"""Everything one report says about who is who, gathered before its parties are resolved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

import msgspec

from entente.gazetteer.countries import NameMatch, find_names
from entente.mentions.coreference import Referent
from entente.mentions.offices import PersonMention, find_people
from entente.records import Evidence, Person, Prepared, Span
from entente.resolution.actors import ActorContext, resolve_actor
from entente.resolution.dates import document_day_first
from entente.resolution.sectors import sector_of

__all__ = ["Scene", "build_scene", "person_for"]


# A title that names its author: "Statement by Press Secretary X on …", "Readout of President X's call with …".
AUTHOR = re.compile(
    r"(?:joint\s+)?(?:press\s+)?(?:statement|remarks|readout|message|letter|communiqu[ée]|read-out)s?\s+(?:by|from|of)\s+"
    r"(?:the\s+)?(?P<who>.+?)(?=[’']s\s|\s+(?:on|to|with|at|in|after|before|regarding|following|marking|for)\s|$)",
    re.I,
)


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """A report with its names, people and what back-references can point to.

    ``home`` is the code of the state from which the report is written, where that can be told; ``countries`` the codes
    by how often they are named; ``day_first`` whether 3/4 is in April or in March here.
    """

    prepared: Prepared
    names: tuple[NameMatch, ...]
    mentions: tuple[PersonMention, ...]
    people: tuple[Person, ...]
    by_mention: tuple[int, ...]
    referents: tuple[Referent, ...]
    countries: tuple[str, ...]
    home: str | None
    day_first: bool | None = None

    @property
    def text(self) -> str:
        """The report's text."""
        return self.prepared.report.text

    @property
    def published(self) -> str | None:
        """The report's date, without its time."""
        published = self.prepared.report.published
        return published[:10] if published else None

    def sentence_of(self, offset: int) -> Span:
        """The sentence that holds an offset."""
        return self.prepared.sentences[self.sentence_at(offset)]

    def sentence_at(self, offset: int) -> int:
        """Number of the sentence that holds an offset, or of the last one before it."""
        found = [i for i, s in enumerate(self.prepared.sentences) if s.start <= offset]
        return found[-1] if found else 0


def build_scene(prepared: Prepared, persons: Sequence[Span]) -> Scene:
    """Gather names, people and referents of a report; ``persons`` are the spans taken for names of persons."""
    text, sentences = prepared.report.text, prepared.sentences
    found = find_names(text)
    names = tuple(n for n in found if any(s.start <= n.start and n.end <= s.end for s in sentences))
    counts = Counter(n.code for n in names)
    countries = tuple(c for c, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    named = find_people(text, sentences, persons, names)
    mentions = tuple(sorted([*named, *_surnames(text, sentences, named, names)], key=lambda m: m.start))
    home = _home(prepared, names, mentions, countries)
    people, by_mention = _people(prepared, mentions, home)
    scene = Scene(
        prepared=prepared, names=names, mentions=mentions, people=people, by_mention=by_mention, referents=(),
        countries=countries, home=home, day_first=document_day_first(text),
    )  # fmt: skip
    return msgspec.structs.replace(scene, referents=tuple(_referents(scene)))


def _surnames(
    text: str, sentences: Sequence[Span], mentions: Sequence[PersonMention], names: Sequence[NameMatch]
) -> list[PersonMention]:
    """Later places where a person with a fuller name is called by the last word of it alone."""
    taken = [(m.whole.start, m.whole.end) for m in mentions] + [(n.start, n.end) for n in names]
    first: dict[str, int] = {}
    for m in mentions:
        words = m.name.split()
        if len(words) > 1 and len(words[-1]) > 2 and words[-1][0].isupper():
            first.setdefault(words[-1], m.start)
    out = []
    for surname, start in sorted(first.items()):
        for found in re.finditer(rf"(?<![\w-]){re.escape(surname)}(?![\w-])", text[start:]):
            a, b = start + found.start(), start + found.end()
            inside = any(s.start <= a < s.end for s in sentences)
            if inside and not any(x < b and y > a for x, y in taken):
                out.append(PersonMention(start=a, end=b, name=surname, whole=Span(a, b)))
    return out


def _home(
    prepared: Prepared, names: Sequence[NameMatch], mentions: Sequence[PersonMention], countries: Sequence[str]
) -> str | None:
    """The state from which a report is written.

    That of the publisher or the address's host; else of the author in the title ("Statement by …"), of the seats of
    government that it names, of the officers whose state it takes for known ("President Obama"), of the dateline; else
    the one named most.
    """
    report = prepared.report
    host = re.sub(r"[._-]", " ", urlsplit(report.url or "").hostname or "")
    for hint in (report.publisher, host):
        if hint:
            codes = [n.code for n in find_names(hint) if n.kind in ("country", "seat", "demonym")]
            if codes:
                return codes[0]
            if re.search(r"whitehouse|state gov|defense gov", hint):
                return "USA"
    on = (report.published or "")[:10] or None
    by = AUTHOR.match(report.title or "")
    author = resolve_actor(by["who"], on=on).country if by else None
    if author:
        return author
    seats = [n.code for n in names if n.kind == "seat"]
    if seats:
        return Counter(seats).most_common(1)[0][0]
    bare = [report.text[m.whole.start : m.whole.end] for m in mentions if m.office and not m.country]
    known = [c for phrase in bare if (c := resolve_actor(phrase, on=on).country)]
    if known:
        return Counter(known).most_common(1)[0][0]
    if prepared.place:
        codes = [n.code for n in find_names(report.text[prepared.place.start : prepared.place.end].title())]
        if codes:
            return codes[0]
    return countries[0] if countries else None


def _people(
    prepared: Prepared, mentions: Sequence[PersonMention], home: str | None
) -> tuple[tuple[Person, ...], tuple[int, ...]]:
    """Join the mentions of each person; the fullest name and office stand for all."""
    text, on = prepared.report.text, (prepared.report.published or "")[:10] or None
    people: list[Person] = []
    by_mention: list[int] = []
    for m in mentions:
        at = person_for(m.name, people)
        if at is None:
            people.append(_person(text, m, on, home, len(people) + 1))
            at = len(people) - 1
        elif _fuller(m, people[at]):
            people[at] = _widened(text, people[at], m)
        by_mention.append(at)
    return tuple(people), tuple(by_mention)


def person_for(name: str, people: Sequence[Person]) -> int | None:
    """Index of the latest person whose name holds all words of a name, or the reverse; None where nobody's does."""
    words = _name_words(name)
    for i in range(len(people) - 1, -1, -1):
        known = _name_words(people[i].name)
        if words and (words <= known or known <= words):
            return i
    return None


def _name_words(name: str) -> set[str]:
    return {w.casefold() for w in re.findall(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", re.sub(r"[’']s$", "", name))}


def _fuller(m: PersonMention, person: Person) -> bool:
    return len(m.name) > len(person.name) or bool(m.office and not person.office) or (
        m.country is not None and person.inferred)  # fmt: skip


def _person(text: str, m: PersonMention, on: str | None, home: str | None, number: int) -> Person:
    phrase = text[m.whole.start : m.whole.end]
    country, inferred, office = m.country, False, m.office
    sectors: tuple[str, ...] = sector_of(office) if office else ()
    if country is None or not sectors:
        found = resolve_actor(phrase, on=on, context=ActorContext(sentence=phrase, start=0, end=len(phrase)))
        if country is None and found.country:
            country, inferred = found.country, found.resolved_by != "name"
        sectors = sectors or found.sectors
        office = office or found.office
    if country is None and office is not None and home is not None:
        country, inferred = home, True
    return Person(
        id=f"p{number}", name=m.name, office=office, organisation=m.organisation, country=country, sectors=sectors,
        current=m.current, inferred=inferred, evidence=Evidence.of(text, m.whole.start, m.whole.end),
    )  # fmt: skip


def _widened(text: str, person: Person, m: PersonMention) -> Person:
    """A person with what a later, fuller mention adds."""
    stated = m.country is not None and person.inferred
    return msgspec.structs.replace(
        person,
        name=max(person.name, m.name, key=len),
        office=person.office
        if person.office and not (m.office and len(m.name) > len(person.name))
        else m.office or person.office,
        country=m.country if stated else person.country or m.country,
        inferred=person.inferred and not stated,
        sectors=person.sectors or (sector_of(m.office) if m.office else ()),
        evidence=Evidence.of(text, m.whole.start, m.whole.end) if m.office else person.evidence,
    )


def _referents(scene: Scene) -> list[Referent]:
    """All that back-references can point to, in order; names inside a person's words are part of the person."""
    out: list[Referent] = []
    for m, at in zip(scene.mentions, scene.by_mention, strict=True):
        p = scene.people[at]
        out.append(
            Referent(
                start=m.start,
                end=m.end,
                sentence=scene.sentence_at(m.start),
                subject=False,
                kind="person",
                country=p.country,
                sectors=p.sectors,
                name=p.name,
                office=p.office,
                gender=m.gender,
                text=m.name,
            )
        )
    covered = [(m.whole.start, m.whole.end) for m in scene.mentions]
    for n in scene.names:
        if n.kind == "region" or any(a <= n.start and n.end <= b for a, b in covered):
            continue
        body = n.kind in ("organisation", "group")
        out.append(
            Referent(
                start=n.start,
                end=n.end,
                sentence=scene.sentence_at(n.start),
                subject=False,
                kind="organisation" if body else "state",
                country=n.code,
                text=n.text,
            )
        )
    out.sort(key=lambda r: r.start)
    seen: set[int] = set()
    genders = {r.name: r.gender for r in out if r.gender}
    for i, r in enumerate(out):
        first = r.sentence not in seen
        seen.add(r.sentence)
        out[i] = msgspec.structs.replace(r, subject=first, gender=r.gender or genders.get(r.name))
    return out
