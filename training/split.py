"""Which annotated reports are kept back from training, chosen once and written to ``split.json``."""

from __future__ import annotations

import json
import random
from pathlib import Path

from training.data import SPLIT


def choose(data: Path, share: float = 0.18, seed: int = 7) -> dict[str, list[str]]:
    """Draw the reports kept back, the same share of each source.

    Neither is trained on: ``dev`` chooses thresholds, rules and recipes, ``test`` is looked at only by `make evaluate`.
    """
    names = sorted(p.name.removesuffix(".gold.json") for p in (data / "annotations/gold").glob("*.gold.json"))
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(name.split("-")[0], []).append(name)
    rng = random.Random(seed)
    test = sorted(n for g in groups.values() for n in rng.sample(g, round(share * len(g))))
    rest = [n for n in names if n not in test]
    dev = sorted(rng.sample(rest, round(len(rest) * 0.16)))
    return {"test": test, "dev": dev, "train": [n for n in rest if n not in dev]}


if __name__ == "__main__":
    SPLIT.write_text(json.dumps(choose(Path("../shared/data")), indent=1) + "\n", encoding="utf-8")
