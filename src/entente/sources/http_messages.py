"""HTTP answers as archives keep them: status, headers and body, with the encodings of the transfer undone."""

from __future__ import annotations

import re
import zlib

import msgspec

__all__ = ["Message", "as_message", "decoded_body"]

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})[^\n]*\n")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")


class Message(msgspec.Struct, frozen=True):
    """An HTTP answer; the names of its headers are in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        """The media type without its parameters, empty where none is given."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The declared encoding of the text."""
        match = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", self.headers.get("content-type", ""), re.IGNORECASE)
        return match[1].lower() if match else None

    @property
    def length(self) -> int:
        """The announced length of the body, 0 where none is."""
        value = self.headers.get("content-length", "")
        return int(value) if re.fullmatch(r"[0-9]{1,12}", value) else 0

    @property
    def is_cut(self) -> bool:
        """Whether less came than was announced; a body in chunks has no announced length."""
        return "chunked" not in self.headers.get("transfer-encoding", "").lower() and len(self.body) < self.length


def as_message(block: bytes) -> Message | None:
    """The answer that a block of bytes is, None where it begins with no status line."""
    status = _STATUS.match(block)
    if status is None:
        return None
    end = re.compile(rb"\r?\n\r?\n").search(block, status.end() - 1)
    head = block[status.end() : end.start() if end else len(block)]
    headers: dict[str, str] = {}
    for line in re.split(r"\r?\n(?![ \t])", head.decode("latin-1")):
        name, colon, value = line.partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    return Message(int(status[1]), headers, block[end.end() :] if end else b"")


def decoded_body(message: Message, limit: int) -> bytes | None:
    """The body as its writer made it; None where that cannot be had, or is longer than the limit.

    Many crawlers undo an encoding and keep the header that declares it: a body that is not encoded stays as it is.
    """
    body = message.body
    if "chunked" in message.headers.get("transfer-encoding", "").lower():
        joined = _joined(body)
        if joined is None:
            return None
        body = joined
    for encoding in reversed(message.headers.get("content-encoding", "").lower().replace(" ", "").split(",")):
        plain = _decoded(body, encoding, limit)
        if plain is None:
            return None
        body = plain
    return body if len(body) <= limit else None


def _joined(body: bytes) -> bytes | None:
    """The chunks of a body in one; the body itself where it is not in chunks, None where they break off."""
    parts: list[bytes] = []
    place = 0
    while match := _CHUNK.match(body, place):
        size = int(match[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(body[match.end() : match.end() + size])
        place = match.end() + size
        place += 2 if body[place : place + 2] == b"\r\n" else 1
    return None if parts and place >= len(body) else body


def _decoded(body: bytes, encoding: str, limit: int) -> bytes | None:
    if encoding in ("gzip", "x-gzip"):
        return _inflated(body, 31, limit) if body.startswith(b"\x1f\x8b") else body
    if encoding == "deflate":  # servers send it with and without the zlib header
        plain = _inflated(body, 15, limit) or _inflated(body, -15, limit)
        return plain or (body if _reads_as_text(body) else None)
    if encoding == "br":
        import brotli

        try:
            unpacking = brotli.Decompressor()
            plain = bytes(unpacking.process(body, output_buffer_limit=limit + 1))
        except brotli.error:
            return body if _reads_as_text(body) else None
        return plain if unpacking.is_finished() or len(plain) > limit else None
    if encoding == "zstd":
        return body if _reads_as_text(body) else None
    return body


def _inflated(body: bytes, window: int, limit: int) -> bytes | None:
    unpacking = zlib.decompressobj(window)
    try:
        plain = unpacking.decompress(body, limit + 1)
    except zlib.error:
        return None
    return plain if unpacking.eof or len(plain) > limit else None


def _reads_as_text(body: bytes) -> bool:
    try:
        body[:1000].decode()
    except UnicodeDecodeError as problem:
        return problem.start > 900
    return True
