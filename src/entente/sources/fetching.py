"""Addresses fetched politely: one at a time, at a quiet pace, with patience for a server that is busy."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpx
import msgspec

from entente import __version__
from entente.errors import InputError
from entente.sources.addresses import clean_address, has_scheme, is_web_address, unwrapped
from entente.sources.answers import Answer, file_name, put_location_aside, target_of, without_fragment
from entente.sources.deadline import Deadline, Sockets
from entente.sources.faults import PageGone, RobotsRefusal, Unavailable, fault_of_failure, fault_of_status
from entente.sources.pace import Pace, is_own_machine
from entente.sources.packing import unpacked
from entente.sources.robots import MAX_ROBOTS_BYTES, Robots

__all__ = ["USER_AGENT", "Fetched", "Fetcher", "NotModified", "PageGone", "RobotsRefusal", "Unavailable"]

USER_AGENT = f"entente/{__version__} (+https://pypi.org/project/entente/; reads reports for a desk, politely)"
MAX_REDIRECTS = 20
_PARTIAL_CONTENT = 206
MAX_BYTES = 100_000_000
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/pdf;q=0.9,*/*;q=0.8"
FIRST_BACK_OFF_SECONDS = 1.0
_GRACE_SECONDS = 0.5
"""By so much a single wait may outlast the deadline, which is to be what ends it."""


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What an address gave.

    ``asked`` is the address as given, ``url`` the clean one of where the content was in the end. ``content_type`` is
    in lower case and without parameters; ``file_name`` what the server or the address calls the content, which may be
    empty. ``etag``, ``last_modified`` and ``date`` (when the server sent it) are the headers as they came.
    """

    asked: str
    url: str
    status: int
    content: bytes
    content_type: str | None
    charset: str | None
    file_name: str
    etag: str | None
    last_modified: str | None
    date: str | None


class NotModified(msgspec.Struct, frozen=True, kw_only=True):
    """An address whose content is still what was fetched before."""

    asked: str
    url: str
    etag: str | None
    last_modified: str | None


@dataclass
class _Visit:
    """An address on its way, and what it may still cost."""

    asked: str
    url: str
    headers: Mapping[str, str]
    seconds_left: float
    patience_left: float


class Fetcher:
    """Fetches addresses, and remembers for its life how each site wants to be treated.

    Parameters
    ----------
    user_agent : str
        How the program names itself.
    timeout_seconds : float
        How long the servers that an address leads to may take in all, waiting for their turn not counted.
    patience_seconds : float
        How long an address may be waited for in all because its site is busy or wants a pause.
    max_bytes : int
        The longest content taken, uncompressed.
    rate_seconds : float
        The least time between two requests to a site.
    tries : int
        How often an address is asked for that does not answer, or not in full.
    respect_robots : bool
        Whether a site's robots.txt is asked first. It is meant for programs that choose what they fetch: leave it out
        for an address that a person typed.
    spares_own_machine : bool
        Whether a server on this machine is asked without a pause and without its robots.txt.
    clock, sleep : callable
        The time in seconds, and waiting for some.
    """

    def __init__(
        self,
        *,
        user_agent: str = USER_AGENT,
        timeout_seconds: float = 60.0,
        connect_seconds: float = 10.0,
        read_seconds: float = 20.0,
        patience_seconds: float = 300.0,
        max_bytes: int = MAX_BYTES,
        rate_seconds: float = 1.0,
        tries: int = 4,
        respect_robots: bool = False,
        spares_own_machine: bool = True,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._timeout_seconds, self._patience_seconds = timeout_seconds, patience_seconds
        self._connect_seconds, self._read_seconds = connect_seconds, read_seconds
        self._max_bytes, self._tries = max_bytes, max(1, tries)
        self._clock, self._sleep = clock, sleep
        self._respects_robots, self._spares_own_machine = respect_robots, spares_own_machine
        self._pace = Pace(
            interval_seconds=rate_seconds, clock=clock, sleep=sleep, spares_own_machine=spares_own_machine
        )
        self._robots = Robots(
            ask=self._ask_robots, slow_down=self._pace.slow_down, agent=user_agent.partition("/")[0].strip()
        )
        self._sockets = Sockets()
        self._client = httpx.Client(
            headers={"User-Agent": user_agent, "Accept": _ACCEPT}, event_hooks={"response": [put_location_aside]}
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all connections."""
        self._client.close()

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched | NotModified:
        """Fetch what is at an address now.

        Parameters
        ----------
        url : str
            An http or https address; that of a redirector is followed to what it carries.
        etag, last_modified : str, optional
            What the content that is held already came with; where it is still the same, it does not come again.

        Returns
        -------
        Fetched or NotModified
            The content, which is never empty.

        Raises
        ------
        Unavailable
            The site is busy, cannot be reached or breaks off: it may work later.
        PageGone
            The server says that there is no such page.
        RobotsRefusal
            The site's robots.txt asks programs to leave the address alone, and is respected.
        InputError
            Anything else: no address, no right to the page, redirects without end, too long or empty content.
        """
        held = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        visit = _Visit(
            asked=url,
            url=without_fragment(_checked(url)),
            headers={name: value for name, value in held.items() if value},
            seconds_left=self._timeout_seconds,
            patience_left=self._patience_seconds,
        )
        for number in range(1, self._tries + 1):
            try:
                return self._follow(visit)
            except Unavailable as fault:
                wait = fault.retry_after_seconds or 0.0
                if not fault.is_brief or number == self._tries or visit.seconds_left <= 0 or wait > visit.patience_left:
                    raise
                if not wait:
                    self._back_off(visit, number)
        raise AssertionError("the last try returns or raises")

    def _back_off(self, visit: _Visit, number: int) -> None:
        """Wait twice as long after each try; by chance a little less, so that many programs do not come back at once."""
        seconds = FIRST_BACK_OFF_SECONDS * 2 ** (number - 1) * random.uniform(0.5, 1.0)  # noqa: S311 - no secret
        self._sleep(seconds)
        visit.patience_left -= seconds

    def _follow(self, visit: _Visit) -> Fetched | NotModified:
        """The content at the end of all redirects."""
        self._client.cookies.clear()  # what one page sets is nothing that another is to know
        here = visit.url
        for _ in range(MAX_REDIRECTS + 1):
            if self._respects_robots and not (self._spares_own_machine and is_own_machine(here)):
                self._robots.check(here)
            answer = self._ask(here, visit, self._max_bytes)
            target = answer.target
            if target is None:
                return self._taken(answer, visit)
            if not is_web_address(target):
                reason = f"redirects to {target!r}, which is no http or https address."
                raise InputError(visit.asked, reason, "Open it in a browser and give the address that you end at.")
            here = target
        reason = f"redirects without end ({MAX_REDIRECTS} times)."
        raise InputError(visit.asked, reason, "Open it in a browser and give the address that you end at.")

    def _taken(self, answer: Answer, visit: _Visit) -> Fetched | NotModified:
        headers, url = answer.headers, clean_address(answer.url)
        if answer.status == 304 and visit.headers:
            return NotModified(
                asked=visit.asked, url=url, etag=headers.get("etag"), last_modified=headers.get("last-modified")
            )
        if not 200 <= answer.status < 300 or answer.status == _PARTIAL_CONTENT:  # nobody asked for a part
            fault = fault_of_status(visit.asked, answer.status, headers.get("retry-after"))
            if isinstance(fault, Unavailable) and fault.retry_after_seconds is not None:
                self._pace.rest(answer.url, fault.retry_after_seconds)
            raise fault
        if not answer.content.strip():
            raise InputError(visit.asked, "the answer is empty.", "Open the address in a browser to see what it is.")
        return Fetched(
            asked=visit.asked,
            url=url,
            status=answer.status,
            content=answer.content,
            content_type=headers.get("content-type", "").partition(";")[0].strip().lower() or None,
            charset=answer.charset,
            file_name=file_name(answer),
            etag=headers.get("etag"),
            last_modified=headers.get("last-modified"),
            date=headers.get("date"),
        )

    def _ask_robots(self, url: str) -> tuple[int, bytes]:
        """A robots.txt, over at most five redirects (RFC 9309, section 2.3.1.2), the beginning of a long one."""
        visit = _Visit(url, url, {}, min(self._timeout_seconds, self._read_seconds), self._patience_seconds)
        for _ in range(6):
            answer = self._ask(url, visit, MAX_ROBOTS_BYTES, only_beginning=True)
            if answer.target is None:
                return answer.status, answer.content
            if not is_web_address(answer.target):
                break
            url = answer.target
        return 404, b""

    def _ask(self, url: str, visit: _Visit, max_bytes: int, *, only_beginning: bool = False) -> Answer:
        """One request, in its turn, and its answer in full."""
        self._take_turn(url, visit)
        if visit.seconds_left <= 0:  # redirects took it all
            raise self._too_slow(visit, None)
        started = self._clock()
        response: httpx.Response | None = None
        deadline = Deadline(visit.seconds_left, self._sockets)
        longest = visit.seconds_left + _GRACE_SECONDS
        timeout = httpx.Timeout(min(self._read_seconds, longest), connect=min(self._connect_seconds, longest))
        try:
            with (
                deadline,
                self._client.stream(
                    "GET", url, headers=visit.headers, timeout=timeout, extensions={"trace": self._sockets.note}
                ) as response,
            ):
                content = self._content(response, visit, max_bytes, only_beginning=only_beginning)
        except (httpx.HTTPError, httpx.InvalidURL) as failure:
            if not deadline.has_passed:
                raise fault_of_failure(visit.asked, url, failure, response) from failure
        except InputError:
            if not deadline.has_passed:  # else it is about a content that was cut off here
                raise
        finally:
            visit.seconds_left -= self._clock() - started
        if deadline.has_passed:
            raise self._too_slow(visit, response)
        assert response is not None  # noqa: S101 - the block ended without an error
        return Answer(
            url=url,
            status=response.status_code,
            target=target_of(url, response),
            headers=response.headers,
            charset=response.charset_encoding,
            content=content,
        )

    def _take_turn(self, url: str, visit: _Visit) -> None:
        due = self._pace.due_seconds(url)
        if due > visit.patience_left:
            minutes = f"{due / 60:,.0f} minutes" if due >= 90 else f"{due:,.0f} seconds"
            reason = f"its site asks to be left alone for another {minutes}."
            raise Unavailable(visit.asked, reason, retry_after_seconds=due)
        self._pace.take_turn(url)
        visit.patience_left -= due

    def _content(self, response: httpx.Response, visit: _Visit, max_bytes: int, *, only_beginning: bool) -> bytes:
        """The content of an answer that has one for us; of any other nothing is read."""
        if not 200 <= response.status_code < 300:
            return b""
        pieces, size = [], 0
        encodings = response.headers.get("content-encoding", "")
        for piece in unpacked(response.iter_raw(1 << 16), encodings, visit.asked):
            pieces.append(piece)
            size += len(piece)
            if size > max_bytes:
                if only_beginning:
                    break
                reason = f"is longer than {max_bytes / 1e6:,.0f} MB."
                raise InputError(visit.asked, reason, "Download it with another program, and read the file.")
        return b"".join(pieces)

    def _too_slow(self, visit: _Visit, response: httpx.Response | None) -> Unavailable:
        limit = f"{self._timeout_seconds:g} seconds"
        if response is None:
            reason = f"the server does not answer within {limit}."
        else:
            reason = f"the download did not end within {limit} ({response.num_bytes_downloaded:,} bytes came)."
        return Unavailable(visit.asked, reason, "Try again later, or with a longer --timeout.")


def _checked(url: str) -> str:
    """The address to fetch: what a redirector's address carries, else the address itself."""
    if not is_web_address(url):
        scheme = url.partition(":")[0].strip().lower()
        if has_scheme(url) and scheme not in ("http", "https"):
            raise InputError(url, f"{scheme} addresses are not fetched.", "Give an http or https address, or a file.")
        raise InputError(url, "is not a web address.", "Check it for a host, such as https://example.org/report.html.")
    return unwrapped(url)
