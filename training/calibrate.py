"""``make calibrate``: what the events' probabilities mean, on reports that the weights of their fold never saw.

The annotated whole reports, less those that ``split.json`` keeps back, are divided into folds. For each fold a network is
trained without it (both stages), exported to int8 and made to code it with every threshold low. Each event found is right
if a careful reader has one of the same type and countries there. The weights of its traits
(``entente.coders.calibration``) are fitted on the other folds to report the error, and on all to be shipped.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import torch
from numpy.typing import NDArray

from entente.coders.builtin import BuiltinCoder
from entente.coders.calibration import traits_of
from entente.evaluation.coding import Text, code_texts
from entente.evaluation.documents import Document, document_of
from entente.evaluation.matching import pair_events
from entente.evaluation.record import as_document
from entente.tagger.model import Tagger
from training import data, recipe
from training.__main__ import RATES, WEIGHTS, Settings, encoder
from training.export import export

CACHE = Path(".cache/calibration")
FOLDS = 2
BINS = 10
# Weight of the ridge that keeps traits of few events near nothing.
RIDGE = 3.0

Row = dict[str, Any]


def reports(folder: Path) -> dict[str, Document]:
    """The annotated whole reports that may be trained on, with their texts."""
    split = json.loads(data.SPLIT.read_text(encoding="utf-8"))
    kept_back = {*split["test"], *split["dev"]}
    out = {}
    for path in sorted((folder / "annotations/gold").glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        if name not in kept_back:
            text = (folder / f"annotations/texts/{name}.txt").read_text(encoding="utf-8")
            out[name] = document_of(name, json.loads(path.read_text(encoding="utf-8")), text)
    for path in sorted((data.HERE / "standoff").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        out[path.stem] = document_of(path.stem, gold, data.gold_text(folder, gold["source"]))
    return out


def fold_of(name: str) -> int:
    """The fold of a report, from its name alone."""
    return int(data.hash_share(name) * FOLDS)


def rows_of(settings: Settings, gold: dict[str, Document]) -> list[Row]:
    """Every event found in reports that the weights never saw: its traits, its document, whether it is right."""
    out: list[Row] = []
    for fold in range(FOLDS):
        cached = CACHE / f"{settings.fingerprint()}-{fold}.json"
        if not cached.exists():
            cached.parent.mkdir(parents=True, exist_ok=True)
            inside = {name: d for name, d in gold.items() if fold_of(name) == fold}
            cached.write_text(json.dumps(_coded(_fitted(settings, set(inside), fold), inside)), encoding="utf-8")
        out += json.loads(cached.read_text(encoding="utf-8"))
    return out


def _fitted(settings: Settings, without: set[str], fold: int) -> BuiltinCoder:
    """A coder that never saw the named reports, at its most generous."""
    every = recipe.sources(polnear=settings.polnear)
    src = replace(every, lines=[line for line in every.lines if line.doc not in without])
    mark = CACHE / f"{settings.fingerprint()}-{fold}"
    network, tokenizer = recipe.fit_reading(
        encoder(settings.size), src, epochs=settings.epochs, seed=settings.seed + fold, rate=RATES[settings.size],
        checkpoint=mark.with_suffix(".reading.pt"),
    )  # fmt: skip
    recipe.fit_relations(
        network, tokenizer, src, data.plv(recipe.DATA), epochs=settings.relations, seed=settings.seed + fold,
        rate=0.7 * RATES[settings.size], checkpoint=mark.with_suffix(".relations.pt"),
    )  # fmt: skip
    facts = {"thresholds": {"draft": 0.3}}
    export(network, tokenizer, mark, name=f"entente-{settings.size}", version="cv", facts=facts)
    return BuiltinCoder(Tagger(mark))


def _coded(coder: BuiltinCoder, gold: dict[str, Document]) -> list[Row]:
    names = sorted(gold)
    found = code_texts(coder, [Text(n, gold[n].text or "", gold[n].published) for n in names])
    out: list[Row] = []
    for name, coding in zip(names, found, strict=True):
        pairs = pair_events(gold[name].events, as_document(name, coding).events, "countries")
        right = {j for _, j in pairs}
        # Order of the record is that of the document's events.
        out += [
            {"doc": name, "traits": traits_of(event), "right": j in right, "raw": event.probability}
            for j, event in enumerate(coding.events)
        ]
    return out


def fit_weights(rows: Sequence[Row], *, ridge: float = RIDGE) -> dict[str, float]:
    """Logistic regression of being right on the traits, by Newton's method with a ridge on all but the bias."""
    names = sorted({name for row in rows for name in row["traits"]})
    x = np.array([[row["traits"].get(name, 0.0) for name in names] for row in rows])
    y = np.array([float(row["right"]) for row in rows])
    penalty = np.array([0.01 if name == "bias" else ridge for name in names])
    w: NDArray[np.float64] = np.zeros(len(names))
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-x @ w))
        gradient = x.T @ (p - y) + penalty * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        w = w - step
        if float(np.abs(step).max()) < 1e-8:
            break
    return {name: round(float(value), 4) for name, value in zip(names, w, strict=True)}


def probability(row: Row, weights: dict[str, float]) -> float:
    """What the weights make of an event's traits."""
    total = sum(weights.get(name, 0.0) * value for name, value in row["traits"].items())
    return 1.0 / (1.0 + math.exp(-total))


def calibration_error(probabilities: Sequence[float], right: Sequence[bool], bins: int = BINS) -> float:
    """Expected calibration error over bins of equal mass (Naeini et al. 2015)."""
    order = sorted(range(len(right)), key=lambda i: probabilities[i])
    total = 0.0
    for k in range(bins):
        part = order[k * len(order) // bins : (k + 1) * len(order) // bins]
        if part:
            said = sum(probabilities[i] for i in part) / len(part)
            total += len(part) / len(order) * abs(said - sum(right[i] for i in part) / len(part))
    return total


def cross_fitted(rows: Sequence[Row], parts: int = 5) -> list[float]:
    """The probability of each event by weights fitted without its document."""
    part = [int(data.hash_share("part " + row["doc"]) * parts) for row in rows]
    weights = [fit_weights([r for r, p in zip(rows, part, strict=True) if p != k]) for k in range(parts)]
    return [probability(row, weights[k]) for row, k in zip(rows, part, strict=True)]


def report(rows: Sequence[Row]) -> str:
    """The section of ``docs/evaluation.md``: error with its interval, reliability by bins, precision by coverage."""
    said, right = cross_fitted(rows), [bool(row["right"]) for row in rows]
    raw = [float(row["raw"]) for row in rows]
    documents = sorted({row["doc"] for row in rows})
    by_document = {d: [i for i, row in enumerate(rows) if row["doc"] == d] for d in documents}
    rng = random.Random(0)
    draws = []
    for _ in range(500):
        picked = [i for d in rng.choices(documents, k=len(documents)) for i in by_document[d]]
        draws.append(calibration_error([said[i] for i in picked], [right[i] for i in picked]))
    draws.sort()
    order = sorted(range(len(rows)), key=lambda i: -said[i])
    cover = [(share, order[: round(share * len(order))]) for share in (0.5, 0.7, 0.9)]
    lines = [
        f"`make calibrate`: {len(rows):,} events in {len(documents)} reports, each found by weights that never saw the",
        "report, its probability by a calibration that did not either. An event is right if a careful reader has one of the",
        "same type and countries there. Bins of equal mass.",
        "",
        "| | |",
        "|---|---|",
        f"| expected calibration error | {calibration_error(said, right):.3f} (95 % interval {draws[12]:.3f}–{draws[487]:.3f}) |",
        f"| the network's own certainty, for comparison | {calibration_error(raw, right):.3f} |",
        *(
            f"| precision of the surest {share:.0%} | {sum(right[i] for i in chosen) / len(chosen):.3f} |"
            for share, chosen in cover
        ),
        "",
        "| probability said | events | right |",
        "|---|---|---|",
    ]
    upward = order[::-1]
    for k in range(BINS):
        part = upward[k * len(upward) // BINS : (k + 1) * len(upward) // BINS]
        mean, share = (sum(of[i] for i in part) / len(part) for of in (said, right))
        lines.append(f"| {mean:.2f} | {len(part)} | {share:.2f} {'█' * round(20 * share)} |")
    return "\n".join(lines)


def plot(rows: Sequence[Row], path: Path) -> None:
    """Draw what the probabilities say against how often they are right, as SVG."""
    import altair

    said, right = cross_fitted(rows), [bool(row["right"]) for row in rows]
    order = sorted(range(len(rows)), key=lambda i: said[i])
    points = []
    for k in range(BINS):
        part = order[k * len(order) // BINS : (k + 1) * len(order) // BINS]
        share, size = sum(right[i] for i in part) / len(part), len(part)
        half = 1.96 * math.sqrt(share * (1 - share) / size)
        mean = sum(said[i] for i in part) / size
        points.append({"said": mean, "right": share, "low": max(0.0, share - half), "high": min(1.0, share + half)})
    scale = altair.Scale(domain=[0, 1])
    x = altair.X("said:Q", scale=scale, title="probability said")
    dots = altair.Chart(altair.Data(values=points)).encode(x)
    diagonal = altair.Chart(altair.Data(values=[{"said": 0, "right": 0}, {"said": 1, "right": 1}]))
    y = altair.Y("right:Q", scale=scale, title="share that is right, with 95 % interval")
    chart = (
        diagonal.mark_line(strokeDash=[4, 4], color="#999").encode(x, y)
        + dots.mark_rule(color="#1f5f8b").encode(y=altair.Y("low:Q", scale=scale), y2="high:Q")
        + dots.mark_circle(size=60, color="#1f5f8b").encode(y=y)
    )
    chart.properties(width=320, height=320, title="Calibration").save(path)


def main() -> None:
    """Cross-fit, write the section "Calibration", and put the weights of the traits into the manifest."""
    from evaluation.report import DOCUMENT, write_section

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=WEIGHTS / "small", help="the weights whose manifest is completed")
    options = parser.parse_args()
    torch.set_num_threads(2)
    rows = rows_of(Settings(wheels=str(encoder("small"))), reports(recipe.DATA))
    plot(rows, DOCUMENT.with_name("calibration.svg"))
    write_section("Calibration", "![Reliability](calibration.svg)\n\n" + report(rows))
    path = options.out / "manifest.json"
    manifest = msgspec.json.decode(path.read_bytes()) | {"calibration": fit_weights(rows)}
    path.write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(report(rows))


if __name__ == "__main__":
    main()
