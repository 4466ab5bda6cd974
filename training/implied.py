"""``python -m training.implied``: who acts where no words of the sentence say it; writes ``coders/data/implied-actor.json``.

From the annotated whole reports that may be trained on: every act whose sentence names no actor, with the states that the
report could mean. Readers say which it is, or that it is nobody's. A conditional logit with a ridge is fitted to that, and
checked by five folds of the reports.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch

from entente.coders import builtin
from entente.coders.implied import LEAST, WEIGHTS, Act, Situation, candidates_of, chances, situation_of, traits_of
from entente.mentions.detect import person_spans
from entente.records import Incoming
from entente.reports.prepare import prepare
from entente.resolution.parties import resolve_party
from entente.resolution.scene import Scene, build_scene
from entente.tagger.model import load_tagger
from entente.tagger.reading import read_sentences
from entente.tagger.units import units_of
from training import data, recipe

RIDGE = 2.0
FOLDS = 5
# A situation, the codes that count as right (none for nobody), and all readings of the actor that are accepted.
Case = tuple[str, Situation, frozenset[str], list[frozenset[str]]]


def cases(folder: Path) -> Iterator[Case]:
    """The acts without an actor in their sentence, with their report's name."""
    split = json.loads(data.SPLIT.read_text(encoding="utf-8"))
    for path in sorted((folder / "annotations/gold").glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        if name not in {*split["test"], *split["dev"]}:
            text = (folder / f"annotations/texts/{name}.txt").read_text(encoding="utf-8")
            yield from _cases(name, text, json.loads(path.read_text(encoding="utf-8")))
    for path in sorted((data.HERE / "standoff").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        yield from _cases(path.stem, data.gold_text(folder, gold["source"]), gold)


def _cases(name: str, text: str, gold: dict[str, Any]) -> Iterator[Case]:
    scene = _scene(name, text, gold.get("published"))
    if scene is None:
        return
    said = list(_said(scene, gold))
    events = [e for e in gold["events"] if (e.get("trigger") or {}).get("start") is not None]
    before: list[Act] = []
    for event in sorted(events, key=lambda e: e["trigger"]["start"]):
        at = event["trigger"]["start"]
        sentence = scene.sentence_of(at)
        inside = [p for p in event.get("actor") or [] if sentence.start <= p.get("start", -1) < sentence.end]
        actors, recipients = (_codes(event.get(side)) for side in ("actor", "recipient"))
        if not inside:
            speakers = [code for start, end, code in said if start <= at < end]
            accepted = [actors] + [_codes(a["actor"]) for a in event.get("also_accept") or [] if "actor" in a]
            yield name, situation_of(scene, at, event["type"], recipients, speakers, before), actors, accepted
        before.append(Act(event["type"], actors, recipients))


def _scene(name: str, text: str, published: str | None) -> Scene | None:
    prepared = prepare(Incoming(text=text, origin=name, source_id=name, published=published))
    if prepared.report.text != text or not prepared.sentences:
        return None
    tagger = load_tagger("small")
    reading = read_sentences(tagger, text, units_of(text, prepared.sentences))
    return build_scene(prepared, person_spans(reading, tagger.manifest.heads["entity"]))


def _said(scene: Scene, gold: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
    for statement in gold.get("statements", []):
        speaker, content = statement.get("speaker") or {}, statement.get("content") or {}
        code = speaker.get("code")
        if code is None and speaker.get("start") is not None:
            parties = resolve_party(scene, speaker["start"], speaker["end"])
            code = parties[0].country if parties else None
        if code and content.get("start") is not None:
            yield content["start"], content["end"], code


def _codes(parties: Any) -> frozenset[str]:
    codes = (p if isinstance(p, str) else p.get("code") for p in parties or [])
    return frozenset(code for code in codes if code)


def fit(rows: Sequence[Case]) -> dict[str, float]:
    """The weights of all traits."""
    names: dict[str, int] = {}
    longest = 1 + max(len(candidates_of(situation)) for _, situation, _, _ in rows)
    places, columns = [], []
    barred, target = torch.full((len(rows), longest), -1e9), torch.zeros(len(rows), longest)
    barred[:, 0] = 0
    for i, (_, situation, right, _) in enumerate(rows):
        codes = candidates_of(situation)
        barred[i, 1 : len(codes) + 1] = 0
        for k, code in enumerate(codes, 1):
            for trait in traits_of(situation, code):
                places.append(i * longest + k)
                columns.append(names.setdefault(trait, len(names)))
        meant = [k for k, code in enumerate(codes, 1) if code in right] or [0]
        target[i, meant] = 1.0 / len(meant)
    weights = torch.zeros(len(names), requires_grad=True)
    at, column = torch.tensor(places), torch.tensor(columns)
    optimiser = torch.optim.LBFGS([weights], max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        sums = torch.zeros(len(rows) * longest).index_add(0, at, weights[column]).view(len(rows), longest)
        total = -(target * torch.log_softmax(sums + barred, 1)).sum() + 0.5 * RIDGE * (weights**2).sum()
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return {name: round(float(weights[k]), 3) for name, k in sorted(names.items())}


def checked(rows: Sequence[Case]) -> str:
    """How often the fold's readers agree with what the others teach, beside naming nobody."""
    fold = [int(data.hash_share(name) * FOLDS) for name, *_ in rows]
    right = named = named_right = nobody = 0
    for k in range(FOLDS):
        weights = fit([row for row, f in zip(rows, fold, strict=True) if f != k])
        for (_, situation, _, accepted), f in zip(rows, fold, strict=True):
            if f == k:
                found = chances(situation, weights)
                best = max(found, key=lambda code: found[code], default=None)
                answer = frozenset({best}) if best is not None and found[best] >= LEAST else frozenset()
                right += answer in accepted
                nobody += frozenset() in accepted
                named += bool(answer)
                named_right += bool(answer) and answer in accepted
    return (
        f"{len(rows)} acts: {right / len(rows):.3f} right, {nobody / len(rows):.3f} if nobody were named; "
        f"{named} named, {named_right / max(1, named):.3f} of them right"
    )


def main() -> None:
    """Fit, check, write."""
    builtin.load()
    rows = list(cases(recipe.DATA))
    print(checked(rows))
    weights = {name: value for name, value in fit(rows).items() if abs(value) >= 0.05}
    WEIGHTS.write_text(json.dumps(weights, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
