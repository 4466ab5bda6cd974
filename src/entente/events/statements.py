"""Who says what: sources, cues and contents that the network marks, joined within a sentence."""

from __future__ import annotations

import msgspec

from entente.records import Span
from entente.tagger.reading import Found, Reading, labelled_spans, words_in

__all__ = ["StatementDraft", "find_statements"]

# Code points between two parts of one content; words that a content not in quotation marks has at least.
GAP, FEWEST_WORDS = 30, 3
QUOTES = '“”"«»„'


class StatementDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A statement as marked: spans in the report, the speaker not yet resolved."""

    sentence: int
    speaker: Span | None
    cue: Span | None
    content: Span
    quoted: bool


def find_statements(reading: Reading, labels: list[str]) -> list[StatementDraft]:
    """Return the statements of a report in order; a content without a cue or source is none."""
    out: list[StatementDraft] = []
    for i, (sentence, tokens, seen) in enumerate(zip(reading.sentences, reading.tokens, reading.seen, strict=True)):
        words = words_in(reading.text[sentence.start : sentence.end], tokens)
        found = labelled_spans(words, seen.logits["attribution"], labels)
        out += _join(reading.text, i, sentence, found)
    return out


def _join(text: str, i: int, sentence: Span, found: list[Found]) -> list[StatementDraft]:
    """One statement for each content; cue and source are the nearest ones, each content at most once."""
    out = []
    contents = _whole(text[sentence.start : sentence.end], found)
    for content in contents:
        cue = _nearest(content, [f for f in found if f.label == "cue"])
        source = _nearest(cue or content, [f for f in found if f.label == "source"])
        if cue is None and source is None:
            continue
        start, end = content.start + sentence.start, content.end + sentence.start
        around = text[max(sentence.start, start - 1) : min(len(text), end + 1)]
        out.append(
            StatementDraft(
                sentence=i,
                speaker=_span(source, sentence),
                cue=_span(cue, sentence),
                content=Span(start, end),
                quoted=any(q in around for q in QUOTES),
            )
        )
    return out


def _whole(sentence: str, found: list[Found]) -> list[Found]:
    """Contents with what was lost between their parts; a word or two that nobody quotes say nothing."""
    joined: list[Found] = []
    for content in (f for f in found if f.label == "content"):
        last = joined[-1] if joined else None
        between = [f for f in found if f.label != "content" and last and last.end <= f.start < content.start]
        if last and not between and content.start - last.end <= GAP:
            joined[-1] = last._replace(end=content.end)
        else:
            joined.append(content)
    return [f for f in joined if len(sentence[f.start : f.end].split()) >= FEWEST_WORDS or _quoted(sentence, f)]


def _quoted(sentence: str, content: Found) -> bool:
    around = sentence[max(0, content.start - 1) : content.end + 1]
    return any(q in around for q in QUOTES)


def _nearest(to: Found, found: list[Found]) -> Found | None:
    return min(found, key=lambda f: min(abs(f.end - to.start), abs(to.end - f.start)), default=None)


def _span(found: Found | None, sentence: Span) -> Span | None:
    return Span(found.start + sentence.start, found.end + sentence.start) if found else None
