from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from entente.evaluation.matching import overlap, pair_up
from entente.records import Span

weights = st.integers(1, 4).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 9), min_size=n, max_size=n), min_size=1, max_size=4)
)
spans = st.tuples(st.integers(0, 30), st.integers(1, 30)).map(lambda p: Span(p[0], p[0] + p[1]))


@settings(max_examples=200, deadline=None)
@given(weights)
def test_pairs_are_one_to_one_and_of_the_greatest_total_weight(table):
    rows, columns = range(len(table)), range(len(table[0]))
    pairs = pair_up(rows, columns, lambda i, j: float(table[i][j]))
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(table[i][j] > 0 for i, j in pairs)
    size = max(len(rows), len(columns))
    square = [[table[i][j] if i in rows and j in columns else 0 for j in range(size)] for i in range(size)]
    best = max(sum(square[i][j] for i, j in enumerate(p)) for p in permutations(range(size)))
    assert sum(table[i][j] for i, j in pairs) == best


def test_nothing_pairs_with_nothing():
    assert pair_up([], [1], lambda a, b: 1.0) == pair_up([1], [], lambda a, b: 1.0) == []


@given(spans, spans)
def test_overlap_is_a_share_and_the_same_from_both_sides(a, b):
    assert overlap(a, b) == overlap(b, a)
    assert 0 <= overlap(a, b) <= 1
    assert overlap(a, a) == 1
