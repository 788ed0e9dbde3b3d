"""Writes around deliveries: a test is asked for, and what ended badly is sent again."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.kit.accounts.actor import Actor
from xietong.kit.accounts.models import Account
from xietong.kit.audit.record import record
from xietong.kit.clock.time import frozen_at, machine_now
from xietong.kit.errors import Refused
from xietong.kit.jobs.enqueue import enqueue
from xietong.kit.notices.carrying import take_along
from xietong.kit.notices.hours import PATIENCE
from xietong.kit.notices.models import Delivery
from xietong.kit.notices.setting_up import Incomplete, channel_of
from xietong.kit.notices.ways import missing

State = Delivery.State
AGAIN = (State.FAILED, State.UNCERTAIN)


class NotInDemonstration(Refused):
    """A demonstration sends nothing."""


class NothingToSend(Refused):
    """There is nothing, or nobody, to send to."""


def ask_test(actor: Actor, *, county_id: int, kind: str, now: datetime) -> Delivery:
    """This function will have a test message sent: by mail to whoever asks, or to the group.

    Raises
        NotInDemonstration: a demonstration sends nothing.
        Incomplete: the channel is not set up.
        NothingToSend: whoever asks has no address, or a test is under way.
    """
    must_be_real()
    with transaction.atomic():
        row = channel_of(county_id, kind)
        if row.version == 0 or missing(row):
            raise Incomplete(_("渠道还没有设置完整，不能发送测试消息。"))
        account_id = actor.account_id if row.is_mail else None
        if row.is_mail and not Account.objects.filter(pk=account_id or 0).exclude(mail_address="").exists():
            raise NothingToSend(_("请先在“我的账号—邮件提醒”里填写自己的邮箱，测试邮件会发到那里。"))
        if row.deliveries.filter(is_test=True, state__in=(State.WAITING, State.SENDING)).exists():
            raise NothingToSend(_("上一条测试消息还在发送，请稍后看发送记录。"))
        at = machine_now()
        test = Delivery.objects.create(
            channel=row, county_id=county_id, account_id=account_id, is_test=True,
            created_at=at, due_at=at, give_up_at=at + PATIENCE,
        )  # fmt: skip
        record(actor, "notices.ask_test", row, now=now)
        enqueue("notices.deliver", key=f"notices.test:{test.pk}", payload={}, actor=actor, now=now)
    return test


def must_be_real() -> None:
    if frozen_at() is not None:
        raise NotInDemonstration(_("演示系统不向外发送任何消息。"))


def send_again(actor: Actor, rows: Iterable[Delivery], *, now: datetime) -> int:
    """This function will let what failed, or may have, wait to be sent anew, and return how many.

    Raises
        NotInDemonstration: a demonstration sends nothing.
        NothingToSend: none of the rows has failed, or their channel is off.
    """
    must_be_real()
    at = machine_now()
    with transaction.atomic():
        found = [row for one in rows if (row := ended_badly(one))]
        if not found:
            raise NothingToSend(_("选中的记录里没有可以再发的：只有渠道开着、状态为“失败”或“不确定”的可以再发。"))
        for row in found:
            before = row.state
            row.state, row.due_at, row.give_up_at, row.ended_at = State.WAITING, at, at + PATIENCE, None
            take_along(row)
            row.save()
            record(actor, "notices.send_again", row, now=now, changes={"state": (before, row.state)})
    return len(found)


def ended_badly(one: Delivery) -> Delivery | None:
    """The row, held, if it may be sent again."""
    rows = Delivery.objects.select_for_update(of=("self",))
    return rows.filter(pk=one.pk, state__in=AGAIN, is_test=False, channel__is_on=True).first()
