"""Options taken: by hand, against the analysis of the same answers as right and wrong, and properties."""

from dataclasses import astuple
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quant.sitting import Sitting, correlation, same_again, sittings, tail_mean
from xietong.quant.classical import distractors, items
from xietong.quant.responses import responses_of

pytestmark = pytest.mark.once

NAN = float("nan")
TAKEN = [0, 0, 0, 1, 1, 0, 0, 1, 1, -2]
TOTALS = [95, 90, 85, 80, 75, 70, 65, 60, 55, 50]
"""One item with key 1 of four options; two totals of ten and 0.7 of the third are a tail."""


def test_distractors_by_hand() -> None:
    found = distractors(responses_of([[code] for code in TAKEN], categories=4), [1], TOTALS)

    assert found.counts.tolist() == [[5, 4, 0, 0]]
    assert found.shares.tolist() == [[0.5, 0.4, 0, 0]]
    assert found.best[0] == pytest.approx([1, 0, 0, 0])
    assert found.worst[0] == pytest.approx([0, 1.7 / 2.7, 0, 0])
    assert found.mean_total[0] == pytest.approx([81, 67.5, NAN, NAN], nan_ok=True)
    took = [(1, Total, int(code == 0)) for code, Total in zip(TAKEN, TOTALS, strict=True)]
    assert found.point_biserial[0, 0] == pytest.approx(correlation(took))
    assert np.isnan(found.point_biserial[0, 2:]).all()


def test_distractors_flags_what_nobody_takes_and_what_misleads_the_better() -> None:
    found = distractors(responses_of([[code] for code in TAKEN], categories=4), [1], TOTALS)

    assert found.untaken.tolist() == [[False, False, True, True]]
    assert found.misleading.tolist() == [[True, False, False, False]]


def test_the_key_is_no_distractor() -> None:
    found = distractors(responses_of([[0], [1]], categories=3), [2], [1, 2])

    assert found.untaken.tolist() == [[False, False, False]]
    assert found.misleading.tolist() == [[False, True, False]]


def test_the_point_biserial_correlation_is_the_textbook_one() -> None:
    """(M₁ − M₀) ÷ S × √(pq) with the standard deviation S of all, divided by n."""
    chance = np.random.default_rng(5)
    code, total = chance.integers(0, 3, 200), chance.normal(60, 12, 200)
    found = distractors(responses_of(code[:, None]), [0], total)
    took = code == 1
    apart = total[took].mean() - total[~took].mean()

    wanted = apart / total.std() * np.sqrt(took.mean() * (1 - took.mean()))
    assert found.point_biserial[0, 1] == pytest.approx(wanted)


def test_items_of_fewer_options_have_none_beyond() -> None:
    found = distractors(responses_of([[0, 3], [1, 0], [0, 3]], categories=[2, 4]), [0, 3])

    assert np.isnan(found.shares[0, 2:]).all()
    assert not found.untaken[0, 2:].any()
    assert found.untaken[1].tolist() == [False, True, True, False]


def test_an_item_that_nobody_had_says_nothing() -> None:
    found = distractors(responses_of([[0, -1], [1, -1]], categories=2), [0, 1])

    assert found.counts[1].tolist() == [0, 0]
    assert np.isnan(found.shares[1]).all()
    assert not found.untaken[1].any()
    assert not found.misleading[1].any()


@pytest.mark.parametrize("rows", [[[0]], [[1]], [[0], [0], [0]], [[-2], [-2]]])
def test_without_better_and_worse_there_are_no_tails(rows: Any) -> None:
    found = distractors(responses_of(rows, categories=2), [1])

    assert np.isnan(found.best).all()
    assert np.isnan(found.worst).all()
    assert np.isnan(found.point_biserial).all()
    assert not found.misleading.any()


def test_nobody_at_all() -> None:
    found = distractors(responses_of(np.empty((0, 2), int)), [0, 1])

    assert found.counts.tolist() == [[0, 0], [0, 0]]
    assert np.isnan(found.shares).all()


@given(sittings(), st.data())
def test_the_key_is_what_items_says_of_right_answers(sitting: Sitting, draw: Any) -> None:
    key = np.array(draw.draw(st.lists(st.integers(0, 2), min_size=len(sitting.full), max_size=len(sitting.full))))
    right = np.where(sitting.codes < 0, sitting.codes, sitting.codes == key)
    wanted = items(responses_of(right, weights=sitting.weights))
    found = distractors(sitting.responses, key)
    each = np.arange(len(key))

    assert found.shares[each, key] == pytest.approx(wanted.difficulty, nan_ok=True)
    apart = found.best[each, key] - found.worst[each, key]
    assert apart == pytest.approx(wanted.discrimination, abs=1e-12, nan_ok=True)
    assert 1 - found.shares.sum(axis=1) == pytest.approx(wanted.omitted, abs=1e-12, nan_ok=True)


@given(sittings(), st.data())
def test_every_option_is_exact(sitting: Sitting, draw: Any) -> None:
    n, items_ = sitting.codes.shape
    totals = np.array(draw.draw(st.lists(st.integers(0, 4), min_size=n, max_size=n)), dtype=int)
    found = distractors(sitting.responses, np.zeros(items_, int), totals)
    for item in range(items_):
        rows = [
            (int(w), int(t), int(code))
            for w, t, code in zip(sitting.weights, totals, sitting.codes[:, item], strict=True)
            if w and code != -1
        ]
        for option in range(3):
            took = [(w, t, int(code == option)) for w, t, code in rows]
            assert found.point_biserial[item, option] == pytest.approx(correlation(took), abs=1e-9, nan_ok=True)
            varies = len({t for _, t, _ in rows}) > 1
            best = float(tail_mean(took, best=True)) if varies else NAN
            assert found.best[item, option] == pytest.approx(best, abs=1e-12, nan_ok=True)
            chosen = sum(w for w, _, took_ in took if took_)
            assert found.counts[item, option] == chosen
            mean = sum(w * t for w, t, took_ in took if took_) / chosen if chosen else NAN
            assert found.mean_total[item, option] == pytest.approx(mean, nan_ok=True)


@given(sittings(), st.data())
def test_distractors_does_not_depend_on_how_persons_are_written_down(sitting: Sitting, draw: Any) -> None:
    key = np.zeros(len(sitting.full), int)
    wanted = astuple(distractors(sitting.responses, key))
    for again in same_again(draw, sitting):
        for found, before in zip(astuple(distractors(again.responses, key)), wanted, strict=True):
            assert found == pytest.approx(before, rel=1e-9, abs=1e-9, nan_ok=True)


@pytest.mark.parametrize(
    ("key", "totals", "why"),
    [
        ([0, 3], None, "item 1: key 3 is no option from 0 to 2"),
        ([-1, 0], None, "item 0: key -1"),
        ([0], None, r"keys are int64 of shape \(1,\) instead of \(2,\)"),
        ([0.0, 1.0], None, "keys are float64"),
        ([0, 1], [1], r"totals have the shape \(1,\) instead of \(2,\)"),
        ([0, 1], [1, NAN], "row 1: total nan is not finite"),
    ],
)
def test_distractors_refuses_what_does_not_fit(key: Any, totals: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        distractors(responses_of([[0, 2], [1, 0]], categories=3), key, totals)
