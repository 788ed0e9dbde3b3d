"""What this area puts on the workbench: the transfers that wait for an answer."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.people import access, queries
from xietong.kit.accounts.actor import Actor
from xietong.kit.pages.panels import Todo


def todos(actor: Actor, _today: date) -> Iterator[Todo]:
    if not access.ANSWER_TRANSFER.held_by(actor):
        return
    for row in queries.transfers_to_answer(actor):
        yield Todo(
            label=_("调入"),
            tone="blue",
            title=_("确认%(name)s调入") % {"name": row.person.name},
            url=reverse("people:transfer", args=[row.pk]),
            org=str(row.from_county),
            since=row.asked_at,
        )
