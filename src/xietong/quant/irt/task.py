"""What is estimated from what: the checks of a calibration, and the answers in the shape that it counts with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xietong.quant.irt.layout import Floats, Layout, layout_of
from xietong.quant.irt.maximisation import Beta
from xietong.quant.irt.models import Model, models_of
from xietong.quant.irt.packing import Packed, packed
from xietong.quant.items import Items, Kind, complaint
from xietong.quant.responses import Responses, groups_of, most_answered


@dataclass(frozen=True, slots=True)
class Task:
    """What is estimated from what; no person answered more than `most` items."""

    layout: Layout
    packs: Packed
    most: int
    prior: Beta | None
    tolerance: float
    most_cycles: int


def task_of(
    responses: Responses,
    tally: Floats,
    models: str | Sequence[str],
    groups: ArrayLike | None,
    n_groups: int,
    fixed: Items | None,
    *,
    free_first: bool,
    prior: Beta | None,
    tolerance: float,
    most_cycles: int,
) -> tuple[Task, tuple[Model, ...], list[str]]:
    """The checked problem, the models, and which items have no estimate."""
    n, n_items = responses.codes.shape
    kept = models_of(models, responses.categories.tolist())
    responses.refuse_omitted()
    codes = np.zeros(n, dtype=np.int64) if groups is None else groups_of(groups, n_groups, n)
    is_fixed = np.zeros(n_items, dtype=bool) if fixed is None else fixed_of(fixed, kept, responses)
    if free_first and not is_fixed.any():
        raise ValueError("the first population can only be estimated on the scale of items that are fixed")
    peopled = np.bincount(codes, responses.weights, n_groups) > 0
    if peopled.any() and not peopled[0] and not is_fixed.any():
        raise ValueError("nobody is in group 0, whose mean 0 and standard deviation 1 are the scale")
    used = [tuple(np.flatnonzero(row).tolist()) for row in tally]
    estimable = np.array([is_fixed[item] or len(used[item]) > 1 for item in range(n_items)])
    whole = [
        tuple(range(int(responses.categories[item]))) if is_fixed[item] else used[item] for item in range(n_items)
    ]
    notes = [without_estimate(item, used[item]) for item in np.flatnonzero(~estimable).tolist()]
    for item in np.flatnonzero(estimable & ~is_fixed).tolist():
        unused = sorted(set(range(int(responses.categories[item]))) - set(used[item]))
        if kept[item].kind is Kind.PARTIAL and unused[:1] == [0]:
            raise ValueError(
                f"item {item}: nobody is in category 0; count its categories from the lowest that occurs"
            )
        if unused:
            notes.append(f"item {item}: nobody is in category {', '.join(map(str, unused))}")
    notes += [f"group {group}: nobody is in it, it has no estimate" for group in np.flatnonzero(~peopled)]
    is_set = (np.arange(n_groups) == 0) & (not free_first)
    layout = layout_of(kept, whole, estimable, is_fixed, (peopled & ~is_set).tolist())
    packs, most = packed(responses, layout, codes), most_answered(responses.codes)
    return Task(layout, packs, most, prior, tolerance, most_cycles), kept, notes


def fixed_of(fixed: Items, models: Sequence[Model], responses: Responses) -> NDArray[np.bool_]:
    """Which items keep given parameters, if those fit their models and categories."""
    if len(fixed.kinds) != len(models):
        raise ValueError(f"{len(fixed.kinds)} items are given as fixed beside {len(models)} models")
    is_fixed = ~np.isnan(fixed.slopes)
    for item in np.flatnonzero(is_fixed).tolist():
        model, steps = models[item], int((~np.isnan(fixed.intercepts[item])).sum())
        if fixed.kinds[item] != model.kind or steps != responses.categories[item] - 1:
            raise ValueError(
                f"item {item}: fixed as {fixed.kinds[item]} of {steps + 1} categories, "
                f"to be {model} of {responses.categories[item]}"
            )
        why = complaint(turned(fixed.take([item])))
        if why:
            raise ValueError(f"fixed {why.replace('item 0', f'item {item}', 1)}")
        if model is not Model.THREE and fixed.lower[item] != 0:
            raise ValueError(f"item {item}: fixed with the lower asymptote {fixed.lower[item]}, to be {model}")
    return np.asarray(is_fixed)


def turned(items: Items) -> Items:
    """The same with slopes above 0: what is fixed may have been estimated as negative."""
    return replace(items, slopes=np.abs(items.slopes))


def without_estimate(item: int, used: tuple[int, ...]) -> str:
    why = f"everybody is in category {used[0]}" if used else "nobody answered"
    return f"item {item}: {why}, it has no estimate"
