"""What this area puts on joint pages: the transfers that wait for an answer, the staff of a school's record."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.orgs import queries as orgs
from xietong.areas.orgs.access import KEEP_REGISTER
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


def staff_of_record(actor: Actor, _today: date, record_pk: int) -> dict[str, Any]:
    """The staff behind a school's record of a year, in numbers."""
    record = orgs.record(actor, record_pk)
    keeps = KEEP_REGISTER.held_by(actor) and not record.register.locked_at
    return {
        "staff": queries.school_staff(record),
        "list_url": reverse("people:staff", args=[record_pk]) if access.VIEW_STAFF.held_by(actor) else "",
        "sheet_url": reverse("people:staff_sheet", args=[record.register_id]) if keeps else "",
    }
