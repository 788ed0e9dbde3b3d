"""A new version takes over what still goes on in the one that it replaces."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.plans import queries
from xietong.areas.plans.actions.course import WrongState
from xietong.areas.plans.actions.drafting import hold_draft, set_supports
from xietong.areas.plans.models import Clause, Plan, Task, TaskSource
from xietong.areas.plans.rules.comparing import essence
from xietong.kit.accounts.actor import Actor
from xietong.kit.records.writing import add, change

KEPT = ("lead_unit", "owner", "starts_on", "due_on", "rhythm", "deliverable")
"""What a task of the draft takes from the old one where it has nothing of its own."""


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """How many tasks of the draft were completed from old ones, how many were added, how many stay behind."""

    filled: int
    added: int
    left: int


def carry_over(actor: Actor, plan: Plan, *, now: datetime) -> CarriedOver:
    """This function will take the open tasks of the replaced version into a draft, clause by clause.

    A task of the same name in the same clause is completed, every other is added; the tasks of a clause that the
    new version has no more stay behind. Done again it takes only what is new.

    Raises
        WrongState: the plan is no draft any more, or replaces none.
    """
    with transaction.atomic():
        hold_draft(plan)
        if plan.replaces is None:
            raise WrongState(_("这个方案没有旧版本。"))
        old, new = queries.clauses_of(plan.replaces), queries.clauses_of(plan)
        places = {
            old[pair.old].pk: new[pair.new]
            for pair in queries.paired_clauses(old, new)
            if pair.old is not None and pair.new is not None
        }
        mine = {(task.clause_id, essence(task.title)): task for task in plan.tasks.filter(carried_from=None)}
        numbers = set(plan.tasks.values_list("number", flat=True))
        filled = added = left = 0
        for task in queries.open_tasks(plan):
            clause = places.get(task.clause_id or 0)
            same = mine.pop((clause.pk if clause else None, essence(task.title)), None)
            if same is not None:
                complete(actor, same, task, now=now)
                filled += 1
            elif clause is not None or task.clause_id is None:
                add_carried(actor, plan, task, clause, numbers, now=now)
                added += 1
            else:
                left += 1
    return CarriedOver(filled, added, left)


def complete(actor: Actor, task: Task, earlier: Task, *, now: datetime) -> None:
    values: dict[str, Any] = {name: getattr(earlier, name) for name in KEPT if not getattr(task, name)}
    change(actor, task, action="plans.carry_task", now=now, carried_from=earlier, **values)
    if not task.supports.exists():
        set_supports(task, [one.unit for one in earlier.supports.select_related("unit")])


def add_carried(
    actor: Actor, plan: Plan, earlier: Task, clause: Clause | None, numbers: set[str], *, now: datetime
) -> None:
    """The task as it is, under its number if that is free; it comes from the sentences of its clause."""
    number = next(
        name for n in range(len(numbers) + 2) if (name := f"{earlier.number}{f'-{n}' if n else ''}") not in numbers
    )
    numbers.add(number)
    task = Task(
        county_id=plan.county_id,
        plan=plan,
        clause=clause,
        number=number,
        title=earlier.title,
        for_everyone=earlier.for_everyone,
        carried_from=earlier,
        **{name: getattr(earlier, name) for name in KEPT},
    )
    add(actor, task, action="plans.carry_task", now=now)
    set_supports(task, [one.unit for one in earlier.supports.select_related("unit")])
    sentences = plan.sentences.filter(clause=clause, is_heading=False) if clause else ()
    TaskSource.objects.bulk_create(TaskSource(county_id=plan.county_id, task=task, sentence=one) for one in sentences)
