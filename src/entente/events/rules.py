"""What codebooks do well: the manual's special cases, and who is on which side of a meeting.

Source: PLOVER manual, chapter "Event Categories", and ``docs/annotation-guide.md``. Cases that words decide are in the
table of ``special_cases``; here are those that turn on the parties.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from entente.events.detect import Draft
from entente.events.special_cases import decide
from entente.tagger.reading import Found

__all__ = [
    "PHONE",
    "TOWARDS_SOMEBODY",
    "apply_rules",
    "drop_borrowed",
    "drop_repeats",
    "is_whole",
    "role_spans",
    "without_phone",
]

PHONE = re.compile(r"\b(?:phone|telephone|call(?:ed|s|ing)?|video\w*|virtual(?:ly)?|online|by line)\b", re.I)
# Verbs that say which side of a visit their subject is on.
HOSTING = re.compile(r"\b(?:receiv|host|welcom|greet|entertain)", re.I)
VISITING = re.compile(r"\b(?:visit|travel|trip|arriv|fl[ey]w|flies|flown|went|goes|toured?|tour|journey)", re.I)


# Acts that are told without saying who did them; of all others, words without an actor tell no act.
UNKNOWN_ACTOR = frozenset({"ASSAULT", "COERCE", "SANCTION"})


# Acts towards somebody, who in the account of a meeting is the other side where nobody else is named.
TOWARDS_SOMEBODY = frozenset(
    {"AGREE", "SUPPORT", "REQUEST", "REJECT", "ACCUSE", "THREATEN", "CONCEDE", "AID", "COOPERATE"}
)


def is_whole(event: str, actors: int, recipients: int) -> bool:
    """Say whether an event has the parties that its type cannot do without, from how many are named on each side.

    Somebody meets somebody; an attack, coercion or sanction may be by nobody known; whatever else needs an actor.
    """
    if event == "CONSULT":
        return actors + recipients >= 2
    return actors > 0 or event in UNKNOWN_ACTOR


def apply_rules(draft: Draft, trigger: str, before: str = "", after: str = "") -> Draft:
    """Return the draft as the codebook wants it.

    ``trigger`` are the words that carry its act, ``before`` and ``after`` those around them in the sentence.
    """
    draft = decide(draft, trigger, before, after)
    return _consult(draft, trigger) if draft.event == "CONSULT" else draft


def _hosted(draft: Draft, trigger: str) -> Draft:
    """The visitor is the actor and the host the recipient, whichever of them the verb has for its subject."""
    actors = role_spans(draft, "actor")
    if "visit" not in draft.mode or role_spans(draft, "recipient") or len(actors) < 2:
        return draft
    before = [a for a in actors if a.end <= draft.trigger.start]
    after = [a for a in actors if a.start >= draft.trigger.end]
    hosts = before if HOSTING.search(trigger) else after if VISITING.search(trigger) else []
    if not before or not after:
        return draft
    roles = tuple(r._replace(label="recipient") if r in hosts else r for r in draft.roles)
    return msgspec.structs.replace(draft, roles=roles)


def _consult(draft: Draft, trigger: str) -> Draft:
    """All parties of a meeting are actors, unless one visits the other (manual, "Compound and Reciprocal Actors")."""
    draft = _hosted(draft, trigger)
    actors = [r for r in draft.roles if r.label == "actor"]
    hosts = [r for r in draft.roles if r.label == "recipient"]
    places = [r for r in draft.roles if r.label == "place"]
    if "visit" in draft.mode:
        if not hosts and len(places) == 1 and len(actors) >= 1:
            host = places[0]._replace(label="recipient", probability=places[0].probability * 0.9)
            draft = msgspec.structs.replace(draft, roles=(*draft.roles, host))
        return draft
    if hosts and actors:
        roles = tuple(r._replace(label="actor") if r.label == "recipient" else r for r in draft.roles)
        draft = msgspec.structs.replace(draft, roles=roles)
    return draft


def without_phone(draft: Draft) -> Draft:
    """A meeting less the mode "phone", which only a report that speaks of a call can give."""
    return msgspec.structs.replace(draft, mode=tuple(m for m in draft.mode if m != "phone"))


def drop_repeats(drafts: Sequence[Draft]) -> list[Draft]:
    """Keep one draft where two triggers of a sentence tell of one act ("held" and "talks")."""
    kept: list[Draft] = []
    for draft in drafts:
        rival = next((k for k in kept if _same_act(k, draft)), None)
        if rival is None:
            kept.append(draft)
        elif draft.probability > rival.probability:
            kept[kept.index(rival)] = draft
    return kept


def drop_borrowed(drafts: Sequence[Draft]) -> list[Draft]:
    """Take from each act the recipients of an act before it, where it has its own: "promised Peru rice and urged Chile"."""
    return [_without_borrowed(draft, drafts) for draft in drafts]


def _without_borrowed(draft: Draft, drafts: Sequence[Draft]) -> Draft:
    own = [r for r in role_spans(draft, "recipient") if r.start >= draft.trigger.end]
    lenders = [d for d in drafts if d.sentence == draft.sentence and d.trigger.end <= draft.trigger.start]
    lent = {
        (r.start, r.end)
        for d in lenders
        for r in role_spans(d, "recipient")
        if d.trigger.end <= r.start and r.end <= draft.trigger.start
    }
    if not own or not lent:
        return draft
    roles = tuple(r for r in draft.roles if r.label != "recipient" or (r.start, r.end) not in lent)
    return msgspec.structs.replace(draft, roles=roles)


def _same_act(a: Draft, b: Draft) -> bool:
    if a.sentence != b.sentence or a.event != b.event or a.status != b.status:
        return False
    return _parties(a) == _parties(b) or (not _parties(a) or not _parties(b))


def _parties(draft: Draft) -> frozenset[tuple[str, int]]:
    return frozenset((r.label, r.start) for r in draft.roles if r.label in ("actor", "recipient"))


def role_spans(draft: Draft, role: str) -> list[Found]:
    """The spans of one role in order."""
    return [r for r in draft.roles if r.label == role]
