"""``make crossval``: five folds of PLV, through the int8 weights and the type head that reading uses.

Stage one never sees PLV and is trained once; each fold repeats stage two without the fold's rows, exports to int8 and
scores the fold. Results of a fold are cached under ``.cache/crossval`` by the fingerprint of everything they depend on.
"""

from __future__ import annotations

import copy
import hashlib
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import torch

from entente.coders.builtin import BuiltinCoder
from entente.coders.protocol import MarkedPair
from entente.records import Span
from entente.tagger.model import Tagger
from training import data, labels, recipe
from training.__main__ import Settings, encoder, stage_one

CACHE = Path(".cache/crossval")
FOLDS = 5


def folds(rows: list[dict[str, Any]], seed: int = 0) -> list[int]:
    """A fold for each row, the classes spread evenly; equal sentences share a fold."""
    rng = random.Random(seed)
    by_text: dict[str, int] = {}
    counts: Counter[tuple[str, int]] = Counter()
    for row in sorted(rows, key=lambda r: hashlib.sha256(r["id"].encode()).hexdigest()):
        fewest = min(counts[row["root"], f] for f in range(FOLDS))
        choice = rng.choice([f for f in range(FOLDS) if counts[row["root"], f] == fewest])
        fold = by_text.setdefault(row["text"], choice)
        counts[row["root"], fold] += 1
    return [by_text[row["text"]] for row in rows]


def score(coder: BuiltinCoder, rows: list[dict[str, Any]]) -> list[str]:
    """The root that the coder gives each row."""
    pairs = [MarkedPair(r["text"], Span(*r["source"]), Span(*r["target"])) for r in rows]
    out = []
    for shares in coder.classify_pairs(pairs):
        roots: Counter[str] = Counter()
        for kind, share in shares.items():
            roots[labels.PLV_ROOT[kind]] += share  # type: ignore[assignment]
        out.append(max(sorted(roots), key=lambda r: roots[r]))
    return out


def run(settings: Settings) -> list[tuple[str, str]]:
    """(gold root, predicted root) of every row, each predicted by weights that never saw it."""
    rows = data.plv(recipe.DATA)
    which = folds(rows)
    mark = settings.fingerprint()
    results: list[tuple[str, str]] = []
    network = tokenizer = src = None
    for fold in range(FOLDS):
        cached = CACHE / f"{mark}-{fold}.json"
        inside = [r for r, f in zip(rows, which, strict=True) if f == fold]
        if not cached.exists():
            if network is None:
                network, tokenizer, src = stage_one(settings)
            tuned = copy.deepcopy(network)
            others = [r for r, f in zip(rows, which, strict=True) if f != fold]
            recipe.fit_relations(tuned, tokenizer, src, others, epochs=settings.relations, seed=settings.seed + fold,
                                 name=f"fold {fold + 1}")  # fmt: skip
            folder = CACHE / f"fold-{fold}"
            from training.export import export

            export(tuned, tokenizer, folder, name="entente-small", version="cv", facts={})
            found = score(BuiltinCoder(Tagger(folder)), inside)
            cached.parent.mkdir(parents=True, exist_ok=True)
            cached.write_text(json.dumps([[r["root"], p] for r, p in zip(inside, found, strict=True)]))
        results += [(g, p) for g, p in json.loads(cached.read_text())]
        gold, guess = zip(*results, strict=True)
        print(f"after fold {fold + 1}: root macro-F1 {macro_f1(gold, guess):.3f}", flush=True)
    return results


def macro_f1(gold: Any, guess: Any) -> float:
    """Mean F1 over the classes that occur in gold."""
    scores = []
    for kind in sorted(set(gold)):
        both = sum(g == p == kind for g, p in zip(gold, guess, strict=True))
        total = sum(g == kind for g in gold) + sum(p == kind for p in guess)
        scores.append(2 * both / total if total else 0.0)
    return sum(scores) / len(scores)


PENTA = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2, "ACCUSE": 3, "REQUEST": 3,
         "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "MOBILIZE": 4, "SANCTION": 4, "COERCE": 4, "ASSAULT": 4}  # fmt: skip


def main() -> None:
    """Cross-validate and write the section "Cross-validation on PLV" of ``docs/evaluation.md``."""
    from evaluation.report import write_section

    torch.set_num_threads(2)
    results = run(Settings(wheels=str(encoder("small"))))
    gold, guess = [g for g, _ in results], [p for _, p in results]
    draws = []
    rng = random.Random(0)
    for _ in range(1000):
        picked = [rng.randrange(len(gold)) for _ in gold]
        draws.append(macro_f1([gold[i] for i in picked], [guess[i] for i in picked]))
    draws.sort()
    penta = macro_f1([PENTA[g] for g in gold], [PENTA[p] for p in guess])
    binary = macro_f1([PENTA[g] >= 3 for g in gold], [PENTA[p] >= 3 for p in guess])
    right = sum(g == p for g, p in results) / len(results)
    lines = [
        "`make crossval`: PLV's training half in five folds, int8 weights, the type head that `read` uses; each row is",
        "scored by weights that never saw it.",
        "",
        "| | macro-F1 |",
        "|---|---|",
        f"| root (15) | {macro_f1(gold, guess):.3f} (95 % interval {draws[25]:.3f}–{draws[974]:.3f}), micro {right:.3f} |",
        f"| quad (4) | {penta:.3f} |",
        f"| binary | {binary:.3f} |",
    ]
    print("\n".join(lines))
    write_section("Cross-validation on PLV", "\n".join(lines))


if __name__ == "__main__":
    main()
