"""任务分解表 taken in from a workbook, all or nothing, and taken back."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.orgs.models import Organisation
from xietong.areas.plans import queries
from xietong.areas.plans.access import BREAKDOWN
from xietong.areas.plans.actions.drafting import hold_draft, set_supports
from xietong.areas.plans.models import Plan, Task, TaskSupport
from xietong.areas.plans.rules.breakdown import Deed, Planned, Values, day_of
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.errors import Refused
from xietong.kit.records.writing import add, change, checked, locked
from xietong.kit.sheets.models import Entry, Import

MOST_ROWS = 2000


class NotImported(Refused):
    """The file asks for nothing, or for more than one transaction should do."""


class ChangedSince(Refused):
    """A task has been changed after the import that is to be taken back; names it."""


def import_breakdown(
    actor: Actor, plan: Plan, *, planned: Sequence[Planned], name: str, data: bytes, now: datetime
) -> Import:
    """This function will add and change the tasks of a draft as a workbook says; none is ever removed.

    Raises
        NotImported: there is nothing to do, or too much.
        WrongState: the plan is not a draft any more.
        Refused: the same file has been imported, or a task would be due before it starts; nothing was written.
    """
    if len(planned) > MOST_ROWS:
        raise NotImported(_("一次最多导入 %(n)d 项任务，请分几次导入。") % {"n": MOST_ROWS})
    counts = {deed: sum(one.deed is deed for one in planned) for deed in Deed}
    if not planned or counts[Deed.SAME] == len(planned):
        raise NotImported(_("文件中的任务与现有的完全相同，没有需要导入的内容。"))
    with transaction.atomic():
        hold_draft(plan)
        made = Import(
            county_id=plan.county_id,
            book=BREAKDOWN,
            owner_id=plan.pk,
            name=name[:200],
            sha256=sha256(data).hexdigest(),
            by=actor.label[:200],
            at=now,
            added=counts[Deed.ADD],
            changed=counts[Deed.CHANGE],
            same=counts[Deed.SAME],
        )
        add(actor, made, action="plans.import_breakdown", now=now)
        tasks = {task.number: task for task in plan.tasks.all()}
        for one in planned:
            if one.deed is not Deed.SAME:
                task = tasks.get(one.after["number"]) or Task(county_id=plan.county_id, plan=plan, version=0)
                before = None if one.before is None else {**one.before, "version": task.version}
                write(task, one.after)
                after = {**one.after, "version": task.version}
                Entry.objects.create(made_by=made, row_id=task.pk, before=before, after=after)
    return made


def undo_breakdown(actor: Actor, made: Import, *, now: datetime) -> Import:
    """This function will bring the tasks of a draft back to what they were before an import.

    Raises
        ChangedSince: a task has been changed or removed meanwhile; nothing was written.
        WrongState: the plan is not a draft any more.
    """
    with transaction.atomic():
        made = locked(made)
        if made.undone_at is not None:
            raise ChangedSince(_("这次导入已经撤销过了。"))
        plan = Plan.objects.get(pk=made.owner_id)
        hold_draft(plan)
        tasks = {task.pk: task for task in plan.tasks.all()}
        for entry in made.entries.order_by("-pk"):
            task = tasks.get(entry.row_id)
            if task is None or queries.breakdown_values(task) | {"version": task.version} != entry.after:
                named = entry.after["number"]
                raise ChangedSince(_("任务 %(number)s 在导入后又改过或去掉了，不能整体撤销。") % {"number": named})
            if entry.before is None:
                task.delete()
            else:
                restore(task, entry.before)
        record(actor, "plans.undo_breakdown", made, now=now)
        return change(actor, made, action="plans.undo_import", now=now, undone_by=actor.label[:200], undone_at=now)


def write(task: Task, values: Values) -> None:
    """The fields of a task as a sheet gives them, its supporting units with it."""
    fill(task, values)
    task.version += 1
    checked(task)
    task.save()
    set_supports(task, list(Organisation.objects.filter(pk__in=values["supports"])))


def restore(task: Task, before: dict[str, Any]) -> None:
    fill(task, before)
    task.version = before["version"]
    task.save()
    task.supports.exclude(unit__in=before["supports"]).delete()
    TaskSupport.objects.bulk_create(
        [TaskSupport(county_id=task.county_id, task=task, unit_id=unit) for unit in before["supports"]],
        ignore_conflicts=True,
    )


def fill(task: Task, values: Values) -> None:
    task.number, task.title, task.lead_unit_id = values["number"], values["title"], values["lead_unit_id"]
    task.starts_on, task.due_on = day_of(values["starts_on"]), day_of(values["due_on"])
    task.rhythm, task.deliverable = values["rhythm"], values["deliverable"]
    task.for_everyone = values["for_everyone"]
