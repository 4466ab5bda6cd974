"""Web pages as reports: the main text, and the title, publisher and date that a page gives itself."""

from __future__ import annotations

from entente.records import Document, Incoming

__all__ = ["extract_fragment", "extract_page"]


def extract_page(document: Document) -> Incoming:
    """The report that a web page holds."""
    raise NotImplementedError


def extract_fragment(document: Document) -> Incoming:
    """The report that a piece of HTML is."""
    raise NotImplementedError
