"""Texts to be annotated, drawn by a seed; and finished annotations kept as offsets without their texts.

``python -m training.annotate draw FOLDER --seed 12 --voa 5 --white-house 2 --briefings 1 --windows 20`` writes texts that
nobody has read yet, with what is known of each; a window is five sentences of news. Readers write drafts beside them by ``docs/annotation-guide.md``;
``../shared/tools/build_gold.py`` makes offsets of their quotes; ``python -m training.annotate keep FOLDER TARGET`` keeps
those in the project. ``python -m training.annotate agree`` says how far the second readings in ``training/second`` agree with
the first ones: all events, main codings only.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import random
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from entente.evaluation.agreement import Measure, agreement
from entente.evaluation.documents import Document, document_of
from entente.gazetteer.countries import find_names
from training.data import HERE, gold_text, quoted

DATA = Path("../shared/data")
KEPT = (HERE / "standoff", HERE.parent / "evaluation" / "reports")
LONGEST = {"voa": 3200, "white_house": 3500, "briefings": 4000, "windows": 3200, "press": 3000}
# How many states other than the US a text has to name, lest domestic news fill the tranche.
STATES = {"voa": 2, "white_house": 1, "briefings": 3, "windows": 2, "press": 3}
SHORTEST = {"windows": 350}
URL_DATE = re.compile(r"/(20\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?!\d)")
_QUOTES = frozenset({"text", "evidence", "note", "what"})


def main() -> None:
    """Draw texts, or keep annotations."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw")
    drawing.add_argument("folder", type=Path)
    drawing.add_argument("--seed", type=int, required=True)
    for kind in LONGEST:
        drawing.add_argument(f"--{kind.replace('_', '-')}", type=int, default=0)
    keeping = commands.add_parser("keep")
    keeping.add_argument("folder", type=Path)
    keeping.add_argument("target", type=Path)
    commands.add_parser("agree")
    options = parser.parse_args()
    if options.command == "agree":
        agree()
    elif options.command == "draw":
        draw(options.folder, {kind: getattr(options, kind) for kind in LONGEST}, options.seed)
    else:
        keep(options.folder, options.target)


def draw(folder: Path, counts: dict[str, int], seed: int) -> None:
    """Write so many unread texts of each kind into a folder, with their sources."""
    read = _read_already()
    rng = random.Random(seed)
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    (folder / "drafts").mkdir(exist_ok=True)
    for kind, count in counts.items():
        pool = [one for one in _texts(kind) if one["source"]["id"] not in read and _is_fit(one["text"], kind)]
        for one in rng.sample(pool, count):
            name = re.sub(r"[^a-z0-9-]+", "-", f"{kind}-{one['source']['id']}".lower())[:75]
            text = one.pop("text")
            one["source"] |= {"length": len(text), "sha256": hashlib.sha256(text.encode()).hexdigest()}
            (folder / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
            (folder / f"{name}.meta.json").write_text(json.dumps(one), encoding="utf-8")


def keep(folder: Path, target: Path) -> None:
    """Write the annotations in ``folder/gold`` as stand-off files: offsets and labels, no words of the texts."""
    target.mkdir(exist_ok=True)
    for path in sorted((folder / "gold").glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        gold = json.loads(path.read_text(encoding="utf-8"))
        meta = json.loads((folder / f"{name}.meta.json").read_text(encoding="utf-8"))
        document = {"source": meta["source"], "published": gold["published"]}
        for layer in ("events", "people", "statements", "commitments", "coreference"):
            document[layer] = _bare(gold[layer])
        for link in document["coreference"]:
            if isinstance(link.get("antecedent"), str):  # words that the reader did not tie to a place
                del link["antecedent"]
        line = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        (target / f"{name}.json").write_text(line + "\n", encoding="utf-8")


def agree(second: Path = HERE / "second", first: Path = HERE / "standoff") -> None:
    """Print how far two blind readings of the same reports agree."""
    readings: list[dict[str, Document]] = [{}, {}]
    for path in sorted(second.glob("*.json")):
        for documents, folder in zip(readings, (first, second), strict=True):
            gold = json.loads((folder / path.name).read_text(encoding="utf-8"))
            text = gold_text(DATA, gold["source"])
            documents[path.stem] = document_of(path.stem, quoted(gold, text), text, main_only=True, all_clear=True)
    for name, measure in agreement(*readings).measures.items():
        value = measure.f1 if isinstance(measure, Measure) else measure.share
        interval = measure.interval or (math.nan, math.nan)
        print(f"| {name} | {value:.3f} | {interval[0]:.3f}–{interval[1]:.3f} |")


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _bare(one) for key, one in value.items() if key not in _QUOTES}
    return [_bare(one) for one in value] if isinstance(value, list) else value


def _read_already() -> set[str]:
    index = map(json.loads, (DATA / "annotations/index.jsonl").read_text(encoding="utf-8").splitlines())
    kept = (json.loads(path.read_text(encoding="utf-8")) for folder in KEPT for path in folder.glob("*.json"))
    return {row["source_id"] for row in index} | {str(one["source"]["id"]) for one in kept}


def _texts(kind: str) -> Iterator[dict[str, Any]]:
    """Texts of a kind, cut at a sentence or paragraph where they are long."""
    if kind == "voa":
        yield from _voa()
        return
    if kind in ("windows", "press"):
        yield from _windows() if kind == "windows" else _press()
        return
    file = f"texts/white-house-{'foreign' if kind == 'white_house' else kind}.jsonl.gz"
    with gzip.open(DATA / file, "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            if kind == "white_house" and "readout" in row["title"].lower():  # there are enough of these
                continue
            text = row["text"]
            if len(text) > LONGEST[kind]:
                text = text[: max(0, text.rfind("\n", 0, LONGEST[kind]))]
            published = (row.get("published") or row["date"])[:10]
            yield {
                "text": text,
                "published": published,
                "title": row["title"],
                "source": {"file": file, "id": row["id"]},
            }


def _voa(sentences: int = 14) -> Iterator[dict[str, Any]]:
    file = "events/m2e2-voa.jsonl.gz"
    articles: dict[str, list[dict[str, Any]]] = {}
    with gzip.open(DATA / file, "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            articles.setdefault(row["doc"], []).append(row)
    for name, parts in articles.items():
        count = min(len(parts), sentences)
        text = " ".join(part["text"] for part in parts[:count])
        if len(text) > LONGEST["voa"]:
            text = text[: max(text.rfind(mark, 0, LONGEST["voa"]) for mark in (". ", ".” ", '." ')) + 1]
        source = {"file": file, "id": name, "sentences": count}
        yield {"text": text, "published": parts[0]["date"], "title": None, "source": source}


def _windows() -> Iterator[dict[str, Any]]:
    """Five-sentence windows of news of many publishers, where the address tells the day."""
    file = "events/rams-devtest.jsonl.gz"
    with gzip.open(DATA / file, "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            if day := URL_DATE.search(row["source_url"]):
                source = {"file": file, "id": row["id"]}
                yield {"text": row["text"], "published": "-".join(day.groups()), "title": None, "source": source}


def _press() -> Iterator[dict[str, Any]]:
    """Articles of the political press, cut at a paragraph."""
    file = "attribution/polnear.train.jsonl.gz"
    with gzip.open(DATA / file, "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            text = row["text"]
            if len(text) > LONGEST["press"]:
                text = text[: max(0, text.rfind("\n", 0, LONGEST["press"]))].rstrip()
            yield {"text": text, "published": row["date"], "title": None, "source": {"file": file, "id": row["id"]}}


def _is_fit(text: str, kind: str) -> bool:
    states = {name.code for name in find_names(text)} - {"USA"}
    return (
        len(text) >= SHORTEST.get(kind, 900)
        and unicodedata.normalize("NFC", text) == text
        and len(states) >= STATES[kind]
    )


if __name__ == "__main__":
    main()
