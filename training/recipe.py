"""The two stages that make the weights, shared by ``make train`` and ``make crossval``.

1. *Reading*: every head, on annotated and written reports and the public sets for names, statements and factuality.
2. *Relations*: a draw of all that, with PLV's pairs added, at a lower rate. Cross-validation repeats this stage alone,
   since the first never sees PLV.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from entente.tagger.spans import tokenise, words_of
from training import data, fit, labels
from training.data import Line
from training.fit import row_of
from training.network import Network
from training.samples import Ask, Sample, Text
from training.windows import window_samples

DATA = Path("../shared/data")
# Share of the first stage's samples in each epoch of the second, and windows of a teacher in each of the first.
REPLAY, TAUGHT = 0.25, 2500


@dataclass(frozen=True)
class Sources:
    """All training material, read once; ``taught`` are windows with a teacher's answers."""

    lines: list[Line]
    entities: list[Sample]
    attributions: list[Sample]
    factuality: list[Sample]
    arguments: list[Sample]
    taught: Sequence[Sample] = ()


def sources(folder: Path = DATA, *, polnear: bool = True, without: Sequence[str] = ("test", "dev")) -> Sources:
    """Read the training material; the reports of the named parts of ``split.json`` are left out."""
    split = json.loads(data.SPLIT.read_text(encoding="utf-8"))
    kept_back = {name for part in without for name in split[part]}
    lines = [line for line in data.annotated(folder) if line.doc not in kept_back]
    lines += data.written() + data.standoff(folder)
    polnear_samples = data.attributions(folder) if polnear else []
    return Sources(lines, data.entities(folder), polnear_samples, data.factuality(folder), data.arguments(folder))


def reading_epochs(
    src: Sources, tokenizer: Tokenizer, epochs: int, seed: int, *, small_share: float = 1.0
) -> list[list[Sample]]:
    """The samples of each epoch of the first stage: all annotated lines, a fresh draw of the rest."""
    lengths = [len(tokenise(tokenizer, line.text).ids) for line in src.lines]
    out = []
    for epoch in range(epochs):
        rng = random.Random(f"{seed}-{epoch}")
        samples = list(window_samples(src.lines, lengths, rng))
        for pool, count in (
            (src.entities, 1000),
            (src.attributions, 900),
            (src.factuality, 500),
            (src.arguments, 1500),
            (src.taught, TAUGHT),
        ):
            samples += rng.sample(pool, min(len(pool), round(count * small_share)))
        out.append(samples)
    return out


def relation_epochs(
    src: Sources, tokenizer: Tokenizer, pairs: list[Sample], epochs: int, seed: int
) -> list[list[Sample]]:
    """The samples of each epoch of the second stage: PLV's pairs, and a draw of the first stage's to keep it alive."""
    base = reading_epochs(src, tokenizer, epochs, seed + 1000, small_share=0.3)
    rng = random.Random(seed)
    return [rng.sample(samples, round(REPLAY * len(samples))) + pairs for samples in base]


def pair_frames(network: Network, tokenizer: Tokenizer, rows: list[dict[str, Any]], least: float = 0.4) -> list[Sample]:
    """PLV rows as events with a trigger: the word that the first stage takes for one of the row's class.

    Rows in which it finds none stay pairs only. In a meeting both parties are actors.
    """
    out = []
    kinds = {root: [t for t in labels.TYPES if labels.PLV_ROOT[t] == root] for root in set(labels.PLV_ROOT.values())}
    network.eval()
    for row in rows:
        read = row_of(tokenizer, Sample((Text(row["text"]),)))
        (tokens,) = read.tokens
        with torch.no_grad():
            _, logits = network.read(torch.tensor([read.ids]), torch.ones(1, len(read.ids), dtype=torch.long))
        shares = torch.softmax(logits["trigger"][0, 1 : 1 + len(tokens.ids)], -1)
        wanted = shares[:, [labels.TRIGGER.index(t) for t in kinds[row["root"]]]].sum(-1)
        groups = words_of(row["text"], tokens)
        best = max(groups, key=lambda g: float(wanted[g[0]]))
        if float(wanted[best[0]]) < least:
            continue
        span = (tokens.offsets[best[0]][0], tokens.offsets[best[-1]][1])
        other = "actor" if row["root"] == "CONSULT" else "recipient"
        roles = [(*row["source"], "actor"), (*row["target"], other)]
        types = dict.fromkeys(kinds[row["root"]], 1.0)
        ask = Ask(marks=(("event", *span),), roles=roles, type=types, weight=0.5)
        out.append(Sample((Text(row["text"]),), (ask,)))
    return out


def fit_reading(
    folder: Path, src: Sources, *, epochs: int, seed: int, rate: float = 1e-4, checkpoint: Path | None = None
) -> tuple[Network, Tokenizer]:
    """Stage one on a fresh encoder."""
    tokenizer = fit.load_tokenizer(folder)
    torch.manual_seed(seed)
    network = fit.new_network(folder)
    lists = reading_epochs(src, tokenizer, epochs, seed)
    fit.train(network, tokenizer, lists, rate=rate, head_rate=1e-3, seed=seed, name="reading", checkpoint=checkpoint)
    return network, tokenizer


def fit_relations(
    network: Network, tokenizer: Tokenizer, src: Sources, rows: list[dict[str, Any]], *, epochs: int, seed: int,
    rate: float = 7e-5, name: str = "relations", checkpoint: Path | None = None,
) -> None:  # fmt: skip
    """Stage two in place; ``rows`` are PLV's."""
    pairs = [data.plv_sample(row) for row in rows] + pair_frames(network, tokenizer, rows)
    lists = relation_epochs(src, tokenizer, pairs, epochs, seed)
    fit.train(network, tokenizer, lists, rate=rate, head_rate=5e-4, seed=seed, name=name, checkpoint=checkpoint)
