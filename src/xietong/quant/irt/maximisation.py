"""From expected counts to better parameters: a step of Fisher scoring for every item, and moments for populations.

One step is as good as a whole M-step near the end, where it counts (Lange, 1995): its fixed points are the same.

References
----------
Lange, K. (1995). A gradient algorithm locally equivalent to the EM algorithm. Journal of the Royal Statistical
Society B 57.
"""

from dataclasses import dataclass

import numpy as np

from xietong.quant.compiling import compiled
from xietong.quant.irt.chances import chances
from xietong.quant.irt.layout import Batch, Floats, Layout

LONGEST = 1.0
"""A longer step is shortened to this; it shortens steps, never a parameter."""

HALVINGS = 6

LEAST_SD = 0.05
LEAST_LOG_SD = float(np.log(LEAST_SD))
"""The spread of a few persons who do as well as each other has no least logarithm; below this it is not told."""

RIDGE = 1e-9
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Beta:
    """A prior of lower asymptotes: density proportional to c^(α − 1) (1 − c)^(β − 1), α and β from 1 up."""

    alpha: float
    beta: float

    def __post_init__(self) -> None:
        if not (1 <= self.alpha < np.inf and 1 <= self.beta < np.inf):
            raise ValueError(f"a prior of asymptotes needs α and β from 1 up; they are {self.alpha} and {self.beta}")

    def log(self, lower: Floats) -> Floats:
        """Its logarithm, but for a constant, at each asymptote."""
        return np.asarray((self.beta - 1) * np.log1p(-lower) + self.rise(np.log, lower))

    def derivatives(self, lower: Floats) -> tuple[Floats, Floats]:
        """The first and the second of that."""
        first = self.rise(np.reciprocal, lower) - (self.beta - 1) / (1 - lower)
        return first, -self.rise(np.reciprocal, lower**2) - (self.beta - 1) / (1 - lower) ** 2

    def rise(self, of: np.ufunc, lower: Floats) -> Floats:
        """(α − 1) times a function that has no value at 0, where it does not matter if α is 1."""
        if self.alpha == 1:
            return np.zeros_like(lower)
        return np.asarray((self.alpha - 1) * of(lower))


def chance_table(layout: Layout, vector: Floats, nodes: Floats) -> Floats:
    """The chance of each state of each item at each node, shape (J', S, Q); that of "nothing known" is 1."""
    found = np.zeros((len(layout.items), layout.most + 1, len(nodes)))
    for batch in layout.batches:
        own, _slopes = chances(batch.kind, vector[batch.places], batch.points, nodes)
        found[batch.items, : own.shape[1]] = own
        found[batch.items, own.shape[1]] = 1
    return found


def priors_of(layout: Layout, vector: Floats, nodes: Floats) -> Floats:
    """The share of each normal population at each node, shape (G, Q)."""
    mean, sd = vector[layout.means][:, None], np.exp(vector[layout.log_sds])[:, None]
    log = -0.5 * ((nodes - mean) / sd) ** 2
    density = np.exp(log - log.max(axis=1, keepdims=True))
    return np.asarray(density / density.sum(axis=1, keepdims=True))


def better(
    layout: Layout, vector: Floats, nodes: Floats, categories: Floats, populations: Floats, prior: Beta | None
) -> Floats:
    """The parameters after one M-step."""
    found = vector.copy()
    shared = []
    for batch in layout.batches:
        if not batch.is_free:
            continue
        tally = Tally(batch, nodes, categories[batch.items, : len(batch.points)], prior)
        if batch.shares_slope:
            shared.append(tally)
        else:
            found[batch.places] = climbed(tally, vector[batch.places])
    if shared:
        for tally, step in steps_together([(one, one.at(vector[one.batch.places])) for one in shared]):
            found[tally.batch.places] = vector[tally.batch.places] + step
    weight = populations.sum(axis=1)
    for group in np.flatnonzero(layout.free[layout.means]):
        mean = (populations[group] * nodes).sum() / weight[group]
        variance = (populations[group] * (nodes - mean) ** 2).sum() / weight[group]
        found[layout.means[group]] = mean
        found[layout.log_sds[group]] = 0.5 * np.log(max(variance, np.exp(2 * LEAST_LOG_SD)))
    return found


@dataclass(frozen=True, slots=True)
class Height:
    """Where the items of a batch stand: their parameters (B, p) and expected log-likelihoods (B,), else NaN."""

    own: Floats
    fit: Floats
    chance: Floats
    slopes: Floats


@dataclass(frozen=True, slots=True)
class Tally:
    """The expected counts (B, m, Q) of the items of a batch at the nodes, and what was believed beforehand."""

    batch: Batch
    nodes: Floats
    counts: Floats
    prior: Beta | None

    def at(self, own: Floats) -> Height:
        chance, slopes = chances(self.batch.kind, own, self.batch.points, self.nodes)
        with np.errstate(divide="ignore", invalid="ignore"):
            fit = np.where(self.counts > 0, self.counts * np.log(chance), 0.0).sum(axis=(1, 2))
            if self.prior is not None and self.batch.has_lower:
                fit += self.prior.log(own[:, -1])
        return Height(own, fit, chance, slopes)

    def scores(self, here: Height) -> tuple[Floats, Floats]:
        """The derivatives (B, p) of the expected log-likelihood, and its information (B, p, p)."""
        items, size = here.own.shape
        gradient, information = np.zeros((items, size)), np.zeros((items, size, size))
        compiled(score)(self.counts, here.chance, here.slopes, gradient, information)
        if self.prior is not None and self.batch.has_lower:
            first, second = self.prior.derivatives(here.own[:, -1])
            gradient[:, -1] += first
            information[:, -1, -1] -= second
        # What the answers say nothing about stays where it is: a ridge far below the information of one person.
        ridge = RIDGE * (1 + np.einsum("bpp->b", information))
        return gradient, information + ridge[:, None, None] * np.eye(size)


def score(counts: Floats, chance: Floats, slopes: Floats, gradient: Floats, information: Floats) -> None:
    """Σ n ∂ln P and Σ n P ∂ln P ∂ln Pᵀ of each item, for n persons at a node."""
    size = gradient.shape[1]
    for item in range(len(counts)):
        for q in range(counts.shape[2]):
            persons = counts[item, :, q].sum()
            for k in range(counts.shape[1]):
                for one in range(size):
                    slope = slopes[item, k, q, one]
                    gradient[item, one] += counts[item, k, q] * slope
                    for other in range(one + 1):
                        information[item, one, other] += (
                            persons * chance[item, k, q] * slope * slopes[item, k, q, other]
                        )
        for one in range(size):
            for other in range(one):
                information[item, other, one] = information[item, one, other]


def climbed(tally: Tally, own: Floats) -> Floats:
    """Parameters after a step; an item whose step would make it worse takes half of it, and so on."""
    here = tally.at(own)
    step = shortened(step_of(tally, here))
    for _ in range(HALVINGS):
        worse = ~(tally.at(own + step).fit >= here.fit - abs(here.fit) * ROUNDING)
        if not worse.any():
            return np.asarray(own + step)
        step[worse] /= 2
    step[worse] = 0
    return np.asarray(own + step)


def step_of(tally: Tally, here: Height) -> Floats:
    """The step of Fisher scoring; where it would carry an asymptote below 0 that ends there, and the others fit."""
    gradient, information = tally.scores(here)
    step = np.linalg.solve(information, gradient[..., None])[..., 0]
    if tally.batch.has_lower:
        below = here.own[:, -1] + step[:, -1] < 0
        drop = -here.own[below, -1]
        rest = gradient[below, :-1] - information[below, :-1, -1] * drop[:, None]
        step[below, :-1] = np.linalg.solve(information[below, :-1, :-1], rest[..., None])[..., 0]
        step[below, -1] = drop
    return np.asarray(step, dtype=np.float64)


def shortened(step: Floats) -> Floats:
    longest = np.abs(step).max(axis=1, keepdims=True)
    return np.asarray(step * np.minimum(1, LONGEST / np.maximum(longest, LONGEST)))


def steps_together(parts: list[tuple[Tally, Height]]) -> list[tuple[Tally, Floats]]:
    """Steps of items that have one slope together: it takes what is left beside the intercepts of all of them."""
    above = below = 0.0
    solved = []
    for tally, here in parts:
        gradient, information = tally.scores(here)
        own = information[:, 1:, 1:]
        by_slope = np.linalg.solve(own, information[:, 1:, :1])[..., 0]
        by_gradient = np.linalg.solve(own, gradient[:, 1:, None])[..., 0]
        above += float((gradient[:, 0] - (information[:, 0, 1:] * by_gradient).sum(axis=1)).sum())
        below += float((information[:, 0, 0] - (information[:, 0, 1:] * by_slope).sum(axis=1)).sum())
        solved.append((tally, by_slope, by_gradient))
    slope = above / below
    steps = [
        (tally, np.insert(by_gradient - slope * by_slope, 0, slope, axis=1))
        for tally, by_slope, by_gradient in solved
    ]
    longest = max(float(np.abs(step).max()) for _tally, step in steps)
    return [(tally, step * min(1.0, LONGEST / max(longest, LONGEST))) for tally, step in steps]
