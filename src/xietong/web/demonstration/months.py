"""The months of 云岭县: eighteen of them filed and locked, the present one open, with what has come so far."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from random import Random

from xietong.areas.dispatch.actions import ask_units, opened
from xietong.areas.dispatch.models import Cycle, Entry, Filing
from xietong.areas.dispatch.queries import next_stretch, units_asked
from xietong.areas.dispatch.rules.states import CycleState, EntryKind, FilingState
from xietong.areas.orgs.models import Organisation, Role
from xietong.areas.people.models import RoleTerm
from xietong.areas.plans.models import Plan, Report
from xietong.areas.plans.rules.states import ReportState
from xietong.kit.clock.calendars import office_calendar
from xietong.kit.clock.time import SHANGHAI, day_of
from xietong.web.demonstration.cast import PREFIX
from xietong.web.demonstration.moments import NOW, TODAY, office_hour
from xietong.web.demonstration.plan_work import actor_of

FIRST = date(2024, 12, 1)
OPENED_AT = NOW - timedelta(hours=20)
LATE, MISSING, PRAISED, TROUBLED, COME = 0.07, 0.02, 0.1, 0.06, 0.3
HIGHLIGHTS = (
    "把教研活动的评课记录做成一页提纲，备课时直接用，减少了重复抄写（演示）。",
    "与实习生结对听课，每周一次，每次只看一个问题（演示）。",
    "课后服务由学生投票选项目，两个月调整一次（演示）。",
    "把会议记录和台账合成一张表，教师不再另外填报（演示）。",
)
PROBLEMS = (
    "专用教室设备经费尚未下达，需财政部门协调（演示）。",
    "外聘教师的课时费标准不明确，需教体局明确（演示）。",
)
REASONS = "场地正在改造，预计下月完成；先借用邻校教室开展（演示）。"


def lay_months(plan: Plan, rng: Random) -> list[Cycle]:
    """This function will lay the months that have been filed and locked since the plan was issued."""
    units = list(units_asked(plan.county_id))
    reports = reports_of(plan)
    past: list[Cycle] = []
    while (stretch := next_stretch(plan.county_id, FIRST)).span_to < TODAY:
        due_on = office_calendar(plan.county_id, stretch.due_on).on_or_after(stretch.due_on)
        cycle = Cycle.objects.create(
            county=plan.county,
            label=stretch.label,
            month=stretch.month,
            months=stretch.months,
            span_from=stretch.span_from,
            span_to=stretch.span_to,
            due_on=due_on,
            state=CycleState.LOCKED.value,
            unit_count=len(units),
            opened_by="陈启明",
            opened_at=at_nine(stretch.span_to),
            locked_at=at_nine(due_on + timedelta(days=7)),
        )
        lay_filings(cycle, units, reports, rng)
        past.append(cycle)
    return past


def at_nine(day: date) -> datetime:
    return datetime.combine(day, time(9), SHANGHAI)


def reports_of(plan: Plan) -> dict[int, list[Report]]:
    """Unit → what was reported on its tasks and accepted, in order."""
    found: dict[int, list[Report]] = {}
    rows = Report.objects.filter(task__plan=plan, state=ReportState.ACCEPTED.value).select_related("task")
    for one in rows.order_by("at", "pk"):
        found.setdefault(one.unit_id, []).append(one)
    return found


def lay_filings(cycle: Cycle, units: Iterable[Organisation], reports: dict[int, list[Report]], rng: Random) -> None:
    """Most on time, a few late, one or two missing; what was reported in the month stands in the filing."""
    filings = Filing.objects.bulk_create([past_filing(cycle, unit, rng) for unit in units])
    entries = []
    for filing in filings:
        told = {
            one.task_id: one
            for one in reports.get(filing.unit_id, ())
            if cycle.span_from <= day_of(one.at) <= cycle.span_to and filing.state == FilingState.ACCEPTED.value
        }
        filing.is_nothing_new = not told and filing.state == FilingState.ACCEPTED.value
        filing.highlight = rng.choice(HIGHLIGHTS) if told and rng.random() < PRAISED else ""
        entries += [told_entry(filing, one, rng) for one in told.values()]
    Filing.objects.bulk_update(filings, ["is_nothing_new", "highlight"])
    Entry.objects.bulk_create(entries)
    Cycle.objects.filter(pk=cycle.pk).update(field_count=len(entries))


def past_filing(cycle: Cycle, unit: Organisation, rng: Random) -> Filing:
    lot = rng.random()
    row = Filing(county_id=cycle.county_id, cycle=cycle, unit=unit, due_on=cycle.due_on)
    if lot < MISSING:
        return row
    days = rng.randrange(1, 4) if lot < MISSING + LATE else -rng.randrange(0, 3)
    came = office_hour(cycle.due_on + timedelta(days=days), rng)
    row.state, row.author_name = FilingState.ACCEPTED.value, f"{unit} 联络员（演示）"
    row.first_at = row.submitted_at = came
    calendar = office_calendar(cycle.county_id, cycle.due_on)
    row.review_by = calendar.add(day_of(came), 3)
    row.answered_at = office_hour(calendar.add(day_of(came), rng.choice((1, 1, 2, 2, 3, 5))), rng)
    return row


def told_entry(filing: Filing, report: Report, rng: Random) -> Entry:
    task = report.task
    late = task.due_on is not None and task.due_on < filing.cycle.span_from
    return Entry(
        county_id=filing.county_id,
        filing=filing,
        kind=(EntryKind.RED if late else EntryKind.OFFERED).value,
        task=task,
        report=report,
        text=report.text,
        quantity=report.quantity,
        problem=rng.choice(PROBLEMS) if rng.random() < TROUBLED else "",
    )


def begin_month(plan: Plan) -> Cycle:
    """This function will begin the month that runs; nobody has been asked yet."""
    stretch = next_stretch(plan.county_id, TODAY)
    return Cycle.objects.create(
        county=plan.county,
        label=stretch.label,
        month=stretch.month,
        months=stretch.months,
        span_from=stretch.span_from,
        span_to=stretch.span_to,
        due_on=office_calendar(plan.county_id, stretch.due_on).on_or_after(stretch.due_on),
        opened_by="陈启明",
        opened_at=OPENED_AT,
    )


def ask_for_month(row: Cycle, rng: Random) -> None:
    """This function will ask every unit by the actions; a third of them have filed already."""
    office = actor_of("office", Role.OFFICE)
    units = [one.pk for one in units_asked(row.county_id)]
    asked, fields = ask_units(office, row, units, now=OPENED_AT)
    opened(office, row, units=asked, fields=fields, now=OPENED_AT)
    filings = list(row.filings.select_related("unit").order_by("unit__order", "pk"))
    # Whoever is played by a visitor files himself.
    played = set(
        RoleTerm.objects.filter(person__account__username__startswith=PREFIX).values_list("organisation", flat=True)
    )
    come = [one for one in filings if rng.random() < COME and one.unit_id not in played]
    for one in come:
        one.state, one.author_name = FilingState.ACCEPTED.value, f"{one.unit} 联络员（演示）"
        one.first_at = one.submitted_at = office_hour(TODAY, rng)
        one.answered_at = NOW - timedelta(minutes=rng.randrange(5, 50))
    Filing.objects.bulk_update(come, ["state", "author_name", "first_at", "submitted_at", "answered_at"])
    speak(come)


def speak(filings: list[Filing]) -> None:
    """Whoever has filed has said something of what was asked."""
    rows = list(Entry.objects.filter(filing__in=filings).exclude(kind=EntryKind.OFFERED.value))
    for one in rows:
        one.text = REASONS
    Entry.objects.bulk_update(rows, ["text"])
