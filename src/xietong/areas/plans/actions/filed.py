"""What a unit filed for a month, and had accepted there, is entered on its tasks: nobody reports it a second time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from xietong.areas.plans.actions.course import advance
from xietong.areas.plans.actions.parts import count_report, take_into_report
from xietong.areas.plans.models import Milestone, Occurrence, Report, Task
from xietong.areas.plans.rules.states import Deed, ReportState, TaskState
from xietong.kit.accounts.actor import Actor
from xietong.kit.records.writing import add, locked


@dataclass(frozen=True, slots=True)
class Filed:
    """What was filed on a task: by whom and when, the words, what was ticked. `quantity` is all that is reached."""

    text: str
    author_name: str
    author_id: int | None
    at: datetime
    quantity: Decimal | None = None
    milestones: Sequence[Milestone] = ()
    occurrence: Occurrence | None = None
    carried_out: bool | None = None


def enter_filed(actor: Actor, task: Task, filed: Filed, *, now: datetime) -> Report | None:
    """This function will enter what was filed as a report that is accepted already; a new task is received by it.

    None, and nothing is written, where the task is not with its unit any more: done, stopped or given back since.
    """
    with transaction.atomic():
        task = locked(task)
        if task.state == TaskState.ISSUED.value:
            task = advance(actor, task, Deed.RECEIVE, now=now)
        if task.state != TaskState.UNDER_WAY.value:
            return None
        report = Report(
            county_id=task.county_id,
            task=task,
            number=(task.reports.aggregate(last=Max("number"))["last"] or 0) + 1,
            text=filed.text,
            quantity=filed.quantity,
            state=ReportState.ACCEPTED.value,
            author_name=filed.author_name[:60],
            author_id=filed.author_id,
            unit=task.lead_unit,
            at=filed.at,
            reviewer_name=actor.acting_name[:60],
            reviewed_at=now,
        )
        add(actor, report, action="plans.enter_filed", now=now)
        take_into_report(
            report, milestones=filed.milestones, occurrence=filed.occurrence, carried_out=filed.carried_out
        )
        task = advance(actor, task, Deed.REPORT, now=now, note=filed.text[:120], report=report)
        task = advance(actor, task, Deed.ACCEPT, now=now, report=report)
        count_report(actor, task, report, now=now)
    return report
