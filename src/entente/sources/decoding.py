"""Bytes as text, by the few encodings that can be told for certain."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterable, Iterator

from entente.errors import InputError

__all__ = ["LineError", "decode", "decoded_lines"]

_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class LineError(InputError):
    """A line that is no text in the encoding of its file, while the rest of the file may be.

    Parameters
    ----------
    text : str
        The line with a mark in place of what cannot be read, which tells where a table's row ends.
    """

    def __init__(self, what: str, reason: str, remedy: str, *, text: str) -> None:
        super().__init__(what, reason, remedy)
        self.text = text


def decode(raw: bytes, origin: str) -> str:
    """The text that bytes stand for: UTF-8, or UTF-16 and UTF-32 where a byte-order mark says so.

    Raises
    ------
    InputError
        The bytes are no text (they hold NUL bytes) or are in another encoding, which only its writer knows.
    """
    encoding = _wide_encoding(raw)
    if encoding is None:
        if b"\0" in raw:
            raise InputError(
                origin, "is binary, not text (it holds NUL bytes).", "Give the text that it was made from."
            )
        encoding = "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as problem:
        raise InputError(origin, *_encoding_problem(problem, encoding, raw)) from problem


def decoded_lines(stream: Iterable[bytes], origin: str) -> Iterator[str | LineError]:
    """The lines of a stream with their line ends, decoded one by one; one that cannot be is a `LineError` in its place.

    Raises
    ------
    InputError
        The stream is binary, or in UTF-16 or UTF-32 and damaged: then no line end can be trusted.
    """
    for number, raw in enumerate(stream, start=1):
        if number == 1:
            if _wide_encoding(raw):
                rest = b"".join(stream)
                yield from io.StringIO(decode(raw + rest, origin), newline="")
                return
            if b"\0" in raw:
                decode(raw, origin)
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as problem:
            yield LineError(
                f"{origin}:{number}", *_encoding_problem(problem, "utf-8", raw), text=raw.decode(errors="replace")
            )
            continue
        if "\0" in line:
            reason = "holds a NUL byte, so it is damaged or no text."
            yield LineError(f"{origin}:{number}", reason, "Mend the line.", text=line.replace("\0", "\ufffd"))
        else:
            yield line


def _wide_encoding(raw: bytes) -> str | None:
    return next((encoding for mark, encoding in _WIDE_MARKS if raw.startswith(mark)), None)


def _encoding_problem(problem: UnicodeDecodeError, encoding: str, raw: bytes) -> tuple[str, str]:
    """The reason and the remedy for bytes that are not in the encoding they should be in."""
    place = f"byte 0x{raw[problem.start]:02x} at position {problem.start}"
    reason = f"is not {encoding.removesuffix('-sig').upper()} text ({place})."
    return reason, "Find out its encoding and convert it, e.g. `iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW`."
