"""Fitting the network: samples to batches, losses of the layers that are known, the training loop."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional

from entente.tagger.spans import Tokens, marks_on, special_id, tokenise
from training import labels
from training.network import Network, load_encoder
from training.samples import Ask, Labelled, Sample

IGNORE = -100
INDEX = {name: {label: i for i, label in enumerate(values)} for name, values in labels.HEADS.items()}
# How much each head's loss counts; the frame type is what everything rests on.
WEIGHT = {
    "trigger": 1.5, "entity": 0.5, "attribution": 0.5, "role": 4.0, "type": 1.0,
    "status": 1.0, "mode": 2.0, "context": 1.0, "certain": 0.3,
}  # fmt: skip
# Most words are O: the others count more, so that a missed trigger or party costs more than one too many.
LABEL_WEIGHT = {"trigger": 3.0, "role": 2.0}
# Heads of which several labels may hold at once.
EACH_ALONE = frozenset({"mode", "context", "certain"})
# How much what a teacher says counts beside what readers say.
TAUGHT = 1.0
# Steps between two checkpoints.
EVERY = 200


class Batch:
    """Padded windows and questions about them, with the targets of every head; what a sample does not know is ignored.

    Windows have the shape (windows, length), questions (questions, length of their sentence); ``where`` are the places of
    a question's states among all states of the windows, laid end to end.
    """

    def __init__(self, rows: Sequence[Row], pad: int) -> None:
        length = _rounded(max(len(row.ids) for row in rows))
        self.ids = torch.full((len(rows), length), pad)
        self.mask = torch.zeros((len(rows), length), dtype=torch.long)
        self.tags = {h: torch.full((len(rows), length), IGNORE) for h in labels.TOKEN_HEADS}
        asks = [(i, row, ask) for i, row in enumerate(rows) for ask in row.sample.asks]
        size = len(asks)
        longest = _rounded(1 + max((len(row.tokens[ask.text].ids) for _, row, ask in asks), default=0))
        self.where = torch.zeros((size, longest), dtype=torch.long)
        self.ask_mask, self.marks = torch.zeros_like(self.where), torch.zeros_like(self.where)
        self.roles = torch.full((size, longest), IGNORE)
        self.type = torch.zeros((size, len(labels.TYPE)))
        self.status = torch.full((size,), IGNORE)
        self.mode = torch.zeros((size, len(labels.MODE)))
        self.context = torch.zeros((size, len(labels.CONTEXT)))
        self.known = {h: torch.zeros(size) for h in ("type", "mode", "context", "certain")}
        self.certain = torch.zeros(size)
        self.weight = torch.tensor([ask.weight for _, _, ask in asks])
        self.open_type = torch.zeros(size, dtype=torch.bool)
        for i, row in enumerate(rows):
            self.ids[i, : len(row.ids)] = torch.tensor(row.ids)
            self.mask[i, : len(row.ids)] = 1
            self._tags(i, row)
        self.taught_tags, self.taught_asks = _taught(rows, length, size, longest)
        for k, (i, row, ask) in enumerate(asks):
            self._ask(k, i * length, row, ask)
            self._frame(k, ask)

    def to(self, device: torch.device) -> Batch:
        """Move all tensors."""
        for name, value in vars(self).items():
            moved = {k: v.to(device) for k, v in value.items()} if isinstance(value, dict) else value.to(device)
            setattr(self, name, moved)
        return self

    def _tags(self, i: int, row: Row) -> None:
        for text, tokens, at in zip(row.sample.texts, row.tokens, row.starts, strict=True):
            layers = {"trigger": text.triggers, "entity": text.entities, "attribution": text.attribution}
            for head, spans in layers.items():
                if spans is not None:
                    tags = [INDEX[head][tag] for tag in tag_tokens(tokens, spans, plain=head == "trigger")]
                    self.tags[head][i, at : at + len(tags)] = torch.tensor(tags, dtype=torch.long)

    def _ask(self, k: int, base: int, row: Row, ask: Ask) -> None:
        tokens, at = row.tokens[ask.text], row.starts[ask.text]
        size = len(tokens.ids)
        self.where[k, 0] = base
        self.where[k, 1 : size + 1] = torch.arange(base + at, base + at + size)
        self.ask_mask[k, : size + 1] = 1
        self.marks[k, 1 : size + 1] = torch.tensor(marks_on(tokens, ask.marks), dtype=torch.long)
        if ask.roles is not None:
            tags = [INDEX["role"][tag] for tag in tag_tokens(tokens, ask.roles, plain=False)]
            self.roles[k, 1 : size + 1] = torch.tensor(tags, dtype=torch.long)

    def _frame(self, k: int, ask: Ask) -> None:
        if ask.type is not None:
            self.known["type"][k] = 1
            # PLV's YIELD names two types without saying which: their probabilities are added.
            self.open_type[k] = all(v == 1.0 for v in ask.type.values()) and len(ask.type) > 1
            for kind, share in ask.type.items():
                self.type[k, INDEX["type"][kind]] = share
        if ask.status is not None:
            self.status[k] = INDEX["status"][ask.status]
        for head, values, target in (("mode", ask.modes, self.mode), ("context", ask.contexts, self.context)):
            if values is not None:
                self.known[head][k] = 1
                for value in values:
                    if value in INDEX[head]:
                        target[k, INDEX[head][value]] = 1
        if ask.clear is not None:
            self.known["certain"][k], self.certain[k] = 1, float(ask.clear)


# Targets by head, and which of them are known: 1 for a word or question that a teacher has spoken of.
Targets = dict[str, torch.Tensor]


def _taught(rows: Sequence[Row], length: int, size: int, longest: int) -> tuple[Targets, Targets]:
    """The teacher's probabilities for all words of the windows and all questions, with ``known`` beside the heads."""
    if not any(row.sample.taught for row in rows):
        return {}, {}
    tags = {h: torch.zeros((len(rows), length, len(labels.HEADS[h]))) for h in labels.TOKEN_HEADS}
    asks = {
        h: torch.zeros((size, longest, len(labels.HEADS[h])) if h == "role" else (size, len(labels.HEADS[h])))
        for h in labels.FRAME_HEADS
    }
    tags["known"], asks["known"] = torch.zeros((len(rows), length)), torch.zeros(size)
    k = 0
    for i, row in enumerate(rows):
        taught = row.sample.taught
        for found, at in zip(taught.texts if taught else (), row.starts, strict=False):
            for head, logits in found.items():
                tags[head][i, at : at + len(logits)] = _shares(head, logits)
                tags["known"][i, at : at + len(logits)] = 1
        for found in taught.asks if taught else ():
            asks["known"][k] = 1
            for head, logits in found.items():
                if head == "role":
                    asks[head][k, 1 : len(logits) + 1] = _shares(head, logits)
                else:
                    asks[head][k] = _shares(head, logits)
            k += 1
        k += 0 if taught else len(row.sample.asks)
    return tags, asks


def _shares(head: str, logits: NDArray[np.float16]) -> torch.Tensor:
    """Probabilities from logits: of one label among all, or of each on its own."""
    values = torch.from_numpy(logits.astype(np.float32))
    return torch.sigmoid(values) if head in EACH_ALONE else torch.softmax(values, -1)


def _rounded(length: int) -> int:
    """The next multiple of 16: the CPU's kernels are built anew for every shape."""
    return -(-length // 16) * 16


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


def loss_of(network: Network, batch: Batch) -> torch.Tensor:
    """The weighted sum of the losses of all layers that the batch knows."""
    states, out = network.read(batch.ids, batch.mask)
    total = torch.zeros((), device=states.device)
    for head, target in batch.tags.items():
        total = total + _tag_loss(head, out[head], target, torch.ones(len(target), device=target.device))
    if len(batch.where):
        found = network.look(states.flatten(0, 1)[batch.where], batch.ask_mask, batch.marks)
        total = total + _tag_loss("role", found["role"], batch.roles, batch.weight) + _frame_loss(found, batch)
        out |= found
    return total + TAUGHT * _taught_loss(out, batch) if batch.taught_tags else total


def _taught_loss(out: dict[str, torch.Tensor], batch: Batch) -> torch.Tensor:
    """How far the answers are from the teacher's, each head weighed as where the answers are known."""
    known = batch.taught_tags["known"]
    total = torch.zeros((), device=known.device)
    for head in labels.TOKEN_HEADS:
        each = -(batch.taught_tags[head] * functional.log_softmax(out[head].float(), -1)).sum(-1)
        total = total + WEIGHT[head] * (each * known).sum() / known.sum().clamp(min=1)
    asked = batch.taught_asks["known"]
    if not bool(asked.any()):
        return total
    words = batch.ask_mask.float() * asked.unsqueeze(1)
    words[:, 0] = 0
    for head in labels.FRAME_HEADS:
        target, logits = batch.taught_asks[head], out[head].float()
        if head in EACH_ALONE:
            each = functional.binary_cross_entropy_with_logits(logits, target, reduction="none").sum(-1) / 4
        else:
            each = -(target * functional.log_softmax(logits, -1)).sum(-1)
        share = words if head == "role" else asked
        total = total + WEIGHT[head] * (each * share).sum() / share.sum().clamp(min=1)
    return total


def _tag_loss(head: str, logits: torch.Tensor, target: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """The mean over known words; ``weight`` is that of each row."""
    known = (target != IGNORE).float() * weight.unsqueeze(1)
    if not bool(known.any()):
        return torch.zeros((), device=target.device)
    classes = torch.ones(len(labels.HEADS[head]), device=target.device)
    classes[1:] = LABEL_WEIGHT.get(head, 1.0)
    each = functional.cross_entropy(
        logits.float().transpose(1, 2), target, weight=classes, ignore_index=IGNORE, reduction="none"
    )
    return WEIGHT[head] * (each * known).sum() / known.sum()


def _frame_loss(out: dict[str, torch.Tensor], batch: Batch) -> torch.Tensor:
    total = torch.zeros((), device=batch.type.device)
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


class Row(NamedTuple):
    """A sample in sub-words: the window's ids, the tokens of each text and where they begin in the window."""

    sample: Sample
    ids: list[int]
    tokens: list[Tokens]
    starts: list[int]


def row_of(tokenizer: Tokenizer, sample: Sample) -> Row:
    """Lay the texts of a sample end to end between the special pieces."""
    tokens = [tokenise(tokenizer, text.words) for text in sample.texts]
    ids, starts = [special_id(tokenizer, "begin")], []
    for one in tokens:
        starts.append(len(ids))
        ids += one.ids
    return Row(sample, [*ids, special_id(tokenizer, "end")], tokens, starts)


def plan(samples: Sequence[Sample], tokenizer: Tokenizer, rng: random.Random, size: int) -> list[list[Row]]:
    """Batches of rows of like length in random order, each of about ``size`` sub-words."""
    rows = [row_of(tokenizer, sample) for sample in samples]
    rng.shuffle(rows)
    order: list[list[Row]] = []
    for at in range(0, len(rows), 400):
        part: list[Row] = []
        for row in sorted(rows[at : at + 400], key=lambda r: len(r.ids)):
            if part and (len(part) + 1) * len(row.ids) > size:
                order.append(part)
                part = []
            part.append(row)
        order.append(part)
    rng.shuffle(order)
    return order


def load_tokenizer(folder: Path) -> Tokenizer:
    """The encoder's tokenizer without padding or truncation."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def new_network(folder: Path) -> Network:
    """A network on the pretrained encoder of a folder, heads untrained."""
    return Network(load_encoder(folder))


def train(
    network: Network, tokenizer: Tokenizer, epochs: Sequence[Sequence[Sample]], *, rate: float, head_rate: float,
    seed: int, size: int = 420, warm: float = 0.1, name: str = "", checkpoint: Path | None = None,
) -> None:  # fmt: skip
    """Train in place: one pass over each list of samples, linear warm-up and decay, bf16, on a GPU where there is one.

    With a ``checkpoint`` the run is kept there as it goes and, if it was broken off, goes on from there to the same end.
    ``size`` is that of a batch in sub-words.
    """
    torch.manual_seed(seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network.to(device)
    heads = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    body = [p for n, p in network.named_parameters() if n.startswith("encoder.")]
    optimiser = torch.optim.AdamW([{"params": body, "lr": rate}, {"params": heads, "lr": head_rate}], weight_decay=0.01)
    plans = [plan(samples, tokenizer, random.Random(f"{seed}-{k}"), size) for k, samples in enumerate(epochs, 1)]
    steps = sum(map(len, plans))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda k: min((k + 1) / (warm * steps + 1), max(0.0, (steps - k) / (steps * (1 - warm))))
    )
    parts = {"network": network, "optimiser": optimiser, "schedule": schedule}
    first, done = _resume(checkpoint, parts)
    pad = special_id(tokenizer, "pad")
    network.train()
    for epoch, order in enumerate(plans, 1):
        if epoch < first:
            continue
        began, total, count = time.monotonic(), 0.0, 0
        for step, rows in enumerate(order, 1):
            if epoch == first and step <= done:
                continue
            total, count = total + _step(network, Batch(rows, pad).to(device), optimiser, schedule), count + 1
            if step % EVERY == 0:
                _keep(checkpoint, parts, epoch, step)
                print(f"{name} epoch {epoch} of {len(plans)}: step {step:,} of {len(order):,}, loss {total / count:.3f}, "
                      f"{(time.monotonic() - began) / count:.2f} s a step", flush=True)  # fmt: skip
        print(f"{name} epoch {epoch} of {len(plans)}: loss {total / max(count, 1):.3f}", flush=True)
    network.to("cpu").eval()


def _step(
    network: Network, batch: Batch, optimiser: torch.optim.Optimizer, schedule: torch.optim.lr_scheduler.LRScheduler
) -> float:
    """One step down the gradient; the loss before it."""
    with torch.autocast(batch.ids.device.type, dtype=torch.bfloat16):
        loss = loss_of(network, batch)
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
