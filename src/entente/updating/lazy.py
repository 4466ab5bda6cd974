"""A coder that is loaded when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from entente.coders.protocol import Coder
    from entente.records import Coding, Prepared

__all__ = ["LazyCoder"]


class LazyCoder:
    """A coder that is loaded when the first report comes: an update that brings nothing needs none.

    Parameters
    ----------
    load : callable
        Loads the coder.
    """

    def __init__(self, load: Callable[[], Coder]) -> None:
        self._load = load
        self._coder: Coder | None = None

    @property
    def name(self) -> str:
        """The coder and its version."""
        return self._loaded().name

    @property
    def model(self) -> str:
        """The weights and their version."""
        return self._loaded().model

    def code_many(self, prepared: Iterable[Prepared]) -> Iterator[Coding]:
        """One record for each report, in order."""
        reports = list(prepared)
        return self._loaded().code_many(reports) if reports else iter(())

    def _loaded(self) -> Coder:
        if self._coder is None:
            self._coder = self._load()
        return self._coder
