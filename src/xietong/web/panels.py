"""What the site itself puts on the workbench: words that wait for an answer, papers that wait for a signature."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.kit.access.permissions import visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals.queries import waiting
from xietong.kit.clock.time import machine_now
from xietong.kit.notices.channel_queries import failed_lately
from xietong.kit.notices.models import Channel
from xietong.kit.pages.panels import Todo
from xietong.web import queries
from xietong.web.access import ANSWER_FEEDBACK, RESCUE_APPROVAL, SEND_AGAIN
from xietong.web.tables import shortened

MOST = 30


def feedback(actor: Actor, _today: date) -> Iterator[Todo]:
    if not ANSWER_FEEDBACK.held_by(actor):
        return
    for row in queries.received_feedback(actor).filter(answered_at=None).order_by("at", "pk")[:MOST]:
        yield Todo(
            label=_("待答复"),
            tone="orange",
            title=shortened(row.text),
            url=reverse("feedback_received_one", args=[row.pk]),
            org=row.author or _("匿名"),
            since=row.at,
        )


def approvals(actor: Actor, _today: date) -> Iterator[Todo]:
    for stage in waiting(actor)[:MOST]:
        yield Todo(
            label=_("待审批"),
            tone="orange",
            title=f"{stage.approval.label}{_('：')}{stage.approval}",
            url=reverse("approval", args=[stage.approval_id]),
            org=stage.approval.starter,
            since=stage.opened_at,
        )


def stuck(actor: Actor, today: date) -> Iterator[Todo]:
    """Approvals that stand still because nobody can answer their step."""
    if not RESCUE_APPROVAL.held_by(actor):
        return
    for stage in queries.stuck_stages(actor, today)[:MOST]:
        yield Todo(
            label=_("审批无人办理"),
            tone="red",
            title=f"{stage.approval.label}{_('：')}{stage.approval}",
            url=reverse("approval", args=[stage.approval_id]),
            org=stage.said,
            since=stage.opened_at,
        )


def channels(actor: Actor, _today: date) -> Iterator[Todo]:
    """What could not be sent in the last days, until it is old news."""
    if not SEND_AGAIN.held_by(actor):
        return
    for kind, n, at in failed_lately(visible(actor, SEND_AGAIN), machine_now()):
        yield Todo(
            label=_("没有送达"),
            tone="red",
            title=_("%(channel)s：%(n)d 次发送失败或不确定") % {"channel": Channel.Kind(kind).label, "n": n},
            url=reverse("channels"),
            since=at,
        )
