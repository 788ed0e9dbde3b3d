"""Round numbers for an axis."""

import math

STEPS = (1, 2, 5, 10)


def ticks(values: list[float], *, most: int = 6, decimals: int = 0) -> list[float]:
    """The marks of an axis from zero (or below it) to at least the largest value, by steps of 1, 2 or 5."""
    low, high = min([0.0, *values]), max([0.0, *values])
    if low == high:
        high = 1.0
    step = stepped(max((high - low) / (most - 1), float(10**-decimals)))
    # A value so small that its share of a step is lost still lies below zero, or above.
    first = min(math.floor(low / step), -1 if low < 0 else 0)
    last = max(math.ceil(high / step - 1e-9), 1 if high > 0 else 0)
    return [round(place * step, 9) for place in range(first, max(last, first + 1) + 1)]


def stepped(least: float) -> float:
    """The smallest of 1, 2, 5, 10, 20, … that is not less."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in STEPS if step * power >= least * (1 - 1e-9))
