"""The set itself: every layout by name, its pages, and the fingerprint of them all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

from evaluation.pages import news, official, special, technical
from evaluation.pages.story import Page

__all__ = ["EACH", "FINGERPRINT", "LAYOUTS", "fingerprint", "make", "make_all"]

EACH = 25
FINGERPRINT = "2d57299a774d01fda617216fc00572889422f9249134ed39e56ffe49b9d686eb"
LAYOUTS: dict[str, Callable[[int], Page]] = {
    make.__name__: make
    for make in (
        news.wordpress,
        news.broadsheet,
        news.tabloid,
        news.wire,
        special.gallery,
        special.live,
        official.ministry,
        official.government,
        official.briefing,
        official.turns,
        special.front,
        special.paywall,
        special.missing,
        technical.amp,
        technical.old,
        technical.app,
        technical.analysis,
        official.communique,
        news.local,
        technical.agency,
    )
}


def make(layout: str, number: int) -> Page:
    """Return one page: the same bytes for the same layout and number, always."""
    return LAYOUTS[layout](number)


def make_all() -> list[Page]:
    """Return the whole set, layout by layout."""
    return [make(layout, number) for layout in LAYOUTS for number in range(EACH)]


def fingerprint(pages: Iterable[Page]) -> str:
    """Return a hash of pages with all that is expected of them."""
    whole = hashlib.sha256()
    for page in pages:
        for part in (
            page.layout,
            str(page.number),
            page.url,
            page.charset or "",
            page.text,
            page.day or "",
            page.instant or "",
        ):
            whole.update(part.encode() + b"\0")
        whole.update(page.content + b"\0")
    return whole.hexdigest()
