"""Reads: decisions with their lights, one with its course, what waits for whom."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from xietong.areas.dispatch import access
from xietong.areas.dispatch.models import Decision, DecisionStep, Entry, Meeting
from xietong.areas.dispatch.rules.decisions import DecisionDeed
from xietong.areas.dispatch.rules.states import PENDING, DecisionState, FilingState, MeetingState
from xietong.areas.orgs.models import SCHOOLS, Organisation
from xietong.areas.plans import queries as plans
from xietong.areas.plans.access import VIEW_TASK
from xietong.areas.plans.models import Clause, Plan, Task
from xietong.areas.plans.rules.lights import Light, LightRule
from xietong.areas.plans.rules.states import OPEN, TaskState
from xietong.kit.access.permissions import fetch, may, visible
from xietong.kit.accounts.actor import Actor

SOON = timedelta(days=10)
FILED = (FilingState.SUBMITTED.value, FilingState.ACCEPTED.value)
DECISION_TONES = {"open": "blue", "claimed": "orange", "closed": "green", "cancelled": "grey"}
DEEDS = {
    "claim": access.CLAIM_DECISION,
    "close": access.CLOSE_DECISION,
    "change": access.CHANGE_DECISION,
}


@dataclass(frozen=True, slots=True)
class Lit:
    """A decision and its deadline light on the day; `is_ours` where whoever looks may open it."""

    row: Decision
    light: Light
    is_ours: bool = True


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """One decision: what its unit said of it in its filings, and its course, the latest first."""

    row: Decision
    light: Light
    steps: tuple[DecisionStep, ...]
    entries: tuple[Entry, ...]
    task: Task | None
    meeting: Meeting | None
    may: frozenset[str]

    @property
    def claim(self) -> DecisionStep | None:
        """The claim that waits for the office."""
        return self.steps[0] if self.steps and self.row.state == DecisionState.CLAIMED.value else None


def light_of(row: Decision, rules: Mapping[int, LightRule]) -> Light:
    """The light of a decision that was read with its unit: the same rule as for tasks."""
    if row.state not in PENDING:
        return Light.NONE
    return rules[row.county_id].light(TaskState.ISSUED, row.due_on, at_school=row.unit.is_school)


def lit_decisions(actor: Actor, rows: QuerySet[Decision], today: date) -> tuple[Lit, ...]:
    """Some decisions with their lights; which of them whoever looks may open."""
    found = list(rows.select_related("unit", "person"))
    opened = visible(actor, access.VIEW_DECISION).filter(pk__in=[one.pk for one in found])
    return lit(found, today, set(opened.values_list("pk", flat=True)))


def lit(rows: Sequence[Decision], today: date, ours: Collection[int] | None = None) -> tuple[Lit, ...]:
    """Rows at hand, read with their units, with their lights."""
    rules = {one: plans.light_rule(one, today) for one in {row.county_id for row in rows}}
    return tuple(Lit(row, light_of(row, rules), ours is None or row.pk in ours) for row in rows)


def decisions(actor: Actor) -> QuerySet[Decision]:
    return visible(actor, access.VIEW_DECISION).select_related("unit", "person", "meeting", "task")


def pending(actor: Actor) -> QuerySet[Decision]:
    return decisions(actor).filter(state__in=sorted(PENDING)).order_by("due_on", "pk")


def late(rules: Mapping[int, LightRule]) -> Q:
    """Decisions past their day whose light is red: that of a school stands still in the vacation."""
    condition = Q(pk__in=[])
    for county_id, rule in rules.items():
        resting = Q(unit__kind__in=sorted(SCHOOLS)) if rule.schools_rest else Q(pk__in=[])
        due = Q(county_id=county_id, state__in=sorted(PENDING), due_on__lt=rule.today)
        condition |= due & ~resting
    return condition


def decision_page(actor: Actor, pk: int, today: date) -> DecisionPage:
    row = fetch(actor, access.VIEW_DECISION, pk, join=("unit", "person", "clause", "county", "item"))
    said = Entry.objects.filter(decision=row, filing__state__in=FILED).exclude(text="", problem="", is_done=False)
    return DecisionPage(
        row,
        light_of(row, {row.county_id: plans.light_rule(row.county_id, today)}),
        tuple(row.steps.order_by("-at", "-pk")),
        tuple(said.select_related("filing__cycle", "filing__unit").order_by("-filing__cycle__month", "-pk")),
        visible(actor, VIEW_TASK).filter(pk=row.task_id or 0).first(),
        visible(actor, access.VIEW_MEETING).filter(pk=row.meeting_id or 0).first(),
        frozenset(name for name, right in DEEDS.items() if may(actor, right, row)),
    )


def decision_to(actor: Actor, deed: str, pk: int) -> Decision:
    return fetch(actor, DEEDS[deed], pk, join=("unit", "person", "county"))


def claimed_note(row: Decision) -> str:
    """What a unit wrote in the claim that waits."""
    claimed = row.state == DecisionState.CLAIMED.value
    last = row.steps.filter(action=DecisionDeed.CLAIM.value).order_by("-at", "-pk").first() if claimed else None
    return last.note if last else ""


def open_of(meeting: Meeting) -> QuerySet[Decision]:
    """What a meeting decided and nobody has closed yet."""
    return meeting.decisions.filter(state__in=sorted(PENDING)).order_by("number")


def next_decision_number(county_id: int, year: int) -> int:
    """The number of one more decision of a year; the caller holds the county."""
    last = Decision.objects.filter(county_id=county_id, year=year).order_by("-number").first()
    return last.number + 1 if last else 1


def due_soon(actor: Actor, today: date) -> QuerySet[Decision]:
    """What one's own unit has to settle within ten days, or should have."""
    rows = visible(actor, access.CLAIM_DECISION).filter(state=DecisionState.OPEN.value, due_on__lte=today + SOON)
    return rows.select_related("unit").order_by("due_on", "pk")


def claims(actor: Actor) -> QuerySet[Decision]:
    """Those that a unit says are settled, for the office to close."""
    rows = visible(actor, access.CLOSE_DECISION).filter(state=DecisionState.CLAIMED.value)
    return rows.select_related("unit").order_by("due_on", "pk")


def last_decided(actor: Actor) -> Meeting | None:
    """The latest meeting that decided something."""
    rows = visible(actor, access.VIEW_MEETING).exclude(state=MeetingState.CANCELLED.value)
    return rows.filter(decisions__isnull=False).order_by("-starts_at", "-pk").first()


def resolved(actor: Actor, today: date) -> list[plans.Resolved]:
    """What the last meeting decided, as the leading group's page shows it: what is not settled first."""
    meeting = last_decided(actor)
    if meeting is None or not access.VIEW_DECISION.held_by(actor):
        return []
    rows = meeting.decisions.exclude(state=DecisionState.CANCELLED.value).select_related("unit")
    found = lit(list(rows.order_by("closed_at", "due_on", "pk")), today)
    pending = sorted(found, key=lambda one: one.row.state not in PENDING)
    return [resolution(one, meeting) for one in pending]


def resolution(one: Lit, meeting: Meeting) -> plans.Resolved:
    row = one.row
    words = row.closing_note or meeting.title
    tone, state = DECISION_TONES[row.state], str(row.get_state_display())
    return plans.Resolved(row.text, str(row.unit), words, state, tone, one.light, row.due_on, decision_url(row.pk))


def tasks_to_link(actor: Actor) -> dict[int, Task]:
    """The tasks that a decision may be added to."""
    rows = visible(actor, VIEW_TASK).filter(state__in=sorted(OPEN), plan__state=Plan.State.ISSUED)
    return {one.pk: one for one in rows.order_by("clause__order", "pk")}


def clauses_to_link(plan: Plan | None) -> dict[int, Clause]:
    return {one.pk: one for one in plans.clauses_of(plan)} if plan else {}


def plan_for_tasks(actor: Actor) -> Plan | None:
    """The plan in force that a decision adds a task to."""
    return plans.plan_for_instruction(actor)


def units_bound(actor: Actor) -> list[tuple[int, str]]:
    """The units of the decisions that an actor sees, in official order, for the filter."""
    units = visible(actor, access.VIEW_DECISION).values("unit_id")
    return [(one.pk, str(one)) for one in Organisation.objects.filter(pk__in=units).order_by("order", "pk")]


def decision_kinds() -> list[tuple[str, Any]]:
    return list(Decision.Kind.choices)


def decision_states() -> list[tuple[str, Any]]:
    return list(Decision.STATES)


def decision_url(pk: int) -> str:
    return reverse("dispatch:decision", args=[pk])


def numbered(row: Decision) -> str:
    return f"{row.year}-{row.number}"


def names_of(rows: Iterable[Decision]) -> list[str]:
    return [numbered(one) for one in rows]
