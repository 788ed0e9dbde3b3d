"""A county that is made up by the model of the projection, so that what was put in can be found again."""

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class County:
    births: Any
    history: Any
    ratios: Any


def county(
    seed: int,
    areas: int = 40,
    years: int = 12,
    grades: int = 6,
    *,
    size: float = 90.0,
    steady: float = 0.015,
    single: float = 0.05,
    between: float = 0.03,
    alike: float = 0.5,
    rho: float = 0.0,
) -> County:
    """Areas of very different size; a ratio of x pupils varies by steady² + single / x between years."""
    chance = np.random.default_rng(seed)
    large = size * np.exp(chance.normal(0, 1, areas))
    births = large[:, None] * np.exp(np.cumsum(chance.normal(-0.03, 0.05, (areas, years)), axis=1))
    ratios = 0.98 + between * chance.standard_normal((areas, grades))
    history = np.empty((areas, years, grades))
    before = np.repeat(large[:, None], grades, axis=1)
    for year in range(years):
        below = np.maximum(np.concatenate((births[:, year : year + 1], before[:, :-1]), axis=1), 1)
        entering = deviations(chance, areas, 1, 0, rho)
        rising = deviations(chance, areas, grades - 1, alike, rho)
        moved = ratios + np.sqrt(steady**2 + single / below) * np.concatenate((entering, rising), axis=1)
        history[:, year] = before = np.round(below * np.maximum(moved, 0))
    return County(births, history, ratios)


def deviations(chance: Any, areas: int, grades: int, alike: float, rho: float) -> Any:
    def alone(rows: int) -> Any:
        common, own = chance.standard_normal((rows, 1)), chance.standard_normal((rows, grades))
        return np.sqrt(alike) * common + np.sqrt(1 - alike) * own

    return np.sqrt(rho) * alone(1) + np.sqrt(1 - rho) * alone(areas)
