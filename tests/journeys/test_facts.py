"""From three exports to the verdict of 优质均衡, what makes the county pass, and from a bulletin back to a row."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import build, dispatching, planning
from tests.conftest import DESK, PHONE, silent_page
from tests.journeys.county_stage import PATIENCE, Player, it_is, the_job_runs
from tests.journeys.every_page import cookies
from tests.kit.test_sheets_reading import workbook
from xietong.areas.orgs.models import Organisation, SchoolRecord
from xietong.kit.sheets.models import Import

pytestmark = [pytest.mark.browser, pytest.mark.once]

GRADES = [f"{number}年级" for number in "一二三四五六"]
PUPILS = 40
STATISTICS = [
    "学校（机构）名称", *GRADES, "招生数", "毕业生数", "普通教室数", "教学及辅助用房面积", "室内体育用房面积",
    "体育运动场地面积", "教学仪器设备值（万元）", "网络多媒体教室数",
]  # fmt: skip
USUAL = [*[PUPILS] * 6, 40, 38, 8, 1500, 0, 2400]
CLASSES = ["学校名称", "年级", "班级名称", "学生数"]
STAFF = ["姓名", "学校", "是否专任教师", "编制", "主要任教学科", "周课时", "最高学历", "骨干层次"]
FIRST, SECOND = "一小", "二小"
NAMES = [f"{family}{given}" for family in "赵钱孙李" for given in "一二三四"]
SUBJECTS = ["体育", "体育", "音乐", "美术"]
BACKBONE, EQUIPMENT = "每百名学生拥有县级以上骨干教师数", "生均教学仪器设备值"
INDICATOR = "小学生均教学仪器设备值"


@pytest.fixture
def stage(browser: Any, live_server: Any, settings: Any, tmp_path: Any) -> Iterator[dict[str, Player]]:
    settings.FILES_ROOT = tmp_path / "files"
    planning.rules()
    cast = build.cast()
    for school in (cast.school, cast.other_school):
        for name in NAMES:
            person = build.somebody(school, name=f"{name}{school.short_name[0]}")
            build.appointment(person=person, organisation=school)
    locked = dispatching.cycle(month=date(2026, 9, 1), state="locked", locked_at=build.NOW)
    dispatching.filing(cycle=locked, unit=cast.school, state="accepted")
    with ExitStack() as pages:
        players = {}
        for name, actor in (("office", cast.office), ("liaison", cast.liaison), ("head", cast.head)):
            page = pages.enter_context(silent_page(browser, live_server.url, PHONE if name == "liaison" else DESK))
            page.set_default_timeout(PATIENCE)
            page.context.add_cookies(cookies(build.client(actor), live_server.url))
            players[name] = Player(page)
        yield players


def test_facts_of_a_county(stage: dict[str, Player]) -> None:
    it_is(10, 9)
    office = stage["office"]
    the_year_is_opened(office)
    faulty_rows_come_back(office)
    three_exports_are_taken_in(office)
    the_school_adds_what_no_export_has(stage["liaison"])
    the_head_confirms(stage["head"])
    indicators_are_taken_over(office)
    the_page_says_why(office)
    the_cheapest_additions_make_it_pass(office)
    a_figure_of_the_bulletin_leads_to_its_row(office)


def the_year_is_opened(office: Player) -> None:
    office.page.goto(reverse("orgs:register_open"))
    office.page.locator("#id_year").fill("2026")
    office.page.locator("#id_as_of").fill("2026-09-01")
    office.page.locator("#id_due_on").fill("2026-10-20")
    office.page.locator("main form button[type=submit]").first.click()
    office.page.get_by_role("heading", name="导出表").wait_for()
    office.sees("2026—2027学年")


def hand_in(office: Player, name: str, data: bytes) -> None:
    office.page.goto(reverse("orgs:registers"))
    office.clicks("2026—2027学年")
    line = office.page.get_by_role("listitem").filter(has_text=name).filter(has=office.page.get_by_role("link"))
    line.get_by_role("link").last.click()
    file = {"name": f"{name}.xlsx", "mimeType": "application/octet-stream", "buffer": data}
    office.page.locator("input[type=file]").set_input_files(file)
    office.page.locator("main form button[type=submit]").first.click()
    office.page.get_by_role("heading", name="逐行预览").or_(
        office.page.get_by_role("heading", name="问题")
    ).first.wait_for()


def takes_in(office: Player, name: str, data: bytes) -> None:
    hand_in(office, name, data)
    office.sends("确认导入", "已导入")


def rows_of_statistics(equipment: Any = 20) -> list[list[Any]]:
    return [[FIRST, *USUAL, 60, 8], [SECOND, *USUAL, equipment, 8]]


def faulty_rows_come_back(office: Player) -> None:
    wrong = [[FIRST, *USUAL, "约60", 8], ["三小", *USUAL, 20, -8]]
    hand_in(office, "教育事业统计", workbook(STATISTICS, *wrong))
    office.sees("约60", "三小", "-8", "下载标注了问题的文件")
    assert not Import.objects.exists()


def three_exports_are_taken_in(office: Player) -> None:
    takes_in(office, "教育事业统计", workbook(STATISTICS, *rows_of_statistics()))
    classes = [[school, grade, "1班", PUPILS] for school in (FIRST, SECOND) for grade in GRADES]
    takes_in(office, "学籍系统班级汇总", workbook(CLASSES, *classes))
    staff = []
    for school in (FIRST, SECOND):
        for place, name in enumerate(NAMES):
            subject = SUBJECTS[place] if place < len(SUBJECTS) else "语文"
            backbone = "县级" if school == FIRST and place < 6 else "无"
            staff.append([f"{name}{school[0]}", school, "是", "在编", subject, 12, "大学本科", backbone])
    takes_in(office, "教职工年度资料", workbook(STAFF, *staff))
    assert Import.objects.filter(state=Import.State.DONE).count() == 3


def the_school_adds_what_no_export_has(liaison: Player) -> None:
    """Three boxes on a phone; everything else is there with its source."""
    liaison.page.goto(reverse("orgs:record", args=[record_of(FIRST).pk]))
    liaison.sees("需填 3 项", "教育事业统计", "学籍系统")
    liaison.looks()
    for box, value in zip(liaison.page.locator(".register-fill input[type=number]").all(), (30, 18, 1), strict=True):
        box.fill(str(value))
    liaison.page.locator(".register-fill button[type=submit]").click()
    liaison.page.get_by_text("都已填写").wait_for()


def the_head_confirms(head: Player) -> None:
    head.page.goto(reverse("orgs:record", args=[record_of(FIRST).pk]))
    head.sends("确认本校资料", "已确认。锁定以前，发现有误可以撤回。", sure=True)
    assert record_of(FIRST).confirmed_at is not None


def record_of(school: str) -> SchoolRecord:
    return SchoolRecord.objects.get(school=Organisation.objects.get(short_name=school))


def indicators_are_taken_over(office: Player) -> None:
    office.page.goto(reverse("indicators:scorecard"))
    office.clicks("导入起始指标")
    office.page.locator("main form button[type=submit]").first.click()
    office.page.get_by_role("link", name=INDICATOR).first.wait_for()


def the_page_says_why(office: Player) -> None:
    """One school fails: the page names what it lacks, and the coefficient that it moves."""
    page = office.page
    page.goto(reverse("indicators:balance"))
    office.sees("2 个学校（学部）中 1 个没有通过")
    office.clicks("各校达标情况")
    page.goto(reverse("indicators:balance_unit", args=[record_of(SECOND).school_id, "primary"]))
    office.sees("至少要补这些", BACKBONE, EQUIPMENT)
    office.looks()


def the_cheapest_additions_make_it_pass(office: Player) -> None:
    page = office.page
    page.goto(reverse("indicators:what_ifs"))
    office.fills(名称="补齐二小")
    page.locator("main form button[type=submit]").first.click()
    page.get_by_role("link", name="找最省的补充方案").click()
    page.locator("main form button[type=submit]").first.click()
    office.sees("正在找最省的补充方案")
    the_job_runs()
    page.get_by_text("资源配置通过").first.wait_for()
    office.sees("已找到最省的方案", "加上这些补充，所有学校和差异系数都达到。")
    box = page.get_by_label(f"{SECOND} L2", exact=False)
    assert float(box.input_value()) >= 1
    box.fill("0")
    page.get_by_text("没有通过").first.wait_for()
    office.looks()


def a_figure_of_the_bulletin_leads_to_its_row(office: Player) -> None:
    page = office.page
    office.opens("2026年9月", "拟稿", menu="dispatch:cycles")
    office.sends("生成初稿", "已按系统数据拟好初稿")
    office.sees("指标情况", INDICATOR)
    page.locator("p").filter(has_text="有目标的指标").locator(".figure-link").first.click()
    page.locator("#drawer").get_by_role("link", name=INDICATOR).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(INDICATOR)
    page.get_by_role("link", name="教学仪器设备值").first.click()
    page.locator("#drawer-body").get_by_role("link", name=SECOND).click()
    row = page.locator("#drawer-body").get_by_role("listitem").filter(has_text="教学仪器设备值")
    expect(row).to_contain_text("教育事业统计")
    row.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{SECOND} 2026—2027学年")
