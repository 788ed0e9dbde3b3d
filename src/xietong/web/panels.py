"""What the site itself puts on the workbench: words that wait for an answer, papers that wait for a signature."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals.queries import waiting
from xietong.kit.pages.panels import Todo
from xietong.web import queries
from xietong.web.access import ANSWER_FEEDBACK
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
