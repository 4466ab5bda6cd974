"""What codebooks do well: the manual's special cases, applied to what the network saw.

Source: PLOVER manual, chapter "Event Categories", and ``docs/annotation-guide.md``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from entente.events.detect import Draft
from entente.tagger.reading import Found

__all__ = ["PHONE", "TOWARDS_SOMEBODY", "apply_rules", "drop_repeats", "is_whole", "role_spans", "without_phone"]

# Cooperative acts in the future are intentions: AGREE (manual, "AGREE").
INTENDED = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
# Conflict acts and concessions keep their type with the status "future" (manual, "Potential ambiguities").
# "Not only signed but also" says that it was signed.
NOT_ONLY = re.compile(r"\bnot (?:only|just|merely|simply)\b", re.I)
NEGATION = re.compile(
    r"\b(?:not|no|never|nobody|none|neither|nor|without|denied|denies|refus\w+|fail\w*)\b|n[’']t\b", re.I
)
# What somebody denies is told as not done, up to the next clause.
DENIED = re.compile(r"\b(?:den(?:y|ies|ied|ying))\b(?![^;.]*\b(?:but|and|after|while|when|who|which)\b)[^;.]*$", re.I)
EXCHANGED = re.compile(r"\b(?:shar|discuss|exchang)\w+\s+(?:\w+\s+){0,3}$", re.I)
PHONE = re.compile(r"\b(?:phone|telephone|call(?:ed|s|ing)?|video\w*|virtual(?:ly)?|online|by line)\b", re.I)
# Verbs that say which side of a visit their subject is on.
HOSTING = re.compile(r"\b(?:receiv|host|welcom|greet|entertain)", re.I)
# Whoever is received in person visits; aid and goods are received too.
RECEIVED = re.compile(
    r"\s*(?:(?:a|an|the|his|her|its|their)\s+)?(?:(?!(?:from|of|by|in|for|and)\b)[\w’'-]+\s+){0,4}(?:delegations?|missions?|"
    r"ministers?|envoys?|ambassadors?|presidents?|premiers?|secretary|counterparts?|negotiators?|diplomats?|parliamentarians?"
    r"|leaders?|kings?|queens?|princes?)\b(?![’']s?\s)",
    re.I,
)
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


# A verb after these is still to come, whatever else the sentence tells.
TO_COME = re.compile(
    r"\b(?:will|shall|(?:is|are) (?:set|due|scheduled|planning|about|going) to|plans? to|intends? to)"
    r"(?:\s+(?:also|soon|now|then|again|\w+ly))?\s*$",
    re.I,
)
WILL = re.compile(r"(?:will|shall)\s", re.I)


def apply_rules(draft: Draft, trigger: str, before: str = "", after: str = "") -> Draft:
    """Return the draft as the codebook wants it.

    ``trigger`` are the words that carry its act, ``before`` and ``after`` those around them in the sentence.
    """
    if draft.event == "AID" and HOSTING.search(trigger) and RECEIVED.match(after):
        draft = msgspec.structs.replace(draft, event="CONSULT", mode=("visit",))
    if draft.status == "negated" and NOT_ONLY.search(before) and not NEGATION.search(NOT_ONLY.sub("", before)):
        draft = msgspec.structs.replace(draft, status="actual")
    if draft.status == "actual" and draft.event != "REJECT" and DENIED.search(before):
        draft = msgspec.structs.replace(draft, status="negated")
    if draft.event in INTENDED and draft.status == "actual" and (WILL.match(trigger) or TO_COME.search(before)):
        draft = msgspec.structs.replace(draft, status="future")
    if draft.event in INTENDED and draft.status == "future":
        draft = msgspec.structs.replace(draft, event="AGREE", status="actual", mode=())
    if draft.event == "ACCUSE" and _is_shared_concern(draft, before, trigger):
        draft = msgspec.structs.replace(draft, event="CONSULT", mode=())
    if draft.event == "CONSULT":
        draft = _hosted(_consult(draft), trigger)
    return draft


def _is_shared_concern(draft: Draft, before: str, trigger: str) -> bool:
    """Concerns that are exchanged with nobody to blame are talk: a meeting's subject, not an accusation."""
    blamed = bool(role_spans(draft, "recipient"))
    return not blamed and bool(re.match(r"concerns?\b", trigger, re.I) and EXCHANGED.search(before))


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


def _consult(draft: Draft) -> Draft:
    """All parties of a meeting are actors, unless one visits the other (manual, "Compound and Reciprocal Actors")."""
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


def _same_act(a: Draft, b: Draft) -> bool:
    if a.sentence != b.sentence or a.event != b.event or a.status != b.status:
        return False
    return _parties(a) == _parties(b) or (not _parties(a) or not _parties(b))


def _parties(draft: Draft) -> frozenset[tuple[str, int]]:
    return frozenset((r.label, r.start) for r in draft.roles if r.label in ("actor", "recipient"))


def role_spans(draft: Draft, role: str) -> list[Found]:
    """The spans of one role in order."""
    return [r for r in draft.roles if r.label == role]
