"""PLOVER's gold standard records: sentences of the CAMEO manual with one coded event each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from entente.coders.protocol import Coder
from entente.evaluation.coding import Text, code_texts, countries_of, events_of
from entente.evaluation.documents import AnnotatedEvent, codes_of
from entente.evaluation.scores import ShareScore, share_right
from entente.evaluation.tables import read_jsonl
from entente.records import Coding

__all__ = ["GsrCase", "GsrScores", "is_right", "predict", "read_gsr", "score"]

# The records know one code for every organisation of states, also the two that PLOVER has since set apart.
ORGANISATIONS = frozenset({"UNO", "EUR", "IGO"})
MOST_OTHERS = 1


class GsrCase(msgspec.Struct, frozen=True):
    """A sentence, the type of its event by the present manual, and the codes of all its parties."""

    id: str
    text: str
    published: str | None
    event: str
    countries: frozenset[str]


class GsrScores(msgspec.Struct, frozen=True, kw_only=True):
    """Records that are right, those with the right type at least, and how many events a record was given."""

    right: ShareScore
    type_right: ShareScore
    events_per_record: float
    by_type: dict[str, ShareScore]


def read_gsr(path: Path) -> list[GsrCase]:
    """Return the cases of a file of records, one JSON object a line.

    ``event_2022`` is the type, ``event`` stands in where it is missing; parties are lists, one object, or an empty
    string.

    Raises
    ------
    InputError
        The file cannot be read or a record is damaged.
    """
    return [_case(row) for row in read_jsonl(path, ("id", "text"))]


def _case(row: Mapping[str, object]) -> GsrCase:
    codes = [code for side in ("source", "target", "actor", "recipient") for code in codes_of(_parties(row.get(side)))]
    event = row.get("event_2022") or row.get("event")
    date = str(row["date"]) if row.get("date") else None
    return GsrCase(str(row["id"]), str(row["text"]), date, str(event), _folded(countries_of([c[:3] for c in codes])))


def _parties(side: object) -> list[object]:
    return side if isinstance(side, list) else [side] if isinstance(side, dict) else []


def _folded(codes: frozenset[str]) -> frozenset[str]:
    return frozenset("IGO" if c in ORGANISATIONS else c for c in codes)


def is_right(case: GsrCase, events: Sequence[AnnotatedEvent]) -> bool:
    """Whether some event has the record's type, all its countries and at most one other."""
    return any(
        e.readings[0].event == case.event
        and case.countries <= (codes := _folded(e.readings[0].actor | e.readings[0].recipient))
        and len(codes - case.countries) <= MOST_OTHERS
        for e in events
    )


def predict(coder: Coder, cases: Sequence[GsrCase]) -> list[Coding]:
    """Return the record of each sentence."""
    return code_texts(coder, [Text(c.id, c.text, c.published) for c in cases])


def score(cases: Sequence[GsrCase], codings: Sequence[Coding], *, samples: int = 2000) -> GsrScores:
    """Score the records of all sentences."""
    events = [events_of(c) for c in codings]
    right = [is_right(case, found) for case, found in zip(cases, events, strict=True)]
    typed = [any(e.readings[0].event == c.event for e in found) for c, found in zip(cases, events, strict=True)]
    by_type = {
        kind: share_right([r for c, r in zip(cases, right, strict=True) if c.event == kind], samples=samples)
        for kind in sorted({c.event for c in cases})
    }
    return GsrScores(
        right=share_right(right, samples=samples), type_right=share_right(typed, samples=samples),
        events_per_record=sum(map(len, events)) / max(1, len(events)), by_type=by_type,
    )  # fmt: skip
