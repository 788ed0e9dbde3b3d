"""What the tasks of 云岭县 are made of: periods with their reports, milestones, figures."""

from datetime import timedelta

from django.db.models import QuerySet

from xietong.areas.plans import actions
from xietong.areas.plans.models import Milestone, Occurrence, Plan, Report, Task
from xietong.areas.plans.rules.states import UNFINISHED, ReportState, TaskState
from xietong.kit.clock.time import day_of
from xietong.web.demonstration.moments import TODAY
from xietong.web.demonstration.rows import keep

# Title → how many of what, and how many so far.
FIGURES = {
    "音体美转岗教师专项培训（第5期）": (40, "人次", None),
    "“三名”领军人物高级研修": (18, "人", 12),
    "心理健康教师持证培训": (60, "人", 35),
}
MILESTONES = ("形成方案", "中期检查", "成果验收")
FEWEST_DAYS = 90


def lay_parts(plan: Plan) -> None:
    """This function will give the open tasks of the plan their periods, milestones and figures."""
    tasks = list(plan.tasks.filter(state__in=sorted(UNFINISHED)).order_by("pk"))
    for task in tasks:
        if task.title in FIGURES:
            task.quantity, task.measure, task.measured = FIGURES[task.title]
    Task.objects.bulk_update(tasks, ["quantity", "measure", "measured"])
    keep(milestone for task in long_ones(tasks) for milestone in milestones_of(task))
    actions.make_occurrences(tasks, TODAY)
    told = [occurrence for task in tasks for occurrence in periods_told(task)]
    Occurrence.objects.bulk_update(told, ["report", "carried_out", "done_on"])
    actions.keep_parts_of_all(tasks)


def long_ones(tasks: list[Task]) -> list[Task]:
    """Tasks under way that last long enough to have something on the way, and do not recur."""
    return [
        task
        for task in tasks
        if task.state == TaskState.UNDER_WAY.value
        and not task.rhythm
        and task.starts_on
        and task.due_on
        and task.due_on > TODAY
        and (task.due_on - task.starts_on).days > FEWEST_DAYS
    ][:8]


def milestones_of(task: Task) -> list[Milestone]:
    """Three in even steps; those before today reached with the first accepted report."""
    first, last = task.starts_on or TODAY, task.due_on or TODAY
    step = (last - first) / len(MILESTONES)
    report = accepted(task).first()
    found = []
    for number, title in enumerate(MILESTONES, start=1):
        due = first + timedelta(days=round(step.days * number))
        reached = report if due <= TODAY else None
        found.append(
            Milestone(
                county_id=task.county_id,
                task=task,
                title=title,
                due_on=due,
                report=reached,
                reached_on=day_of(reached.at) if reached else None,
            )
        )
    return found


def periods_told(task: Task) -> list[Occurrence]:
    """The periods that are over, each told by a report that was accepted; one with none stays open."""
    reports = list(accepted(task))
    found = []
    for number, one in enumerate(task.occurrences.filter(due_on__lt=TODAY).order_by("due_on")):
        if reports:
            one.report = reports[min(number, len(reports) - 1)]
            one.carried_out, one.done_on = True, one.due_on
            found.append(one)
    return found


def accepted(task: Task) -> QuerySet[Report]:
    return task.reports.filter(state=ReportState.ACCEPTED.value).order_by("at", "pk")
