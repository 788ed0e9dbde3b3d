"""Single values: which of them count, how they are printed, and what a row keeps of how one came about."""

from decimal import Decimal
from typing import Any

from xietong.areas.indicators.models import Indicator, Reading, Reported
from xietong.areas.indicators.rules.formula import Outcome, Reason
from xietong.kit.marking import gettext_noop
from xietong.kit.words import for_the_record, said

UNDEFINED = {
    Reason.ZERO: gettext_noop("“%(part)s”为零，不能做分母"),
    Reason.EMPTY: gettext_noop("“%(part)s”没有任何数据"),
    Reason.SEVERAL: gettext_noop("“%(part)s”有几个不能相加的数"),
    Reason.NO_PERIOD: gettext_noop("“%(part)s”没有上一周期或基线"),
    Reason.TOO_LARGE: gettext_noop("“%(part)s”的数值过大"),
}


def counting(reading: Reading | None) -> Decimal | None:
    """The value that counts: not one that waits to be verified or was sent back."""
    return reading.value if reading and reading.state in Reading.COUNTS else None


def counted(reading: Reading | None) -> float | None:
    return number(counting(reading))


def number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def is_upward(row: Indicator | Reported) -> bool:
    return row.direction == Indicator.Direction.UP


def rounded_as(row: Indicator, value: Decimal) -> Decimal:
    """A value with the decimals of its indicator."""
    return value.quantize(Decimal(1).scaleb(-row.decimals))


def plain(row: Indicator, value: Decimal | float | None) -> str:
    return "—" if value is None else f"{value:.{row.decimals}f}"


def with_unit(row: Indicator, value: float | Decimal | None) -> str:
    """The same with its unit: 12.5 %, and a pure number alone."""
    return f"{plain(row, value)} {row.unit_word}".rstrip()


def inputs_as_data(outcome: Outcome) -> list[Any]:
    """What went in, as a row keeps it: name, period, stages, total, number of rows."""
    return [
        [one.name, one.period, [str(stage) for stage in one.stages], one.total, len(one.rows)]
        for one in outcome.inputs
    ]


def missing_as_data(outcome: Outcome) -> list[Any]:
    return [[one.name, one.period, list(one.unit) if one.unit else None] for one in outcome.missing]


def undefined_in_words(outcome: Outcome) -> str:
    """Why there is no value, in the language of the records."""
    if outcome.value is not None or not outcome.undefined:
        return ""
    first = outcome.undefined[0]
    with for_the_record():
        return said(UNDEFINED[first.reason], {"part": first.part})[:300]
