"""Difficulty, discrimination and item–rest correlation against published data, exact answers and a known model."""

from dataclasses import astuple, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quant.sitting import (
    LSAT7,
    Sitting,
    correlation,
    patterns_of,
    published,
    same_again,
    sittings,
    tail_mean,
    total,
)
from xietong.quant.classical import DIFFICULTY_BANDS, DISCRIMINATION_BANDS, Bands, items
from xietong.quant.responses import responses_of

pytestmark = pytest.mark.once

NAN = float("nan")
SLOPE, DIFFICULTY = (0.6, 1.0, 1.5, 0.8, 1.2), (-1.5, 0.0, 0.5, 1.0, -0.5)


def slow(sitting: Sitting) -> list[list[float]]:
    """Presented, omitted, difficulty, discrimination and item–rest correlation of each item, in fractions."""
    return [list(row) for row in zip(*(slow_item(sitting, j) for j in range(len(sitting.full))), strict=True)]


def slow_item(sitting: Sitting, j: int) -> tuple[float, ...]:
    full, persons = sitting.full, sitting.persons()
    had = [(w, marks) for w, marks in persons if marks[j] is not None]
    presented = sum(w for w, _ in had)
    if not presented:
        return 0.0, NAN, NAN, NAN, NAN
    omitted = sum(w for w, row in zip(sitting.weights, sitting.codes, strict=True) if row[j] == -2)
    reached = sum(w * marks[j] for w, marks in had)
    rows = [(w, total(marks, full), marks[j]) for w, marks in had]
    varies = len({t for _, t, _ in rows}) > 1
    apart = tail_mean(rows, best=True) - tail_mean(rows, best=False)
    rests = [(w, marks[j], total(marks, full, without=j)) for w, marks in had]
    rest = correlation([row for row in rests if row[2] is not None])
    apart_share = float(apart / int(full[j])) if varies else NAN
    return float(presented), omitted / presented, float(reached / presented / int(full[j])), apart_share, rest


def found_of(sitting: Sitting) -> list[Any]:
    return [array.tolist() for array in astuple(items(sitting.responses, sitting.full))[:5]]


def test_items_gives_the_published_values_of_lsat7() -> None:
    found = items(published(LSAT7))

    assert found.difficulty.round(3).tolist() == [0.828, 0.658, 0.772, 0.606, 0.843]
    assert found.item_rest.round(3).tolist() == [0.246, 0.247, 0.313, 0.223, 0.175]
    assert found.presented.tolist() == [1000] * 5
    assert found.paper == pytest.approx((0.828 + 0.658 + 0.772 + 0.606 + 0.843) / 5)


def test_items_counts_omitted_as_nothing_and_leaves_out_what_was_not_presented() -> None:
    found = items(responses_of([[1, 4], [1, -2], [0, -1], [-2, 2]], categories=[2, 5]), [2, 10])

    assert found.presented.tolist() == [4, 3]
    assert found.omitted.tolist() == [0.25, pytest.approx(1 / 3)]
    assert found.difficulty.tolist() == [0.5, 0.5]


def test_paper_difficulty_counts_an_item_by_its_full_mark() -> None:
    found = items(responses_of([[1, 0, -1], [1, 1, -1]], categories=2), [10, 30, 60])

    assert found.paper == pytest.approx((1 * 10 + 0.5 * 30) / 40)


def test_paper_difficulty_is_the_mean_total_where_all_had_everything() -> None:
    sitting = np.random.default_rng(3).integers(0, 5, (50, 6))
    full = np.array([4, 8, 12, 2, 4, 4])

    marks = (sitting * full / 4).sum(axis=1)
    assert items(responses_of(sitting, categories=5), full).paper == pytest.approx(marks.mean() / full.sum())


def test_discrimination_by_hand() -> None:
    """A hundred persons with different totals: the best 27 all right, of the worst 27 nine."""
    right = np.r_[np.ones(9), np.zeros(64), np.ones(27)]
    rank = np.arange(100)

    found = items(responses_of(np.c_[right, rank].astype(int)))
    assert found.discrimination[0] == pytest.approx(1 - 9 / 27)


def test_persons_at_the_cut_count_in_part() -> None:
    """Ten persons, 2.7 to a tail: two have 3, and 0.7 of the four that have 2; below, 2.7 of the four that have 1."""
    rows = [[1, 1, 1]] * 2 + [[1, 1, 0]] * 2 + [[0, 1, 1]] * 2 + [[0, 1, 0]] * 3 + [[1, 0, 0]]

    best, worst = (2 + 0.7 / 2) / 2.7, 0.25
    assert items(responses_of(rows)).discrimination[0] == pytest.approx(best - worst)


def test_discrimination_does_not_depend_on_who_of_those_at_the_cut_comes_first() -> None:
    rows = np.array([[1, 1, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 1, 0], [0, 0, 0]])

    forward, backward = (items(responses_of(table)).discrimination for table in (rows, rows[::-1]))
    assert forward == pytest.approx(backward, abs=1e-14)


def test_totals_of_tenths_that_are_equal_are_taken_for_equal() -> None:
    """0.1 + 0.2 differs from 0.3 in the last bit; if that made a better and a worse, D would be 1 and −1."""
    found = items(responses_of([[1, 1, 0], [0, 0, 1]]), [0.1, 0.2, 0.3])

    assert np.isnan(found.discrimination).all()


def test_items_over_booklets_compares_those_who_had_the_item() -> None:
    """Item 2 was in the booklet of the last four only, and only they say how well it discriminates."""
    rows = [[1, 1, -1], [0, 1, -1], [1, 0, -1], [1, -1, 1], [1, -1, 1], [0, -1, 0], [0, -1, 0]]
    found = items(responses_of(rows))

    assert found.presented.tolist() == [7, 3, 4]
    assert found.discrimination[2] == 1
    assert found.item_rest[2] == pytest.approx(1)
    assert found.discrimination[1] == pytest.approx((0.81 * 1 - 0.81 * 0.5) / 0.81)


@pytest.mark.parametrize(
    ("rows", "difficulty", "discrimination", "item_rest", "paper"),
    [
        ([[1, 0]], [1, 0], [NAN, NAN], [NAN, NAN], 0.5),
        ([[1, 1]] * 3, [1, 1], [NAN, NAN], [NAN, NAN], 1),
        ([[0, 0]] * 3, [0, 0], [NAN, NAN], [NAN, NAN], 0),
        ([[-2, -2]] * 3, [0, 0], [NAN, NAN], [NAN, NAN], 0),
        ([[-1, -1]] * 3, [NAN, NAN], [NAN, NAN], [NAN, NAN], NAN),
        ([[1, 1], [1, 0]], [1, 0.5], [0, 1], [NAN, NAN], 0.75),
        ([[1, -1], [0, -1]], [0.5, NAN], [1, NAN], [NAN, NAN], 0.5),
        (np.empty((0, 2), int), [NAN, NAN], [NAN, NAN], [NAN, NAN], NAN),
    ],
)
def test_items_without_what_they_need(
    rows: Any, difficulty: Any, discrimination: Any, item_rest: Any, paper: float
) -> None:
    found = items(responses_of(rows))

    assert found.difficulty == pytest.approx(difficulty, nan_ok=True)
    assert found.discrimination == pytest.approx(discrimination, nan_ok=True)
    assert found.item_rest == pytest.approx(item_rest, nan_ok=True)
    assert found.paper == pytest.approx(paper, nan_ok=True)


def test_a_constant_item_has_no_correlation_whatever_its_weights() -> None:
    """A mean of equal marks rounds, and what is left of the deviations would have a correlation of anything."""
    weights = [0.1, 0.7, 0.3, 1.1]

    found = items(responses_of([[1, 0], [1, 1], [1, 0], [1, 1]], weights=weights), [0.1, 1])
    assert np.isnan(found.item_rest).all()


@given(sittings())
def test_items_is_exact(sitting: Sitting) -> None:
    for found, wanted in zip(found_of(sitting), slow(sitting), strict=True):
        assert found == pytest.approx(wanted, rel=1e-9, abs=1e-9, nan_ok=True)


@given(sittings(), st.data())
def test_items_does_not_depend_on_how_persons_are_written_down(sitting: Sitting, draw: Any) -> None:
    wanted = found_of(sitting)
    for again in same_again(draw, sitting):
        for found, before in zip(found_of(again), wanted, strict=True):
            assert found == pytest.approx(before, rel=1e-9, abs=1e-9, nan_ok=True)


@given(sittings(), st.data())
def test_items_follows_the_order_of_the_items(sitting: Sitting, draw: Any) -> None:
    order = np.array(draw.draw(st.permutations(range(len(sitting.full)))))
    for found, before in zip(found_of(sitting.order(order)), found_of(sitting), strict=True):
        assert found == pytest.approx(np.array(before)[order], abs=1e-9, nan_ok=True)


@given(sittings())
def test_a_unit_of_marks_changes_nothing(sitting: Sitting) -> None:
    for found, before in zip(found_of(replace(sitting, full=sitting.full * 7)), found_of(sitting), strict=True):
        assert found == pytest.approx(before, abs=1e-9, nan_ok=True)


def test_items_finds_what_the_model_says() -> None:
    n = 20_000
    rows, chances = patterns_of(SLOPE, DIFFICULTY)
    found = items(responses_of(rows[np.random.default_rng(4).choice(len(rows), n, p=chances)]))
    sums = rows.sum(axis=1)
    for j in range(5):
        p = chances @ rows[:, j]
        rest = correlation(list(zip(chances, rows[:, j], sums - rows[:, j], strict=True)))
        chosen = [(chances[k], sums[k], rows[k, j]) for k in range(len(rows))]
        parts = [float(tail_mean_of(chosen, best=best)) for best in (True, False)]
        error = np.sqrt(sum(q * (1 - q) for q in parts) / (0.27 * n))
        assert found.difficulty[j] == pytest.approx(p, abs=4 * np.sqrt(p * (1 - p) / n))
        assert found.item_rest[j] == pytest.approx(rest, abs=4 / np.sqrt(n))
        assert found.discrimination[j] == pytest.approx(parts[0] - parts[1], abs=4 * error)


def tail_mean_of(rows: Any, *, best: bool) -> Any:
    """In whole numbers, because a share of the tail is counted in fractions."""
    return tail_mean([(round(chance * 10**9), int(t), int(x)) for chance, t, x in rows], best=best)


@pytest.mark.parametrize(
    ("full", "why"),
    [
        ([1, 0], "item 1: full mark 0.0 is no finite number above 0"),
        ([-1, 1], "item 0: full mark -1.0"),
        ([1, NAN], "item 1: full mark nan"),
        ([float("inf"), 1], "item 0: full mark inf"),
        ([1], r"full marks have the shape \(1,\) instead of \(2,\)"),
    ],
)
def test_items_refuses_full_marks_that_cannot_be(full: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        items(responses_of([[1, 0]]), full)


@pytest.mark.parametrize(
    ("p", "band"),
    [(0, 0), (0.149, 0), (0.15, 1), (0.37, 1), (0.38, 2), (0.72, 2), (0.73, 3), (0.855, 3), (43 / 50, 4), (1, 4)],
)
def test_difficulty_bands(p: float, band: int) -> None:
    assert DIFFICULTY_BANDS.of(p) == band


def test_discrimination_bands_forgive_rounding_and_nothing_else() -> None:
    assert 0.7 - 0.3 < 0.4
    assert DISCRIMINATION_BANDS.of([-0.5, 0.199, 0.2, 0.3, 0.7 - 0.3, 0.3999999, NAN]).tolist() == [
        0,
        0,
        1,
        2,
        3,
        2,
        -1,
    ]


@pytest.mark.parametrize("limits", [(0.2, 0.2), (0.3, 0.2), (NAN, 0.2)])
def test_bands_refuses_limits_that_do_not_ascend(limits: Any) -> None:
    with pytest.raises(ValueError, match="do not ascend"):
        Bands(limits)


def test_bands_of_one_is_one_band() -> None:
    assert Bands(()).of([0.1, 0.9]).tolist() == [0, 0]
