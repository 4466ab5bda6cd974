"""A dated text with its provenance, and exact spans of it."""

from __future__ import annotations

from typing import Literal

import msgspec

from entente.errors import EvidenceMismatch

__all__ = ["Document", "Evidence", "Failure", "Incoming", "Media", "Prepared", "Report", "Sentence", "Span"]


class Span(msgspec.Struct, frozen=True):
    """A stretch of a report's text: half-open, in Unicode code points."""

    start: int
    end: int


Sentence = Span


class Evidence(msgspec.Struct, frozen=True):
    """The exact words of a report that say something, with their place in it."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, report_text: str, start: int, end: int, quote: str | None = None) -> Evidence:
        """Return the words at ``[start, end)``, refusing a span outside the text or another quote.

        Raises
        ------
        EvidenceMismatch
            The span is empty or outside the text, or ``quote`` is given and differs from its words.
        """
        if not 0 <= start < end <= len(report_text):
            raise EvidenceMismatch(
                f"span {start}–{end}", f"is empty or outside a text of {len(report_text)} characters."
            )
        words = report_text[start:end]
        if quote is not None and quote != words:
            raise EvidenceMismatch(f"span {start}–{end}", f"holds {words!r}, not {quote!r}.")
        return cls(start, end, words)


Media = Literal["page", "fragment", "mail", "pdf", "docx"]
"""What a document's bytes are: a web page, a piece of HTML that is all text (a feed's item), a mail's body, or a file."""


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A document as a source hands it over, before its text is taken out of it.

    ``charset`` is the one declared beside the bytes (by an HTTP header or a mail part), None where nobody says. What a
    source knows (``title``, ``published``…) is as it wrote it; ``origin`` names where, for messages only.
    ``published_otherwise`` is the user's date for documents that give none themselves.
    """

    content: bytes
    media: Media
    origin: str
    source_id: str
    url: str | None = None
    charset: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: str | None = None
    published_otherwise: str | None = None
    obtained: str = "file"


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """A report as a source hands it over, before anything is read into it.

    ``text`` is as found; ``origin`` names where (``folder/file.jsonl:12``), for messages only. ``whole`` are all the
    words of the document that the text was taken out of, line by line, None where the text is all there is.
    """

    text: str
    origin: str
    source_id: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: str | None = None
    obtained: str = "file"
    whole: str | None = None
    warnings: tuple[str, ...] = ()


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """An input that could not be taken in: which, why, and what to do about it."""

    origin: str
    reason: str
    remedy: str = ""
    source_id: str | None = None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A normalised text with its provenance; the text never changes again.

    ``published`` is an ISO 8601 date (or date and time with zone), None where nobody says; ``language`` an ISO 639-1
    code; ``sha256`` the hash of the normalised text; ``id`` that of the text and its publisher or the URL's host.
    """

    id: str
    source_id: str
    url: str | None
    publisher: str | None
    title: str | None
    published: str | None
    language: str
    obtained: str
    sha256: str
    text: str


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """A report made ready for a coder.

    ``sentences`` cover its prose only, in order; ``headings`` are those of them that are titles or headings; what is
    not prose (date lines, datelines, speaker labels, Markdown marks) is outside every sentence. ``codable`` is False
    for a language that the coder does not read. ``place`` is the dateline's, a span of the text. ``whole`` are all the
    words of the document that the text was taken out of, None where the text is all there is.
    """

    report: Report
    sentences: tuple[Sentence, ...]
    headings: tuple[Sentence, ...] = ()
    place: Span | None = None
    codable: bool = True
    whole: str | None = None
    warnings: tuple[str, ...] = ()
