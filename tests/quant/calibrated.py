"""Items of known parameters, persons who answer them, and the marginal likelihood by plain sums."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.stats import chi2

from xietong.quant.irt.calibration import Calibration
from xietong.quant.irt.errors import Errors
from xietong.quant.irt.models import Model
from xietong.quant.items import Items, Kind, items_of
from xietong.quant.responses import Responses, responses_of


def chances_by_hand(kind: str, slope: Any, intercepts: Sequence[Any], lower: Any, ability: Any) -> Any:
    """The chance of each category in turn, written down as in a textbook."""
    theta = np.asarray(ability, dtype=float)
    if kind == "partial":
        powers = [np.exp(k * slope * theta + d) for k, d in enumerate([0, *intercepts])]
        return np.array([power / sum(powers) for power in powers])
    reached = [lower + (1 - lower) * np.exp(-np.logaddexp(0, -(slope * theta + d))) for d in intercepts]
    edges = [np.ones_like(theta), *reached, np.zeros_like(theta)]
    return np.array([high - low for high, low in pairwise(edges)])


def of_item(items: Items, item: int, ability: Any) -> Any:
    own = [d for d in items.intercepts[item] if not np.isnan(d)]
    return chances_by_hand(items.kinds[item], items.slopes[item], own, items.lower[item], ability)


def truth_of(models: Sequence[str], seed: int, steps: int = 3) -> Items:
    """Items as exams have them, one of each of these models; "rasch" and "pcm" with the slope 1.1."""
    chance = np.random.default_rng(seed)
    kinds, slopes, rows, lower = [], [], [], []
    for name in models:
        model = Model(name)
        slope = 1.1 if model.shares_slope else float(chance.uniform(0.7, 1.8))
        count = 1 if model.kind is Kind.DICHOTOMOUS else steps
        places = np.sort(chance.uniform(-1.5, 1.5) + np.array([-0.9, 0.1, 0.8])[:count])
        row = -slope * places
        kinds.append(model.kind.value)
        slopes.append(slope)
        rows.append([*(np.cumsum(row) if model.kind is Kind.PARTIAL else row), *[np.nan] * (steps - count)])
        lower.append(float(chance.uniform(0.15, 0.25)) if model is Model.THREE else 0.0)
    return items_of(kinds, slopes, rows, lower)


def answered(items: Items, abilities: Any, chance: np.random.Generator) -> Any:
    """Codes of such persons."""
    found = np.empty((len(abilities), len(items.kinds)), dtype=np.int8)
    for item in range(len(items.kinds)):
        reached = 1 - np.cumsum(of_item(items, item, abilities), axis=0)
        found[:, item] = (chance.random(len(abilities)) < reached[:-1]).sum(axis=0)
    return found


def sat(items: Items, persons: int, seed: int, mean: float = 0.0, sd: float = 1.0) -> Responses:
    chance = np.random.default_rng(seed)
    codes = answered(items, chance.normal(mean, sd, persons), chance)
    return responses_of(codes, categories=(~np.isnan(items.intercepts)).sum(axis=1) + 1)


def log_likelihood(
    items: Items, responses: Responses, groups: Any = None, means: Any = (0.0,), sds: Any = (1.0,), count: int = 241
) -> float:
    """Σ w ln P(answers), over so many nodes to 8 standard deviations of each population."""
    total = 0.0
    codes = np.zeros(len(responses.codes), dtype=int) if groups is None else np.asarray(groups)
    for group, (mean, sd) in enumerate(zip(means, sds, strict=True)):
        standard = np.linspace(-8, 8, count)
        share = np.exp(-(standard**2) / 2)
        likely = np.tile(share / share.sum(), ((codes == group).sum(), 1))
        for item in np.flatnonzero(~np.isnan(items.slopes)):
            table = np.vstack([of_item(items, int(item), mean + sd * standard), np.ones(count)])
            likely *= table[responses.codes[codes == group, item]]
        total += float(responses.weights[codes == group] @ np.log(likely.sum(axis=1)))
    return total


def assert_near(found: Calibration, errors: Errors, truth: Items, means: Any = (0.0,), sds: Any = (1.0,)) -> None:
    """All parameters but those of guessed items together, and each by itself, as far off as their errors say."""
    layout, wanted = found.layout, np.full(len(found.vector), np.nan)
    for batch in layout.batches:
        for item, places in zip(layout.items[batch.items], batch.places, strict=True):
            if not batch.has_lower:
                steps = len(places) - 1
                wanted[places] = [truth.slopes[item], *truth.intercepts[item, :steps]]
    wanted[layout.means], wanted[layout.log_sds] = means, np.log(sds)
    told = np.flatnonzero(layout.free & np.isfinite(wanted))
    apart, covariance = (found.vector - wanted)[told], errors.covariance[np.ix_(told, told)]
    together = apart @ np.linalg.solve(covariance, apart)

    assert found.converged
    assert chi2.ppf(1e-4, len(told)) < together < chi2.ppf(1 - 1e-4, len(told))
    assert np.abs(apart / np.sqrt(np.diag(covariance))).max() < 5
