"""A row of the 任务分解表 written into a draft."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from xietong.areas.plans.models import Plan, Task, TaskSupport
from xietong.kit.sheets.journal import Journal

WORDS = ("number", "title", "rhythm", "deliverable", "measure")


def write_task(journal: Journal, plan: Plan, pk: int | None, values: Mapping[str, str]) -> Task:
    """This function will add a task to a draft, or change one, as a row says; all its values are texts.

    Raises
        Refused: it would be due before it starts, or its number is taken.
    """
    fields = {
        **{name: values[name] for name in WORDS},
        "lead_unit_id": int(values["lead_unit"]) if values["lead_unit"] else None,
        "quantity": Decimal(values["quantity"]) if values["quantity"] else None,
        "parent": plan.tasks.get(number=values["parent"]) if values["parent"] else None,
        "starts_on": day_of(values["starts_on"]),
        "due_on": day_of(values["due_on"]),
        "for_everyone": values["for_everyone"] == "是",
        "is_past": values["is_past"] == "是",
    }
    wanted = {int(unit) for unit in values["supports"].split()}
    held: dict[int, TaskSupport] = {}
    if pk is None:
        task = journal.add(Task(county_id=plan.county_id, plan=plan, **fields))
    else:
        task = plan.tasks.get(pk=pk)
        held = {one.unit_id: one for one in task.supports.all()}
        journal.change(task, always=held.keys() != wanted, **fields)
    for unit in sorted(held.keys() - wanted):
        journal.remove(held[unit])
    for unit in sorted(wanted - held.keys()):
        journal.add(TaskSupport(county_id=plan.county_id, task=task, unit_id=unit))
    return task


def day_of(words: str) -> date | None:
    return date.fromisoformat(words) if words else None
