"""Which weights a command codes with, for those that code: kept apart, since the others need not wait for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from cyclopts import Parameter

from entente.cli.options import UsageError

__all__ = ["CoderChoice", "Model", "ModelChoice"]

Model = Literal["small", "base"]
ModelChoice = Annotated[Model, Parameter(help="The weights: small is fast, base is more accurate.")]


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class CoderChoice:
    """Which weights code, and from which probability on."""

    model: ModelChoice = "small"
    min_probability: Annotated[
        float | None,
        Parameter(
            help="Leave out events of a lower probability, 0 to 1; by default those that are more often wrong than worth "
            "having."
        ),
    ] = None

    def __post_init__(self) -> None:
        """Refuse what is no probability."""
        if self.min_probability is not None and not 0.0 <= self.min_probability <= 1.0:
            remedy = "Give a number from 0 to 1, such as 0.7."
            raise UsageError("--min-probability", f"{self.min_probability:g} is no probability.", remedy)
