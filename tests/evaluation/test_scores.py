import numpy as np
import pytest

from entente.evaluation.intervals import bootstrap
from entente.evaluation.scores import class_scores, share_right


def test_macro_f1_averages_classes_and_micro_f1_cases():
    gold = ["AID", "AID", "AID", "ACCUSE"]
    found = ["AID", "AID", "ACCUSE", "ACCUSE"]
    scores = class_scores(gold, found, samples=50)
    assert scores.by_class == pytest.approx({"ACCUSE": 2 / 3, "AID": 0.8})
    assert scores.macro_f1 == pytest.approx((2 / 3 + 0.8) / 2)
    assert scores.micro_f1 == 0.75


def test_a_class_that_only_the_prediction_knows_is_not_averaged_but_costs():
    scores = class_scores(["AID", "AID"], ["AID", "YIELD"], samples=50)
    assert scores.by_class == pytest.approx({"AID": 2 / 3})


def test_the_interval_holds_the_score_and_is_the_same_each_time():
    right = [True] * 30 + [False] * 20
    first, second = (share_right(right, samples=300) for _ in range(2))
    assert first == second
    assert first.interval[0] < 0.6 < first.interval[1]
    assert share_right(right, samples=300, seed=1).interval != (0.6, 0.6)


def test_no_case_gives_no_share():
    assert share_right([]).n == 0


def test_a_figure_that_cannot_be_computed_is_left_out_of_its_interval():
    rows = np.array([[1, 0], [0, 1]], dtype=np.int64)

    def figures(counts):
        return {"share": 1.0 if counts[0] else float("nan")}

    assert bootstrap(rows, figures, samples=40) == {"share": (1.0, 1.0)}
