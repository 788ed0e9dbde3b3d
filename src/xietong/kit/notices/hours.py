"""When something leaves: bundling, quiet hours in Shanghai, and how long to wait after a failure. No database."""

from datetime import datetime, time, timedelta

from xietong.kit.clock.time import SHANGHAI

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
DOUBLINGS = 6
# Longer than a weekend: what was told on a Friday evening survives a server that is put right on Monday.
PATIENCE = timedelta(hours=72)


def is_quiet(moment: datetime, begins: time | None, ends: time | None) -> bool:
    """Whether a moment lies in the quiet hours, which may go over midnight; the end itself is not quiet."""
    if begins is None or ends is None or begins == ends:
        return False
    at = moment.astimezone(SHANGHAI).time()
    return begins <= at < ends if begins < ends else at >= begins or at < ends


def after_quiet(moment: datetime, begins: time | None, ends: time | None) -> datetime:
    """The moment itself, or the end of the quiet hours that it lies in."""
    if ends is None or not is_quiet(moment, begins, ends):
        return moment
    here = moment.astimezone(SHANGHAI)
    day = here.date() if here.time() < ends else here.date() + timedelta(days=1)
    return datetime.combine(day, ends, SHANGHAI)


def pause(failures: int) -> timedelta:
    """Twice as long after each failure, from a minute to an hour."""
    doubled: int = 2 ** min(max(failures - 1, 0), DOUBLINGS)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE)
