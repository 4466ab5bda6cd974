"""The baselines that every score stands beside: the most frequent class, and a dictionary of phrases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from entente.coders.protocol import MarkedPair
from entente.gazetteer.countries import find_names
from entente.ontology.codebook import load_codebook
from entente.records import Coding, Event, Evidence, Party, Prepared

__all__ = ["MostFrequent"]


class MostFrequent:
    """Codes every sentence with two countries as the most frequent type, between the first two that it names.

    ``event`` is that type, taken from data that the evaluation does not score.
    """

    def __init__(self, event: str) -> None:
        self._event = event

    @classmethod
    def of(cls, events: Iterable[str]) -> MostFrequent:
        """The baseline for the most frequent of these types."""
        return cls(Counter(events).most_common(1)[0][0])

    @property
    def name(self) -> str:
        """The coder and its version."""
        return "most-frequent/1"

    @property
    def model(self) -> str:
        """The type that it always says."""
        return self._event

    def classify_pairs(self, pairs: Sequence[MarkedPair]) -> list[dict[str, float]]:
        """Return certainty of the one type for each pair."""
        return [{kind: float(kind == self._event) for kind in load_codebook().types} for _ in pairs]

    def code_many(self, prepared: Iterable[Prepared]) -> Iterator[Coding]:
        """Yield one record for each report, in order."""
        for report in prepared:
            yield Coding(report=report.report, sentences=report.sentences, events=tuple(self._events(report)))

    def _events(self, prepared: Prepared) -> Iterator[Event]:
        text, book = prepared.report.text, load_codebook()
        names = find_names(text)
        for number, sentence in enumerate(prepared.sentences):
            inside = [n for n in names if sentence.start <= n.start and n.end <= sentence.end and n.kind != "region"]
            first = {n.code: n for n in reversed(inside)}
            pair = sorted(first.values(), key=lambda n: n.start)[:2]
            if len(pair) < 2:
                continue
            actor, recipient = (Party(text=n.text, start=n.start, end=n.end, country=n.code) for n in pair)
            yield Event(
                id=f"e{number}",
                event=self._event,
                quad_class=book.quad_class(self._event),
                score=book.score(self._event),
                probability=1.0,
                actor=(actor,),
                recipient=(recipient,),
                evidence=Evidence.of(text, sentence.start, sentence.end),
                trigger=Evidence.of(text, sentence.start, sentence.end),
                coder=self.name,
                model=self.model,
            )
