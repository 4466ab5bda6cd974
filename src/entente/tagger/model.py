"""The weights, running: found, verified, loaded once, and asked about rows of sub-words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from entente.errors import ModelError
from entente.tagger.spans import MARKS, Marked, Tokens, mark, special_id, tokenise

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Logits = dict[str, npt.NDArray[np.float32]]

__all__ = ["Manifest", "Tagger", "load_tagger"]

WEIGHTS = Path(__file__).parent / "weights"
ROWS = 16


class Manifest(msgspec.Struct, frozen=True):
    """What the weights are: name, version, the labels of each head, the marks they know, checksums of the files."""

    name: str
    version: str
    heads: dict[str, list[str]]
    marks: dict[str, list[str]]
    sha256: dict[str, str]
    thresholds: dict[str, float] = {}
    temperature: dict[str, float] = {}


class Tagger:
    """A loaded network.

    Rows are run in groups that depend only on the rows of one call, since int8 activations are scaled by the group:
    call it with the rows of one report, and a report's logits never depend on its neighbours.
    """

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        self.manifest = _verified(folder)
        self._session, self._tokenizer = _session(folder, threads), _tokenizer(folder)
        self._pad = special_id(self._tokenizer, "pad")

    @property
    def label(self) -> str:
        """Name and version, as records carry them."""
        return f"{self.manifest.name}/{self.manifest.version}"

    def tokenise(self, text: str) -> Tokens:
        """Return the sub-words of a text."""
        return tokenise(self._tokenizer, text)

    def mark(self, tokens: Tokens, spans: Sequence[tuple[str, int, int]] = ()) -> Marked:
        """Return the row that asks about the marked spans of a text."""
        return mark(self._tokenizer, tokens, spans)

    def run(self, rows: Sequence[Marked], heads: Iterable[str]) -> list[Logits]:
        """Return the logits of the named heads for each row.

        Token heads give an array of shape (sub-words of the text, labels), frame heads one of shape (labels,).
        """
        import numpy as np

        heads = list(heads)
        results: list[Logits] = [{} for _ in rows]
        order = sorted(range(len(rows)), key=lambda i: len(rows[i].ids))
        for at in range(0, len(order), ROWS):
            group = order[at : at + ROWS]
            length = max(len(rows[i].ids) for i in group)
            ids = np.full((len(group), length), self._pad, dtype=np.int64)
            mask = np.zeros((len(group), length), dtype=np.int64)
            for k, i in enumerate(group):
                ids[k, : len(rows[i].ids)] = rows[i].ids
                mask[k, : len(rows[i].ids)] = 1
            arrays = self._session.run(heads, {"ids": ids, "mask": mask})
            for head, array in zip(heads, arrays, strict=True):
                for k, i in enumerate(group):
                    results[i][head] = array[k] if array.ndim == 2 else array[k][rows[i].position]
        return results


@cache
def load_tagger(size: str = "small", threads: int = 0) -> Tagger:
    """Return the shipped weights of a size, loaded once in a process.

    Raises
    ------
    ModelError
        There are no weights of that size, or their files are damaged or made for another version.
    """
    folder = WEIGHTS / size
    if not (folder / "manifest.json").exists():
        there = ", ".join(sorted(p.name for p in WEIGHTS.glob("*") if p.is_dir())) or "none"
        raise ModelError(f"model {size}", f"is not installed (there: {there}).", "Choose one of these with --model.")
    return Tagger(folder, threads=threads)


def _verified(folder: Path) -> Manifest:
    try:
        manifest = msgspec.json.decode((folder / "manifest.json").read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise ModelError(str(folder), f"has no readable manifest ({error}).", "Install entente again.") from error
    for name, expected in manifest.sha256.items():
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError as error:
            raise ModelError(str(folder / name), f"cannot be read ({error}).", "Install entente again.") from error
        if found != expected:
            raise ModelError(str(folder / name), "is damaged: its checksum differs.", "Install entente again.")
    if {k: tuple(v) for k, v in manifest.marks.items()} != MARKS:
        raise ModelError(str(folder), "was trained with other marks.", "Use the weights of this version of entente.")
    return manifest


def _session(folder: Path, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(folder / "model.onnx", options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelError(str(folder), f"cannot be loaded ({error}).", "Install entente again.") from error


def _tokenizer(folder: Path) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
