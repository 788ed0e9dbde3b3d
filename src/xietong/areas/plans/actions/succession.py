"""What follows from other areas: work that goes to a successor, by person or by unit."""

from datetime import datetime

from django.utils.translation import gettext as _

from xietong.areas.orgs.models import Organisation
from xietong.areas.people.models import Person
from xietong.areas.plans.actions.course import step
from xietong.areas.plans.models import Task
from xietong.areas.plans.rules.states import Deed, TaskState
from xietong.kit.accounts.actor import Actor
from xietong.kit.errors import Refused
from xietong.kit.records.writing import change


def give_tasks_to_successor(actor: Actor, *, giver_id: int, successor_id: int, now: datetime) -> None:
    """This function will make the successor the person in charge of whatever the giver had open."""
    successor = Person.objects.get(pk=successor_id)
    for task in Task.objects.filter(owner_id=giver_id).exclude(state=TaskState.VERIFIED.value):
        given = change(actor, task, action="plans.hand_over", now=now, owner=successor)
        step(actor, given, Deed.HAND_OVER, now=now, note=successor.name).save()


def move_tasks_to_unit(actor: Actor, *, unit_id: int, successor_id: int | None, now: datetime) -> None:
    """This function will give the open tasks of a unit that was closed to the one it was merged into.

    Raises
        Refused: it was closed without a successor and still has open tasks.
    """
    rows = Task.objects.filter(lead_unit_id=unit_id).exclude(state=TaskState.VERIFIED.value)
    if successor_id is None:
        if n := rows.count():
            raise Refused(_("它还有 %(n)d 项任务没有办结，请指定承接单位。") % {"n": n})
        return
    successor = Organisation.objects.get(pk=successor_id)
    for task in rows:
        given = change(actor, task, action="plans.move", now=now, lead_unit=successor)
        step(actor, given, Deed.MOVE, now=now, note=str(successor)).save()
