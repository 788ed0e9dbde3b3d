"""The arithmetic of a plan, in decimals: what people enter adds up exactly, and a limit is met or missed exactly."""

import operator
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from decimal import Context, Decimal
from enum import StrEnum

from xietong.areas.indicators.rules.formula.nodes import (
    Call,
    Chain,
    Expression,
    Function,
    Level,
    Number,
    Prefix,
    Scaled,
)

# Beyond 10**300, which still is a double, a value becomes infinite instead of an exception.
EXACT = Context(prec=34, Emax=300, traps=[])
JOIN: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
COMPARE: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}
OF_NUMBERS: Mapping[Function, Callable[[list[Decimal]], Decimal]] = {
    Function.MIN: min,
    Function.MAX: max,
    Function.ABS: lambda values: abs(values[0]),
}


class Reason(StrEnum):
    """Why there is no value although nothing is missing."""

    ZERO = "zero"
    EMPTY = "empty"
    SEVERAL = "several"
    NO_PERIOD = "no_period"
    TOO_LARGE = "too_large"


class Arithmetic(ABC):
    """Works out a plan under the context EXACT. None stands for what has no value, and for whatever needs it."""

    @abstractmethod
    def leaf(self, node: Expression) -> Decimal | None:
        """The value of a measure, an indicator, an aggregate or another period."""

    @abstractmethod
    def fault(self, reason: Reason, node: Expression) -> Decimal | None:
        """Hears that a node has no value, or that it is a zero to be divided by; there is no value then."""

    def number(self, node: Expression) -> Decimal | None:
        value = self.worth(node)
        return value if value is None or value.is_finite() else self.fault(Reason.TOO_LARGE, node)

    def worth(self, node: Expression) -> Decimal | None:
        match node:
            case Number():
                return node.value.scaleb(-2) if node.is_percent else node.value
            case Chain():
                return self.chain(node)
            case Prefix(parts=(part,)):
                value = self.number(part)
                return None if value is None else -value
            case Scaled(parts=(part,)):
                value = self.number(part)
                return None if value is None else value.scaleb(node.exponent)
            case Call() if node.function in OF_NUMBERS:
                values = present([self.number(part) for part in node.parts])
                return None if values is None else OF_NUMBERS[node.function](values)
        return self.leaf(node)

    def chain(self, node: Chain) -> Decimal | None:
        """Every part is worked out even if one has no value, so that all that is missing is told at once."""
        found = [self.number(part) for part in node.parts]
        for sign, part, value in zip(node.signs, node.parts[1:], found[1:], strict=True):
            if sign == "/" and value == 0:
                return self.fault(Reason.ZERO, part)
        values = present(found)
        if values is None:
            return None
        total = values[0]
        for sign, value in zip(node.signs, values[1:], strict=True):
            total = JOIN[sign](total, value)
        return total

    def truth(self, node: Expression) -> bool | None:
        """Whether a condition holds; what stands behind a part that decides is not looked at."""
        if isinstance(node, Prefix):
            held = self.truth(node.parts[0])
            return None if held is None else not held
        assert isinstance(node, Chain)
        if node.level is not Level.COMPARISON:
            return self.several(node)
        values = present([self.number(part) for part in node.parts])
        return None if values is None else COMPARE[node.signs[0]](*values)

    def several(self, node: Chain) -> bool | None:
        decisive = node.level is Level.OR
        for part in node.parts:
            held = self.truth(part)
            if held is None or held is decisive:
                return held
        return not decisive


def present(values: list[Decimal | None]) -> list[Decimal] | None:
    """The values if all are there."""
    found = [value for value in values if value is not None]
    return found if len(found) == len(values) else None


class Constant(Arithmetic):
    """What a plan is worth that names nothing; None for one that does."""

    def leaf(self, node: Expression) -> None:
        return None

    def fault(self, reason: Reason, node: Expression) -> None:
        return None
