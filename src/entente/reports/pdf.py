"""PDF files as reports."""

from __future__ import annotations

from entente.records import Document, Incoming

__all__ = ["extract_pdf"]


def extract_pdf(document: Document) -> Incoming:
    """The report that a file holds."""
    raise NotImplementedError
