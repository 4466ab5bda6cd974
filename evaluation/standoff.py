"""The annotated reports kept back from training: those of ``../shared/data``, and ours, kept as offsets."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from training.data import SPLIT, gold_text, quoted

__all__ = ["REPORTS", "kept_back", "kept_back_folder"]

REPORTS = Path(__file__).parent / "reports"
"""Sixteen reports read without proposals for the test alone; half of them by a second reader too."""


def kept_back() -> list[str]:
    """Names of the annotated reports of ``../shared/data`` that no training has seen."""
    return list(json.loads(SPLIT.read_text(encoding="utf-8"))["test"])


@contextmanager
def kept_back_folder(data: Path, folder: Path = REPORTS) -> Iterator[Path]:
    """A folder for the time of the block with ``NAME.txt`` and ``NAME.gold.json`` of each report kept back.

    Raises
    ------
    ValueError
        A text is not in ``data`` as it was when it was annotated.
    """
    with TemporaryDirectory(prefix="entente-gold-") as made:
        for name in kept_back():
            shutil.copy(data / f"annotations/texts/{name}.txt", made)
            shutil.copy(data / f"annotations/gold/{name}.gold.json", made)
        for path in sorted(folder.glob("*.json")):
            document = json.loads(path.read_text(encoding="utf-8"))
            text = gold_text(data, document.pop("source"))
            gold = {"text": text} | {key: quoted(value, text) for key, value in document.items()}
            Path(made, f"{path.stem}.txt").write_text(text, encoding="utf-8")
            Path(made, f"{path.stem}.gold.json").write_text(json.dumps(gold), encoding="utf-8")
        yield Path(made)
