"""How often a web host is asked: one request after the other, with a pause between them."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from urllib.parse import urlsplit

__all__ = ["Pace", "is_own_machine", "site_of"]


class Pace:
    """When each site may be asked again.

    Parameters
    ----------
    interval_seconds : float
        The least time from one request to a site to the next.
    clock, sleep : callable
        The time in seconds, and waiting for some.
    spares_own_machine : bool
        Whether a server on this machine is asked without a pause.
    """

    def __init__(
        self,
        *,
        interval_seconds: float,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        spares_own_machine: bool,
    ) -> None:
        self._interval_seconds, self._clock, self._sleep = interval_seconds, clock, sleep
        self._spares_own_machine = spares_own_machine
        self._slow: dict[str, float] = {}
        self._next: dict[str, float] = {}

    def due_seconds(self, url: str) -> float:
        """How long the site of an address is still to be left alone."""
        return max(0.0, self._next.get(site_of(url), 0.0) - self._clock())

    def take_turn(self, url: str) -> None:
        """Wait until the site may be asked, and keep the next request from coming too soon."""
        due = self.due_seconds(url)
        if due:
            self._sleep(due)
        if not (self._spares_own_machine and is_own_machine(url)):
            self.rest(url, self._slow.get(site_of(url), self._interval_seconds))

    def rest(self, url: str, seconds: float) -> None:
        """Leave the site alone for this long, as it asks to be."""
        site = site_of(url)
        self._next[site] = max(self._next.get(site, 0.0), self._clock() + seconds)

    def slow_down(self, url: str, interval_seconds: float) -> None:
        """Ask the site no more often than this from now on."""
        self._slow[site_of(url)] = max(self._interval_seconds, interval_seconds)


def site_of(url: str) -> str:
    """Scheme, host and port of an address, which is what one robots.txt and one pace are for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".lower()


def is_own_machine(url: str) -> bool:
    """Whether an address is that of a server on this machine, which nobody else is kept from by asking it often."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
