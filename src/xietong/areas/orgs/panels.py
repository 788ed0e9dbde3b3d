"""What this area puts on pages that join areas: a school's record that waits, and the link to it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.orgs import access, queries
from xietong.kit.accounts.actor import Actor
from xietong.kit.pages.panels import Todo


def todos(actor: Actor, today: date) -> Iterator[Todo]:
    """The records of one's own school that wait: the head confirms, the liaison fills in."""
    if actor.role not in access.OWN_SCHOOL:
        return
    confirms = access.CONFIRM_RECORD.held_by(actor)
    for row in queries.records_to_fill(actor):
        due = row.register.due_on
        yield Todo(
            label=_("学校资料"),
            tone="orange",
            title=_("确认本校年度资料") if confirms else _("核对、填写本校年度资料"),
            url=reverse("orgs:record", args=[row.pk]),
            org=str(row.school),
            due_on=due,
            light="red" if due < today else "none",
        )


def unit_record(actor: Actor, _today: date, unit: int) -> dict[str, Any] | None:
    """The last year's record of a school."""
    row = queries.latest_record(actor, unit) if access.VIEW_RECORD.held_by(actor) else None
    return {"row": row, "state": queries.STATES[queries.state_of(row)]} if row else None
