"""What the network sees in a sentence: words with labels and probabilities, before anything is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from entente.records import Span
from entente.tagger.spans import Tokens, spans_of, words_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from entente.tagger.model import Seen, Tagger

    Array = npt.NDArray[np.float32]

__all__ = ["Found", "Reading", "Words", "labelled_spans", "probabilities", "read_sentences", "sigmoid", "words_in"]


class Found(NamedTuple):
    """A labelled stretch of a sentence: half-open offsets in code points, with the mean probability of its words."""

    label: str
    start: int
    end: int
    probability: float


class Reading(NamedTuple):
    """A report's sentences as the network first saw them."""

    text: str
    sentences: tuple[Span, ...]
    tokens: tuple[Tokens, ...]
    seen: tuple[Seen, ...]


class Words(NamedTuple):
    """The words of a sentence: offsets, and the first sub-word of each, whose logits speak for the word."""

    offsets: list[tuple[int, int]]
    first: list[int]


def read_sentences(tagger: Tagger, text: str, sentences: Sequence[Span]) -> Reading:
    """Run the first look over all sentences of a report."""
    tokens = tuple(tagger.tokenise(text[s.start : s.end]) for s in sentences)
    return Reading(text, tuple(sentences), tokens, tuple(tagger.read(tokens)))


def words_in(text: str, tokens: Tokens) -> Words:
    """Return the words of a sentence from its sub-words."""
    groups = words_of(text, tokens)
    offsets = [(tokens.offsets[g[0]][0], tokens.offsets[g[-1]][1]) for g in groups]
    return Words(offsets, [g[0] for g in groups])


def probabilities(logits: Array) -> Array:
    """Softmax over the last axis."""
    import numpy as np

    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    out: Array = shifted / shifted.sum(axis=-1, keepdims=True)
    return out


def sigmoid(logits: Array) -> Array:
    """Probability of each label on its own."""
    import numpy as np

    out: Array = (1.0 / (1.0 + np.exp(-logits))).astype(np.float32)
    return out


def labelled_spans(words: Words, logits: Array, labels: list[str], *, outside: float = 0.0) -> list[Found]:
    """Return the spans of a ``B-``/``I-``/``O`` head over the words of a sentence.

    ``outside`` is added to the logit of ``O``: below 0 finds more, above 0 less.
    """
    if not words.first:
        return []
    scores = logits[words.first].copy()
    scores[:, labels.index("O")] += outside
    shares = probabilities(scores)
    best = shares.argmax(axis=-1)
    at = {start: k for k, (start, _) in enumerate(words.offsets)}
    out = []
    for label, start, end in spans_of([labels[i] for i in best], words.offsets):
        inside = [k for s, k in at.items() if start <= s < end]
        out.append(Found(label, start, end, float(sum(shares[k, best[k]] for k in inside)) / len(inside)))
    return out
