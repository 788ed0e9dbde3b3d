"""Reads: what a cycle asks of whom. The same before it is opened, to be shown, and while it is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from xietong.areas.dispatch.models import Cycle, Decision, Entry
from xietong.areas.dispatch.queries.schedule import spans_of
from xietong.areas.dispatch.rules.months import Stretch
from xietong.areas.dispatch.rules.states import DecisionState, EntryKind, is_typed, strongest
from xietong.areas.orgs.models import Organisation, OrgKind
from xietong.areas.people import queries as people
from xietong.areas.plans.access import DOERS
from xietong.areas.plans.models import Milestone, Occurrence, Plan, Report, Task
from xietong.areas.plans.queries import light_rule
from xietong.areas.plans.rules.lights import Light
from xietong.areas.plans.rules.states import WITH_THE_UNIT, ReportState, TaskState

# The office asks; it does not file with itself.
A_YEAR, DAY = timedelta(days=366), timedelta(days=1)
ASKING = (OrgKind.LEADING_GROUP, OrgKind.GROUP_OFFICE)


@dataclass(frozen=True, slots=True)
class Asked:
    """One matter that a unit is asked about, with what can be told of it by a tick."""

    unit_id: int
    kind: EntryKind
    task_id: int | None = None
    decision_id: int | None = None
    occurrence_id: int | None = None
    milestones: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Load:
    """What a cycle would ask: units, matters by kind, fields to be typed; who is asked too much, who has nobody."""

    units: int
    by_kind: dict[str, int]
    fields: int
    most: int
    limit: int
    too_many: tuple[tuple[Organisation, int], ...]
    nobody: tuple[Organisation, ...]

    @property
    def average(self) -> float:
        return round(self.fields / self.units, 1) if self.units else 0


def tasks_asked(county_id: int) -> QuerySet[Task]:
    """The tasks that are with a unit: what was claimed or given back waits for the office."""
    return Task.objects.filter(
        county_id=county_id, plan__state=Plan.State.ISSUED, state__in=sorted(WITH_THE_UNIT), lead_unit__isnull=False
    )


def decisions_asked(county_id: int) -> QuerySet[Decision]:
    return Decision.objects.filter(county_id=county_id, state=DecisionState.OPEN.value)


def units_asked(county_id: int) -> QuerySet[Organisation]:
    """Every unit that has a task or a decision, in the order of keys, by which a cycle is opened."""
    has = Q(pk__in=tasks_asked(county_id).values("lead_unit_id")) | Q(
        pk__in=decisions_asked(county_id).values("unit_id")
    )
    return Organisation.objects.filter(has, closed_on=None).exclude(kind__in=ASKING).order_by("pk")


def asked_of(county_id: int, *, span_to: date, today: date, units: Sequence[int]) -> list[Asked]:
    """What these units are asked in a month that ends on a day: every open task stands there, most only offered."""
    return [
        *(of_decision(one) for one in decisions_asked(county_id).filter(unit__in=units).order_by("due_on", "pk")),
        *of_tasks(county_id, span_to=span_to, today=today, units=units),
    ]


def of_decision(one: Decision) -> Asked:
    return Asked(one.unit_id, EntryKind.DECISION, decision_id=one.pk)


def of_tasks(county_id: int, *, span_to: date, today: date, units: Sequence[int]) -> Iterator[Asked]:
    rule = light_rule(county_id, today)
    tasks = tasks_asked(county_id).filter(lead_unit__in=units).select_related("lead_unit").order_by("pk")
    rows = list(tasks.only("state", "next_due_on", "due_on", "lead_unit__kind", "county_id"))
    milestones, periods = open_milestones(rows, span_to), open_periods(rows, span_to)
    for task in rows:
        at_school = task.lead_unit is not None and task.lead_unit.is_school
        is_red = rule.light(TaskState(task.state), task.light_day, at_school=at_school) is Light.RED
        reached, period = milestones.get(task.pk, ()), periods.get(task.pk)
        reasons = {EntryKind.RED: is_red, EntryKind.MILESTONE: bool(reached), EntryKind.PERIOD: bool(period)}
        kind = strongest({reason for reason, holds in reasons.items() if holds})
        yield Asked(task.lead_unit_id or 0, kind, task_id=task.pk, occurrence_id=period, milestones=reached)


def open_milestones(tasks: Iterable[Task], until: date) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    rows = Milestone.objects.filter(task__in=list(tasks), report=None, due_on__lte=until).order_by("due_on", "pk")
    for task, pk in rows.values_list("task_id", "pk"):
        found[task] = (*found.get(task, ()), pk)
    return found


def open_periods(tasks: Iterable[Task], until: date) -> dict[int, int]:
    """Of each task the earliest period that nobody has reported yet: a standing duty is asked when its term ends."""
    rows = Occurrence.objects.filter(task__in=list(tasks), report=None, due_on__lte=until).order_by("-due_on", "-pk")
    return dict(rows.values_list("task_id", "pk"))


def reports_since(tasks: Iterable[int], day: date, *, cycle: Cycle | None = None) -> QuerySet[Report]:
    """What was reported on tasks from a day on and was not sent back.

    What was told in another cycle does not count: filings come when the days of the next cycle have begun.
    """
    told = (ReportState.SUBMITTED.value, ReportState.ACCEPTED.value)
    wanted = list(tasks)
    elsewhere = Entry.objects.filter(task__in=wanted, report__isnull=False).exclude(filing__cycle=cycle)
    rows = Report.objects.filter(task__in=wanted, state__in=told, at__date__gte=day)
    return rows.exclude(pk__in=elsewhere.values("report"))


def load(county_id: int, stretch: Stretch, today: date) -> Load:
    """What the month would ask, in a constant number of queries."""
    units = {one.pk: one for one in units_asked(county_id)}
    asked = asked_of(county_id, span_to=stretch.span_to, today=today, units=list(units))
    by_kind = {kind.value: 0 for kind in EntryKind}
    fields = dict.fromkeys(units, 0)
    known = reports_since((one.task_id for one in asked if one.task_id), stretch.span_from)
    told = set(known.values_list("task_id", flat=True))
    for one in asked:
        by_kind[one.kind.value] += 1
        fields[one.unit_id] += is_typed(one.kind) and one.task_id not in told
    limit = spans_of(county_id, today).most_fields
    over = sorted((unit.order, pk) for pk, unit in units.items() if fields[pk] > limit)
    return Load(
        len(units),
        by_kind,
        sum(fields.values()),
        max(fields.values(), default=0),
        limit,
        tuple((units[pk], fields[pk]) for _order, pk in over),
        without_speaker(county_id, units, today),
    )


def without_speaker(county_id: int, units: dict[int, Organisation], today: date) -> tuple[Organisation, ...]:
    """The units for which nobody could file, in official order; a small one may file through another."""
    speaking = people.units_spoken_for(county_id, map(str, DOERS), today)
    mute = [one for one in units.values() if not {one.pk, one.files_through_id} & speaking]
    return tuple(sorted(mute, key=lambda one: (one.order, one.pk)))


def unasked_units(cycle: Cycle, *, after: int) -> QuerySet[Organisation]:
    """The units that the opening of a cycle has still to come to."""
    if cycle.kind == Cycle.Kind.SPECIAL:
        return Organisation.objects.filter(pk__in=cycle.filings.values("unit_id"), pk__gt=after).order_by("pk")
    return units_asked(cycle.county_id).filter(pk__gt=after)


def last_entries(cycle: Cycle, tasks: Iterable[int], decisions: Iterable[int]) -> dict[tuple[str, int], Entry]:
    """What was said of tasks and decisions last, before this cycle: ("task" or "decision", key) → entry."""
    about = Q(task__in=list(tasks)) | Q(decision__in=list(decisions))
    span = (cycle.span_to - A_YEAR, cycle.span_to - DAY)
    said = Entry.objects.filter(about, county_id=cycle.county_id, filing__cycle__span_to__range=span)
    found: dict[tuple[str, int], Entry] = {}
    for one in said.exclude(text="").select_related("filing__cycle").order_by("filing__cycle__span_to", "pk"):
        found["task" if one.task_id else "decision", one.task_id or one.decision_id or 0] = one
    return found


def asked_already(filings: Iterable[int]) -> set[tuple[int, int | None, int | None]]:
    """(filing, task, decision) of every entry that these filings have."""
    return set(Entry.objects.filter(filing__in=list(filings)).values_list("filing_id", "task_id", "decision_id"))
