"""What is known around an actor's words, and what is found out about them."""

from __future__ import annotations

import msgspec

from entente.records import Person

__all__ = ["ActorContext", "ResolvedActor"]


class ActorContext(msgspec.Struct, frozen=True, kw_only=True):
    """What is known around a phrase: its sentence and place there, the report's countries and people.

    ``report_countries`` are codes by how often the report names them; ``people`` the offices found in it;
    ``place_country`` is where the act takes place.
    """

    sentence: str = ""
    start: int = 0
    end: int = 0
    report_countries: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    place_country: str | None = None


class ResolvedActor(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a phrase means.

    ``country`` None is unresolved; ``resolved_by`` says what told: name, demonym, capital, seat, organisation, place,
    report (a person of the same report), leader or register (of office holders), kind, setting, unresolved.
    ``alternatives`` are codes that it could also have.
    """

    country: str | None
    sectors: tuple[str, ...] = ()
    name: str | None = None
    office: str | None = None
    resolved_by: str
    probability: float
    explanation: str
    alternatives: tuple[str, ...] = ()
