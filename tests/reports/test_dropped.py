"""What of a source's words never came into its report."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from entente.records import Span
from entente.reports.dropped import dropped, not_prose

WHOLE = """Home | World | Share this
Minister meets envoy
By Jo Bloggs
The minister met the envoy on Mon-
day in Oslo. They talked.
Read more: Share this
The envoy left.
Copyright Example News"""
TEXT = "# Minister meets envoy\n\nThe minister met the envoy on Monday in Oslo.\nThey talked.\n\nThe envoy left.\n"


def words(spans: tuple[Span, ...], whole: str = WHOLE) -> list[str]:
    return [whole[span.start : span.end] for span in spans]


def test_dropped_words_are_found_whatever_the_white_space_marks_and_hyphens() -> None:
    assert words(dropped(WHOLE, TEXT)) == [
        "Home | World | Share this",
        "By Jo Bloggs",
        "Read more: Share this",
        "Copyright Example News",
    ]


def test_what_is_kept_outside_sentences_is_told_from_what_is_dropped() -> None:
    start = TEXT.index("The minister")
    assert words(not_prose(WHOLE, TEXT, [Span(start, len(TEXT) - 1)])) == ["Minister meets envoy"]
    kept = words(not_prose(WHOLE, TEXT, []))
    assert kept[0] == "Minister meets envoy"
    assert sum(len(one.split()) for one in kept) == len(TEXT.split())  # "Mon-" and "day" are two, "#" is none


def test_of_two_places_the_one_that_goes_on_as_the_text_does_is_kept() -> None:
    whole = "Talks in Oslo\nGrain prices rise\nTalks in Oslo\nThe two sides met at noon.\nTalks in Oslo"
    assert words(dropped(whole, "Talks in Oslo\n\nThe two sides met at noon."), whole) == [
        "Talks in Oslo\nGrain prices rise",
        "Talks in Oslo",
    ]


def test_a_text_that_is_all_its_source_loses_nothing() -> None:
    assert dropped(TEXT, TEXT) == ()
    assert dropped("", "") == ()
    assert dropped("", TEXT) == ()


def test_a_source_of_which_nothing_was_kept_is_dropped_whole() -> None:
    assert words(dropped(WHOLE, "")) == [WHOLE]


LINES = st.lists(st.text("abc .-", min_size=1, max_size=12), max_size=30)


@given(LINES, st.data())
def test_spans_are_words_of_the_source_in_order_and_no_more_than_is_missing(
    lines: list[str], data: st.DataObject
) -> None:
    kept = [line for line in lines if data.draw(st.booleans())]
    whole, text = "\n".join(lines), "\n\n".join(kept)
    spans = dropped(whole, text)
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(words((span,), whole)[0].strip() == words((span,), whole)[0] != "" for span in spans)
    missing = len(whole.split()) - len(text.split())
    assert sum(len(one.split()) for one in words(spans, whole)) >= missing


def test_a_long_page_takes_a_moment_also_where_few_words_repeat_for_ever() -> None:
    pages = (
        ("share " * 40_000, "share " * 20_000 + "x " + "share " * 10),
        ("a b " * 30_000, "b a c " * 20_000),
        (" ".join(f"u{n}" for n in range(30_000)), " ".join(f"u{n}" for n in range(30_000, 0, -1))),
    )
    begun = time.monotonic()
    for whole, text in pages:
        dropped(whole, text)
    assert time.monotonic() - begun < 15
