"""The month on the workbench: what has to be filed, what the office has to do, how many have come."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.dispatch import access, queries
from xietong.kit.accounts.actor import Actor
from xietong.kit.pages.panels import Todo

MOST = 30


def month_todos(actor: Actor, today: date) -> Iterator[Todo]:
    if access.WRITE_FILING.held_by(actor):
        yield from to_file(actor, today)
    if access.ANSWER_EXTENSION.held_by(actor):
        yield from to_answer(actor)
        yield from to_open(actor, today)


def to_file(actor: Actor, today: date) -> Iterator[Todo]:
    for row in queries.to_write(actor)[:MOST]:
        back = row.state == "sent_back"
        due = row.refile_by if back and row.refile_by else row.due_on
        yield Todo(
            label=_("月报退回") if back else _("待填月报"),
            tone="red" if back else "orange",
            title=_("%(cycle)s月报") % {"cycle": row.cycle},
            url=reverse("dispatch:filing_write", args=[row.pk]),
            org=str(row.unit),
            due_on=due,
            light="red" if due < today else "none",
        )


def to_answer(actor: Actor) -> Iterator[Todo]:
    for row in queries.extensions_to_answer(actor)[:MOST]:
        yield Todo(
            label=_("月报延期申请"),
            tone="orange",
            title=str(row.filing.cycle),
            url=reverse("dispatch:extension_answer", args=[row.pk]),
            org=str(row.filing.unit),
            due_on=row.filing.due_on,
            since=row.at,
        )
    for one in queries.corrections_to_answer(actor)[:MOST]:
        yield Todo(
            label=_("月报更正申请"),
            tone="orange",
            title=str(one.entry.filing.cycle),
            url=reverse("dispatch:correction_answer", args=[one.pk]),
            org=str(one.entry.filing.unit),
            since=one.at,
        )


def to_open(actor: Actor, today: date) -> Iterator[Todo]:
    """The month whose days have ended and that nobody has opened."""
    stretch = queries.month_to_open(actor, today)
    if stretch:
        yield Todo(
            label=_("待开启月调度"),
            tone="orange",
            title=_("%(label)s月调度") % {"label": queries.month_said(stretch)},
            url=reverse("dispatch:month_open"),
            due_on=stretch.due_on,
        )


def month(actor: Actor, today: date) -> dict[str, Any] | None:
    """How many have filed in the month that is open, for whoever looks after all of it."""
    if actor.county_id is None or not queries.sees_the_county(actor):
        return None
    row = queries.open_month(actor, today)
    return {"row": row, "today": today} if row else None
