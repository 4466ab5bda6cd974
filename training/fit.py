"""Fitting the network: samples to batches, losses of the layers that are known, the training loop."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch.nn import functional

from entente.tagger.spans import MARKS, Marked, Tokens, mark, special_id, tokenise
from training import labels
from training.data import Labelled, Sample
from training.network import Network, load_encoder

IGNORE = -100
INDEX = {name: {label: i for i, label in enumerate(values)} for name, values in labels.HEADS.items()}
# How much each head's loss counts; the frame type is what everything rests on.
WEIGHT = {
    "trigger": 1.5, "entity": 0.5, "attribution": 0.5, "role": 4.0, "type": 1.0,
    "status": 0.5, "mode": 2.0, "context": 1.0, "certain": 0.3,
}  # fmt: skip
# Most words are O: the others count more, so that a missed trigger or party costs more than one too many.
LABEL_WEIGHT = {"trigger": 3.0, "role": 2.0}
# Steps between two checkpoints.
EVERY = 200


class Batch:
    """Padded rows with the targets of every head; a head's target is ignored where a sample does not know it."""

    def __init__(self, rows: Sequence[tuple[Sample, Tokens, Marked]], pad: int) -> None:
        length = -(-max(len(m.ids) for _, _, m in rows) // 16) * 16
        size = len(rows)
        self.ids = torch.full((size, length), pad)
        self.mask = torch.zeros((size, length), dtype=torch.long)
        self.tags = {h: torch.full((size, length), IGNORE) for h in labels.TOKEN_HEADS}
        self.type = torch.zeros((size, len(labels.TYPE)))
        self.status = torch.full((size,), IGNORE)
        self.mode = torch.zeros((size, len(labels.MODE)))
        self.context = torch.zeros((size, len(labels.CONTEXT)))
        self.known = {h: torch.zeros(size) for h in ("type", "mode", "context", "certain")}
        self.certain = torch.zeros(size)
        self.weight = torch.tensor([s.weight for s, _, _ in rows])
        self.open_type = torch.zeros(size, dtype=torch.bool)
        for i, (sample, tokens, marked) in enumerate(rows):
            self.ids[i, : len(marked.ids)] = torch.tensor(marked.ids)
            self.mask[i, : len(marked.ids)] = 1
            self._tags(i, sample, tokens, marked)
            self._frame(i, sample)

    def _tags(self, i: int, sample: Sample, tokens: Tokens, marked: Marked) -> None:
        layers = {"trigger": sample.triggers, "entity": sample.entities, "attribution": sample.attribution,
                  "role": sample.roles}  # fmt: skip
        for head, spans in layers.items():
            if spans is None:
                continue
            plain = head == "trigger"
            tags = tag_tokens(tokens, spans, plain=plain)
            for at, tag in zip(marked.position, tags, strict=True):
                self.tags[head][i, at] = INDEX[head][tag]

    def _frame(self, i: int, sample: Sample) -> None:
        if sample.type is not None:
            self.known["type"][i] = 1
            # PLV's YIELD names two types without saying which: their probabilities are added.
            self.open_type[i] = all(v == 1.0 for v in sample.type.values()) and len(sample.type) > 1
            for kind, share in sample.type.items():
                self.type[i, INDEX["type"][kind]] = share
        if sample.status is not None:
            self.status[i] = INDEX["status"][sample.status]
        for head, values, target in (("mode", sample.modes, self.mode), ("context", sample.contexts, self.context)):
            if values is not None:
                self.known[head][i] = 1
                for value in values:
                    if value in INDEX[head]:
                        target[i, INDEX[head][value]] = 1
        if sample.clear is not None:
            self.known["certain"][i], self.certain[i] = 1, float(sample.clear)


def tag_tokens(tokens: Tokens, spans: Sequence[Labelled], *, plain: bool) -> list[str]:
    """One tag for each sub-word: the bare label, or with ``B-``/``I-``; earlier spans win."""
    tags = ["O"] * len(tokens.offsets)
    for start, end, label in spans:
        inside = [i for i, (a, b) in enumerate(tokens.offsets) if a < end and b > start]
        if not inside or any(tags[i] != "O" for i in inside):
            continue
        for k, i in enumerate(inside):
            tags[i] = label if plain else f"{'B' if k == 0 else 'I'}-{label}"
    return tags


def loss_of(out: dict[str, torch.Tensor], batch: Batch) -> torch.Tensor:
    """The weighted sum of the losses of all layers that the batch knows."""
    total = torch.zeros(())
    for head in labels.TOKEN_HEADS:
        target = batch.tags[head]
        if not bool((target != IGNORE).any()):
            continue
        classes = torch.ones(len(labels.HEADS[head]))
        classes[1:] = LABEL_WEIGHT.get(head, 1.0)
        logits = out[head].float().transpose(1, 2)
        each = functional.cross_entropy(logits, target, weight=classes, ignore_index=IGNORE, reduction="none")
        known = (target != IGNORE).float() * batch.weight.unsqueeze(1)
        total = total + WEIGHT[head] * (each * known).sum() / known.sum().clamp(min=1)
    return total + _frame_loss(out, batch)


def _frame_loss(out: dict[str, torch.Tensor], batch: Batch) -> torch.Tensor:
    total = torch.zeros(())
    known = batch.known["type"] * batch.weight
    if bool(known.any()):
        log = functional.log_softmax(out["type"].float(), -1)
        soft = -(batch.type * log).sum(-1)
        either = -torch.logsumexp(log.masked_fill(batch.type == 0, -1e4), -1)
        each = torch.where(batch.open_type, either, soft)
        total = total + WEIGHT["type"] * (each * known).sum() / known.sum()
    if bool((batch.status != IGNORE).any()):
        each = functional.cross_entropy(out["status"].float(), batch.status, ignore_index=IGNORE, reduction="none")
        share = (batch.status != IGNORE).float() * batch.weight
        total = total + WEIGHT["status"] * (each * share).sum() / share.sum()
    for head, target in (("mode", batch.mode), ("context", batch.context), ("certain", batch.certain.unsqueeze(1))):
        share = batch.known[head]
        if bool(share.any()):
            each = functional.binary_cross_entropy_with_logits(out[head].float(), target, reduction="none").sum(-1)
            total = total + WEIGHT[head] * (each * share).sum() / share.sum() / (1 if head == "certain" else 4)
    return total


def batches(
    samples: Sequence[Sample], tokenizer: Tokenizer, rng: random.Random, size: int, longest: int = 160
) -> Iterator[Batch]:
    """Batches of rows of like length, in random order; rows over ``longest`` sub-words are cut."""
    rows = []
    for sample in samples:
        tokens = tokenise(tokenizer, sample.text)
        tokens = Tokens(tokens.ids[:longest], tokens.offsets[:longest])
        rows.append((sample, tokens, mark(tokenizer, tokens, sample.marks)))
    rng.shuffle(rows)
    chunk = size * 24
    pad = special_id(tokenizer, "pad")
    order: list[list[tuple[Sample, Tokens, Marked]]] = []
    for at in range(0, len(rows), chunk):
        part = sorted(rows[at : at + chunk], key=lambda r: len(r[2].ids))
        order += [part[i : i + size] for i in range(0, len(part), size)]
    rng.shuffle(order)
    for part in order:
        yield Batch(part, pad)


def load_tokenizer(folder: Path) -> Tokenizer:
    """The encoder's tokenizer without padding or truncation."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def new_network(folder: Path, tokenizer: Tokenizer) -> Network:
    """A network on the pretrained encoder of a folder, heads untrained."""
    ids = {name: tokenizer.token_to_id(opening) for name, (opening, _) in MARKS.items()}
    return Network(load_encoder(folder), ids)


def train(
    network: Network, tokenizer: Tokenizer, epochs: Sequence[Sequence[Sample]], *, rate: float, head_rate: float,
    seed: int, size: int = 16, warm: float = 0.1, name: str = "", checkpoint: Path | None = None,
) -> None:  # fmt: skip
    """Train in place: one pass over each list of samples, linear warm-up and decay, bf16 where the CPU has it.

    With a ``checkpoint`` the run is kept there as it goes and, if it was broken off, goes on from there to the same end.
    """
    torch.manual_seed(seed)
    heads = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    body = [p for n, p in network.named_parameters() if n.startswith("encoder.")]
    optimiser = torch.optim.AdamW([{"params": body, "lr": rate}, {"params": heads, "lr": head_rate}], weight_decay=0.01)
    steps = sum(-(-len(s) // size) for s in epochs)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda k: min((k + 1) / (warm * steps + 1), max(0.0, (steps - k) / (steps * (1 - warm))))
    )
    parts = {"network": network, "optimiser": optimiser, "schedule": schedule}
    first, done = _resume(checkpoint, parts)
    network.train()
    for epoch, samples in enumerate(epochs, 1):
        if epoch < first:
            continue
        began, total, count = time.monotonic(), 0.0, 0
        for step, batch in enumerate(batches(samples, tokenizer, random.Random(f"{seed}-{epoch}"), size), 1):
            if epoch == first and step <= done:
                continue
            total, count = total + _step(network, batch, optimiser, schedule), count + 1
            if step % EVERY == 0:
                _keep(checkpoint, parts, epoch, step)
                print(f"{name} epoch {epoch}/{len(epochs)}: {step * size:,} of {len(samples):,} samples, "
                      f"loss {total / count:.3f}, {count * size / (time.monotonic() - began):.0f} a second", flush=True)  # fmt: skip
        print(
            f"{name} epoch {epoch}/{len(epochs)}: loss {total / max(count, 1):.3f}, {len(samples)} samples", flush=True
        )
    network.eval()


def _step(
    network: Network, batch: Batch, optimiser: torch.optim.Optimizer, schedule: torch.optim.lr_scheduler.LRScheduler
) -> float:
    """One step down the gradient; the loss before it."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = network(batch.ids, batch.mask)
    loss = loss_of(out, batch)
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    schedule.step()
    return float(loss.detach())


def _resume(checkpoint: Path | None, parts: dict[str, Any]) -> tuple[int, int]:
    """Bring a broken-off run back; the epoch that it was in and how many steps of it were done."""
    if checkpoint is None or not checkpoint.exists():
        return 1, 0
    state = torch.load(checkpoint, weights_only=True)
    for part, kept in parts.items():
        kept.load_state_dict(state[part])
    torch.set_rng_state(state["random"])
    return int(state["epoch"]), int(state["step"])


def _keep(checkpoint: Path | None, parts: dict[str, Any], epoch: int, step: int) -> None:
    """Keep a run as it stands; a kill while it is written leaves the one before."""
    if checkpoint is None:
        return
    state: dict[str, Any] = {part: kept.state_dict() for part, kept in parts.items()}
    unfinished = checkpoint.with_suffix(".part")
    torch.save({**state, "random": torch.get_rng_state(), "epoch": epoch, "step": step}, unfinished)
    unfinished.replace(checkpoint)
