"""Reads: plans, tasks with their lights, reports that wait, totals."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Prefetch, Q, QuerySet, Sum, Value, When
from django.urls import reverse

from xietong.areas.orgs import queries as orgs
from xietong.areas.orgs.models import SCHOOLS, Organisation
from xietong.areas.people.models import Person
from xietong.areas.plans import access
from xietong.areas.plans.models import Clause, Phase, Plan, Standing, Step, Task, TaskSupport
from xietong.areas.plans.rules.coverage import Coverage
from xietong.areas.plans.rules.lights import Light, LightRule
from xietong.areas.plans.rules.states import OPEN, UNFINISHED, TaskState
from xietong.kit.access.permissions import fetch, visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals.queries import Course, course, latest, route_of
from xietong.kit.clock.calendars import office_calendar
from xietong.kit.records.asked import asked_once
from xietong.kit.ruletable.table import in_force, value_of
from xietong.kit.words import said

LIGHTS = "plans.light."
YELLOW = f"{LIGHTS}yellow_working_days"
REST = f"{LIGHTS}schools_rest_in_vacation"
REPORT_OWNER = "plans.report"
PLAN_OWNER = "plans.plan"


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan with its chapters, phases and counts."""

    row: Plan
    chapters: tuple["ClauseNode", ...]
    phases: tuple[Phase, ...]
    counts: "Counts"
    rule: LightRule


@dataclass(frozen=True, slots=True)
class ClauseNode:
    """A clause with what stands below it and how many tasks came of it."""

    row: Clause
    children: tuple["ClauseNode", ...]
    tasks: int
    verified: int
    overdue: int

    @property
    def percent(self) -> int:
        return round(100 * self.verified / self.tasks) if self.tasks else 0


@dataclass(frozen=True, slots=True)
class Counts:
    """Tasks by state, and those past their due day."""

    draft: int = 0
    issued: int = 0
    under_way: int = 0
    claimed: int = 0
    returned: int = 0
    suspended: int = 0
    verified: int = 0
    cancelled: int = 0
    closed: int = 0
    overdue: int = 0

    @property
    def total(self) -> int:
        """All that were issued and not cancelled."""
        with_units = self.issued + self.under_way + self.claimed + self.returned
        return with_units + self.suspended + self.verified + self.closed

    @property
    def percent(self) -> int:
        return round(100 * self.verified / self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class BreakdownPage:
    """任务分解表: a plan's tasks as a table to be printed."""

    row: Plan
    tasks: tuple[Task, ...]
    phases: tuple[Phase, ...]


@dataclass(frozen=True, slots=True)
class ApprovingPage:
    """How far a plan is from being issued. `gaps` counts all tasks and those without lead unit or due date."""

    row: Plan
    gaps: dict[str, int]
    coverage: Coverage
    route: tuple[str, ...]
    course: Course | None
    consulting: bool


def plans(actor: Actor) -> QuerySet[Plan]:
    rows = visible(actor, access.VIEW_PLAN).select_related("county").defer("source_text")
    return rows.order_by("-issued_on", "-pk")


def plan_coverage(plan: Plan) -> Coverage:
    """How much of the text is accounted for, counted by the database."""
    said_here = Q(is_heading=False)
    found = plan.sentences.aggregate(
        task=Count("pk", filter=Q(sources__isnull=False), distinct=True),
        context=Count("pk", filter=said_here & Q(sources=None, context_at__isnull=False), distinct=True),
        open=Count("pk", filter=said_here & Q(sources=None, context_at=None), distinct=True),
    )
    return Coverage(**found)


def plan_page(actor: Actor, pk: int, today: date) -> PlanPage:
    row = fetch(actor, access.VIEW_PLAN, pk, join=("county",))
    rule = light_rule(row.county_id, today)
    by_clause = clause_counts(row, rule)
    clauses = list(row.clauses.order_by("order"))
    return PlanPage(
        row, nodes(clauses, by_clause, None), tuple(row.phases.order_by("order")), counts(row, rule), rule
    )


def clause_counts(plan: Plan, rule: LightRule) -> dict[int | None, tuple[int, int, int]]:
    """Clause → (tasks, verified, overdue), of the tasks that hang on it directly."""
    rows = (
        Task.objects.filter(plan=plan)
        .values_list("clause_id")
        .annotate(
            n=Count("pk"),
            verified=Count("pk", filter=Q(state=TaskState.VERIFIED.value)),
            overdue=Count("pk", filter=overdue(rule)),
        )
    )
    return {clause: (n, done, late) for clause, n, done, late in rows}


def nodes(
    clauses: list[Clause], by_clause: Mapping[int | None, tuple[int, int, int]], parent: int | None
) -> tuple[ClauseNode, ...]:
    found = []
    for clause in clauses:
        if clause.parent_id == parent:
            below = nodes(clauses, by_clause, clause.pk)
            own = by_clause.get(clause.pk, (0, 0, 0))
            found.append(
                ClauseNode(
                    clause,
                    below,
                    own[0] + sum(one.tasks for one in below),
                    own[1] + sum(one.verified for one in below),
                    own[2] + sum(one.overdue for one in below),
                )
            )
    return tuple(found)


def counts(plan: Plan, rule: LightRule) -> Counts:
    by_state = {state: Count("pk", filter=Q(state=state)) for state, _ in Task.STATES}
    return Counts(**Task.objects.filter(plan=plan).aggregate(**by_state, overdue=Count("pk", filter=overdue(rule))))


def clauses_of(plan: Plan) -> list[Clause]:
    """The outline in the order of the text, every clause knowing its parent without a further query."""
    rows = list(plan.clauses.order_by("order"))
    by_key = {row.pk: row for row in rows}
    for row in rows:
        row.parent = by_key.get(row.parent_id) if row.parent_id else None
    return rows


def plan_to_change(actor: Actor, pk: int) -> Plan:
    return fetch(actor, access.CHANGE_PLAN, pk)


def plan_prepared(actor: Actor, pk: int) -> Plan:
    return fetch(actor, access.PREPARE_PLAN, pk)


def plan_to_issue(actor: Actor, pk: int) -> Plan:
    return fetch(actor, access.ISSUE_PLAN, pk)


def plan_to_close(actor: Actor, pk: int) -> Plan:
    return fetch(actor, access.CLOSE_PLAN, pk)


def plan_to_continue(actor: Actor, pk: int) -> Plan:
    return fetch(actor, access.CONTINUE_PLAN, pk)


def plans_to_replace(actor: Actor) -> dict[int, Plan]:
    """The plans in force that a new file may be a later version of."""
    rows = visible(actor, access.PREPARE_PLAN).filter(state=Plan.State.ISSUED).defer("source_text")
    return {one.pk: one for one in rows.order_by("-issued_on", "-pk")}


@asked_once
def light_rule(county_id: int, today: date) -> LightRule:
    """The county's rule for deadline lights on a day, from rule table and calendars.

    Raises
        NotReady: the table has no such rule on that day.
    """
    rules = in_force(county_id, today, prefix=LIGHTS)
    calendar = office_calendar(county_id, today)
    rest = value_of(rules, REST) == "1" and orgs.in_vacation(county_id, today)
    return LightRule(today, calendar.add(today, int(value_of(rules, YELLOW))), schools_rest=rest)


def light_of(task: Task, rules: Mapping[int, LightRule], day: date | None = None) -> Light:
    """The light of a task that was read with its lead unit: by its earliest open part, or by a day of its own."""
    at_school = task.lead_unit is not None and task.lead_unit.is_school
    return rules[task.county_id].light(TaskState(task.state), day or task.light_day, at_school=at_school)


def rules_for(actor: Actor, today: date) -> dict[int, LightRule]:
    return {county: light_rule(county, today) for county in actor.counties}


def resting(rule: LightRule) -> Q:
    """Tasks whose light stands still because it is vacation and a school leads them."""
    return Q(lead_unit__kind__in=sorted(SCHOOLS)) if rule.schools_rest else Q(pk__in=[])


def overdue(rule: LightRule) -> Q:
    return Q(state__in=sorted(OPEN), light_on__lt=rule.today) & ~resting(rule)


def lit(actor: Actor, today: date, light: str) -> Q:
    """The condition for a light on a day."""
    return lit_by(rules_for(actor, today), light)


def lit_by(rules: Mapping[int, LightRule], light: str) -> Q:
    """The condition for a light, the same rule as `LightRule.light` said to the database."""
    condition = Q(pk__in=[])
    for county_id, rule in rules.items():
        still = resting(rule)
        due = {
            Light.RED: Q(light_on__lt=rule.today) & ~still,
            Light.YELLOW: Q(light_on__gte=rule.today, light_on__lte=rule.yellow_until) & ~still,
            Light.GREEN: Q(light_on__gt=rule.yellow_until) & ~still,
            Light.GREY: still,
        }.get(Light(light), Q(pk__in=[]))
        condition |= Q(county_id=county_id, state__in=sorted(OPEN)) & due
    return condition


def tasks(actor: Actor) -> QuerySet[Task]:
    """The tasks that an actor sees, each with what a list shows of it."""
    return visible(actor, access.VIEW_TASK).select_related("lead_unit", "clause", "owner", "phase")


def my_tasks(actor: Actor) -> QuerySet[Task]:
    """The issued tasks that the actor's unit leads, or that he owns himself; what is over comes last (`is_over`)."""
    ours = Q(lead_unit_id__in=actor.orgs) | Q(owner_id=actor.person_id, owner__isnull=False)
    is_over = Case(When(state__in=sorted(UNFINISHED), then=Value(0)), default=Value(1))
    return tasks(actor).filter(ours).exclude(state=TaskState.DRAFT.value).annotate(is_over=is_over)


def task_to_change(actor: Actor, pk: int) -> Task:
    return fetch(actor, access.CHANGE_TASK, pk, join=("plan",))


def late_tasks(actor: Actor, today: date) -> QuerySet[Task]:
    return tasks(actor).filter(lit(actor, today, Light.RED)).order_by("light_on", "pk")


def moved_tasks(actor: Actor) -> QuerySet[Task]:
    """What is new: the tasks that something happened to last."""
    return tasks(actor).exclude(moved_at=None).order_by("-moved_at", "-pk")


def last_steps(tasks_shown: list[Task]) -> dict[int, Step]:
    """Task → its latest step, in one query."""
    found: dict[int, Step] = {}
    for step in Step.objects.filter(task__in=tasks_shown).order_by("at", "pk"):
        found[step.task_id] = step
    return found


def current_plan(actor: Actor) -> Plan | None:
    return plans(actor).filter(state=Plan.State.ISSUED).first()


def standings(actor: Actor) -> QuerySet[Standing]:
    """Stored totals of every county that an observer sees, in the order of the county codes."""
    return visible(actor, access.VIEW_STANDING).select_related("county", "plan")


def standing_sums(actor: Actor) -> dict[str, int]:
    """Counties with an issued plan, and their tasks by state, from the stored totals alone."""
    states = ("issued", "returned", "suspended", "under_way", "claimed", "verified", "overdue")
    found = visible(actor, access.VIEW_STANDING).aggregate(
        counties=Count("county", distinct=True), **{state: Sum(state, default=0) for state in states}
    )
    return {**found, "total": sum(found[state] for state in states[:-1])}


def units_with_tasks(actor: Actor) -> list[tuple[int, str]]:
    """The lead units of the tasks that an actor sees, in official order, for the filter."""
    leads = visible(actor, access.VIEW_TASK).values("lead_unit_id")
    return [(one.pk, str(one)) for one in Organisation.objects.filter(pk__in=leads).order_by("order", "pk")]


def chapter_choices(actor: Actor) -> list[tuple[str, str]]:
    """The sections (second level) that tasks hang on, for the filter."""
    rows = Clause.objects.filter(plan__in=plans(actor), level=2, kind__in=["task", "guarantee"]).order_by(
        "plan", "order"
    )
    return [(row.number, str(row)) for row in rows]


def state_choices() -> list[tuple[str, Any]]:
    return list(Task.STATES)


def draft_tasks(plan: Plan) -> QuerySet[Task]:
    """The tasks of a plan, each with what the breakdown shows of it."""
    supports = Prefetch("supports", queryset=TaskSupport.objects.select_related("unit").order_by("unit__order"))
    return plan.tasks.select_related("lead_unit", "clause", "owner", "phase", "parent").prefetch_related(supports)


def drafts(plan: Plan) -> list[Task]:
    """All of them, in the order of the text."""
    return list(draft_tasks(plan).order_by("pk"))


def gaps(plan: Plan) -> dict[str, int]:
    """What still keeps the tasks of a plan from being issued, counted."""
    return plan.tasks.aggregate(
        total=Count("pk"), lead=Count("pk", filter=Q(lead_unit=None)), due=Count("pk", filter=Q(due_on=None))
    )


def next_number(plan: Plan) -> str:
    """A number for one more task that is not in use."""
    used = set(plan.tasks.values_list("number", flat=True))
    return next(name for n in range(len(used) + 1, 2 * len(used) + 2) if (name := str(n)) not in used)


def tasks_by_id(plan: Plan) -> dict[int, Task]:
    return {one.pk: one for one in plan.tasks.order_by("pk")}


def other_tasks(task: Task) -> dict[int, Task]:
    """The tasks of its plan beside it."""
    return {one.pk: one for one in task.plan.tasks.exclude(pk=task.pk).order_by("pk")}


def units_of_drafts(plan: Plan) -> list[Organisation]:
    """Every unit that leads or supports a task of the plan, in official order: whom to consult."""
    leads = plan.tasks.exclude(lead_unit=None).values("lead_unit_id")
    supports = TaskSupport.objects.filter(task__plan=plan).values("unit_id")
    rows = Organisation.objects.filter(Q(pk__in=leads) | Q(pk__in=supports), closed_on=None)
    return list(rows.order_by("order", "pk"))


def breakdown(actor: Actor, pk: int) -> "BreakdownPage":
    row = fetch(actor, access.VIEW_PLAN, pk, join=("county",))
    return BreakdownPage(row, tuple(drafts(row)), tuple(row.phases.order_by("order")))


def approving_page(actor: Actor, pk: int) -> "ApprovingPage":
    """What the office sees between draft and issue."""
    row = plan_prepared(actor, pk)
    last = latest(access.PLAN_FORM, row.pk)
    return ApprovingPage(
        row,
        gaps(row),
        plan_coverage(row),
        tuple(said(one.title) for one in route_of(row.county_id, access.PLAN_FORM)),
        course(last) if last else None,
        row.consultations.filter(closed_on=None).exists(),
    )


def task_url(pk: int) -> str:
    return reverse("plans:task", args=[pk])


def owner_choices(actor: Actor, task: Task) -> dict[int, Any]:
    """Who may be put in charge of a task: those who hold a post at its lead unit."""
    rows = Person.objects.filter(appointments__organisation=task.lead_unit, appointments__to_on=None, left_on=None)
    return {one.pk: one for one in rows.distinct().order_by("pinyin", "pk")}


def phases_by_id(plan: Plan) -> dict[int, Phase]:
    return {phase.pk: phase for phase in plan.phases.order_by("order")}
