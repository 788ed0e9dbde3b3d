"""Published answers, items as hypothesis draws them with answers to them, and simulated persons."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from tests.quant import sitting
from tests.quant.anchored import anchors
from tests.quant.sitting import published
from xietong.quant.items import Items, items_of
from xietong.quant.logarithms import relative
from xietong.quant.responses import Responses, responses_of

NAN, INF = float("nan"), float("inf")

LSAT7 = published(sitting.LSAT7)


def right_wrong(slopes: Any, intercepts: Any, lower: Any = None) -> Items:
    return items_of(["dichotomous"] * len(slopes), slopes, np.array(intercepts, dtype=float)[:, None], lower)


LSAT7_ITEMS = right_wrong(
    [0.98755, 1.08084, 1.70746, 0.76499, 0.73567], [1.85586, 0.80797, 1.80520, 0.48600, 1.85446]
)
"""Maximum likelihood estimates of the two-parameter model: R mirt 1.47 at a tolerance of 1e-6."""


def unfit(items: Items, place: int, **changes: Any) -> Items:
    """The items with other parameters at a place, as a calibration may leave them: NaN, −∞."""
    made = {name: getattr(items, name).copy() for name in ("slopes", "intercepts", "lower")}
    for name, value in changes.items():
        made[name][place] = value
    return Items(items.kinds, **made)


def mixed_items(count: int, seed: int) -> Items:
    """Items of all kinds in turn, with guessing every sixth."""
    chance = np.random.default_rng(seed)
    kinds = (["dichotomous", "graded", "partial"] * count)[:count]
    rows = []
    for kind in kinds:
        middle = chance.normal()
        row = {"dichotomous": [0, NAN, NAN], "graded": [1, 0, -1], "partial": [0.8, 0.9, 0.2]}[kind]
        rows.append(middle + np.array(row, dtype=float))
    lower = [0.2 if place % 6 == 3 and kinds[place] == "dichotomous" else 0 for place in range(count)]
    return items_of(kinds, chance.lognormal(0, 0.3, count), rows, lower)


def answered(items: Items, abilities: Any, chance: np.random.Generator) -> Responses:
    """What persons with those abilities answer."""
    reached = relative(items, np.asarray(abilities, dtype=float)).probability.cumsum(axis=2)
    codes = (reached < chance.random((len(abilities), len(items.kinds), 1))).sum(axis=2)
    steps = (~np.isnan(items.intercepts)).sum(axis=1)
    return responses_of(np.minimum(codes, steps), categories=steps + 1)


def booklets_of(responses: Responses, chance: np.random.Generator, share: float = 0.5) -> Responses:
    """The same persons with only some of the items each."""
    codes = np.where(chance.random(responses.codes.shape) < share, responses.codes, np.int8(-1))
    return Responses(codes, responses.categories, responses.weights)


@st.composite
def answers(draw: st.DrawFn, least: int = 0) -> tuple[Items, Responses]:
    """Items of all kinds, and persons with answers to some of them."""
    items = draw(anchors())
    steps = (~np.isnan(items.intercepts)).sum(axis=1).tolist()
    rows = draw(st.lists(st.tuples(*(st.integers(-1, most) for most in steps)), min_size=least, max_size=6))
    weights = draw(st.lists(st.integers(0, 5), min_size=len(rows), max_size=len(rows)))
    table = np.array(rows, dtype=np.int64).reshape(len(rows), len(steps))
    return items, responses_of(table, categories=np.array(steps) + 1, weights=weights)
