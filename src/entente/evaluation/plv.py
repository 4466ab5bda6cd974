"""PLV: sentences with two marked parties, and the act of the first towards the second (Hu et al. 2024, ACL)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from entente.coders.protocol import MarkedPair, PairCoder
from entente.errors import InputError
from entente.evaluation.scores import ClassScores, class_scores
from entente.evaluation.tables import read_jsonl, read_tsv
from entente.records import Span

__all__ = ["PENTA", "PlvCase", "PlvPrediction", "PlvScores", "predict", "read_plv", "root_of", "score"]

COLUMNS = ("sentence_id", "sentence", "marked_sentence", "source", "target")
GOLD = ("gold", "root", "gold_root", "label")
MARK = re.compile(r"<(/?)([st])>", re.I)
# PLV's own grouping: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict. It counts
# YIELD, which joins CONCEDE and RETREAT, as material cooperation.
PENTA = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2, "ACCUSE": 3, "REQUEST": 3,
    "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "MOBILIZE": 4, "SANCTION": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip


class PlvCase(msgspec.Struct, frozen=True):
    """A sentence with two parties, and its class where it is known."""

    id: str
    pair: MarkedPair
    gold: str | None


class PlvPrediction(msgspec.Struct, frozen=True):
    """The class found for a case: ``root`` of 15, ``penta`` of 4, and how probable the root is."""

    id: str
    root: str
    penta: int
    probability: float


class PlvScores(msgspec.Struct, frozen=True, kw_only=True):
    """Scores of roots, of the four quad classes, and of cooperation against conflict."""

    root: ClassScores
    penta: ClassScores
    binary: ClassScores


def read_plv(path: Path) -> list[PlvCase]:
    """Return the cases of a tab-separated file; the class is in a column ``gold`` or ``root``, if anywhere.

    A file ``.jsonl`` holds the same as objects with ``id``, ``marked``, ``source``, ``target`` and perhaps ``root``.

    The parties stand between ``<s>`` and ``</s>``, ``<t>`` and ``</t>``. Without marks the first place of their words
    is taken; a party that the sentence does not name gets an empty span at its end.

    Raises
    ------
    InputError
        The file cannot be read, lacks a column, or names a class that PLV does not have.
    """
    cases = []
    for row in _rows(path):
        gold = next((row[c].strip() for c in GOLD if row.get(c, "").strip()), None)
        if gold is not None:
            gold = root_of(gold.upper())
            if gold not in PENTA:
                raise InputError(f"{path}: {row['sentence_id']}", f"has the class {gold!r}, which PLV does not have.")
        cases.append(PlvCase(row["sentence_id"], _pair(row), gold))
    return cases


def _rows(path: Path) -> list[dict[str, str]]:
    if path.suffix != ".jsonl":
        return read_tsv(path, COLUMNS)
    old = {"id": "sentence_id", "marked": "marked_sentence"}
    rows = read_jsonl(path, ("id", "sentence", "marked", "source", "target"))
    return [{old.get(k, k): str(v) for k, v in row.items()} for row in rows]


def root_of(event: str) -> str:
    """Return PLV's class of a PLOVER type."""
    return "YIELD" if event in ("CONCEDE", "RETREAT") else event


def _pair(row: dict[str, str]) -> MarkedPair:
    sentence, marks = _unmarked(row["marked_sentence"] or row["sentence"])
    spans = [marks.get(tag) or _place(sentence, row[name]) for tag, name in (("s", "source"), ("t", "target"))]
    return MarkedPair(sentence, *spans)


def _unmarked(marked: str) -> tuple[str, dict[str, Span]]:
    """The sentence without marks, and the spans they enclose; marks may overlap, an unclosed one is dropped."""
    text, at, opened = "", 0, {}
    spans: dict[str, Span] = {}
    for found in MARK.finditer(marked):
        text += marked[at : found.start()]
        at, tag = found.end(), found.group(2).lower()
        if not found.group(1):
            opened[tag] = len(text)
        elif tag in opened and tag not in spans and opened[tag] < len(text):
            spans[tag] = _trimmed(text, opened[tag], len(text))
    return text + marked[at:], spans


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()))


def _place(sentence: str, words: str) -> Span:
    words = words.strip()
    at = sentence.find(words) if words else -1
    if at < 0 and words:
        found = re.search(re.escape(words), sentence, re.I)
        at = found.start() if found else -1
    return Span(at, at + len(words)) if at >= 0 else Span(len(sentence), len(sentence))


def predict(coder: PairCoder, cases: Sequence[PlvCase]) -> list[PlvPrediction]:
    """Return the most probable class of each case; the probabilities of CONCEDE and RETREAT add up to YIELD's."""
    out = []
    for case, shares in zip(cases, coder.classify_pairs([c.pair for c in cases]), strict=True):
        roots = dict.fromkeys(PENTA, 0.0)
        for event, probability in shares.items():
            roots[root_of(event)] += probability
        root = max(roots, key=lambda r: roots[r])
        out.append(PlvPrediction(case.id, root, PENTA[root], round(roots[root], 6)))
    return out


def score(cases: Sequence[PlvCase], predictions: Sequence[PlvPrediction], *, samples: int = 2000) -> PlvScores | None:
    """Score predictions where classes are known; None where none is."""
    known = [(c.gold, p.root) for c, p in zip(cases, predictions, strict=True) if c.gold is not None]
    if not known:
        return None
    gold, found = [g for g, _ in known], [f for _, f in known]

    def sides(roots: Sequence[str]) -> list[str]:
        return ["conflict" if PENTA[r] >= 3 else "cooperation" for r in roots]

    return PlvScores(
        root=class_scores(gold, found, samples=samples),
        penta=class_scores([str(PENTA[r]) for r in gold], [str(PENTA[r]) for r in found], samples=samples),
        binary=class_scores(sides(gold), sides(found), samples=samples),
    )
