"""Annotated lines as the coder reads them: windows of a report, with questions about its events and about other words."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from entente.tagger.spans import WINDOW, windows_of
from training import labels
from training.data import Frame, Line
from training.samples import Ask, Sample, Text

# Shares of the reports that are read sentence by sentence, and of the sentences that lose their full stop.
ALONE, UNSTOPPED = 0.25, 0.1
# Words of a sentence that are likely to tell an event and do not, of which a question is made.
MOST_OTHERS = 2


def window_samples(lines: Sequence[Line], lengths: Sequence[int], rng: random.Random) -> Iterator[Sample]:
    """The lines of each report in windows as the coder reads them, with questions about events and about other words.

    ``lengths`` are those of the lines in sub-words.
    """
    stems = _stems(lines)
    for _, group in groupby(range(len(lines)), key=lambda i: lines[i].doc):
        numbers = list(group)
        longest = 0 if rng.random() < ALONE else WINDOW
        for window in windows_of([lengths[i] for i in numbers], longest=longest):
            before = tuple(Text(lines[i].text) for i in numbers[window.context : window.start])
            inside = [_roughened(lines[i], rng) for i in numbers[window.start : window.end]]
            texts = tuple(Text(line.text, triggers=line.triggers, attribution=line.attribution) for line in inside)
            asks = []
            for at, line in enumerate(inside, len(before)):
                asks += [replace(ask, text=at) for ask in (*_asks(line, rng), *_other_words(line, stems, rng))]
            yield Sample(before + texts, tuple(asks))


def _roughened(line: Line, rng: random.Random) -> Line:
    """Now and then a line without its full stop: headlines, captions and messages have none."""
    held = max((s[1] for s in (*line.triggers, *(r for f in line.frames for r in f.roles))), default=0)
    if held >= len(line.text) or not line.text.endswith(".") or rng.random() >= UNSTOPPED:
        return line
    parts = [(start, min(end, len(line.text) - 1), part) for start, end, part in line.attribution or []]
    return replace(line, text=line.text[:-1], attribution=parts)


def _party_marks(frame: Frame) -> tuple[tuple[str, int, int], ...]:
    actors = [r for r in frame.roles if r[2] == "actor"]
    others = [r for r in frame.roles if r[2] == "recipient"] or actors[1:]
    if not actors or not others:
        return ()
    return (("source", *actors[0][:2]), ("target", *others[0][:2]))


def _asks(line: Line, rng: random.Random, party_share: float = 0.35) -> Iterator[Ask]:
    """Each annotated event by its trigger, and a share of them by their parties."""
    for frame in line.frames:
        yield Ask(
            marks=(("event", *frame.trigger),), roles=frame.roles, type=frame.type, status=frame.status,
            modes=frame.modes, contexts=frame.contexts, clear=frame.clear,
        )  # fmt: skip
        parties = _party_marks(frame)
        if parties and rng.random() < party_share:
            yield Ask(marks=parties, type=frame.type, weight=0.7)


def _stems(lines: Iterable[Line]) -> frozenset[str]:
    """The beginnings of words that tell an event somewhere."""
    triggers = (line.text[start:end].lower() for line in lines for start, end, _ in line.triggers)
    return frozenset(word[:5] for trigger in triggers for word in re.findall(r"[a-z]{4,}", trigger))


def _other_words(line: Line, stems: frozenset[str], rng: random.Random) -> Iterator[Ask]:
    """Words that carry no event here: those that do elsewhere first, then any long word."""
    taken = {i for f in line.frames for i in range(*f.trigger)}
    words = [m for m in re.finditer(r"[^\W\d_]{4,}", line.text) if not taken & set(range(*m.span()))]
    likely = [m for m in words if m.group().lower()[:5] in stems]
    chosen = rng.sample(likely, min(MOST_OTHERS, len(likely)))
    if words and rng.random() < 0.35:
        chosen.append(rng.choice(words))
    for word in chosen:
        yield Ask(marks=(("event", *word.span()),), type={labels.NONE: 1.0}, weight=0.7)
