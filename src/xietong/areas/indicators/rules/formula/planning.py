"""Makes the plan of a formula from the bottom up: every part with its unit, converted where units meet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from xietong.areas.indicators.rules.formula.arithmetic import Constant
from xietong.areas.indicators.rules.formula.errors import (
    BrokenIndicator,
    DividesByZero,
    NestedAggregate,
    NoStages,
    NotAdditive,
    NotByRow,
    NothingToCount,
    StagesApart,
    UnknownIndicator,
    UnknownMeasure,
)
from xietong.areas.indicators.rules.formula.facts import Combine, Grain, IndicatorFacts, MeasureFacts
from xietong.areas.indicators.rules.formula.fitting import Fit, aligned
from xietong.areas.indicators.rules.formula.likely import likely
from xietong.areas.indicators.rules.formula.naming import uses
from xietong.areas.indicators.rules.formula.nodes import (
    AGGREGATES,
    Call,
    Chain,
    Expression,
    Function,
    Indicator,
    Level,
    Measure,
    Number,
    Prefix,
    Stage,
)
from xietong.areas.indicators.rules.formula.units import Unit


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known: facts, the plans of indicators that were made before, and what is wrong with the others.

    An indicator may have a plan by itself and none inside an aggregate: ``broken`` is by code and by whether inside.
    """

    measures: Mapping[str, MeasureFacts]
    indicators: Mapping[str, IndicatorFacts]
    plans: dict[str, Expression]
    broken: dict[tuple[str, bool], BrokenIndicator]


@dataclass(frozen=True, slots=True)
class Planner:
    """Makes plans for the whole of a county or school, or for its single rows inside an aggregate."""

    known: Known
    is_inside: bool = False

    def fit(self, node: Expression) -> Fit:
        match node:
            case Measure():
                return self.measure(node)
            case Indicator():
                return self.indicator(node)
            case Prefix(parts=(part,)):
                inner = self.fit(part)
                return replace(inner, plan=replace(node, parts=(inner.plan,)))
            case Chain():
                return self.chain(node)
            case Call():
                return self.aggregate(node) if node.function in AGGREGATES else self.call(node)
        assert isinstance(node, Number)
        return Fit(node, is_bare=not node.is_percent)

    def measure(self, node: Measure) -> Fit:
        facts = self.known.measures.get(node.name)
        if facts is None:
            labels = {name: one.label for name, one in self.known.measures.items()}
            raise UnknownMeasure(node.start, node.end, name=node.name, likely=likely(node.name, labels))
        if facts.grain is Grain.COUNTY:
            if self.is_inside:
                raise NotByRow(node.start, node.end, name=node.name)
            if node.stages:
                raise NoStages(node.start, node.end, name=node.name)
        elif facts.combine is Combine.NONE and not self.is_inside:
            raise NotAdditive(node.start, node.end, name=node.name)
        return Fit(node, Unit.parse(facts.unit))

    def indicator(self, node: Indicator) -> Fit:
        facts = self.known.indicators.get(node.code)
        if facts is None:
            labels = {code: one.label for code, one in self.known.indicators.items()}
            raise UnknownIndicator(node.start, node.end, name=node.code, likely=likely(node.code, labels))
        if facts.formula is None and self.is_inside:
            raise NotByRow(node.start, node.end, name=f"@{node.code}")
        broken = self.known.broken.get((node.code, self.is_inside))
        if broken is not None:
            raise BrokenIndicator(node.start, node.end, **broken.values)
        return Fit(node, Unit.parse(facts.unit))

    def chain(self, node: Chain) -> Fit:
        fits = [self.fit(part) for part in node.parts]
        if node.level is Level.PRODUCT:
            return self.product(node, fits)
        if node.level <= Level.AND:
            return Fit(replace(node, parts=tuple(fit.plan for fit in fits)))
        plans, first = aligned(fits)
        return replace(first, plan=replace(node, parts=plans))

    def product(self, node: Chain, fits: list[Fit]) -> Fit:
        unit = fits[0].unit
        for sign, fit in zip(node.signs, fits[1:], strict=True):
            if sign == "/" and Constant().number(fit.plan) == 0:
                raise DividesByZero(fit.plan.start, fit.plan.end)
            unit = unit.joined(sign, fit.unit)
        plan = replace(node, parts=tuple(fit.plan for fit in fits))
        # A product of numbers is a number, but a quotient of counts is a share.
        return Fit(plan, unit, is_bare=all(fit.is_bare for fit in fits) and Constant().number(plan) is not None)

    def call(self, node: Call) -> Fit:
        """Of numbers or another period: in the unit of its parts."""
        plans, first = aligned([self.fit(part) for part in node.parts])
        return replace(first, plan=replace(node, parts=plans))

    def aggregate(self, node: Call) -> Fit:
        if self.is_inside:
            raise NestedAggregate(node.start, node.end, function=node.function)
        fits = [replace(self, is_inside=True).fit(part) for part in node.parts]
        plan = replace(node, parts=tuple(fit.plan for fit in fits))
        self.ask_for_rows(plan)
        if node.function is Function.COUNT:
            return Fit(plan, is_bare=True)
        if node.function is Function.SHARE:
            return Fit(plan)
        if node.function is Function.CV:
            return Fit(replace(plan, unit=fits[0].unit.joined("/", fits[1].unit).label))
        return Fit(replace(plan, unit=fits[0].unit.label), fits[0].unit)

    def ask_for_rows(self, plan: Call) -> None:
        found = uses(plan.parts, "", self.known.plans, lambda _function, _period: "")
        if not found:
            raise NothingToCount(plan.start, plan.end, function=plan.function)
        if not frozenset(Stage).intersection(*(one.stages or Stage for one in found)):
            raise StagesApart(plan.start, plan.end, function=plan.function)
