"""Exact numbers and what is said of them: whether a limit holds, how a number is shown, when that misleads."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor

# No floats: 0.1 of a square metre must not decide on a school.
Number = int | Decimal | Fraction

HALF = Fraction(1, 2)
HUNDRED = 100


class Comparator(StrEnum):
    AT_LEAST = ">="
    AT_MOST = "<="
    BELOW = "<"


class State(StrEnum):
    """What became of something that is asked for. EMPTY: there is nothing that it could be asked of."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_REPORTED = "not_reported"
    EMPTY = "empty"


def overall(states: Iterable[State]) -> State:
    """All or nothing; what is not met weighs more than what is not known."""
    found = set(states)
    worst = (State.NOT_MET, State.NOT_REPORTED, State.MET)
    return next((one for one in worst if one in found), State.EMPTY)


def excess(value: Fraction, comparator: Comparator, limit: Fraction) -> Fraction:
    """How far a value is on the wrong side of its limit."""
    return limit - value if comparator is Comparator.AT_LEAST else value - limit


def holds(value: Fraction, comparator: Comparator, limit: Fraction) -> bool:
    over = excess(value, comparator, limit)
    return over < 0 if comparator is Comparator.BELOW else over <= 0


def rounded(value: Fraction, places: int) -> Decimal:
    """Half up (四舍五入), as the figure is printed."""
    return Decimal(floor(value * 10**places + HALF)).scaleb(-places)


def is_borderline(value: Fraction, comparator: Comparator, limit: Fraction, places: int) -> bool:
    """临界: whether somebody who sees only the printed figure would judge otherwise; whole ones are printed whole."""
    if value.denominator == 1:
        return False
    return holds(value, comparator, limit) != holds(Fraction(rounded(value, places)), comparator, limit)


def total(*parts: Number | None) -> Fraction | None:
    """The sum; None if a part was not reported, which is not the same as 0."""
    known = [Fraction(part) for part in parts if part is not None]
    return sum(known, Fraction(0)) if len(known) == len(parts) else None


def less(whole: Number | None, *parts: Number | None) -> Fraction | None:
    taken = total(*parts)
    return None if whole is None or taken is None else Fraction(whole) - taken


def quotient(part: Number | None, whole: Number | None, *, per: int = 1) -> Fraction | None:
    """So many of each `per`; None if a side was not reported, or there is nothing to divide by."""
    return None if part is None or whole is None or whole <= 0 else Fraction(part) * per / Fraction(whole)
