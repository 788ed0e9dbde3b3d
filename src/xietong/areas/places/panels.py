"""What this area puts on the workbench: scenarios that wait for a leader."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.places import access, queries
from xietong.kit.accounts.actor import Actor
from xietong.kit.pages.panels import Todo

MOST = 10


def todos(actor: Actor, _today: date) -> Iterator[Todo]:
    if not access.SETTLE_SCENARIO.held_by(actor):
        return
    for row in queries.scenarios_to_settle(actor)[:MOST]:
        yield Todo(
            label=_("学位预测待审定"),
            tone="orange",
            title=row.name,
            url=reverse("places:scenario", args=[row.pk]),
            org=row.made_by,
        )
