"""A whole monitoring, drawn again and again: sampling, absences, weights and errors together tell the truth."""

from typing import Any

import numpy as np
import pytest

from xietong.quant.sampling import jackknife, jkn, pupil_weights, select_pupils, select_schools, zones

pytestmark = pytest.mark.once

ROUNDS = 300


@pytest.fixture(scope="module")
def monitored() -> tuple[float, Any]:
    """The mean of all pupils, and mean and squared error of each round; the pupils and their scores stay the same."""
    chance = np.random.default_rng(20)
    sizes, strata = chance.integers(25, 150, 500), np.repeat([0, 1], 250)
    level = chance.normal(0, 4, 500) + 5 * strata + sizes / 30
    scores = [50 + level[place] + chance.normal(0, 8, size) for place, size in enumerate(sizes)]
    found = [one_round(chance, sizes, strata, scores) for _ in range(ROUNDS)]
    return float(np.concatenate(scores).mean()), np.array(found)


def one_round(chance: Any, sizes: Any, strata: Any, scores: Any) -> tuple[float, float]:
    schools = select_schools(sizes, strata, [12, 8], chance)
    drawn = schools.sampled
    assert not schools.certain.any()
    pupils = select_pupils(sizes[drawn], 10, chance)
    present = chance.random(len(pupils.school)) < 0.85
    present[np.unique(pupils.school, return_index=True)[1]] = True
    weights = pupil_weights(
        schools.probability[drawn],
        sizes[drawn],
        strata[drawn],
        np.ones(20, dtype=bool),
        pupils.probability,
        pupils.school,
        present,
    ).final
    score = np.array([scores[drawn[place]][pupil] for place, pupil in zip(pupils.school, pupils.pupil, strict=True)])
    zone = zones(strata[drawn])[pupils.school]
    found = jackknife(lambda weights: weights @ score / weights.sum(), jkn(weights, pupils.school, zone))
    return found.value.item(), found.variance.item()


def test_the_mean_of_all_samples_is_that_of_all_pupils(monitored: tuple[float, Any]) -> None:
    truth, found = monitored

    assert abs(found[:, 0].mean() - truth) <= 4 * found[:, 0].std() / ROUNDS**0.5


def test_the_jackknife_tells_how_far_samples_lie_apart(monitored: tuple[float, Any]) -> None:
    _, found = monitored

    assert found[:, 1].mean() == pytest.approx(found[:, 0].var(ddof=1), rel=4 * (2 / ROUNDS) ** 0.5)
