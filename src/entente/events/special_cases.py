"""The codebook's special cases as a table: what an event becomes, by its type, status and the words around it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import msgspec

from entente.events.detect import Draft
from entente.records import Status

__all__ = ["Becomes", "Example", "SpecialCase", "When", "decide", "special_cases"]

TABLE = Path(__file__).parent / "data/special_cases.toml"


class When(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of which events a case speaks; what is empty does not matter. Patterns are Python's, without regard to case."""

    event: tuple[str, ...] = ()
    status: tuple[Status, ...] = ()
    trigger: str = ""
    before: str = ""
    after: str = ""
    unless_before: str = ""
    no_recipient: bool = False


class Becomes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What such an event becomes; None leaves a field as it is."""

    event: str | None = None
    status: Status | None = None
    mode: tuple[str, ...] | None = None


class Example(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sentence with its trigger in brackets, as which event it comes in, and what all cases together make of it."""

    text: str
    event: str
    status: Status = "actual"
    gives: str | None = None
    gives_status: Status | None = None


class SpecialCase(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One special case, with where it comes from."""

    name: str
    source: str
    when: When
    then: Becomes
    examples: tuple[Example, ...]

    def speaks_of(self, draft: Draft, trigger: str, before: str, after: str) -> bool:
        """Whether the case speaks of an event with these words as its trigger, before and after it."""
        when = self.when
        if (when.event and draft.event not in when.event) or (when.status and draft.status not in when.status):
            return False
        if when.no_recipient and any(role.label == "recipient" for role in draft.roles):
            return False
        if when.unless_before and _found(when.unless_before, before):
            return False
        patterns = ((when.trigger, trigger), (when.before, before), (when.after, after))
        return all(_found(pattern, words) for pattern, words in patterns if pattern)


@cache
def special_cases() -> tuple[SpecialCase, ...]:
    """The cases of ``data/special_cases.toml`` in the order in which they are applied."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return msgspec.convert(table["case"], tuple[SpecialCase, ...])


def decide(draft: Draft, trigger: str, before: str, after: str) -> Draft:
    """Return the draft as the special cases want it, each applied to what those before it made."""
    for case in special_cases():
        if case.speaks_of(draft, trigger, before, after):
            changes = {name: getattr(case.then, name) for name in ("event", "status", "mode")}
            draft = msgspec.structs.replace(draft, **{k: v for k, v in changes.items() if v is not None})
    return draft


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


def _found(pattern: str, words: str) -> bool:
    return _pattern(pattern).search(words) is not None
