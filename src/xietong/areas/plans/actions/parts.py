"""What a task is made of: milestones, periods, sub-tasks. What the task keeps of them is counted here alone."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.plans import queries
from xietong.areas.plans.actions.course import moved_on
from xietong.areas.plans.models import Dependency, Milestone, Occurrence, Plan, Report, Task
from xietong.areas.plans.rules.rhythms import beat_of, begun, periods
from xietong.areas.plans.rules.states import UNFINISHED, WITH_THE_UNIT, TaskState
from xietong.areas.plans.rules.waiting import circle
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.records.writing import add, change, locked


class Circular(Refused):
    """Tasks would wait for each other for ever; names them."""


class NoPeriod(Refused):
    """A rhythm whose end lies before its start: not one period would come of it."""


class OutsideTask(Refused):
    """A milestone outside the days of its task."""


class AlreadyReported(Refused):
    """What has been reported on is not taken away any more."""


def keep_parts(task: Task) -> Task:
    """This function will count the parts of a task anew: how many, how many done, the earliest day of an open one."""
    found = queries.parts_of([task])[task.pk]
    kept = (found.total, found.done, found.next_due_on)
    if kept != (task.parts_total, task.parts_done, task.next_due_on):
        task.parts_total, task.parts_done, task.next_due_on = kept
        Task.objects.filter(pk=task.pk).update(
            parts_total=found.total, parts_done=found.done, next_due_on=found.next_due_on
        )
    return task


def keep_parts_of_all(tasks: Iterable[Task]) -> None:
    """This function will count the parts of many tasks anew, in one query and one write."""
    rows = list(tasks)
    counted = queries.parts_of(rows)
    for row in rows:
        found = counted[row.pk]
        row.parts_total, row.parts_done, row.next_due_on = found.total, found.done, found.next_due_on
    Task.objects.bulk_update(rows, ["parts_total", "parts_done", "next_due_on"], batch_size=200)


def keep_parent(task: Task) -> None:
    """A task that is done, or cancelled, is a part of the one above."""
    if task.parent_id:
        keep_parts(Task.objects.get(pk=task.parent_id))


def make_occurrences(tasks: Iterable[Task], today: date) -> int:
    """This function will open the periods that have begun, of those among the tasks that recur; returns how many."""
    rows = [task for task in tasks if task.due_on and task.state in UNFINISHED]
    terms: dict[int, Any] = {}
    held = queries.occurrence_labels(rows)
    made = []
    for task in rows:
        beat = beat_of(task.rhythm)
        county = terms.setdefault(task.county_id, queries.term_spans(task.county_id))
        first = task.starts_on or (day_of(task.issued_at) if task.issued_at else today)
        made += [
            Occurrence(
                county_id=task.county_id, task=task, label=one.label, starts_on=one.starts_on, due_on=one.due_on
            )
            for one in begun(periods(beat, first, task.due_on or today, terms=county), today)
            if one.label not in held[task.pk]
        ]
    Occurrence.objects.bulk_create(made, batch_size=500, ignore_conflicts=True)
    keep_parts_of_all({one.task.pk: one.task for one in made}.values())
    return len(made)


def open_periods(today: date) -> int:
    """This function will open the periods that have begun in every plan in force; returns how many."""
    going_on = Task.objects.exclude(rhythm="").filter(state__in=sorted(UNFINISHED), plan__state=Plan.State.ISSUED)
    plans = going_on.order_by("plan").values_list("plan", flat=True).distinct()
    return sum(make_occurrences(going_on.filter(plan=plan), today) for plan in plans)


def must_recur(task: Task) -> None:
    """Raises NoPeriod where words for how often stand beside days that leave no room for it."""
    if task.starts_on and task.due_on and task.starts_on > task.due_on:
        raise NoPeriod(
            _("“%(task)s”的频次为%(rhythm)s，但开始日期晚于完成期限，排不出任何一期。")
            % {"task": task, "rhythm": task.rhythm or _("一次")}
        )


def add_milestone(actor: Actor, task: Task, *, title: str, due_on: date, now: datetime) -> Milestone:
    """This function will add a milestone to a task that is being prepared or is with its unit.

    Raises
        WrongState: the task is neither.
        OutsideTask: its day is outside the days of the task.
        Refused: there is one of this name.
    """
    with transaction.atomic():
        task = open_for_parts(task)
        if (task.due_on and due_on > task.due_on) or (task.starts_on and due_on < task.starts_on):
            raise OutsideTask(_("里程碑的日期须在任务的开始日期和完成期限之间。"))
        row = Milestone(county_id=task.county_id, task=task, title=title.strip(), due_on=due_on)
        add(actor, row, action="plans.add_milestone", now=now)
        keep_parts(task)
    return row


def drop_milestone(actor: Actor, milestone: Milestone, *, now: datetime) -> None:
    """This function will take a milestone off a task.

    Raises
        AlreadyReported: it has been reported as reached.
        WrongState: the task is neither being prepared nor with its unit.
    """
    with transaction.atomic():
        task, row = open_for_parts(milestone.task), locked(milestone)
        if row.report_id:
            raise AlreadyReported(_("这个里程碑已经填报过，不能删除。"))
        record(actor, "plans.drop_milestone", row, now=now)
        row.delete()
        keep_parts(task)


def open_for_parts(task: Task) -> Task:
    row = locked(task)
    if row.state not in {TaskState.DRAFT, *WITH_THE_UNIT}:
        raise moved_on(row)
    return row


def set_needs(task: Task, needs: Iterable[Task]) -> None:
    """This function will say which tasks have to be done before one, in the caller's transaction.

    Raises
        Circular: it would wait for itself, by way of sub-tasks or of what they need; names the circle.
    """
    wanted = {one.pk for one in needs}
    task.needs.exclude(needs_id__in=wanted).delete()
    held = set(task.needs.values_list("needs_id", flat=True))
    Dependency.objects.bulk_create(
        Dependency(county_id=task.county_id, task=task, needs_id=pk) for pk in sorted(wanted - held)
    )
    must_not_be_circular(task.plan_id)


def must_not_be_circular(plan_id: int) -> None:
    waits: dict[int, list[int]] = {}
    for before, after in queries.waiting_pairs(plan_id):
        waits.setdefault(before, []).append(after)
    # In the order of the plan, so that the same circle is told the same way each time.
    if found := circle({key: sorted(waits[key]) for key in sorted(waits)}):
        names = dict(Task.objects.filter(pk__in=found).values_list("pk", "number"))
        raise Circular(
            _("任务之间互相等待：%(circle)s。请去掉其中一项前置任务或上级任务。")
            % {"circle": " → ".join(names[key] for key in found)}
        )


def take_into_report(
    report: Report,
    *,
    milestones: Iterable[Milestone] = (),
    occurrence: Occurrence | None = None,
    carried_out: bool | None = None,
) -> None:
    """This function will hang what a report speaks of on it; it counts once the report is accepted."""
    report.task.milestones.filter(pk__in=[one.pk for one in milestones], report=None).update(report=report)
    if occurrence is not None:
        report.task.occurrences.filter(pk=occurrence.pk, report=None).update(report=report, carried_out=carried_out)
    report.task.contributions.filter(report=None).update(report=report)


def give_back(report: Report) -> None:
    """This function will free what a report spoke of that was sent back or withdrawn: the next one speaks of it."""
    report.milestones.update(report=None)
    report.occurrences.update(report=None, carried_out=None)
    waiting = set(report.task.contributions.filter(report=None).values_list("unit_id", flat=True))
    report.contributions.exclude(unit_id__in=waiting).update(report=None)


def count_report(actor: Actor, task: Task, report: Report, *, now: datetime) -> Task:
    """This function will count what an accepted report spoke of."""
    today = day_of(report.at)
    report.milestones.update(reached_on=today)
    report.occurrences.update(done_on=today)
    if report.quantity is not None and report.quantity != task.measured:
        task = change(actor, task, action="plans.measure", now=now, measured=Decimal(report.quantity))
    return keep_parts(task)
