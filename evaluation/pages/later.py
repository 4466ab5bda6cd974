"""The second set: eight other layouts, ten pages each, made when the reading of pages was done.

The first set was looked at while pages were learnt to be read, so what it measures is no longer blind. This one was
measured blind once (decision 0010) and looked at afterwards: it holds what was mended, and the next blind figure needs a
third set.
"""

from __future__ import annotations

from collections.abc import Callable

from evaluation.pages import later_official, later_press
from evaluation.pages.story import Page

__all__ = ["EACH", "FINGERPRINT", "LAYOUTS", "make", "make_all"]

EACH = 10
FINGERPRINT = "697974bf17d0c5f8a7b56eb37d76653ce5e8d7287141f35da8152afdb76f1503"
LAYOUTS: dict[str, Callable[[int], Page]] = {
    make.__name__: make
    for make in (
        later_press.magazine,
        later_official.embassy,
        later_press.daily,
        later_official.meetings,
        later_press.mirror,
        later_press.listing,
        later_press.interview,
        later_official.speech,
    )
}


def make(layout: str, number: int) -> Page:
    """Return one page: the same bytes for the same layout and number, always."""
    return LAYOUTS[layout](number)


def make_all() -> list[Page]:
    """Return the whole set, layout by layout."""
    return [make(layout, number) for layout in LAYOUTS for number in range(EACH)]
