"""Carrying deliveries out: marked as being sent, sent outside of any transaction, and the outcome written down.

Nobody can make "sent" and "written down" one. A delivery is marked before it leaves, and a mark that is
found later, without an outcome, is shown as uncertain and not sent again: everything in it lies in the
inbox anyway, and a person may send it again at a click.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop

from xietong.kit.clock.time import machine_now
from xietong.kit.keys.errors import KeyringError
from xietong.kit.notices.channels.outcome import Batch, End, Outcome
from xietong.kit.notices.hours import LONGEST_PAUSE, PATIENCE, after_quiet, is_quiet, pause
from xietong.kit.notices.models import Channel, Delivery
from xietong.kit.notices.ways import carrier_of, missing, per_minute
from xietong.kit.notices.wording import batch_of

logger = logging.getLogger(__name__)
State = Delivery.State
# Longer than any attempt lasts.
LOST_AFTER = timedelta(minutes=10)
# A clock that was set back leaves times to come; nothing rests or is bundled for longer than this.
AHEAD = timedelta(minutes=5)
MINUTE = timedelta(minutes=1)

NEEDLESS = gettext_noop("不需要了：已在平台上看过，或已关闭提醒、撤下邮箱。")
SWITCHED_OFF = gettext_noop("渠道已关闭。")
GIVEN_UP = gettext_noop("连续三天没有发出，已停止重试。")
LOST = gettext_noop("发送时程序中断，不知道是否已经送达，没有重发。")
INCOMPLETE = gettext_noop("渠道还没有设置完整。")
NO_KEY = gettext_noop("密码或密钥无法解开，请在消息渠道里重新设置。")


def settle(now: datetime) -> None:
    """This function will end what a dead worker left, what nobody waits for any more and what took too long."""
    lost = Q(sending_at__lt=now - LOST_AFTER) | Q(sending_at__gt=now + AHEAD)
    Delivery.objects.filter(lost, state=State.SENDING).update(state=State.UNCERTAIN, ended_at=now, error=LOST)
    waiting = Delivery.objects.filter(state=State.WAITING)
    off = waiting.filter(is_test=False, channel__is_on=False)
    off.update(state=State.DROPPED, ended_at=now, error=SWITCHED_OFF, error_values={})
    old = waiting.filter(give_up_at__lte=now)
    old.filter(error="").update(error=GIVEN_UP, error_values={})
    old.update(state=State.FAILED, ended_at=now)
    after_set_back(waiting, now)


def after_set_back(waiting: QuerySet[Delivery], now: datetime) -> None:
    """What a fast clock dated, before it was set back, is due now."""
    waiting.filter(created_at__gt=now + AHEAD).update(created_at=now, due_at=now, give_up_at=now + PATIENCE)
    Channel.objects.filter(rest_until__gt=now + LONGEST_PAUSE + AHEAD).update(rest_until=None)


def claim(now: datetime) -> Delivery | None:
    """This function will mark the next delivery as being sent, and return it; None if nothing may leave now."""
    due = Delivery.objects.filter(channel=OuterRef("pk"), state=State.WAITING, due_at__lte=now)
    # In any order, so that no county waits behind the long queue of another.
    keys = Channel.objects.filter(Exists(due)).order_by("?").values_list("pk", flat=True)
    return next((row for pk in keys if (row := claim_in(pk, now))), None)


def claim_in(channel_pk: int, now: datetime) -> Delivery | None:
    """The channel's row is held, so that two workers do not take more than its server bears."""
    with transaction.atomic():
        channel = Channel.objects.select_for_update(skip_locked=True).filter(pk=channel_pk).first()
        if channel is None or is_full(channel, now):
            return None
        rows = channel.deliveries.filter(state=State.WAITING, due_at__lte=now)
        if channel.rests(now) or is_quiet(now, channel.quiet_from, channel.quiet_to):
            rows = rows.filter(is_test=True)
        row = rows.select_for_update().order_by("-is_test", "due_at", "pk").first()
        if row:
            row.state, row.attempts, row.sending_at = State.SENDING, row.attempts + 1, now
            row.save(update_fields=["state", "attempts", "sending_at"])
    return row


def is_full(channel: Channel, now: datetime) -> bool:
    most = per_minute(channel)
    lately = channel.deliveries.filter(sending_at__gt=now - MINUTE, sending_at__lt=now + AHEAD)
    return most is not None and lately.count() >= most


def carry_out(pk: int, attempt: int) -> None:
    """This function will send a claimed delivery, and write down at once how it ended.

    It writes outside of the job's batches, because what has left has left, whoever holds the job by then.
    """
    row = Delivery.objects.select_related("channel").get(pk=pk)
    batch = batch_of(row)
    outcome = attempted(row, batch)
    write_down(pk, attempt, outcome, count=batch.count if batch else row.count, now=machine_now())


def attempted(row: Delivery, batch: Batch | None) -> Outcome:
    if missing(row.channel):
        return Outcome(End.LATER, INCOMPLETE, whole_channel=True)
    if batch is None:
        return Outcome(End.NEEDLESS, NEEDLESS)
    try:
        carrier = carrier_of(row.channel)
    except KeyringError:
        return Outcome(End.LATER, NO_KEY, whole_channel=True)
    return carrier.send(batch)


def write_down(pk: int, attempt: int, outcome: Outcome, *, count: int, now: datetime) -> None:
    """Whoever was given up as uncertain meanwhile is certain now; whoever was sent again is another's."""
    with transaction.atomic():
        channel = Channel.objects.select_for_update().get(deliveries=pk)
        mine = Delivery.objects.select_for_update().filter(
            pk=pk, attempts=attempt, state__in=(State.SENDING, State.UNCERTAIN)
        )
        row = mine.first()
        if row is None:
            logger.warning("the outcome of a delivery came too late", extra={"delivery": pk})
            return
        tell_channel(channel, outcome, now)
        row.error, row.error_values = outcome.words, dict(outcome.values)
        if outcome.end == End.LATER and not row.is_test:
            put_off(row, channel, outcome, now)
        else:
            row.state, row.count, row.ended_at = ENDS[outcome.end], count, now
        row.save()


ENDS = {
    End.SENT: State.SENT,
    End.LATER: State.FAILED,  # a test, which is answered at once
    End.NEVER: State.FAILED,
    End.UNSURE: State.UNCERTAIN,
    End.NEEDLESS: State.DROPPED,
}


def tell_channel(channel: Channel, outcome: Outcome, now: datetime) -> None:
    """A server that is away rests for longer each time, with all that waits; one that took something is well."""
    rows = Channel.objects.filter(pk=channel.pk)
    if outcome.end == End.SENT:
        rows.update(failures=0, rest_until=None, error="", error_values={})
    elif outcome.whole_channel or outcome.end == End.UNSURE:
        rest = outcome.retry_after or pause(channel.failures + 1)
        rows.update(
            failures=F("failures") + 1,
            rest_until=now + rest,
            error=outcome.words,
            error_values=dict(outcome.values),
        )


def put_off(row: Delivery, channel: Channel, outcome: Outcome, now: datetime) -> None:
    """Back to what waits; what came for the same recipient meanwhile is taken along."""
    rest = timedelta(0) if outcome.whole_channel else pause(row.attempts)
    row.due_at = after_quiet(now + rest, channel.quiet_from, channel.quiet_to)
    take_along(row)
    row.state, row.ended_at = State.WAITING, None


def take_along(row: Delivery) -> None:
    others = Delivery.objects.select_for_update().filter(
        channel_id=row.channel_id, account_id=row.account_id, state=State.WAITING, is_test=False
    )
    for other in others.exclude(pk=row.pk):
        row.notice_ids = [*row.notice_ids, *other.notice_ids]
        row.count, row.give_up_at = len(row.notice_ids), max(row.give_up_at, other.give_up_at)
        other.delete()
