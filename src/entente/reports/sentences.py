"""Prose cut into sentences, as offsets into the text."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path

import nupunkt

from entente.records import Sentence
from entente.reports.prose import Block

__all__ = ["split_block"]

# Marks that Markdown adds within prose: links' brackets and targets, emphasis, escapes.
_MARKS = re.compile(
    r"(?P<image>!(?=\[[^\]\n]*\]\())"
    r"|\[(?P<label>[^\[\]]*)(?P<target>\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"\n]*\")?\))"
    r"|(?P<tag></?(?:a|b|br|div|em|i|p|span|strong|sub|sup|u)(?:\s[^<>\n]*)?/?>)"
    r"|(?P<escape>\\)(?=[\\`*_{}\[\]()#+\-.!>~|\"'$<&])"
    r"|(?P<stars>\*{1,3}|_{1,3}(?=\w)(?<!\w_)|(?<=[\w.,!?;:”\"’)])_{1,3}(?!\w))"
)
_BOUNDARY = re.compile(r"(?<![.!?…])[.!?…]+[\"“”’'»)\]]*(?P<gap>\s+)(?=\S)")
_ROMAN = re.compile(r"\b[Tt]he\s+[IVXL]{2,}$")
# The number of an item in running text: "It has two parts. 1. Peru leaves. 2. Chile stays."
_ITEM_NUMBER = re.compile(r"(?:^|\b[a-z]\w{2,}[.!?:;][”\"’)]*\s+)\(?\d{1,2}$")
_AFTER_INITIAL_NEW = frozenset(
    "The He She It They We I You In On At But And A An This That These Those His Her Its Their Our My As If When While "
    "After Before However There For With From By Since Although Meanwhile Both Some Many Most Under According What Who "
    "Why How Yes No So".split()
)
_HOURS = re.compile(
    r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August"
    r"|September|October|November|December|E[SD]?T|C[SDE]*T|P[SD]T|GMT|UTC|EST|EDT|Eastern|Central|Pacific|local)\b"
)
_NAME_PARTICLE = re.compile(r"(?:al|el|an|as|ash|ad|at|ar|de|van|von|e|i)-?[A-Z]")
_ASIDE = re.compile(
    r"(?:[A-Z][\w.’'-]*\s+){1,5}(?:said|asked|replied|added|wrote|told|says|demanded|shouted|answered)\b"
)


@cache
def _abbreviations() -> dict[str, frozenset[str]]:
    """Words whose full stop does not end a sentence, by what they stand before or after: ``data/abbreviations.toml``."""
    table = tomllib.loads((Path(__file__).parent / "data/abbreviations.toml").read_text(encoding="utf-8"))
    return {key: frozenset(words) for key, words in table.items()}


def split_block(text: str, block: Block) -> list[Sentence]:
    """The sentences of a paragraph, heading or list item.

    A sentence neither begins nor ends with a blank or a Markdown mark, may run over a wrapped line's end, and never
    ends within a word.
    """
    view, offsets = _view(text, block)
    sentences = []
    for start, end in _cuts(view):
        while start < end and (view[start].isspace()):
            start += 1
        while end > start and (view[end - 1].isspace()):
            end -= 1
        if any(character.isalnum() for character in view[start:end]):
            sentences.append(Sentence(offsets[start], offsets[end - 1] + 1))
    return sentences


def _view(text: str, block: Block) -> tuple[str, list[int]]:
    """The block as one line without marks, and the offset in the text of each of its characters."""
    start, end = block.lines[0].start, block.lines[-1].end
    dropped: set[int] = set()
    for before, after in pairwise(block.lines):
        dropped.update(range(before.end + 1, after.start))  # blanks and quotation marks of the next line's front
    for match in _MARKS.finditer(text, start, end):
        for name in ("image", "target", "tag", "escape", "stars"):
            dropped.update(range(*match.span(name)))
        if match["target"]:
            dropped.add(match.start())
    # A star between blanks is no emphasis but a sign of its own; it is kept.
    offsets = [i for i in range(start, end) if i not in dropped]
    return "".join(" " if text[i].isspace() else text[i] for i in offsets), offsets


def _cuts(view: str) -> list[tuple[int, int]]:
    """The view cut at its sentence ends: where the splitter says so, mended by rules on abbreviations and quotes."""
    proposed = {end for _, end in nupunkt.sent_spans(view)} if view.strip() else set()
    cuts = [0]
    for match in _BOUNDARY.finditer(view):
        gap, after = match.start("gap"), match.end()
        is_proposed = any(position in proposed for position in range(gap, after + 1))
        if _ends_sentence(view, match.start(), gap, after, is_proposed):
            cuts.append(after)
    cuts.append(len(view))
    return list(pairwise(cuts))


def _ends_sentence(view: str, stop: int, gap: int, after: int, is_proposed: bool) -> bool:
    """Whether the full stop at ``stop``, followed by a word at ``after``, ends a sentence."""
    mark, following = view[stop:gap], view[after : after + 60]
    if following[0].islower() and not _NAME_PARTICLE.match(following):
        return False
    if mark[0] != ".":
        quoted = len(mark) > 1 and mark[-1] in "\"”’'»"
        return not (quoted and _ASIDE.match(following)) and (is_proposed or following[0] not in ",;:)—–-")
    if mark.startswith("."):
        verdict = _after_abbreviation(view[max(0, stop - 40) : stop], mark, following)
        if verdict is not None:
            return verdict
    return is_proposed or bool(re.match(r"[\"“‘'(\[]?[A-ZÀ-Þ]", following))


def _after_abbreviation(before: str, mark: str, following: str) -> bool | None:
    """What a full stop after an abbreviation means; None where the word before it is no abbreviation."""
    word = re.search(r"[^\s\"“”‘(\[]*$", before).group()  # type: ignore[union-attr]  # matches the empty string too
    table, plain = _abbreviations(), word.lower().rsplit("-", 1)[-1]
    if mark == ".)" and plain in table["retired"]:
        return False
    if mark != ".":
        return None
    next_word = re.match(r"[\w’']*", following).group()  # type: ignore[union-attr]  # matches the empty string too
    if plain in table["always"] or _ROMAN.search(before) or _ITEM_NUMBER.search(before):
        return False
    if plain in table["titles"] and not word[0].islower():
        return not following[0].isalpha() and following[0] not in "“\"‘'("
    if plain in table["before_figure"] and following[0].isdigit():
        return False
    if plain in table["companies"] and next_word in table["company_offices"]:
        return False
    if re.fullmatch(r"[ap]\.m|[AP]\.M", word):
        return next_word in _AFTER_INITIAL_NEW if following[0].isupper() and not _HOURS.match(following) else False
    is_initial = re.fullmatch(r"(?:[A-Z]\.)*[A-Z]", word) or re.fullmatch(r"[A-Z]-[A-Z]|(?:[A-Z]\.-)[A-Z]", word)
    if is_initial or (plain in table["places"] and word[0].isupper() and following[0].isupper()):
        return next_word in _AFTER_INITIAL_NEW and not (len(word) == 1 and next_word == "I")
    return None
