"""What follows from other areas: work that goes to a successor, by person or by unit."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from xietong.areas.orgs.models import Organisation
from xietong.areas.people.models import Person
from xietong.areas.plans.actions.course import step
from xietong.areas.plans.models import Contribution, Task, TaskSupport
from xietong.areas.plans.rules.states import Deed, TaskState
from xietong.kit.accounts.actor import Actor
from xietong.kit.errors import Refused
from xietong.kit.records.writing import change

OVER = (TaskState.VERIFIED.value, TaskState.CANCELLED.value, TaskState.CLOSED.value)


def give_tasks_to_successor(actor: Actor, *, giver_id: int, successor_id: int, now: datetime) -> None:
    """This function will make the successor the person in charge of whatever the giver had open."""
    successor = Person.objects.get(pk=successor_id)
    for task in Task.objects.filter(owner_id=giver_id).exclude(state__in=OVER):
        given = change(actor, task, action="plans.hand_over", now=now, owner=successor)
        step(actor, given, Deed.HAND_OVER, now=now, note=successor.name).save()


def move_tasks_to_unit(actor: Actor, *, unit_id: int, successor_id: int | None, now: datetime) -> None:
    """This function will give the open tasks of a unit that was closed to the one it was merged into.

    Raises
        Refused: it was closed without a successor and still has open tasks.
    """
    rows = Task.objects.filter(lead_unit_id=unit_id).exclude(state__in=OVER)
    if successor_id is None:
        if n := rows.count():
            raise Refused(_("它还有 %(n)d 项任务没有办结，请指定承接单位。") % {"n": n})
        return
    successor = Organisation.objects.get(pk=successor_id)
    for task in rows:
        given = change(actor, task, action="plans.move", now=now, lead_unit=successor)
        given.supports.filter(unit=successor).delete()
        step(actor, given, Deed.MOVE, now=now, note=str(successor)).save()
    move_support(unit_id=unit_id, successor=successor)


def move_support(*, unit_id: int, successor: Organisation) -> None:
    """What the unit supports, the successor supports, unless it leads or supports the task already."""
    rows = TaskSupport.objects.filter(unit_id=unit_id).exclude(task__state__in=OVER)
    there = Q(task__lead_unit=successor) | Q(task__supports__unit=successor)
    rows.filter(pk__in=rows.filter(there).values("pk")).delete()
    rows.update(unit=successor)
    waiting = Contribution.objects.filter(unit_id=unit_id, report=None)
    theirs = Contribution.objects.filter(unit=successor, report=None).values("task_id")
    waiting.exclude(task_id__in=list(theirs.values_list("task_id", flat=True))).update(unit=successor)
