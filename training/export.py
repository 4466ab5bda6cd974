"""From the trained network to the files that are shipped: ONNX, int8, tokenizer and manifest."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import nn

from entente.tagger.model import FILES, FRAME_HEADS, TOKEN_HEADS
from entente.tagger.spans import MARKS, WINDOW
from training import labels
from training.network import Network


class _First(nn.Module):
    """The first look, its outputs in a fixed order, as ONNX wants them."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        states, out = self.network.read(ids, mask)
        return (states, *(out[name] for name in TOKEN_HEADS))


class _Second(_First):
    """The second look."""

    def forward(self, states: torch.Tensor, mask: torch.Tensor, marks: torch.Tensor) -> tuple[torch.Tensor, ...]:  # type: ignore[override]
        out = self.network.look(states, mask, marks)
        return tuple(out[name] for name in FRAME_HEADS)


def export(
    network: Network, tokenizer: Tokenizer, folder: Path, *, name: str, version: str, facts: dict[str, Any]
) -> None:
    """Write the two looks (ONNX, int8), ``tokenizer.json`` and ``manifest.json`` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    network = network.float().eval()
    network.encoder.config._attn_implementation = "eager"
    ids, mask = torch.tensor([[2, 4, 5, 3], [2, 6, 3, 0]]), torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]])
    marks = torch.tensor([[0, 1, 2, 0], [0, 1, 3, 0]])
    with torch.no_grad():
        states = network.read(ids, mask)[0]
    looks = [
        (_First(network), {"ids": ids, "mask": mask}, ["states", *TOKEN_HEADS]),
        (_Second(network), {"states": states, "mask": mask, "marks": marks}, list(FRAME_HEADS)),
    ]
    for file, (look, inputs, outputs) in zip(FILES, looks, strict=True):
        long = [*inputs, "states", *TOKEN_HEADS, "role"]
        axes = {n: {0: "batch", **({1: "length"} if n in long else {})} for n in (*inputs, *outputs)}
        with tempfile.TemporaryDirectory() as scratch:
            plain = Path(scratch) / "plain.onnx"
            torch.onnx.export(
                look.eval(), tuple(inputs.values()), str(plain), input_names=list(inputs), output_names=outputs,
                dynamic_axes=axes, opset_version=17, dynamo=False,
            )  # fmt: skip
            quantize_dynamic(plain, folder / file, weight_type=QuantType.QInt8, per_channel=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    manifest = {
        "name": name,
        "version": version,
        "entente": ">=0.1,<0.2",
        "heads": labels.HEADS,
        "marks": MARKS,
        "window": WINDOW,
        "sha256": {f: hashlib.sha256((folder / f).read_bytes()).hexdigest() for f in (*FILES, "tokenizer.json")},
        **facts,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
