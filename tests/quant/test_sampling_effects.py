"""Design effects: exact where the sample is simple or schools are of one mind, else against Kish's formula."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.quant.sampling import clustering_effect, jk1, jkn, mean_effect

pytestmark = pytest.mark.once


@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=15, unique=True))
def test_pupils_drawn_singly_have_no_effect(scores: list[int]) -> None:
    found = mean_effect(scores, jk1([3.0] * len(scores), range(len(scores))))

    assert found.mean == pytest.approx(np.mean(scores))
    assert found.simple == pytest.approx(np.std(scores, ddof=1) / len(scores) ** 0.5)
    assert found.effect == pytest.approx(1)
    assert found.effective == pytest.approx(len(scores))


def test_pupils_who_are_all_alike_in_a_school_count_as_one() -> None:
    schools, pupils = 40, 25
    scores = np.repeat(np.random.default_rng(1).normal(50, 10, schools), pupils)
    found = mean_effect(scores, jk1(np.ones(len(scores)), np.repeat(np.arange(schools), pupils)))
    n = schools * pupils

    assert found.effective == pytest.approx(schools * (schools - 1) / schools * n / (n - 1))


def test_by_hand_with_weights_and_strata() -> None:
    found = mean_effect([2, 4, 6, 9], jkn([1, 1, 2, 0], [0, 1, 2, 2], [0, 0, 0, 0]))
    variance = 2 / 3 * ((16 / 3 - 4.5) ** 2 + (14 / 3 - 4.5) ** 2 + (3 - 4.5) ** 2)
    simple = (2.5**2 + 0.5**2 + 2 * 1.5**2) / 4 / 2

    assert found.mean == 4.5
    assert found.error == pytest.approx(variance**0.5)
    assert found.simple == pytest.approx(simple**0.5)
    assert found.effect == pytest.approx(variance / simple)
    assert found.effective == pytest.approx(3 * simple / variance)


@pytest.mark.parametrize("share", [0.0, 0.15, 0.4])
def test_the_effect_of_schools_is_kishs(share: float) -> None:
    chance, schools, pupils = np.random.default_rng(2), 60, 10
    replicates = jk1(np.ones(schools * pupils), np.repeat(np.arange(schools), pupils))
    found = []
    for _ in range(80):
        level = np.repeat(chance.normal(0, share**0.5, schools), pupils)
        scores = level + chance.normal(0, (1 - share) ** 0.5, len(level))
        found.append(mean_effect(scores, replicates).effect)

    # s² is short of the whole variance by (effect − 1) ÷ n, some 1 % at most.
    error = np.std(found) / len(found) ** 0.5
    assert abs(np.mean(found) - clustering_effect(pupils, share)) <= 4 * error + 0.01 * np.mean(found)


@pytest.mark.parametrize("level", [0.0, 0.1, 1e9])
def test_equal_values_have_no_effect_to_speak_of(level: float) -> None:
    found = mean_effect([level] * 6, jk1([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], [0, 0, 1, 1, 2, 2]))

    assert (found.mean, found.error, found.simple) == (level, 0, 0)
    assert np.isnan(found.effect)
    assert np.isnan(found.effective)


def test_clustering_effect_of_many_and_refusals() -> None:
    assert clustering_effect([1, 30], 0.2).tolist() == pytest.approx([1, 6.8])
    for pupils in (0, np.inf, np.nan):
        with pytest.raises(ValueError, match="pupils of a school cannot be"):
            clustering_effect(pupils, 0.1)
    for share in (-0.1, 1.1, np.nan):
        with pytest.raises(ValueError, match="shares between schools cannot be"):
            clustering_effect(30, share)


def test_mean_effect_refuses() -> None:
    with pytest.raises(ValueError, match="values of row 1 cannot be nan"):
        mean_effect([1, np.nan], jk1([1, 1], [0, 1]))
    with pytest.raises(ValueError, match=r"values have the shape \(3,\) instead of \(2,\)"):
        mean_effect([1, 2, 3], jk1([1, 1], [0, 1]))
