"""The two clocks.

Business time dates what people do (filings, deadlines, terms); in a demonstration it stands still.
Machine time dates what the computer does (sessions, leases, audit stamps) and is never moved.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from xietong.kit.clock.models import FrozenClock

SHANGHAI = ZoneInfo("Asia/Shanghai")


def machine_now() -> datetime:
    return timezone.now()


def frozen_at() -> datetime | None:
    """When business time stands still; None in a real database."""
    return FrozenClock.objects.filter(pk=1).values_list("business_now", flat=True).first()


def business_now() -> datetime:
    return frozen_at() or timezone.now()


def day_of(moment: datetime) -> date:
    """The calendar day of a moment in Shanghai: deadlines are dates there."""
    return moment.astimezone(SHANGHAI).date()
