"""What the site itself puts on the workbench: words that wait for an answer."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.kit.accounts.actor import Actor
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
