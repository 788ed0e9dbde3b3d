"""进度图 and 日历: what stands where, who sees it, what it costs."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from tests import build, planning, timing
from xietong.areas.orgs.models import OrgKind, Role, Term
from xietong.areas.plans import queries
from xietong.areas.plans.models import Task
from xietong.areas.plans.rules.timeline import Month
from xietong.kit.clock.models import Holiday

pytestmark = pytest.mark.django_db
DUE = date(2026, 9, 18)
SEPTEMBER = Month(2026, 9)


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


def text(response: Any) -> str:
    assert response.status_code == 200
    return response.content.decode()


def gantt(cast: build.Cast, plan: Any, **asked: str) -> queries.GanttPage:
    return queries.gantt_page(cast.office, plan.pk, build.TODAY, queries.GanttAsked(**asked))


# ---- the line of months


def test_gantt_shows_where_a_task_was_what_it_needs_and_its_milestones(cast: build.Cast) -> None:
    plan = planning.plan(issued_on=date(2026, 7, 1))
    planning.phase(plan=plan, starts_on=date(2026, 7, 1), ends_on=date(2026, 12, 31))
    before = planning.task(plan=plan, lead_unit=cast.school, title="先做", due_on=date(2026, 8, 31))
    task = planning.task(
        plan=plan, lead_unit=cast.school, starts_on=date(2026, 10, 1), due_on=date(2026, 12, 31), state="verified"
    )
    timing.baseline(task=task, starts_on=date(2026, 10, 1), due_on=date(2026, 11, 30))
    timing.baseline(task=before, due_on=before.due_on)
    timing.dependency(task=task, needs=before)
    timing.milestone(task=task, due_on=date(2026, 10, 1), reached_on=date(2026, 10, 1))

    page = gantt(cast, plan)

    first, second = page.rows
    assert (page.scale.first, page.scale.last, page.today_at) == (
        Month(2026, 7),
        Month(2026, 12),
        page.scale.at(build.TODAY),
    )
    assert (first.task, first.has_start, first.bar, first.was) == (
        before, False, page.scale.stretch(date(2026, 7, 1), date(2026, 8, 31)), None
    )  # fmt: skip
    assert (second.bar, second.is_done) == (page.scale.stretch(date(2026, 10, 1), date(2026, 12, 31)), True)
    assert second.baseline == page.scale.stretch(date(2026, 10, 1), date(2026, 11, 30))
    assert (second.needs, [(one.left, one.is_reached) for one in second.milestones]) == ((before,), [(50, True)])


def test_gantt_puts_parts_below_their_task_in_its_section(cast: build.Cast) -> None:
    plan = planning.plan()
    section = planning.clause(plan=plan, heading="优质学校", number="三(一)")
    item = planning.clause(plan=plan, heading="办学理念", number="三(一)·1", level=3, parent=section)
    other = planning.clause(plan=plan, heading="教师队伍", number="三(二)")
    whole = planning.task(plan=plan, lead_unit=cast.school, clause=item)
    next_one = planning.task(plan=plan, lead_unit=cast.school, clause=other)
    part = planning.task(plan=plan, lead_unit=cast.other_school, parent=whole)
    loose = planning.task(plan=plan, lead_unit=cast.school)

    rows = gantt(cast, plan).rows

    assert [(row.task, row.depth, row.section) for row in rows] == [
        (whole, 0, section),
        (part, 1, None),
        (next_one, 0, other),
        (loose, 0, None),
    ]
    assert [row.task for row in gantt(cast, plan, section="三(一)").rows] == [whole]
    assert [row.task for row in gantt(cast, plan, unit=str(cast.other_school.pk)).rows] == [part]
    assert [row.task for row in gantt(cast, plan, state="verified").rows] == []
    assert [row.task for row in gantt(cast, plan, unit="x").rows] == []


def test_gantt_is_long_enough_for_a_milestone_after_everything_else(cast: build.Cast) -> None:
    plan = planning.plan(issued_on=date(2026, 9, 1))
    task = planning.task(plan=plan, lead_unit=cast.school, due_on=date(2026, 9, 30))
    timing.milestone(task=task, due_on=date(2026, 12, 1))
    timing.milestone(task=task, due_on=date(2026, 8, 1))

    page = gantt(cast, plan)

    assert (page.scale.first, page.scale.last) == (Month(2026, 8), Month(2026, 12))
    assert [one.left for one in page.rows[0].milestones] == [0, 80]


def test_gantt_of_a_draft_bears_tasks_without_days(cast: build.Cast) -> None:
    draft = planning.draft()
    planning.task(plan=draft, state="draft", due_on=None)
    planning.task(plan=draft, state="draft", due_on=date(2026, 12, 31), number="草2")

    page = gantt(cast, draft)

    assert [row.bar and row.bar.left for row in page.rows] == [None, 0]
    assert page.today_at is None
    assert "草2" in text(build.client(cast.office).get(reverse("plans:gantt", args=[draft.pk])))


def test_gantt_shows_a_school_its_own_tasks_alone(cast: build.Cast) -> None:
    plan = planning.plan()
    planning.task(plan=plan, lead_unit=cast.school, title="本校的事")
    planning.task(plan=plan, lead_unit=cast.other_school, title="别校的事")

    said = text(build.client(cast.liaison).get(reverse("plans:gantt", args=[plan.pk])))

    assert ("本校的事" in said, "别校的事" in said, "二小" in said) == (True, False, False)
    assert reverse("plans:gantt", args=[plan.pk]) in text(
        build.client(cast.liaison).get(reverse("plans:plan", args=[plan.pk]))
    )


def test_gantt_has_a_hundred_rows_a_page_on_one_scale(cast: build.Cast) -> None:
    plan = planning.plan(issued_on=date(2026, 9, 1))
    for number in range(101):
        planning.task(plan=plan, lead_unit=cast.school, due_on=DUE + timedelta(days=number))

    first, second = gantt(cast, plan), gantt(cast, plan, page="2")

    assert (len(first.rows), len(second.rows)) == (100, 1)
    assert first.scale == second.scale
    assert gantt(cast, plan, page="nine").rows[0].task == first.rows[0].task


GANTT = {"office": 19, "liaison": 19}


@pytest.mark.parametrize("role", ["office", "liaison"])
def test_gantt_costs_the_same_queries_for_one_task_and_three(
    cast: build.Cast, role: str, django_assert_num_queries: Any
) -> None:
    plan, client = planning.plan(), build.client(getattr(cast, role))
    for made, number in ((1, 1), (2, 3)):
        for _ in range(made):
            task = planning.task(
                plan=plan, lead_unit=cast.school, clause=planning.clause(plan=plan), due_on=date(2026, 10, 1)
            )
            timing.milestone(task=task, due_on=DUE)
            timing.baseline(task=task, due_on=DUE)
            timing.dependency(task=task, needs=planning.task(plan=planning.plan(), lead_unit=cast.school))
        client.get(reverse("account"))
        with django_assert_num_queries(GANTT[role]):
            assert f"共 <b>{number}</b> 条" in text(client.get(reverse("plans:gantt", args=[plan.pk])))


# ---- the calendar


def shown(page: queries.CalendarPage) -> dict[int, list[str]]:
    """Day of the month → what is written on it."""
    days = [day for week in page.weeks for day in week if day.is_in_month]
    return {day.on.day: [f"{one.kind} {one.title}" for one in (*day.shown, *day.more)] for day in days if day.count}


def test_calendar_puts_everything_on_its_day(cast: build.Cast) -> None:
    plan = planning.plan(title="方案")
    planning.phase(plan=plan, name="启动", starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 30))
    task = planning.task(plan=plan, lead_unit=cast.school, state="under_way", title="任务甲", due_on=DUE)
    timing.milestone(task=task, due_on=date(2026, 9, 10), title="启动会")
    timing.occurrence(task=task, due_on=date(2026, 9, 11), label="九月")
    timing.follow_up(task=task, due_on=date(2026, 9, 14))
    planning.consultation(plan=planning.draft(title="草案"), due_on=date(2026, 9, 15))
    planning.task(plan=plan, lead_unit=cast.school, state="cancelled", due_on=DUE)
    planning.task(plan=plan, state="draft", due_on=DUE)

    page = queries.calendar_page(cast.office, SEPTEMBER, build.TODAY, mine=False)

    assert shown(page) == {
        10: ["里程碑 启动会（任务甲）"],
        11: ["本期 九月（任务甲）"],
        14: ["督办回复 任务甲"],
        15: ["征求意见截止 草案"],
        18: ["任务 任务甲"],
        30: ["阶段结束 启动（方案）"],
    }
    assert page.count == 6


def test_calendar_lights_a_task_by_its_own_day_not_by_a_milestone_that_is_late(cast: build.Cast) -> None:
    plan = planning.plan(county=cast.county)
    task = planning.task(plan=plan, lead_unit=cast.school, state="under_way", due_on=date(2026, 9, 30))
    timing.milestone(task=task, due_on=date(2026, 9, 1))
    Task.objects.filter(pk=task.pk).update(next_due_on=date(2026, 9, 1))
    found = queries.feed(cast.office, date(2026, 9, 1), date(2026, 9, 30), build.TODAY)
    assert [(one.kind, one.light) for one in found if one.on == date(2026, 9, 30)] == [("任务", "green")]


def test_calendar_of_a_unit_holds_what_it_leads_supports_and_was_asked(cast: build.Cast) -> None:
    plan = planning.plan()
    planning.task(plan=plan, lead_unit=cast.school, title="牵头", due_on=DUE)
    planning.task(plan=plan, lead_unit=cast.other_school, supports=(cast.school,), title="协办", due_on=DUE)
    hidden = planning.task(plan=plan, lead_unit=cast.other_school, title="别人的", due_on=DUE)
    timing.milestone(task=hidden, due_on=DUE)
    timing.follow_up(task=hidden, due_on=DUE)
    consultation = planning.consultation(plan=planning.draft(title="草案"), due_on=DUE)
    planning.consulted(consultation=consultation, unit=cast.school)

    page = queries.calendar_page(cast.liaison, SEPTEMBER, build.TODAY, mine=False)

    assert shown(page) == {18: ["征求意见截止 草案", "任务 牵头", "任务 协办"]}


def test_calendar_begins_with_ones_own_for_those_who_do_and_with_all_for_those_who_watch(cast: build.Cast) -> None:
    section = build.organisation(county=cast.county, kind=OrgKind.SECTION, name="基教股")
    clerk = build.player("林若溪", Role.SECTION_CLERK, section)
    inspector = build.player("唐海波", Role.INSPECTOR, section)
    plan = planning.plan()
    planning.task(plan=plan, lead_unit=section, title="股室的事", due_on=DUE)
    planning.task(plan=plan, lead_unit=cast.school, owner=None, title="学校的事", due_on=DUE)
    address = reverse("plans:calendar")

    own, everything = build.client(clerk), build.client(inspector)

    for client, query, school in ((own, "", False), (own, "?scope=all", True), (everything, "", True)):
        said = text(client.get(address + query))
        assert ("股室的事" in said, "学校的事" in said) == (True, school)


def test_calendar_tells_holidays_working_weekends_and_vacations(cast: build.Cast) -> None:
    Holiday.objects.all().delete()
    Holiday.objects.create(on=date(2026, 9, 25), is_work=False, name="中秋节")
    Holiday.objects.create(on=date(2026, 9, 20), is_work=True, name="国庆节")
    Holiday.objects.create(on=date(2026, 9, 21), is_work=False, name="校庆", county_id=cast.county.pk)
    Holiday.objects.create(on=date(2026, 9, 22), is_work=False, name="外县", county_id=cast.next_county.pk)
    for starts_on, ends_on, half in (
        (date(2026, 2, 1), date(2026, 7, 1), 2),
        (date(2026, 9, 7), date(2027, 1, 20), 1),
    ):
        Term.objects.create(county=cast.county, year=2026, half=half, starts_on=starts_on, ends_on=ends_on)

    page = queries.calendar_page(cast.liaison, SEPTEMBER, build.TODAY, mine=True)

    days = [day for week in page.weeks for day in week if day.is_in_month]
    assert {(day.on.day, day.holiday, day.is_work) for day in days if day.holiday} == {
        (25, "中秋节", False),
        (20, "国庆节", True),
        (21, "校庆", False),
    }
    assert [day.on.day for day in days if day.is_vacation] == [1, 2, 3, 4, 5, 6]
    university = queries.calendar_page(cast.coordinator, SEPTEMBER, build.TODAY, mine=True)
    assert [day.on.day for week in university.weeks for day in week if day.is_vacation] == []


def test_calendar_folds_a_crowded_day_and_counts_what_it_leaves_out(cast: build.Cast) -> None:
    plan = planning.plan()
    for _ in range(62):
        planning.task(plan=plan, lead_unit=cast.school, due_on=DUE)

    page = queries.calendar_page(cast.office, SEPTEMBER, build.TODAY, mine=False)

    (day,) = [day for week in page.weeks for day in week if day.count]
    assert (len(day.shown), len(day.more), day.left_out, day.count) == (4, 56, 2, 62)


@pytest.mark.parametrize(("asked", "month"), [("2026-10", 10), ("2026-13", 9), ("x", 9), ("1026-01", 9), ("", 9)])
def test_calendar_takes_the_month_from_the_address(cast: build.Cast, asked: str, month: int) -> None:
    response = build.client(cast.office).get(reverse("plans:calendar"), {"month": asked})
    assert response.context["page"].month == Month(2026, month)


CALENDAR = {"office": 18, "liaison": 18}


@pytest.mark.parametrize("role", ["office", "liaison"])
def test_calendar_costs_the_same_queries_for_one_of_each_and_three(
    cast: build.Cast, role: str, django_assert_num_queries: Any
) -> None:
    client = build.client(getattr(cast, role))
    for made, number in ((1, 6), (2, 18)):
        for _ in range(made):
            plan = planning.plan()
            planning.phase(plan=plan, ends_on=DUE)
            task = planning.task(plan=plan, lead_unit=cast.school, state="under_way", due_on=DUE)
            timing.milestone(task=task, due_on=DUE)
            timing.occurrence(task=task, due_on=DUE)
            timing.follow_up(task=task, due_on=DUE)
            planning.consulted(
                consultation=planning.consultation(plan=planning.draft(), due_on=DUE), unit=cast.school
            )
        client.get(reverse("account"))
        with django_assert_num_queries(CALENDAR[role]):
            assert f"{number} 项" in text(client.get(reverse("plans:calendar")))
