"""议题: proposed from facts, added, put in order, taken off."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from xietong.areas.dispatch import queries
from xietong.areas.dispatch.actions.holding import hold
from xietong.areas.dispatch.models import AgendaItem, Meeting
from xietong.areas.dispatch.rules.agenda import FIRST, Fact, Proposal, head, proposal, subject_of
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.records.writing import add, change, locked

SPEAKER = 120


class HasDecisions(Refused):
    """Something was decided about the item: it stays on the agenda."""


class CannotMove(Refused):
    """The item stands first or last already."""


def propose_agenda(actor: Actor, meeting: Meeting, *, now: datetime) -> Proposal:
    """This function will put what is new among the facts on the agenda, decisions of earlier meetings at its top.

    Raises
        MeetingMoved: the minutes are fixed, or the meeting was called off.
    """
    with transaction.atomic():
        row = hold(meeting)
        proposed = row.agenda.values_list("source", "source_id")
        known = {subject_of(source, key) for source, key in proposed if key is not None}
        found = proposal(queries.facts(actor, row, day_of(now)), known)
        there = list(queries.agenda_of(row))
        top = head([one.source for one in there])
        first = [item_for(row, fact) for fact in found.facts if fact.source in FIRST]
        rest = [item_for(row, fact) for fact in found.facts if fact.source not in FIRST]
        put_in_order([*there[:top], *first, *there[top:], *rest])
        titles = [fact.title for fact in found.facts]
        record(actor, "dispatch.propose_agenda", row, now=now, changes={"agenda": (None, titles)})
    return found


def item_for(meeting: Meeting, fact: Fact) -> AgendaItem:
    return AgendaItem(
        county_id=meeting.county_id,
        meeting=meeting,
        title=fact.title,
        note=fact.note,
        speaker=fact.speaker[:SPEAKER],
        source=fact.source.value,
        source_id=fact.source_id,
        task_id=fact.task_id,
    )


def put_in_order(items: Sequence[AgendaItem]) -> None:
    """New items are inserted with their place, the others get theirs."""
    for order, item in enumerate(items, 1):
        item.order = order
    new = [one for one in items if not one.pk]
    AgendaItem.objects.bulk_update([one for one in items if one.pk], ["order"])
    AgendaItem.objects.bulk_create(new)


def add_item(
    actor: Actor, meeting: Meeting, *, title: str, note: str = "", speaker: str = "", now: datetime
) -> AgendaItem:
    """This function will put an item of the office's own at the end of the agenda.

    Raises
        MeetingMoved: the minutes are fixed, or the meeting was called off.
    """
    with transaction.atomic():
        row = hold(meeting)
        last = row.agenda.filter(is_dropped=False).aggregate(last=Max("order"))["last"] or 0
        words = {"title": title.strip(), "note": note.strip(), "speaker": speaker.strip()}
        item = AgendaItem(county_id=row.county_id, meeting=row, order=last + 1, **words)
        return add(actor, item, action="dispatch.add_item", now=now)


def change_item(
    actor: Actor, item: AgendaItem, *, version: int, title: str, note: str = "", speaker: str = "", now: datetime
) -> AgendaItem:
    """This function will change the words of an item.

    Raises
        MeetingMoved: the minutes are fixed, or the meeting was called off.
        Stale: somebody changed it meanwhile.
    """
    with transaction.atomic():
        hold(item.meeting)
        words = {"title": title.strip(), "note": note.strip(), "speaker": speaker.strip()}
        return change(actor, item, action="dispatch.change_item", now=now, version=version, **words)


def move_item(actor: Actor, item: AgendaItem, *, down: bool, now: datetime) -> None:
    """This function will let an item change places with the one above or below it.

    Raises
        CannotMove: there is none.
        MeetingMoved: the minutes are fixed, or the meeting was called off.
    """
    with transaction.atomic():
        row = hold(item.meeting)
        items = list(queries.agenda_of(row))
        at = [one.pk for one in items].index(item.pk)
        to = at + 1 if down else at - 1
        if not 0 <= to < len(items):
            raise CannotMove(_("已经在最后了。") if down else _("已经在最前了。"))
        items[at], items[to] = items[to], items[at]
        put_in_order(items)
        record(actor, "dispatch.move_item", item, now=now, changes={"order": (at + 1, to + 1)})


def drop_item(actor: Actor, item: AgendaItem, *, now: datetime) -> None:
    """This function will take an item off the agenda; one that was proposed is not proposed again.

    Raises
        HasDecisions: something was decided about it.
        MeetingMoved: the minutes are fixed, or the meeting was called off.
    """
    with transaction.atomic():
        hold(item.meeting)
        row = locked(item)
        if row.decisions.exists():
            raise HasDecisions(_("这个议题已有议定事项，不能删除。"))
        if row.source_id is None:
            record(actor, "dispatch.drop_item", row, now=now)
            row.delete()
        else:
            change(actor, row, action="dispatch.drop_item", now=now, is_dropped=True)
