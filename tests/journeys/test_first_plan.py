"""The journey of the first page: a plan is imported, issued, worked on, sent back, and done."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests import build, planning
from tests.conftest import DESK, PHONE, silent_page
from tests.journeys.acting import attach, photo, sign_in, with_password
from xietong.areas.plans import models
from xietong.areas.plans.models import Plan, Report, Task
from xietong.kit.files.models import Attachment

pytestmark = [pytest.mark.browser, pytest.mark.once]

SOURCE = Path(models.__file__).parent.parent / "data" / "anyi.txt"
TITLE = "安义县高校与基础教育协同提质行动方案"
CHAPTERS = ["一、行动框架", "二、工作目标", "三、工作任务", "四、进度安排", "五、组织保障"]


@pytest.fixture
def cast(live_server: Any) -> build.Cast:
    planning.rules()
    build.clock()
    return build.cast()


@pytest.fixture
def secrets(cast: build.Cast) -> dict[str, str]:
    return {name: with_password(cast.everybody[name], name) for name in ("office", "liaison", "teacher")}


def import_plan(page: Any) -> Plan:
    page.goto(reverse("plans:plans"))
    page.get_by_role("link", name="导入方案").first.click()
    page.get_by_label("方案文件").set_input_files(SOURCE)
    page.get_by_role("button", name="导入并识别").click()
    page.get_by_text("已读出章节、阶段和任务").wait_for()
    return Plan.objects.get()


def keep_one_task(plan: Plan) -> Task:
    """The rest of the proposals is gone through in the same way as this one."""
    kept = plan.tasks.order_by("pk").first()
    assert kept is not None
    plan.tasks.exclude(pk=kept.pk).delete()
    return kept


def complete(page: Any, task: Task, unit: Any) -> None:
    page.get_by_role("link", name=task.title).click()
    page.get_by_label("牵头单位").select_option(str(unit.pk))
    page.get_by_label("完成期限").fill("2026-12-31")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("任务已保存。").wait_for()


def adopt(page: Any) -> None:
    """The plan was issued on paper before; how one is approved here is another journey."""
    page.get_by_role("link", name="审批与下达").click()
    page.get_by_role("link", name="已经印发的，按印发件补录").click()
    page.get_by_label("文号").fill("云府字〔2026〕1号")
    page.get_by_label("印发日期").fill("2026-09-01")
    page.get_by_role("button", name="补录").click()
    page.get_by_text("方案已按印发件补录").wait_for()


def receive(page: Any, title: str, owner: str) -> None:
    todo = page.locator(".todo").first
    assert todo.locator(".todo-title").inner_text() == title
    assert todo.locator(".todo-tag").inner_text() == "待接收"
    todo.tap()
    page.get_by_role("link", name="接收", exact=True).tap()
    page.get_by_label("负责人").select_option(label=owner)
    page.get_by_role("button", name="接收", exact=True).tap()
    page.get_by_text("任务已接收。").wait_for()


def report(page: Any, text: str, *, done: bool = False) -> None:
    page.get_by_role("link", name="填报进展").tap()
    page.get_by_label("进展情况").fill(text)
    attach(page, photo())
    if done:
        page.get_by_label("任务已全部完成，申请办结").check()
    page.get_by_role("button", name="提交", exact=True).tap()
    page.get_by_text("已提交，等待办公室审核。").wait_for()


def open_drawer(page: Any, title: str) -> Any:
    page.goto(reverse("plans:tasks"))
    page.get_by_role("link", name=title).click()
    drawer = page.locator("#drawer")
    drawer.get_by_role("heading", name=title).wait_for()
    return drawer


def send_back(page: Any, task: Task, opinion: str) -> None:
    """First without an opinion: refused, nothing has changed; then with one, on the page of the refusal."""
    drawer = open_drawer(page, task.title)
    drawer.get_by_role("button", name="退回").click()
    page.get_by_text("退回须填写意见，说明要补充什么。").wait_for()
    assert list(Report.objects.values_list("state", "opinion")) == [("submitted", "")]
    page.get_by_label("意见").fill(opinion)
    page.get_by_role("button", name="退回").click()
    page.get_by_text("已退回，填报人会收到提醒。").wait_for()


def accept(page: Any, title: str) -> None:
    open_drawer(page, title).get_by_role("button", name="通过").click()
    page.get_by_text("已通过。").wait_for()


def test_a_plan_goes_from_file_to_completed_task(
    browser: Any, live_server: Any, cast: build.Cast, secrets: dict[str, str]
) -> None:
    with (
        silent_page(browser, live_server.url, DESK) as office,
        silent_page(browser, live_server.url, PHONE) as liaison,
        silent_page(browser, live_server.url, PHONE) as teacher,
    ):
        for page in (office, liaison, teacher):
            page.set_default_timeout(8000)
        sign_in(office, "office", secrets["office"])
        plan = import_plan(office)
        assert plan.title == TITLE
        task = keep_one_task(plan)
        office.goto(reverse("plans:plan", args=[plan.pk]))
        assert office.locator("main h2[id^=clause-]").all_inner_texts() == CHAPTERS
        assert office.locator(".phases li").count() == 3
        office.goto(reverse("plans:drafting", args=[plan.pk]))
        complete(office, task, cast.school)
        adopt(office)

        sign_in(liaison, "liaison", secrets["liaison"])
        receive(liaison, task.title, "李兰")

        sign_in(teacher, "teacher", secrets["teacher"])
        teacher.locator(".todo").first.tap()
        report(teacher, "已召开启动会，选定四所学校。")
        assert Attachment.objects.count() == 1
        send_back(office, task, "请补充名单。")

        teacher.goto(reverse("notices"))
        teacher.get_by_text("填报被退回，请补充").first.tap()
        teacher.get_by_text("请补充名单。").first.wait_for()
        report(teacher, "名单已补齐，全部完成。", done=True)
        accept(office, task.title)

        assert office.locator(".task-state").inner_text().startswith("已完成")
        steps = office.locator(".process-line b").all_inner_texts()
        assert steps == ["审核通过", "申请办结", "退回", "填报进展", "接收", "下达"]
        assert list(Report.objects.order_by("number").values_list("state", "claims_completion")) == [
            ("sent_back", False),
            ("accepted", True),
        ]
        assert Attachment.objects.count() == 2
