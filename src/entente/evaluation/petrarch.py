"""PETRARCH's own test records: sentences with CAMEO codings of who did what to whom.

Two things about them decide how they are scored. The validation records are real sentences. The unit records speak of
invented countries (Arnor, Gondor) that no gazetteer holds: such a code stands for any party one of whose words begins
with its three letters. Their event codes are those of the older WEIS, of which only the two leading digits are read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import msgspec

from entente.coders.protocol import Coder
from entente.evaluation.coding import Text, code_texts, countries_of
from entente.evaluation.scores import ShareScore, share_right
from entente.evaluation.tables import read_jsonl
from entente.gazetteer.countries import country_code
from entente.ontology.crosswalk import from_cameo
from entente.records import Coding, Event

__all__ = ["Expected", "PetrarchCase", "PetrarchScores", "is_right", "predict", "read_petrarch", "score"]

MOST_PARTIES = 3
# WEIS's categories (McClelland 1976) and the PLOVER types that hold their acts; 02 (comment) has none.
WEIS = {
    "01": "CONCEDE RETREAT", "03": "CONSULT", "04": "SUPPORT", "05": "AGREE", "06": "CONCEDE SUPPORT AGREE RETREAT",
    "07": "AID COOPERATE", "08": "AGREE SUPPORT COOPERATE", "09": "REQUEST", "10": "AGREE REQUEST", "11": "REJECT",
    "12": "ACCUSE", "13": "ACCUSE", "14": "REJECT", "15": "REQUEST", "16": "THREATEN", "17": "THREATEN",
    "18": "MOBILIZE PROTEST", "19": "SANCTION REJECT", "20": "SANCTION COERCE", "21": "COERCE", "22": "ASSAULT",
}  # fmt: skip
HIGHEST_CAMEO = 20


class Expected(msgspec.Struct, frozen=True):
    """An expected coding: the types that count as right, and the codes of both parties."""

    types: frozenset[str]
    parties: frozenset[str]


class PetrarchCase(msgspec.Struct, frozen=True):
    """A text with its expected codings; ``silent`` where none at all is expected.

    ``left_out`` counts codings that cannot be scored: their event code has no PLOVER type, or a party has no code.
    """

    id: str
    text: str
    published: str | None
    expected: tuple[Expected, ...]
    silent: bool
    left_out: int


class PetrarchScores(msgspec.Struct, frozen=True, kw_only=True):
    """Codings found, texts rightly left without events, and events a text."""

    right: ShareScore
    silent: ShareScore | None
    left_out: int
    events_per_record: float


def read_petrarch(path: Path) -> list[PetrarchCase]:
    """Return the cases of a file of records; a file with codes above CAMEO's highest is read as WEIS.

    Raises
    ------
    InputError
        The file cannot be read or a record is damaged.
    """
    rows = read_jsonl(path, ("id", "text", "events"))
    codes = [str(e.get("eventcode", "")) for row in rows for e in cast("list[Mapping[str, object]]", row["events"])]
    weis = any(c[:2].isdigit() and int(c[:2]) > HIGHEST_CAMEO for c in codes)
    return [_case(row, weis=weis) for row in rows]


def _case(row: Mapping[str, object], *, weis: bool) -> PetrarchCase:
    events = cast("list[Mapping[str, object]]", row["events"])
    coded = [e for e in events if e.get("eventcode")]
    expected = [x for e in coded if (x := _expected(e, weis=weis)) is not None]
    date = str(row.get("date") or "")
    published = f"{date[:4]}-{date[4:6]}-{date[6:8]}" if re.fullmatch(r"\d{8}", date) else date or None
    silent = any(e.get("noevents") for e in events)
    return PetrarchCase(
        str(row["id"]), str(row["text"]), published, tuple(expected), silent, len(coded) - len(expected)
    )  # fmt: skip


def _expected(event: Mapping[str, object], *, weis: bool) -> Expected | None:
    """One coding, None where it cannot be scored."""
    code = str(event["eventcode"])
    if weis:
        types = frozenset(WEIS.get(code[:2], "").split())
    else:
        crossing = from_cameo(code)
        types = frozenset({crossing.event} if crossing else ())
    parties = [_party(str(event.get(side) or "")) for side in ("sourcecode", "targetcode")]
    if not types or None in parties:
        return None
    return Expected(types, countries_of(parties))


def _party(code: str) -> str | None:
    """The country or organisation of a party's code: its first three letters, or the next where these say IGO."""
    if code.startswith("IGO"):
        return code[3:6] if code[3:6] in ("UNO", "EUR") else "IGO"
    return code[:3] if re.match(r"[A-Z]{3}", code) else None


def is_right(expected: Expected, events: Sequence[Event]) -> bool:
    """Whether some event has the coding's type and both its parties, and at most three in all."""
    return any(e.event in expected.types and _has_parties(expected.parties, e) for e in events)


def _has_parties(wanted: frozenset[str], event: Event) -> bool:
    parties = [*event.actor, *event.recipient]
    codes = {p.country or p.text for p in parties}
    words = {w[:3].upper() for p in parties for w in re.findall(r"\w+", p.text or "")}
    known = countries_of([p.country for p in parties])
    return len(codes) <= MOST_PARTIES and all(c in known or (country_code(c) is None and c in words) for c in wanted)


def predict(coder: Coder, cases: Sequence[PetrarchCase]) -> list[Coding]:
    """Return the record of each text."""
    return code_texts(coder, [Text(c.id, c.text, c.published) for c in cases])


def score(cases: Sequence[PetrarchCase], codings: Sequence[Coding], *, samples: int = 2000) -> PetrarchScores:
    """Score every expected coding, and every text for which none is expected."""
    both = list(zip(cases, codings, strict=True))
    right = [is_right(x, coding.events) for case, coding in both for x in case.expected]
    silent = [not coding.events for case, coding in both if case.silent]
    return PetrarchScores(
        right=share_right(right, samples=samples),
        silent=share_right(silent, samples=samples) if silent else None,
        left_out=sum(c.left_out for c in cases),
        events_per_record=sum(len(c.events) for c in codings) / max(1, len(codings)),
    )
