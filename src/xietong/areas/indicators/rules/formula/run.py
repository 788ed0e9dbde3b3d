"""What is kept while a formula is evaluated: figures read once, and what there is to tell of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from xietong.areas.indicators.rules.formula.facts import Checked
from xietong.areas.indicators.rules.formula.naming import Use
from xietong.areas.indicators.rules.formula.nodes import Function
from xietong.areas.indicators.rules.formula.outcomes import Data, Input, Missing, Tally, Undefined, UnitKey, Value

Read = tuple[dict[UnitKey, Decimal], frozenset[UnitKey]]


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows of a measure in some stages, and the units that lack one.

    `is_known` where there is or should be any row, be it of another stage: then no row in these stages means none.
    """

    rows: Mapping[UnitKey, Decimal]
    missing: frozenset[UnitKey]
    is_known: bool

    @property
    def reach(self) -> frozenset[UnitKey]:
        """The units that have a row or should have one."""
        return self.missing.union(self.rows)


@dataclass(slots=True)
class Run:
    checked: Checked
    data: Data
    read: dict[tuple[str, str], Read] = field(default_factory=dict)
    selections: dict[Use, Selection] = field(default_factory=dict)
    values: dict[tuple[str, str, UnitKey | None], Decimal | None] = field(default_factory=dict)
    missing: dict[Missing, None] = field(default_factory=dict)
    undefined: dict[Undefined, None] = field(default_factory=dict)
    inputs: dict[Input, None] = field(default_factory=dict)
    tallies: dict[Tally, None] = field(default_factory=dict)

    def select(self, use: Use) -> Selection:
        if use not in self.selections:
            rows, missing = self.figures(use.measure, use.period)
            stages = use.stages or frozenset(key[1] for key in (*rows, *missing))
            self.selections[use] = Selection(
                {key: value for key, value in rows.items() if key[1] in stages},
                frozenset(key for key in missing if key[1] in stages),
                bool(rows or missing),
            )
        return self.selections[use]

    def figures(self, measure: str, period: str) -> Read:
        if (measure, period) not in self.read:
            found = {key: decimal(value) for key, value in self.data.rows(measure, period).items()}
            rows = {key: value for key, value in found.items() if value.is_finite()}
            expected = frozenset(self.data.expected(measure, period)).union(found)
            self.read[measure, period] = rows, expected.difference(rows)
        return self.read[measure, period]

    def shifted(self, function: Function, period: str) -> str:
        """The period to which a function leads; empty if there is none."""
        if not period:
            return ""
        return (self.data.baseline() if function is Function.BASELINE else self.data.before(period)) or ""

    def note(self, use: Use, total: Decimal | None, rows: Iterable[UnitKey], missing: Iterable[UnitKey]) -> None:
        lacking = tuple(sorted(missing))
        self.missing.update((Missing(use.measure, use.period, key), None) for key in lacking)
        self.inputs[Input(use.measure, use.period, use.stages, shown(total), tuple(sorted(rows)), lacking)] = None


def decimal(value: Value) -> Decimal:
    """As it is written, not as the machine keeps it: 0.1 is a tenth. Infinite beyond the context."""
    return +Decimal(str(value))


def shown(value: Decimal | None) -> float | None:
    return float(value) if value is not None and value.is_finite() else None
