"""What the network reads at once: sentences, and of very long ones the parts that their joints divide them into."""

from __future__ import annotations

import re
from collections.abc import Sequence

from entente.records import Span

__all__ = ["LONGEST", "units_of"]

# Code points; some 100 sub-words. Nearly every real sentence is shorter: what is longer has mostly lost its full stops.
LONGEST = 480
SHORTEST = 40
STARTERS = (
    r"The|A|An|In|On|At|He|She|It|They|We|I|But|And|However|Meanwhile|This|That|These|There|His|Her|Its|Their|After|"
    r"While|When|As|For|Since|Some|Many|According|Earlier|Also|FILE|U\.S\.|If|No|One|Two"
)
# From the likeliest joint to the least: a sentence that begins after none has ended, then ever weaker punctuation.
JOINTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<=[^\W\d_A-Z][\w”\"’)\]])\s+(?=(?:{STARTERS})\s)",
        r"(?<=[;—–])\s+",
        r"(?<=,)\s+(?=(?:and|but|while|whereas|which|who)\s)",
        r"(?<=,)\s+",
        r"\s+",
    )
)


def units_of(text: str, sentences: Sequence[Span], *, longest: int = LONGEST) -> tuple[Span, ...]:
    """Return the sentences in order, those over ``longest`` code points divided at their best joints."""
    return tuple(unit for s in sentences for unit in _divided(text, s, longest))


def _divided(text: str, sentence: Span, longest: int) -> list[Span]:
    if sentence.end - sentence.start <= longest:
        return [sentence]
    for joint in JOINTS:
        places = list(joint.finditer(text, sentence.start + SHORTEST, sentence.end - SHORTEST))
        if places:
            middle = (sentence.start + sentence.end) / 2
            best = min(places, key=lambda m: abs(m.start() - middle))
            left, right = Span(sentence.start, best.start()), Span(best.end(), sentence.end)
            return [*_divided(text, left, longest), *_divided(text, right, longest)]
    cut = sentence.start + longest
    return [Span(sentence.start, cut), *_divided(text, Span(cut, sentence.end), longest)]
