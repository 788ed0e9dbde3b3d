"""The cheapest additions with which a county passes: the county as arrays, the search, and its answer as data."""

from collections.abc import Mapping
from math import ceil, inf, isfinite
from typing import Any

import numpy as np

from xietong.areas.indicators.models import WhatIf
from xietong.areas.indicators.queries.balance import COMPULSORY, BalancePage, balance_page
from xietong.areas.indicators.rules.balance import ITEMS, UnitVerdict
from xietong.areas.orgs.models import RegisterYear
from xietong.quant.allocation.additions import Additions, Kind, Requirement, Standard, Terms, Units, cheapest

CENT = 100
"""Amounts are kept to a hundredth of their unit, rounded up: what passes must go on passing."""
NOISE = 1e-7
"""So much above a hundredth is the solver's tolerance, not an amount."""
SECONDS = 60.0
"""So long a worker looks; what it has found by then is shown with its bound."""


def search(row: WhatIf) -> dict[str, Any]:
    """This function will look for the cheapest additions under the terms of a what-if. It takes seconds."""
    register = RegisterYear.objects.get(county_id=row.county_id, year=row.year)
    page = balance_page(register)
    verdicts = [one for stage in COMPULSORY for one in page.verdicts(stage) if one.unit.pupils]
    units, standard = as_arrays(page, verdicts)
    return as_data(verdicts, cheapest(units, standard, terms_of(row.terms, len(verdicts)), seconds=SECONDS))


def as_arrays(page: BalancePage, verdicts: list[UnitVerdict]) -> tuple[Units, Standard]:
    """Units with a figure missing are not judged by the rule for a school, and count where they have figures."""
    numbers = page.standards
    totals = [[known(item.amount(one.unit)) for item in ITEMS] for one in verdicts]
    units = Units(
        totals=np.array(totals, dtype=float).reshape(len(verdicts), len(ITEMS)),
        pupils=np.array([float(one.unit.pupils or 0) for one in verdicts]),
        group=np.array([COMPULSORY.index(one.unit.stage) for one in verdicts], dtype=np.intp),
        judged=np.array([not any(item.missing for item in one.items) for one in verdicts], dtype=bool),
    )
    standard = Standard(
        scale=np.array([float(item.per) for item in ITEMS]),
        thresholds=np.array([[float(numbers.threshold(stage, item.code)) for item in ITEMS] for stage in COMPULSORY]),
        limits=np.array([float(numbers.cv_limit(stage)) for stage in COMPULSORY]),
        floor=float(numbers.number("floor_ratio")),
        min_met=numbers.whole("min_items_met"),
    )
    return units, standard


def known(amount: Any) -> float:
    return float("nan") if amount is None else float(amount)


def terms_of(terms: Mapping[str, Any], n: int) -> Terms:
    """Costs and limits by item, the same for every school, as the user set them."""
    cost = [float(terms.get(f"cost_{item.code}") or 0) for item in ITEMS]
    most = [limit(terms.get(f"most_{item.code}")) for item in ITEMS]
    return Terms(
        cost=np.tile(cost, (n, 1)),
        upper=np.full((n, len(ITEMS)), inf),
        integer=np.array([item.is_whole for item in ITEMS], dtype=bool),
        caps=np.array(most),
        budget=limit(terms.get("budget")),
    )


def limit(value: Any) -> float:
    return inf if value in (None, "") else float(value)


def as_data(verdicts: list[UnitVerdict], answer: Additions) -> dict[str, Any]:
    """What the search came to, as a row keeps it."""
    additions: dict[str, dict[str, dict[str, float]]] = {}
    for place, one in enumerate(verdicts):
        given = {
            item.code: ceil(float(answer.additions[place, column]) * CENT - NOISE) / CENT
            for column, item in enumerate(ITEMS)
            if answer.additions[place, column] > 0
        }
        if given:
            additions.setdefault(one.unit.school, {})[one.unit.stage.value] = given
    rounds = [{"cuts": one.cuts, "bound": finite(one.bound), "cost": finite(one.best)} for one in answer.rounds]
    return {
        "state": answer.status.value,
        "cost": finite(answer.cost),
        "bound": finite(answer.bound),
        "rounds": rounds,
        "blocked": [
            {"kind": one.kind.value, "what": blocked_at(verdicts, one), "allowed": one.allowed, "needed": one.needed}
            for one in answer.blocked
        ],
        "additions": additions,
    }


def blocked_at(verdicts: list[UnitVerdict], one: Requirement) -> dict[str, str]:
    """The school, stage and item that stand in the way, by their codes."""
    if one.kind is Kind.CAP:
        return {"item": ITEMS[one.index[0]].code}
    if one.kind is Kind.LIMIT:
        return {"stage": COMPULSORY[one.index[0]].value, "item": ITEMS[one.index[1]].code}
    if one.kind is Kind.BUDGET:
        return {}
    unit = verdicts[one.index[0]].unit
    item = {"item": ITEMS[one.index[1]].code} if one.kind is Kind.FLOOR else {}
    return {"school": unit.school, "stage": unit.stage.value, **item}


def finite(value: float | None) -> float | None:
    """JSON knows no infinity."""
    return None if value is None or not isfinite(value) else value
