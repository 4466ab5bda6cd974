"""Names of persons, organisations and places that the network marks, and what else a report mentions."""

from __future__ import annotations

from collections.abc import Sequence

from entente.records import Span
from entente.tagger.reading import Reading, labelled_spans, words_in

__all__ = ["entity_spans", "person_spans"]


def entity_spans(reading: Reading, labels: list[str]) -> list[tuple[str, Span]]:
    """Return the named entities of a report in order: (kind, span), kinds as the weights' labels have them."""
    out = []
    for sentence, tokens, seen in zip(reading.sentences, reading.tokens, reading.seen, strict=True):
        words = words_in(reading.text[sentence.start : sentence.end], tokens)
        for found in labelled_spans(words, seen.logits["entity"], labels):
            out.append((found.label, Span(sentence.start + found.start, sentence.start + found.end)))
    return out


def person_spans(reading: Reading, labels: list[str]) -> Sequence[Span]:
    """Return the spans taken for names of persons, in order."""
    return [span for kind, span in entity_spans(reading, labels) if kind == "person"]
