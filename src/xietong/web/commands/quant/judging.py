"""What estimates of items tell of the persons who answered them, and of each other."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xietong.quant import irt
from xietong.quant.items import Items
from xietong.quant.responses import Responses
from xietong.web.commands.quant.answers import Answers

Floats = NDArray[np.float64]

SHOWN = np.linspace(-4, 4, 33)
"""Abilities at which information and curves are shown."""
STEP = 0.5


@dataclass(frozen=True, slots=True)
class Judged:
    """What the items with an estimate tell of the persons and of each other."""

    names: list[str]
    items: Items
    responses: Responses
    abilities: irt.Estimates
    information: Floats
    fit: irt.Fit
    dependence: Floats


def judged_of(answers: Answers, found: irt.Calibration) -> Judged:
    usable = np.flatnonzero(~np.isnan(found.items.slopes)).tolist()
    own = answers.of_items([answers.items[item] for item in usable])
    items = found.items.take(usable)
    population = irt.Population(found.means, found.sds, answers.groups)
    abilities = irt.eap(own.responses, items, population)
    pairs = irt.q3(own.responses, items, population, abilities=abilities.value).adjusted()
    return Judged(
        list(own.items), items, own.responses, abilities, irt.booklet_information(items, SHOWN),
        irt.booklet_fit(own.responses, items, population), pairs,
    )  # fmt: skip


def error_of(judged: Judged) -> Floats:
    """The error of an ability from the answers alone; NaN where they tell nothing."""
    with np.errstate(divide="ignore"):
        return np.where(judged.information > 0, 1 / np.sqrt(judged.information), np.nan)


def abilities_in_steps(judged: Judged) -> tuple[Floats, Floats]:
    """Edges, and how many persons with an answer have an estimate between them; the ends are open."""
    edges = np.arange(-4, 4 + STEP, STEP)
    answered = (judged.responses.codes >= 0).any(axis=1) & ~np.isnan(judged.abilities.value)
    inside = np.clip(judged.abilities.value[answered], edges[0], edges[-1] - STEP / 2)
    return edges, np.histogram(inside, edges, weights=judged.responses.weights[answered])[0]
