"""The weights, running: found, verified, loaded once, and asked about rows of sub-words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from entente.errors import ModelError
from entente.tagger.spans import MARKS, Tokens, special_id, tokenise, windows_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float32]
Logits = dict[str, "Array"]

__all__ = ["FILES", "FRAME_HEADS", "TOKEN_HEADS", "Logits", "Manifest", "Seen", "Tagger", "load_tagger"]

WEIGHTS = Path(__file__).parent / "weights"
FILES = ("first.onnx", "second.onnx")
TOKEN_HEADS = ("trigger", "entity", "attribution")
FRAME_HEADS = ("role", "type", "status", "mode", "context", "certain")
ROWS = 16


class Manifest(msgspec.Struct, frozen=True):
    """What the weights are: name, version, the labels of each head, the marks they know, checksums of the files.

    ``thresholds`` are those of a possible act (``draft``) and of an event, ``calibration`` the weights of an event's traits.
    """

    name: str
    version: str
    heads: dict[str, list[str]]
    marks: dict[str, int]
    window: int
    sha256: dict[str, str]
    thresholds: dict[str, float] = {}
    calibration: dict[str, float] = {}


class Seen(NamedTuple):
    """A unit after the first look: logits of the token heads, and its states (begin of the row, then its sub-words)."""

    logits: Logits
    states: Array


class Tagger:
    """A loaded network: a first look over the units of a text, a second one at what is marked in a unit.

    Rows are run in groups that depend only on the rows of one call, since int8 activations are scaled by the group:
    call it with the units of one report, and a report's logits never depend on its neighbours.
    """

    def __init__(self, folder: Path) -> None:
        self.manifest = _verified(folder)
        self._first, self._second = (_session(folder / name) for name in FILES)
        self._tokenizer = _tokenizer(folder)
        self._begin, self._end, self._pad = (special_id(self._tokenizer, name) for name in ("begin", "end", "pad"))

    @property
    def label(self) -> str:
        """Name and version, as records carry them."""
        return f"{self.manifest.name}/{self.manifest.version}"

    def tokenise(self, text: str) -> Tokens:
        """Return the sub-words of a text."""
        return tokenise(self._tokenizer, text)

    def read(self, units: Sequence[Tokens]) -> list[Seen]:
        """Take the first look at the units of a text in order.

        Logits have the shape (sub-words, labels), states (1 + sub-words, size).
        """
        import numpy as np

        lengths = [len(unit.ids) for unit in units]
        windows = windows_of(lengths, longest=self.manifest.window)
        rows = [[i for unit in units[w.context : w.end] for i in unit.ids] for w in windows]
        seen: list[Seen] = [Seen({}, np.empty(0, np.float32))] * len(units)
        for group in _groups([len(row) for row in rows], ROWS):
            length = max(len(rows[i]) for i in group) + 2
            ids = np.full((len(group), length), self._pad, dtype=np.int64)
            for k, i in enumerate(group):
                ids[k, : len(rows[i]) + 2] = [self._begin, *rows[i], self._end]
            mask = np.arange(length)[None, :] < np.array([len(rows[i]) + 2 for i in group])[:, None]
            states, *logits = self._first.run(None, {"ids": ids, "mask": mask.astype(np.int64)})
            for k, i in enumerate(group):
                window = windows[i]
                at = 1 + sum(lengths[window.context : window.start])
                for unit in range(window.start, window.end):
                    inside = slice(at, at + lengths[unit])
                    heads = {name: array[k, inside] for name, array in zip(TOKEN_HEADS, logits, strict=True)}
                    seen[unit] = Seen(heads, np.concatenate([states[k, :1], states[k, inside]]))
                    at += lengths[unit]
        return seen

    def look(self, units: Sequence[Seen], marks: Sequence[Sequence[int]]) -> list[Logits]:
        """Take the second look at each unit with its sub-words marked (``spans.marks_on``).

        Logits of roles have the shape (sub-words, labels), those of the other heads (labels,).
        """
        import numpy as np

        results: list[Logits] = [{} for _ in units]
        for group in _groups([len(unit.states) for unit in units], ROWS):
            length = max(len(units[i].states) for i in group)
            states = np.zeros((len(group), length, units[group[0]].states.shape[-1]), dtype=np.float32)
            mask, marked = (np.zeros((len(group), length), dtype=np.int64) for _ in range(2))
            for k, i in enumerate(group):
                size = len(units[i].states)
                states[k, :size], mask[k, :size], marked[k, 1:size] = units[i].states, 1, marks[i]
            arrays = self._second.run(None, {"states": states, "mask": mask, "marks": marked})
            for head, array in zip(FRAME_HEADS, arrays, strict=True):
                for k, i in enumerate(group):
                    results[i][head] = array[k] if array.ndim == 2 else array[k, 1 : len(units[i].states)]
        return results


def _groups(lengths: Sequence[int], size: int) -> Iterator[list[int]]:
    """Numbers of rows of like length, ``size`` at a time."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i])
    for at in range(0, len(order), size):
        yield order[at : at + size]


@cache
def load_tagger(size: str = "small") -> Tagger:
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
    return Tagger(folder)


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
    if manifest.marks != MARKS:
        raise ModelError(str(folder), "was trained with other marks.", "Use the weights of this version of entente.")
    return manifest


def _session(file: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # several reports at a time use the cores better than one that is shared out
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelError(str(file), f"cannot be loaded ({error}).", "Install entente again.") from error


def _tokenizer(folder: Path) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
