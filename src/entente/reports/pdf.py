"""PDF files as reports: their text in reading order, and the title and date that they give."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing
from threading import Lock

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from entente.errors import InputError
from entente.records import Document, Incoming
from entente.reports.pdf_edges import take_notes, take_running_heads, usual_size
from entente.reports.pdf_order import Line, Region, arrange
from entente.reports.pdf_pages import Page, read_page
from entente.reports.pdf_paragraphs import Paragraph, Words, as_text, join_over_breaks, paragraphs_of
from entente.reports.properties import made_on, real_title

__all__ = ["extract_pdf"]

_PDFIUM = Lock()
"""Only one thread may be in pdfium at a time."""
_PDF_DAY = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")
TITLE_CHARACTERS = 300


def extract_pdf(document: Document) -> Incoming:
    """The report that a PDF file holds.

    Columns are read one after the other; lines are joined to paragraphs, also over hyphens and the ends of pages.
    Running heads, feet, page numbers and the marks of footnotes are left out of the text; footnotes follow at its end.

    Raises
    ------
    InputError
        The file is damaged, needs a password, or holds no text but pictures of it.
    """
    with _PDFIUM:
        pages, title, made = _read(document)
    _check_words(pages, document.origin)
    text, whole, headline = _text_of(pages)
    warnings = _warnings_of_pages(pages)
    if made and document.published is None and (warning := made_on(text, made, "PDF")):
        warnings.append(warning)
    return Incoming(
        text=text,
        origin=document.origin,
        source_id=document.source_id,
        url=document.url,
        publisher=document.publisher,
        title=document.title or real_title(title) or headline,
        published=document.published,
        obtained=document.obtained,
        whole=whole if whole != text else None,
        warnings=tuple(warnings),
    )


def _read(document: Document) -> tuple[list[Page], str, str | None]:
    """The pages, and the title and the day of making that the file gives."""
    try:
        with closing(pdfium.PdfDocument(document.content)) as file:
            pages = [read_page(file, number) for number in range(len(file))]
            made = _PDF_DAY.match(file.get_metadata_value("CreationDate"))
            return pages, file.get_metadata_value("Title"), "-".join(made.groups()) if made else None
    except pdfium.PdfiumError as problem:
        if problem.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            remedy = "Take the password off with `qpdf --decrypt --password=PASSWORD FILE NEW.pdf`, then add that file."
            raise InputError(document.origin, "needs a password.", remedy) from problem
        reason = str(problem).removeprefix("Failed to load document (PDFium: ").rstrip(".)")
        raise InputError(document.origin, f"is a damaged PDF file ({reason}).", "Fetch it again.") from problem


def _check_words(pages: Sequence[Page], origin: str) -> None:
    name = origin.rsplit("/", 1)[-1]
    new = re.sub(r"(\.pdf)?$", "-ocr.pdf", name, count=1, flags=re.IGNORECASE)
    count = "1 page" if len(pages) == 1 else f"{len(pages):,} pages"
    if not any(page.pieces for page in pages):
        what = f"{count}, all images" if pages and all(page.pictures for page in pages) else count
        remedy = f"Run OCR on it first, e.g. `ocrmypdf {name} {new}`, then add that file."
        raise InputError(origin, f"no text found ({what}).", remedy)
    if 2 * sum(page.unknown for page in pages) > sum(page.letters for page in pages):
        remedy = f"Run OCR on it, e.g. `ocrmypdf --force-ocr {name} {new}`, then add that file."
        raise InputError(origin, f"its fonts do not say which letters they show ({count}).", remedy)


def _warnings_of_pages(pages: Sequence[Page]) -> list[str]:
    blank = [str(number) for number, page in enumerate(pages, start=1) if page.pictures and not page.letters]
    if not blank:
        return []
    which = f"page {blank[0]} is" if len(blank) == 1 else f"pages {', '.join(blank[:20])} are"
    return [f"{which} an image without text and left out; `ocrmypdf` can read it."]


def _text_of(pages: Sequence[Page]) -> tuple[str, str, str | None]:
    """The text, the same with what was dropped, and the largest line of the first page that has words."""
    body = usual_size(pages)
    edges = take_running_heads(pages)
    notes = [take_notes(page, body) for page in pages]
    regions = [arrange(page.pieces) for page in pages]
    words = Words.of(line for page in regions for region in page for line in region.lines)
    found = [
        paragraphs_of(region, number, words, body)
        for number, page in enumerate(regions)
        for region in page
        if region.lines
    ]
    paragraphs = join_over_breaks(found, words, body)
    footnotes = [one for number, lines in enumerate(notes) if lines for one in _notes_of(lines, number, words, body)]
    whole: list[Paragraph] = []
    for number, edge in enumerate(edges):
        whole += [_dropped(text, number) for text in edge.above]
        whole += [one for one in paragraphs if one.page == number]
        whole += [one for one in footnotes if one.page == number]
        whole += [_dropped(text, number) for text in edge.below]
    return as_text([*paragraphs, *footnotes]), as_text(whole), _headline(paragraphs, body)


def _notes_of(lines: list[Line], number: int, words: Words, body: float) -> list[Paragraph]:
    return paragraphs_of(Region(lines), number, words, body)


def _dropped(text: str, page: int) -> Paragraph:
    return Paragraph(text=text, page=page, size=0, bold=False)


def _headline(paragraphs: Sequence[Paragraph], body: float) -> str | None:
    """The largest words of the first page, if they are larger than the text's."""
    first = [one for one in paragraphs if one.page == paragraphs[0].page and re.search(r"[^\W\d_]{2}", one.text)]
    largest = max(first, key=lambda one: one.size, default=None)
    if largest is None or largest.size < 1.1 * body or len(largest.text) > TITLE_CHARACTERS:
        return None
    return largest.text
