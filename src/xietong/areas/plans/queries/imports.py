"""Reads: tasks beside a workbook, and the imports of a plan."""

from typing import Any

from django.db.models import QuerySet

from xietong.areas.plans import access
from xietong.areas.plans.models import Plan, Task
from xietong.areas.plans.queries.work import drafts
from xietong.areas.plans.rules import breakdown
from xietong.areas.plans.rules.breakdown import Planned
from xietong.kit.access.permissions import fetch
from xietong.kit.accounts.actor import Actor
from xietong.kit.sheets import Checked
from xietong.kit.sheets.models import Import


def planned_import(plan: Plan, checked: Checked) -> list[Planned]:
    """What a workbook without faults would do to the tasks of a plan."""
    present = {task.number: breakdown_values(task) for task in drafts(plan)}
    return breakdown.plan(checked.rows(), tuple(checked.headers), present)


def breakdown_values(task: Task) -> dict[str, Any]:
    """A task as the sheet compares it."""
    return {
        "number": task.number,
        "title": task.title,
        "lead_unit_id": task.lead_unit_id,
        "supports": sorted(one.unit_id for one in task.supports.all()),
        "starts_on": task.starts_on.isoformat() if task.starts_on else None,
        "due_on": task.due_on.isoformat() if task.due_on else None,
        "rhythm": task.rhythm,
        "deliverable": task.deliverable,
        "for_everyone": task.for_everyone,
    }


def imports_of(plan: Plan) -> QuerySet[Import]:
    return Import.objects.filter(book=access.BREAKDOWN, owner_id=plan.pk).order_by("-at", "-pk")


def import_to_undo(actor: Actor, pk: int) -> Import:
    return fetch(actor, access.UNDO_IMPORT, pk)
