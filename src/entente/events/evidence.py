"""The clause that says an event: from its first party to its last, and on to where the clause ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from entente.events.detect import Draft
from entente.records import Span

__all__ = ["clause_of"]

LONGEST = 330
EDGE = re.compile(r"[,;:—–()\[\]“”\"]|\.(?=\s|$)|\s(?:and|but|while|which|who|after|before|because|as)\s(?=\w)")


def clause_of(draft: Draft, text: str, sentence: Span, named: Sequence[tuple[int, int]] = ()) -> Span:
    """Return the span of the clause around the trigger, parties and other roles of an event.

    It begins with the first of them and runs to the end of the clause of the last, within one sentence and at most 330
    characters; ``named`` are the parties' whole names, where these are longer than the marked words. A party that would
    stretch it further is left out of the span (its own offsets say where it is).
    """
    marked = [(r.start, r.end) for r in draft.roles if r.label != "speaker"]
    spans = [*marked, *(n for n in named if any(a < n[1] and b > n[0] for a, b in marked))]
    start, end = draft.trigger.start, draft.trigger.end
    for a, b in sorted(spans, key=lambda s: min(abs(s[0] - end), abs(start - s[1]))):
        if max(end, b) - min(start, a) <= LONGEST:
            start, end = min(start, a), max(end, b)
    ceiling = min(sentence.end, start + LONGEST)
    edge = EDGE.search(text, end, ceiling)
    end = edge.start() if edge else ceiling
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:"):
        end -= 1
    return Span(start, end)
