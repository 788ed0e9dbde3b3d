"""Reads: the months, who has filed in them, by unit, by clause and by sentence, and what stands still."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from xietong.areas.dispatch import access
from xietong.areas.dispatch.models import Cycle, Document, Entry, Filing
from xietong.areas.dispatch.queries.asking import ASKING, tasks_asked
from xietong.areas.dispatch.queries.filings import SAID
from xietong.areas.dispatch.queries.schedule import next_stretch
from xietong.areas.dispatch.queries.units import partners
from xietong.areas.dispatch.rules.months import Stretch
from xietong.areas.dispatch.rules.states import WITH_THE_UNIT, CycleState, EntryKind, FilingState, Punctuality
from xietong.areas.orgs import queries as orgs
from xietong.areas.orgs.access import own_county
from xietong.areas.orgs.models import Organisation
from xietong.areas.plans.models import Clause
from xietong.areas.plans.queries import clauses_of
from xietong.kit.access.permissions import fetch, may, visible
from xietong.kit.accounts.actor import Actor

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Totals:
    """A cycle counted: filings by where they are and how they came, entries that were asked and answered."""

    total: int = 0
    on_time: int = 0
    late: int = 0
    missing: int = 0
    waiting: int = 0
    excused: int = 0
    under_review: int = 0
    sent_back: int = 0
    accepted: int = 0
    nothing_new: int = 0
    office_late: int = 0
    refiled_late: int = 0

    @property
    def filed(self) -> int:
        return self.on_time + self.late

    @property
    def percent(self) -> int:
        asked = self.total - self.excused
        return round(100 * self.filed / asked) if asked else 0


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A section of the plan in a cycle: tasks asked, those with words, those with a problem, those overdue."""

    clause: Clause | None
    asked: int
    said: int
    problems: int
    red: int


@dataclass(frozen=True, slots=True)
class CyclePage:
    """A cycle with its totals, by section of the plan, and what may be done."""

    row: Cycle
    totals: Totals
    clauses: tuple[ClauseLine, ...]
    missing: tuple[Filing, ...]
    highlights: tuple[Filing, ...]
    documents: tuple[Document, ...]
    may_draft: bool
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class Grid:
    """Units in official order by months: for each month the filing of the unit, or None where it was not asked."""

    cycles: tuple[Cycle, ...]
    rows: tuple[tuple[Organisation, tuple[Filing | None, ...]], ...]
    sums: tuple[Totals, ...]


DEEDS = {"change": access.CHANGE_CYCLE, "lock": access.LOCK_CYCLE, "remind": access.REMIND_UNITS}


def cycles(actor: Actor, today: date) -> QuerySet[Cycle]:
    """The cycles that an actor sees, each with how many of its filings have come."""
    rows = visible(actor, access.VIEW_CYCLE)
    return rows.annotate(**{name: Count("filings", filter=rows_of(name, today)) for name in COUNTED})


COUNTED = ("on_time", "late", "missing", "excused")


def rows_of(name: str, today: date, path: str = "filings__") -> Q:
    """The filings that a figure counts: the same condition for the count and for the list behind it."""
    first = f"{path}first_at"
    excused = Q(**{f"{path}state": FilingState.EXCUSED.value})
    came = Q(**{f"{first}__isnull": False}) & ~excused
    not_come = Q(**{f"{first}__isnull": True, f"{path}pk__isnull": False}) & ~excused
    in_time = Q(**{f"{first}__date__lte": F(f"{path}due_on")})
    known = {
        Punctuality.ON_TIME.value: came & in_time,
        Punctuality.LATE.value: came & ~in_time,
        Punctuality.MISSING.value: not_come & Q(**{f"{path}due_on__lt": today}),
        Punctuality.WAITING.value: not_come & Q(**{f"{path}due_on__gte": today}),
        Punctuality.EXCUSED.value: excused,
    }
    return known.get(name, Q(pk__in=[]))


def totals_of(rows: Iterable[Filing], today: date) -> Totals:
    """Filings counted as the calendar judges them."""
    counted: dict[str, int] = {}

    def take(name: str, *, holds: bool = True) -> None:
        counted[name] = counted.get(name, 0) + holds

    for row in rows:
        course = row.course
        take("total")
        take(course.punctuality(today).value)
        take("under_review", holds=course.state is FilingState.SUBMITTED)
        take("sent_back", holds=course.state is FilingState.SENT_BACK)
        take("accepted", holds=course.state is FilingState.ACCEPTED)
        take("nothing_new", holds=row.is_nothing_new)
        take("office_late", holds=course.office_late(today))
        take("refiled_late", holds=course.refiled_late(today))
    return Totals(**counted)


def cycle_of(pk: int) -> Cycle:
    return Cycle.objects.get(pk=pk)


def cycle_shown(actor: Actor, pk: int) -> Cycle:
    return fetch(actor, access.VIEW_CYCLE, pk)


def cycle_to(actor: Actor, name: str, pk: int) -> Cycle:
    return fetch(actor, DEEDS[name], pk)


def cycle_page(actor: Actor, pk: int, today: date) -> CyclePage:
    row = fetch(actor, access.VIEW_CYCLE, pk, join=("county",))
    filings = list(filings_in(actor, row))
    missing = tuple(one for one in filings if one.state in WITH_THE_UNIT and one.first_at is None)
    return CyclePage(
        row,
        totals_of(filings, today),
        tuple(by_clause(actor, row)),
        missing,
        tuple(one for one in filings if one.highlight and one.state == FilingState.ACCEPTED.value),
        tuple(visible(actor, access.VIEW_DOCUMENT).filter(cycle=row).order_by("drafted_at", "pk")),
        access.DRAFT_DOCUMENT.held_by(actor),
        frozenset(name for name, permission in DEEDS.items() if may(actor, permission, row)),
    )


def filings_in(actor: Actor, cycle: Cycle) -> QuerySet[Filing]:
    """The filings of a cycle that an actor sees, in official order."""
    rows = visible(actor, access.VIEW_FILING).filter(cycle=cycle)
    return rows.select_related("unit").order_by("unit__order", "unit_id")


def entries_in(actor: Actor, cycle: Cycle) -> QuerySet[Entry]:
    """What was said in a cycle, as far as the actor sees its filings."""
    seen = visible(actor, access.VIEW_FILING).filter(cycle=cycle)
    rows = Entry.objects.filter(filing__in=seen)
    return rows.select_related("filing__unit", "filing__cycle", "task__clause", "decision")


def by_clause(actor: Actor, cycle: Cycle) -> list[ClauseLine]:
    """Sections (second level) of the plan, counted over the tasks that hang on them or below them."""
    counted = (
        entries_in(actor, cycle)
        .filter(task__isnull=False)
        .values_list("task__clause_id")
        .annotate(
            asked=Count("pk", filter=~Q(kind=EntryKind.OFFERED.value), distinct=True),
            said=Count("pk", filter=SAID, distinct=True),
            problems=Count("pk", filter=~Q(problem=""), distinct=True),
            red=Count("pk", filter=Q(kind=EntryKind.RED.value), distinct=True),
        )
        .order_by("task__clause_id")
    )
    rows = {clause: tuple(figures) for clause, *figures in counted}
    sections = sections_of(row for row in rows if row)
    summed: dict[Clause | None, list[int]] = {}
    for clause, figures in rows.items():
        held = summed.setdefault(sections.get(clause or 0), [0, 0, 0, 0])
        summed[sections.get(clause or 0)] = [a + b for a, b in zip(held, figures, strict=True)]
    order = sorted(summed, key=lambda one: (one is None, one.order if one else 0))
    return [ClauseLine(one, *summed[one]) for one in order]


def sections_of(clauses: Iterable[int]) -> dict[int, Clause]:
    """Clause → the section of the second level that it belongs to, itself where it stands no deeper."""
    wanted = list(clauses)
    plans = {one.plan_id: one.plan for one in Clause.objects.filter(pk__in=wanted).select_related("plan")}
    by_key = {one.pk: one for plan in plans.values() for one in clauses_of(plan)}
    found = {}
    for pk in wanted:
        one: Clause = by_key[pk]
        while one.level > SECTION and one.parent:
            one = one.parent
        found[pk] = one
    return found


SECTION = 2


def grid(actor: Actor, today: date, units: Sequence[Organisation]) -> Grid:
    """Twelve months of monthly cycles for some units, in three queries."""
    months = visible(actor, access.VIEW_CYCLE).filter(kind=Cycle.Kind.MONTHLY)
    shown = tuple(reversed(months.order_by("-month", "-pk")[:MONTHS]))
    seen = visible(actor, access.VIEW_FILING).filter(cycle__in=shown, unit__in=units)
    by_place = {(one.unit_id, one.cycle_id): one for one in seen}
    lines = tuple((unit, tuple(by_place.get((unit.pk, one.pk)) for one in shown)) for unit in units)
    sums = tuple(totals_of((one for one in by_place.values() if one.cycle_id == cycle.pk), today) for cycle in shown)
    return Grid(shown, lines, sums)


def units_in_grid(actor: Actor) -> QuerySet[Organisation]:
    """The units that have ever filed, as far as the actor sees it."""
    filed = visible(actor, access.VIEW_FILING).values("unit_id")
    return Organisation.objects.filter(pk__in=filed).order_by("order", "pk")


def cycle_kinds() -> list[tuple[str, Any]]:
    return list(Cycle.Kind.choices)


def section_choices(actor: Actor, cycle: Cycle) -> list[tuple[str, str]]:
    return [(line.clause.number, str(line.clause)) for line in by_clause(actor, cycle) if line.clause]


def units_to_choose(actor: Actor, today: date) -> dict[int, Organisation]:
    """Whom the office may ask: every unit of the county that is open, and the universities with an agreement."""
    found = {**orgs.units_by_id(actor, today), **partners(actor.home, today)}
    return {pk: one for pk, one in found.items() if one.kind not in ASKING}


def entry_kinds() -> list[tuple[str, Any]]:
    return list(Entry.KINDS)


def month_to_open(actor: Actor, today: date) -> Stretch | None:
    """The next month, once its days have ended and there is something to ask."""
    stretch = next_stretch(actor.home, today)
    if stretch.span_to > today or not tasks_asked(actor.home).exists():
        return None
    return stretch


def sees_the_county(actor: Actor) -> bool:
    return access.VIEW_CYCLE.grants.get(actor.role) is own_county


def open_month(actor: Actor, today: date) -> Cycle | None:
    """The monthly cycle that was opened last, counted."""
    rows = cycles(actor, today).filter(kind=Cycle.Kind.MONTHLY)
    return rows.exclude(state=CycleState.OPENING.value).order_by("-month", "-pk").first()
