"""Reads: the rows behind the figures of a month or a meeting, for its documents; a constant number of queries."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q

from xietong.areas.dispatch.models import Attendance, Cycle, Decision, Entry, EntryMilestone, Filing, Meeting
from xietong.areas.dispatch.queries.cycles import MONTHS, rows_of, sections_of
from xietong.areas.dispatch.queries.decisions import FILED, late
from xietong.areas.dispatch.queries.filings import is_said
from xietong.areas.dispatch.rules.states import DecisionState, EntryKind, FilingState, Punctuality
from xietong.areas.indicators.models import Indicator
from xietong.areas.indicators.queries import Level, Standing, county_indicators, levels, standings
from xietong.areas.indicators.rules.lights import Light
from xietong.areas.plans import queries as plans
from xietong.areas.plans.models import Clause, Plan, Task
from xietong.areas.plans.rules.states import TaskState
from xietong.kit.clock.time import day_of


@dataclass(frozen=True, slots=True)
class Counted:
    """The rows of a month by what they count as, in the order in which a document lists them.

    `clauses` gives for the key of a clause the section of the plan that it belongs to.
    """

    filings: dict[str, list[Filing]]
    entries: dict[str, list[Entry]]
    tasks: dict[str, list[Task]]
    decisions: dict[str, list[Decision]]
    milestones: list[EntryMilestone]
    highlights: list[Filing]
    clauses: dict[int, Clause]
    rates: list[tuple[str, int]]
    indicators: dict[str, list[Standing]]


def counted(cycle: Cycle, today: date) -> Counted:
    filings = list(cycle.filings.select_related("unit").order_by("unit__order", "unit_id"))
    entries = entries_that_came(cycle)
    return Counted(
        filings_by(filings, today),
        entries_by(entries),
        tasks_by(cycle.county_id, today),
        decisions_by(cycle, today),
        [tick for one in entries for tick in one.milestones.all() if tick.is_reached],
        [one for one in filings if one.highlight and one.state == FilingState.ACCEPTED.value],
        sections_of({one.task.clause_id for one in entries if one.task and one.task.clause_id}),
        rates(cycle, today),
        indicators_by(cycle.county_id, today),
    )


def indicators_by(county_id: int, today: date) -> dict[str, list[Standing]]:
    """The indicators that are held against something, by whether their last value meets it."""
    found = standings(county_id, today)
    met = [one for one in found if one.light is Light.GREEN]
    return {"indicators": found, "indicators_met": met, "indicators_short": [one for one in found if one not in met]}


def indicators_by_name(county_id: int, taken: Container[str]) -> list[Indicator]:
    """The indicators in use that a name tells apart, without those whose name means something else."""
    by_name: dict[str, Indicator] = {}
    for row in county_indicators(county_id):
        if not row.retired_on and row.name not in taken:
            by_name.setdefault(row.name, row)
    return list(by_name.values())


def indicator_levels(county_id: int, taken: Container[str]) -> list[tuple[Indicator, Level | None]]:
    """The same with where each stands; None without a value that counts."""
    rows = indicators_by_name(county_id, taken)
    found = levels(rows)
    return [(row, found.get(row.pk)) for row in rows]


def filings_by(filings: Iterable[Filing], today: date) -> dict[str, list[Filing]]:
    found: dict[str, list[Filing]] = {name.value: [] for name in Punctuality}
    for one in filings:
        found[one.course.punctuality(today).value].append(one)
    asked = [one for one in filings if one.state != FilingState.EXCUSED.value]
    return {**found, "asked": asked, "nothing_new": [one for one in asked if one.is_nothing_new and one.first_at]}


def entries_that_came(cycle: Cycle) -> list[Entry]:
    """What was asked in a cycle, with what was said of it by filings that have come."""
    ticks = Prefetch("milestones", queryset=EntryMilestone.objects.select_related("milestone").order_by("pk"))
    rows = Entry.objects.filter(filing__cycle=cycle).exclude(filing__state=FilingState.EXCUSED.value)
    rows = rows.select_related("filing__unit", "filing__cycle", "task__clause", "task__lead_unit", "decision")
    return list(rows.prefetch_related(ticks).order_by("task__clause__order", "filing__unit__order", "pk"))


def entries_by(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Entries of units that have not filed count as asked, not as said."""
    about = [one for one in entries if one.task_id]
    came = {one.pk for one in entries if one.filing.state in FILED}
    red = [one for one in about if one.kind == EntryKind.RED.value]
    explained = {one.pk for one in red if one.pk in came and one.text}
    return {
        "tasks_asked": [one for one in about if one.kind != EntryKind.OFFERED.value],
        "tasks_said": [one for one in about if one.pk in came and is_said(one)],
        "problems": [one for one in entries if one.pk in came and one.problem],
        "red": red,
        "red_said": [one for one in red if one.pk in explained],
        "red_silent": [one for one in red if one.pk not in explained],
    }


def tasks_by(county_id: int, today: date) -> dict[str, list[Task]]:
    """The tasks that were issued by a day, and those of them that were verified by then."""
    rows = Task.objects.filter(county_id=county_id, plan__state=Plan.State.ISSUED, issued_at__date__lte=today)
    rows = rows.exclude(state__in=[TaskState.CANCELLED.value, TaskState.DRAFT.value]).select_related("lead_unit")
    total = list(rows.order_by("clause__order", "pk"))
    verified = [one for one in total if one.state == TaskState.VERIFIED.value]
    return {
        "tasks_total": total,
        "tasks_verified": [one for one in verified if one.moved_at and day_of(one.moved_at) <= today],
    }


def decisions_by(cycle: Cycle, today: date) -> dict[str, list[Decision]]:
    """What was decided until the end of a cycle's days and was not cancelled, as it stood on a day.

    `reported` is what a document lists: what is pending, and what was closed since the cycle's first day.
    """
    rows = Decision.objects.filter(county_id=cycle.county_id, made_at__date__lte=cycle.span_to)
    rows = rows.exclude(state=DecisionState.CANCELLED.value).select_related("unit")
    found = list(rows.order_by("year", "number"))
    rules = {cycle.county_id: plans.light_rule(cycle.county_id, today)}
    overdue = set(rows.filter(late(rules)).values_list("pk", flat=True))
    closed = {one.pk: day_of(one.closed_at) for one in found if one.closed_at and day_of(one.closed_at) <= today}
    return {
        "decided": found,
        "reported": [one for one in found if one.pk not in closed or closed[one.pk] >= cycle.span_from],
        "decided_closed": [one for one in found if one.pk in closed],
        "decided_pending": [one for one in found if one.pk not in closed],
        "decided_late": [one for one in found if one.pk in overdue],
    }


def rates(cycle: Cycle, today: date) -> list[tuple[str, int]]:
    """How much of every hundred asked had filed, in the months up to this one."""
    months = Cycle.objects.filter(
        Q(month__lt=cycle.month) | Q(pk=cycle.pk), county_id=cycle.county_id, kind=Cycle.Kind.MONTHLY
    )
    rows = months.order_by("-month", "-pk").annotate(**{name: counted_as(name, today) for name in RATED})[:MONTHS]
    return [(one.label, percent(one)) for one in reversed(rows)]


RATED = tuple(name.value for name in Punctuality if name is not Punctuality.EXCUSED)


def counted_as(name: str, today: date) -> Any:
    return Count("filings", filter=rows_of(name, today))


def percent(cycle: Any) -> int:
    asked = sum(getattr(cycle, name) for name in RATED)
    return round(100 * (cycle.on_time + cycle.late) / asked) if asked else 0


def counted_in(meeting: Meeting) -> tuple[list[Attendance], list[Decision]]:
    """Who came to a meeting, and what it decided."""
    came = meeting.attendances.filter(state=Attendance.State.PRESENT).select_related("unit", "person")
    decided = meeting.decisions.exclude(state=DecisionState.CANCELLED.value).select_related("unit")
    return list(came.order_by("unit__order", "unit_id", "pk")), list(decided.order_by("number"))
