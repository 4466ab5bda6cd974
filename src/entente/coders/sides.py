"""Who is on which side of an act: the words of its roles, resolved together."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from entente.events.detect import Draft
from entente.events.rules import role_spans
from entente.records import Party
from entente.resolution.parties import LEAST, resolve_party, snapped
from entente.resolution.scene import Scene
from entente.tagger.reading import Found

__all__ = ["placed", "sides", "told_apart", "weighed"]

SURE_ENOUGH = 0.5
OTHER_SIDE = {"actor": "recipient", "recipient": "actor"}
IN = re.compile(r"\b(?:in|at|near|outside)\s+$")
LED_BY = re.compile(r"\b(?:led|headed)\s+by\s+(?:the\s+|its\s+)?$")


def placed(scene: Scene, draft: Draft) -> Draft:
    """The draft with towns that an act takes place in as its place: "signed in Kathmandu" is nothing done to Nepal."""
    if "visit" in draft.mode:
        return draft
    towns = {
        (n.start, n.end)
        for n in scene.names
        if n.kind in ("capital", "city") and IN.search(scene.text, max(0, n.start - 12), n.start)
    }
    roles = tuple(
        r._replace(label="place") if r.label in OTHER_SIDE and (r.start, r.end) in towns else r for r in draft.roles
    )
    return msgspec.structs.replace(draft, roles=roles)


def sides(
    scene: Scene, draft: Draft, speaker: Party | None, addressee: Party | None, place_country: str | None
) -> tuple[list[Party], list[Party]]:
    """Both sides of an act; what stands on one side cannot be what a back-reference on the other means."""
    known: dict[str, list[Party]] = {"actor": [], "recipient": []}
    spans = _on_one_side(draft, {role: _joined(scene, role_spans(draft, role)) for role in known})
    pointing: list[tuple[str, Found]] = []
    for role in known:  # names first, back-references when the names are known
        for span in spans[role]:
            parties = resolve_party(
                scene, span.start, span.end, speaker=speaker, addressee=addressee, place_country=place_country
            )
            if any(p.resolved_by == "coreference" for p in parties):
                pointing.append((role, span))
            else:
                known[role] += [weighed(p, span) for p in parties]
    for role, span in pointing:
        barred = [p.name or p.country for p in known[OTHER_SIDE[role]] if p.country]
        parties = resolve_party(
            scene,
            span.start,
            span.end,
            barred=barred,
            speaker=speaker,
            addressee=addressee,
            place_country=place_country,
        )
        if any(p.resolved_by == "coreference" for p in parties):
            known[role] += [weighed(p, span) for p in parties]
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


def told_apart(parties: Sequence[Party]) -> list[Party]:
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


def weighed(party: Party, span: Found) -> Party:
    """The party, as sure as both the words and what they were resolved to."""
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
