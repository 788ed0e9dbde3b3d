"""Where a value is going at its present pace, how sure that is, and how fast it would have to go.

A straight line through the values by least squares, with the interval in which eight in ten new values would lie if
they scatter as the old ones did. With two values there is a pace and no interval; with one there is nothing to say.
Source: any textbook of regression, for instance Draper and Smith, Applied Regression Analysis (3rd ed.), 1.4 and 3.1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

T90 = (
    3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372, 1.363, 1.356, 1.350, 1.345, 1.341,
    1.337, 1.333, 1.330, 1.328, 1.325, 1.323, 1.321, 1.319, 1.318, 1.316, 1.315, 1.314, 1.313, 1.311, 1.310,
)  # fmt: skip
"""The 90 % points of Student's t for 1 to 30 degrees of freedom; beyond them that of the normal is near enough."""
NORMAL90 = 1.282


@dataclass(frozen=True, slots=True)
class Forecast:
    """A value to come. `low` and `high` enclose eight in ten; they are None where two values tell of no scatter."""

    value: float
    pace: float
    low: float | None
    high: float | None


def forecast(points: Sequence[tuple[int, float]], at: int) -> Forecast | None:
    """The value at a place beyond `points` (place, value); None for fewer than two places."""
    if len({place for place, _ in points}) < 2:  # noqa: PLR2004
        return None
    n = len(points)
    middle, mean = fsum(x for x, _ in points) / n, fsum(y for _, y in points) / n
    spread = fsum((x - middle) ** 2 for x, _ in points)
    pace = fsum((x - middle) * (y - mean) for x, y in points) / spread
    value = mean + pace * (at - middle)
    free = n - 2
    if free < 1:
        return Forecast(value, pace, None, None)
    left = fsum((y - mean - pace * (x - middle)) ** 2 for x, y in points) / free
    reach = t90(free) * sqrt(left * (1 + 1 / n + (at - middle) ** 2 / spread))
    return Forecast(value, pace, value - reach, value + reach)


def t90(free: int) -> float:
    return T90[free - 1] if free <= len(T90) else NORMAL90


def needed_pace(last: tuple[int, float], at: int, target: float) -> float | None:
    """What each period would have to bring from the last value to the target; None once its time has come."""
    place, value = last
    return (target - value) / (at - place) if at > place else None
