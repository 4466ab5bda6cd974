"""What larger weights think of texts that nobody has annotated: samples for smaller ones to learn from."""

from __future__ import annotations

import gzip
import json
import random
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from entente.events.detect import possible_triggers
from entente.gazetteer.countries import find_names
from entente.tagger.model import Logits, Seen, Tagger
from entente.tagger.spans import Tokens, marks_on, windows_of
from training import data
from training.samples import Ask, Sample, Taught, Text

__all__ = ["taught_samples", "unread_texts"]

# Texts of each file, and how long a text may be; what is longer is cut at a line.
FILES = {
    "texts/white-house-foreign.jsonl.gz": 500,
    "texts/white-house-briefings.jsonl.gz": 120,
    "attribution/polnear.train.jsonl.gz": 250,
    "events/rams-devtest.jsonl.gz": 900,
    "events/m2e2-voa.jsonl.gz": 6000,
    "ngec/synthetic.jsonl.gz": 400,
}
LONGEST = 3000


def unread_texts(folder: Path, rng: random.Random) -> Iterator[str]:
    """Texts of the open sets that are neither annotated nor kept back, some of each."""
    split = json.loads(data.SPLIT.read_text(encoding="utf-8"))
    index = map(json.loads, (folder / "annotations/index.jsonl").read_text(encoding="utf-8").splitlines())
    known = {str(row["source_id"]) for row in index} | set(split["test_elsewhere"])
    known |= {
        str(json.loads(path.read_text(encoding="utf-8"))["source"]["id"])
        for path in (data.HERE / "standoff").glob("*.json")
    }
    for file, count in FILES.items():
        with gzip.open(folder / file, "rt", encoding="utf-8") as rows:
            found = [r["text"] for r in map(json.loads, rows) if not {str(r.get("id")), str(r.get("doc"))} & known]
        for text in rng.sample(found, min(count, len(found))):
            plain = unicodedata.normalize("NFC", re.sub(r"\r\n?", "\n", text)).strip()
            end = plain.rfind("\n", 0, LONGEST) if len(plain) > LONGEST else len(plain)
            if len(plain) > 40 and end > 0:
                yield plain[:end]


def taught_samples(teacher: Tagger, folder: Path, seed: int) -> list[Sample]:
    """Windows of unread texts with the teacher's logits, and its answers about words that may tell an event.

    Every fifth sentence is also asked about some other word, so that the pupil learns what is none.
    """
    rng = random.Random(seed)
    out: list[Sample] = []
    for number, text in enumerate(unread_texts(folder, rng), 1):
        out += _samples(teacher, text, rng)
        if number % 200 == 0:
            print(f"taught {number:,} texts, {len(out):,} windows", flush=True)
    return out


def _samples(teacher: Tagger, text: str, rng: random.Random) -> Iterator[Sample]:
    units = [text[start:end] for start, end in data.sentences_of("unread", text)] if data.is_normal(text) else []
    tokens = [teacher.tokenise(unit) for unit in units]
    seen = teacher.read(tokens)
    asked = [_asked(teacher, *one, rng) for one in zip(units, tokens, seen, strict=True)]
    for window in windows_of([len(one.ids) for one in tokens]):
        inside = range(window.context, window.end)
        asks = [(i - window.context, marks) for i in inside if i >= window.start for marks in asked[i]]
        looks = teacher.look([seen[window.context + at] for at, _ in asks], [
            marks_on(tokens[window.context + at], marks) for at, marks in asks
        ])  # fmt: skip
        yield Sample(
            tuple(Text(units[i]) for i in inside),
            tuple(Ask(at, marks) for at, marks in asks),
            Taught(tuple(_kept(seen[i].logits) if i >= window.start else {} for i in inside), tuple(map(_kept, looks))),
        )


def _asked(
    teacher: Tagger, unit: str, tokens: Tokens, seen: Seen, rng: random.Random
) -> list[tuple[tuple[str, int, int], ...]]:
    """The marks of the questions about a sentence: its likely acts, two of its states, and now and then another word."""
    found = possible_triggers(unit, tokens, seen.logits, teacher.manifest.heads["trigger"])
    marks: list[tuple[tuple[str, int, int], ...]] = [(("event", t.start, t.end),) for t in found]
    names = [(name.start, name.end) for name in find_names(unit)]
    if len(names) > 1:
        source, target = rng.sample(names, 2)
        marks.append((("source", *source), ("target", *target)))
    words = [m.span() for m in re.finditer(r"[^\W\d_]{4,}", unit)]
    if words and rng.random() < 0.2:
        marks.append((("event", *rng.choice(words)),))
    return marks


def _kept(logits: Logits) -> dict[str, NDArray[np.float16]]:
    return {head: array.astype(np.float16) for head, array in logits.items()}
