"""How a phrase stands in its sentence: active or passive, done or only meant, and who is on which side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from entente.coders.bystanders import Bystander
from entente.coders.phrases import NEGATIONS, Hit, Token, word_set
from entente.records import Status

__all__ = ["Sides", "is_only_meant", "is_passive", "sides_of", "status_of"]

INTENT = re.compile(
    r"\b(?:plan|plans|planned|intends?|intended|due|set|scheduled|slated|expected|going|about|ready|is|are)\s+to$"
)
YEAR = re.compile(r"\b(?:in|since|of|during|by)\s+(1[89]\d\d|20\d\d)\b")
LONG_AGO = re.compile(
    r"\b(?:decades|centuries|years) ago\b|\bhistorically\b|\bduring the (?:cold|first world|second world) war\b", re.I
)
# Types whose words are followed by what is agreed, asked, refused or threatened: no act of its own.
GOVERNING = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE", "CONCEDE"})
STOPS = frozenset({";", ":", "but", "while", "although", "after", "before", "because"})


class Sides(NamedTuple):
    """Who acts and who is acted on, as far as the sentence says."""

    actor: Bystander | None
    recipient: Bystander | None


def is_passive(tokens: Sequence[Token], hit: Hit) -> bool:
    """Whether the phrase is a participle after a form of "be", or before "by"."""
    if "participle" not in hit.forms or hit.entry.kind == "nouns":
        return False
    at = hit.first - 1
    while at >= 0 and (
        tokens[at].word.endswith("ly") or tokens[at].word in word_set("aside") or tokens[at].word in NEGATIONS
    ):
        at -= 1
    if at >= 0 and tokens[at].word in word_set("be"):
        return True
    return (
        hit.last < len(tokens)
        and tokens[hit.last].word == "by"
        and (at < 0 or tokens[at].word not in ("has", "have", "had"))
    )


def is_only_meant(tokens: Sequence[Token], hit: Hit, before: Sequence[Hit]) -> bool:
    """Whether the phrase is the content of an earlier one: "threatened to attack", "accused it of attacking"."""
    if hit.entry.kind == "nouns" or not hit.first:
        return False
    infinitive = tokens[hit.first - 1].word == "to" and "base" in hit.forms
    gerund = "gerund" in hit.forms and tokens[hit.first - 1].word in ("of", "for", "from", "against")
    if not infinitive and not gerund:
        return False
    if infinitive and INTENT.search(" ".join(t.word for t in tokens[max(0, hit.first - 3) : hit.first])):
        return False
    governed = [b for b in before if b.entry.event in GOVERNING]
    return bool(governed) or (infinitive and hit.entry.event != "CONSULT")


def status_of(tokens: Sequence[Token], hit: Hit, published_year: int | None, words: str) -> Status:
    """Return the status that the words around a phrase give it; ``words`` is the sentence."""
    left = _clause_before(tokens, hit.first)
    near = left[-5:]
    if hit.entry.event != "REJECT" and (
        set(near[-3:]) & NEGATIONS or "without" in near[-2:] or near[-2:] in (["failed", "to"], ["fails", "to"])
    ):
        return "negated"
    if set(near[-4:]) & word_set("future") or INTENT.search(" ".join(near)):
        return "future"
    if set(near[-4:]) & word_set("maybe") or set(left) & {"if", "unless", "whether"}:
        return "hypothetical"
    years = [int(y) for y in YEAR.findall(words)]
    if LONG_AGO.search(words) or (published_year and years and max(years) < published_year - 1):
        return "historical"
    return "actual"


def _clause_before(tokens: Sequence[Token], at: int) -> list[str]:
    """The words of the clause that stand before a token."""
    out: list[str] = []
    for token in reversed(tokens[max(0, at - 12) : at]):
        if token.word in STOPS:
            break
        out.append(token.word)
    return out[::-1]


def sides_of(text: str, tokens: Sequence[Token], hit: Hit, parties: Sequence[Bystander]) -> Sides:
    """Return who stands on which side of a phrase: the nearest party left acts, the nearest right is acted on.

    A passive and a phrase in which the subject is acted on change sides, as do "by" and a noun's owner.
    """
    begin, end = tokens[hit.first].start, tokens[hit.last - 1].end
    left = next((p for p in reversed(parties) if p.span.end <= begin and not p.placed), None)
    right = next((p for p in parties if p.span.start >= tokens[hit.first].end and not p.placed), None)
    by = next((p for p in parties if p.span.start >= end and _word_before(tokens, p) == "by"), None)
    visited = hit.entry.mode == "visit" and hit.entry.event == "CONSULT"
    if visited and right is None:
        right = next((p for p in parties if p.span.start >= end and p.placed), None)
    if hit.entry.kind == "nouns":
        return _noun_sides(text, tokens, hit, parties, by, left)
    if is_passive(tokens, hit) or hit.entry.kind == "swapped":
        agent = by if is_passive(tokens, hit) else right
        sides = Sides(agent, left)
        return Sides(left, agent) if hit.entry.kind == "swapped" and is_passive(tokens, hit) else sides
    return Sides(left, right)


def _noun_sides(
    text: str,
    tokens: Sequence[Token],
    hit: Hit,
    parties: Sequence[Bystander],
    by: Bystander | None,
    left: Bystander | None,
) -> Sides:
    """A noun's owner, or who follows "by", acts; who follows another preposition is acted on."""
    begin, end = tokens[hit.first].start, tokens[hit.last - 1].end
    owner = next((p for p in reversed(parties) if p.span.end <= begin and begin - p.span.end <= 24), None)
    after = [p for p in parties if p.span.start >= end and p is not by and p.span.start - end < 60]
    if by is not None:
        return Sides(by, after[0] if after else left)
    if hit.entry.mode == "visit" and owner is None and len(after) > 1:
        return Sides(after[0], after[1])
    return Sides(owner if owner and not owner.placed else left, after[0] if after else None)


def _word_before(tokens: Sequence[Token], party: Bystander) -> str:
    words = [t.word for t in tokens if t.end <= party.span.start][-2:]
    if words[-1:] in (["the"], ["a"]):
        words.pop()
    return words[-1] if words else ""
