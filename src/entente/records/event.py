"""What a coder takes from one report: who did what to whom, who said what, who promised what."""

from __future__ import annotations

from typing import Literal

import msgspec

from entente.records.report import Evidence, Report, Sentence

__all__ = [
    "SCHEMA",
    "Claim",
    "Coding",
    "Commitment",
    "CommitmentChange",
    "DatePrecision",
    "Event",
    "EventDate",
    "Mention",
    "MentionKind",
    "Party",
    "Person",
    "Place",
    "Statement",
    "Status",
]

SCHEMA = "entente/1"

Status = Literal["actual", "future", "hypothetical", "negated", "historical"]
DatePrecision = Literal["day", "week", "month", "year", "recent", "unknown"]
MentionKind = Literal[
    "person", "office", "government", "organisation", "group", "country", "place", "product", "quantity", "date"
]


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """Words that name somebody or something, and what they were taken to mean.

    ``entity`` is the resolved name (for a date its ISO value); ``value`` with ``unit`` or ``currency`` (ISO 4217) is a
    quantity's; ``precision`` a date's.
    """

    id: str
    kind: MentionKind
    text: str
    start: int
    end: int
    entity: str | None = None
    country: str | None = None
    value: float | None = None
    unit: str | None = None
    currency: str | None = None
    precision: DatePrecision | None = None
    resolved_by: str = "text"
    probability: float = 1.0


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """An actor, recipient or speaker: the words that name it and the entity they were resolved to.

    ``country`` is ISO 3166 alpha-3 or PLOVER's UNO EUR IGO NGO ISM IMG MNC KOS; ``sectors`` PLOVER's codes, most
    specific first. ``text`` is None, with no offsets, where the sentence implies a party that no words name.
    """

    text: str | None
    start: int | None
    end: int | None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    name: str | None = None
    office: str | None = None
    resolved_by: str = "text"
    probability: float = 1.0


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where an event took place; coordinates in degrees (WGS 84), ``geonames_id`` of GeoNames."""

    name: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: int | None = None
    start: int | None = None
    end: int | None = None


class EventDate(msgspec.Struct, frozen=True, kw_only=True):
    """When an event took place, as precisely as the report says.

    ``value`` and ``end`` are ISO 8601 (``2023``, ``2023-02``, ``2023-02-22``); ``text`` with ``start`` and ``end_char``
    are the words that say it, None where the report's own date stands in.
    """

    value: str | None
    end: str | None = None
    precision: DatePrecision = "unknown"
    text: str | None = None
    start: int | None = None
    end_char: int | None = None


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One telling of one act, coded by the PLOVER manual and tied to the words that say so."""

    id: str
    event: str
    mode: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    status: Status = "actual"
    quad_class: str
    score: float
    probability: float
    actor: tuple[Party, ...] = ()
    recipient: tuple[Party, ...] = ()
    place: Place | None = None
    date: EventDate | None = None
    evidence: Evidence
    trigger: Evidence
    speaker: Party | None = None
    coder: str
    model: str


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody with the office that the report gives: a dated fact.

    ``current`` is False for a former holder; ``inferred`` True where the country or office is not in the words.
    """

    id: str
    name: str
    office: str | None = None
    organisation: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    current: bool = True
    inferred: bool = False
    evidence: Evidence


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody is reported to have said; ``about`` are country codes, ``topics`` PLOVER contexts."""

    id: str
    speaker: Party | None
    kind: Literal["quoted", "indirect"]
    cue: Evidence | None
    content: Evidence
    evidence: Evidence
    about: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


class CommitmentChange(msgspec.Struct, frozen=True, kw_only=True):
    """A later event that changes what became of a commitment."""

    status: Literal["open", "kept", "broken", "superseded", "unknown"]
    event: str | None
    date: str | None
    evidence: Evidence


class Commitment(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody undertakes, is asked to do, or is reminded of having undertaken."""

    id: str
    kind: Literal["undertaken", "asked", "reminded"]
    who: tuple[Party, ...]
    towards: tuple[Party, ...]
    what: str
    amount: str | None = None
    due: str | None = None
    condition: str | None = None
    status: Literal["open", "kept", "broken", "superseded", "unknown"] = "open"
    history: tuple[CommitmentChange, ...] = ()
    evidence: Evidence


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A checkable claim about trade, with what the figures say of it."""

    id: str
    kind: Literal["rank", "level", "change", "balance", "share"]
    speaker: Party | None
    reporter: str | None
    partner: str | None
    period: str | None
    evidence: Evidence
    verdict: Literal["supported", "contradicted", "cannot tell"] = "cannot tell"
    figures: tuple[str, ...] = ()
    explanation: str = ""


class Coding(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a coder took from one report: the record in the machine format ``entente/1``."""

    schema: str = SCHEMA
    report: Report
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    events: tuple[Event, ...] = ()
    people: tuple[Person, ...] = ()
    statements: tuple[Statement, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    claims: tuple[Claim, ...] = ()
    warnings: tuple[str, ...] = ()
