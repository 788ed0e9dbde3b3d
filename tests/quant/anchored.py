"""Common items of two calibrations: published, as hypothesis draws them, and calibrated with errors of known size."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from xietong.quant.linking import Constants, Items, items_of

NAN = float("nan")
METRIC = 1.7
"""The published slopes are those of a normal ogive: the logit has 1.7 a (θ − b)."""

TABLE_X = (
    (0.4551, -0.7101, 0.2087), (0.5839, -0.8567, 0.2038), (0.7544, 0.0212, 0.1600), (0.6633, 0.0506, 0.1240),
    (1.0690, 0.9610, 0.2986), (0.9672, 0.1950, 0.0535), (0.3479, 2.2768, 0.1489), (1.4579, 1.0241, 0.2453),
    (1.8811, 1.4062, 0.1992), (0.7020, 2.2401, 0.0853), (1.4080, 1.5556, 0.0789), (1.2993, 2.1589, 0.1075),
)  # fmt: skip
TABLE_Y = (
    (0.4416, -1.3349, 0.1559), (0.5730, -1.3210, 0.1913), (0.5987, -0.7098, 0.1177), (0.6041, -0.3539, 0.0818),
    (0.9902, 0.5320, 0.3024), (0.8081, -0.1156, 0.0648), (0.4140, 2.5538, 0.2410), (1.3554, 0.5811, 0.2243),
    (1.0417, 0.9392, 0.1651), (0.6336, 1.8960, 0.0794), (1.1347, 1.0790, 0.0630), (0.9255, 2.1337, 0.1259),
)  # fmt: skip
"""a, b and c of the twelve common items of Kolen and Brennan, table 6.5; example 1 of STUIRT (Kim and Kolen 2004)."""
GROUP_NODES = (-4.0, -3.111, -2.222, -1.333, -0.4444, 0.4444, 1.333, 2.222, 3.111, 4.0)
GROUP_X = (0.0001008, 0.002760, 0.03021, 0.1420, 0.3149, 0.3158, 0.1542, 0.03596, 0.003925, 0.0001862)
GROUP_Y = (0.0001173, 0.003242, 0.03449, 0.1471, 0.3148, 0.3110, 0.1526, 0.03406, 0.002510, 0.0001116)
"""The two distributions of ability of that example."""

MIXED_X = (
    (0.751335, -0.897391, 0.244001), (0.955947, -0.811477, 0.242883), (0.497206, -0.858681, 0.260893),
    (0.724000, -0.123911, 0.243497), (0.865200, 0.205889, 0.319135), (0.658129, 0.555228, 0.277826),
    (1.082118, 0.950549, 0.157979), (0.988294, 1.377501, 0.084828), (1.248923, 1.614355, 0.181874),
    (1.116682, 2.353932, 0.246856), (0.438171, 3.217965, 0.309243), (1.082206, 4.441864, 0.192339),
)  # fmt: skip
MIXED_Y = (
    (0.887276, -1.334798, 0.134406), (1.184412, -1.129004, 0.237765), (0.609412, -1.464546, 0.151393),
    (0.923812, -0.576435, 0.240097), (0.822776, -0.476357, 0.192369), (0.707818, -0.235189, 0.189557),
    (1.306976, 0.242986, 0.165553), (1.295471, 0.598029, 0.090557), (1.366841, 0.923206, 0.172993),
    (1.389624, 1.380666, 0.238008), (0.293806, 2.028070, 0.203448), (0.885347, 3.152928, 0.195473),
)  # fmt: skip
STEPPED_X = (
    (0.269994, 0.003998, (1.097268, -1.097268)), (0.972506, 1.632662, (0.106514, -0.106514)),
    (0.378812, 3.464657, (2.102301, -2.102301)), (0.537706, 1.010053, (-0.476513, 1.081282, -0.604770)),
    (0.554506, 2.432938, (1.007525, -0.197767, -0.809758)),
)  # fmt: skip
STEPPED_Y = (
    (0.346324, -0.494115, (0.893232, -0.893232)), (1.252012, 0.856264, (0.099750, -0.099750)),
    (0.392282, 2.825801, (1.850498, -1.850498)), (0.660841, 0.342977, (-0.300428, 0.761846, -0.461417)),
    (0.669612, 1.643267, (1.001974, -0.107221, -0.894753)),
)  # fmt: skip
"""Example 2 of STUIRT: twelve items right or wrong, and five of partial credit: a, place b, and b − step b_k."""


def dichotomous(table: Any) -> Items:
    """Items from a, b and c in the published metric."""
    a, b, c = np.array(table).T
    return items_of(["dichotomous"] * len(a), METRIC * a, (-METRIC * a * b)[:, None], c)


def mixed(single: Any, stepped: Any) -> Items:
    """Items from a, b and c, then items of partial credit from a, b and what the steps lie below b."""
    a, b, c = np.array(single).T
    rows = [[-METRIC * slope * place, NAN, NAN] for slope, place in zip(a, b, strict=True)]
    for slope, place, below in stepped:
        row = np.cumsum(-METRIC * slope * (place - np.array(below))).tolist()
        rows.append(row + [NAN] * (3 - len(row)))
    kinds = ["dichotomous"] * len(a) + ["partial"] * len(stepped)
    slopes = METRIC * np.array([*a, *(slope for slope, _, _ in stepped)])
    return items_of(kinds, slopes, rows, [*c, *[0.0] * len(stepped)])


@st.composite
def anchors(draw: st.DrawFn, least: int = 1, steps: int = 3) -> Items:
    """Items of all kinds, none of them almost flat."""
    n = draw(st.integers(least, 5))
    kinds, rows, lower = [], [], []
    for _ in range(n):
        kind = draw(st.sampled_from(("dichotomous", "graded", "partial")))
        count = 1 if kind == "dichotomous" else draw(st.integers(1, steps))
        first = draw(st.floats(-2.5, 2.5))
        more = draw(st.lists(st.floats(0.2, 2.0), min_size=count - 1, max_size=count - 1))
        row = [first, *(first - np.cumsum(more))] if kind == "graded" else [first, *more]
        kinds.append(kind)
        rows.append([*row, *[NAN] * (steps - count)])
        lower.append(draw(st.floats(0, 0.4)) if kind == "dichotomous" else 0.0)
    slopes = draw(st.lists(st.floats(0.3, 3), min_size=n, max_size=n))
    return items_of(kinds, slopes, rows, lower)


scales = st.builds(Constants, st.floats(0.3, 3), st.floats(-2, 2))


def right_or_wrong(count: int, seed: int) -> Items:
    """Items without guessing, some of them rather flat or far off."""
    chance = np.random.default_rng(seed)
    slopes, places = chance.lognormal(0, 0.4, count), chance.normal(0, 1.2, count)
    return items_of(["dichotomous"] * count, slopes, (-slopes * places)[:, None])


def covariance_of(items: Items, persons: int) -> Any:
    """Of the estimates of such items from persons of N(0, 1), as `drawn_errors` takes it.

    The inverse information on a and d if abilities were known: of one item, n Σ_q w_q P (1 − P) (θ², θ; θ, 1).
    """
    nodes = np.linspace(-6, 6, 61)
    weights = persons * np.exp(-(nodes**2) / 2) / np.exp(-(nodes**2) / 2).sum()
    found = np.zeros((3 * len(items.kinds), 3 * len(items.kinds)))
    for item, (a, d) in enumerate(zip(items.slopes, items.intercepts[:, 0], strict=True)):
        right = 1 / (1 + np.exp(-(a * nodes + d)))
        powers = [float(weights @ (right * (1 - right) * nodes**k)) for k in range(3)]
        at = slice(3 * item, 3 * item + 2)
        found[at, at] = np.linalg.inv([[powers[2], powers[1]], [powers[1], powers[0]]])
    return found


def estimated(items: Items, persons: int, chance: np.random.Generator) -> Items:
    """Such items as one calibration of so many persons would find them."""
    covariance = covariance_of(items, persons)
    drawn = chance.multivariate_normal(np.zeros(len(covariance)), covariance, method="eigh").reshape(-1, 3)
    return items_of(items.kinds, items.slopes + drawn[:, 0], items.intercepts + drawn[:, 1:2])
