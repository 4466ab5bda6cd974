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

from entente.tagger.spans import MARKS
from training import labels
from training.network import Network


class _Outputs(nn.Module):
    """The network with its outputs in a fixed order, as ONNX wants them."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        out = self.network(ids, mask)
        return tuple(out[name] for name in labels.HEADS)


def export(
    network: Network, tokenizer: Tokenizer, folder: Path, *, name: str, version: str, facts: dict[str, Any]
) -> None:
    """Write ``model.onnx`` (int8), ``tokenizer.json`` and ``manifest.json`` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    network = network.float().eval()
    network.encoder.config._attn_implementation = "eager"
    ids = torch.tensor([[101, 2000, 2001, 102], [101, 2002, 102, 0]])
    mask = (ids != 0).long()
    axes = {"ids": {0: "batch", 1: "length"}, "mask": {0: "batch", 1: "length"}}
    axes |= {h: {0: "batch", **({1: "length"} if h in labels.TOKEN_HEADS else {})} for h in labels.HEADS}
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        torch.onnx.export(
            _Outputs(network), (ids, mask), str(plain), input_names=["ids", "mask"], output_names=list(labels.HEADS),
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(plain, folder / "model.onnx", weight_type=QuantType.QInt8, per_channel=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    manifest = {
        "name": name,
        "version": version,
        "entente": ">=0.1,<0.2",
        "heads": labels.HEADS,
        "marks": {k: list(v) for k, v in MARKS.items()},
        "sha256": {f: hashlib.sha256((folder / f).read_bytes()).hexdigest() for f in ("model.onnx", "tokenizer.json")},
        **facts,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
