from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from entente.records import Span
from entente.tagger.units import units_of


def test_an_ordinary_sentence_is_read_whole() -> None:
    text = "Chad asked Niger for help."
    assert units_of(text, [Span(0, len(text))]) == (Span(0, len(text)),)


def test_a_sentence_that_lost_its_full_stops_is_divided_where_the_next_one_begins() -> None:
    first, second = "Chad asked Niger for help " + "again " * 60 + "last week", "The minister " + "then " * 60 + "left."
    text = f"{first} {second}"
    assert [text[u.start : u.end] for u in units_of(text, [Span(0, len(text))])] == [first, second]


@given(st.text(alphabet="ab ,;AT.\n", max_size=1500), st.integers(90, 400))
def test_units_lie_in_order_inside_the_sentence_and_lose_nothing_but_white_space(text: str, longest: int) -> None:
    units = units_of(text, [Span(0, len(text))], longest=longest)
    assert all(u.end - u.start <= longest for u in units)
    gaps = [text[a.end : b.start] for a, b in pairwise(units)]
    assert all(not gap.strip() for gap in gaps)
    assert units[0].start == 0
    assert units[-1].end == len(text)
