"""What a coder is: prepared reports in, records out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import msgspec

from entente.records import Coding, Prepared, Span

__all__ = ["Coder", "MarkedPair", "PairCoder"]


class Coder(Protocol):
    """A pure function over reports: the same report, codebook and model give the same record.

    ``name`` and ``model`` say, with their versions, which coder and which weights made an event.
    """

    @property
    def name(self) -> str:
        """The coder and its version, such as ``builtin/1``."""
        ...

    @property
    def model(self) -> str:
        """The weights and their version, such as ``entente-small/1``."""
        ...

    def code_many(self, prepared: Iterable[Prepared]) -> Iterator[Coding]:
        """Yield one record for each report, in order; a report that is not codable gives an empty record."""
        ...


class MarkedPair(msgspec.Struct, frozen=True):
    """A sentence with the spans of two parties in it, whose relation is asked for."""

    sentence: str
    source: Span
    target: Span


class PairCoder(Protocol):
    """A coder that can also say what one given party does to another in a sentence."""

    def classify_pairs(self, pairs: Sequence[MarkedPair]) -> list[dict[str, float]]:
        """Return for each pair the probability of each PLOVER event type (they sum to 1)."""
        ...
