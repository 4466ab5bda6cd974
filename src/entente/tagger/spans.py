"""Characters to sub-words and back: tokens with offsets, marks around the words asked about, labels to spans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["MARKS", "MAX_TOKENS", "Marked", "Tokens", "mark", "spans_of", "special_id", "tokenise", "words_of"]

# Word pieces of the BERT vocabulary that no text produces serve as marks, so that no embedding has to be added.
MARKS: dict[str, tuple[str, str]] = {
    "event": ("[unused1]", "[unused2]"),
    "source": ("[unused3]", "[unused4]"),
    "target": ("[unused5]", "[unused6]"),
}
MAX_TOKENS = 256
# What begins, ends and fills up a row: the second encoder keeps BERT's pieces in its vocabulary without their meaning.
_SPECIAL = {"begin": ("<s>", "[CLS]"), "end": ("</s>", "[SEP]"), "pad": ("<pad>", "[PAD]")}


class Tokens(NamedTuple):
    """The sub-words of a text, without special ones: ids and half-open offsets in code points."""

    ids: list[int]
    offsets: list[tuple[int, int]]


class Marked(NamedTuple):
    """An input row: ids with special tokens and marks, and where each of the text's sub-words stands in it."""

    ids: list[int]
    position: list[int]


def tokenise(tokenizer: Tokenizer, text: str) -> Tokens:
    """Return the sub-words of a text; at most ``MAX_TOKENS`` less room for special tokens and marks."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    room = MAX_TOKENS - 2 - 2 * len(MARKS)
    return Tokens(encoding.ids[:room], encoding.offsets[:room])


def special_id(tokenizer: Tokenizer, name: str) -> int:
    """The id of the piece that stands at a row's ``begin`` or ``end``, or after it (``pad``)."""
    return next(int(found) for piece in _SPECIAL[name] if (found := tokenizer.token_to_id(piece)) is not None)


def mark(tokenizer: Tokenizer, tokens: Tokens, spans: Sequence[tuple[str, int, int]] = ()) -> Marked:
    """Return the row for a text in which each ``(mark, start, end)`` of code points is enclosed in its marks."""

    def piece(token: str) -> int:
        return int(tokenizer.token_to_id(token) or 0)

    before: dict[int, list[int]] = {}
    after: dict[int, list[int]] = {}
    for name, start, end in spans:
        inside = [i for i, (a, b) in enumerate(tokens.offsets) if a < end and b > start]
        if not inside:
            continue
        opening, closing = MARKS[name]
        before.setdefault(inside[0], []).append(piece(opening))
        after.setdefault(inside[-1], []).insert(0, piece(closing))
    ids, position = [special_id(tokenizer, "begin")], []
    for i, token in enumerate(tokens.ids):
        ids += before.get(i, [])
        position.append(len(ids))
        ids.append(token)
        ids += after.get(i, [])
    ids.append(special_id(tokenizer, "end"))
    return Marked(ids, position)


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
