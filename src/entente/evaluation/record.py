"""Whole reports: a coder's records against those of careful readers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from entente.coders.protocol import Coder
from entente.errors import InputError
from entente.evaluation.coding import Text, code_texts
from entente.evaluation.documents import Document, document_of
from entente.records import Coding

__all__ = ["as_document", "predict"]


def predict(coder: Coder, gold: Mapping[str, Document], folder: Path) -> dict[str, Coding]:
    """Return the record that a coder makes of each document's text.

    Raises
    ------
    InputError
        A document has no text: neither in itself, nor beside it, nor in the folder ``texts`` next door.
    """
    without = sorted(name for name, d in gold.items() if not d.text)
    if without:
        raise InputError(
            str(folder), f"holds no text for {', '.join(without[:5])}.", "Put NAME.txt beside NAME.gold.json."
        )
    texts = [Text(name, d.text or "", d.published) for name, d in sorted(gold.items())]
    return dict(zip(sorted(gold), code_texts(coder, texts), strict=True))


def as_document(name: str, coding: Coding) -> Document:
    """Return a coder's record as a document that can be compared."""
    return document_of(name, msgspec.to_builtins(coding), coding.report.text)
