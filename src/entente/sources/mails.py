"""Mails and mailboxes as reports: the text of a mail, and each attachment that can be read."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import CloseBoundaryNotFoundDefect, HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value, parseaddr
from typing import BinaryIO

import msgspec

from entente.errors import InputError
from entente.records import Document, Failure, Incoming
from entente.sources.contents import REPORT_BYTES, Part, Place
from entente.sources.decoding import Decoded, decode_noting, is_encoding
from entente.sources.kinds import HEAD, ending_of, kind_of
from entente.sources.mail_texts import forwarded, own_words, unflowed

__all__ = ["read_mail", "read_mailbox"]

_Content = Incoming | Document | Part | Failure
_NAMED = ("from", "date", "subject", "message-id", "received")
_READABLE = ("text", "page", "pdf", "zip", "mail", "snapshot")
_NO_REPORTS = re.compile(
    r"text/(?:calendar|x?-?vcard|directory|css|csv)|application/(?:pgp-|x?-?pkcs7-|ics)|image/|audio/|video/"
)
_OTHER_PROGRAMS = (".doc", ".rtf", ".odt", ".msg")
_SUBJECT_MARKS = re.compile(
    r"(?:(?:re|fwd?|aw|wg|antw|sv|vs|tr|rv)\s*(?:\[\d+\])?\s*:\s*|\[[^\]\n]{1,40}\]\s*)+", re.IGNORECASE
)
_LINE = 1 << 20
_STUB_WORDS = 30
_DEEPEST = 8


class _Texts(msgspec.Struct):
    """What was found in the parts of a mail, in their order."""

    plain: list[Message] = []
    pages: list[Message] = []
    attached: list[Message] = []
    mails: list[Message] = []
    warnings: list[str] = []


def read_mailbox(stream: BinaryIO, place: Place) -> Iterator[_Content]:
    """The mails of a mailbox in the mbox form, read one by one; those that are damaged are failures in their place.

    Raises
    ------
    InputError
        The mailbox is empty.
    """
    number = 0
    for number, content in enumerate(_messages(stream), start=1):
        where = msgspec.structs.replace(
            place, origin=f"{place.origin}:{number}", source_id=f"{place.source_id}:{number}"
        )
        if content is None:
            reason = f"is a mail of more than {REPORT_BYTES // 1_000_000} MB."
            yield Failure(
                origin=where.origin, source_id=where.source_id, reason=reason, remedy="Save what it holds alone."
            )
            continue
        try:
            yield from read_mail(content, where)
        except InputError as problem:
            yield Failure(origin=where.origin, source_id=where.source_id, reason=problem.reason, remedy=problem.remedy)
    if not number:
        raise InputError(place.origin, "the file is empty.", "Leave it out, or check where it was written.")


def _messages(stream: BinaryIO) -> Iterator[bytes | None]:
    """The messages of a mailbox without the lines that part them; None for one that is too long to be held."""
    held = bytearray()
    begun, blank, too_long = False, True, False
    while line := stream.readline(_LINE):
        if blank and line.startswith(b"From "):
            if begun or held.strip():  # what stands before the first such line may be a mail too
                yield None if too_long else bytes(held)
            held.clear()
            begun, too_long = True, False
        elif not too_long:
            held += line[1:] if re.match(rb">+From ", line) else line
            too_long = len(held) > REPORT_BYTES
        blank = line in (b"\n", b"\r\n")
    if begun or held.strip():
        yield None if too_long else bytes(held)


def read_mail(content: bytes, place: Place) -> Iterator[_Content]:
    """The text of a mail, its attachments that can be read, and the mails that it forwards.

    Raises
    ------
    InputError
        The bytes are no mail, or one without any text.
    """
    mail = message_from_bytes(content.removeprefix(codecs.BOM_UTF8).lstrip())
    if not any(_header(mail, name) for name in _NAMED):
        raise InputError(
            place.origin, "is no mail: it begins with no lines such as “From:”.", "Name it .txt if it is a text."
        )
    yield from _of_mail(mail, place, 0)


def _of_mail(mail: Message, place: Place, depth: int) -> Iterator[_Content]:
    """What one mail holds; those that it forwards are mails of their own."""
    name, address = parseaddr(_header(mail, "from"))
    identity = _header(mail, "message-id").strip("<> ") or place.source_id
    subject = _header(mail, "subject")
    place = msgspec.structs.replace(
        place,
        source_id=identity,
        title=subject[_marks(subject) :] or subject or None,
        publisher=name or address.rpartition("@")[2] or place.publisher,
        published=_header(mail, "date") or place.published,
    )
    texts = _Texts()
    if any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in mail.defects):
        texts.warnings.append("the mail is cut off: its last part has no end.")
    _sort(mail, texts, depth)
    body = _body(texts, place)
    attached = [_attachment(part, place, number) for number, part in enumerate(texts.attached, start=1)]
    found = [one for one in (body, *attached) if one is not None]
    if not found and not texts.mails:
        reason = "the mail holds no text."
        yield Failure(origin=place.origin, source_id=place.source_id, reason=reason, remedy="Leave it out.")
    yield from found
    for number, inner in enumerate(texts.mails, start=1):
        where = msgspec.structs.replace(place, origin=f"{place.origin}#{number}", source_id=f"{identity}#{number}")
        yield from _of_mail(inner, where, depth + 1)


def _sort(part: Message, texts: _Texts, depth: int) -> None:
    """Put a part of a mail, and the parts in it, where they belong."""
    kind = part.get_content_type()
    if depth > _DEEPEST:
        return
    if kind == "message/rfc822":
        inner = part.get_payload()
        texts.mails += [one for one in (inner if isinstance(inner, list) else []) if isinstance(one, Message)]
    elif part.is_multipart():
        inner = part.get_payload()
        for one in inner if isinstance(inner, list) else []:
            if isinstance(one, Message) and not kind.startswith("message/"):
                _sort(one, texts, depth + 1)
    elif part.get_content_disposition() == "attachment" or _name(part):
        texts.attached.append(part)
    elif kind == "text/html":
        texts.pages.append(part)
    elif kind == "text/plain":
        texts.plain.append(part)
    elif not _NO_REPORTS.match(kind):
        texts.attached.append(part)


def _body(texts: _Texts, place: Place) -> Incoming | Document | None:
    """The mail's own text: the plain one if it is more than a hint at the other."""
    decoded = [_decoded(part, place) for part in texts.plain]
    plain = "\n\n".join(one.text.strip("\r\n") for one in decoded if one.text.strip())
    words = len(plain.split())
    page = texts.pages[0] if texts.pages else None
    if page is not None:
        shown = len(re.sub(r"<style.*?</style>|<[^>]*>", " ", _decoded(page, place).text, flags=re.DOTALL).split())
        if shown and (words < _STUB_WORDS or "<html" in plain[:200].lower()) and words < 0.8 * shown:
            return _document(_bytes(page), _charset(page), place)
    if not words:
        return None
    if re.match(r"\s*<(?:!doctype|html)\b", plain, re.IGNORECASE):
        return _document(plain.encode(errors="replace"), "utf-8", place)
    text, before = own_words(plain), forwarded(plain)
    return Incoming(
        text=text,
        whole=plain if text != plain else None,
        origin=place.origin,
        source_id=place.source_id,
        url=place.url,
        publisher=(before and before.sender) or place.publisher,
        title=place.title,
        published=(before and before.day) or place.published,
        obtained=place.obtained,
        warnings=tuple(dict.fromkeys([*texts.warnings, *(warning for one in decoded for warning in one.warnings)])),
    )


def _document(content: bytes, charset: str | None, place: Place) -> Document:
    return Document(
        content=content,
        media="mail",
        origin=place.origin,
        source_id=place.source_id,
        url=place.url,
        charset=charset,
        publisher=place.publisher,
        title=place.title,
        published=place.published,
        obtained=place.obtained,
    )


def _attachment(part: Message, place: Place, number: int) -> Part | None:
    """An attachment, if it is of a kind that reports are sent as; pictures, cards and signatures are none."""
    content, kind, name = _bytes(part), part.get_content_type(), _name(part) or f"part {number}"
    found = kind_of(name, content[:HEAD], kind)
    if not content or _NO_REPORTS.match(kind) or ending_of(name) in (".ics", ".vcf", ".p7s", ".asc"):
        return None
    if found not in _READABLE and not (found is None and ending_of(name) in _OTHER_PROGRAMS):
        return None
    where = msgspec.structs.replace(
        place,
        origin=f"{place.origin}#{name}",
        source_id=f"{place.source_id}#{name}",
        title=None,
        charset=_charset(part),
    )
    return Part(name=name, stream=io.BytesIO(content), place=where, content_type=kind)


def _decoded(part: Message, place: Place) -> Decoded:
    """The characters of a text part, in the encoding that it declares or else in the one that fits."""
    content = _bytes(part)
    charset = _charset(part)
    for encoding in (charset, None, "windows-1252") if charset else (None, "windows-1252"):
        try:
            found = decode_noting(content, place.origin, encoding=encoding)
            break
        except InputError:
            continue
    else:
        found = Decoded(content.decode(errors="replace"), "utf-8", ("encoding: some characters of the mail are lost.",))
    if str(_parameter(part, "format")).lower() == "flowed":
        joined = unflowed(found.text, delete_space=_parameter(part, "delsp").lower() == "yes")
        return msgspec.structs.replace(found, text=joined)
    return msgspec.structs.replace(found, text=found.text.replace("\r\n", "\n"))


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _charset(part: Message) -> str | None:
    charset = _parameter(part, "charset").strip("'\" ")
    if charset.lower() in ("us-ascii", "ascii"):  # the default of programs that do not know
        return None
    return charset.lower() if charset and is_encoding(charset) else None


def _parameter(part: Message, name: str) -> str:
    value = part.get_param(name)
    return collapse_rfc2231_value(value) if value else ""


def _name(part: Message) -> str:
    """The file name of an attachment, without the folders that it may name; empty where there is none."""
    return _unfolded(part.get_filename() or "").replace("\\", "/").rpartition("/")[2]


def _marks(subject: str) -> int:
    """Where a subject begins behind the marks of replies, forwards and mailing lists."""
    match = _SUBJECT_MARKS.match(subject)
    return match.end() if match else 0


def _header(mail: Message, name: str) -> str:
    """The first header of that name with its words decoded, empty where there is none."""
    for key, value in mail.raw_items():
        if key.lower() == name:
            return _unfolded(str(value))
    return ""


def _unfolded(value: str) -> str:
    """A header in characters, whatever encoding it was forced into (RFC 2047, or bare bytes)."""
    try:
        raw = value.encode("ascii", "surrogateescape")
        value = decode_noting(raw, "header").text
    except (UnicodeEncodeError, InputError):
        value = value.encode(errors="replace").decode()
    value = re.sub(r"\?=\s+=\?", "?==?", value)
    words = []
    try:
        for word, charset in decode_header(value):
            if isinstance(word, str):
                words.append(word)
            else:
                words.append(word.decode(charset if charset and is_encoding(charset) else "utf-8", errors="replace"))
    except (HeaderParseError, ValueError):
        words = [value]
    return " ".join("".join(words).split())
