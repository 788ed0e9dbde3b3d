"""Throwing away uploads that nobody finished or attached in time, and what a killed process left behind."""

from datetime import datetime

from django.db import transaction

from xietong.kit.files import storage
from xietong.kit.files.limits import OPEN_FOR
from xietong.kit.files.models import Upload
from xietong.kit.files.uploading import remove


def prune(now: datetime) -> int:
    """This function will remove expired uploads with their bytes and count them; `now` is machine time."""
    removed = sum(prune_one(pk, now) for pk in expired(now))
    sweep(now)
    return removed


def expired(now: datetime) -> list[str]:
    rows = Upload.objects.filter(expires_at__lte=now).order_by("expires_at")
    return list(rows.values_list("pk", flat=True))


def prune_one(pk: str, now: datetime) -> bool:
    """Each in a transaction of its own, so that none of them is long."""
    with transaction.atomic():
        upload = Upload.objects.select_for_update().filter(pk=pk, expires_at__lte=now).first()
        if upload is None:
            return False
        remove(upload)
    storage.discard_part(pk)
    return True


def sweep(now: datetime) -> None:
    """This function will remove unfinished files that have lain for a day and belong to no upload."""
    stale = storage.unfinished_before(now - OPEN_FOR)
    known = set(Upload.objects.filter(pk__in=[path.stem for path in stale]).values_list("pk", flat=True))
    for path in stale:
        if path.stem not in known:
            path.unlink(missing_ok=True)
