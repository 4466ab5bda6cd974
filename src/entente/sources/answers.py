"""One answer of a web server: what it says of its content, and where it sends us."""

from __future__ import annotations

from email.message import Message
from urllib.parse import unquote, urljoin, urlsplit

import httpx
import msgspec

__all__ = ["Answer", "file_name", "put_location_aside", "target_of", "without_fragment"]

_REDIRECTS = (301, 302, 303, 307, 308)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer as it came: its content only where it has one for us; ``target`` is where it redirects to."""

    url: str
    status: int
    target: str | None
    headers: httpx.Headers
    charset: str | None
    content: bytes


def put_location_aside(response: httpx.Response) -> None:
    """Keep httpx from reading where an answer redirects to: of an address that is none it makes an error of its own."""
    if response.status_code in _REDIRECTS and "location" in response.headers:
        response.extensions["location"] = response.headers.pop("location")


def target_of(url: str, response: httpx.Response) -> str | None:
    """Where an answer sends us, as far as it is an address at all; None where it does not."""
    location = response.extensions.get("location")
    if location is None:
        return None
    try:
        return without_fragment(urljoin(url, location.strip()))
    except ValueError:  # such as an unclosed bracket of an IPv6 address
        return str(location)


def without_fragment(url: str) -> str:
    """An address as a server is asked for it."""
    return url.partition("#")[0]


def file_name(answer: Answer) -> str:
    """What the server calls the content, else the last part of the address's path; it may be empty."""
    header = Message()
    header["Content-Disposition"] = answer.headers.get("content-disposition", "")
    name = header.get_filename() or unquote(urlsplit(answer.url).path)
    name = name.replace("\\", "/").rpartition("/")[2]
    if name.lower().endswith(".gz") and answer.headers.get("content-encoding", "") in ("gzip", "x-gzip"):
        return name[: -len(".gz")]  # unpacked on its way
    return name
