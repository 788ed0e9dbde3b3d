"""What numbers of births cannot be taken as they stand."""

from collections.abc import Collection, Iterable
from statistics import median

ENOUGH = 2  # other years that a number is compared with


def is_absurd(births: int, others: Collection[int], times: float) -> bool:
    """Whether a number is so far above the usual one of its township that somebody has to say why."""
    return len(others) >= ENOUGH and births > times * median(others)


def missing_years(known: Iterable[int], until: int) -> list[int]:
    """The cohorts that are missing between the first that is known and the last that is needed."""
    held = set(known)
    return [year for year in range(min(held), until + 1) if year not in held] if held else []
