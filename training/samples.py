"""What the network learns from: sentences that are read together, and questions about words in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Span = tuple[int, int]
Labelled = tuple[int, int, str]


@dataclass(frozen=True)
class Text:
    """A sentence with the layers that are known of it; a layer that is None is not known and costs nothing."""

    words: str
    triggers: list[Labelled] | None = None
    entities: list[Labelled] | None = None
    attribution: list[Labelled] | None = None


@dataclass(frozen=True)
class Ask:
    """A question about marked words of one of a sample's texts, with what is known of the answer."""

    text: int = 0
    marks: tuple[tuple[str, int, int], ...] = ()
    roles: list[Labelled] | None = None
    type: dict[str, float] | None = None
    status: str | None = None
    modes: list[str] | None = None
    contexts: list[str] | None = None
    clear: bool | None = None
    weight: float = 1.0


@dataclass(frozen=True)
class Taught:
    """What a teacher thinks of a sample: for each text and each question the logits of every head by name.

    Those of token heads and of roles have the shape (sub-words, labels), those of the other heads (labels,). A text that
    is only there as context has none.
    """

    texts: tuple[Mapping[str, NDArray[np.float16]], ...]
    asks: tuple[Mapping[str, NDArray[np.float16]], ...]


@dataclass(frozen=True)
class Sample:
    """Sentences that are read together, and the questions about them, to which a teacher may have the answers."""

    texts: tuple[Text, ...]
    asks: tuple[Ask, ...] = ()
    taught: Taught | None = None
