"""The pages of web archives (WARC), with every damaged record named.

Libraries that read WARC give out what is left of a cut record as if it were whole, and stop at the first bytes that
are no record. So the records are framed here, each checked against the length and the digest that it gives itself.

Source: IIPC, The WARC Format 1.1 (iipc.github.io/warc-specifications).
"""

from __future__ import annotations

import base64
import hashlib
import io
import logging
import re
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import unquote

import msgspec

from entente.records import Failure
from entente.sources.addresses import clean_address
from entente.sources.archives import word_file
from entente.sources.contents import PDF_BYTES, Part, Place
from entente.sources.http_messages import Message, as_message, decoded_body
from entente.sources.kinds import HEAD, Kind, kind_of
from entente.sources.warc_bytes import Damage, RecordBytes

__all__ = ["read_warc"]

_HEADER_BYTES = 1 << 20
_HEAD_LOOKED_AT = 4096
_RECORD_BYTES = PDF_BYTES + _HEADER_BYTES
_START = re.compile(rb"WARC/\d\.\d\r?\n")
_WANTED = ("response", "resource", "conversion")
_OTHER_TYPES = re.compile(
    r"(?:image|audio|video|font)/|text/(?:css|javascript|xml-dtd)|application/(?:\w+-)?(?:java|ecma)?script"
)
_AGAIN = "Fetch the archive or the page again."
_log = logging.getLogger("entente.sources")


class _Record(msgspec.Struct, frozen=True):
    """A record's header fields with their names in small letters, and where it begins."""

    fields: dict[str, str]
    offset: int

    @property
    def what(self) -> str:
        address = self.fields.get("warc-target-uri", "").strip("<>")
        return f"the record of {address} at byte {self.offset}" if address else f"the record at byte {self.offset}"


def read_warc(stream: BinaryIO, place: Place) -> Iterator[Part | Failure]:
    """The pages, files, texts and feeds of an archive, compressed or not; a damaged record is a `Failure` in its place.

    Offsets are those of the file as it is: of the compressed bytes where each record is compressed alone.
    """
    source = RecordBytes(stream)
    found, passed_over = False, 0
    while (offset := source.to_next()) is not None:
        if isinstance(offset, Damage):
            found = True
            yield _failure(place, offset.offset, f"{offset.reason} at byte {offset.offset}.", _AGAIN)
            continue
        record = _header(source, offset)
        if record is None:
            reason = _no_record(source.peek(_HEAD_LOOKED_AT), offset)
            source.to_start_after(1)
            found = True
            yield _failure(place, offset, reason, _AGAIN)
            continue
        item = _read_record(source, record, place)
        found |= item is not None
        passed_over += item is None
        if item is not None:
            yield item
    if passed_over:
        _log.info("%s: %d records that are no pages were passed over.", place.origin, passed_over)
    if not found:
        reason = f"the archive holds no pages ({passed_over} records of other kinds)."
        yield Failure(origin=place.origin, source_id=place.source_id, reason=reason, remedy="Check how it was made.")


def _no_record(content: bytes, offset: int) -> str:
    """What bytes that are no whole header are."""
    if not content.startswith(b"WARC/"):
        return f"holds bytes that are no record at {offset}."
    address = re.search(rb"\nWARC-Target-URI:\s*(\S+)\r?\n", content, re.IGNORECASE)
    fields = {"warc-target-uri": address[1].decode(errors="replace")} if address else {}
    return f"{_Record(fields, offset).what} is cut off in its header."


def _failure(place: Place, offset: int, reason: str, remedy: str) -> Failure:
    return Failure(
        origin=f"{place.origin}:{offset}", source_id=f"{place.source_id}:{offset}", reason=reason, remedy=remedy
    )


def _header(source: RecordBytes, offset: int) -> _Record | None:
    """The header of the record that the source stands at; None where no record begins here."""
    block = source.until_blank_line(_HEADER_BYTES)
    if block is None or not _START.match(block):
        return None
    fields: dict[str, str] = {}
    for line in re.split(r"\r?\n(?![ \t])", block.decode("utf-8", errors="replace"))[1:]:
        name, colon, value = line.partition(":")
        if colon:
            fields[name.strip().lower()] = " ".join(value.split())
    source.skip(len(block))
    return _Record(fields, offset)


def _read_record(source: RecordBytes, record: _Record, place: Place) -> Part | Failure | None:
    """What the record that the source stands in holds; None where that is no report. The source goes to its end."""
    fields = record.fields
    announced = fields.get("content-length", "")
    if not re.fullmatch(r"[0-9]{1,15}", announced):
        source.to_start_after(0)
        return _failure(place, record.offset, f"{record.what} gives no length of its content.", _AGAIN)
    length = int(announced)
    kind = fields.get("warc-type", "").lower()
    wanted = kind in _WANTED
    if length > _RECORD_BYTES:
        there = source.skip(length)
        too_long = f"{record.what} is {length / 1_000_000:,.0f} MB, so no report."
    else:
        block = source.peek(length)
        there, too_long = len(block), None
    if there < length or not source.ends_record(0 if too_long else length):
        source.to_start_after(0)
        reason = f"{record.what} is cut off or damaged: it announces {length:,} bytes"
        reason += f", {there:,} are there." if there < length else " and does not end after them."
        return _failure(place, record.offset, reason, _AGAIN)
    if too_long:
        return _failure(place, record.offset, too_long, "Leave it out.") if wanted else None
    source.skip(length)
    if not wanted:
        return None
    if problem := _problem(record, block):
        return _failure(place, record.offset, problem, _AGAIN)
    return _part(record, block, place)


def _problem(record: _Record, block: bytes) -> str | None:
    """What a record says against itself."""
    fields = record.fields
    if truncated := fields.get("warc-truncated"):
        return f"{record.what} was cut off when it was fetched (WARC-Truncated: {truncated})."
    if not fields.get("warc-target-uri"):
        return f"{record.what} does not say which address it is from."
    if not _digest_fits(fields.get("warc-block-digest", ""), block):
        return f"{record.what} is damaged: its content does not fit its digest."
    return None


def _digest_fits(declared: str, block: bytes) -> bool:
    """Whether a block has the digest that its header declares; one in an unknown form is not checked."""
    algorithm, _, value = declared.strip().partition(":")
    algorithm = algorithm.lower().replace("-", "")
    if algorithm not in ("md5", "sha1", "sha256", "sha512"):
        return True
    digest = hashlib.new(algorithm, block, usedforsecurity=False).digest()
    if len(value) == 2 * len(digest):
        return value.lower() == digest.hex()
    encoded = base64.b32encode(digest).decode()
    return len(value.rstrip("=")) != len(encoded.rstrip("=")) or value.upper().rstrip("=") == encoded.rstrip("=")


def _part(record: _Record, block: bytes, place: Place) -> Part | Failure | None:
    """The page or file in a whole record."""
    fields = record.fields
    address = fields["warc-target-uri"].strip("<>")
    message = Message(status=200, headers={"content-type": fields.get("content-type", "")}, body=block)
    if message.content_type == "application/http" or (
        fields["warc-type"].lower() == "response" and block.startswith(b"HTTP/")
    ):
        found = as_message(block)
        if found is None:
            return _failure(place, record.offset, f"{record.what} holds no HTTP answer.", _AGAIN)
        message = found
    if message.status != 200 or not message.body or _OTHER_TYPES.match(message.content_type):
        return None
    if message.is_cut:
        reason = f"{record.what} was cut off when it was fetched: {message.length:,} bytes were announced, {len(message.body):,} came."
        return _failure(place, record.offset, reason, _AGAIN)
    body = decoded_body(message, PDF_BYTES)
    if body is None:
        return _failure(
            place, record.offset, f"{record.what} is cut off, or encoded in a way that cannot be undone.", _AGAIN
        )
    kind = _page_kind(address, body, message.content_type)
    if kind is None:
        return None
    where = msgspec.structs.replace(
        place,
        origin=f"{place.origin}:{record.offset}",
        source_id=address,
        url=clean_address(address),
        charset=message.charset,
    )
    return Part(name=address, stream=io.BytesIO(body), place=where, kind=kind)


def _page_kind(address: str, body: bytes, content_type: str) -> Kind | None:
    """The kind of a page's content, None where it is none that is read as a report."""
    path = unquote(re.split(r"[?#]", address, maxsplit=1)[0])
    kind = kind_of(path, body[:HEAD], content_type)
    if kind == "zip":
        return "docx" if word_file(io.BytesIO(body)) else None
    if kind == "text":
        robots = path.endswith(("/robots.txt", "/ads.txt"))
        return "text" if content_type in ("", "text/plain", "text/markdown") and not robots else None
    return kind if kind in ("page", "pdf", "feed") else None
