"""What evaluating a formula asks for and what it gives, down to the rows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from xietong.areas.indicators.rules.formula.arithmetic import Reason
from xietong.areas.indicators.rules.formula.nodes import Stage

# A unit and the stage of it that a row is about; the stage is empty in the rows of a whole county.
UnitKey = tuple[int, str]
Value = float | Decimal


class Data(Protocol):
    """The figures of one scope: a county, a group of schools, a school or a stage of it.

    Periods are whatever their texts mean to the data: 2025-2026 or 2026-05. Values that are no finite number count
    as missing.
    """

    def rows(self, measure: str, period: str) -> Mapping[UnitKey, Value]:
        """The rows of a measure."""

    def expected(self, measure: str, period: str) -> Collection[UnitKey]:
        """The units that should have a row of it."""

    def entered(self, code: str, period: str) -> Value | None:
        """The value of an indicator without formula, in its unit."""

    def before(self, period: str) -> str | None:
        """The period before."""

    def baseline(self) -> str | None:
        """The period that is compared with."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A row that should be there, or the entered value of an indicator: then `name` is @CODE and there is no unit."""

    name: str
    period: str
    unit: UnitKey | None


@dataclass(frozen=True, slots=True)
class Undefined:
    """A part of a formula, as text, that has no value, in one row or (unit None) in the whole.

    zero: it is divided by, or weighs, and is not above zero. empty: it has no rows at all. several: its rows do not
    add up. no_period: there is no period before or no baseline. too_large: it is beyond all reason.
    """

    reason: Reason
    part: str
    period: str
    unit: UnitKey | None


@dataclass(frozen=True, slots=True)
class Input:
    """What went in: the total of a measure in its unit and the rows behind it, or an entered value (@CODE)."""

    name: str
    period: str
    stages: tuple[Stage, ...] = ()
    total: float | None = None
    rows: tuple[UnitKey, ...] = ()
    missing: tuple[UnitKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """An aggregate row by row: whether the condition holds there, or its value in `unit` (None beyond all reason)."""

    part: str
    period: str
    unit: str
    values: tuple[tuple[UnitKey, float | None], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The value in the unit of the indicator, and how it came about.

    A unit that lacks a measure is left out of the formula or aggregate that needs it, a row that is undefined out of
    the aggregate: the value is that over the others. It is None if there are none, or if the whole is undefined.
    """

    value: float | None
    missing: tuple[Missing, ...] = ()
    undefined: tuple[Undefined, ...] = ()
    inputs: tuple[Input, ...] = ()
    tallies: tuple[Tally, ...] = ()
