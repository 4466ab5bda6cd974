"""Bytes as text, by the encodings that can be told from the bytes themselves."""

from __future__ import annotations

import codecs
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec

from entente.errors import InputError

__all__ = ["Decoded", "LineError", "NotedLine", "decode", "decode_noting", "decoded_lines", "is_encoding"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = "windows-1252"
_WESTERN_NOTE = f"encoding: read as {_WESTERN}, since the file is not UTF-8."
_REMEDY = "Name its encoding with --encoding, e.g. --encoding windows-1251."
_BINARY = ("is binary, not text (it holds NUL bytes).", "Give the text that it was made from.")
_SAMPLE_BYTES = 4096
# Some 5 % of a French text stand above ASCII, and a quarter of a short French title; most of a Russian one.
_HIGH_SHARE = 0.25
# What Western prose takes from the upper half of windows-1252. The six letters in which windows-1254 (Turkish) differs
# are left out: with them nobody can tell "Erdoğan" from "Erdoðan".
_WESTERN_LETTERS = "ŠšŒœŽžŸÀ-ÏÑ-ÖØ-ÜßÀ-ïñ-öø-üÿ"
_NOT_WESTERN = re.compile(
    rf"[^\t\n\r\f -~€‚„…‰‘’“”•–—™‹›{_WESTERN_LETTERS}\xa0¡£§©ª«\xad®°²³´·º»¼½¾¿×]"
    rf"|[{_WESTERN_LETTERS}]{{3}}"  # no Western word has three such letters in a row: another alphabet
    r"|[a-z][ŠŒŽŸÀ-ÖØ-Ü]|(?<![A-Z])[ŠŒŽŸÀ-ÖØ-Ü][A-Z][a-z]"  # Mac Roman: its quotation marks are capitals here
    r"|\w[‚„]|[²³]\w"  # the letters é and ä of the PC's old code pages; the Polish ł
)
_UTF8_CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")


class Decoded(msgspec.Struct, frozen=True):
    """What bytes stand for, the encoding they were read in, and what a reader should know of that."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


class NotedLine(msgspec.Struct, frozen=True):
    """A line that was read in an encoding other than that of its file."""

    text: str
    warning: str


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


def is_encoding(name: str) -> bool:
    """Whether bytes can be read as text in an encoding of that name."""
    try:
        b"a".decode(name)  # an empty text is not looked at
    except (LookupError, ValueError):  # unknown, or no encoding of text such as base64
        return False
    return True


def decode(raw: bytes, origin: str, *, encoding: str | None = None) -> str:
    """The text of `decode_noting`, for those who have nowhere to put its warnings."""
    return decode_noting(raw, origin, encoding=encoding).text


def decode_noting(raw: bytes, origin: str, *, encoding: str | None = None) -> Decoded:
    """The text that bytes stand for, and how that was found out.

    A byte-order mark decides; then the encoding that is given; then, where nothing is: UTF-16 and UTF-32 by the places
    of their NUL bytes, UTF-8 where the bytes are that, and windows-1252 where they then read as Western prose.

    Parameters
    ----------
    raw : bytes
        A whole file.
    origin : str
        Names it in errors.
    encoding : str, optional
        What its writer says; ``iso-8859-1`` is read as windows-1252, which holds it.

    Raises
    ------
    InputError
        The bytes are no text (they hold NUL bytes), are not in the given encoding, or are in one that only their
        writer knows.
    """
    told = _marked(raw) or _codec(encoding) or _unmarked_wide(raw)
    if told is None and b"\0" in raw:
        raise InputError(origin, *_BINARY)
    try:
        text = raw.decode(told or "utf-8")
    except UnicodeDecodeError as problem:
        if told is None and (western := _as_western(raw)) is not None:
            return Decoded(western, _WESTERN, (_WESTERN_NOTE,))
        raise InputError(origin, *_encoding_problem(problem, encoding, raw)) from problem
    if encoding is not None and "\0" in text:
        raise InputError(origin, f"is not {encoding} text (it holds NUL characters).", _REMEDY)
    return Decoded(text, (told or "utf-8").removesuffix("-sig"))


def decoded_lines(
    stream: Iterable[bytes], origin: str, *, encoding: str | None = None
) -> Iterator[str | NotedLine | LineError]:
    """The lines of a stream with their line ends, decoded one by one as by `decode_noting`.

    A line that is not UTF-8 but reads as Western prose in windows-1252 is a `NotedLine`; one that cannot be decoded is
    a `LineError` in its place.

    Raises
    ------
    InputError
        The stream is binary, or in UTF-16 or UTF-32 and damaged: then no line end can be trusted.
    """
    lines = iter(stream)
    first = next(lines, b"")
    mark = _marked(first)
    told = _codec(encoding)
    wide = mark not in (None, "utf-8-sig") or (told is not None and not _ends_lines_alike(told))
    if wide or (told is None and b"\0" in first):
        if not wide and _unmarked_wide(first) is None:
            raise InputError(origin, *_BINARY)  # without reading the rest
        yield from io.StringIO(decode(first + b"".join(lines), origin, encoding=encoding), newline="")
        return
    if mark is not None:
        told, first = None, first.removeprefix(codecs.BOM_UTF8)
    for number, raw in enumerate(chain([first] if first else [], lines), start=1):
        yield _line(raw, f"{origin}:{number}", told)


def _line(raw: bytes, place: str, told: str | None) -> str | NotedLine | LineError:
    try:
        line = raw.decode(told or "utf-8")
    except UnicodeDecodeError as problem:
        if told is None and (western := _as_western(raw)) is not None:
            return NotedLine(western, _WESTERN_NOTE)
        return LineError(place, *_encoding_problem(problem, told, raw), text=raw.decode(errors="replace"))
    if "\0" in line:
        reason = "holds a NUL byte, so it is damaged or no text."
        return LineError(place, reason, "Mend the line.", text=line.replace("\0", "\ufffd"))
    return line


def _marked(raw: bytes) -> str | None:
    """The encoding that a byte-order mark shows."""
    return next((encoding for mark, encoding in _MARKS if raw.startswith(mark)), None)


def _codec(encoding: str | None) -> str | None:
    """The codec for a declared encoding; pages and files that say ISO 8859-1 mean windows-1252 (WHATWG, Encoding)."""
    if encoding is None:
        return None
    name = codecs.lookup(encoding).name
    if name == "utf-8":  # declared by default on the web, so a declaration that the bytes can contradict
        return None
    return _WESTERN if name in ("iso8859-1", "ascii") else name


def _ends_lines_alike(codec: str) -> bool:
    """Whether a line feed is one byte of its own, as in ASCII."""
    try:
        return b"\n".decode(codec) == "\n"
    except UnicodeDecodeError:
        return False


def _unmarked_wide(raw: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: in text the upper bytes are NUL where letters are ASCII, the lower never.

    Chinese and its like cannot be told in this way.
    """
    sample = raw[:_SAMPLE_BYTES]
    if b"\0" not in sample:
        return None
    for encoding, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        whole = sample[: len(sample) // width * width]
        lanes = [whole[i::width] for i in range(width)]
        if encoding.endswith("le"):
            lanes.reverse()
        empty = [lane.count(0) / max(1, len(lane)) for lane in lanes]
        pattern = empty[0] == 1 and empty[1] > 0.9 if width == 4 else _is_upper_lane(lanes[0])
        if pattern and empty[-1] < 0.02 and _reads_as_text(whole, encoding):
            return encoding
    return None


def _is_upper_lane(lane: bytes) -> bool:
    """Whether these are the upper bytes of UTF-16: mostly NUL, or NUL at blanks and else those of one alphabet."""
    filled = lane.replace(b"\0", b"")
    if len(filled) <= 0.6 * len(lane):
        return bool(lane)
    return len(lane) >= 8 and len(filled) < 0.9 * len(lane) and max(map(filled.count, set(filled))) > 0.8 * len(filled)


def _reads_as_text(raw: bytes, encoding: str) -> bool:
    text = raw.decode(encoding, errors="replace")
    if len(raw) > _SAMPLE_BYTES - 4:
        text = text[:-1]  # a pair of surrogates may be cut off at the end
    odd = sum(unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") and c not in "\t\n\r\f" for c in text)
    return text != "" and "\ufffd" not in text and odd == 0


def _as_western(raw: bytes) -> str | None:
    """The bytes read as windows-1252, if that makes plausible Western prose; None if not."""
    try:
        text = raw.decode(_WESTERN)
    except UnicodeDecodeError:
        return None
    if _is_damaged_utf8(raw) or len(_HIGH.findall(raw)) > _HIGH_SHARE * len(raw) or _NOT_WESTERN.search(text):
        return None
    return text


def _is_damaged_utf8(raw: bytes) -> bool:
    """Whether most of the bytes above ASCII do make characters of UTF-8."""
    return 2 * sum(len(one) for one in _UTF8_CHARACTER.findall(raw)) >= max(1, len(_HIGH.findall(raw)))


def _encoding_problem(problem: UnicodeDecodeError, encoding: str | None, raw: bytes) -> tuple[str, str]:
    """The reason and the remedy for bytes that are not in the encoding they should be in."""
    place = f"byte 0x{raw[problem.start]:02x} at position {problem.start}"
    if encoding is None and _is_damaged_utf8(raw):
        return (
            f"is damaged UTF-8 text ({place}).",
            "Fetch it again; `iconv -c -t UTF-8 FILE > NEW` drops what is damaged.",
        )
    if encoding is None:
        return f"is not {problem.encoding.upper()} text ({place}).", _REMEDY
    return f"is not {encoding} text ({place}).", "Name its true encoding with --encoding."
