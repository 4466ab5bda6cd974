"""Which acts a sentence tells of: the network's triggers, each read again with its trigger marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from entente.records import Span
from entente.tagger.reading import Found, Reading, labelled_spans, probabilities, sigmoid, words_in
from entente.tagger.spans import marks_on

if TYPE_CHECKING:
    from entente.tagger.model import Logits, Tagger
    from entente.tagger.spans import Tokens

__all__ = ["Draft", "find_drafts", "possible_triggers"]

# A word is asked about when it may be a trigger at all; the second look decides.
CANDIDATE = 0.3
MODE_AT_LEAST, CONTEXT_AT_LEAST = 0.5, 0.4
_OWNER = re.compile(r"[^\W_][\w.-]*[’']s?$")


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An event as the network sees it: offsets in the report, parties as words not yet resolved.

    ``sentence`` is the number of the unit that was read, ``probability`` that there is an event at all.
    """

    sentence: int
    trigger: Span
    event: str
    probability: float
    status: str
    mode: tuple[str, ...]
    contexts: tuple[str, ...]
    roles: tuple[Found, ...]


def find_drafts(tagger: Tagger, reading: Reading) -> list[Draft]:
    """Return the events of a report in order, best reading of each trigger."""
    labels = tagger.manifest.heads
    asked: list[tuple[int, Found]] = []
    for i, (sentence, tokens, seen) in enumerate(zip(reading.sentences, reading.tokens, reading.seen, strict=True)):
        words = reading.text[sentence.start : sentence.end]
        asked += [(i, t) for t in possible_triggers(words, tokens, seen.logits, labels["trigger"])]
    marks = [marks_on(reading.tokens[i], [("event", t.start, t.end)]) for i, t in asked]
    frames = tagger.look([reading.seen[i] for i, _ in asked], marks)
    return [_draft(reading, i, t, frame, labels) for (i, t), frame in zip(asked, frames, strict=True)]


def possible_triggers(text: str, tokens: Tokens, logits: Logits, labels: list[str]) -> list[Found]:
    """Words that may be triggers; neighbours of one type are one trigger."""
    words = words_in(text, tokens)
    if not words.first:
        return []
    shares = probabilities(logits["trigger"][words.first])
    outside = labels.index("O")
    out: list[Found] = []
    for k, (start, end) in enumerate(words.offsets):
        chance = 1.0 - float(shares[k, outside])
        if chance < CANDIDATE or not any(c.isalnum() for c in text[start:end]):
            continue
        shares[k, outside] = 0.0
        label = labels[int(shares[k].argmax())]
        if out and out[-1].label == label and not text[out[-1].end : start].strip():
            out[-1] = Found(label, out[-1].start, end, max(chance, out[-1].probability))
        else:
            out.append(Found(label, start, end, chance))
    return out


def _draft(reading: Reading, i: int, trigger: Found, frame: Logits, labels: dict[str, list[str]]) -> Draft:
    """Put the two looks at one trigger together."""
    sentence = reading.sentences[i]
    text = reading.text[sentence.start : sentence.end]
    shares = dict(zip(labels["type"], map(float, probabilities(frame["type"])), strict=True))
    event = max((t for t in shares if t != "NONE"), key=lambda t: shares[t])
    status = probabilities(frame["status"])
    best = int(status.argmax())
    modes = zip(labels["mode"], map(float, sigmoid(frame["mode"])), strict=True)
    kept = sorted(((p, m.split(":")[1]) for m, p in modes if p >= MODE_AT_LEAST and m.startswith(event + ":")))[::-1]
    contexts = zip(labels["context"], map(float, sigmoid(frame["context"])), strict=True)
    roles = labelled_spans(words_in(text, reading.tokens[i]), frame["role"], labels["role"])
    return Draft(
        sentence=i,
        trigger=Span(sentence.start + trigger.start, sentence.start + trigger.end),
        event=event,
        probability=(trigger.probability * (1.0 - shares["NONE"])) ** 0.5,
        status=labels["status"][best],
        mode=tuple(m for _, m in kept),
        contexts=tuple(c for c, p in contexts if p >= CONTEXT_AT_LEAST),
        roles=tuple(
            r._replace(start=_start_of_owner(text, r.start) + sentence.start, end=r.end + sentence.start) for r in roles
        ),
    )


def _start_of_owner(text: str, start: int) -> int:
    """Where a party begins whose span begins within a possessive: that of "Norway's envoy" for "'s envoy" or "s envoy"."""
    owner = _OWNER.search(text, 0, start + 1)
    return owner.start() if owner else start
