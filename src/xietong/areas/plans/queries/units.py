"""One organisation's tasks, as far as the actor sees them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from xietong.areas.plans import access
from xietong.areas.plans.models import FollowUp, Milestone, Occurrence, Report, Task
from xietong.areas.plans.queries.work import light_of, lit_by, rules_for
from xietong.areas.plans.rules.lights import Light
from xietong.areas.plans.rules.states import OPEN, UNFINISHED, FollowUpState, TaskState
from xietong.kit.access.permissions import visible
from xietong.kit.accounts.actor import Actor

FEW = 8
LIT = (Light.RED, Light.YELLOW, Light.GREEN, Light.GREY)
GONE = (TaskState.DRAFT.value, TaskState.CANCELLED.value)


@dataclass(frozen=True, slots=True)
class UnitTasks:
    """The tasks that a unit leads, counted, and the most urgent of those that are open with their lights."""

    counts: dict[str, int]
    open: tuple[tuple[Task, Light], ...]

    @property
    def lights(self) -> list[tuple[str, int]]:
        """Light → how many of the open tasks have it; those that none has are left out."""
        return [(one.value, self.counts[one.value]) for one in LIT if self.counts[one.value]]

    @property
    def more(self) -> int:
        return self.counts["open"] - len(self.open)


@dataclass(frozen=True, slots=True)
class UnitAhead:
    """The next milestones and periods of the tasks that a unit leads."""

    parts: tuple[Milestone | Occurrence, ...]


def led_by(actor: Actor, unit: int) -> QuerySet[Task]:
    return visible(actor, access.VIEW_TASK).filter(lead_unit_id=unit).exclude(state__in=GONE)


def unit_tasks(actor: Actor, unit: int, today: date) -> UnitTasks:
    tasks, rules = led_by(actor, unit), rules_for(actor, today)
    counts = tasks.aggregate(
        total=Count("pk"),
        open=Count("pk", filter=Q(state__in=sorted(OPEN))),
        suspended=Count("pk", filter=Q(state=TaskState.SUSPENDED.value)),
        done=Count("pk", filter=Q(state=TaskState.VERIFIED.value)),
        **{one.value: Count("pk", filter=lit_by(rules, one)) for one in LIT},
    )
    rows = tasks.filter(state__in=sorted(OPEN)).select_related("lead_unit").order_by("light_on", "pk")[:FEW]
    return UnitTasks(counts, tuple((row, light_of(row, rules)) for row in rows))


def unit_ahead(actor: Actor, unit: int) -> UnitAhead:
    keys = led_by(actor, unit).filter(state__in=sorted(UNFINISHED)).values("pk")
    marks = Milestone.objects.filter(task__in=keys, reached_on=None).select_related("task").order_by("due_on", "pk")
    spans = Occurrence.objects.filter(task__in=keys, done_on=None).select_related("task").order_by("due_on", "pk")
    found: list[Milestone | Occurrence] = [*marks[:FEW], *spans[:FEW]]
    return UnitAhead(tuple(sorted(found, key=lambda one: (one.due_on, one.task_id))[:FEW]))


def unit_follow_ups(actor: Actor, unit: int) -> list[FollowUp]:
    """What the unit has to answer, or has answered without the office having lifted it."""
    seen = visible(actor, access.VIEW_TASK).values("pk")
    rows = FollowUp.objects.filter(task__in=seen, unit_id=unit).exclude(state=FollowUpState.LIFTED.value)
    return list(rows.select_related("task").order_by("due_on", "pk")[:FEW])


def unit_reports(actor: Actor, unit: int) -> list[Report]:
    rows = visible(actor, access.VIEW_REPORT).filter(unit_id=unit).select_related("task")
    return list(rows.order_by("-at", "-pk")[:FEW])


def unit_supports(actor: Actor, unit: int, today: date) -> list[tuple[Task, Light]]:
    """The unfinished tasks of others that the unit supports, with their lights."""
    rows = visible(actor, access.VIEW_TASK).filter(supports__unit_id=unit, state__in=sorted(UNFINISHED))
    rules = rules_for(actor, today)
    shown = rows.select_related("lead_unit").order_by("light_on", "pk")[:FEW]
    return [(row, light_of(row, rules)) for row in shown]
