"""Two months of a county: asked, filed, met, decided, printed and signed; what was decided comes back until done."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.journeys.acting import photo
from tests.journeys.county_stage import Stage, it_is, staged, the_job_runs

pytestmark = [pytest.mark.browser, pytest.mark.once]

REASON = "章程初稿已完成，正在征求教代会意见。"
AGAIN = f"{REASON}十月二十日前备案。"
PROBLEM = "缺少熟悉章程的专家指导"
DECIDED = "十月二十日前完成办学章程修订并备案。"
FIRST, SECOND, THIRD = "一小", "二小", "三小"
MONTH, NEXT_MONTH = "2026年9月", "2026年10月"
BULLETIN, NEXT_BULLETIN = f"{MONTH}工作调度情况", f"{NEXT_MONTH}工作调度情况"
CIRCULAR = f"关于{MONTH}工作调度情况的通报"
MEETING = "2026年第1次月调度会"
EXCUSE = "联络员九月调离，交接不到位，已指定专人。"
NUMBER = "演示字〔2026〕1号"


@pytest.fixture
def stage(browser: Any, live_server: Any, settings: Any, tmp_path: Any) -> Iterator[Stage]:
    settings.FILES_ROOT = tmp_path / "files"
    with staged(browser, live_server.url) as made:
        yield made


def test_two_months_of_a_county(stage: Stage) -> None:
    the_month_is_opened(stage)
    a_school_writes_on_a_phone(stage)
    another_has_nothing_new_and_one_is_silent(stage)
    the_school_head_sends_it_back(stage)
    the_school_head_and_the_office_agree(stage)
    whoever_is_silent_is_reminded(stage)
    a_meeting_is_prepared(stage)
    it_decides(stage)
    its_minutes_are_agreed_to(stage)
    a_bulletin_is_drafted(stage)
    it_is_signed_and_sent(stage)
    a_circular_hears_whom_it_would_name(stage)
    it_is_ticked_signed_and_sealed(stage)
    one_files_late(stage)
    the_month_is_locked(stage)
    signed = the_bulletin_as_a_file(stage)
    what_was_decided_comes_back(stage)
    the_office_closes_it(stage)
    the_next_bulletin_says_what_changed(stage)
    assert the_bulletin_as_a_file(stage) == signed


def the_month_is_opened(stage: Stage) -> None:
    it_is(9, 25)
    office = stage.office
    office.takes("待开启月调度")
    office.sees("将向 3 个单位要 1 项文字", "最多 1 项")
    office.sends("开启并通知各单位", "正在向各单位下发")
    office.page.evaluate("window.isSame = true")
    the_job_runs()
    office.sees("填报中", "已报", "0/3")
    assert office.page.evaluate("window.isSame"), "the page shows its progress without being loaded again"


def a_school_writes_on_a_phone(stage: Stage) -> None:
    """What was typed is kept by itself; in summer the school wrote something of the task."""
    it_is(9, 26)
    liaison = stage.liaison
    liaison.takes("待填月报")
    liaison.sees("这个月只需写 1 项", "修订办学章程", "暑期已成立起草小组。")
    liaison.looks()
    liaison.reaches("报送")
    liaison.fills(没有按期完成的原因和下一步=REASON, 需协调事项=PROBLEM)
    liaison.page.get_by_text("已自动保存").wait_for()
    liaison.page.reload()
    expect(liaison.page.get_by_label("没有按期完成的原因和下一步")).to_have_value(REASON)
    expect(liaison.page.get_by_label("需协调事项")).to_have_value(PROBLEM)
    liaison.page.get_by_text("附件（可不传）").first.click()
    liaison.page.locator(".entry input[type=file]").first.set_input_files(photo())
    liaison.page.locator(".upload-item[data-state=done]").wait_for()
    liaison.sends("报送", "已报送。")
    liaison.sees("审核中", REASON, f"需协调：{PROBLEM}", "现场.jpg")
    liaison.has_no("待填月报")


def another_has_nothing_new_and_one_is_silent(stage: Stage) -> None:
    """The head of a small school files himself; the office opens only what waits for it."""
    stage.second.takes("待填月报")
    stage.second.sees("这个月没有必须写的内容，可以直接报送")
    stage.second.sends("无新进展，报送", "已报送。")
    stage.second.sees("本期无新进展。")
    stage.third.page.goto("/")
    expect(stage.third.todo("待填月报")).to_have_count(1)


def the_school_head_sends_it_back(stage: Stage) -> None:
    """It is filed again within its own days, and stays on time."""
    head, liaison = stage.head, stage.liaison
    head.takes("待审批")
    head.fills(意见="请写明何时备案。")
    head.sends("退回", "已退回")
    liaison.takes("月报退回")
    liaison.sees("请写明何时备案。")
    liaison.fills(没有按期完成的原因和下一步=AGAIN)
    liaison.sends("报送", "已报送。")
    liaison.sees("审核中", AGAIN)


def the_school_head_and_the_office_agree(stage: Stage) -> None:
    it_is(9, 27)
    head, office = stage.head, stage.office
    head.takes("待审批")
    head.sees("校长审签", "曾小雨")
    head.sends("同意", "已同意")
    it_is(9, 28)
    office.opens(MONTH, menu="dispatch:cycles")
    office.sees("2/3 · 67%")
    for unit in (FIRST, SECOND):
        office.page.get_by_label(f"选择 {unit}").check()
    office.sends("批量通过", "已通过 2 份。", sure=True)
    stage.liaison.opens(MONTH, menu="dispatch:my_filings")
    stage.liaison.sees("已通过", "按期")


def whoever_is_silent_is_reminded(stage: Stage) -> None:
    it_is(9, 29)
    office, third = stage.office, stage.third
    office.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    office.opens(MONTH, menu="dispatch:cycles")
    office.page.get_by_role("button", name="复制成文字").click()
    office.page.locator("#toasts").get_by_text("已复制").wait_for()
    copied = office.page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{MONTH}月报还有 1 个单位没有报送（期限2026-09-28）：{THIRD}。"
    office.page.get_by_label(f"选择 {THIRD}").check()
    office.sends("催报", "已催报 1 个单位。", sure=True)
    third.page.goto(reverse("notices"))
    third.sees("月报")
    third.page.goto("/")
    expect(third.todo("待填月报")).to_contain_text("已逾期")


def a_meeting_is_prepared(stage: Stage) -> None:
    """Its agenda comes from facts: the school's problem stands on it, and the task that is overdue."""
    office = stage.office
    office.opens("筹备月调度会", menu="dispatch:meetings")
    office.fills(日期="2026-09-30", 开始时间="09:00", 地点="教体局三楼会议室", 主持人="周定")
    office.sends("下一步：选择单位", "已建立，请选择参会单位。")
    for unit in (FIRST, SECOND, THIRD):
        office.page.get_by_label(unit, exact=True).check()
    office.sends("保存", "名单已保存。")
    office.sends("从实际情况提出", "列入 2 个议题。")
    expect(office.page.locator(".agenda-item")).to_have_count(2)
    office.sees(PROBLEM, "需协调", "修订办学章程")
    office.sends("发出通知", "通知已发出")
    stage.liaison.takes("参加会议")
    stage.liaison.sees(MEETING, "教体局三楼会议室", PROBLEM)


def it_decides(stage: Stage) -> None:
    it_is(9, 30, hour=10)
    office = stage.office
    office.takes("今天的会议")
    office.clicks("到会登记")
    office.sends("未登记的全部到会", "3 个登记为到会", sure=True)
    office.clicks("记录会议")
    office.fills(会议记录="一小汇报章程修订进展。\n会议同意由师范学院派专家指导。")
    office.sends("保存", "已保存。")
    office.page.locator(".agenda-item").filter(has_text=PROBLEM).get_by_role("link").click()
    office.fills(内容=DECIDED, 完成时限="2026-10-20")
    office.page.get_by_label("责任单位").select_option(label=FIRST)
    office.sends("议定", "已列入台账，责任单位会收到消息。")
    office.sees(DECIDED, "已议定 1 项")


def its_minutes_are_agreed_to(stage: Stage) -> None:
    office, liaison = stage.office, stage.liaison
    office.opens(MEETING, "纪要征求意见", menu="dispatch:meetings")
    office.sends("发出", "已发给到会单位核对。")
    liaison.takes("纪要待确认")
    liaison.clicks("看纪要")
    liaison.sees("会议同意由师范学院派专家指导。", DECIDED)
    liaison.page.go_back()
    liaison.sends("无意见 一小", "已确认无意见。")
    it_is(10, 9)
    office.takes("纪要待定稿")
    office.sees("1/3")
    office.clicks("纪要定稿")
    office.sees("没有单位提意见。")
    office.sends("定稿", "纪要已定稿")


def a_bulletin_is_drafted(stage: Stage) -> None:
    """Words are the office's, figures the system's: each opens the rows behind it, and those their page."""
    office, page = stage.office, stage.office.page
    office.opens(MONTH, "拟稿", menu="dispatch:cycles")
    office.sends("生成初稿", "已按系统数据拟好初稿")
    office.sees("应报送月报的单位3个，按时报送2个，报送率66.7%", PROBLEM, REASON)
    office.clicks("修改文稿")
    first = page.get_by_label("文字", exact=True).first
    first.fill(f"{first.input_value()}\n各校总体平稳。")
    office.sends("保存", "已保存。")
    office.sees("各校总体平稳。")
    page.locator(".figure-link", has_text=re.compile("^1$")).first.click()
    drawer = page.locator("#drawer")
    expect(drawer).to_contain_text("云岭县第三小学")
    drawer.get_by_role("link", name="云岭县第三小学").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"三小 {MONTH}月报")
    page.go_back()
    office.sends("送审", "已送审，数字已冻结", sure=True)


def it_is_signed_and_sent(stage: Stage) -> None:
    office, leader, liaison = stage.office, stage.leader, stage.liaison
    office.agrees()
    leader.takes("待审批")
    leader.sees("签发", "简报")
    leader.clicks("查看原件")
    leader.sees("各校总体平稳。")
    leader.agrees()
    office.takes("已签发，待办理")
    office.clicks("编号")
    office.sends("编下一期号", "已编号。")
    office.sees("第1期", "周定")
    office.clicks("分发")
    office.sends("分发", "已分发，单位会收到消息和待办。")
    office.sees("0/3")
    liaison.takes("公文待签收")
    liaison.sees("各校总体平稳。", "第1期")
    liaison.looks()
    liaison.sends("签收（一小）", "已签收。")
    office.opens(BULLETIN, menu="dispatch:documents")
    office.sees("1/3", "曾小雨")


def a_circular_hears_whom_it_would_name(stage: Stage) -> None:
    """Who did not file stands on its list, and is asked before it goes anywhere."""
    office, third = stage.office, stage.third
    office.opens("拟稿", menu="dispatch:documents")
    office.page.get_by_label("文种").select_option(label="通报")
    office.sends("生成初稿", "已按系统数据拟好初稿")
    office.sees("点名名单", THIRD, "还没有征求说明")
    office.sends("送审", "还没有征求这些单位的说明：云岭县第三小学。", sure=True)
    office.opens(CIRCULAR, "征求单位说明", menu="dispatch:documents")
    office.sends("发出", "已通知名单上的单位。")
    third.takes("拟通报事项待说明")
    third.sees("月报逾期没有报送")
    third.looks()
    third.fills(情况说明=EXCUSE)
    third.sends("提交", "已提交，办公室会看到。")
    third.has_no("拟通报事项待说明")
    office.opens(CIRCULAR, menu="dispatch:documents")
    office.sees(EXCUSE)
    office.sends("送审", "已送审，数字已冻结", sure=True)


def it_is_ticked_signed_and_sealed(stage: Stage) -> None:
    """Nothing is ticked beforehand. The number is that of the office system; the seal is on the scan."""
    office, leader = stage.office, stage.leader
    office.agrees()
    stage.bureau.agrees()
    leader.takes("待审批")
    leader.clicks("查看原件")
    leader.clicks("核定点名单位")
    leader.sees(EXCUSE)
    leader.looks()
    tick = leader.page.get_by_label(f"{THIRD} · {MONTH}月报逾期没有报送")
    expect(tick).not_to_be_checked()
    tick.check()
    leader.sends("保存", "已核定，请到审批页面签发。")
    leader.clicks("去审批")
    leader.sends("同意", "已同意")
    office.takes("已签发，待办理")
    office.sees("云岭县第三小学", EXCUSE, "同意点名")
    office.clicks("编号")
    office.fills(文号=NUMBER)
    office.sends("保存", "已编号。")
    office.clicks("用印")
    office.page.get_by_label("盖章扫描件").set_input_files(photo())
    office.page.locator(".upload-item[data-state=done]").wait_for()
    office.sends("保存", "扫描件已挂上，以它为准。")
    office.clicks("分发")
    office.sends("分发", "已分发，单位会收到消息和待办。")
    office.sees(NUMBER, "盖章扫描件（以此为准）", "现场.jpg")
    stage.third.takes("公文待签收", CIRCULAR)
    stage.third.sees(NUMBER, EXCUSE)


def one_files_late(stage: Stage) -> None:
    it_is(10, 10)
    stage.third.takes("待填月报")
    stage.third.sends("无新进展，报送", "已报送。")
    stage.third.sees("逾期报送")
    stage.office.agrees()


def the_month_is_locked(stage: Stage) -> None:
    it_is(10, 12)
    office, third = stage.office, stage.third
    office.opens(MONTH, menu="dispatch:cycles")
    office.sends("锁定", "已锁定，之后只能申请更正。", sure=True)
    office.sees("已锁定")
    third.has_no("待填月报")


def the_bulletin_as_a_file(stage: Stage) -> bytes:
    stage.office.opens(BULLETIN, menu="dispatch:documents")
    return stage.office.downloads("下载 Word")


def what_was_decided_comes_back(stage: Stage) -> None:
    """The decision is asked in the next month beside what the school wrote last."""
    it_is(10, 25)
    office, liaison = stage.office, stage.liaison
    office.takes("待开启月调度")
    office.sees("将向 3 个单位要 2 项文字", "议定事项")
    office.sends("开启并通知各单位", "正在向各单位下发")
    the_job_runs()
    office.sees("填报中")
    it_is(10, 26)
    liaison.takes("待填月报")
    liaison.sees("这个月只需写 2 项", DECIDED, f"{MONTH}写的", AGAIN)
    liaison.fills(没有按期完成的原因和下一步="章程已经教代会通过。", 落实情况="章程已于10月19日备案。")
    liaison.page.get_by_label("已落实，申请销项").check()
    liaison.sends("报送", "已报送。")
    liaison.sees("已落实，申请销项")
    stage.head.agrees()
    office.has_no("销项待处理")
    office.agrees()


def the_office_closes_it(stage: Stage) -> None:
    it_is(10, 27)
    office, liaison = stage.office, stage.liaison
    office.takes("销项待处理")
    office.sees(DECIDED, "章程已于10月19日备案。", "已落实")
    office.clicks("销项")
    expect(office.page.get_by_label("落实结果")).to_have_value("章程已于10月19日备案。")
    office.sends("销项", "已销项，单位会收到消息。")
    office.sees("已销项")
    office.has_no("销项待处理")
    office.sees(f"{MEETING}的议定事项都已销项。")
    liaison.page.goto("/")
    liaison.sees_no(DECIDED)
    office.opens("开启月调度", menu="dispatch:cycles")
    office.sees("将向 3 个单位要 1 项文字")
    office.sees_no("议定事项1")


def the_next_bulletin_says_what_changed(stage: Stage) -> None:
    it_is(10, 30)
    office = stage.office
    office.opens(NEXT_MONTH, "拟稿", menu="dispatch:cycles")
    office.sends("生成初稿", "已按系统数据拟好初稿")
    office.sees("议定事项落实情况", DECIDED, "已销项")
    changes = office.page.get_by_label("与上一份相比")
    expect(changes.get_by_role("link", name=BULLETIN)).to_have_count(1)
    for name, course in (("按时报送", "2 → 1"), ("需协调事项", "1 → 0"), ("已销项", "0 → 1")):
        expect(changes.locator("li").filter(has_text=re.compile(f"^{name}"))).to_contain_text(course)
    changes.get_by_text("已说明的逾期任务：1 行有变化").click()
    expect(changes).to_contain_text("章程已经教代会通过。")
    office.looks()
