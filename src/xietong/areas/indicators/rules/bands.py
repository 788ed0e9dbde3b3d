"""How a county's value is shown to those above it: in bands against what was aimed at, never as a rank."""

from dataclasses import dataclass
from enum import StrEnum

from xietong.areas.indicators.rules.lights import is_met


class Band(StrEnum):
    """A: met. B: nearly, as `Limits` say. C: well on the way. D: less. UNMEASURED: nothing to hold it against."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    UNMEASURED = "-"


@dataclass(frozen=True, slots=True)
class Limits:
    """The shares of what is wanted from which on a value stands in B and in C."""

    near: float
    halfway: float


def band(value: float | None, wanted: float | None, limits: Limits, *, upward: bool) -> Band:
    if value is None or wanted is None:
        return Band.UNMEASURED
    if is_met(value, wanted, upward=upward):
        return Band.A
    share = fulfilled(value, wanted, upward=upward)
    return Band.B if share >= limits.near else Band.C if share >= limits.halfway else Band.D


def fulfilled(value: float, wanted: float, *, upward: bool) -> float:
    """How much of what is wanted is there; where less is better, how little there is beside it."""
    part, whole = (value, wanted) if upward else (wanted, value)
    return part / whole if whole > 0 else 0.0
