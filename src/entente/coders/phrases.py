"""Entries of the phrase dictionary, and where a sentence holds them."""

from __future__ import annotations

import functools
import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

__all__ = [
    "Entry",
    "Hit",
    "Token",
    "Vocabulary",
    "find_hits",
    "inflections",
    "load_vocabulary",
    "tokens_of",
    "word_set",
]

DATA = Path(__file__).parent / "data"
Kind = Literal["verbs", "swapped", "joint", "nouns"]
Form = Literal["base", "third", "past", "participle", "gerund", "noun", "fixed"]
WORD = re.compile(r"\w+(?:[-’'.]\w+)*|[^\w\s]")
GAP = 4
NEGATIONS = frozenset({"not", "cannot", "never"})


class Token(NamedTuple):
    """A word or mark of a sentence, in lower case, with its place in the text."""

    word: str
    start: int
    end: int


class Element(NamedTuple):
    """A step of an entry: one of some words, perhaps missing, perhaps after a gap."""

    words: frozenset[str]
    optional: bool
    gap: bool


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase that tells of an act; ``first`` maps each form of its first word to how it is inflected."""

    event: str
    mode: str | None
    kind: Kind
    first: Mapping[str, tuple[Form, ...]]
    rest: tuple[Element, ...]
    weight: int


class Hit(NamedTuple):
    """Where an entry was found: token numbers, the second exclusive."""

    entry: Entry
    forms: tuple[Form, ...]
    first: int
    last: int


class Vocabulary(NamedTuple):
    """All entries, by the form with which they begin."""

    by_form: Mapping[str, Sequence[Entry]]
    size: int


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """Return the words and marks of a stretch of text; a contracted "not" is "not"."""
    out = []
    for found in WORD.finditer(text, start, end):
        word = found.group().lower().replace("’", "'")
        out.append(Token("not" if word.endswith("n't") else word, found.start(), found.end()))
    return out


@functools.cache
def word_set(name: str) -> frozenset[str]:
    """Return a set of words of ``data/words.toml``."""
    return frozenset(tomllib.loads((DATA / "words.toml").read_text(encoding="utf-8"))[name].split())


@functools.cache
def load_vocabulary() -> Vocabulary:
    """Read the dictionary that entente ships."""
    table = tomllib.loads((DATA / "dictionary.toml").read_text(encoding="utf-8"))
    by_form: dict[str, list[Entry]] = defaultdict(list)
    size = 0
    for event, modes in table.items():
        for mode, lists in modes.items():
            for kind, phrases in lists.items():
                for phrase in phrases:
                    entry = _entry(event, None if mode == "plain" else mode, kind, phrase)
                    size += 1
                    for form in entry.first:
                        by_form[form].append(entry)
    return Vocabulary(by_form, size)


def _entry(event: str, mode: str | None, kind: Kind, phrase: str) -> Entry:
    words = phrase.split()
    inflect = _noun_at(words) if kind == "nouns" else 0
    first: Mapping[str, tuple[Form, ...]]
    if kind == "nouns":
        nouns = _numbers(words[0]) if inflect == 0 else words[0].split("|")
        first = dict.fromkeys(nouns, ("noun",))
    elif "|" in words[0] or words[0] in NEGATIONS:
        first = dict.fromkeys(words[0].split("|"), ("fixed",))
    else:
        first = inflections(words[0])
    rest = [_element(w, i == inflect and i > 0, words[i - 1] == "*") for i, w in enumerate(words) if i and w != "*"]
    return Entry(event=event, mode=mode, kind=kind, first=first, rest=tuple(rest), weight=len(rest) + 1)


def _noun_at(words: Sequence[str]) -> int:
    """Number of the noun that is inflected: the last word before a preposition."""
    ends = [i for i, w in enumerate(words) if i and (w.split("|")[0] in word_set("after_noun") or "|" in w)]
    return (ends[0] if ends else len(words)) - 1


def _element(word: str, is_noun: bool, gap: bool) -> Element:
    optional, word = word.startswith("?"), word.lstrip("?")
    forms = _numbers(word) if is_noun else word.split("|")
    return Element(frozenset(forms), optional, gap)


def _numbers(noun: str) -> list[str]:
    """A noun's singular and plural; one that is plural already stays so."""
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return [noun]
    if re.search(r"[^aeiou]y$", noun):
        return [noun, noun[:-1] + "ies"]
    return [noun, noun + ("es" if re.search(r"(?:s|x|z|ch|sh)$", noun) else "s")]


@functools.cache
def _irregular() -> Mapping[str, tuple[list[str], list[str]]]:
    lines = (DATA / "irregular.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {base: (past.split("|"), done.split("|")) for base, past, done in rows}


def inflections(verb: str) -> dict[str, tuple[Form, ...]]:
    """Return every form of an English verb with what it may be: ``met`` is a past tense and a participle."""
    if verb == "be":
        return dict.fromkeys(("is", "are", "was", "were", "been", "being", "am", "be"), ("third",))
    stem = verb
    if verb in word_set("doubled") or verb.split("-")[-1] in word_set("doubled"):
        stem = verb + verb[-1]
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        past, gerund = verb + "d", verb[:-1] + "ing"
    elif re.search(r"[^aeiou]y$", verb):
        past, gerund = verb[:-1] + "ied", verb + "ing"
    else:
        past, gerund = stem + ("d" if verb.endswith("e") else "ed"), stem + "ing"
    third = _numbers(verb)[-1] if not verb.endswith("s") else verb + "es"
    if verb.endswith("o"):
        third = verb + "es"
    pasts, done = _irregular().get(verb, ([past], [past]))
    forms: dict[str, list[Form]] = defaultdict(list)
    pairs: list[tuple[Form, str]] = [("base", verb), ("third", third), ("gerund", gerund)]
    pairs += [("past", w) for w in pasts] + [("participle", w) for w in done]
    for form, word in pairs:
        forms[word].append(form)
    return {w: tuple(f) for w, f in forms.items()}


def find_hits(vocabulary: Vocabulary, tokens: Sequence[Token]) -> list[Hit]:
    """Return the entries that a sentence holds, in order; of several that share words the longest."""
    found: list[Hit] = []
    for i, token in enumerate(tokens):
        for entry in vocabulary.by_form.get(token.word, ()):
            last = _match(entry.rest, tokens, i + 1)
            if last is not None and _reads_as(entry, tokens, i, last):
                found.append(Hit(entry, entry.first[token.word], i, last))
    found.sort(key=lambda h: (-h.entry.weight, h.first, h.last, h.entry.event))
    kept: list[Hit] = []
    for hit in found:
        if not any(hit.first < k.last and k.first < hit.last for k in kept):
            kept.append(hit)
    return sorted(kept, key=lambda h: h.first)


def _match(rest: Sequence[Element], tokens: Sequence[Token], at: int) -> int | None:
    """Token number after the last of an entry's steps, or None where they are not all there."""
    if not rest:
        return at
    step = rest[0]
    for skipped in range(GAP + 1 if step.gap else 1):
        here = at + skipped
        if here >= len(tokens) or (skipped and not tokens[here - 1].word[0].isalnum()):
            break
        if tokens[here].word in step.words:
            end = _match(rest[1:], tokens, here + 1)
            if end is not None:
                return end
    return _match(rest[1:], tokens, at) if step.optional else None


def _reads_as(entry: Entry, tokens: Sequence[Token], i: int, last: int) -> bool:
    """Whether a form that may be noun or verb is here what the entry takes it for."""
    before = _word_before(tokens, i)
    forms = entry.first[tokens[i].word]
    as_noun = before in word_set("determiners") or before in word_set("before_noun") or before.endswith(("'s", "s'"))
    if entry.kind == "nouns":
        return as_noun or before not in word_set("before_base")
    if "fixed" in forms:
        return True
    if before in word_set("determiners") or before.endswith("'s"):
        return "participle" in forms and last < len(tokens) and tokens[last].word == "by"
    if set(forms) <= {"base", "third"} and tokens[i].word not in word_set("be"):
        return not as_noun and (forms != ("base",) or before in word_set("before_base") or _is_plural(before))
    return True


def _word_before(tokens: Sequence[Token], i: int) -> str:
    """The word before a token, adverbs skipped; empty at the beginning."""
    at = i - 1
    while at > 0 and (tokens[at].word.endswith("ly") or tokens[at].word in word_set("aside")):
        at -= 1
    return tokens[at].word if at >= 0 else ""


def _is_plural(word: str) -> bool:
    """Whether a word may be the plural subject of a verb in its base form."""
    if word in word_set("be") or word in ("has", "as", "this", "its", "yes", "his"):
        return False
    return (word.endswith("s") and not word.endswith(("ss", "'s"))) or word in ("people", "police")
