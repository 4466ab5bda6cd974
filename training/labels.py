"""What the heads of the network predict; written into the weights' manifest, from which the tagger reads them."""

from __future__ import annotations

from entente.ontology.codebook import load_codebook
from entente.tagger.model import FRAME_HEADS, TOKEN_HEADS

__all__ = ["FRAME_HEADS", "HEADS", "PLV_ROOT", "TOKEN_HEADS"]

BOOK = load_codebook()
TYPES = list(BOOK.types)
NONE = "NONE"
TRIGGER = ["O", *TYPES]
TYPE = [*TYPES, NONE]
STATUS = ["actual", "future", "hypothetical", "negated", "historical"]
ROLES = ["actor", "recipient", "place", "date", "speaker"]
ROLE = ["O", *[f"{edge}-{role}" for role in ROLES for edge in "BI"]]
ENTITIES = ["person", "organisation", "place", "other"]
ENTITY = ["O", *[f"{edge}-{kind}" for kind in ENTITIES for edge in "BI"]]
PARTS = ["source", "cue", "content"]
ATTRIBUTION = ["O", *[f"{edge}-{part}" for part in PARTS for edge in "BI"]]
MODE = [f"{name}:{mode}" for name, kind in BOOK.types.items() for mode in kind.modes]
CONTEXT = list(BOOK.contexts)
CERTAIN = ["clear"]

HEADS: dict[str, list[str]] = {
    "trigger": TRIGGER,
    "entity": ENTITY,
    "attribution": ATTRIBUTION,
    "role": ROLE,
    "type": TYPE,
    "status": STATUS,
    "mode": MODE,
    "context": CONTEXT,
    "certain": CERTAIN,
}

# The published classes of PLV (Hu et al. 2024): 15 roots, in which YIELD joins CONCEDE and RETREAT.
PLV_ROOT = {name: "YIELD" if name in ("CONCEDE", "RETREAT") else name for name in TYPES}
