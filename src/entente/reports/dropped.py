"""What of a source's words never came into a report's text, found by laying the two side by side.

A text is taken out of its source mostly in whole lines and in order, but its white space, its marks and its hyphens may
differ. So words are compared, without the punctuation around them: first those that occur once in both hold the two
together (as in patience diff), then their neighbours, and what is left between them is compared letter by letter. Each
round halves what is left or ends, so that even a long page takes no more than a moment.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from entente.records import Span

__all__ = ["dropped", "not_prose"]

_WORD = re.compile(r"\S+")
_EDGES = "".join(chr(code) for code in range(0x21, 0x7F) if not chr(code).isalnum()) + "“”‘’«»–—…•·"
# How many words in a row hold two texts together where they occur once in each: long runs first.
_RUNS = (6, 3, 1)
_FEW = 400
"""Up to so many words on both sides are compared each with each."""


class _Words(msgspec.Struct):
    """The words of a text: where they stand, and how they are compared."""

    spans: list[tuple[int, int]]
    keys: list[str]


def dropped(whole: str, text: str) -> tuple[Span, ...]:
    """The stretches of a source that its report's text does not hold.

    Parameters
    ----------
    whole : str
        All the words of the source.
    text : str
        The report's text.

    Returns
    -------
    tuple of Span
        Offsets into ``whole``, from the first letter of a dropped word to the last of those that follow it.
    """
    source, partner = _aligned(whole, text)
    return tuple(_joined(source, (word is None for word in partner)))


def not_prose(whole: str, text: str, sentences: Iterable[Span]) -> tuple[Span, ...]:
    """The stretches of a source that its report's text holds outside its sentences.

    Parameters
    ----------
    whole, text : str
        As in `dropped`.
    sentences : iterable of Span
        The sentences of ``text``, in order.

    Returns
    -------
    tuple of Span
        Offsets into ``whole``.
    """
    source, partner = _aligned(whole, text)
    spans = [match.span() for match in _WORD.finditer(text)]
    prose = tuple(sentences)
    starts, ends = [one.start for one in prose], [one.end for one in prose]

    def is_outside(word: int | None) -> bool:
        if word is None:
            return False
        start, end = spans[word]
        nearest = bisect_left(ends, start + 1)
        return nearest == len(ends) or starts[nearest] >= end

    return tuple(_joined(source, map(is_outside, partner)))


def _joined(source: _Words, chosen: Iterable[bool]) -> Iterator[Span]:
    """The spans of the chosen words, neighbours as one."""
    start = end = -1
    for (first, last), is_chosen in zip(source.spans, chosen, strict=True):
        if is_chosen:
            start, end = (first, last) if start < 0 else (start, last)
        elif start >= 0:
            yield Span(start, end)
            start = -1
    if start >= 0:
        yield Span(start, end)


def _words(text: str) -> _Words:
    spans = [match.span() for match in _WORD.finditer(text)]
    return _Words(spans, [_key(text[start:end]) for start, end in spans])


def _key(word: str) -> str:
    plain = word if word.isascii() else unicodedata.normalize("NFKC", word)
    return plain.strip(_EDGES) or plain


def _aligned(whole: str, text: str) -> tuple[_Words, list[int | None]]:
    """The words of the source, and for each which word of the text it is."""
    source, target = _words(whole), _words(text)
    partner: list[int | None] = [None] * len(source.keys)
    todo = [(0, len(source.keys), 0, len(target.keys), 0)]
    while todo:
        a, b, c, d, run = todo.pop()
        is_last = run == len(_RUNS)
        a, b, c, d = _trimmed(source.keys, target.keys, partner, (a, b, c, d), everywhere=is_last)
        if a == b or c == d:
            continue
        if is_last:
            _match_rest(source.keys, target.keys, partner, (a, b, c, d))
            continue
        anchors = _anchors(source.keys, target.keys, (a, b, c, d), _RUNS[run])
        if not anchors:
            todo.append((a, b, c, d, run + 1))
            continue
        for i, j in anchors:
            partner[i] = j
        before = (a - 1, c - 1)
        for i, j in [*anchors, (b, d)]:
            todo.append((before[0] + 1, i, before[1] + 1, j, 0 if len(anchors) > 1 else run))
            before = (i, j)
    return source, partner


Window = tuple[int, int, int, int]


def _trimmed(
    source: Sequence[str], target: Sequence[str], partner: list[int | None], window: Window, *, everywhere: bool
) -> Window:
    """Match what both begin and end with; return what is left.

    Only next to a match, unless ``everywhere``: the first words of a page are often those of its menu.
    """
    a, b, c, d = window
    while (a > 0 or everywhere) and a < b and c < d and source[a] == target[c]:
        partner[a] = c
        a, c = a + 1, c + 1
    while (b < len(source) or everywhere) and a < b and c < d and source[b - 1] == target[d - 1]:
        b, d = b - 1, d - 1
        partner[b] = d
    return a, b, c, d


def _anchors(source: Sequence[str], target: Sequence[str], window: Window, run: int) -> list[tuple[int, int]]:
    """Places of runs of words that occur once in both, as many as stand in the same order."""
    a, b, c, d = window
    if b - a < run or d - c < run:
        return []
    places = _once(source, a, b, run)
    pairs = [(places[key], j) for key, j in _once(target, c, d, run).items() if key in places]
    return _in_order(sorted(pairs))


def _once(words: Sequence[str], first: int, end: int, run: int) -> dict[tuple[str, ...], int]:
    """The runs of words that occur once, with their places."""
    runs = [tuple(words[i : i + run]) for i in range(first, end - run + 1)]
    counts = Counter(runs)
    return {one: first + i for i, one in enumerate(runs) if counts[one] == 1}


def _in_order(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest row of pairs that rises on both sides (by patience sorting)."""
    tops: list[int] = []
    at: list[int] = []
    back: list[int] = []
    for number, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        back.append(at[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(j)
            at.append(number)
        else:
            tops[pile], at[pile] = j, number
    row = []
    number = at[-1] if at else -1
    while number >= 0:
        row.append(pairs[number])
        number = back[number]
    return row[::-1]


def _match_rest(source: Sequence[str], target: Sequence[str], partner: list[int | None], window: Window) -> None:
    """Match what no single word holds together: by words where they are few, else by letters."""
    a, b, c, d = window
    if b - a <= _FEW and d - c <= _FEW:
        from difflib import SequenceMatcher

        blocks = SequenceMatcher(None, source[a:b], target[c:d], autojunk=False).get_matching_blocks()
        at_source, at_target = a, c
        for block in blocks:
            _match_letters(source, target, partner, (at_source, a + block.a, at_target, c + block.b))
            for step in range(block.size):
                partner[a + block.a + step] = c + block.b + step
            at_source, at_target = a + block.a + block.size, c + block.b + block.size
    else:
        _match_letters(source, target, partner, window)


def _match_letters(source: Sequence[str], target: Sequence[str], partner: list[int | None], window: Window) -> None:
    """Match words that are divided otherwise: hyphened at a line's end, or run together."""
    a, b, c, d = window
    if a >= b or c >= d:
        return
    wanted = "".join(map(_letters, target[c:d]))
    pieces = [_letters(word) for word in source[a:b]]
    found = "".join(pieces).find(wanted) if wanted else -1
    if found < 0:
        return
    reach: list[int] = []  # where each word of the target ends among the letters
    for word in target[c:d]:
        reach.append((reach[-1] if reach else 0) + len(_letters(word)))
    at = -found
    for offset, piece in enumerate(pieces):
        if piece and at + len(piece) > 0 and at < len(wanted):
            partner[a + offset] = c + bisect_left(reach, max(at, 0) + 1)
        at += len(piece)


def _letters(word: str) -> str:
    return "".join(filter(str.isalnum, word)).casefold()
