"""进度图: the tasks of a plan on a line of months, page by page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, Max, Min, Q, QuerySet

from xietong.areas.orgs.models import Organisation
from xietong.areas.plans import access
from xietong.areas.plans.models import Baseline, Clause, Dependency, Milestone, Phase, Plan, Task
from xietong.areas.plans.queries.work import light_of, light_rule, state_choices
from xietong.areas.plans.rules.lights import Light, LightRule
from xietong.areas.plans.rules.states import TaskState
from xietong.areas.plans.rules.timeline import Placed, Scale, Stretch, nested
from xietong.kit.access.permissions import fetch, visible
from xietong.kit.accounts.actor import Actor

ROWS = 100
SECTION = 2


@dataclass(frozen=True, slots=True)
class GanttAsked:
    """What the picture is narrowed to, as it stands in the address; empty is everything."""

    section: str = ""
    unit: str = ""
    state: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on one day of the line."""

    left: float
    on: date
    title: str
    is_reached: bool


@dataclass(frozen=True, slots=True)
class GanttRow:
    """A task with its bar. `section` is given on the first row below it; `baseline` where it has moved since."""

    task: Task
    depth: int
    section: Clause | None
    light: Light
    bar: Stretch | None
    baseline: Stretch | None
    was: Baseline | None
    milestones: tuple[Mark, ...]
    needs: tuple[Task, ...]

    @property
    def has_start(self) -> bool:
        return self.task.starts_on is not None

    @property
    def is_done(self) -> bool:
        return self.task.state == TaskState.VERIFIED.value


@dataclass(frozen=True, slots=True)
class GanttPage:
    plan: Plan
    scale: Scale
    today_at: float | None
    rows: tuple[GanttRow, ...]
    phases: tuple[tuple[Phase, Stretch], ...]
    pages: Page[Placed]
    sections: tuple[Clause, ...]
    units: tuple[Organisation, ...]
    states: tuple[tuple[str, Any], ...]


def gantt_page(actor: Actor, pk: int, today: date, asked: GanttAsked) -> GanttPage:
    """The tasks of the plan that the actor sees, those asked for, on one scale for all pages."""
    plan = fetch(actor, access.VIEW_PLAN, pk, join=("county",))
    phases = tuple(plan.phases.order_by("order"))
    clauses = {row.pk: row for row in plan.clauses.defer("text").order_by("order")}
    everything = visible(actor, access.VIEW_TASK).filter(plan=plan)
    scale = scale_of(plan, everything, phases, today)
    shown = everything.filter(narrowed(asked))
    keys = shown.order_by(F("clause__order").asc(nulls_last=True), "pk").values_list("pk", "parent_id", "clause_id")
    pages = Paginator(nested(keys), ROWS).get_page(asked.page)
    leads = everything.values("lead_unit_id")
    return GanttPage(
        plan,
        scale,
        scale.at(today) if scale.holds(today) else None,
        gantt_rows(plan, list(pages), clauses, scale, light_rule(plan.county_id, today)),
        tuple((one, scale.stretch(one.starts_on, one.ends_on)) for one in phases),
        pages,
        tuple(one for one in clauses.values() if one.level == SECTION and one.kind in {"task", "guarantee"}),
        tuple(Organisation.objects.filter(pk__in=leads).order_by("order", "pk")),
        tuple(state_choices()),
    )


def narrowed(asked: GanttAsked) -> Q:
    """What the address asks for; a unit that is no number is nobody's."""
    found = Q()
    if asked.section:
        found &= Q(clause__number=asked.section) | Q(clause__number__startswith=f"{asked.section}·")
    if asked.unit:
        found &= Q(lead_unit_id=int(asked.unit)) if asked.unit.isdecimal() else Q(pk__in=[])
    return found & Q(state=asked.state) if asked.state else found


def scale_of(plan: Plan, tasks: QuerySet[Task], phases: Iterable[Phase], today: date) -> Scale:
    """From the first to the last day that anything of the plan falls on, baselines and milestones too."""
    ends = tasks.aggregate(
        first=Min("starts_on"),
        earliest=Min("due_on"),
        last=Max("due_on"),
        was_first=Min("baseline__starts_on"),
        was_last=Max("baseline__due_on"),
        first_mark=Min("milestones__due_on"),
        last_mark=Max("milestones__due_on"),
    )
    days = [day for one in phases for day in (one.starts_on, one.ends_on)]
    return Scale.around([*ends.values(), *days, plan.issued_on], otherwise=today)


def gantt_rows(
    plan: Plan, placed: list[Placed], clauses: Mapping[int, Clause], scale: Scale, rule: LightRule
) -> tuple[GanttRow, ...]:
    keys = [one.key for one in placed]
    tasks = {row.pk: row for row in Task.objects.filter(pk__in=keys).select_related("lead_unit", "baseline")}
    marks, needs = milestones_of(keys, scale), needs_of(keys)
    rows, last = [], None
    for one in placed:
        task = tasks[one.key]
        section = section_of(one.clause, clauses)
        was = moved_from(task)
        rows.append(
            GanttRow(
                task,
                one.depth,
                section if section is not last else None,
                light_of(task, {plan.county_id: rule}),
                bar_of(task.starts_on, task.due_on, plan, scale),
                bar_of(was.starts_on, was.due_on, plan, scale) if was else None,
                was,
                marks.get(one.key, ()),
                needs.get(one.key, ()),
            )
        )
        last = section
    return tuple(rows)


def section_of(clause: int | None, clauses: Mapping[int, Clause]) -> Clause | None:
    """The section that a clause stands in, or the clause itself where it stands above."""
    found = clauses.get(clause) if clause else None
    while found and found.level > SECTION and found.parent_id:
        found = clauses[found.parent_id]
    return found


def moved_from(task: Task) -> Baseline | None:
    """The task as it was issued, if its days were others then."""
    was: Baseline | None = getattr(task, "baseline", None)
    if was is None or (was.starts_on, was.due_on) == (task.starts_on, task.due_on):
        return None
    return was


def bar_of(starts_on: date | None, due_on: date | None, plan: Plan, scale: Scale) -> Stretch | None:
    """From its start to its due day; without a start from the day of issue, else from where the line begins."""
    if due_on is None:
        return None
    begins = starts_on or plan.issued_on or scale.first.first
    return scale.stretch(min(begins, due_on), due_on)


def milestones_of(keys: list[int], scale: Scale) -> dict[int, tuple[Mark, ...]]:
    found: dict[int, tuple[Mark, ...]] = {}
    for row in Milestone.objects.filter(task__in=keys).order_by("due_on", "pk"):
        mark = Mark(scale.at(row.due_on), row.due_on, row.title, row.reached_on is not None)
        found[row.task_id] = (*found.get(row.task_id, ()), mark)
    return found


def needs_of(keys: list[int]) -> dict[int, tuple[Task, ...]]:
    """Task → those that must be done before it."""
    found: dict[int, tuple[Task, ...]] = {}
    for row in Dependency.objects.filter(task__in=keys).select_related("needs").order_by("needs__pk"):
        found[row.task_id] = (*found.get(row.task_id, ()), row.needs)
    return found
