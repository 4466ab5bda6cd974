"""Documents as reports: the text taken out of a page or file, with the title, publisher and date that it gives."""

from __future__ import annotations

import msgspec

from entente.records import Document, Incoming

__all__ = ["extract"]


def extract(document: Document) -> Incoming:
    """Take the text out of a document, and what it says of itself.

    What the source knows already (title, publisher, date) wins over what the document says. The libraries that read a
    kind of document are loaded when the first of that kind comes.

    Raises
    ------
    InputError
        The document holds no text of a report: a damaged file, scanned pages, a page without an article.
    """
    report = _taken_out(document)
    if report.published is None and document.published_otherwise:
        return msgspec.structs.replace(report, published=document.published_otherwise)
    return report


def _taken_out(document: Document) -> Incoming:
    match document.media:
        case "page":
            from entente.reports.pages import extract_page

            return extract_page(document)
        case "fragment":
            from entente.reports.pages import extract_fragment

            return extract_fragment(document)
        case "mail":
            from entente.reports.pages import extract_mail

            return extract_mail(document)
        case "pdf":
            from entente.reports.pdf import extract_pdf

            return extract_pdf(document)
        case "docx":
            from entente.reports.docx import extract_docx

            return extract_docx(document)
