"""Reads: the leading group's page, with a constant number of queries however much there is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from xietong.areas.orgs.models import County
from xietong.areas.plans import access
from xietong.areas.plans.models import Change, Extension, FollowUp, Instruction, Plan, Report, Step, Task
from xietong.areas.plans.queries.work import light_of, lit, lit_by, rules_for
from xietong.areas.plans.rules.briefing import NOW, ROOM, SINCE, Figure
from xietong.areas.plans.rules.lights import Light, LightRule
from xietong.areas.plans.rules.states import (
    OPEN,
    ChangeState,
    Deed,
    ExtensionState,
    FollowUpState,
    ReportState,
    TaskState,
)
from xietong.kit.access.permissions import visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals.models import Stage
from xietong.kit.clock.time import SHANGHAI


@dataclass(frozen=True, slots=True)
class Matter:
    """What somebody has to decide: of which kind, about what, what was said, and by when.

    `step` names whoever decides where that is not the same for all of a kind.
    """

    kind: str
    title: str
    unit: str
    words: str
    by: date | None
    url: str
    step: str = ""


@dataclass(frozen=True, slots=True)
class Some:
    """The first of some rows, and how many there are in all."""

    rows: tuple[Any, ...]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


@dataclass(frozen=True, slots=True)
class Decided:
    """What a leader asked for, and where its task stands."""

    row: Instruction
    light: Light


@dataclass(frozen=True, slots=True)
class Resolved:
    """What was decided elsewhere, by a meeting, and where it stands."""

    title: str
    unit: str
    words: str
    state: str
    tone: str
    light: Light
    by: date
    url: str


Resolver = Callable[[Actor, date], Sequence[Resolved]]
RESOLVERS: list[Resolver] = []


def add_resolver(source: Resolver) -> None:
    """This function will let a higher area tell what was decided last, from its `apps.py`."""
    if source not in RESOLVERS:
        RESOLVERS.append(source)


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure with the address of the rows that it counts."""

    what: Figure
    n: int
    url: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """The page in its order: what needs deciding, what is late and why, what was decided, how much of each."""

    county: County | None
    plan: Plan | None
    today: date
    since: date
    matters: Some
    red: Some
    resolved: Some
    decisions: Some
    now: tuple[Shown, ...]
    changed: tuple[Shown, ...]

    @property
    def decided(self) -> int:
        """How much was decided, by meetings and by leaders."""
        return self.resolved.total + self.decisions.total

    @property
    def decided_more(self) -> int:
        return self.resolved.more + self.decisions.more


EXTENSION, RETURNED, LATE_REPLY, REPLIED, CHANGE = "extension", "returned", "late_reply", "replied", "change"


def briefing_tasks(actor: Actor) -> QuerySet[Task]:
    """The issued tasks of the plans in force; what was cancelled is not counted."""
    rows = visible(actor, access.VIEW_BRIEFING).filter(plan__state=Plan.State.ISSUED)
    return rows.exclude(state=TaskState.CANCELLED.value)


def briefing(actor: Actor, today: date, since: date) -> Briefing:
    rules = rules_for(actor, today)
    overdue = lit_by(rules, Light.RED)
    plan = Plan.objects.filter(county_id=actor.home, state=Plan.State.ISSUED).defer("source_text")
    found = plan.select_related("county").order_by("-issued_on", "-pk").first()
    counted = figures(actor, overdue, since)
    resolved = resolutions(actor, today)
    return Briefing(
        found.county if found else None,
        found,
        today,
        since,
        matters(actor, today),
        red(actor, overdue),
        resolved,
        decisions(actor, rules, ROOM.decisions - len(resolved.rows)),
        tuple(shown(what, counted[what], since) for what in NOW),
        tuple(shown(what, counted[what], since) for what in SINCE),
    )


def shown(what: Figure, n: int, since: date) -> Shown:
    return Shown(what, n, reverse("plans:briefing_rows", args=[what.value, since.isoformat()]))


def figures(actor: Actor, overdue: Q, since: date) -> dict[Figure, int]:
    """Every figure by the condition of its rows, in one query."""
    conditions = conditions_of(actor, overdue, since)
    by_name = {what.value: Count("pk", filter=rows, distinct=True) for what, rows in conditions.items()}
    counted = briefing_tasks(actor).aggregate(**by_name)
    return {what: counted[what.value] for what in Figure}


def figure_rows(actor: Actor, what: Figure, today: date, since: date) -> QuerySet[Task]:
    """The rows behind a figure."""
    overdue = lit(actor, today, Light.RED)
    rows = briefing_tasks(actor).filter(conditions_of(actor, overdue, since)[what])
    return rows.select_related("lead_unit", "clause", "owner", "phase")


def conditions_of(actor: Actor, overdue: Q, since: date) -> dict[Figure, Q]:
    """Which tasks a figure counts: one condition for the count and for its list."""
    begin = datetime.combine(since, time.min, tzinfo=SHANGHAI)
    accepted = Step.objects.filter(county_id__in=actor.counties, action=Deed.ACCEPT.value, at__gte=begin)
    verified = Q(state=TaskState.VERIFIED.value)
    return {
        Figure.TOTAL: ~Q(pk=None),
        Figure.UNDER_WAY: Q(state__in=[TaskState.ISSUED.value, TaskState.UNDER_WAY.value]),
        Figure.CLAIMED: Q(state=TaskState.CLAIMED.value),
        Figure.VERIFIED: verified,
        Figure.RED: overdue,
        Figure.ISSUED_SINCE: Q(issued_at__gte=begin),
        Figure.VERIFIED_SINCE: verified & Q(pk__in=accepted.values("task_id")),
        # It turned red on the day after its own.
        Figure.RED_SINCE: overdue & Q(light_on__gte=since),
    }


def matters(actor: Actor, today: date) -> Some:
    """What needs a decision, the nearest day first."""
    here = Q(task__in=briefing_tasks(actor).values("pk"))
    asked = Extension.objects.filter(here, state=ExtensionState.ASKED.value).select_related("task__lead_unit")
    follow_ups = FollowUp.objects.filter(here, task__state__in=sorted(OPEN)).select_related("task__lead_unit")
    follow_ups = follow_ups.order_by("due_on", "pk")
    changes = Change.objects.filter(
        county_id=actor.home, plan__state=Plan.State.ISSUED, state=ChangeState.ASKED.value
    ).select_related("task__lead_unit", "plan")
    sources: tuple[tuple[str, QuerySet[Any]], ...] = (
        (EXTENSION, asked.order_by("due_on", "pk")),
        (RETURNED, returned(actor)),
        (LATE_REPLY, follow_ups.filter(state=FollowUpState.OPEN.value, due_on__lt=today)),
        (REPLIED, follow_ups.filter(state=FollowUpState.REPLIED.value)),
        (CHANGE, changes.order_by("at", "pk")),
    )
    rows = [(kind, row) for kind, some in sources for row in some[: ROOM.matters]]
    steps = open_steps(row.pk for kind, row in rows if kind == CHANGE)
    found = [matter(kind, row, steps) for kind, row in rows]
    found.sort(key=lambda one: one.by or date.max)
    return Some(tuple(found[: ROOM.matters]), sum(some.count() for _kind, some in sources))


def open_steps(changes: Iterable[int]) -> dict[int, str]:
    """Change → the step of its approval that is open, with the person where one is named."""
    here = {"approval__form": access.CHANGE_FORM, "approval__owner_id__in": list(changes)}
    stages = Stage.objects.filter(**here, state=Stage.State.OPEN).select_related("approval")
    return {one.approval.owner_id: " ".join(filter(None, (one.said, one.account_name))) for one in stages}


def returned(actor: Actor) -> QuerySet[Task]:
    """Tasks that their unit gave back, with what it said."""
    said = Step.objects.filter(task=OuterRef("pk"), action=Deed.RETURN.value).order_by("-at", "-pk").values("note")
    rows = briefing_tasks(actor).filter(state=TaskState.RETURNED.value).annotate(said=Subquery(said[:1]))
    return rows.select_related("lead_unit").order_by("light_on", "pk")


def matter(kind: str, row: Any, steps: Mapping[int, str]) -> Matter:
    task = row if kind == RETURNED else row.task
    return Matter(
        kind,
        task.title if task else row.plan.title,
        str(task.lead_unit) if task else "",
        words_of(kind, row),
        day_of_matter(kind, row),
        address_of(kind, row, task),
        steps.get(row.pk, "") if kind == CHANGE else "",
    )


def day_of_matter(kind: str, row: Any) -> date | None:
    """By when: the task's day, that of the reply, or none."""
    if kind == CHANGE:
        return None
    day: date | None = row.light_day if kind == RETURNED else row.due_on
    return day


def words_of(kind: str, row: Any) -> str:
    """What was said about it, by whoever asks."""
    name = {RETURNED: "said", LATE_REPLY: "demand", REPLIED: "reply"}.get(kind, "reason")
    return str(getattr(row, name) or "")


def address_of(kind: str, row: Any, task: Task | None) -> str:
    if kind in {LATE_REPLY, REPLIED}:
        return reverse("plans:follow_up", args=[row.pk])
    return reverse("plans:task", args=[task.pk]) if task else reverse("plans:plan", args=[row.plan_id])


def red(actor: Actor, overdue: Q) -> Some:
    """What is past its day, each with the text of its last report: the unit's own reason."""
    told = Report.objects.filter(task=OuterRef("pk")).exclude(state=ReportState.WITHDRAWN.value)
    rows = briefing_tasks(actor).filter(overdue)
    first = rows.annotate(
        reason=Subquery(told.order_by("-number").values("text")[:1]),
        reason_at=Subquery(told.order_by("-number").values("at")[:1]),
    )
    first = first.select_related("lead_unit").order_by("light_on", "pk")
    return Some(tuple(first[: ROOM.red]), rows.count())


def resolutions(actor: Actor, today: date) -> Some:
    """What the last meeting decided."""
    rows = [row for source in RESOLVERS for row in source(actor, today)]
    return Some(tuple(rows[: ROOM.decisions]), len(rows))


def decisions(actor: Actor, rules: Mapping[int, LightRule], room: int) -> Some:
    """What leaders asked for, the latest first, with the state of its task."""
    rows = Instruction.objects.filter(county_id=actor.home, plan__state=Plan.State.ISSUED, task__isnull=False)
    first = rows.select_related("task__lead_unit").order_by("-on", "-pk")[:room]
    return Some(tuple(Decided(one, light_of(one.task, rules)) for one in first if one.task), rows.count())
