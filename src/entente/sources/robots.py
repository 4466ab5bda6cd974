"""What sites ask of programs in their robots.txt (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from protego import Protego

from entente.sources.faults import RobotsRefusal, Unavailable
from entente.sources.pace import site_of

__all__ = ["MAX_ROBOTS_BYTES", "Robots"]

MAX_ROBOTS_BYTES = 500_000  # RFC 9309, section 2.5, asks for at least 500 KiB
MAX_DELAY_SECONDS = 30.0


class _Rules(msgspec.Struct, frozen=True):
    """A site's rules, or why nobody knows them for now."""

    rules: Protego | None
    unknown: str = ""


class Robots:
    """The rules of each site, asked for once.

    Parameters
    ----------
    ask : callable
        Fetches an address: its status, and what came of its content. It raises `Unavailable` where no answer came.
    slow_down : callable
        Is told of the pause in seconds that the site of an address asks for between requests.
    agent : str
        The name that rules for this program go by, such as ``entente``.
    """

    def __init__(
        self, *, ask: Callable[[str], tuple[int, bytes]], slow_down: Callable[[str, float], None], agent: str
    ) -> None:
        self._ask, self._slow_down, self._agent = ask, slow_down, agent
        self._known: dict[str, _Rules] = {}

    def check(self, url: str) -> None:
        """Return where the site lets this program fetch the address.

        Raises
        ------
        RobotsRefusal
            The site's robots.txt asks programs to leave this address alone.
        Unavailable
            The site cannot tell its rules now; until it can, nothing of it may be fetched (RFC 9309, section 2.3.1.4).
        """
        site = site_of(url)
        if site not in self._known:
            self._known[site] = self._rules_of(site)
        known = self._known[site]
        if known.unknown:
            raise Unavailable(
                url, f"its site's robots.txt cannot be read ({known.unknown}), so nothing of it is fetched for now."
            )
        if known.rules is not None and not known.rules.can_fetch(url, self._agent):
            remedy = "Ask the publisher, or open the page in a browser, save it, and read the saved file."
            raise RobotsRefusal(url, "its site's robots.txt asks programs to leave this address alone.", remedy)

    def _rules_of(self, site: str) -> _Rules:
        try:
            status, content = self._ask(f"{site}/robots.txt")
        except Unavailable as problem:
            return _Rules(None, problem.reason.rstrip("."))
        if status == 429 or status >= 500:
            return _Rules(None, f"it answers {status}")
        if not 200 <= status < 300:  # there are no rules, or they are not told: all may be fetched
            return _Rules(None)
        rules = Protego.parse(content[:MAX_ROBOTS_BYTES].decode("utf-8-sig", errors="replace"))
        delay = rules.crawl_delay(self._agent)
        if delay:
            self._slow_down(site, min(float(delay), MAX_DELAY_SECONDS))
        return _Rules(rules)
