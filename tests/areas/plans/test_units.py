"""The page of one organisation: its tasks as far as somebody sees them."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tests import build, planning, timing
from xietong.areas.orgs.models import Organisation
from xietong.areas.plans import queries
from xietong.areas.plans.rules.lights import Light

pytestmark = pytest.mark.django_db
LATE, SOON, LATER = date(2026, 9, 1), date(2026, 9, 9), date(2026, 12, 31)


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


def text(response: Any) -> str:
    assert response.status_code == 200
    return response.content.decode()


def unit_page(unit: Organisation) -> str:
    return reverse("unit", args=[unit.pk])


def test_unit_page_counts_its_tasks_and_lists_the_open_by_their_day(cast: build.Cast) -> None:
    plan = planning.plan()
    later = planning.task(plan=plan, lead_unit=cast.school, due_on=LATER)
    late = planning.task(plan=plan, lead_unit=cast.school, due_on=LATE, state="under_way")
    soon = planning.task(plan=plan, lead_unit=cast.school, due_on=LATER, next_due_on=SOON, state="claimed")
    for state in ("verified", "suspended", "cancelled"):
        planning.task(plan=plan, lead_unit=cast.school, state=state)
    planning.task(plan=planning.draft(), lead_unit=cast.school, state="draft")
    planning.task(plan=plan, lead_unit=cast.other_school, due_on=LATE)

    page = queries.unit_tasks(cast.office, cast.school.pk, build.TODAY)

    assert page.counts == {
        "total": 5, "open": 3, "suspended": 1, "done": 1, "red": 1, "yellow": 1, "green": 1, "grey": 0
    }  # fmt: skip
    assert page.open == ((late, Light.RED), (soon, Light.YELLOW), (later, Light.GREEN))
    assert (page.lights, page.more) == ([("red", 1), ("yellow", 1), ("green", 1)], 0)


def test_unit_page_lists_eight_and_says_how_many_more(cast: build.Cast) -> None:
    plan = planning.plan()
    for _ in range(9):
        planning.task(plan=plan, lead_unit=cast.school)

    assert "还有 1 项" in text(build.client(cast.office).get(unit_page(cast.school)))


def test_unit_page_tells_what_is_ahead_and_what_was_filed(cast: build.Cast) -> None:
    task = planning.task(plan=planning.plan(), lead_unit=cast.school, state="under_way")
    other = planning.task(
        plan=planning.plan(), lead_unit=cast.other_school, supports=(cast.school,), title="协办的事"
    )
    mark = timing.milestone(task=task, due_on=SOON)
    timing.milestone(task=task, due_on=LATE, reached_on=LATE)
    span = timing.occurrence(task=task, due_on=LATE)
    timing.occurrence(task=task, due_on=SOON, done_on=LATE, carried_out=True)
    timing.milestone(task=other, due_on=SOON)
    asked = timing.follow_up(task=task, due_on=SOON)
    timing.follow_up(task=other, due_on=SOON)
    timing.follow_up(task=task, due_on=SOON, state="lifted", unit=cast.school)
    filed = planning.report(task=task)
    planning.report(task=other)

    unit = cast.school.pk
    assert queries.unit_ahead(cast.office, unit).parts == (span, mark)
    assert queries.unit_follow_ups(cast.office, unit) == [asked]
    assert queries.unit_reports(cast.office, unit) == [filed]
    assert queries.unit_supports(cast.office, unit, build.TODAY) == [(other, Light.GREEN)]


def test_unit_page_shows_another_school_only_what_concerns_it(cast: build.Cast) -> None:
    plan = planning.plan()
    common = planning.task(plan=plan, lead_unit=cast.other_school, supports=(cast.school,), title="共同的事")
    own = planning.task(plan=plan, lead_unit=cast.other_school, title="别校自己的事")
    for task in (common, own):
        timing.milestone(task=task, due_on=SOON, title=f"节点{task.title}")
        timing.follow_up(task=task, due_on=SOON)
        planning.report(task=task)

    said = text(build.client(cast.liaison).get(unit_page(cast.other_school)))

    assert ("共同的事" in said, "别校自己的事" in said) == (True, False)
    assert "别校自己的事" in text(build.client(cast.office).get(unit_page(cast.other_school)))


def test_unit_of_another_county_is_not_there(cast: build.Cast) -> None:
    foreign = build.organisation(county=cast.next_county, name="外县小学")
    assert build.client(cast.office).get(unit_page(foreign)).status_code == 404


def test_observer_reads_that_he_sees_no_tasks_of_units(cast: build.Cast) -> None:
    province = build.organisation(kind="province", name="江西省教育厅", aliases=[cast.county.province_name])
    observer = build.player("万平", "province_observer", province)
    planning.task(plan=planning.plan(), lead_unit=cast.school, title="学校的事")

    said = text(build.client(observer).get(unit_page(cast.school)))

    assert ("您当前的角色看不到单位的任务。" in said, "学校的事" in said) == (True, False)


def test_unit_page_is_reached_from_organisation_and_register(cast: build.Cast) -> None:
    planning.task(plan=planning.plan(), lead_unit=cast.school)
    client = build.client(cast.office)
    for address in (reverse("orgs:organisation", args=[cast.school.pk]), reverse("plans:tasks")):
        assert f'href="{unit_page(cast.school)}"' in text(client.get(address))


UNIT = {"office": 20, "liaison": 20}


@pytest.mark.parametrize("role", ["office", "liaison"])
def test_unit_page_costs_the_same_queries_for_one_task_and_three(
    cast: build.Cast, role: str, django_assert_num_queries: Any
) -> None:
    plan, client = planning.plan(), build.client(getattr(cast, role))
    for made, number in ((1, 1), (2, 3)):
        for _ in range(made):
            task = planning.task(plan=plan, lead_unit=cast.school, state="under_way", title="做的事")
            timing.milestone(task=task, due_on=SOON)
            timing.occurrence(task=task, due_on=SOON)
            timing.follow_up(task=task, due_on=SOON)
            planning.report(task=task)
            planning.task(plan=plan, lead_unit=cast.other_school, supports=(cast.school,), title="帮的事")
        client.get(reverse("account"))
        with django_assert_num_queries(UNIT[role]):
            response = client.get(unit_page(cast.school))
        assert (text(response).count(">帮的事</a>"), len(response.context["panels"])) == (number, 5)
