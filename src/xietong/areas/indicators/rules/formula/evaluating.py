"""Evaluates a checked formula over the figures of a county, a group, a school or a stage.

The figures of each measure are first added up to that scope; only inside an aggregate each row counts by itself.
"""

from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

from xietong.areas.indicators.rules.formula.arithmetic import EXACT, Arithmetic, Reason, present
from xietong.areas.indicators.rules.formula.facts import Checked, Combine
from xietong.areas.indicators.rules.formula.naming import Use, uses
from xietong.areas.indicators.rules.formula.nodes import (
    CONDITIONAL,
    ROWS,
    SHIFTS,
    Call,
    Expression,
    Function,
    Indicator,
    Measure,
)
from xietong.areas.indicators.rules.formula.outcomes import (
    Data,
    Input,
    Missing,
    Outcome,
    Tally,
    Undefined,
    UnitKey,
)
from xietong.areas.indicators.rules.formula.reducing import COMBINE, REDUCE, Row, total
from xietong.areas.indicators.rules.formula.run import Run, Selection, decimal, shown
from xietong.areas.indicators.rules.formula.writing import written


def evaluate(checked: Checked, data: Data, period: str) -> Outcome:
    """This function will work out the value of a formula at a period, with all that it comes from."""
    with localcontext(EXACT):
        run = Run(checked, data)
        value = shown(Evaluation(run, period).formula(checked.plan))
    return Outcome(value, tuple(run.missing), tuple(run.undefined), tuple(run.inputs), tuple(run.tallies))


@dataclass(frozen=True, slots=True)
class Evaluation(Arithmetic):
    """Works out a plan at a period: of the whole scope but what is left out, or of the one row of `key`."""

    run: Run
    period: str
    key: UnitKey | None = None
    left_out: frozenset[UnitKey] = frozenset()

    def fault(self, reason: Reason, node: Expression) -> Decimal | None:
        self.run.undefined[Undefined(reason, written(node), self.period, self.key)] = None
        return None

    def formula(self, plan: Expression) -> Decimal | None:
        """The plan of one indicator: a unit that lacks a measure is left out of all, so that like meets like."""
        own = [use for use in uses((plan,), self.period, {}, self.run.shifted) if use.period]
        left_out = frozenset[UnitKey]().union(*(self.run.select(use).missing for use in own))
        return replace(self, left_out=left_out).number(plan)

    def leaf(self, node: Expression) -> Decimal | None:
        if isinstance(node, Measure):
            return self.measure(node)
        if isinstance(node, Indicator):
            return self.indicator(node)
        assert isinstance(node, Call)
        return self.elsewhen(node) if node.function in SHIFTS else self.aggregate(node)

    def measure(self, node: Measure) -> Decimal | None:
        use = Use(node.name, node.stages, self.period)
        found = self.run.select(use)
        if self.key is not None:
            return found.rows[self.key]
        rows = {key: value for key, value in found.rows.items() if key not in self.left_out}
        value = self.combined(node, found, list(rows.values()))
        self.run.note(use, value, rows, found.missing)
        return value

    def combined(self, node: Measure, found: Selection, values: list[Decimal]) -> Decimal | None:
        """What is added up is nought where a scope has no such stage, and unknown where nothing is known of it."""
        combine = self.run.checked.measures[node.name].combine
        if not values:
            return self.nothing(node, found.reach, is_nought=combine is Combine.SUM and found.is_known)
        if combine is not Combine.NONE:
            return COMBINE[combine](values)
        return values[0] if len(values) == 1 else self.fault(Reason.SEVERAL, node)

    def nothing(self, node: Expression, reach: frozenset[UnitKey], *, is_nought: bool) -> Decimal | None:
        if reach:
            return None
        return Decimal(0) if is_nought else self.fault(Reason.EMPTY, node)

    def indicator(self, node: Indicator) -> Decimal | None:
        place = node.code, self.period, self.key
        if place not in self.run.values:
            plan = self.run.checked.plans.get(node.code)
            self.run.values[place] = self.entered(node.code) if plan is None else self.referred(plan)
        return self.run.values[place]

    def referred(self, plan: Expression) -> Decimal | None:
        return self.formula(plan) if self.key is None else self.number(plan)

    def entered(self, code: str) -> Decimal | None:
        name = f"@{code}"
        found = self.run.data.entered(code, self.period)
        value = None if found is None else decimal(found)
        if value is None or not value.is_finite():
            self.run.missing[Missing(name, self.period, None)] = None
            return None
        self.run.inputs[Input(name, self.period, total=float(value))] = None
        return value

    def elsewhen(self, node: Call) -> Decimal | None:
        period = self.run.shifted(node.function, self.period)
        return replace(self, period=period).number(node.parts[0]) if period else self.fault(Reason.NO_PERIOD, node)

    def aggregate(self, node: Call) -> Decimal | None:
        """Over the rows that every measure in it has or should have; one that lacks a measure is left out."""
        found = uses(node.parts, self.period, self.run.checked.plans, self.run.shifted)
        if not all(use.period for use in found):
            return self.fault(Reason.NO_PERIOD, node)
        selections = {use: self.run.select(use) for use in found}
        reach = frozenset.intersection(*(one.reach for one in selections.values()))
        whole = sorted(reach.difference(*(one.missing for one in selections.values())))
        for use, one in selections.items():
            self.run.note(use, self.part_of(use, one, whole), whole, reach & one.missing)
        rows = {key: row for key in whole if (row := self.row(node, key)) is not None}
        self.tally(node, rows)
        if rows:
            return self.reduced(node, list(rows.values()))
        is_sum = node.function in {Function.COUNT, Function.SUM}
        is_known = all(one.is_known for one in selections.values())
        return self.nothing(node, reach, is_nought=is_sum and is_known)

    def part_of(self, use: Use, found: Selection, whole: list[UnitKey]) -> Decimal | None:
        combine = COMBINE.get(self.run.checked.measures[use.measure].combine)
        return combine([found.rows[key] for key in whole]) if combine and whole else None

    def row(self, node: Call, key: UnitKey) -> Row | None:
        here = replace(self, key=key)
        if node.function in CONDITIONAL:
            held = here.truth(node.parts[0])
            return None if held is None else (Decimal(held),)
        if not all(here.truth(part) for part in node.parts[ROWS:]):
            return None
        values = present([here.number(part) for part in node.parts[:ROWS]])
        if values is None:
            return None
        if node.function is Function.CV and values[1] <= 0:
            here.fault(Reason.ZERO, node.parts[1])
            return None
        return tuple(values)

    def tally(self, node: Call, rows: dict[UnitKey, Row]) -> None:
        shares = {key: row[0] / row[1] if node.function is Function.CV else row[0] for key, row in rows.items()}
        values = tuple((key, shown(value)) for key, value in shares.items())
        self.run.tallies[Tally(written(node), self.period, node.unit, values)] = None

    def reduced(self, node: Call, rows: list[Row]) -> Decimal | None:
        if node.function is Function.CV and total(rows) == 0:
            return self.fault(Reason.ZERO, node.parts[0])
        return REDUCE[node.function](rows)
