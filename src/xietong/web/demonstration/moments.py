"""When the demonstration plays."""

from datetime import date, datetime, time, timedelta
from random import Random

from xietong.kit.clock.time import SHANGHAI

NOW = datetime(2026, 5, 20, 10, 0, tzinfo=SHANGHAI)
TODAY = NOW.date()
# The last three days are played through the actions.
PLAY_BEGINS = datetime(2026, 5, 17, 18, tzinfo=SHANGHAI)
# Roles and posts began before anything was done in them.
EARLY = date(2024, 9, 1)
ISSUED_ON = date(2024, 11, 20)
# The tasks of each term were issued together, shortly after it began.
BATCHES = (ISSUED_ON, date(2025, 2, 24), date(2025, 9, 8), date(2026, 3, 9), date(2026, 5, 11))
LEAD_TIME = timedelta(days=60)
SATURDAY = 5


def issued_for(due_on: date) -> date:
    """The last batch that left a task enough time, else the first."""
    return max((day for day in BATCHES if day + LEAD_TIME <= due_on), default=BATCHES[0])


def office_hour(day: date, rng: Random) -> datetime:
    """A minute of office hours of a day, or of the Friday before if it is a weekend; never after now."""
    day -= timedelta(days=max(0, day.weekday() - SATURDAY + 1))
    moment = datetime.combine(day, time(rng.choice((8, 9, 10, 11, 14, 15, 16, 17)), rng.randrange(60)), SHANGHAI)
    return min(moment, NOW - timedelta(minutes=rng.randrange(5, 120)))
