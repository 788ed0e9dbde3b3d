"""What must be known of measures and indicators before a formula over them can be checked, and what a check gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from xietong.areas.indicators.rules.formula.nodes import Expression


class Grain(StrEnum):
    """Of what a measure has a row for each period: each stage of each school, or the county."""

    SCHOOL = "school"
    COUNTY = "county"


class Combine(StrEnum):
    """How rows make the figure of a larger whole."""

    SUM = "sum"
    MAX = "max"
    MIN = "min"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    label: str
    unit: str
    grain: Grain = Grain.SCHOOL
    combine: Combine = Combine.SUM


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """`formula` is None for an indicator whose values somebody enters for the whole county."""

    label: str
    unit: str
    formula: Expression | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A formula that means something in its unit.

    `plan` is the formula with units converted where they meet, `plans` those of the indicators that it refers to,
    directly or not. `measures` and `indicators` are the facts of what is named in any of them.
    """

    expression: Expression
    unit: str
    plan: Expression
    plans: Mapping[str, Expression]
    measures: Mapping[str, MeasureFacts]
    indicators: Mapping[str, IndicatorFacts]
