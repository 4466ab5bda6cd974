"""One report's record, put together: drafts and spans become events with resolved parties, people, statements."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence

import msgspec

from entente.coders.calibration import calibrated
from entente.coders.circumstances import date_of, own_dates, place_of
from entente.coders.discourse import addressed, answered, dated_by_meeting, is_retold
from entente.coders.implied import Said, implied_actor
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
from entente.resolution.parties import LEAST, nameless_speaker, resolve_party, snapped
from entente.resolution.scene import Scene
from entente.tagger.reading import Found

__all__ = ["assemble"]

SURE_ENOUGH = 0.5
OTHER_SIDE = {"actor": "recipient", "recipient": "actor"}
LED_BY = re.compile(r"\b(?:led|headed)\s+by\s+(?:the\s+|its\s+)?$")


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
    spoken = [(d, _speaker_of(scene, d)) for d in statements]
    said = [Said(d.content.start, d.content.end, speaker) for d, speaker in spoken if speaker]
    for draft in drafts:
        event = _event(scene, draft, own_dates(scene, draft, drafts, dates), book, said, events, coder, model)
        if event is None or any(e.id == event.id for e in events):
            continue
        event = dated_by_meeting(addressed(answered(scene, event, events), events), events)
        event = calibrated(event, weights or {})
        if event.probability < least or is_retold(scene, event, events):
            continue
        events.append(event)
        commitments += _commitment(scene, draft, event)
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
        warnings=scene.prepared.warnings,
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
    before: Sequence[Event],
    coder: str,
    model: str,
) -> Event | None:
    """A draft with its parties resolved; None where nobody can be told or only regions are named."""
    text, sentence = scene.text, scene.sentence_of(draft.trigger.start)
    place = place_of(scene, draft, dates)
    speaker = _speaker(scene, draft)
    actors, recipients = _sides(scene, draft, speaker, place.country if place else None)
    if "conflict" in book.quad_class(draft.event):
        actors, recipients = _told_apart(actors), _told_apart(recipients)
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
    return Event(
        id=_id(scene.prepared.report.id, draft.event, draft.status, trigger.start, trigger.end),
        event=draft.event,
        mode=draft.mode,
        contexts=draft.contexts,
        status=draft.status,  # type: ignore[arg-type]
        quad_class=book.quad_class(draft.event),
        score=book.score(draft.event, draft.mode),
        probability=round(draft.probability, 4),
        actor=tuple(actors),
        recipient=tuple(recipients),
        place=place,
        date=date_of(scene, draft, dates),
        evidence=Evidence.of(text, clause.start, clause.end),
        trigger=trigger,
        speaker=speaker,
        coder=coder,
        model=model,
    )


def _sides(
    scene: Scene, draft: Draft, speaker: Party | None, place_country: str | None
) -> tuple[list[Party], list[Party]]:
    """Both sides of an act; what stands on one side cannot be what a back-reference on the other means."""
    known: dict[str, list[Party]] = {"actor": [], "recipient": []}
    spans = _on_one_side(draft, {role: _joined(scene, role_spans(draft, role)) for role in known})
    pointing: list[tuple[str, Found]] = []
    for role in known:  # names first, back-references when the names are known
        for span in spans[role]:
            parties = resolve_party(scene, span.start, span.end, speaker=speaker, place_country=place_country)
            if any(p.resolved_by == "coreference" for p in parties):
                pointing.append((role, span))
            else:
                known[role] += [_weighed(p, span) for p in parties]
    for role, span in pointing:
        barred = [p.name or p.country for p in known[OTHER_SIDE[role]] if p.country]
        parties = resolve_party(
            scene, span.start, span.end, barred=barred, speaker=speaker, place_country=place_country
        )
        if any(p.resolved_by == "coreference" for p in parties):
            known[role] += [_weighed(p, span) for p in parties]
    taken = [(r.start, r.end) for r in role_spans(draft, "place")]
    actors, recipients = (
        [
            p
            for p in _distinct(sorted(known[r], key=lambda p: p.start or 0))
            if p.country or (p.start, p.end) not in taken
        ]
        for r in ("actor", "recipient")
    )
    if "visit" in draft.mode and not any(r.country for r in recipients):
        recipients = [*recipients, *_host(scene, draft, actors)]
    return actors, _others(recipients, actors)


def _on_one_side(draft: Draft, spans: dict[str, list[Found]]) -> dict[str, list[Found]]:
    """The spans of both roles; of a visit, a name of which both roles took a part is the host, if somebody else came."""
    actors, recipients = spans["actor"], spans["recipient"]
    both = {(a.start, a.end) for a in actors} & {(r.start, r.end) for r in recipients}
    if "visit" not in draft.mode or len(both) == len(actors):
        return spans
    return {"actor": [a for a in actors if (a.start, a.end) not in both], "recipient": recipients}


def _told_apart(parties: Sequence[Party]) -> list[Party]:
    """Parties of a hostile act without those that a bare "they" joins from two states: these seldom act together."""
    guessed = {p.start for p in parties if p.resolved_by == "coreference" and p.probability < SURE_ENOUGH}
    joined = {s for s in guessed if len({p.country for p in parties if p.start == s}) > 1}
    return [p for p in parties if p.start not in joined]


def _others(recipients: Sequence[Party], actors: Sequence[Party]) -> list[Party]:
    """Recipients who are not the actor again: of "the two countries" the other one, of a state nothing of the same kind."""

    def repeats(r: Party) -> bool:
        return r.country is not None and any(
            a.country == r.country and (a.sectors[:1] == r.sectors[:1] or r.start == a.start) for a in actors
        )

    codes = {a.country for a in actors}
    joint = [r for r in recipients if sum(o.start == r.start for o in recipients) > 1]
    kept = [r for r in recipients if not repeats(r) and not (r in joint and r.country in codes)]
    return kept


def _host(scene: Scene, draft: Draft, actors: Sequence[Party]) -> list[Party]:
    """The host of a visit of whom only the place is named: "arrived in Skopje"."""
    sentence = scene.sentence_of(draft.trigger.start)
    own = {a.country for a in actors}
    for n in scene.names:
        before = scene.text[max(sentence.start, n.start - 6) : n.start]
        leads = re.search(r"\b(?:in|to|at)\s+(?:the\s+)?$", before)
        if leads and draft.trigger.end <= n.start < sentence.end and n.code not in own:
            return [
                Party(
                    text=n.text, start=n.start, end=n.end, country=n.code, sectors=("GOV",), resolved_by="place",
                    probability=0.7,
                )
            ]  # fmt: skip
    return []


def _joined(scene: Scene, spans: Sequence[Found]) -> list[Found]:
    """The spans of a role, each widened to whole names; two that then meet, or a mission and its leader, are one."""
    out: list[Found] = []
    for span in spans:
        start, end = snapped(scene, span.start, span.end)
        if out and (start < out[-1].end or LED_BY.search(scene.text, out[-1].start, start)):
            surer = max(span.probability, out[-1].probability)
            out[-1] = out[-1]._replace(end=max(end, out[-1].end), probability=surer)
        else:
            out.append(span._replace(start=start, end=end))
    return out


def _weighed(party: Party, span: Found) -> Party:
    return msgspec.structs.replace(party, probability=round(party.probability * span.probability, 4))


def _same(a: Party, b: Party) -> bool:
    return (a.start, a.end, a.country) == (b.start, b.end, b.country)


def _distinct(parties: Sequence[Party]) -> list[Party]:
    """Each party once; those below the least probability keep their words but no code."""
    out: list[Party] = []
    for p in parties:
        if p.country is not None and p.probability < LEAST * 0.5:
            p = msgspec.structs.replace(p, country=None, name=None, resolved_by="unresolved")
        if p.country is None and not _names_somebody(p):
            continue
        if not any(_same(p, o) for o in out):
            out.append(p)
    return out


def _names_somebody(party: Party) -> bool:
    """Words that could stand for a party at all: more than an article or a fragment that the network half believes."""
    words = [
        w for w in (party.text or "").split() if w.casefold() not in ("the", "a", "an", "of", "s", "and", "he", "it")
    ]
    return bool(words) and len(words[0].strip("’'")) > 1


def _speaker(scene: Scene, draft: Draft) -> Party | None:
    spans = role_spans(draft, "speaker")
    if not spans:
        return None
    parties = resolve_party(scene, spans[0].start, spans[0].end)
    return _weighed(parties[0], spans[0]) if parties else None


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


def _speaker_of(scene: Scene, draft: StatementDraft) -> Party | None:
    """Whoever says it, as far as the words tell."""
    if draft.speaker is None:
        return None
    parties = resolve_party(scene, draft.speaker.start, draft.speaker.end)
    speaker = parties[0] if parties else None
    if speaker is None or speaker.country is None:
        speaker = nameless_speaker(scene, draft.speaker.start, draft.speaker.end) or speaker
    return speaker


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
