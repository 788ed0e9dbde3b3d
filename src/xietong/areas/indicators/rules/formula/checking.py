"""Checks what a formula means: its names, its units, and where the value of a single school is to be had."""

from collections.abc import Mapping
from decimal import localcontext

from xietong.areas.indicators.rules.formula.arithmetic import EXACT
from xietong.areas.indicators.rules.formula.errors import BrokenIndicator, Cycle, FormulaError, TooDeep
from xietong.areas.indicators.rules.formula.facts import Checked, IndicatorFacts, MeasureFacts
from xietong.areas.indicators.rules.formula.fitting import fitted
from xietong.areas.indicators.rules.formula.naming import names, order
from xietong.areas.indicators.rules.formula.nodes import Composite, Expression, Indicator, walk
from xietong.areas.indicators.rules.formula.planning import Known, Planner
from xietong.areas.indicators.rules.formula.units import Unit

HIGHEST = 60


def check(
    expression: Expression,
    measures: Mapping[str, MeasureFacts],
    indicators: Mapping[str, IndicatorFacts],
    unit: str,
    *,
    code: str = "",
) -> Checked:
    """This function will check a formula and make ready what is needed to evaluate it.

    With the ``code`` of its own indicator it may not refer to itself, not even through others. Raises FormulaError.
    """
    known = Known(measures, {**indicators, code: IndicatorFacts("", unit, expression)}, {}, {})
    with localcontext(EXACT):
        heights: dict[str, int] = {}
        for one in below(expression, known.indicators, code):
            settle(known, one, heights)
        plan = planned(known, expression, unit, heights)
    used = [names(one) for one in (plan, *known.plans.values())]
    return Checked(
        expression,
        unit,
        plan,
        known.plans,
        {name: measures[name] for one in used for name in one.measures},
        {name: indicators[name] for one in used for name in one.indicators},
    )


def below(expression: Expression, indicators: Mapping[str, IndicatorFacts], code: str) -> tuple[str, ...]:
    """The indicators with formulas that a formula needs, directly or not, each behind those that it needs itself."""
    formulas = {code: expression}
    pending = [expression]
    while pending:
        for one in names(pending.pop()).indicators:
            formula = indicators[one].formula if one in indicators else None
            if formula is not None and one not in formulas:
                formulas[one] = formula
                pending.append(formula)
    try:
        return order(formulas)[:-1]
    except Cycle as error:
        circle = error.values["codes"]
        into = (node for node in walk(expression) if isinstance(node, Indicator) and node.code in circle)
        place = next(into, expression)
        raise Cycle(place.start, place.end, codes=circle) from None


def settle(known: Known, code: str, heights: dict[str, int]) -> None:
    """This function will keep the plan of an indicator, and what is wrong with it alone or inside an aggregate."""
    facts = known.indicators[code]
    assert facts.formula is not None
    for is_inside in (False, True):
        try:
            known.plans[code] = planned(known, facts.formula, facts.unit, heights, is_inside=is_inside)
        except FormulaError as error:
            first = error if isinstance(error, BrokenIndicator) else BrokenIndicator(indicator=code, why=error)
            known.broken[code, is_inside] = first
        else:
            heights[code] = height(known.plans[code], heights)


def planned(
    known: Known, formula: Expression, unit: str, heights: Mapping[str, int], *, is_inside: bool = False
) -> Expression:
    fit = Planner(known, is_inside).fit(formula)
    if height(fit.plan, heights) > HIGHEST:
        raise TooDeep(formula.start, formula.end, most=HIGHEST)
    return fitted(fit, Unit.parse(unit))


def height(node: Expression, heights: Mapping[str, int]) -> int:
    """How many parts lie in each other, those of the indicators referred to among them."""
    if isinstance(node, Composite):
        return 1 + max(height(part, heights) for part in node.parts)
    return 1 + heights.get(node.code, 0) if isinstance(node, Indicator) else 1
