"""Who stands in a sentence: named parties and groups without a name, as the dictionary coder sees them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from entente.coders.phrases import Token, word_set
from entente.gazetteer.countries import NameMatch
from entente.records import Party, Span

__all__ = ["Bystander", "Resolve", "find_bystanders"]

Resolve = Callable[[str], Party]

JOINED = re.compile(r"\s*(?:,|,?\s*and|&|as well as|along with|together with)\s+(?:the\s+|its\s+)?", re.I)
PLACED = frozenset({"in", "at", "near", "outside", "inside", "across", "throughout", "around"})
TOLD = re.compile(
    r"[,”\"]\s+(?:[\w’'.-]+\s+){0,9}(?:said|told|says|reported|announced|added|according to)\b[^.;]*[.”\"]*$"
)


class Bystander(msgspec.Struct, frozen=True, kw_only=True):
    """Words for one party or several joined by "and"; ``placed`` where they name only where something happens."""

    span: Span
    members: tuple[Party, ...]
    placed: bool

    @property
    def codes(self) -> frozenset[str]:
        """The country codes of the members."""
        return frozenset(m.country for m in self.members if m.country)


def find_bystanders(
    text: str, sentence: Span, tokens: Sequence[Token], names: Sequence[NameMatch], resolve: Resolve
) -> list[Bystander]:
    """Return the parties of a sentence in order, leaving out who only tells of it ("…, an official said")."""
    told = TOLD.search(text, sentence.start, sentence.end)
    end = told.start() if told and told.start() > sentence.start + 20 else sentence.end
    singles: list[Bystander] = []
    for name in names:
        if sentence.start <= name.start < end and name.kind != "region":
            span = _widened(text, tokens, name)
            if singles and span.start < singles[-1].span.end:
                continue
            singles.append(_named(text, tokens, name, span, resolve))
    singles += _groups(text, tokens, singles, end, resolve)
    singles.sort(key=lambda b: b.span.start)
    return _joined(text, singles)


def _widened(text: str, tokens: Sequence[Token], name: NameMatch) -> Span:
    """A name with the words that say whose office or group it is: "Israeli" → "Israeli foreign minister Lapid"."""
    end = name.end
    if name.kind not in ("demonym", "country", "seat") and not text[name.end : name.end + 2].startswith(("'", "’")):
        return Span(name.start, end)
    for token in (t for t in tokens if t.start >= name.end):
        capital = text[token.start].isupper()
        if (
            text[end : token.start].strip()
            or token.start - end > 1
            or not (token.word in word_set("follows") | word_set("groups") or capital)
        ):
            break
        end = token.end
    return Span(name.start, end)


def _named(text: str, tokens: Sequence[Token], name: NameMatch, span: Span, resolve: Resolve) -> Bystander:
    words = text[span.start : span.end]
    party = resolve(words)
    if party.country is None:
        party = msgspec.structs.replace(party, country=name.code, resolved_by="gazetteer")
    party = msgspec.structs.replace(party, text=words, start=span.start, end=span.end)
    before = [t.word for t in tokens if t.end <= name.start][-2:]
    if before[-1:] == ["the"]:
        before.pop()
    bare = span.end == name.end and name.kind in ("country", "capital", "city", "seat")
    return Bystander(span=span, members=(party,), placed=bare and bool(before) and before[-1] in PLACED)


def _groups(
    text: str, tokens: Sequence[Token], named: Sequence[Bystander], end: int, resolve: Resolve
) -> list[Bystander]:
    """Groups without a name, of the country in which the sentence is set or that it names alone."""
    placed = {c for b in named if b.placed for c in b.codes} or {c for b in named for c in b.codes}
    if len(placed) != 1:
        return []
    out = []
    for token in tokens:
        taken = any(b.span.start <= token.start < b.span.end for b in named)
        if token.word in word_set("groups") and token.start < end and not taken:
            words = text[token.start : token.end]
            found = resolve(words)
            party = Party(
                text=words, start=token.start, end=token.end, country=next(iter(placed)), sectors=found.sectors,
                resolved_by="setting", probability=0.4,
            )  # fmt: skip
            out.append(Bystander(span=Span(token.start, token.end), members=(party,), placed=False))
    return out


def _joined(text: str, singles: Sequence[Bystander]) -> list[Bystander]:
    """Neighbours joined by a comma or "and" are one compound party."""
    out: list[Bystander] = []
    for single in singles:
        last = out[-1] if out else None
        between = text[last.span.end : single.span.start] if last else ""
        if last and JOINED.fullmatch(between) and last.placed == single.placed:
            span = Span(last.span.start, single.span.end)
            out[-1] = Bystander(span=span, members=last.members + single.members, placed=last.placed)
        else:
            out.append(single)
    return out
