"""What can be wrong with an address on the web, in words for who typed it."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx

from entente.errors import InputError

__all__ = ["PageGone", "RobotsRefusal", "Unavailable", "fault_of_failure", "fault_of_status", "seconds_to_wait"]

_LATER = "Try again later."
_REFUSALS = {
    401: "answers 401: the page is for those who sign in.",
    402: "answers 402: the page is for those who pay.",
    403: "answers 403: the server refuses to give the page to a program.",
    407: "answers 407: the proxy on the way asks for a password.",
    451: "answers 451: the page is withheld for legal reasons.",
}
_PASSING = {408, 425, 429}
_SECONDS_A_MINUTE = 60
_LONGEST_WAIT_SECONDS = 7 * 24 * 3600.0


class Unavailable(InputError):  # noqa: N818 - the name says what is wrong
    """An address that may well give its page later.

    Parameters
    ----------
    what, reason, remedy : str
        As in every error.
    retry_after_seconds : float, optional
        How long the server asks to be left alone.
    is_brief : bool
        Whether another try within seconds may do.
    """

    def __init__(
        self,
        what: str,
        reason: str,
        remedy: str = _LATER,
        *,
        retry_after_seconds: float | None = None,
        is_brief: bool = False,
    ) -> None:
        super().__init__(what, reason, remedy)
        self.retry_after_seconds, self.is_brief = retry_after_seconds, is_brief


class PageGone(InputError):  # noqa: N818 - the name says what is wrong
    """An address at which there is no page: the server says so."""


class RobotsRefusal(InputError):  # noqa: N818 - the name says what is wrong
    """An address that its site asks programs to leave alone."""


def fault_of_status(url: str, status: int, retry_after: str | None) -> InputError:
    """What an answer without a page says, by its HTTP status."""
    if status == 404:
        return PageGone(url, "answers 404: there is no such page.", "Check the address; the page may have moved.")
    if status == 410:
        return PageGone(url, "answers 410: the page was taken down.", "Look for a copy in a web archive.")
    if status in _REFUSALS:
        remedy = "Open it in a browser, save the page, and read the saved file."
        return InputError(url, _REFUSALS[status], remedy)
    if status in _PASSING or status >= 500:
        seconds = seconds_to_wait(retry_after)
        remedy = f"Try again {_in_words(seconds)}." if seconds else _LATER
        meaning = "too many requests" if status == 429 else "the server cannot answer now"
        return Unavailable(
            url, f"answers {status}: {meaning}.", remedy, retry_after_seconds=seconds, is_brief=status != 501
        )
    if status == 206:
        return Unavailable(url, "answers 206: only a part of the page came.", _LATER)
    return InputError(url, f"answers {status}, which is no page.", "Open the address in a browser to see what it is.")


def seconds_to_wait(retry_after: str | None) -> float | None:
    """The seconds that a Retry-After header asks for, as a number or until a date; None where it says nothing."""
    if not retry_after:
        return None
    if retry_after.strip().isdecimal():
        return min(float(retry_after), _LONGEST_WAIT_SECONDS)
    try:
        until = parsedate_to_datetime(retry_after)
    except (ValueError, OverflowError):
        return None
    zoned = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(0.0, (zoned - datetime.now(UTC)).total_seconds()), _LONGEST_WAIT_SECONDS)


def _in_words(seconds: float) -> str:
    if seconds < _SECONDS_A_MINUTE:
        return "in a minute"
    return f"in {round(seconds / _SECONDS_A_MINUTE):,} minutes"


def fault_of_failure(url: str, here: str, failure: Exception, response: httpx.Response | None) -> InputError:
    """What went wrong at ``here``, where ``url`` led to and no whole answer came from."""
    causes = _causes(failure)
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        host = urlsplit(here).hostname
        return Unavailable(
            url, f"there is no host {host} (or no connection to ask for it).", "Check the address and the connection."
        )
    tls = next((cause for cause in causes if isinstance(cause, ssl.SSLError)), None)
    if tls is not None:
        reason = f"no secure connection ({getattr(tls, 'verify_message', '') or tls.reason or tls})."
        return Unavailable(url, reason, "Check the address, and the clock and the certificates of this machine.")
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return Unavailable(url, "the connection is refused: no server answers there.", "Check host and port, or later.")
    if isinstance(failure, httpx.ConnectTimeout):
        return Unavailable(url, "the server cannot be reached (no connection in time).", is_brief=True)
    if isinstance(failure, httpx.TimeoutException):
        return Unavailable(url, "the server stopped answering.", is_brief=True)
    if response is not None:
        return Unavailable(url, f"the download broke off after {_progress_of(response)}.", is_brief=True)
    if isinstance(failure, httpx.ProtocolError | httpx.NetworkError):
        return Unavailable(url, f"the connection broke off before an answer ({failure}).", is_brief=True)
    return InputError(url, f"cannot be fetched ({type(failure).__name__}: {failure}).", "Check the address.")


def _causes(failure: BaseException | None) -> list[BaseException]:
    causes: list[BaseException] = []
    while failure is not None and failure not in causes:
        causes.append(failure)
        failure = failure.__cause__ or failure.__context__
    return causes


def _progress_of(response: httpx.Response) -> str:
    came = f"{response.num_bytes_downloaded:,}"
    length = response.headers.get("content-length", "")
    return f"{came} of {int(length):,} bytes" if length.isdecimal() else f"{came} bytes"
