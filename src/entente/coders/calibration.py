"""What the probability of an event says: how often a careful reader codes the same type and countries.

The network's own certainty that there is an act is one trait of an event among several; how its parties were found is
another. Their weights are fitted by logistic regression to events of reports that the network had not seen
(``training/calibrate.py``; Platt 1999, Probabilistic outputs for support vector machines).
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import msgspec

from entente.records import Event, Party

__all__ = ["calibrated", "probability_of", "traits_of"]

BIAS = "bias"
# Certainty beyond this says no more: the last digits of a softmax are noise.
SUREST = 6.0


def traits_of(event: Event) -> dict[str, float]:
    """The traits of an event by name: log-odds of the network, how sure its parties are and how they were found."""
    sides = {"actor": event.actor, "recipient": event.recipient}
    parties = [p for side in sides.values() for p in side]
    codes = {p.country for p in parties if p.country}
    traits = {BIAS: 1.0, "network": _log_odds(event.probability), f"event {event.event}": 1.0}
    for name, side in sides.items():
        known = [p.probability for p in side if p.country]
        traits[f"{name}: unsure"] = -math.log(max(min(known), 0.01)) if known else 0.0
        traits[f"{name}: none"] = float(not known)
        traits[f"{name}: unresolved"] = float(len(known) < len(side))
    for way in ("implied", "coreference", "setting", "place", "register"):
        traits[f"by {way}"] = float(_any_by(parties, way))
    traits["one country"] = float(len(codes) == 1)
    traits["countries beyond two"] = float(max(0, len(codes) - 2))
    traits["not actual"] = float(event.status != "actual")
    return traits


def probability_of(event: Event, weights: Mapping[str, float]) -> float:
    """The calibrated probability of an event; without weights the network's own."""
    if not weights:
        return event.probability
    total = sum(weights.get(name, 0.0) * value for name, value in traits_of(event).items())
    return round(1.0 / (1.0 + math.exp(-total)), 4)


def calibrated(event: Event, weights: Mapping[str, float]) -> Event:
    """The event with its calibrated probability."""
    return msgspec.structs.replace(event, probability=probability_of(event, weights))


def _log_odds(probability: float) -> float:
    share = min(max(probability, 1e-4), 1.0 - 1e-4)
    return max(-SUREST, min(SUREST, math.log(share / (1.0 - share))))


def _any_by(parties: list[Party], way: str) -> bool:
    return any(p.resolved_by == way for p in parties)
