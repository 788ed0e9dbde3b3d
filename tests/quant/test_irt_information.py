"""Information against derivatives of the likelihood, by hand and by booklet."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quant.anchored import anchors
from tests.quant.answering import INF, NAN, mixed_items, right_wrong, unfit
from xietong.quant.irt.information import booklet_information, item_information, standard_error
from xietong.quant.items import Items, Kind
from xietong.quant.logarithms import log_probabilities

pytestmark = pytest.mark.once


def test_information_by_hand() -> None:
    """Birnbaum: a² P Q without guessing, a² (Q ÷ P) ((P − c) ÷ (1 − c))² with it."""
    found = item_information(right_wrong([2.0, 2.0], [0.0, 0.0], [0.0, 0.25]), [0.0])

    assert found[0] == pytest.approx([1.0, 4 * (0.375 / 0.625) * (0.375 / 0.75) ** 2])


@given(anchors(), st.floats(-4, 4))
def test_information_is_the_expected_bend_of_the_likelihood(items: Items, place: float) -> None:
    step = 1e-3
    logs = log_probabilities(items, np.array([place - step, place, place + step]))
    chance = np.exp(logs[1])
    before, at, after = np.where(chance > 0, logs, 0)
    expected = -(chance * (before - 2 * at + after)).sum(axis=1) / step**2

    assert item_information(items, [place])[0] == pytest.approx(expected, abs=3e-5)


def test_information_of_partial_credit_is_the_variance_of_the_score() -> None:
    items = mixed_items(3, 4).take([2])
    chance = np.exp(log_probabilities(items, np.array([0.7]))[0, 0])
    points = np.arange(4)

    assert items.kinds == (Kind.PARTIAL,)
    assert item_information(items, [0.7])[0, 0] == pytest.approx(
        items.slopes[0] ** 2 * (chance @ points**2 - (chance @ points) ** 2)
    )


def test_booklets_add_the_items_that_they_have() -> None:
    items, at = unfit(mixed_items(6, 5), 2, slopes=NAN, intercepts=NAN), np.linspace(-2, 2, 3)
    found = item_information(items, at)
    booklets = np.array([[1, 0, 1, 0, 1, 0], [0, 0, 1, 0, 0, 0]], dtype=bool)

    assert np.isnan(found[:, 2]).all()
    assert booklet_information(items, at) == pytest.approx(np.delete(found, 2, axis=1).sum(axis=1))
    assert booklet_information(items, at, booklets)[0] == pytest.approx(found[:, 0] + found[:, 4])
    assert booklet_information(items, at, booklets)[1].tolist() == [0, 0, 0]
    assert standard_error(items, at, booklets)[1].tolist() == [INF] * 3
    assert standard_error(items, at) ** -2 == pytest.approx(booklet_information(items, at))


@pytest.mark.parametrize("presented", [[True, True], [[True]]])
def test_booklets_are_of_all_items(presented: Any) -> None:
    with pytest.raises(ValueError, match=r"presented items have the shape \(.*\) instead of \(booklets, 2\)"):
        booklet_information(right_wrong([1.0, 1.0], [0.0, 0.0]), [0.0], presented)
