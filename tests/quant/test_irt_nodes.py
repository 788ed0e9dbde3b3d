"""Nodes: how far they reach, how fine they are and when they stay."""

from typing import Any

import numpy as np
import pytest

from xietong.quant.irt.layout import layout_of
from xietong.quant.irt.models import Model
from xietong.quant.irt.nodes import information_at, quadrature, spread

pytestmark = pytest.mark.once


def test_standard_nodes_are_forty_from_minus_six_to_six() -> None:
    layout, vector = dichotomous([1.0])
    found = quadrature(layout, vector)

    assert (len(found), found[0], found[-1]) == (40, -6, 6)
    assert np.diff(found) == pytest.approx(np.full(39, 12 / 39))


def dichotomous(slopes: Any, groups: Any = ((0.0, 1.0),)) -> Any:
    every = np.ones(len(slopes), dtype=bool)
    layout = layout_of([Model.TWO] * len(slopes), [(0, 1)] * len(slopes), every, ~every, [False] * len(groups))
    vector = np.zeros(len(layout.free))
    for batch in layout.batches:
        vector[batch.places[:, 0]] = slopes
    vector[layout.means], vector[layout.log_sds] = np.transpose([(mean, np.log(sd)) for mean, sd in groups])
    return layout, vector


def test_nodes_reach_beyond_every_population_and_are_as_fine_as_the_narrowest() -> None:
    layout, vector = dichotomous([1.0], [(0, 1), (3, 2), (-1, 0.5)])
    found = quadrature(layout, vector)

    assert (found[0], found[-1]) == (-9, 15)
    assert found[1] - found[0] <= 12 / 39 * 0.5 + 1e-12


@pytest.mark.parametrize(("least", "wanted"), [(3, 8), (8, 8), (9, 16), (40, 40)])
def test_nodes_come_in_eights(least: int, wanted: int) -> None:
    assert len(spread(0, least - 1, 1.0)) == wanted


def test_nodes_that_do_are_the_same_ones() -> None:
    layout, vector = dichotomous([1.0] * 10)
    held = quadrature(layout, vector)

    assert quadrature(layout, vector, held) is held


def test_sharp_posteriors_need_finer_nodes() -> None:
    layout, vector = dichotomous([2.0] * 60)
    held = quadrature(layout, vector)
    found = quadrature(layout, vector, held)
    # Sixty items of slope 2 at 0 tell 60 of an ability there, and the population one more.
    assert found[1] - found[0] <= 1.25 / np.sqrt(61)
    assert (found[0], found[-1]) == (-6, 6)
    assert quadrature(layout, vector, found) is found


def test_populations_that_moved_or_shrank_need_other_nodes() -> None:
    layout, vector = dichotomous([1.0], [(0, 1), (0, 1)])
    held = quadrature(layout, vector)
    near, far, narrow = (dichotomous([1.0], [(0, 1), other])[1] for other in ((0.9, 1), (-1.1, 1), (0, 0.45)))

    assert quadrature(layout, near, held) is held
    moved = quadrature(layout, far, held)
    assert (moved[0], moved[-1]) == (-7.1, 6)
    finer = quadrature(layout, narrow, held)
    assert finer[1] - finer[0] <= 12 / 39 * 0.45


@pytest.mark.parametrize("nodes", [np.linspace(-2, 2, 5), np.linspace(-2, 2, 8)])
def test_information_is_that_of_the_model_at_zero_too(nodes: Any) -> None:
    layout, vector = dichotomous([1.5, -0.7])
    right = [1 / (1 + np.exp(-slope * nodes)) for slope in (1.5, -0.7)]
    wanted = 1.5**2 * right[0] * (1 - right[0]) + 0.7**2 * right[1] * (1 - right[1])

    assert information_at(layout, vector, nodes).sum(axis=0) == pytest.approx(wanted, rel=1e-6)


def test_only_as_many_items_count_as_a_person_answered() -> None:
    layout, vector = dichotomous([0.5] * 300 + [2.0] * 60)
    held = quadrature(layout, vector)
    of_booklets = quadrature(layout, vector, held, 20)
    # The twenty that tell most have slope 2: they tell 20 of an ability at 0, and the population one more.
    assert 0.75 * 1.25 / np.sqrt(21) < of_booklets[1] - of_booklets[0] <= 1.25 / np.sqrt(21)
    assert len(quadrature(layout, vector, held, 360)) > 1.5 * len(of_booklets)
