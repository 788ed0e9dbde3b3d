"""Makes what is counted in one unit stand beside what is counted in another, or says that it cannot."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from xietong.areas.indicators.rules.formula.arithmetic import Constant
from xietong.areas.indicators.rules.formula.errors import AmbiguousNumber, UnitMismatch
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
from xietong.areas.indicators.rules.formula.units import PURE, Unit


@dataclass(frozen=True, slots=True)
class Fit:
    """A plan and its unit. A bare one, of numbers or counts only, takes the unit of what it stands beside."""

    plan: Expression
    unit: Unit = PURE
    is_bare: bool = False


def aligned(fits: Sequence[Fit]) -> tuple[tuple[Expression, ...], Fit]:
    """The plans in the unit of the first that is not bare, and a fit of them all but for its plan."""
    first = next((fit for fit in fits if not fit.is_bare), fits[0])
    if first.is_bare:
        return tuple(fit.plan for fit in fits), first
    return tuple(fitted(fit, first.unit) for fit in fits), first


def fitted(fit: Fit, unit: Unit) -> Expression:
    """This function will convert a plan to a unit. Raises UnitMismatch and AmbiguousNumber."""
    plan = fit.plan
    if fit.is_bare:
        if not unit.dimension and unit.exponent and Constant().number(plan) != 0:
            raise AmbiguousNumber(plan.start, plan.end, unit=unit.label)
        return labelled(plan, unit.label)
    if fit.unit.dimension != unit.dimension:
        raise UnitMismatch(plan.start, plan.end, found=fit.unit.label, wanted=unit.label)
    exponent = fit.unit.exponent - unit.exponent
    return Scaled((plan,), exponent, start=plan.start, end=plan.end) if exponent else plan


def labelled(node: Expression, label: str) -> Expression:
    """A bare plan whose numbers say in which unit they are read; what is counted needs no such word."""
    if isinstance(node, Number):
        return replace(node, unit=label)
    if isinstance(node, Prefix) or (isinstance(node, Chain) and node.level is Level.PRODUCT):
        first, *others = node.parts
        return replace(node, parts=(labelled(first, label), *others))
    if isinstance(node, Chain) or (isinstance(node, Call) and node.function is not Function.COUNT):
        return replace(node, parts=tuple(labelled(part, label) for part in node.parts))
    return node
