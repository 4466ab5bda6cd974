"""Word files as reports."""

from __future__ import annotations

from entente.records import Document, Incoming

__all__ = ["extract_docx"]


def extract_docx(document: Document) -> Incoming:
    """The report that a file holds."""
    raise NotImplementedError
