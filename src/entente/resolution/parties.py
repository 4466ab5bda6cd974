"""The words of a role become parties: back-references followed, compounds split, each part resolved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from entente.mentions.coreference import Referent, anaphor_of, find_antecedents
from entente.records import Party
from entente.resolution.actors import ActorContext, resolve_actor
from entente.resolution.scene import Scene
from entente.resolution.sectors import sector_of

__all__ = ["nameless_speaker", "resolve_party", "snapped"]

JOINT = re.compile(r"\s*(?:,\s*(?:and\s+|as well as\s+)?|\s(?:and|&|as well as|along with|together with)\s|/)\s*")
OWNER = re.compile(
    r"(?:(?:some|one|many|most|all|members?|two|three|each)\s+of\s+)?"
    r"(?P<pronoun>his|her|its|their|our|my|your|whose)\s+(?P<rest>.+)",
    re.I | re.S,
)
# Others than the owner: no code can be read off the owner's.
OTHERS = re.compile(
    r"\b(?:neighbou?rs?|allies|ally|counterparts?|partners?|rivals?|foes?|enem(?:y|ies)|colleagues?)\b", re.I
)
LEAST = 0.3
HYPHENS = ("-", "–", "/")


def resolve_party(
    scene: Scene, start: int, end: int, *, barred: Sequence[str | None] = (), speaker: Party | None = None,
    addressee: Party | None = None, place_country: str | None = None,
) -> list[Party]:  # fmt: skip
    """Return the parties that the words at ``[start, end)`` name.

    ``barred`` are names and codes of the other side of the act; ``speaker`` is who says "we", ``addressee`` whom "you"
    means; ``place_country`` is where the act takes place. A party that cannot be resolved keeps its words with ``country`` None.
    """
    start, end = _trimmed(scene.text, start, end)
    phrase = scene.text[start:end]
    anaphor = anaphor_of(phrase)
    if anaphor.kind == "own":
        return [_own(scene, start, end, speaker)]
    if anaphor.kind == "you":
        return [_you(scene, start, end, addressee)]
    if anaphor.kind != "none":
        found = find_antecedents(anaphor, start, scene.sentence_at(start), scene.referents, barred=barred)
        if found:
            return [_from_referent(scene, start, end, r, p) for r, p in found]
        if anaphor.kind != "office":
            return [Party(text=phrase, start=start, end=end, resolved_by="unresolved", probability=0.0)]
    parts = _parts(scene, start, end)
    if len(parts) > 1:
        return [
            p
            for a, b in parts
            for p in resolve_party(
                scene, a, b, barred=barred, speaker=speaker, addressee=addressee, place_country=place_country
            )
        ]
    owner = OWNER.fullmatch(phrase)
    kind = anaphor_of(owner["pronoun"]).kind if owner else "none"
    if owner and kind in ("own", "you") and not OTHERS.search(phrase):
        whose = _own(scene, start, end, speaker) if kind == "own" else _you(scene, start, end, addressee)
        return [_belonging(whose, owner["rest"])] if whose.country else [whose]
    return [_single(scene, start, end, barred, place_country)]


def nameless_speaker(scene: Scene, start: int, end: int) -> Party | None:
    """Who "she" is that speaks, where the report names nobody but by state and office ("Lithuania's envoy")."""
    anaphor = anaphor_of(scene.text[start:end])
    if anaphor.kind not in ("he", "she"):
        return None
    found = find_antecedents(anaphor, start, scene.sentence_at(start), scene.holders)
    return _from_referent(scene, start, end, *found[0]) if found else None


def snapped(scene: Scene, start: int, end: int) -> tuple[int, int]:
    """Widen a span to the whole of each name or person that it touches, also past a mere "the" before one."""
    text = scene.text
    pairs = [(a.start, b.end) for a, b in pairwise(scene.names) if text[a.end : b.start] in HYPHENS]
    units = [(n.start, n.end) for n in scene.names] + pairs + [(m.whole.start, m.whole.end) for m in scene.mentions]
    bare = text[start:end].strip().casefold() in ("the", "a", "an", "president", "minister", "ministers", "of", "both")
    for a, b in units:
        touches = a < end and b > start
        if touches or (bare and a >= end and not text[end:a].strip()):
            start, end = min(start, a), max(end, b)
    return start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in ".)’'"):
        end -= 1
    return start, end


def _own(scene: Scene, start: int, end: int, speaker: Party | None) -> Party:
    text = scene.text[start:end]
    if speaker is not None and speaker.country:
        return msgspec.structs.replace(speaker, text=text, start=start, end=end, resolved_by="coreference")
    if scene.home is None:
        return Party(text=text, start=start, end=end, resolved_by="unresolved", probability=0.0)
    return Party(
        text=text,
        start=start,
        end=end,
        country=scene.home,
        sectors=("GOV",),
        resolved_by="coreference",
        probability=0.5,
    )


def _you(scene: Scene, start: int, end: int, addressee: Party | None) -> Party:
    """Whom somebody speaks to, where the report tells."""
    text = scene.text[start:end]
    if addressee is None or not addressee.country:
        return Party(text=text, start=start, end=end, resolved_by="unresolved", probability=0.0)
    return msgspec.structs.replace(
        addressee, text=text, start=start, end=end, resolved_by="coreference", probability=0.7 * addressee.probability
    )


def _belonging(whose: Party, words: str) -> Party:
    """What belongs to somebody: "our army" is of the speaker's state, and no person."""
    sectors = sector_of(words) or ("GOV",)
    return msgspec.structs.replace(whose, sectors=sectors, name=None, office=None, probability=0.8 * whose.probability)


def _from_referent(scene: Scene, start: int, end: int, r: Referent, probability: float) -> Party:
    sectors = r.sectors or (("GOV",) if r.kind == "state" else ())
    return Party(
        text=scene.text[start:end], start=start, end=end, country=r.country, sectors=sectors, name=r.name,
        office=r.office, resolved_by="coreference", probability=probability,
    )  # fmt: skip


def _parts(scene: Scene, start: int, end: int) -> list[tuple[int, int]]:
    """The members of a compound, where every member names somebody of its own; else the whole."""
    text = scene.text[start:end]
    pair = [n for n in scene.names if start <= n.start and n.end <= end]
    if len(pair) == 2 and scene.text[pair[0].end : pair[1].start] in HYPHENS:  # "Pak-US relations"
        return [(n.start, n.end) for n in pair]
    bounds, at = [], 0
    for joint in JOINT.finditer(text):
        bounds.append((start + at, start + joint.start()))
        at = joint.end()
    bounds.append((start + at, end))
    if len(bounds) == 1:
        return bounds
    named = [any(n.start < b and n.end > a and n.kind != "region" for n in scene.names)
             or any(m.start < b and m.end > a for m in scene.mentions) for a, b in bounds]  # fmt: skip
    codes = {n.code for n in scene.names if start <= n.start and n.end <= end}
    people = [m for m in scene.mentions if start <= m.start < end]
    if all(named) and (len(codes) > 1 or len(people) > 1):
        return bounds
    return [(start, end)]


def _single(scene: Scene, start: int, end: int, barred: Sequence[str | None], place_country: str | None) -> Party:
    phrase = scene.text[start:end]
    person = _person_party(scene, start, end) or _named_party(scene, start, end)
    if person is not None:
        return person
    sentence = scene.prepared.sentences[scene.sentence_at(start)]
    context = ActorContext(
        sentence=scene.text[sentence.start : sentence.end], start=start - sentence.start, end=end - sentence.start,
        report_countries=scene.countries, people=scene.people, place_country=place_country,
    )  # fmt: skip
    found = resolve_actor(phrase, on=scene.published, context=context)
    if found.country is not None:
        return Party(
            text=phrase, start=start, end=end, country=found.country, sectors=found.sectors, name=found.name,
            office=found.office, resolved_by=found.resolved_by, probability=found.probability,
        )  # fmt: skip
    owner = OWNER.fullmatch(phrase)
    if owner and not OTHERS.search(phrase):
        whose = find_antecedents(
            anaphor_of(owner["pronoun"]), start, scene.sentence_at(start), scene.referents, barred=barred
        )
        if len(whose) == 1 and whose[0][0].country:
            sectors = sector_of(owner["rest"]) or ("GOV",)
            return Party(
                text=phrase, start=start, end=end, country=whose[0][0].country, sectors=sectors,
                resolved_by="coreference", probability=0.8 * whose[0][1],
            )  # fmt: skip
    return _by_setting(scene, start, end, place_country, found.sectors)


def _named_party(scene: Scene, start: int, end: int) -> Party | None:
    """A party that is nothing but the name of a state, known for what it is from the text around it."""
    exact = next((n for n in scene.names if (n.start, n.end) == (start, end)), None)
    if exact is None or exact.kind not in ("country", "demonym"):
        return None
    return Party(
        text=exact.text,
        start=start,
        end=end,
        country=exact.code,
        sectors=("GOV",),
        resolved_by="name" if exact.kind == "country" else "demonym",
        probability=0.95,
    )


def _person_party(scene: Scene, start: int, end: int) -> Party | None:
    """A party that is a person named in the report, when the person's name ends the words or is all of them."""
    inside = [(m, scene.people[at]) for m, at in zip(scene.mentions, scene.by_mention, strict=True)
              if start <= m.start and m.end <= end]  # fmt: skip
    if len(inside) != 1 or inside[0][1].country is None:
        return None
    m, p = inside[0]
    if end - m.end > 40 or re.search(r"[’']s?\s+\w", scene.text[m.end : end]):
        return None
    named = m.country is not None or not p.inferred
    return Party(
        text=scene.text[start:end], start=start, end=end, country=m.country or p.country,
        sectors=p.sectors or ("GOV",), name=p.name,
        office=p.office, resolved_by="office" if m.office and named else "coreference" if named else "register",
        probability=0.95 if m.country else 0.85 if named else 0.6,
    )  # fmt: skip


def _by_setting(scene: Scene, start: int, end: int, place_country: str | None, sectors: tuple[str, ...]) -> Party:
    """A party known by its kind alone ("police", "rebels") is of the country where the act takes place."""
    phrase = scene.text[start:end]
    sectors = sectors or sector_of(phrase)
    sentence = scene.prepared.sentences[scene.sentence_at(start)]
    here = {
        n.code
        for n in scene.names
        if sentence.start <= n.start < sentence.end and n.kind in ("country", "demonym", "capital", "city")
    }
    country = place_country or (next(iter(here)) if len(here) == 1 else None)
    if country is None and not here and scene.countries:
        country = scene.countries[0] if len(scene.countries) == 1 else None
    if not sectors or country is None or OTHERS.search(phrase):
        return Party(text=phrase, start=start, end=end, sectors=sectors, resolved_by="unresolved", probability=0.0)
    return Party(
        text=phrase, start=start, end=end, country=country, sectors=sectors, resolved_by="setting", probability=0.55
    )
