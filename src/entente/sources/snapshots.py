"""A page that a browser saved with all its parts in one file (MHTML), as the page alone."""

from __future__ import annotations

import codecs
from email import message_from_bytes
from email.message import Message

from entente.errors import InputError
from entente.records import Document
from entente.sources.addresses import is_web_address
from entente.sources.contents import Place
from entente.sources.decoding import is_encoding

__all__ = ["read_snapshot"]


def read_snapshot(content: bytes, place: Place) -> Document:
    """The page that was saved; its frames, pictures and styles are left out.

    Raises
    ------
    InputError
        There is no page in it.

    Source: RFC 2557, MIME Encapsulation of Aggregate Documents.
    """
    snapshot = message_from_bytes(content.removeprefix(codecs.BOM_UTF8).lstrip())
    page = _page(snapshot)
    body = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(body, bytes) or not body.strip():
        raise InputError(place.origin, "holds no page, or was cut off before it.", "Save the page again.")
    charset = page.get_content_charset()
    addresses = (snapshot.get("Snapshot-Content-Location"), page.get("Content-Location"), place.url)
    return Document(
        content=body,
        media="page",
        origin=place.origin,
        source_id=place.source_id,
        url=next((str(one).strip() for one in addresses if one and is_web_address(str(one))), None),
        charset=charset if charset and is_encoding(charset) else place.charset,
        publisher=place.publisher,
        title=place.title,
        published=place.published,
        obtained=place.obtained,
    )


def _page(snapshot: Message) -> Message | None:
    """The part that the others belong to: the one that the header names, else the first page."""
    pages = [part for part in snapshot.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = snapshot.get_param("start")
    return next((page for page in pages if start and page.get("Content-ID") == start), pages[0] if pages else None)
