"""The whole way of a plan through its pages, and what the lists cost."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import xietong.areas.plans
from tests import build, planning
from xietong.areas.plans import views
from xietong.areas.plans.models import Plan, Report, Task
from xietong.kit.clock.models import FrozenClock

pytestmark = pytest.mark.django_db
SEED = Path(xietong.areas.plans.__file__).parent / "data" / "anyi.txt"


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    FrozenClock.objects.create(business_now=build.NOW)
    return build.cast()


def text(response: Any) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_plan_goes_from_the_file_to_the_verified_task(cast: build.Cast) -> None:
    office, liaison = build.client(cast.office), build.client(cast.liaison)

    file = SimpleUploadedFile("方案.txt", SEED.read_bytes())
    response = office.post(reverse("plans:plan_import"), {"file": file})
    plan = Plan.objects.get()
    assert response["Location"] == reverse("plans:reading", args=[plan.pk])
    assert plan.title in text(office.get(response["Location"]))

    adopt = reverse("plans:plan_adopt", args=[plan.pk])
    paper = {"issued_on": "2026-09-08", "document_no": "云府字〔2026〕1号"}
    response = office.post(adopt, paper)
    assert response.status_code == 422
    assert "还不能下达" in response.content.decode()
    assert Plan.objects.get().state == "draft"

    keep, *others = plan.tasks.order_by("pk")
    for task in others:
        office.post(reverse("plans:task_drop", args=[task.pk]))
    change = {
        "version": 1, "number": "三-1", "title": "制定教研制度", "lead_unit": cast.school.pk, "due_on": "2026-09-10"
    }  # fmt: skip
    assert office.post(reverse("plans:task_change", args=[keep.pk]), change).status_code == 302
    assert office.post(adopt, paper).status_code == 302

    assert "制定教研制度" in text(liaison.get(reverse("home")))
    page = reverse("plans:task", args=[keep.pk])
    receive = reverse("plans:task_receive", args=[keep.pk])
    assert receive in text(liaison.get(page))
    assert liaison.post(receive, {"owner": cast.teacher.person_id}).status_code == 302

    filing = reverse("plans:task_report", args=[keep.pk])
    said = {"text": "已印发。", "claims_completion": "on", "request_key": "k1"}
    for _click in range(2):
        liaison.post(filing, said)
    report = Report.objects.get()

    assert "制定教研制度" in text(office.get(reverse("plans:reviews")))
    back = reverse("plans:report_send_back", args=[report.pk])
    assert office.post(back, {"opinion": ""}).status_code == 422
    assert office.post(back, {"opinion": "请补充附件。"}).status_code == 302
    assert "请补充附件。" in text(liaison.get(page))

    liaison.post(filing, said | {"text": "已补充。", "request_key": "k2"})
    again = Report.objects.get(state="submitted")
    assert office.post(reverse("plans:report_accept", args=[again.pk]), {}).status_code == 302
    assert Task.objects.get().state == "verified"
    assert "已完成" in text(liaison.get(page))
    assert office.post(reverse("plans:report_accept", args=[again.pk]), {}).status_code == 403


def test_task_report_keeps_what_was_typed_when_refused(cast: build.Cast) -> None:
    plan = planning.plan(county=cast.county)
    task = planning.task(plan=plan, lead_unit=cast.school, state="claimed")
    planning.report(task=task)
    url = reverse("plans:task_report", args=[task.pk])
    assert build.client(cast.liaison).get(url).status_code == 403
    task.state = "under_way"
    task.save()
    response = build.client(cast.liaison).post(url, {"text": "打好的进展", "request_key": "k9"})
    assert response.status_code == 422
    assert "打好的进展" in response.content.decode()
    assert "上一次填报还在审核中" in response.content.decode()
    assert Report.objects.count() == 1


def test_task_opens_in_a_drawer_without_the_frame(cast: build.Cast) -> None:
    task = planning.task(plan=planning.plan(county=cast.county), lead_unit=cast.school)
    headers = {"HX-Request": "true", "HX-Target": "drawer-body"}
    drawer = text(build.client(cast.liaison).get(reverse("plans:task", args=[task.pk]), headers=headers))
    assert task.title in drawer
    assert "<html" not in drawer


@pytest.mark.parametrize("light", ["red", "yellow", "green", "grey", "purple"])
def test_tasks_filter_by_light(cast: build.Cast, light: str) -> None:
    plan = planning.plan(county=cast.county)
    for due_on, title in ((date(2026, 9, 1), "红"), (date(2026, 9, 9), "黄"), (date(2026, 12, 1), "绿")):
        planning.task(plan=plan, lead_unit=cast.other_school, due_on=due_on, title=f"{title}灯任务")
    shown = text(build.client(cast.office).get(reverse("plans:tasks"), {"light": light}))
    expected = {"red": {"红"}, "yellow": {"黄"}, "green": {"绿"}}.get(light, set())
    assert {title for title in "红黄绿" if f"{title}灯任务" in shown} == expected


def test_standings_show_an_observer_totals_and_no_task(cast: build.Cast) -> None:
    province = build.organisation(kind="province", name="云江省教育厅", aliases=["云江省"])
    term = build.role_term(person=build.person(), role="province_observer", organisation=province)
    term.county = None
    term.save()
    plan = planning.plan(county=cast.county)
    task = planning.task(plan=plan, lead_unit=cast.school, title="不给省里看的任务")
    planning.standing(plan=plan, issued=1)
    client = build.client(build.actor(term))
    assert "云岭县" in text(client.get(reverse("plans:standings")))
    assert client.get(reverse("plans:task", args=[task.pk])).status_code == 404
    assert client.get(reverse("plans:tasks")).status_code == 404


def filled(cast: build.Cast) -> Callable[[int], Task]:
    """Tops the stage up to so many tasks, each with all that a page shows of one."""
    plan = planning.plan(county=cast.county)
    clause = planning.clause(plan=plan)
    first = planning.task(
        plan=plan,
        lead_unit=cast.school,
        state="claimed",
        clause=clause,
        moved_at=build.NOW,
        due_on=date(2026, 9, 1),
    )

    def fill(number: int) -> Task:
        while Task.objects.count() < number:
            planning.task(
                plan=plan,
                lead_unit=build.organisation(county=cast.county, files_through=cast.school),
                state="under_way",
                clause=planning.clause(plan=plan),
                moved_at=build.NOW,
                due_on=date(2026, 9, 1),
            )
        while first.reports.count() < number:
            planning.report(task=first, state="accepted" if first.reports.exists() else "submitted")
            planning.step(task=first)
            first.supports.create(county=cast.county, unit=build.organisation(county=cast.county))
        return first

    return fill


WORKBENCH = {"office": 43, "liaison": 28}
TASK_TABLE = {"office": 16, "liaison": 15}
TASK_PAGE = {"office": 30, "liaison": 32}


@pytest.mark.parametrize("role", ["office", "liaison"])
def test_pages_cost_the_same_queries_for_one_row_and_three(
    cast: build.Cast, role: str, django_assert_num_queries: Any
) -> None:
    fill, client = filled(cast), build.client(getattr(cast, role))
    first = fill(1)
    client.get(reverse("account"))
    for number in (1, 3):
        fill(number)
        with django_assert_num_queries(WORKBENCH[role]):
            assert first.title in text(client.get(reverse("home")))
        with django_assert_num_queries(TASK_TABLE[role]):
            assert f"共 {number} 条" in text(client.get(reverse("plans:tasks")))
        with django_assert_num_queries(TASK_PAGE[role]):
            assert first.title in text(client.get(reverse("plans:task", args=[first.pk])))


def test_own_tasks_begin_with_what_is_to_be_done(cast: build.Cast) -> None:
    plan = planning.plan(county=cast.county)
    for number, (state, month) in enumerate([("verified", 1), ("under_way", 11), ("issued", 10), ("cancelled", 2)]):
        planning.task(
            plan=plan, lead_unit=cast.school, state=state, title=f"第{number}项", due_on=date(2026, month, 1)
        )
    shown = text(build.client(cast.liaison).get(reverse("plans:my_tasks")))
    places = [shown.index(f">第{number}项<") for number in (2, 1, 0, 3)]
    assert places == sorted(places)


def test_the_list_of_plans_goes_on_on_a_second_page(cast: build.Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views.plans, "PAGE", 2)
    for n in range(3):
        planning.plan(county=cast.county, title=f"方案{n}")
    office, address = build.client(cast.office), reverse("plans:plans")

    first, second = text(office.get(address)), text(office.get(address, {"page": "2"}))

    assert [(page.count("plan-card-title"), "共 <b>3</b> 条" in page) for page in (first, second)] == [
        (2, True),
        (1, True),
    ]
