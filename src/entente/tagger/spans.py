"""Characters to sub-words and back: tokens with offsets, rows of several units, marks on words, labels to spans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["MARKS", "MAX_TOKENS", "WINDOW", "Tokens", "Window", "marks_on", "spans_of", "special_id", "tokenise",
           "windows_of", "words_of"]  # fmt: skip

# What a sub-word can be for a question about a sentence; the network adds a learned vector to its state.
MARKS = {"event": 1, "source": 2, "target": 3}
# Sub-words of one unit, and of the units that are read together, without special pieces.
MAX_TOKENS, WINDOW = 250, 192
# What begins, ends and fills up a row: the second encoder keeps BERT's pieces in its vocabulary without their meaning.
_SPECIAL = {"begin": ("<s>", "[CLS]"), "end": ("</s>", "[SEP]"), "pad": ("<pad>", "[PAD]")}


class Tokens(NamedTuple):
    """The sub-words of a text, without special ones: ids and half-open offsets in code points."""

    ids: list[int]
    offsets: list[tuple[int, int]]


class Window(NamedTuple):
    """Units that are read together: those in ``[start, end)``, with those in ``[context, start)`` as what came before."""

    context: int
    start: int
    end: int


def tokenise(tokenizer: Tokenizer, text: str) -> Tokens:
    """Return the sub-words of a text; at most ``MAX_TOKENS``."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    return Tokens(encoding.ids[:MAX_TOKENS], encoding.offsets[:MAX_TOKENS])


def special_id(tokenizer: Tokenizer, name: str) -> int:
    """The id of the piece that stands at a row's ``begin`` or ``end``, or after it (``pad``)."""
    return next(int(found) for piece in _SPECIAL[name] if (found := tokenizer.token_to_id(piece)) is not None)


def windows_of(lengths: Sequence[int], *, longest: int = WINDOW) -> list[Window]:
    """Divide the units of a text, of so many sub-words each, into windows of at most ``longest`` sub-words.

    Each window begins with the unit before it as context, where there is room; a longer unit is a window of its own.
    """
    out: list[Window] = []
    at = 0
    while at < len(lengths):
        context = at - 1 if at and lengths[at - 1] + lengths[at] <= longest else at
        total, end = sum(lengths[context : at + 1]), at + 1
        while end < len(lengths) and total + lengths[end] <= longest:
            total, end = total + lengths[end], end + 1
        out.append(Window(context, at, end))
        at = end
    return out


def marks_on(tokens: Tokens, spans: Sequence[tuple[str, int, int]]) -> list[int]:
    """The mark of each sub-word (0 for none), from ``(mark, start, end)`` in code points; later marks win."""
    marks = [0] * len(tokens.ids)
    for name, start, end in spans:
        for i, (a, b) in enumerate(tokens.offsets):
            if a < end and b > start:
                marks[i] = MARKS[name]
    return marks


def words_of(text: str, tokens: Tokens) -> list[list[int]]:
    """Group sub-words into words: sub-words that touch and are letters or digits belong together."""
    words: list[list[int]] = []
    for i, (start, _) in enumerate(tokens.offsets):
        if words:
            end = tokens.offsets[words[-1][-1]][1]
            if end == start and start > 0 and text[start - 1].isalnum() and text[start : start + 1].isalnum():
                words[-1].append(i)
                continue
        words.append([i])
    return words


def spans_of(tags: Sequence[str], offsets: Sequence[tuple[int, int]]) -> list[tuple[str, int, int]]:
    """Turn ``B-``/``I-``/``O`` tags over words into ``(label, start, end)`` spans.

    A stray ``I-`` opens a span, so that a missed beginning loses no party.
    """
    spans: list[tuple[str, int, int]] = []
    open_label = ""
    for tag, (start, end) in zip(tags, offsets, strict=True):
        edge, _, label = tag.partition("-")
        if not label:
            open_label = ""
        elif edge == "I" and label == open_label:
            spans[-1] = (label, spans[-1][1], end)
        else:
            spans.append((label, start, end))
            open_label = label
    return spans
