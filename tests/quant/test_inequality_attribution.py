"""What schools do to the coefficient of their county, against brute force in fractions and finite differences."""

from fractions import Fraction
from math import isnan, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.quant.unequal import BOOKS, PUPILS, moments
from xietong.quant.inequality import Contributions, contributions, weighted

pytestmark = pytest.mark.once

STEP = Fraction(1, 10**15)

totals_and_pupils = st.lists(
    st.tuples(
        st.one_of(st.integers(0, 9000), st.floats(0.1, 1e5), st.just(nan)).map(float),
        st.one_of(st.integers(0, 3000), st.floats(1, 3000)).map(float),
    ),
    max_size=10,
)


def rows_of(totals: Any, pupils: Any) -> dict[int, tuple[Fraction, Fraction]]:
    """Total and pupils of the schools that count, by place."""
    pairs = enumerate(zip(totals, pupils, strict=True))
    return {place: (Fraction(r), Fraction(p)) for place, (r, p) in pairs if p > 0 and not isnan(r)}


def county(rows: dict[int, tuple[Fraction, Fraction]]) -> tuple[float, float, float, float]:
    return moments([(total / pupils, pupils) for total, pupils in rows.values()])


def square_cv(rows: dict[int, tuple[Fraction, Fraction]]) -> Fraction:
    pupils = sum(p for _, p in rows.values())
    mean = sum(r for r, _ in rows.values()) / pupils
    return sum(p * (r / p - mean) ** 2 for r, p in rows.values()) / pupils / mean**2


def slope(rows: dict[int, tuple[Fraction, Fraction]], place: int) -> float:
    """∂CV ÷ ∂R by a central difference of CV², which fractions have without rounding."""
    total, pupils = rows[place]
    up, down = (square_cv(rows | {place: (total + step, pupils)}) for step in (STEP, -STEP))
    return float((up - down) / (2 * STEP)) / (2 * float(square_cv(rows)) ** 0.5)


def assert_exact(found: Contributions, rows: dict[int, tuple[Fraction, Fraction]]) -> None:
    _, mean, sd, cv = county(rows)
    assert (found.mean, found.sd, found.cv) == pytest.approx((mean, sd, cv), rel=1e-12, nan_ok=True)
    for place in range(len(found.share)):
        rest = {other: row for other, row in rows.items() if other != place}
        wanted = county(rest)[3] if place in rows else nan
        assert found.without[place] == pytest.approx(wanted, rel=1e-9, abs=1e-12, nan_ok=True)


def test_contributions_of_the_published_example() -> None:
    found = contributions(BOOKS, PUPILS)
    rows = rows_of(BOOKS, PUPILS)

    assert found.cv == pytest.approx(0.5152566, abs=5e-8)
    assert found.share == pytest.approx([0.000253, 0.079655, 0.481324, 0.422527, 0.016240], abs=5e-7)
    assert found.derivative == pytest.approx([slope(rows, place) for place in rows], rel=1e-12)
    assert_exact(found, rows)


def test_contributions_are_those_that_the_documentation_prints() -> None:
    found = contributions(BOOKS, PUPILS)

    assert (100 * found.derivative).round(4).tolist() == [-0.0291, -0.0691, 0.0399, -0.0947, -0.0113]
    assert found.without.round(4).tolist() == [0.5564, 0.4957, 0.4770, 0.3210, 0.5841]
    assert round(contributions(np.add(BOOKS, [0, 0, 0, 100, 0]), PUPILS).cv, 4) == 0.4290


def test_derivative_is_what_one_book_more_does() -> None:
    fewer, more = (contributions(np.add(BOOKS, [0, 0, 0, step, 0]), PUPILS).cv for step in (-0.01, 0.01))

    assert contributions(BOOKS, PUPILS).derivative[3] == pytest.approx((more - fewer) / 0.02, rel=1e-7)


@given(totals_and_pupils)
def test_contributions_are_exact(schools: list[tuple[float, float]]) -> None:
    totals, pupils = [total for total, _ in schools], [number for _, number in schools]
    assert_exact(contributions(totals, pupils), rows_of(totals, pupils))


@given(totals_and_pupils)
def test_shares_add_up_and_derivatives_are_slopes(schools: list[tuple[float, float]]) -> None:
    totals, pupils = [total for total, _ in schools], [number for _, number in schools]
    found, rows = contributions(totals, pupils), rows_of(totals, pupils)
    assume(rows and county(rows)[3] > 1e-6)

    assert np.nansum(found.share) == pytest.approx(1)
    for place in range(len(schools)):
        wanted = slope(rows, place) if place in rows else nan
        assert found.derivative[place] == pytest.approx(wanted, rel=1e-8, abs=1e-12 * found.cv, nan_ok=True)


def test_contributions_agree_with_the_coefficient_of_the_county() -> None:
    found = contributions(BOOKS, PUPILS)
    county_wide = weighted(np.divide(BOOKS, PUPILS)[:, None], PUPILS)

    assert (found.mean, found.sd, found.cv) == (county_wide.mean, county_wide.sd, county_wide.cv)


def test_more_for_a_school_somewhat_above_the_mean_still_lowers_the_coefficient() -> None:
    found = contributions([40, 110, 150], [10, 10, 10])

    assert found.mean < 11 < found.mean * (1 + found.cv**2)
    assert found.derivative[1] < 0 < found.derivative[2]


def test_school_that_alone_makes_the_variance_leaves_none_behind() -> None:
    found = contributions([0.1, 0.1, 1e9, 0.1], [1, 1, 1, 1])

    assert found.without[2] == 0
    assert found.share[2] == pytest.approx(0.75)


def test_schools_that_do_not_count_change_nothing() -> None:
    found = contributions([*BOOKS, nan, 50], [*PUPILS, 30, 0])
    alone = contributions(BOOKS, PUPILS)

    assert found.cv == alone.cv
    for name in ("share", "derivative", "without"):
        assert getattr(found, name) == pytest.approx([*getattr(alone, name), nan, nan], nan_ok=True)


@pytest.mark.parametrize(
    ("totals", "pupils", "cv", "without"),
    [
        ([], [], nan, []),
        ([3], [2], 0, [nan]),
        ([2, 4], [1, 2], 0, [0, 0]),
        ([0, 0], [1, 2], nan, [nan, nan]),
        ([0, 0, 5], [1, 1, 1], 2**0.5, [1, 1, nan]),
    ],
)
def test_contributions_without_variance_or_mean(totals: Any, pupils: Any, cv: float, without: Any) -> None:
    found = contributions(totals, pupils)

    assert found.cv == pytest.approx(cv, nan_ok=True)
    assert found.without == pytest.approx(without, nan_ok=True)
    if not cv > 0:
        assert np.isnan(found.share).all()
        assert np.isnan(found.derivative).all()


@pytest.mark.parametrize(
    ("totals", "pupils", "why"),
    [
        ([1, 2], [1, -1], "row 1: weight -1.0"),
        ([1, 2], [nan, 1], "row 0: weight nan"),
        ([1, float("inf")], [1, 1], "row 1: a value is infinite"),
        ([1, 2], [1], r"weights have the shape \(1,\)"),
        (1, [1], "values have 1 dimensions"),
    ],
)
def test_contributions_refuse_what_weighted_refuses(totals: Any, pupils: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        contributions(totals, pupils)
