"""Everything one report says about who is who, gathered before its parties are resolved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

import msgspec

from entente.gazetteer.countries import NameMatch, find_names
from entente.mentions.coreference import Referent
from entente.mentions.offices import PersonMention, find_people, holder_after
from entente.records import Person, Prepared, Span
from entente.resolution.actor_names import BODIES
from entente.resolution.actors import resolve_actor
from entente.resolution.dates import document_day_first
from entente.resolution.people import join_people
from entente.resolution.sectors import sector_of

__all__ = ["Scene", "build_scene"]


# A title that names its author: "Statement by Press Secretary X on …", "Readout of President X's call with …".
AUTHOR = re.compile(
    r"(?:joint\s+)?(?:press\s+)?(?:statement|remarks|readout|message|letter|communiqu[ée]|read-out)s?\s+(?:by|from|of)\s+"
    r"(?:the\s+)?(?P<who>.+?)(?=[’']s\s|\s+(?:on|to|with|at|in|after|before|regarding|following|marking|for)\s|$)",
    re.I,
)


BEFORE_SUBJECT = re.compile(
    r"(?:^|[,;:“”\"—]|\b(?:and|but|that|while|as|when|where|because|after|before|if|says?|said))\s+(?:the\s+)?$", re.I
)
AFTER_SUBJECT = re.compile(
    r"\s+(?:has|have|had|is|are|was|were|will|would|can|could|may|might|should|must|did|does|(?:\w+ly\s+)?[a-z]+(?:s|ed))\b"
)


FIRST_PERSON = re.compile(r"(?<![\w’'-])(?:we|our|us|I|my)(?![\w-])")
AWAY = re.compile(r"\b(?:with|to|against|in|of|from|on|for|by|at|about|toward|towards|between)\s+(?:the\s+)?$", re.I)


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """A report with its names, people and what back-references can point to.

    ``home`` is the code of the state from which the report is written, where that can be told; ``countries`` the codes
    by how often they are named; ``day_first`` whether 3/4 is in April or in March here; ``holders`` who is told by state
    and office alone, and may speak later as "he" or "she".
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
    holders: tuple[Referent, ...] = ()

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
    people, by_mention = join_people(prepared, mentions, home)
    scene = Scene(
        prepared=prepared, names=names, mentions=mentions, people=people, by_mention=by_mention, referents=(),
        countries=countries, home=home, day_first=document_day_first(text),
    )  # fmt: skip
    holders = tuple(holder for n in names if (holder := _nameless_holder(scene, n)))
    return msgspec.structs.replace(scene, referents=tuple(_referents(scene)), holders=holders)


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
    return _of_first_person(report.text, names, countries)


def _of_first_person(text: str, names: Sequence[NameMatch], countries: Sequence[str]) -> str | None:
    """The state that a text in the first person most often names as its own; else the state named most.

    "The United States stands with you; we will …": what acts beside "we", not what "with", "to" or "against" stands before.
    """
    states = [c for c in countries if c not in BODIES]
    own: Counter[str] = Counter()
    for found in FIRST_PERSON.finditer(text):
        begin, end = text.rfind(".", 0, found.start()) + 1, text.find(".", found.end())
        end = end if end >= 0 else len(text)
        near = [n for n in names if begin <= n.start < end and n.kind in ("country", "seat") and n.code in states]
        own.update({n.code for n in near if not AWAY.search(text, max(begin, n.start - 14), n.start)})
    return max(states, key=lambda c: (own[c], -states.index(c)), default=None)


def _nameless_holder(scene: Scene, n: NameMatch) -> Referent | None:
    """Who is told by state and office alone ("Lithuania's chargé d'affaires"): "she" may be that person later."""
    office = (
        holder_after(scene.text, n.end, scene.sentence_of(n.start).end) if n.kind in ("country", "demonym") else None
    )
    if office is None:
        return None
    words = " ".join(scene.text[office.start : office.end].split())
    return Referent(
        start=office.start, end=office.end, sentence=scene.sentence_at(n.start), subject=False, kind="person",
        country=n.code, sectors=sector_of(words) or ("GOV",), office=words, text=f"{n.text} {words}",
    )  # fmt: skip


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
        leads = r.sentence not in seen or _leads_clause(scene.text, r)
        seen.add(r.sentence)
        out[i] = msgspec.structs.replace(r, subject=leads, gender=r.gender or genders.get(r.name))
    return out


def _leads_clause(text: str, r: Referent) -> bool:
    """Whether a verb follows a name and a conjunction, a comma or another verb of saying stands before it."""
    before, after = text[max(0, r.start - 24) : r.start], text[r.end : r.end + 20]
    return bool(BEFORE_SUBJECT.search(before) and AFTER_SUBJECT.match(after))
