"""The text as it is kept for good, and the ids that hang on it."""

from __future__ import annotations

import hashlib
import unicodedata
from urllib.parse import urlsplit

__all__ = ["host_of", "normalise_text", "report_id", "text_hash"]

ID_DIGITS = 16


def normalise_text(text: str) -> str:
    r"""The text in Unicode NFC with ``\n`` as its only line end; nothing else is touched.

    Normalising twice is the same as once, so every offset counts code points of this text.
    """
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def text_hash(text: str) -> str:
    """SHA-256 of a normalised text's UTF-8 bytes, in 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def report_id(text: str, *, publisher: str | None, url: str | None) -> str:
    """The name of a report: the same text by the same publisher is the same report, wherever it was found.

    Parameters
    ----------
    text : str
        The normalised text.
    publisher : str or None
        Who published it; without one the URL's host stands in.
    url : str or None
        Where it was published.

    Returns
    -------
    str
        16 hexadecimal digits.
    """
    issuer = (publisher or host_of(url) or "").strip().casefold()
    payload = f"{issuer}\0{text}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(payload).hexdigest()[:ID_DIGITS]


def host_of(url: str | None) -> str | None:
    """The host of an address without a leading ``www.``, or None where there is no host."""
    if not url:
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:  # such as an unclosed bracket of an IPv6 address
        return None
    return host.removeprefix("www.") if host else None
