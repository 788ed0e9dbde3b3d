"""Throwing away the log of what was sent."""

from datetime import datetime, timedelta

from xietong.kit.notices.models import Delivery

KEEP = timedelta(days=90)
BATCH = 500


def prune_some(now: datetime) -> int:
    """This function will remove some deliveries that ended long ago and count them; `now` is machine time."""
    old = Delivery.objects.filter(ended_at__lt=now - KEEP).order_by("ended_at")[:BATCH]
    return Delivery.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()[0]
