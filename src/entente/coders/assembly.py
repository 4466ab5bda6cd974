"""One report's record, put together: drafts and spans become events with resolved parties, people, statements."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import msgspec

from entente.coders.calibration import calibrated
from entente.coders.circumstances import date_of, is_history, own_dates, place_of
from entente.coders.discourse import addressed, answered, blamed, dated_by_meeting, is_retold
from entente.coders.implied import Said, implied_actor
from entente.coders.politics import NOT_POLITICAL, is_political
from entente.coders.sides import placed, sides, told_apart, weighed
from entente.coders.voices import addressee_at, speaker_of, turns_of, voices_of
from entente.events.commitments import commitment_kind, condition_in, due_in
from entente.events.detect import Draft
from entente.events.evidence import clause_of
from entente.events.rules import is_whole, role_spans
from entente.events.statements import StatementDraft
from entente.mentions.quantities import find_quantities
from entente.ontology.codebook import Codebook, load_codebook
from entente.records import (
    Coding,
    Commitment,
    Event,
    Evidence,
    Mention,
    Party,
    Person,
    Span,
    Statement,
)
from entente.resolution.dates import DateExpression, find_dates, resolve_date
from entente.resolution.parties import resolve_party
from entente.resolution.scene import Scene

__all__ = ["assemble"]


def assemble(
    scene: Scene,
    drafts: Sequence[Draft],
    statements: Sequence[StatementDraft],
    *,
    coder: str,
    model: str,
    weights: Mapping[str, float] | None = None,
    least: float = 0.0,
) -> Coding:
    """Return the record of a report from what was seen in it.

    ``weights`` calibrate the events' probabilities (``calibration.traits_of``); events below ``least`` are left out.
    """
    report, book = scene.prepared.report, load_codebook()
    dates = find_dates(report.text)
    events: list[Event] = []
    commitments: list[Commitment] = []
    spoken = [(d, speaker_of(scene, d)) for d in statements]
    said, turns = voices_of(scene, spoken), turns_of(scene)
    political = is_political(scene, len(turns))
    drafts = [placed(scene, draft) for draft in drafts] if political else []
    for draft in drafts:
        event = _event(scene, draft, own_dates(scene, draft, drafts, dates), book, said, turns, events, coder, model)
        if event is None or any(e.id == event.id for e in events):
            continue
        event = dated_by_meeting(addressed(answered(scene, event, events), events), events)
        event = calibrated(event, weights or {})
        if event.probability < least or is_retold(scene, event, events):
            continue
        events.append(event)
        commitments += _commitment(scene, draft, event)
    events = [blamed(scene, event, events) for event in events]
    events.sort(key=lambda e: (e.evidence.start, e.trigger.start))
    told = [_statement(scene, d, speaker, events) for d, speaker in spoken]
    return Coding(
        report=report,
        sentences=scene.prepared.sentences,
        mentions=_mentions(scene, dates),
        events=tuple(events),
        people=tuple(msgspec.structs.replace(p, id=_id(report.id, "person", p.name)) for p in _shown(scene.people)),
        statements=tuple(told),
        commitments=tuple(commitments),
        warnings=scene.prepared.warnings if political else (*scene.prepared.warnings, NOT_POLITICAL),
    )


def _id(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:12]


def _shown(people: Sequence[Person]) -> list[Person]:
    """People of whom the report says more than a name."""
    return [p for p in people if p.office or p.country]


# ---- events -----------------------------------------------------------------------------------------------------


def _event(
    scene: Scene,
    draft: Draft,
    dates: Sequence[DateExpression],
    book: Codebook,
    said: Sequence[Said],
    turns: Sequence[Said],
    before: Sequence[Event],
    coder: str,
    model: str,
) -> Event | None:
    """A draft with its parties resolved; None where nobody can be told or only regions are named."""
    text, sentence = scene.text, scene.sentence_of(draft.trigger.start)
    place = place_of(scene, draft, dates)
    speaker = _speaker(scene, draft)
    voice = [one.speaker for one in said if one.start <= draft.trigger.start < one.end]
    spoken_to = addressee_at(turns, draft.trigger.start)
    actors, recipients = sides(
        scene, draft, speaker or (voice[-1] if voice else None), spoken_to, place.country if place else None
    )
    if "conflict" in book.quad_class(draft.event):
        actors, recipients = told_apart(actors), told_apart(recipients)
    if not any(p.country for p in actors) and draft.event != "CONSULT":
        meant = implied_actor(scene, draft.trigger.start, draft.event, recipients, said, before)
        actors = [meant] if meant else actors
    known = [sum(p.country is not None for p in side) for side in (actors, recipients)]
    if not any(known) or not is_whole(draft.event, *known):
        return None
    if book.types[draft.event].requires_recipient and not recipients and known[0] < 2:
        return None
    named = [(p.start, p.end) for p in (*actors, *recipients) if p.start is not None and p.end is not None]
    clause = clause_of(draft, text, sentence, named)
    trigger = Evidence.of(text, draft.trigger.start, draft.trigger.end)
    date = date_of(scene, draft, dates)
    status = "historical" if draft.status == "actual" and is_history(date, scene.published) else draft.status
    return Event(
        id=_id(scene.prepared.report.id, draft.event, status, trigger.start, trigger.end),
        event=draft.event,
        mode=draft.mode,
        contexts=draft.contexts,
        status=status,  # type: ignore[arg-type]
        quad_class=book.quad_class(draft.event),
        score=book.score(draft.event, draft.mode),
        probability=round(draft.probability, 4),
        actor=tuple(actors),
        recipient=tuple(recipients),
        place=place,
        date=date,
        evidence=Evidence.of(text, clause.start, clause.end),
        trigger=trigger,
        speaker=speaker,
        coder=coder,
        model=model,
    )


def _speaker(scene: Scene, draft: Draft) -> Party | None:
    spans = role_spans(draft, "speaker")
    if not spans:
        return None
    parties = resolve_party(scene, spans[0].start, spans[0].end)
    return weighed(parties[0], spans[0]) if parties else None


# ---- the rest of the record -------------------------------------------------------------------------------------


def _commitment(scene: Scene, draft: Draft, event: Event) -> list[Commitment]:
    """What an event binds somebody to, if it does."""
    sentence = scene.sentence_of(draft.trigger.start)
    words = scene.text[sentence.start : sentence.end]
    kind = commitment_kind(event, words)
    if kind is None:
        return []
    who, towards = (event.actor, event.recipient) if kind == "undertaken" else (event.recipient, event.actor)
    if not any(p.country for p in who):
        return []
    hint = scene.countries[0] if scene.countries else None
    amounts = [q for q in find_quantities(words, country_hint=hint) if q.currency]
    return [
        Commitment(
            id=_id(event.id, "commitment"),
            kind=kind,
            who=who,
            towards=towards,
            what=event.evidence.text,
            amount=amounts[0].text if amounts else None,
            due=due_in(words),
            condition=condition_in(words),
            evidence=event.evidence,
        )
    ]


def _statement(scene: Scene, draft: StatementDraft, speaker: Party | None, events: Sequence[Event]) -> Statement:
    text = scene.text
    spans = [s for s in (draft.speaker, draft.cue, draft.content) if s]
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    inside = [e for e in events if draft.content.start <= e.trigger.start < draft.content.end]
    about = {n.code for n in scene.names if draft.content.start <= n.start < draft.content.end}
    return Statement(
        id=_id(scene.prepared.report.id, "statement", draft.content.start, draft.content.end),
        speaker=speaker,
        kind="quoted" if draft.quoted else "indirect",
        cue=Evidence.of(text, draft.cue.start, draft.cue.end) if draft.cue else None,
        content=Evidence.of(text, draft.content.start, draft.content.end),
        evidence=Evidence.of(text, start, end),
        about=tuple(sorted(about)),
        topics=tuple(sorted({c for e in inside for c in e.contexts})),
    )


def _mentions(scene: Scene, dates: Sequence[DateExpression]) -> tuple[Mention, ...]:
    """Names, people, dates and quantities of the prose, in order."""
    text, out = scene.text, []
    kinds = {"organisation": "organisation", "group": "group", "seat": "government", "capital": "place", "city": "place",
             "region": "place"}  # fmt: skip
    for n in scene.names:
        out.append(_mention(text, Span(n.start, n.end), kinds.get(n.kind, "country"), entity=n.code, country=n.code))
    for m, at in zip(scene.mentions, scene.by_mention, strict=True):
        person = scene.people[at]
        out.append(_mention(text, Span(m.start, m.end), "person", entity=person.name, country=person.country))
    sentences = scene.prepared.sentences
    for d in dates:
        if any(s.start <= d.start and d.end <= s.end for s in sentences):
            value = resolve_date(d, scene.published, day_first=scene.day_first)
            out.append(_mention(text, Span(d.start, d.end), "date", entity=value.value, precision=value.precision))
    for q in find_quantities(text, country_hint=scene.countries[0] if scene.countries else None):
        if any(s.start <= q.start and q.end <= s.end for s in sentences):
            out.append(
                _mention(text, Span(q.start, q.end), "quantity", value=q.value, unit=q.unit, currency=q.currency)
            )
    out.sort(key=lambda m: (m.start, m.end))
    return tuple(msgspec.structs.replace(m, id=f"m{i}") for i, m in enumerate(out, 1))


def _mention(text: str, span: Span, kind: str, **rest: object) -> Mention:
    words = Evidence.of(text, span.start, span.end)
    fields = {"id": "", "kind": kind, "text": words.text, "start": span.start, "end": span.end, **rest}
    return msgspec.convert(fields, Mention)
