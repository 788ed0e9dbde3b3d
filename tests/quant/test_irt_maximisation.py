"""Steps to better parameters: where they lead, how they are shortened, and priors of asymptotes."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.stats import beta

from tests.quant.calibrated import chances_by_hand
from xietong.quant.irt import maximisation
from xietong.quant.irt.layout import Batch
from xietong.quant.irt.maximisation import Beta, Tally, climbed, shortened, step_of, steps_together
from xietong.quant.items import Kind

pytestmark = pytest.mark.once

NODES = np.linspace(-4, 4, 33)
PEOPLE = np.exp(-(NODES**2) / 2)
NAN, INF = float("nan"), float("inf")


def tally_of(kind: str, rows: Any, prior: Beta | None = None, people: float = 100.0) -> Tally:
    """Counts as these items would give them, exactly."""
    own = np.array(rows)
    lower = own.shape[1] == 3 and kind == "dichotomous"
    steps = own.shape[1] - 1 - lower
    counts = [
        chances_by_hand(kind, row[0], row[1 : 1 + steps], row[-1] if lower else 0.0, NODES) * people * PEOPLE
        for row in own
    ]
    places = np.arange(own.size).reshape(own.shape)
    batch = Batch(Kind(kind), np.arange(len(own)), np.arange(steps + 1.0), places, is_free=True, shares_slope=False)
    return Tally(batch, NODES, np.array(counts), prior)


@pytest.mark.parametrize(
    ("kind", "truth", "begin"),
    [
        ("dichotomous", [[1.4, -0.5], [0.1, 1.2]], [[1.0, 0.0], [1.0, 0.0]]),
        ("dichotomous", [[-1.4, -0.5]], [[1.0, 0.0]]),
        ("dichotomous", [[1.4, 0.5, 0.2]], [[1.0, 0.0, 0.1]]),
        ("graded", [[1.4, 1.0, -0.5, -0.7]], [[1.0, 0.5, 0.0, -0.5]]),
        ("partial", [[0.8, 1.0, -0.5, 2.0]], [[0.6, 0.0, 0.0, 0.0]]),
    ],
)
def test_steps_lead_to_the_items_that_the_counts_are_of(kind: str, truth: Any, begin: Any) -> None:
    tally, own = tally_of(kind, truth), np.array(begin)
    for _ in range(60):
        after = climbed(tally, own)
        assert (tally.at(after).fit >= tally.at(own).fit - 1e-6).all()
        own = after

    assert own == pytest.approx(np.array(truth), abs=1e-6)


@pytest.mark.parametrize("compiled", [maximisation.compiled, lambda loop, **_: loop], ids=["compiled", "plain"])
def test_scores_are_sums_over_categories_and_nodes(monkeypatch: pytest.MonkeyPatch, compiled: Any) -> None:
    monkeypatch.setattr(maximisation, "compiled", compiled)
    tally = tally_of("graded", [[1.4, 1.0, -0.5], [0.8, 0.2, -1.5]])
    here = tally.at(np.array([[1.2, 0.8, -0.6], [0.9, 0.2, -1.0]]))
    gradient, information = tally.scores(here)
    persons = here.chance * tally.counts.sum(axis=1, keepdims=True)

    assert gradient == pytest.approx(np.einsum("bmq,bmqp->bp", tally.counts, here.slopes))
    wanted = np.einsum("bmq,bmqp,bmqr->bpr", persons, here.slopes, here.slopes)
    assert information == pytest.approx(wanted, rel=1e-6)
    assert np.array_equal(information, np.swapaxes(information, 1, 2))


def test_a_step_that_leads_down_is_halved_until_it_does_not() -> None:
    tally = tally_of("dichotomous", [[1.0, 0.0], [1.2, 0.3]])
    far = np.array([[60.0, 0.0], [1.2, 0.3]])
    whole = shortened(step_of(tally, tally.at(far)))
    after = climbed(tally, far)

    assert tally.at(after).fit[0] > tally.at(far).fit[0]
    assert after[1] == pytest.approx(far[1], abs=1e-6)
    assert np.abs(whole).max() == 1


def test_half_of_a_step_is_taken_where_the_whole_of_it_is_worse() -> None:
    tally, own = tally_of("dichotomous", [[1.4, 0.5, 0.2]]), np.array([[0.74, 1.28, 0.16]])
    here = tally.at(own)
    whole = shortened(step_of(tally, here))

    assert tally.at(own + whole).fit < here.fit < tally.at(own + whole / 2).fit
    assert climbed(tally, own).tolist() == (own + whole / 2).tolist()


def test_a_step_that_leads_nowhere_but_down_is_not_taken() -> None:
    class Downhill(Tally):
        """Everything but the place where one stands is worse."""

        __slots__ = ()

        def at(self, own: Any) -> Any:
            here = Tally.at(self, own)
            return type(here)(own, np.where(own[:, 0] == 2.0, here.fit, -INF), here.chance, here.slopes)

    tally = tally_of("dichotomous", [[1.0, 0.0]])
    own = np.array([[2.0, 0.5]])

    assert climbed(Downhill(tally.batch, NODES, tally.counts, None), own).tolist() == own.tolist()


def test_steep_items_between_nodes_still_climb() -> None:
    own = np.array([[7.0, -3.4]])
    tally = tally_of("dichotomous", [[100.0, -50.0]])
    for _ in range(40):
        own = climbed(tally, own)

    assert own[0, 0] > 20


def test_what_nobody_answered_stays_where_it_is() -> None:
    tally = tally_of("graded", [[1.4, 1.0, -0.5]], people=0.0)

    assert climbed(tally, np.array([[1.0, 0.5, 0.0]])).tolist() == [[1.0, 0.5, 0.0]]


@given(st.lists(st.floats(-9, 9), min_size=3, max_size=3))
def test_shortened_keeps_direction_and_no_step_is_longer_than_one(step: Any) -> None:
    found = shortened(np.array([step]))

    assert np.abs(found).max() <= 1
    assert found[0] * max(1, np.abs(step).max()) == pytest.approx(np.array(step))


def test_an_asymptote_goes_no_further_than_to_zero_and_the_rest_fits() -> None:
    tally, own = tally_of("dichotomous", [[1.4, 0.5, 0.0]]), np.array([[1.0, 0.0, 0.05]])
    here = tally.at(own)
    step = step_of(tally, here)
    gradient, information = tally.scores(here)

    assert np.linalg.solve(information, gradient[..., None])[0, 2, 0] < -0.1
    assert step[0, 2] == -0.05
    left = gradient[0, :2] - information[0, :2] @ step[0]
    assert left == pytest.approx([0, 0], abs=1e-9)


def test_items_with_one_slope_step_together_as_one_system() -> None:
    parts = [tally_of("dichotomous", [[1.1, 0.3], [1.1, -0.6]]), tally_of("partial", [[1.1, 0.5, -0.2]])]
    own = [np.array([[1.0, 0.0], [1.0, 0.0]]), np.array([[1.0, 0.2, 0.0]])]
    found = steps_together([(part, part.at(one)) for part, one in zip(parts, own, strict=True)])
    # The same system written down in full: one slope, then the four intercepts.
    first, second = (part.scores(part.at(one)) for part, one in zip(parts, own, strict=True))
    gradient = np.array([first[0][:, 0].sum() + second[0][:, 0].sum(), *first[0][:, 1], *second[0][0, 1:]])
    whole = np.zeros((5, 5))
    whole[0, 0] = first[1][:, 0, 0].sum() + second[1][0, 0, 0]
    whole[0, 1:] = whole[1:, 0] = [*first[1][:, 0, 1], *second[1][0, 0, 1:]]
    whole[1, 1], whole[2, 2] = first[1][:, 1, 1]
    whole[3:, 3:] = second[1][0, 1:, 1:]
    step = np.linalg.solve(whole, gradient)

    assert np.abs(step).max() < 1
    assert found[0][1] == pytest.approx(np.array([[step[0], step[1]], [step[0], step[2]]]), rel=1e-6)
    assert found[1][1] == pytest.approx(np.array([[step[0], step[3], step[4]]]), rel=1e-6)


def test_a_long_step_together_is_shortened_for_all_of_them() -> None:
    part = tally_of("dichotomous", [[1.0, 5.0], [1.0, 0.0]])
    step = steps_together([(part, part.at(np.array([[1.0, -5.0], [1.0, 0.1]])))])[0][1]

    assert np.abs(step).max() == pytest.approx(1)
    assert step[0, 0] == step[1, 0]


@given(st.floats(1, 20), st.floats(1, 20), st.floats(0.01, 0.9))
def test_beta_is_the_density_of_scipy(alpha: float, bet: float, lower: float) -> None:
    prior, step = Beta(alpha, bet), 1e-5
    one, other = np.array([lower]), np.array([0.3])
    first, second = prior.derivatives(one)

    assert prior.log(one) - prior.log(other) == pytest.approx(
        beta.logpdf(one, alpha, bet) - beta.logpdf(other, alpha, bet), abs=1e-9
    )
    assert first == pytest.approx((prior.log(one + step) - prior.log(one - step)) / (2 * step), rel=1e-4, abs=1e-4)
    slopes = [prior.derivatives(each)[0] for each in (one + step, one - step)]
    assert second == pytest.approx((slopes[0] - slopes[1]) / (2 * step), rel=1e-4, abs=1e-4)


def test_a_flat_prior_says_nothing_at_zero_either() -> None:
    prior, zero = Beta(1, 1), np.zeros(1)

    assert (prior.log(zero).tolist(), *(each.tolist() for each in prior.derivatives(zero))) == ([0], [0], [0])
    assert Beta(1, 5).derivatives(zero)[0].tolist() == [-4]


@pytest.mark.parametrize("arguments", [(0.9, 5), (5, 0), (NAN, 5), (5, NAN), (INF, 5), (5, INF)])
def test_beta_without_an_end_is_refused(arguments: Any) -> None:
    with pytest.raises(ValueError, match="a prior of asymptotes needs α and β from 1 up"):
        Beta(*arguments)


def test_a_prior_pulls_the_asymptote_as_far_as_it_should() -> None:
    prior, truth = Beta(5, 17), [1.4, 0.5, 0.05]
    tally, own = tally_of("dichotomous", [truth], prior), np.array([[1.0, 0.0, 0.1]])
    for _ in range(100):
        own = climbed(tally, own)

    def height(at: Any) -> float:
        chance = chances_by_hand("dichotomous", at[0], at[1:2], at[2], NODES)
        return -float((tally.counts[0] * np.log(chance)).sum() + beta.logpdf(at[2], 5, 17))

    best = minimize(height, [1.4, 0.5, 0.1], method="L-BFGS-B", bounds=[(None, None)] * 2 + [(1e-3, 0.9)], tol=1e-14)
    assert own[0] == pytest.approx(best.x, abs=1e-3)
    assert own[0, 2] > 0.06
