"""Exams that nobody sat, and the one judge of all engines that estimate their items (for `bench/irt.py`)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int8]

CATEGORIES = {"2pl": 2, "3pl": 2, "grm": 5, "gpcm": 5}
BLOCK = 20_000
"""Persons are made so many at a time, so that making them needs less memory than estimating from them."""
ABILITIES = np.linspace(-8, 8, 241)


@dataclass(frozen=True)
class Parameters:
    """Slopes (J,), intercepts (J, K − 1) and lower asymptotes (J,), as `xietong.quant.items` has them."""

    slopes: Floats
    intercepts: Floats
    lower: Floats


@dataclass(frozen=True)
class Exam:
    model: str
    codes: Codes
    truth: Parameters

    def __str__(self) -> str:
        persons, items = self.codes.shape
        return f"{self.model}, {persons:,} persons × {items} items"


def exam(model: str, persons: int, items: int, seed: int) -> Exam:
    """Abilities N(0, 1), slopes lognormal, difficulties normal."""
    chance = np.random.default_rng(seed)
    truth = invented(model, items, chance)
    codes = np.empty((persons, items), np.int8)
    for first in range(0, persons, BLOCK):
        own = codes[first : first + BLOCK]
        abilities, draws = chance.normal(size=len(own)), chance.random(own.shape)
        for item in range(items):
            reached = np.cumsum(chances(model, truth, item, abilities)[:-1], axis=0)
            own[:, item] = (draws[:, item] >= reached).sum(axis=0)
    return Exam(model, codes, truth)


def invented(model: str, items: int, chance: np.random.Generator) -> Parameters:
    steps = CATEGORIES[model] - 1
    if steps == 1:
        slopes = np.clip(chance.lognormal(0.1, 0.3, items), 0.4, 2.5)
        difficulty = np.clip(chance.normal(0, 1, (items, 1)), -2.5, 2.5)
    else:
        slopes = np.clip(chance.lognormal(0.1, 0.3, items), 0.5, 2.5)
        spread = chance.normal(0, 0.35, (items, 1)) + chance.normal(0, 0.15, (items, steps))
        difficulty = np.sort(spread + np.linspace(-1.5, 1.5, steps), axis=1)
    lower = chance.uniform(0.1, 0.3, items) if model == "3pl" else np.zeros(items)
    by_step = -slopes[:, None] * difficulty
    return Parameters(slopes, np.cumsum(by_step, axis=1) if model == "gpcm" else by_step, lower)


def chances(model: str, found: Parameters, item: int, abilities: Floats) -> Floats:
    """Shape (K, Q): the chance of each category, written anew here, with nothing of ours or of a peer."""
    slope, intercepts = found.slopes[item], found.intercepts[item][:, None]
    if model == "gpcm":
        steps = np.arange(len(intercepts) + 1)[:, None]
        logits = steps * slope * abilities + np.concatenate((np.zeros((1, 1)), intercepts))
        power = np.exp(logits - logits.max(axis=0))
        return np.asarray(power / power.sum(axis=0))
    lower = found.lower[item]
    reached = lower + (1 - lower) / (1 + np.exp(-(slope * abilities + intercepts)))
    edge = np.ones((1, len(abilities)))
    return np.asarray(-np.diff(np.concatenate((edge, reached, 0 * edge)), axis=0))


def log_likelihood(exam: Exam, found: Parameters) -> float:
    """Σ ln P(answers) under N(0, 1): 241 abilities from −8 to 8, which all engines are judged by."""
    density = np.exp(-(ABILITIES**2) / 2)
    items = range(exam.codes.shape[1])
    logs = np.log(np.maximum([chances(exam.model, found, item, ABILITIES) for item in items], 1e-300))
    base = logs[:, 0].sum(axis=0) + np.log(density / density.sum())
    whole = 0.0
    for first in range(0, len(exam.codes), BLOCK // 4):
        codes = exam.codes[first : first + BLOCK // 4]
        own = np.tile(base, (len(codes), 1))
        for category in range(1, logs.shape[1]):
            own += (codes == category).astype(np.float64) @ (logs[:, category] - logs[:, 0])
        most = own.max(axis=1)
        whole += float((most + np.log(np.exp(own - most[:, None]).sum(axis=1))).sum())
    return whole


def distance(exam: Exam, found: Parameters) -> float:
    """Root mean square of what the slopes are off."""
    return float(np.sqrt(((found.slopes - exam.truth.slopes) ** 2).mean()))
