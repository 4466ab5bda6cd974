"""Short texts through the whole path, for test sets that give one sentence or a few."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from entente.coders.protocol import Coder
from entente.evaluation.documents import AnnotatedEvent, as_event
from entente.records import Coding, Incoming
from entente.reports.prepare import prepare

__all__ = ["Text", "code_texts", "countries_of", "events_of"]

# Codes of older sets that ISO 3166 or PLOVER write otherwise.
OLD_CODES = {
    "JAP": "JPN", "ROM": "ROU", "TMP": "TLS", "ZAR": "COD", "YUG": "SRB", "SCG": "SRB", "BUR": "MMR", "KSV": "KOS",
    "XKX": "KOS", "PAL": "PSE", "GER": "DEU",
}  # fmt: skip


class Text(msgspec.Struct, frozen=True):
    """A text to be coded, with its id and day."""

    id: str
    text: str
    published: str | None = None


def code_texts(coder: Coder, texts: Iterable[Text]) -> list[Coding]:
    """Return the record of each text, in order, by the same path as a report's."""
    incoming = (Incoming(text=t.text, origin=t.id, source_id=t.id, published=t.published) for t in texts)
    return list(coder.code_many(prepare(i) for i in incoming))


def events_of(coding: Coding) -> list[AnnotatedEvent]:
    """The events of a record, as the evaluation compares them."""
    return [as_event(msgspec.to_builtins(e)) for e in coding.events]


def countries_of(codes: Sequence[str | None]) -> frozenset[str]:
    """Return codes as PLOVER writes them today."""
    return frozenset(OLD_CODES.get(c, c) for c in codes if c)
