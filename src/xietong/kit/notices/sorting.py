"""Which new notices go beyond the inbox: each is looked at once, and put to what waits for its recipient anyway."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from xietong.kit.accounts.models import Account
from xietong.kit.notices.hours import PATIENCE, after_quiet
from xietong.kit.notices.models import Channel, Delivery, Notice

BATCH = 500


def sort_some(now: datetime) -> int:
    """This function will sort the oldest unsorted notices and return how many they were; `now` is machine time."""
    with transaction.atomic():
        unsorted = Notice.objects.select_for_update(skip_locked=True).filter(is_sorted=False)
        rows = list(unsorted.order_by("pk")[:BATCH])
        counties = {row.county_id for row in rows if row.county_id}
        for channel in Channel.objects.filter(is_on=True, county_id__in=counties).order_by("pk"):
            put(channel, recipients(channel, [row for row in rows if row.county_id == channel.county_id]), now)
        Notice.objects.filter(pk__in=[row.pk for row in rows]).update(is_sorted=True)
    return len(rows)


def recipients(channel: Channel, rows: list[Notice]) -> dict[int | None, list[int]]:
    """Account → its notices for a channel; the group, which is no account, has those of the chosen kinds."""
    if not channel.is_mail:
        found = [row.pk for row in rows if row.kind in channel.kinds]
        return {None: found} if found else {}
    unread = [row for row in rows if row.read_at is None]
    wanting = those_who_want_mail(row.account_id for row in unread)
    by_account: dict[int | None, list[int]] = {}
    for row in unread:
        if row.account_id in wanting:
            by_account.setdefault(row.account_id, []).append(row.pk)
    return by_account


def those_who_want_mail(accounts: Iterable[int]) -> set[int]:
    rows = Account.objects.filter(pk__in=set(accounts), is_active=True, wants_mail=True).exclude(mail_address="")
    return set(rows.values_list("pk", flat=True))


def put(channel: Channel, by_account: dict[int | None, list[int]], now: datetime) -> None:
    """To what waits for the same recipient, which then lives as long as its newest notice; else to a new one."""
    waiting = {row.account_id: row for row in waiting_in(channel) if row.account_id in by_account}
    due_at = after_quiet(now + timedelta(minutes=channel.bundle_minutes), channel.quiet_from, channel.quiet_to)
    new = []
    for account_id, notices in by_account.items():
        row = waiting.get(account_id)
        if row is None:
            row = Delivery(channel=channel, county_id=channel.county_id, account_id=account_id, created_at=now)
            row.due_at = due_at
            new.append(row)
        row.notice_ids = [*row.notice_ids, *notices]
        row.count, row.give_up_at = len(row.notice_ids), due_at + PATIENCE
    Delivery.objects.bulk_create(new, batch_size=BATCH)
    Delivery.objects.bulk_update(waiting.values(), ["notice_ids", "count", "give_up_at"], batch_size=BATCH)


def waiting_in(channel: Channel) -> Iterable[Delivery]:
    rows = Delivery.objects.select_for_update(of=("self",))
    return rows.filter(channel=channel, state=Delivery.State.WAITING, is_test=False)
