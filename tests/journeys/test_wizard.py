"""The journey of a plan from its Word file to its issue: corrected, assigned, talked over, signed, accounted for."""

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from docx import Document

from tests import build, planning
from tests.conftest import DESK, PHONE, silent_page
from tests.journeys.acting import sign_in, with_password
from xietong.areas.orgs.models import OrgKind, Role
from xietong.areas.plans import models
from xietong.areas.plans.models import Consulted, Plan, Task
from xietong.areas.plans.queries import plan_coverage
from xietong.kit.sheets.models import Import

pytestmark = [pytest.mark.browser, pytest.mark.once]
SOURCE = Path(models.__file__).parent.parent / "data" / "anyi.txt"
SIGNERS = ("section_head", "bureau_leader", "group_head")


@pytest.fixture
def cast(live_server: Any) -> build.Cast:
    planning.rules()
    build.clock()
    return build.cast()


@pytest.fixture
def signers(cast: build.Cast) -> dict[str, Any]:
    bureau = build.organisation(county=cast.county, kind=OrgKind.BUREAU, name="云岭县教育体育局")
    return {role: build.player(f"签批{n}", Role(role), bureau) for n, role in enumerate(SIGNERS)}


def word_file() -> bytes:
    document, file = Document(), BytesIO()
    for line in SOURCE.read_text(encoding="utf-8").split("\n"):
        document.add_paragraph(line)
    document.save(file)
    return file.getvalue()


def read_in(page: Any) -> Plan:
    page.goto(reverse("plans:plan_import"))
    word = {"name": "方案.docx", "mimeType": "application/octet-stream", "buffer": word_file()}
    page.get_by_label("方案文件").set_input_files(word)
    page.get_by_role("button", name="导入并识别").click()
    page.get_by_text("已读出章节、阶段和任务").wait_for()
    return Plan.objects.get()


def correct_outline(page: Any, plan: Plan) -> None:
    """A clause is lowered and raised again by its buttons, then dragged below another and back."""
    before = list(plan.clauses.order_by("order").values_list("number", "level"))
    page.get_by_role("button", name="降级 三(五)").click()
    page.get_by_role("button", name="升级 三(四)(五)").wait_for()
    page.get_by_role("button", name="升级 三(四)(五)").click()
    page.get_by_role("button", name="降级 三(五)").wait_for()
    assert list(plan.clauses.order_by("order").values_list("number", "level")) == before
    row = page.locator(f"[data-clause='{plan.clauses.get(number='三(五)').pk}']")
    row.drag_to(page.locator(f"[data-clause='{plan.clauses.get(number='三(四)').pk}']"))
    page.get_by_role("button", name="升级 三(四)(五)").wait_for()
    page.get_by_role("button", name="升级 三(四)(五)").click()
    page.get_by_role("button", name="降级 三(五)").wait_for()


def mark_words(page: Any, plan: Plan) -> None:
    """Words are selected in the text and marked."""
    page.evaluate(
        """() => {
            const holder = document.querySelector(".passage-2 [data-at]:not(.passage-head)");
            const range = document.createRange();
            range.setStart(holder.firstChild, 1);
            range.setEnd(holder.firstChild, 5);
            const selection = document.getSelection();
            selection.removeAllRanges();
            selection.addRange(range);
        }"""
    )
    page.locator("[data-select-bar] [data-select-mark]").click()
    words = page.locator(".lead").inner_text()
    page.get_by_label("标为").select_option("objective")
    page.get_by_role("button", name="标注").click()
    page.get_by_text("已标注。").wait_for()
    found = plan.findings.get(by_hand=True)
    assert (found.text, plan.source_text[found.start : found.end]) == (words, words)


def accept_findings(page: Any, plan: Plan) -> None:
    page.goto(reverse("plans:findings", args=[plan.pk]))
    page.locator("th [data-pick-page]").check()
    page.locator("[data-pick-all]").click()
    page.get_by_role("button", name="采纳", exact=True).click()
    page.get_by_text("已处理").wait_for()
    assert not plan.findings.filter(state="read").exists()


def name_leads_in_excel(page: Any, plan: Plan, unit: Any) -> None:
    """The breakdown is downloaded, filled in with a fault, mended, and handed in again."""
    page.goto(reverse("plans:drafting", args=[plan.pk]))
    page.get_by_role("link", name="Excel 导入导出").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载模板").click()
    book = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    sheet, free = book["任务分解表"], plan.tasks.filter(lead_unit=None).count()
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 3).value = sheet.cell(row, 3).value or str(unit)
    sheet["F2"] = "明年"
    hand_in(page, book)
    page.get_by_text("F2：“明年”不是日期").wait_for()
    sheet["F2"] = None
    page.get_by_role("link", name="重新上传").click()
    hand_in(page, book)
    page.get_by_role("button", name="确认导入").click()
    page.get_by_text("已导入").wait_for()
    made = Import.objects.get()
    assert (made.added, made.changed, made.left_out) == (0, free, [])
    assert not plan.tasks.filter(lead_unit=None).exists()


def hand_in(page: Any, book: Any) -> None:
    file = BytesIO()
    book.save(file)
    sheet = {"name": "分解表.xlsx", "mimeType": "application/octet-stream", "buffer": file.getvalue()}
    page.get_by_label("Excel 文件").set_input_files(sheet)
    page.get_by_role("button", name="上传并检查").click()


def assign(page: Any, plan: Plan) -> None:
    page.goto(reverse("plans:drafting", args=[plan.pk]))
    page.locator("th [data-pick-page]").check()
    page.locator("[data-pick-all]").click()
    page.get_by_role("button", name="批量分派").click()
    page.get_by_label("完成期限").fill("2026-12-31")
    page.get_by_role("button", name="分派", exact=True).click()
    page.get_by_text("已分派").wait_for()
    assert not plan.tasks.filter(due_on=None).exists()


def declare_context(page: Any, plan: Plan) -> None:
    page.goto(reverse("plans:coverage", args=[plan.pk]) + "?open=1")
    for box in page.locator("input[name=pk]").all():
        box.check()
    page.get_by_label("说明").fill("总体表述")
    page.get_by_role("button", name="认定为背景").click()
    page.get_by_text("句为背景。").wait_for()
    page.get_by_text("100%").first.wait_for()
    assert plan_coverage(plan).open == 0


def consult(page: Any, plan: Plan, cast: build.Cast) -> None:
    page.goto(reverse("plans:consulting", args=[plan.pk]))
    page.get_by_role("link", name="发起征求意见").click()
    page.get_by_label("二小").check()
    page.get_by_label("截止日期").fill("2026-09-20")
    page.get_by_role("button", name="发出").click()
    page.get_by_text("已发出").wait_for()
    assert Consulted.objects.count() == 2


def comment(page: Any) -> None:
    page.locator(".todo", has_text="征求意见").first.tap()
    page.get_by_role("link", name="提出意见", exact=True).tap()
    page.get_by_label("意见").last.fill("期限建议延后。")
    page.get_by_role("button", name="提交").tap()
    page.get_by_text("意见已提交。").wait_for()


def decide(page: Any, plan: Plan) -> None:
    page.goto(reverse("plans:consulting", args=[plan.pk]))
    page.get_by_role("link", name="处理 期限建议延后。").click()
    page.get_by_label("处理").select_option("rejected")
    page.get_by_label("理由").fill("省里已定时间。")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("已处理，对方会收到提醒。").wait_for()
    page.get_by_role("button", name="结束这一轮").click()
    page.locator("#confirm[open]").get_by_role("button", name="确定").click()
    page.get_by_text("这一轮征求意见已结束。").wait_for()


def submit(page: Any, plan: Plan) -> None:
    page.goto(reverse("plans:approving", args=[plan.pk]))
    page.get_by_role("button", name="提交审批").click()
    page.locator("#confirm[open]").get_by_role("button", name="确定").click()
    page.get_by_text("已提交审批。").wait_for()


def sign(page: Any) -> None:
    page.locator(".todo", has_text="待审批").first.click()
    page.get_by_role("button", name="同意").click()
    page.get_by_text("已同意。").wait_for()


def issue(page: Any, plan: Plan) -> None:
    page.goto(reverse("plans:approving", args=[plan.pk]))
    page.get_by_role("link", name="下达", exact=True).click()
    page.get_by_label("文号").fill("云府字〔2026〕1号")
    page.get_by_role("button", name="下达").click()
    page.get_by_text("方案已下达").wait_for()


def there_and_back(page: Any, plan: Plan) -> None:
    """From a task to the sentence that it came from, and from the sentence to the task."""
    task = Task.objects.get(plan=plan, number="三(四)-1")
    page.goto(reverse("plans:task", args=[task.pk]))
    assert "每年选派一定数量的学生入校实习" in page.locator(".quoted").inner_text()
    page.goto(reverse("plans:coverage", args=[plan.pk]))
    sentence = page.locator(".sentence", has_text="每年选派一定数量的学生入校实习")
    sentence.get_by_role("link", name="填报与佐证").click()
    page.locator("#drawer[open]").get_by_role("link", name=task.title).first.wait_for()


def test_a_plan_goes_from_its_word_file_to_its_issue(
    browser: Any, live_server: Any, cast: build.Cast, signers: dict[str, Any]
) -> None:
    people = {"office": cast.office, "liaison": cast.liaison, **signers}
    secrets = {name: with_password(actor, name) for name, actor in people.items()}
    with (
        silent_page(browser, live_server.url, DESK) as office,
        silent_page(browser, live_server.url, PHONE) as liaison,
    ):
        for page in (office, liaison):
            page.set_default_timeout(10_000)
        sign_in(office, "office", secrets["office"])
        plan = read_in(office)
        correct_outline(office, plan)
        mark_words(office, plan)
        accept_findings(office, plan)
        name_leads_in_excel(office, plan, cast.school)
        assign(office, plan)
        declare_context(office, plan)
        consult(office, plan, cast)
        sign_in(liaison, "liaison", secrets["liaison"])
        comment(liaison)
        decide(office, plan)
        submit(office, plan)
        for role in SIGNERS:
            with silent_page(browser, live_server.url, DESK) as page:
                page.set_default_timeout(10_000)
                sign_in(page, role, secrets[role])
                sign(page)
        issue(office, plan)
        plan.refresh_from_db()
        assert (plan.state, plan.document_no) == ("issued", "云府字〔2026〕1号")
        assert plan.tasks.filter(state="issued", baseline__isnull=False).count() == plan.tasks.count() == 37
        there_and_back(office, plan)
