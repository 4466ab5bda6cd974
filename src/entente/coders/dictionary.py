"""The baseline to beat: a dictionary of phrases, with the nearest parties left and right of each.

Written in earnest, the way event coders worked before networks did: some 2,200 phrases, voice, negation, modality and
reported speech by rules; no model. It finds events only, no people, statements or commitments.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from entente.coders.bystanders import Bystander, find_bystanders
from entente.coders.clauses import Sides, is_only_meant, is_passive, sides_of, status_of
from entente.coders.phrases import Hit, Token, find_hits, load_vocabulary, tokens_of
from entente.coders.protocol import MarkedPair
from entente.gazetteer.countries import NameMatch, find_names
from entente.ontology.codebook import load_codebook
from entente.records import Coding, Event, Evidence, Party, Place, Prepared, Span, Status
from entente.resolution.actors import resolve_actor

__all__ = ["DictionaryCoder"]

# How often reports tell of each type (the annotated reports' counts): what to guess by where no phrase is found.
SHARES = {
    "AGREE": 193, "CONSULT": 161, "SUPPORT": 151, "CONCEDE": 13, "COOPERATE": 39, "AID": 62, "RETREAT": 15,
    "REQUEST": 95, "ACCUSE": 206, "REJECT": 39, "THREATEN": 43, "PROTEST": 39, "SANCTION": 37, "MOBILIZE": 21,
    "COERCE": 101, "ASSAULT": 213,
}  # fmt: skip
GUESS = 0.05
REFUSABLE = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})
PRONOUNS = frozenset({"he", "she", "they", "it", "both"})
CLOSERS = frozenset(",;:.!?")


class DictionaryCoder:
    """Codes events by a dictionary of phrases; see ``coders.protocol.Coder`` and ``PairCoder``."""

    @property
    def name(self) -> str:
        """The coder and its version."""
        return "dictionary/1"

    @property
    def model(self) -> str:
        """The phrases and their number."""
        return f"phrases-{load_vocabulary().size}"

    def code_many(self, prepared: Iterable[Prepared]) -> Iterator[Coding]:
        """Yield one record for each report, in order."""
        for report in prepared:
            yield self.code(report)

    def code(self, prepared: Prepared) -> Coding:
        """Return the record of one report; an empty one for a report that is not codable."""
        empty = Coding(report=prepared.report, sentences=prepared.sentences, warnings=prepared.warnings)
        if not prepared.codable:
            return empty
        names = find_names(prepared.report.text)
        headings = set(prepared.headings)
        events: list[Event] = []
        last: Bystander | None = None
        for sentence in prepared.sentences:
            if sentence in headings:
                continue
            scene = _Scene(
                prepared, sentence, [n for n in names if sentence.start <= n.start and n.end <= sentence.end]
            )
            events += scene.events(self.name, self.model, last)
            last = scene.parties[0] if scene.parties else last
        return msgspec.structs.replace(empty, events=tuple(events))

    def classify_pairs(self, pairs: Sequence[MarkedPair]) -> list[dict[str, float]]:
        """Return for each pair the share of each type in the phrases that stand between or around the two parties."""
        return [_shares(pair) for pair in pairs]


@functools.lru_cache(maxsize=4096)
def _resolved(phrase: str, on: str | None) -> Party:
    """A party as the actor resolution knows it, without its place in a text."""
    found = resolve_actor(phrase, on=on)
    return Party(
        text=None, start=None, end=None, country=found.country, sectors=found.sectors, name=found.name,
        office=found.office, resolved_by=found.resolved_by, probability=found.probability,
    )  # fmt: skip


class _Scene:
    """One sentence with its words, phrases and parties."""

    def __init__(self, prepared: Prepared, sentence: Span, names: Sequence[NameMatch]) -> None:
        self.report, self.sentence = prepared.report, sentence
        self.text = prepared.report.text
        self.on = prepared.report.published[:10] if prepared.report.published else None
        self.tokens = tokens_of(self.text, sentence.start, sentence.end)
        self.parties = find_bystanders(self.text, sentence, self.tokens, names, lambda p: _resolved(p, self.on))

    def events(self, coder: str, model: str, last: Bystander | None) -> list[Event]:
        """The acts that the sentence tells of; each kind between the same parties once."""
        out: list[Event] = []
        seen: set[tuple[object, ...]] = set()
        hits = find_hits(load_vocabulary(), self.tokens)
        for i, hit in enumerate(hits):
            if is_only_meant(self.tokens, hit, hits[:i]):
                continue
            event = self._event(hit, coder, model, last)
            if event is None:
                continue
            key = (event.event, tuple(p.country for p in event.actor), tuple(p.country for p in event.recipient))
            if key not in seen:
                seen.add(key)
                out.append(event)
        return out

    def _event(self, hit: Hit, coder: str, model: str, last: Bystander | None) -> Event | None:
        sides = sides_of(self.text, self.tokens, hit, self.parties)
        if sides.actor is None and last is not None and self._begins_with_pronoun(hit):
            sides = Sides(last, sides.recipient)
        actor, recipient = _cast(hit, sides)
        year = int(self.on[:4]) if self.on else None
        words = self.text[self.sentence.start : self.sentence.end]
        kind, mode, status = _coded(hit, status_of(self.tokens, hit, year, words))
        book = load_codebook()
        needs = book.types[kind].requires_recipient
        if not (actor or recipient) or (needs and not recipient and len(actor) < 2):
            return None
        trigger = self._trigger(hit)
        evidence = self._evidence(trigger, [*actor, *recipient])
        identity = "\x1f".join(map(str, (self.report.id, coder, kind, trigger.start, trigger.end)))
        return Event(
            id=hashlib.sha256(identity.encode()).hexdigest()[:12],
            event=kind,
            mode=mode,
            status=status,
            quad_class=book.quad_class(kind),
            score=book.score(kind, mode),
            probability=0.5 if hit.entry.weight == 1 else 0.7,
            actor=actor,
            recipient=recipient,
            place=self._place(),
            evidence=evidence,
            trigger=trigger,
            coder=coder,
            model=model,
        )

    def _begins_with_pronoun(self, hit: Hit) -> bool:
        return any(t.word in PRONOUNS for t in self.tokens[max(0, hit.first - 4) : hit.first])

    def _trigger(self, hit: Hit) -> Evidence:
        """The words of the phrase, without a gap full of others."""
        last = hit.last if hit.last - hit.first == hit.entry.weight else hit.first + 1
        return Evidence.of(self.text, self.tokens[hit.first].start, self.tokens[last - 1].end)

    def _evidence(self, trigger: Evidence, parties: Sequence[Party]) -> Evidence:
        """From the first of phrase and parties to the end of the clause that holds the last."""
        inside = [p for p in parties if p.start is not None and self.sentence.start <= p.start < self.sentence.end]
        start = min([trigger.start, *(p.start for p in inside if p.start is not None)])
        reach = max([trigger.end, *(p.end for p in inside if p.end is not None)])
        stop = next((t.start for t in self.tokens if t.start >= reach and t.word in CLOSERS), self.sentence.end)
        return Evidence.of(self.text, start, max(stop, reach))

    def _place(self) -> Place | None:
        """The first place that the sentence sets something in."""
        placed = next((b for b in self.parties if b.placed), None)
        if placed is None or placed.members[0].text is None:
            return None
        party = placed.members[0]
        return Place(name=str(party.text), country=party.country, start=party.start, end=party.end)


def _cast(hit: Hit, sides: Sides) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Actors and recipients; in a meeting or joint work that nobody hosts, all are actors."""
    actor = sides.actor.members if sides.actor else ()
    recipient = sides.recipient.members if sides.recipient else ()
    together = hit.entry.kind == "joint" or (hit.entry.event == "CONSULT" and hit.entry.mode != "visit")
    if together:
        known = {p.country for p in actor}
        return actor + tuple(p for p in recipient if p.country not in known), ()
    return actor, recipient


def _coded(hit: Hit, status: Status) -> tuple[str, tuple[str, ...], Status]:
    """Type, mode and status as the codebook wants an act that is only announced."""
    mode = (hit.entry.mode,) if hit.entry.mode else ()
    later = load_codebook().types[hit.entry.event].future
    if status == "future" and later is not None:
        return later, (), "actual"
    return hit.entry.event, mode, status


def _shares(pair: MarkedPair) -> dict[str, float]:
    """Probability of each type, from the phrases of a sentence weighed by where they stand."""
    tokens = tokens_of(pair.sentence, 0, len(pair.sentence))
    hits = find_hits(load_vocabulary(), tokens)
    total = sum(SHARES.values())
    votes = {kind: GUESS * SHARES[kind] / total for kind in load_codebook().types}
    for i, hit in enumerate(hits):
        status = status_of(tokens, hit, None, pair.sentence)
        kind, _, status = _coded(hit, status)
        if status == "negated" and kind in REFUSABLE:
            kind = "REJECT"
        weight = _standing(tokens, hit, pair) * hit.entry.weight**0.5
        votes[kind] += weight * (0.25 if is_only_meant(tokens, hit, hits[:i]) else 1.0)
    whole = sum(votes.values())
    return {kind: vote / whole for kind, vote in votes.items()}


def _standing(tokens: Sequence[Token], hit: Hit, pair: MarkedPair) -> float:
    """How likely a phrase is to join two parties: most when it stands between them in the right order."""
    begin, end = tokens[hit.first].start, tokens[hit.last - 1].end
    inside = any(s.start <= begin and end <= s.end for s in (pair.source, pair.target))
    if inside:
        return 0.2
    source_first = pair.source.start < pair.target.start
    low, high = (pair.source, pair.target) if source_first else (pair.target, pair.source)
    between = begin >= low.end and begin < high.start
    if between:
        turned = is_passive(tokens, hit) or hit.entry.kind == "swapped"
        return 3.0 if hit.entry.kind in ("nouns", "joint") or turned != source_first else 1.2
    return 1.0 if begin >= high.end else 0.8
