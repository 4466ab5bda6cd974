"""Whose words these are: quotations, and paragraphs that a line such as "The minister said:" opens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from entente.coders.implied import Said
from entente.events.statements import StatementDraft
from entente.records import Party, Sentence
from entente.resolution.parties import nameless_speaker, resolve_party
from entente.resolution.scene import Scene

__all__ = ["speaker_of", "voices_of"]

# A sentence that says who speaks next, and nothing else.
OPENING = re.compile(
    r"(?:(?:in|on|at|speaking|asked|commenting)\b[^:,]{0,80},\s+)?(?P<who>[^:]{3,120}?),?\s+"
    r"(?:(?:also|then|later|today|yesterday)\s+)?"
    r"(?:said|says|added|stated|commented|continued|concluded|wrote|declared|remarked|told\s[^:]{3,60})\b[^:]{0,60}:",
    re.I,
)


def speaker_of(scene: Scene, draft: StatementDraft) -> Party | None:
    """Whoever makes a statement, as far as the words tell."""
    if draft.speaker is None:
        return None
    parties = resolve_party(scene, draft.speaker.start, draft.speaker.end)
    speaker = parties[0] if parties else None
    if speaker is None or speaker.country is None:
        speaker = nameless_speaker(scene, draft.speaker.start, draft.speaker.end) or speaker
    return speaker


def voices_of(scene: Scene, statements: Sequence[tuple[StatementDraft, Party | None]]) -> list[Said]:
    """All words that somebody known says, the longest first, so that the last that holds a place is the nearest voice."""
    said = [Said(d.content.start, d.content.end, speaker) for d, speaker in statements if speaker]
    return sorted([*_opened(scene), *said], key=lambda one: one.start - one.end)


def _opened(scene: Scene) -> Iterator[Said]:
    """What follows a line that opens somebody's words, to the next such line or the end of the prose."""
    sentences: Sequence[Sentence] = scene.prepared.sentences
    openings: list[tuple[int, Party]] = []
    for number, sentence in enumerate(sentences[:-1], 1):
        match = OPENING.fullmatch(scene.text[sentence.start : sentence.end])
        if match is None:
            continue
        start = sentence.start + match.start("who")
        parties = resolve_party(scene, start, sentence.start + match.end("who"))
        if len({p.country for p in parties}) == 1 and parties[0].country:
            openings.append((number, parties[0]))
    ends = [number for number, _ in openings[1:]] + [len(sentences) + 1]
    for (number, speaker), end in zip(openings, ends, strict=False):
        yield Said(sentences[number].start, sentences[end - 2].end, speaker)
