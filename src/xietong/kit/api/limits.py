"""How often a token may ask. Counted in the database cache, which every process shares."""

from datetime import datetime

from django.conf import settings
from django.core.cache import cache

MINUTE = 60


def spend(token_id: int, stamp: datetime) -> int:
    """This function will count one request of a token; the seconds to wait if its minute is used up, else 0.

    Two requests at the same instant may count as one: the limit keeps a loop in check and is no quota.
    """
    seconds = int(stamp.timestamp())
    minute, key = seconds // MINUTE, f"api.spent.{token_id}"
    counted_in, spent = cache.get(key, (minute, 0))
    spent = spent + 1 if counted_in == minute else 1
    if spent > settings.API_PER_MINUTE:
        return MINUTE - seconds % MINUTE
    cache.set(key, (minute, spent), timeout=2 * MINUTE)
    return 0
