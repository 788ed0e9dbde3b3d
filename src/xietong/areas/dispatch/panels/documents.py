"""What documents put on the workbench: explanations that are asked, papers to take note of, papers under way."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.dispatch import access, queries
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.pages.panels import Todo

MOST = 30


def document_todos(actor: Actor, today: date) -> Iterator[Todo]:
    if access.EXPLAIN_NAMING.held_by(actor):
        yield from for_a_unit(actor)
    if access.NUMBER_DOCUMENT.held_by(actor):
        yield from under_way(actor)


def for_a_unit(actor: Actor) -> Iterator[Todo]:
    for one in queries.namings_to_explain(actor)[:MOST]:
        yield Todo(
            label=_("拟通报事项待说明"),
            tone="orange",
            title=one.matter,
            url=reverse("dispatch:naming_explain", args=[one.pk]),
            org=str(one.unit),
            due_on=one.reply_by,
        )
    for row in queries.receipts_to_give(actor)[:MOST]:
        yield Todo(
            label=_("公文待签收"),
            tone="blue",
            title=row.document.title,
            url=queries.document_url(row.document_id),
            org=str(row.unit),
            since=row.document.sent_at,
        )


def under_way(actor: Actor) -> Iterator[Todo]:
    """Signed, and not out yet."""
    for row in queries.under_way(actor)[:MOST]:
        yield Todo(
            label=_("%(state)s，待办理") % {"state": row.get_state_display()},
            tone="orange",
            title=row.title,
            url=queries.document_url(row.pk),
            due_on=day_of(row.signed_at) if row.signed_at else None,
        )
