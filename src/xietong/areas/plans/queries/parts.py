"""Reads: what tasks are made of, how far they are, and what they wait for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from xietong.areas.orgs import queries as orgs
from xietong.areas.orgs.models import Organisation
from xietong.areas.plans import access
from xietong.areas.plans.models import Contribution, Dependency, Milestone, Occurrence, Task
from xietong.areas.plans.rules.progress import Progress
from xietong.areas.plans.rules.rhythms import TermSpan
from xietong.areas.plans.rules.states import UNFINISHED, TaskState
from xietong.kit.access.permissions import Permission, fetch, visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.files.queries import attachments
from xietong.kit.words import for_the_record

CONTRIBUTION_OWNER = "plans.contribution"
NOT_COUNTED = (TaskState.CANCELLED.value, TaskState.DRAFT.value)


@dataclass(slots=True)
class Parts:
    """Milestones, periods and sub-tasks of a task: all, those done, and the earliest day of one that is open.

    A period or milestone that has been reported and waits for its verdict is not done, but its day is kept.
    """

    total: int = 0
    done: int = 0
    next_due_on: date | None = None

    def take(self, *, is_done: bool, open_until: date | None) -> None:
        self.total += 1
        self.done += is_done
        if open_until and (self.next_due_on is None or open_until < self.next_due_on):
            self.next_due_on = open_until


@dataclass(frozen=True, slots=True)
class Supporter:
    """A supporting unit, and the part that waits to be taken into the next report; None while it is silent."""

    unit: Organisation
    waiting: Contribution | None
    taken: int
    files: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class PartsPage:
    """What a task is made of and waits for, for its page."""

    milestones: tuple[Milestone, ...]
    occurrences: tuple[Occurrence, ...]
    children: tuple[Task, ...]
    waits: tuple[Task, ...]


def parts_of(tasks: Sequence[Task]) -> dict[int, Parts]:
    """The parts of each task, counted from the rows."""
    found = {task.pk: Parts() for task in tasks}
    dated = ("task_id", "due_on", "report_id")
    milestones = Milestone.objects.filter(task__in=tasks).values_list(*dated, "reached_on")
    occurrences = Occurrence.objects.filter(task__in=tasks).values_list(*dated, "done_on")
    for rows in (milestones, occurrences):
        for task, due_on, report, done_on in rows:
            found[task].take(is_done=done_on is not None, open_until=None if report else due_on)
    children = Task.objects.filter(parent__in=tasks).exclude(state__in=NOT_COUNTED)
    for parent, state in children.values_list("parent_id", "state"):
        found[parent or 0].take(is_done=state == TaskState.VERIFIED.value, open_until=None)
    return found


def progress_of(task: Task) -> Progress:
    return Progress(TaskState(task.state), task.parts_done, task.parts_total, task.measured, task.quantity)


def occurrence_labels(tasks: Sequence[Task]) -> dict[int, set[str]]:
    """The periods that each task has already."""
    held: dict[int, set[str]] = {task.pk: set() for task in tasks}
    for task, label in Occurrence.objects.filter(task__in=tasks).values_list("task_id", "label"):
        held[task].add(label)
    return held


def term_spans(county_id: int) -> tuple[TermSpan, ...]:
    """The terms of a county's calendar, named as papers write them."""
    with for_the_record():
        return tuple(
            TermSpan(str(term), term.year, term.half, term.starts_on, term.ends_on)
            for term in orgs.county_terms(county_id)
        )


def waiting_pairs(plan_id: int) -> Iterator[tuple[int, int]]:
    """Which task of a plan waits for which: for its sub-tasks, and for those that it needs."""
    yield from Task.objects.filter(plan_id=plan_id, parent__isnull=False).values_list("parent_id", "pk")
    yield from needed_pairs(plan_id)


def needed_pairs(plan_id: int) -> QuerySet[Dependency, tuple[int, int]]:
    return Dependency.objects.filter(task__plan_id=plan_id).values_list("task_id", "needs_id")


def open_milestones(task: Task) -> dict[int, Milestone]:
    """Those that no report speaks of yet."""
    return {one.pk: one for one in task.milestones.filter(report=None).order_by("due_on", "pk")}


def open_occurrences(task: Task) -> dict[int, Occurrence]:
    return {one.pk: one for one in task.occurrences.filter(report=None).order_by("due_on", "pk")}


def waits_for(task: Task) -> list[Task]:
    """What has to be done before a task can be: what it needs, and its own sub-tasks."""
    needed = Q(needed_by__task=task) | Q(parent=task)
    done = (TaskState.VERIFIED.value, TaskState.CANCELLED.value, TaskState.DRAFT.value)
    return list(Task.objects.filter(needed).exclude(state__in=done).distinct().order_by("number"))


def supporters(task: Task) -> tuple[Supporter, ...]:
    """The supporting units in official order, the silent ones among them."""
    rows: dict[int, list[Contribution]] = {}
    for row in task.contributions.order_by("-at"):
        rows.setdefault(row.unit_id, []).append(row)
    waiting = {unit: row for unit, filed in rows.items() for row in filed if row.report_id is None}
    files = attachments(CONTRIBUTION_OWNER, [row.pk for row in waiting.values()])
    return tuple(
        Supporter(
            one.unit,
            waiting.get(one.unit_id),
            sum(row.report_id is not None for row in rows.get(one.unit_id, [])),
            tuple(files[waiting[one.unit_id].pk]) if one.unit_id in waiting else (),
        )
        for one in task.supports.select_related("unit").order_by("unit__order", "unit")
    )


def parts_page(task: Task) -> PartsPage:
    return PartsPage(
        tuple(task.milestones.order_by("due_on", "pk")),
        tuple(task.occurrences.order_by("-due_on", "-pk")),
        tuple(task.children.exclude(state=TaskState.DRAFT.value).select_related("lead_unit").order_by("pk")),
        tuple(waits_for(task)) if task.state in UNFINISHED else (),
    )


def merged_text(task: Task) -> str:
    """What the supporting units have filed since the last report, one paragraph each: a start for the lead unit."""
    rows = task.contributions.filter(report=None).select_related("unit").order_by("unit__order")
    return "\n".join(_("【%(unit)s】%(text)s") % {"unit": row.unit, "text": row.text} for row in rows)


def returned_tasks(actor: Actor) -> QuerySet[Task]:
    """Tasks that a unit has given back, the oldest first."""
    rows = visible(actor, access.REASSIGN_TASK).filter(state=TaskState.RETURNED.value)
    return rows.select_related("lead_unit").order_by("moved_at", "pk")


def month_ahead(today: date) -> date:
    """Until when a supporting unit is asked: what is due later does not crowd its list."""
    return today + timedelta(days=31)


def duties_to_support(actor: Actor, *, by: date) -> QuerySet[Task]:
    """Tasks under way that the actor's unit supports, due by a day, to which it has filed nothing that waits."""
    filed = Contribution.objects.filter(unit_id__in=actor.orgs, report=None).values("task_id")
    rows = (
        visible(actor, access.CONTRIBUTE)
        .filter(state=TaskState.UNDER_WAY.value, light_on__lte=by)
        .exclude(pk__in=filed)
    )
    return rows.select_related("lead_unit").order_by("light_on", "pk")


def task_to(actor: Actor, permission: Permission[Task], pk: int) -> Task:
    """One task for a deed."""
    return fetch(actor, permission, pk, join=("lead_unit", "plan"))


def milestone_to_drop(actor: Actor, pk: int) -> Milestone:
    return fetch(actor, access.DROP_MILESTONE, pk, join=("task",))


def own_contribution(task: Task, units: Iterable[int]) -> str:
    """What one's own unit has filed and the lead unit has not taken yet: it is written on."""
    row = task.contributions.filter(unit__in=list(units), report=None).first()
    return row.text if row else ""


def units_supporting(actor: Actor, task: Task) -> dict[int, Organisation]:
    """For which of the supporting units an actor may speak."""
    rows = Organisation.objects.filter(pk__in=task.supports.values("unit_id")).filter(pk__in=actor.orgs)
    return {one.pk: one for one in rows.order_by("order", "pk")}
