"""回测: what forecasts of past years would have been, beside what came."""

from typing import Any

import numpy as np

from xietong.areas.places.rules.ground import Ground
from xietong.areas.places.rules.projecting import Array
from xietong.areas.places.rules.stages import COMPULSORY, KINDERGARTEN, Chain
from xietong.quant.projection import BackTest, back_test

LEAST = 3  # known years that a forecast begins with
MOST = 3  # years ahead that are compared


def hindsight(ground: Ground, *, seed: int) -> dict[str, Any]:
    """Errors by stage and by years ahead, township by township; nothing where too few years are known."""
    known = ground.pupils.shape[1]
    ahead = min(MOST, known - LEAST)
    found = {"years": known, "needed": LEAST + 1, "stages": {}}
    if ahead > 0:
        found["stages"] = {
            stage: rows
            for chain in (KINDERGARTEN, COMPULSORY)
            if ground.has(chain.first)
            for stage, rows in of_chain(ground, chain, ahead, seed).items()
        }
    return found


def of_chain(ground: Ground, chain: Chain, ahead: int, seed: int) -> dict[str, list[dict[str, Any]]]:
    """Nothing for a chain whose first years know no births."""
    held = Chain(tuple(stage for stage in chain.stages if ground.has(stage)))
    births = ground.born([ground.ages.cohort(held, year) for year in ground.years(0)], 0.0)
    try:
        found = back_test(ground.history(held), births, held_out=ahead, seed=seed, groups=held.groups)
    except ValueError:
        return {}
    return {stage: [row(found, year, group) for year in range(ahead)] for group, stage in enumerate(held.stages)}


def row(found: BackTest, year: int, group: int) -> dict[str, Any]:
    def at(values: Array) -> float | None:
        value = float(values[year, group])
        return None if np.isnan(value) else round(100 * value, 1)

    return {
        "ahead": year + 1,
        "compared": int(found.compared[year, group]),
        "error": at(found.projected.mape),
        "bias": at(found.projected.bias),
        "unchanged": at(found.unchanged.mape),
        "coverage": at(found.coverage),
    }
