"""From which school year on a building serves."""

from datetime import date

FIRST_DAY = (9, 1)


def first_year(ready_on: date) -> int:
    """The school year that begins with the building there: one that is ready later in September misses it."""
    return ready_on.year if (ready_on.month, ready_on.day) <= FIRST_DAY else ready_on.year + 1
