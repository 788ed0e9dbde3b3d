"""The calendar: due days of tasks, milestones and periods, what has to be answered by a day, ends of phases."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.orgs import queries as orgs
from xietong.areas.orgs.models import Role
from xietong.areas.plans import access
from xietong.areas.plans.models import (
    Consultation,
    FollowUp,
    Milestone,
    Occurrence,
    Phase,
    Plan,
    Task,
    TaskSupport,
)
from xietong.areas.plans.queries.work import light_of, rules_for, task_url
from xietong.areas.plans.rules.states import UNFINISHED, FollowUpState, TaskState
from xietong.areas.plans.rules.timeline import Month
from xietong.kit.access.permissions import visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.feeds.days import Happening

LOOKED_AT = frozenset({*UNFINISHED, TaskState.VERIFIED})
FEW = 4
MOST = 60


@dataclass(frozen=True, slots=True)
class Day:
    """One square of the calendar. `more` are those that are folded away, `left_out` how many are not shown at all."""

    on: date
    is_in_month: bool
    is_today: bool
    is_vacation: bool
    holiday: str
    is_work: bool
    shown: tuple[Happening, ...]
    more: tuple[Happening, ...]
    left_out: int

    @property
    def count(self) -> int:
        return len(self.shown) + len(self.more) + self.left_out


@dataclass(frozen=True, slots=True)
class CalendarPage:
    month: Month
    mine: bool
    weeks: tuple[tuple[Day, ...], ...]
    count: int


def looks_at_all(actor: Actor) -> bool:
    """Whether the role looks after the whole county; one that has tasks of its own begins with those."""
    return actor.role == Role.OFFICE or (actor.role in access.WATCHERS and actor.role not in access.DOERS)


def calendar_page(actor: Actor, month: Month, today: date, *, mine: bool) -> CalendarPage:
    weeks = month.weeks()
    first, last = weeks[0][0], weeks[-1][-1]
    by_day: dict[date, list[Happening]] = {}
    for one in happenings(actor, first, last, today, mine=mine):
        by_day.setdefault(one.on, []).append(one)
    holidays = orgs.holidays_between(actor.county_id, first, last)
    resting = vacations(actor, list(chain.from_iterable(weeks)))

    def square(on: date) -> Day:
        found = sorted(by_day.get(on, ()), key=lambda one: one.is_done)
        off = holidays.get(on)
        return Day(
            on,
            Month.of(on) == month,
            on == today,
            on in resting,
            off.name if off else "",
            bool(off and off.is_work),
            tuple(found[:FEW]),
            tuple(found[FEW:MOST]),
            max(len(found) - MOST, 0),
        )

    rows = tuple(tuple(map(square, week)) for week in weeks)
    return CalendarPage(month, mine, rows, sum(len(found) for on, found in by_day.items() if Month.of(on) == month))


def vacations(actor: Actor, days: list[date]) -> frozenset[date]:
    return orgs.vacations(actor.county_id, days, days[0]) if actor.county_id else frozenset()


def happenings(actor: Actor, first: date, last: date, today: date, *, mine: bool) -> list[Happening]:
    """What falls on the days from first to last, of the tasks that the actor sees or that are his own unit's."""
    tasks = visible(actor, access.VIEW_TASK).filter(state__in=sorted(LOOKED_AT))
    if mine:
        tasks = tasks.filter(of_ours(actor))
    within, keys = (first, last), tasks.values("pk")
    found = [
        *due_tasks(actor, tasks.filter(due_on__range=within), today),
        *milestones(Milestone.objects.filter(task__in=keys, due_on__range=within)),
        *periods(Occurrence.objects.filter(task__in=keys, due_on__range=within)),
        *follow_ups(FollowUp.objects.filter(task__in=keys, due_on__range=within)),
        *rounds(actor, within),
        *phase_ends(actor, within),
    ]
    return sorted(found, key=lambda one: (one.on, one.key))


def feed(actor: Actor, first: date, last: date, today: date) -> list[Happening]:
    """The calendar that the role subscribes to: what it begins with on the page."""
    if not access.VIEW_TASK.held_by(actor):
        return []
    return happenings(actor, first, last, today, mine=not looks_at_all(actor))


def of_ours(actor: Actor) -> Q:
    """Tasks that one's unit leads or supports, or whose person in charge one is."""
    supported = TaskSupport.objects.filter(unit_id__in=actor.orgs).values("task_id")
    owned = Q(owner_id=actor.person_id, owner__isnull=False)
    return Q(lead_unit_id__in=actor.orgs) | Q(pk__in=supported) | owned


def due_tasks(actor: Actor, rows: QuerySet[Task], today: date) -> Iterator[Happening]:
    rules = rules_for(actor, today)
    for row in rows.select_related("lead_unit"):
        yield Happening(
            f"task-{row.pk}",
            row.due_on or today,
            _("任务"),
            row.title,
            task_url(row.pk),
            str(row.lead_unit),
            "blue",
            light_of(row, rules, row.due_on).value,
            is_done=row.state == TaskState.VERIFIED.value,
            changed_at=row.moved_at,
        )


def milestones(rows: QuerySet[Milestone]) -> Iterator[Happening]:
    for row in rows.select_related("task__lead_unit"):
        yield part_of_task(row.task, f"milestone-{row.pk}", row.due_on, _("里程碑"), row.title, done=row.reached_on)


def periods(rows: QuerySet[Occurrence]) -> Iterator[Happening]:
    for row in rows.select_related("task__lead_unit"):
        yield part_of_task(row.task, f"period-{row.pk}", row.due_on, _("本期"), row.label, done=row.done_on)


def part_of_task(task: Task, key: str, on: date, kind: str, title: str, *, done: date | None) -> Happening:
    words = _("%(part)s（%(task)s）") % {"part": title, "task": task.title}
    return Happening(key, on, kind, words, task_url(task.pk), str(task.lead_unit), "green", is_done=done is not None)


def follow_ups(rows: QuerySet[FollowUp]) -> Iterator[Happening]:
    for row in rows.select_related("task", "unit"):
        yield Happening(
            f"follow-up-{row.pk}",
            row.due_on,
            _("督办回复"),
            row.task.title,
            task_url(row.task_id),
            str(row.unit),
            "red",
            is_done=row.state != FollowUpState.OPEN.value,
        )


def rounds(actor: Actor, within: tuple[date, date]) -> Iterator[Happening]:
    """Until when a draft may be commented on: for the office the round, for a unit what it was asked itself."""
    if access.PREPARE_PLAN.held_by(actor):
        plans = visible(actor, access.PREPARE_PLAN).values("pk")
        for one in Consultation.objects.filter(plan__in=plans, due_on__range=within).select_related("plan"):
            url = reverse("plans:consulting", args=[one.plan_id])
            yield asked(f"round-{one.pk}", one, url, done=one.closed_on is not None)
        return
    ours = visible(actor, access.VIEW_CONSULTED).filter(consultation__due_on__range=within)
    for row in ours.select_related("consultation__plan"):
        url = reverse("plans:consulted", args=[row.pk])
        done = row.answered_at is not None or row.consultation.closed_on is not None
        yield asked(f"consulted-{row.pk}", row.consultation, url, done=done)


def asked(key: str, one: Consultation, url: str, *, done: bool) -> Happening:
    return Happening(key, one.due_on, _("征求意见截止"), one.plan.title, url, tone="orange", is_done=done)


def phase_ends(actor: Actor, within: tuple[date, date]) -> Iterator[Happening]:
    plans = visible(actor, access.VIEW_PLAN).filter(state=Plan.State.ISSUED).values("pk")
    for row in Phase.objects.filter(plan__in=plans, ends_on__range=within).select_related("plan"):
        words = _("%(phase)s（%(plan)s）") % {"phase": row.name, "plan": row.plan.title}
        yield Happening(
            f"phase-{row.pk}", row.ends_on, _("阶段结束"), words, reverse("plans:plan", args=[row.plan_id])
        )
