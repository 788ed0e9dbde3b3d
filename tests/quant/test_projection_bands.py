"""The Monte Carlo: its random numbers, what it shares with the path, threads and order, and what is refused."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import NormalDist
from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.quant.projecting import deviations
from xietong.quant.compiling import compiled
from xietong.quant.projection import Band, band, survive
from xietong.quant.projection.simulation import arrange, simulate, simulating
from xietong.quant.projection.streams import draw, mixed, starts

pytestmark = pytest.mark.once

AREAS, YEARS, GRADES = 24, 4, 5
STAGES = (slice(0, 3), slice(3, 5))


def course(seed: int = 0) -> dict[str, Any]:
    chance = np.random.default_rng(seed)
    return {
        "enrolment": chance.integers(0, 300, (AREAS, GRADES)).astype(float),
        "entrants": chance.integers(0, 300, (AREAS, YEARS)).astype(float),
        "ratios": chance.uniform(0.8, 1.1, (AREAS, GRADES - 1)),
        "arrivals": chance.normal(0, 5, (AREAS, YEARS, GRADES)),
    }


def varied(**changed: Any) -> Band:
    settings = {"sd": 0.03, "error": 0.01, "sd_entrants": 0.05, "rho": 0.3, "alike": 0.4, "seed": 7, "draws": 200}
    return band(**course() | settings | {"groups": STAGES} | changed)


def same(one: Band, other: Band) -> bool:
    return bool((one.areas == other.areas).all() and (one.together == other.together).all())


@contextmanager
def threads(count: int) -> Iterator[None]:
    before = numba.get_num_threads()
    numba.set_num_threads(min(count, numba.config.NUMBA_NUM_THREADS))
    yield
    numba.set_num_threads(before)


def test_mixed_meets_published_numbers_of_splitmix64() -> None:
    """The first three of Vigna's splitmix64.c with seed 0."""
    words = mixed(np.arange(1, 4, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15))
    assert [int(word) for word in words] == [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]


def test_draws_are_normal() -> None:
    numbers = np.empty(400_000)
    compiled(draw)(np.uint64(5), 0, numbers)
    for power, moment in ((1, 0), (2, 1), (3, 0), (4, 3)):
        assert np.mean(numbers**power) == pytest.approx(moment, abs=0.03)
    for share in (0.01, 0.1, 0.25, 0.5, 0.9, 0.99):
        assert np.quantile(numbers, share) == pytest.approx(NormalDist().inv_cdf(share), abs=0.04)


def test_streams_of_neighbours_have_nothing_in_common() -> None:
    """Not even with a lag: the next area is no copy of this one, begun a number later."""
    numbers = np.empty((3, 20_000))
    for start, row in zip(starts(1, [0, 1]), numbers, strict=True):
        compiled(draw)(start, 0, row)
    for one, other in ((0, 1), (0, 2), (1, 2)):
        for lag in range(4):
            assert abs(np.mean(numbers[one, lag:] * numbers[other, : 20_000 - lag])) < 0.03
    assert abs(np.mean(numbers[0, 1:] * numbers[0, :-1])) < 0.03


def test_the_plain_loops_draw_the_same_as_the_compiled_ones() -> None:
    areas, years, grades, draws = 3, 2, 2, 5
    chance = np.random.default_rng(0)
    outputs = [(np.empty((areas, years, 2, 3)), np.zeros((2, years, 2, draws))) for _ in range(2)]
    arguments = (
        np.array([2, 0, 1]),
        starts(3, range(areas))[:-1],
        chance.uniform(0, 100, (areas, grades)),
        chance.uniform(0, 1.1, (areas, years, grades)),
        chance.uniform(0, 0.5, (areas, years, 2, grades)),
        chance.normal(0, 9, (areas, years, grades)),
        chance.normal(0, 1, (years + 1, grades, draws)),
        chance.uniform(0, 1, (grades, 3)),
        np.array([[0, 1], [0, 2]]),
        np.array([0.0, 2.5, 4.0]),
    )
    with np.errstate(over="ignore"):
        simulate(*arguments, *outputs[0])
    simulating()(*arguments, *outputs[1])
    for plain, fast in zip(*outputs, strict=True):
        np.testing.assert_array_equal(plain, fast)


@given(arrays(np.float64, st.integers(1, 40), elements=st.floats(0, 1e6)))
def test_arrange_sorts(values: Any) -> None:
    out = np.empty_like(values)
    arrange(values, np.empty(2 * values.size + 2, np.int64), out)
    np.testing.assert_allclose(out, np.sort(values), atol=1e-9)


def test_arrange_bears_numbers_that_have_grown_beyond_all_bounds() -> None:
    values, out = np.array([2.0, np.inf, 1.0]), np.empty(3)
    arrange(values, np.empty(8, np.int64), out)
    assert out.tolist() == [2, np.inf, 1]


def test_without_spread_every_quantile_is_the_path_exactly() -> None:
    found = band(**course(), sd=0, seed=1, groups=STAGES, draws=101)
    path = survive(**course()).totals(STAGES)
    assert (found.areas == path[..., None]).all()
    np.testing.assert_allclose(found.together, np.repeat(path.sum(axis=0)[..., None], 3, axis=-1), rtol=1e-12)


def test_any_number_of_threads_gives_the_same_bits() -> None:
    with threads(1):
        alone = varied()
    with threads(2):
        assert same(varied(), alone)
    assert not same(varied(seed=8), alone)


def test_areas_in_another_order_with_their_keys_give_the_same_bits_in_that_order() -> None:
    order = np.random.default_rng(3).permutation(AREAS)
    moved = {name: values[order] for name, values in course().items()}
    there, here = varied(**moved, keys=order), varied()
    assert (there.areas == here.areas[order]).all()
    assert (there.together == here.together).all()


def test_other_areas_and_more_years_change_nothing() -> None:
    few = {name: values[:5] for name, values in course().items()}
    assert (varied(**few).areas == varied().areas[:5]).all()
    short = course() | {"entrants": course()["entrants"][:, :2], "arrivals": course()["arrivals"][:, :2]}
    assert (varied(**short).areas == varied().areas[:, :2]).all()


@given(st.integers(0, 2**64 - 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 2))
def test_bands_ascend_and_are_never_negative(seed: int, alike: float, rho: float, sd: float) -> None:
    found = varied(seed=seed, alike=alike, rho=rho, sd=sd, draws=20)
    assert (found.areas >= 0).all()
    assert (np.diff(found.areas, axis=-1) >= 0).all()
    assert (np.diff(found.together, axis=-1) >= 0).all()


def test_quantiles_of_one_area_are_those_of_its_draws() -> None:
    """Of a single area the sum is the area, whose quantiles numpy finds from all draws."""
    few = {name: values[:1] for name, values in course().items()}
    found = varied(**few, quantiles=(0, 0.07, 0.5, 0.93, 1), draws=333)
    np.testing.assert_allclose(found.areas[0], found.together, rtol=1e-12)


def widths(found: Any) -> Any:
    return (found[..., -1] - found[..., 0]) / (2 * NormalDist().inv_cdf(0.9))


def test_spread_after_one_year_is_as_computed_by_hand() -> None:
    """1000 pupils in each of 4 areas and 3 grades: 1000 s times the root of what the correlations leave."""
    start, steps = np.full((4, 3), 1000.0), np.ones((4, 2))
    settings = {"seed": 4, "sd": 0.03, "error": 0.04, "sd_entrants": 0.05, "alike": 0.2, "rho": [0.5, 0.1, 0.1]}
    found = band(start, np.full((4, 1), 1000.0), steps, **settings, draws=40_000)
    moves = 50**2 * (2 + 2 * 0.2)
    np.testing.assert_allclose(widths(found.areas[:, 0, 0]), np.sqrt(50**2 + moves), rtol=0.03)
    whole = 50**2 * (4 + 12 * 0.5) + moves * (4 + 12 * 0.1)
    np.testing.assert_allclose(widths(found.together[0, 0]), np.sqrt(whole), rtol=0.03)


def test_what_is_wrong_with_a_ratio_stays_and_a_deviation_passes() -> None:
    """After n years a cohort has passed n ratios, each with one deviation: the same of an error in every year."""
    start, coming = np.full((1, 2), 1000.0), np.full((1, 9), 1000.0)
    passing = band(start, coming, [[1]], 0.0, sd_entrants=0.1, seed=1, alike=0, draws=20_000, quantiles=(0.1, 0.9))
    lasting = band(start, coming, [[1]], 0.0, error_entrants=0.1, seed=1, draws=20_000, quantiles=(0.1, 0.9))
    np.testing.assert_allclose(widths(passing.areas[0, 1:, 0]), 100 * np.sqrt(2), rtol=0.04)
    np.testing.assert_allclose(widths(lasting.areas[0, 1:, 0]), 200, rtol=0.04)


@pytest.mark.parametrize(("alike", "rho"), [(0.0, 0.0), (1.0, 0.0), (0.5, 0.4)])
def test_a_band_of_80_percent_holds_four_of_five_made_up_futures(alike: float, rho: float) -> None:
    """3,000 futures of an area in numpy, with known ratios."""
    chance, futures = np.random.default_rng(2), 3_000
    start, steps = np.array([[300.0, 280, 260, 250]]), np.array([[0.97, 1.0, 0.95]])
    found = band(start, [[310.0] * 5], steps, 0.04, sd_entrants=0.06, alike=alike, rho=rho, seed=9, draws=4_000)
    now = np.repeat(start, futures, axis=0)
    for year in range(5):
        entering = 310 * (1 + 0.06 * chance.standard_normal((futures, 1)))
        now = np.concatenate(
            (entering, now[:, :-1] * (steps + 0.04 * deviations(chance, futures, 3, alike, 0))), axis=1
        )
        low, middle, high = found.areas[0, year, 0]
        assert np.mean((low <= now.sum(axis=1)) & (now.sum(axis=1) <= high)) == pytest.approx(0.8, abs=0.03)
        assert np.mean(now.sum(axis=1) <= middle) == pytest.approx(0.5, abs=0.04)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"sd": -0.1}, "sd of area 0, year 0, grade 0 is -0.1"),
        ({"error": np.full((AREAS, GRADES), 0.1)}, "error has the shape (24, 1, 5); it does not fit"),
        ({"sd_entrants": [0.1, 0.1, np.nan, 0.1]}, "sd of entrants of area 0, year 2 is nan"),
        ({"entrants": [[-1] * YEARS] * AREAS}, "entrants of area 0, year 0 is -1.0"),
        ({"alike": 1.1}, "alike is 1.1, not between 0 and 1"),
        ({"rho": [0, 0, 0, 0, 2]}, "rho is 2.0, not between 0 and 1"),
        ({"rho": [0, 0]}, "rho has the shape (2,); it does not fit grade 5"),
        ({"quantiles": (0.5, 0.1)}, "quantiles ascend; (0.5, 0.1) do not"),
        ({"quantiles": ()}, "quantiles ascend; () do not"),
        ({"quantiles": (0.1, 1.5)}, "a quantile is 1.5, not between 0 and 1"),
        ({"draws": 0}, "0 draws give no band"),
        ({"seed": -1}, "the seed is -1, not between 0 and 2**64 - 1"),
        ({"keys": [1, 2]}, "2 keys do not fit 24 areas"),
        ({"keys": [1] * AREAS}, "keys of areas are different numbers from 0 to 2**63 - 1"),
        ({"keys": range(-1, AREAS - 1)}, "keys of areas are different numbers from 0 to 2**63 - 1"),
    ],
)
def test_band_refuses(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        varied(**changed)
