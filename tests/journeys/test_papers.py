"""Papers in a real browser: a signed sheet photographed with a phone, phrases and remarks from the keyboard."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests import build, planning
from tests.journeys.acting import photo
from tests.journeys.every_page import cookies
from xietong.areas.plans.models import FileRemark, Report
from xietong.kit.files.models import Attachment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.once]


@pytest.fixture
def cast(live_server: Any, settings: Any, tmp_path: Path) -> build.Cast:
    settings.FILES_ROOT = tmp_path / "files"
    planning.rules()
    return build.cast()


@pytest.fixture
def report(cast: build.Cast) -> Report:
    task = planning.task(plan=planning.plan(county=cast.county), lead_unit=cast.school, state="claimed")
    return planning.report(task=task)


def test_three_photographs_of_a_signed_sheet_hang_on_their_report(
    page_phone: Any, cast: build.Cast, report: Report, live_server: Any
) -> None:
    page_phone.context.add_cookies(cookies(build.client(cast.liaison), live_server.url))
    page_phone.goto(reverse("plans:task", args=[report.task_id]))
    page_phone.get_by_role("link", name="上传签字页").click()
    page_phone.get_by_label("签字页").set_input_files([photo() | {"name": f"{n}.jpg"} for n in (1, 2, 3)])
    page_phone.locator(".upload-item[data-state=done]").nth(2).wait_for()
    page_phone.get_by_role("button", name="提交").click()
    page_phone.wait_for_url(f"**{reverse('plans:task', args=[report.task_id])}#report-{report.pk}")
    rows = Attachment.objects.filter(owner_type="plans.signed", owner_id=report.pk)
    assert sorted(rows.values_list("name", flat=True)) == ["1.jpg", "2.jpg", "3.jpg"]
    assert page_phone.locator(".file-thumb img").count() == 3


def test_an_opinion_is_filled_with_a_phrase_and_a_remark_from_the_keyboard(
    page_desk: Any, cast: build.Cast, report: Report, live_server: Any
) -> None:
    planning.evidence(report=report, name="名单.pdf")
    page_desk.context.add_cookies(cookies(build.client(cast.office), live_server.url))
    page_desk.goto(reverse("plans:task", args=[report.task_id]))
    opinion = page_desk.get_by_label("意见")
    opinion.fill("缺一页。")
    opinion.press("Tab")
    page_desk.keyboard.press("Enter")
    page_desk.get_by_role("button", name="请补充佐证材料。").wait_for()
    for _to_the_fourth in range(4):
        page_desk.keyboard.press("Tab")
    page_desk.keyboard.press("Enter")
    assert opinion.input_value() == "缺一页。\n请补充佐证材料。"
    assert page_desk.evaluate("document.activeElement.name") == "opinion"
    page_desk.get_by_text("个别附件有问题").press("Enter")
    page_desk.get_by_label("名单.pdf", exact=True).fill("看不清。")
    page_desk.get_by_role("button", name="退回").press("Enter")
    page_desk.get_by_text("问题：看不清。").wait_for()
    assert FileRemark.objects.get().text == "看不清。"


def test_what_is_chosen_is_counted_while_one_chooses(
    page_desk: Any, cast: build.Cast, report: Report, live_server: Any
) -> None:
    Report.objects.update(state="accepted")
    planning.evidence(report=report, data=b"x" * 1024)
    page_desk.context.add_cookies(cookies(build.client(cast.office), live_server.url))
    page_desk.goto(reverse("plans:package", args=[report.task.plan_id]))
    page_desk.get_by_text("1 个文件，1.0 KB").wait_for()
    page_desk.get_by_label("填报日期从").fill("2026-09-30")
    page_desk.get_by_text("请先改正上面的日期。").wait_for()
    page_desk.get_by_label("到", exact=True).fill("2026-10-31")
    page_desk.get_by_text("所选范围里没有审核通过的填报").wait_for()
    assert page_desk.get_by_role("button", name="制作材料包").count() == 0
