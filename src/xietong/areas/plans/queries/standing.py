"""Reads: where a plan stands: its objectives, and the lights of each unit."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery

from xietong.areas.indicators.queries import Level, county_indicators, levels
from xietong.areas.plans import access
from xietong.areas.plans.models import Objective, Plan, Step, Task
from xietong.areas.plans.queries.work import overdue, resting
from xietong.areas.plans.rules.curve import Point, curve
from xietong.areas.plans.rules.lights import LightRule
from xietong.areas.plans.rules.progress import attained
from xietong.areas.plans.rules.states import OPEN, Deed, TaskState
from xietong.kit.access.permissions import fetch
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of


@dataclass(frozen=True, slots=True)
class Aim:
    """An objective with its progress: by its figures or its indicator's, else by the tasks that it is reached by."""

    row: Objective
    tasks: int
    verified: int
    level: Level | None = None

    @property
    def share(self) -> int | None:
        if self.level:
            return attained(self.level.baseline, self.level.goal, self.level.value)
        by_figure = attained(self.row.baseline, self.row.target, self.row.reached)
        if by_figure is not None:
            return by_figure
        return 100 * self.verified // self.tasks if self.tasks else None


@dataclass(frozen=True, slots=True)
class UnitLights:
    """The tasks that one unit leads in a plan, by light; in official order, never a ranking."""

    unit_id: int
    name: str
    open: int
    red: int
    yellow: int
    verified: int


def aims(plan: Plan) -> tuple[Aim, ...]:
    done = Count("ways", filter=Q(ways__task__state=TaskState.VERIFIED.value))
    counted = Count("ways", filter=~Q(ways__task__state=TaskState.CANCELLED.value))
    rows = list(plan.objectives.annotate(n=counted, verified=done).select_related("indicator").order_by("order"))
    held = levels([row.indicator for row in rows if row.indicator])
    return tuple(Aim(row, row.n, row.verified, held.get(row.indicator_id or 0)) for row in rows)


def indicators_to_point_at(objective: Objective) -> dict[int, Any]:
    """The county's indicators in use, by key, for a drop-down."""
    rows = county_indicators(objective.county_id)
    return {row.pk: row for row in rows if row.retired_on is None}


def unit_lights(plan: Plan, rule: LightRule) -> tuple[UnitLights, ...]:
    """Every lead unit of the plan, counted by the database in one question."""
    going_on = Q(state__in=sorted(OPEN))
    soon = Q(light_on__gte=rule.today, light_on__lte=rule.yellow_until) & ~resting(rule)
    rows = (
        Task.objects.filter(plan=plan, lead_unit__isnull=False)
        .exclude(state__in=(TaskState.DRAFT.value, TaskState.CANCELLED.value))
        .values("lead_unit_id", "lead_unit__name", "lead_unit__short_name")
        .annotate(
            open=Count("pk", filter=going_on),
            red=Count("pk", filter=overdue(rule)),
            yellow=Count("pk", filter=going_on & soon),
            verified=Count("pk", filter=Q(state=TaskState.VERIFIED.value)),
        )
        .order_by("lead_unit__order", "lead_unit_id")
    )
    return tuple(
        UnitLights(
            row["lead_unit_id"],
            row["lead_unit__short_name"] or row["lead_unit__name"],
            row["open"],
            row["red"],
            row["yellow"],
            row["verified"],
        )
        for row in rows
    )


def objective_to_measure(actor: Actor, pk: int) -> Objective:
    return fetch(actor, access.MEASURE_OBJECTIVE, pk, join=("plan",))


def ways_of(objective: Objective) -> list[Task]:
    """The tasks by which an objective is reached."""
    return list(Task.objects.filter(aims__objective=objective).order_by("pk"))


def comparison_choices() -> list[tuple[str, str]]:
    return [("", "—"), *((code, str(label)) for code, label in Objective.Comparison.choices)]


def progress_curve(plan: Plan, today: date) -> tuple[Point, ...]:
    """Month by month, what of a plan in force was to be done and what was; what was cancelled is not counted."""
    dropped = (TaskState.DRAFT.value, TaskState.CANCELLED.value)
    accepted = Step.objects.filter(task=OuterRef("pk"), action=Deed.ACCEPT.value).order_by("-at").values("at")
    tasks = plan.tasks.exclude(state__in=dropped).annotate(accepted_at=Subquery(accepted[:1]))
    rows = tasks.values_list("due_on", "state", "accepted_at")
    days = [(due_on, state, at) for due_on, state, at in rows if due_on]
    # What was done before the system was there has nobody's acceptance: it counts by its own day.
    done = [day_of(at) if at else due_on for due_on, state, at in days if state == TaskState.VERIFIED.value]
    return curve((due_on for due_on, _state, _at in days), done, today)
