"""What a topic is: a group of PLOVER contexts, as data."""

from __future__ import annotations

import functools
from pathlib import Path

import msgspec

from entente.ontology.codebook import load_codebook

__all__ = ["Topic", "load_topics"]

_FILE = Path(__file__).parent / "topics.toml"


class Topic(msgspec.Struct, frozen=True):
    """Events with any of these contexts, or of these types whatever their contexts."""

    contexts: tuple[str, ...]
    types: tuple[str, ...] = ()


@functools.cache
def load_topics() -> dict[str, Topic]:
    """Every topic by its name: the groups of ``topics.toml`` and each context of the codebook."""
    groups = msgspec.toml.decode(_FILE.read_text(encoding="utf-8"), type=dict[str, Topic])
    taken = {name.replace(" ", "_") for name in groups}
    single = {name: Topic(contexts=(name,)) for name in load_codebook().contexts if name not in taken}
    return {**single, **groups}
