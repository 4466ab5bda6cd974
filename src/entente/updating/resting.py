"""Which sites an update leaves alone from now on: one that asks for it, or that fails again and again."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from entente.updating.planning import PAUSE_AFTER

if TYPE_CHECKING:
    from entente.errors import InputError

__all__ = ["Resting"]


class Resting:
    """The sites that rest, and why; one that rests keeps no other from being asked."""

    def __init__(self) -> None:
        self._faults_in_a_row: defaultdict[str, int] = defaultdict(int)
        self._reasons: dict[str, InputError] = {}

    def note(self, url: str | None, problem: InputError | None) -> None:
        """Take into account how asking for an address went; ``problem`` is None where its site answered."""
        from entente.updating.verdicts import may_pass, retry_after

        site = _site(url)
        if site is None:
            return
        if problem is None or not may_pass(problem):
            self._faults_in_a_row[site] = 0
            return
        self._faults_in_a_row[site] += 1
        if self._faults_in_a_row[site] >= PAUSE_AFTER or retry_after(problem) is not None:
            self._reasons[site] = problem

    def why(self, url: str | None) -> InputError | None:
        """Why the site of an address rests; None where it does not, or the address is none of the web."""
        site = _site(url)
        return self._reasons.get(site) if site is not None else None


def _site(url: str | None) -> str | None:
    from entente.sources.addresses import is_web_address
    from entente.sources.pace import site_of

    return site_of(url) if url is not None and is_web_address(url) else None
