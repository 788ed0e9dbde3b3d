"""Whether a value is where it should be."""

from enum import StrEnum


class Light(StrEnum):
    """亮灯. NONE: nothing is asked yet, or there is no value."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    NONE = "none"


def is_met(value: float, wanted: float, *, upward: bool) -> bool:
    return value >= wanted if upward else value <= wanted


def light(value: float | None, wanted: float | None, *, upward: bool, tolerance: float) -> Light:
    """Green where the target is met, yellow up to `tolerance` (a share of the target) short of it, else red."""
    if value is None or wanted is None:
        return Light.NONE
    if is_met(value, wanted, upward=upward):
        return Light.GREEN
    return Light.YELLOW if abs(value - wanted) <= tolerance * abs(wanted) else Light.RED
