"""The built-in coder: our network sees, the codebook's rules decide, the report's own words resolve who is meant."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from entente.coders.assembly import assemble
from entente.coders.protocol import MarkedPair
from entente.events.detect import find_drafts
from entente.events.rules import PHONE, apply_rules, drop_borrowed, drop_repeats, without_phone
from entente.events.statements import find_statements
from entente.mentions.detect import person_spans
from entente.records import Coding, Prepared
from entente.resolution.scene import build_scene
from entente.tagger.model import Tagger, load_tagger
from entente.tagger.reading import Reading, read_sentences
from entente.tagger.spans import marks_on
from entente.tagger.units import units_of

if TYPE_CHECKING:
    from entente.events.detect import Draft

__all__ = ["BuiltinCoder", "load"]

VERSION = "1"
# While one report's words are weighed in Python, the network can read others: its kernels hold no lock. More threads
# than this find nothing to do.
MOST_THREADS = 4


class BuiltinCoder:
    """Codes reports with the shipped weights; see ``coders.protocol.Coder`` and ``PairCoder``.

    Events of less than ``min_probability`` are left out, by default of less than the weights' own threshold. So many
    reports are coded at a time as there are ``threads``; the records do not depend on it.
    """

    def __init__(self, tagger: Tagger, *, threads: int = 0, min_probability: float | None = None) -> None:
        self._tagger = tagger
        self._threads = threads or min(os.cpu_count() or 1, MOST_THREADS)
        self._least = tagger.manifest.thresholds.get("event", 0.0) if min_probability is None else min_probability

    @property
    def name(self) -> str:
        """The coder and its version."""
        return f"builtin/{VERSION}"

    @property
    def tagger(self) -> Tagger:
        """The network that it asks."""
        return self._tagger

    @property
    def model(self) -> str:
        """The weights and their version."""
        return self._tagger.label

    def code_many(self, prepared: Iterable[Prepared]) -> Iterator[Coding]:
        """Yield one record for each report, in order; a few are coded at a time, each by a thread of its own."""
        pool = ThreadPoolExecutor(self._threads, thread_name_prefix="coder")
        waiting: deque[Future[Coding]] = deque()
        try:
            for report in prepared:
                waiting.append(pool.submit(self.code, report))
                if len(waiting) > 2 * self._threads:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)

    def code(self, prepared: Prepared) -> Coding:
        """Return the record of one report; an empty one for a report that is not codable."""
        if not prepared.codable or not prepared.sentences:
            return Coding(report=prepared.report, sentences=prepared.sentences, warnings=prepared.warnings)
        labels = self._tagger.manifest.heads
        text = prepared.report.text
        reading = read_sentences(self._tagger, text, units_of(text, prepared.sentences))
        drafts = self._drafts(reading)
        scene = build_scene(prepared, person_spans(reading, labels["entity"]))
        statements = find_statements(reading, labels["attribution"])
        weights = self._tagger.manifest.calibration
        return assemble(
            scene, drafts, statements, coder=self.name, model=self.model, weights=weights, least=self._least
        )

    def _drafts(self, reading: Reading) -> list[Draft]:
        """Acts that the network believes in at all, as the codebook wants them."""
        least = self._tagger.manifest.thresholds.get("draft", 0.5)
        found = [d for d in find_drafts(self._tagger, reading) if d.probability >= least]
        return drop_borrowed(drop_repeats([_ruled(reading, d) for d in found]))

    def classify_pairs(self, pairs: Sequence[MarkedPair]) -> list[dict[str, float]]:
        """Return for each pair the probability of each event type, given that there is one."""
        from entente.tagger.reading import probabilities

        kinds = [t for t in self._tagger.manifest.heads["type"] if t != "NONE"]
        out = []
        for pair in pairs:
            tokens = self._tagger.tokenise(pair.sentence)
            marks = [("source", pair.source.start, pair.source.end), ("target", pair.target.start, pair.target.end)]
            (frame,) = self._tagger.look(self._tagger.read([tokens]), [marks_on(tokens, marks)])
            shares = probabilities(frame["type"][: len(kinds)])
            out.append(dict(zip(kinds, map(float, shares), strict=True)))
        return out


def _ruled(reading: Reading, draft: Draft) -> Draft:
    begin, end = reading.sentences[draft.sentence].start, reading.sentences[draft.sentence].end
    trigger = draft.trigger
    if "phone" in draft.mode and not PHONE.search(reading.text):
        draft = without_phone(draft)
    return apply_rules(
        draft,
        reading.text[trigger.start : trigger.end],
        reading.text[begin : trigger.start],
        reading.text[trigger.end : end],
    )


def load(model: str = "small", *, threads: int = 0, min_probability: float | None = None) -> BuiltinCoder:
    """Return the built-in coder with the weights of a size; ``threads`` reports are coded at a time, 0 for one a core.

    Events of less than ``min_probability`` are left out; by default as many as serves best on the development reports.

    Raises
    ------
    ModelError
        There are no such weights, or they are damaged.
    """
    return BuiltinCoder(load_tagger(model), threads=threads, min_probability=min_probability)
