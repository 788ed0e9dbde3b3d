"""The bracket holds the estimate, whatever the items."""

import numpy as np
import pytest
from hypothesis import given, settings

from tests.quant.answering import INF, NAN, answers, right_wrong, unfit
from xietong.quant.irt.brackets import brackets_of
from xietong.quant.irt.equations import equation_of
from xietong.quant.items import Items, items_of
from xietong.quant.responses import Responses

pytestmark = pytest.mark.once


@settings(max_examples=300)
@given(answers(least=1))
def test_the_equation_changes_its_sign_within_the_bracket(drawn: tuple[Items, Responses]) -> None:
    items, responses = drawn
    found, equation = brackets_of(items, responses.codes), equation_of(items)
    codes = responses.codes[found.persons]

    assert (equation(codes, found.low)[0] > 0).all()
    assert (equation(codes, found.high)[0] < 0).all()
    assert ((found.low < found.start) & (found.start < found.high)).all()
    assert np.array_equal(found.persons, np.flatnonzero((responses.codes >= 0).any(axis=1)))


@pytest.mark.parametrize("steep", [1e-3, 1.0, 1e3])
def test_the_bracket_holds_with_slopes_of_every_size(steep: float) -> None:
    items = right_wrong([steep, 1.0, 0.2, 3.0], [-30 * steep, 0.0, 4.0, 1.0], [0.0, 0.3, 1e-6, 0.0])
    codes = np.array([[1, 1, 1, 1], [0, 0, 0, 0], [1, 0, 0, 1]], dtype=np.int8)
    found, equation = brackets_of(items, codes), equation_of(items)

    assert (equation(codes, found.low)[0] > 0).all()
    assert (equation(codes, found.high)[0] < 0).all()


def test_the_bracket_reaches_beyond_every_threshold_that_there_is() -> None:
    items = items_of(["graded", "partial", "dichotomous"], [2.0, 1.0, 1.0], [[4.0, -6.0], [1.0, 3.0], [0.0, NAN]])
    items = unfit(items, 1, intercepts=[-INF, 3.0])
    codes = np.array([[0, -1, -1], [-1, 2, -1], [1, 0, -1], [-1, -1, -1], [-1, 1, 0]], dtype=np.int8)
    found = brackets_of(items, codes)

    assert found.persons.tolist() == [0, 1, 2]
    assert found.start == pytest.approx([0.5, -1.5, (4 * 0.5 + 1 * -1.5) / 5])
    assert (found.low + found.high) / 2 == pytest.approx([0.5, -1.5, (found.low[2] + found.high[2]) / 2])
    assert found.high[0] - 3 == pytest.approx((np.log(8) + 3) / 2)
    assert found.high[1] + 1.5 == pytest.approx(np.log(8) + 3)
    assert found.low[2] == pytest.approx(-1.5 - np.log(4 * 6) - 3)
