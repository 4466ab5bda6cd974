"""Whose words these are: quotations, and paragraphs that a line such as "The minister said:" opens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from entente.coders.implied import Said
from entente.events.statements import StatementDraft
from entente.records import Party, Sentence
from entente.resolution.actors import ActorContext, resolve_actor
from entente.resolution.parties import nameless_speaker, resolve_party
from entente.resolution.scene import Scene

__all__ = ["addressee_at", "speaker_of", "turns_of", "voices_of"]

# A sentence that says who speaks next, and nothing else.
OPENING = re.compile(
    r"(?:(?:in|on|at|speaking|asked|commenting)\b[^:,]{0,80},\s+)?(?P<who>[^:]{3,120}?),?\s+"
    r"(?:(?:also|then|later|today|yesterday)\s+)?"
    r"(?:said|says|added|stated|commented|continued|concluded|wrote|declared|remarked|told\s[^:]{3,60})\b[^:]{0,60}:",
    re.I,
)


# Who speaks in a transcript: "PRIME MINISTER SUGA: (As interpreted.) Thank you."; "Q" asks.
TURN = re.compile(
    r"^[ \t]*(?P<who>[A-Z][A-Z.’'\-]*(?:[ \t]+[A-Z][A-Z.’'\-]*){0,6})(?:[ \t]*\([^)\n]{0,40}\))?(?::|[ \t]{2,}(?=\S))",
    re.M,
)
ASKS = re.compile(r"Q|QUESTION|REPORTER|PRESS|MODERATOR|INTERPRETER")


def turns_of(scene: Scene) -> list[Said]:
    """The turns of a transcript in order, those whose speaker is known; empty where the text is none."""
    marks = list(TURN.finditer(scene.text))
    labels = [m["who"] for m in marks]
    if len(marks) < 2 or not any(scene.text[m.end() - 1] == ":" for m in marks):
        return []
    known = {label: _party_of(scene, label) for label in dict.fromkeys(labels)}
    ends = [m.start() for m in marks[1:]] + [len(scene.text)]
    return [
        Said(m.end(), end, speaker)
        for m, end in zip(marks, ends, strict=True)
        if (speaker := known[m["who"]]) is not None
    ]


def _party_of(scene: Scene, label: str) -> Party | None:
    """Who a speaker's label means: a person of the report by the family name, else by the words alone."""
    if ASKS.fullmatch(label):
        return None
    words = " ".join(w if w.endswith(".") and len(w) > 3 else w.title() for w in label.split())
    family = words.split()[-1]
    person = next((p for p in scene.people if p.country and p.name.split()[-1].casefold() == family.casefold()), None)
    if person is not None:
        return Party(text=None, start=None, end=None, country=person.country, sectors=person.sectors or ("GOV",),
                     name=person.name, office=person.office, probability=0.9)  # fmt: skip
    found = resolve_actor(words, on=scene.published, context=ActorContext(report_countries=scene.countries))
    if found.country is None:
        return None
    return Party(text=None, start=None, end=None, country=found.country, sectors=found.sectors, name=found.name,
                 office=found.office, probability=found.probability)  # fmt: skip


def addressee_at(turns: Sequence[Said], at: int) -> Party | None:
    """Whom "you" means in a turn: whoever of another state spoke last before it, else speaks next."""
    here = next((i for i, turn in enumerate(turns) if turn.start <= at < turn.end), None)
    if here is None:
        return None
    others = [*reversed(turns[:here]), *turns[here + 1 :]]
    return next((o.speaker for o in others if o.speaker.country != turns[here].speaker.country), None)


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
    return sorted([*turns_of(scene), *_opened(scene), *said], key=lambda one: one.start - one.end)


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
