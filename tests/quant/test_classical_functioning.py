"""Items that function otherwise in one of two groups: simulation, an independent slow answer, classes, properties."""

from collections import defaultdict
from dataclasses import astuple, replace
from math import exp, log, nan, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quant.sitting import Sitting, same_again, sittings
from xietong.quant.classical import CommonOdds, OrdinalDifference, functioning, mantel, mantel_haenszel
from xietong.quant.classical.functioning import classified, graded
from xietong.quant.responses import responses_of

pytestmark = pytest.mark.once

N = 4000


def rasch(chance: Any, n: int, difficulty: Any, shift: Any, impact: float = 0.0) -> tuple[Any, Any]:
    """Right answers of two groups; the focal one is weaker by `impact`, and items are harder for it by `shift`."""
    focal = np.arange(n) % 2
    ability = chance.normal(size=n) - impact * focal
    logit = ability[:, None] - np.asarray(difficulty) - np.outer(focal, shift)
    return (chance.random(logit.shape) < 1 / (1 + np.exp(-logit))).astype(int), focal


def slow_tables(sitting: Sitting, focal: Any, item: int, counting: Any) -> list[Any]:
    """The table of each booklet and total, person by person."""
    tables: Any = defaultdict(lambda: [[0, 0, 0], [0, 0, 0]])
    for row, weight, group in zip(sitting.codes.tolist(), sitting.weights.tolist(), focal.tolist(), strict=True):
        if row[item] == -1:
            continue
        booklet = tuple(code != -1 for code in row)
        reached = sum(max(row[j], 0) * int(sitting.full[j]) for j in range(len(row)) if counting[j] or j == item)
        tables[booklet, reached][group][max(row[item], 0)] += weight
    return list(tables.values()) or [[[0, 0, 0], [0, 0, 0]]]


def numbers_of(found: Any) -> list[Any]:
    return [np.array(array) for array in astuple(found)[:6]]


def test_functioning_finds_the_difference_of_a_rasch_item() -> None:
    """Matched on the total with the item itself, the log odds ratio is the difference in difficulty (Holland and
    Thayer 1988), though the focal group is weaker by 0.8 in all."""
    shift = [0.7, 0, 0, 0, 0, 0, 0, 0]
    rows, focal = rasch(np.random.default_rng(12), N, np.linspace(-1.5, 1.5, 8), shift, impact=0.8)
    found = functioning(responses_of(rows), focal)

    assert found.delta[0] == pytest.approx(-2.35 * 0.7, abs=4 * found.delta_error[0])
    assert found.odds_ratio[0] == pytest.approx(exp(0.7), rel=5 * found.delta_error[0] / 2.35)
    assert found.classes[0] == "C"
    assert found.difference[0] < 0
    assert found.matched_on.all()


def test_functioning_flags_an_item_without_difference_as_rarely_as_it_says() -> None:
    """The correction for continuity makes it rarer still. The error of delta is what delta varies by."""
    rounds, hits, standard = 150, 0, []
    chance = np.random.default_rng(13)
    for _ in range(rounds):
        rows, focal = rasch(chance, 600, np.linspace(-1, 1, 6), np.zeros(6), impact=0.5)
        found = functioning(responses_of(rows), focal)
        hits += int(found.p[2] < 0.05)
        standard.append(found.delta[2] / found.delta_error[2])
    assert hits / rounds <= 0.05 + 4 * sqrt(0.05 * 0.95 / rounds)
    assert np.mean(standard) == pytest.approx(0, abs=4 / sqrt(rounds))
    assert np.std(standard) == pytest.approx(1, abs=4 / sqrt(2 * rounds))


def test_purifying_takes_off_the_others_what_a_few_items_have_done_to_them() -> None:
    shift = [1.2, 1.2, 1.2, 0, 0, 0, 0, 0, 0, 0]
    rows, focal = rasch(np.random.default_rng(14), 2 * N, np.linspace(-1.5, 1.5, 10), shift)
    raw, pure = (functioning(responses_of(rows), focal, purify=purify) for purify in (False, True))

    assert pure.matched_on.tolist() == (raw.classes != "C").tolist() == [False] * 3 + [True] * 7
    assert (raw.delta[3:] > 0.4).all()
    assert np.abs(pure.delta[3:]).max() < 4 * pure.delta_error[3:].max()
    assert pure.delta[:3] == pytest.approx([-2.35 * 1.2] * 3, abs=4 * pure.delta_error[:3].max())
    sitting = Sitting(rows[:400], np.ones(400, int), np.ones(10, int))
    part = functioning(sitting.responses, focal[:400], sitting.full, purify=True)
    assert not part.matched_on.all()
    for item in range(10):
        wanted = mantel(slow_tables(sitting, focal[:400], item, part.matched_on))
        assert part.chi_square[item] == pytest.approx(wanted.chi_square)


def test_purifying_changes_nothing_where_no_item_is_c() -> None:
    rows, focal = rasch(np.random.default_rng(15), 1000, np.linspace(-1, 1, 5), np.zeros(5))
    raw, pure = (functioning(responses_of(rows), focal, purify=purify) for purify in (False, True))

    assert set(raw.classes) <= {"A", "B"}
    for one, other in zip(astuple(raw), astuple(pure), strict=True):
        assert np.array_equal(one, other)


@given(sittings(most=14), st.data())
def test_functioning_is_that_of_the_tables_of_equals(sitting: Sitting, draw: Any) -> None:
    n, items = sitting.codes.shape
    focal = np.array(draw.draw(st.lists(st.integers(0, 1), min_size=n, max_size=n)), dtype=int)
    found = functioning(sitting.responses, focal, sitting.full)
    for item in range(items):
        wanted = mantel(slow_tables(sitting, focal, item, np.ones(items)))
        numbers = [found.chi_square[item], found.p[item], 2 * found.difference[item]]
        assert numbers == pytest.approx([wanted.chi_square, wanted.p, wanted.difference], abs=1e-9, nan_ok=True)
    assert np.isnan(found.odds_ratio).all()


@given(sittings(most=14), st.data())
def test_items_of_two_categories_have_the_common_odds_of_their_tables(sitting: Sitting, draw: Any) -> None:
    n, items = sitting.codes.shape
    focal = np.array(draw.draw(st.lists(st.integers(0, 1), min_size=n, max_size=n)), dtype=int)
    sitting = replace(sitting, codes=np.minimum(sitting.codes, 1))
    found = functioning(responses_of(sitting.codes, weights=sitting.weights), focal, sitting.full)
    for item in range(items):
        tables = np.array(slow_tables(sitting, focal, item, np.ones(items)))[:, :, :2]
        odds, ordinal = mantel_haenszel(tables), mantel(tables)
        wanted = [odds.ratio, odds.delta, odds.delta_error, odds.chi_square, odds.p, ordinal.difference]
        assert [row[item] for row in numbers_of(found)] == pytest.approx(wanted, abs=1e-9, nan_ok=True)
        assert found.classes[item] == classified(odds)


@given(sittings(most=14), st.data())
def test_functioning_does_not_depend_on_how_persons_are_written_down(sitting: Sitting, draw: Any) -> None:
    """The group goes along as a last item that counts for nothing: its code is taken out again."""
    n = len(sitting.weights)
    focal = np.array(draw.draw(st.lists(st.integers(0, 1), min_size=n, max_size=n)), dtype=int)
    marked = replace(sitting, codes=np.c_[sitting.codes, focal], full=np.append(sitting.full, 1))
    wanted = numbers_of(functioning(sitting.responses, focal, sitting.full))
    for again in same_again(draw, marked):
        rows = Sitting(again.codes[:, :-1], again.weights, sitting.full)
        found = numbers_of(functioning(rows.responses, again.codes[:, -1], sitting.full))
        for one, other in zip(found, wanted, strict=True):
            assert one == pytest.approx(other, rel=1e-9, abs=1e-9, nan_ok=True)


@given(sittings(most=14), st.data())
def test_functioning_follows_the_order_of_the_items(sitting: Sitting, draw: Any) -> None:
    n, items = sitting.codes.shape
    focal = np.array(draw.draw(st.lists(st.integers(0, 1), min_size=n, max_size=n)), dtype=int)
    order = np.array(draw.draw(st.permutations(range(items))))
    found = numbers_of(functioning(sitting.order(order).responses, focal, sitting.order(order).full))
    for one, other in zip(found, numbers_of(functioning(sitting.responses, focal, sitting.full)), strict=True):
        assert one == pytest.approx(other[order], rel=1e-9, abs=1e-9, nan_ok=True)


def test_the_groups_changed_about_turn_the_difference_round() -> None:
    rows, focal = rasch(np.random.default_rng(16), 1000, np.linspace(-1, 1, 5), [0.5, 0, 0, 0, 0])
    found, swapped = functioning(responses_of(rows), focal), functioning(responses_of(rows), 1 - focal)

    assert swapped.delta == pytest.approx(-found.delta)
    assert swapped.p == pytest.approx(found.p)
    assert swapped.classes.tolist() == found.classes.tolist()


def test_an_item_that_only_one_group_saw_is_not_known() -> None:
    rows, focal = rasch(np.random.default_rng(17), 400, np.linspace(-1, 1, 4), np.zeros(4))
    rows[focal == 1, 3] = -1
    found = functioning(responses_of(rows), focal)

    assert found.classes[3] == ""
    assert np.isnan([row[3] for row in numbers_of(found)]).all()
    assert found.classes.tolist() == [""] * 4, "no one of the other group had the same booklet"


def test_booklets_are_compared_within_themselves() -> None:
    """One booklet is much easier: equal totals of the two are no equals."""
    chance = np.random.default_rng(18)
    rows, focal = rasch(chance, N, [-0.5, 0, 0.5, -2, -2, 2, 2], np.zeros(7))
    hard = chance.random(N) < np.where(focal, 0.8, 0.2)
    rows[hard, 3:5] = rows[~hard, 5:] = -1
    found = functioning(responses_of(rows), focal)

    assert (np.abs(found.delta) < 4 * found.delta_error).all()


@pytest.mark.parametrize("rows", [[[1, 0]], [[1, 1]] * 4, [[0, 0]] * 4, [[-1, -1]] * 4, np.empty((0, 2), int)])
def test_functioning_without_what_it_needs(rows: Any) -> None:
    found = functioning(responses_of(rows), np.arange(len(rows)) % 2, purify=True)

    assert found.classes.tolist() == ["", ""]
    assert np.isnan(found.p).all()


def odds_of(delta: float, error: float, p: float = 0.001) -> CommonOdds:
    return CommonOdds(exp(delta / -2.35), nan, p, error / 2.35)


@pytest.mark.parametrize(
    ("delta", "error", "p", "wanted"),
    [
        (0.0, 0.1, 0.9, "A"),
        (0.99, 0.1, 0.001, "A"),
        (-0.99, 0.1, 0.001, "A"),
        (1.01, 0.3, 0.049, "B"),
        (-1.01, 0.3, 0.001, "B"),
        (1.4, 0.6, 0.051, "A"),
        (1.49, 0.1, 0.001, "B"),
        (1.51, 0.1, 0.001, "C"),
        (-1.51, 0.1, 0.001, "C"),
        (1.6, 0.37, 0.001, "B"),
        (1.6, 0.36, 0.001, "C"),
        (3.0, 2.0, 0.2, "A"),
        (3.0, nan, 0.2, ""),
        (3.0, 0.2, nan, ""),
    ],
)
def test_classes_of_ets(delta: float, error: float, p: float, wanted: str) -> None:
    assert classified(odds_of(delta, error, p)) == wanted


@pytest.mark.parametrize(
    ("size", "p", "wanted"),
    [
        (0.169, 0.001, "A"),
        (-0.169, 0.001, "A"),
        (0.171, 0.001, "B"),
        (0.249, 0.04, "B"),
        (0.251, 0.04, "C"),
        (-0.251, 0.04, "C"),
        (0.9, 0.051, "A"),
        (0.9, nan, ""),
    ],
)
def test_grades_of_items_of_more_categories(size: float, p: float, wanted: str) -> None:
    """Ten persons each of 0, 1, 2: the standard deviation of both groups together is √(2 ÷ 3)."""
    tables = np.array([[[4.0, 8, 1], [6, 2, 9]]])

    assert graded(OrdinalDifference(size * sqrt(2 / 3), nan, p), tables) == wanted


def test_an_item_of_more_categories_that_is_harder_for_the_focal_group_is_found() -> None:
    chance = np.random.default_rng(19)
    rows, focal = rasch(chance, N, np.r_[np.linspace(-1, 1, 12), np.zeros(4)], np.r_[np.zeros(12), [0.9] * 4])
    codes = np.c_[rows[:, :12], rows[:, 12:].sum(axis=1)]
    found = functioning(responses_of(codes), focal)

    assert found.classes[12] == "C"
    assert found.difference[12] < -0.1
    assert set(found.classes[:12]) <= {"A", "B"}
    assert np.isnan(found.delta[12])


@pytest.mark.parametrize(
    ("focal", "weights", "why"),
    [
        ([0, 2], None, "row 1: focal 2 is neither 0 nor 1"),
        ([0], None, r"focal has the shape \(1,\) instead of \(2,\)"),
        ([0, 1], [1, 0.5], "row 1: weight 0.5 is no whole number of persons"),
    ],
)
def test_functioning_refuses_what_cannot_be(focal: Any, weights: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        functioning(responses_of([[1, 0], [0, 1]], weights=weights), focal)


def test_delta_has_the_sign_of_what_the_focal_group_gains() -> None:
    assert odds_of(-1.2, 0.1).ratio > 1
    assert odds_of(-1.2, 0.1).delta == pytest.approx(-1.2)
    assert log(odds_of(1.2, 0.1).ratio) < 0
