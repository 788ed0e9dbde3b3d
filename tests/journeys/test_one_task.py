"""The journey of one task through every state, on the pages and by clicking: from its issue to the second verdict."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import build, planning
from tests.conftest import DESK, silent_page
from tests.journeys.every_page import cookies
from xietong.areas.orgs.models import Role
from xietong.areas.people import queries as people
from xietong.areas.people.models import RoleTerm
from xietong.areas.plans.models import Extension, Milestone, Report, Task
from xietong.kit.accounts.actor import Actor

pytestmark = [pytest.mark.browser, pytest.mark.once]

PATIENCE = 6_000
TITLE = "建成教师培训平台"
BETTER_TITLE = "建成并用好教师培训平台"

OFFICE, LIAISON, DEPUTY, SUCCESSOR = "陈启明", "曾小雨", "代云（代曾小雨）", "王接"
# What was done and by whom, in order.
COURSE = [
    ("下达", OFFICE),
    ("退件", LIAISON),
    ("维持原派", OFFICE),
    ("退件", DEPUTY),
    ("改派", OFFICE),
    ("改派", OFFICE),
    ("接收", DEPUTY),
    ("转办", "周文清"),
    ("填报进展", LIAISON),
    ("退回", OFFICE),
    ("填报进展", LIAISON),
    ("撤回填报", LIAISON),
    ("填报进展", DEPUTY),
    ("审核通过", OFFICE),
    ("申请延期", LIAISON),
    ("不同意延期", OFFICE),
    ("申请延期", LIAISON),
    ("同意延期", OFFICE),
    ("暂停", OFFICE),
    ("恢复", OFFICE),
    ("接收", LIAISON),
    ("协办填报", "林木"),
    ("填报进展", LIAISON),
    ("审核通过", OFFICE),
    ("催办", OFFICE),
    ("督办", OFFICE),
    ("回复督办", LIAISON),
    ("解除督办", OFFICE),
    ("领导批示", OFFICE),
    ("提出变更", OFFICE),
    ("变更生效", "赵定"),
    ("负责人交接", OFFICE),
    ("申请办结", SUCCESSOR),
    ("审核通过", OFFICE),
    ("重新办理", OFFICE),
    ("申请办结", SUCCESSOR),
    ("审核通过", OFFICE),
]
# Steps that lead somewhere say where to, and until when.
NOTES = [
    "二小 — 一小机房在修。",
    "一小 — 一小机房已修好。",
    "曾小雨 — 请联络员直接办理。",
    "期限：2026年10月31日 — 设备晚到。",
    "期限：2026年10月31日",
    "期限：2026年9月30日",
    "负责人由王接接任",
]


@dataclass
class Player:
    """Somebody at a browser of his own, and the task that all of them are at."""

    page: Any
    task: Task

    def sees_todo(self, label: str) -> None:
        self.page.goto("/")
        expect(self.todo(label)).to_have_count(1)

    def sees_no_todo(self, label: str) -> None:
        self.page.goto("/")
        self.page.get_by_role("heading", name="待办").wait_for()
        expect(self.todo(label)).to_have_count(0)

    def todo(self, label: str) -> Any:
        tag = self.page.locator(".todo-tag").get_by_text(label, exact=True)
        return self.page.locator(".todo").filter(has=tag)

    def takes(self, label: str) -> None:
        """Opens the to-do of that kind on the workbench."""
        self.sees_todo(label)
        self.todo(label).click()
        self.page.get_by_role("heading", level=1).wait_for()

    def opens(self) -> None:
        self.page.goto(reverse("plans:task", args=[self.task.pk]))

    def is_told(self, words: str) -> None:
        """Finds a notice about the task, unread, and follows it."""
        self.page.goto(reverse("notices"))
        self.page.get_by_role("link").filter(has_text=words).first.click()
        self.page.get_by_role("heading", level=1).wait_for()

    def clicks(self, name: str) -> None:
        self.page.locator(".page-actions, main").get_by_role("link", name=name, exact=True).first.click()

    def picks(self, name: str) -> None:
        """A rarer deed, from the menu."""
        self.page.locator(".deeds-more summary").click()
        self.page.locator(".deeds-more").get_by_role("link", name=name, exact=True).click()

    def fills(self, **values: str) -> None:
        for label, value in values.items():
            self.page.get_by_label(label).first.fill(value)

    def chooses(self, label: str, option: str) -> None:
        """The option that has these words."""
        select = self.page.get_by_label(label)
        select.select_option(value=select.locator("option").filter(has_text=option).get_attribute("value"))

    def sends(self, button: str, said: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).click()
        self.page.get_by_text(said).first.wait_for()

    def sees_state(self, word: str) -> None:
        expect(self.page.locator(".task-state").first).to_contain_text(word)


@dataclass
class Stage:
    """Everybody who acts, by what he is to the task."""

    task: Task
    office: Player
    liaison: Player
    deputy: Player
    head: Player
    helper: Player
    section: Player
    second: Player
    leader: Player
    successor: Player


@pytest.fixture
def cast(live_server: Any) -> build.Cast:
    planning.rules()
    build.clock()
    return build.cast()


@pytest.fixture
def task(cast: build.Cast) -> Task:
    """Drafted, complete, and supported by a third school."""
    third = build.organisation(county=cast.county, name="云岭县第三小学", short_name="三小")
    return planning.task(
        plan=planning.draft(county=cast.county),
        title=TITLE,
        lead_unit=cast.school,
        state="draft",
        due_on=date(2026, 9, 30),
        quantity=40,
        measure="人次",
        supports=(third,),
    )


def deputy_of(actor: Actor) -> Actor:
    """Somebody of the school who stands in for the liaison today."""
    term = RoleTerm.objects.get(pk=actor.term_id)
    person = build.somebody(term.organisation, name="代云")
    build.account(person=person)
    build.deputy(term=term, person=person)
    (found,) = people.actors_of(person.account_id, build.TODAY)
    return found


def actors(cast: build.Cast, task: Task) -> dict[str, Actor]:
    bureau = build.organisation(county=cast.county, name="教体局")
    return {
        "office": cast.office,
        "liaison": cast.liaison,
        "deputy": deputy_of(cast.liaison),
        "head": cast.head,
        "helper": build.player("林木", Role.SCHOOL_LIAISON, task.supports.get().unit),
        "section": build.player("黄审", Role.SECTION_HEAD, bureau),
        "second": build.player("孙会", Role.SECTION_CLERK, bureau),
        "leader": build.player("赵定", Role.BUREAU_LEADER, bureau),
        "successor": build.player("王接", Role.TEACHER, cast.school),
    }


@pytest.fixture
def stage(browser: Any, live_server: Any, cast: build.Cast, task: Task) -> Iterator[Stage]:
    with ExitStack() as pages:
        players = {}
        for name, actor in actors(cast, task).items():
            page = pages.enter_context(silent_page(browser, live_server.url, DESK))
            page.set_default_timeout(PATIENCE)
            page.context.add_cookies(cookies(build.client(actor), live_server.url))
            players[name] = Player(page, task)
        yield Stage(task, **players)


def test_one_task_goes_through_every_state(stage: Stage) -> None:
    it_is_issued(stage)
    it_is_returned_upheld_and_reassigned(stage)
    it_is_received_by_the_deputy_and_passed_on(stage)
    a_report_is_sent_back_withdrawn_and_accepted(stage)
    a_later_day_is_refused_and_granted(stage)
    it_is_suspended_and_resumed(stage)
    another_unit_adds_its_part(stage)
    it_is_pressed_on(stage)
    it_is_changed_by_approval(stage)
    the_liaison_leaves(stage)
    it_is_claimed_accepted_reopened_and_verified(stage)
    the_course_tells_every_step(stage)


def it_is_issued(stage: Stage) -> None:
    office, liaison = stage.office, stage.liaison
    liaison.sees_no_todo("待接收")
    office.page.goto(reverse("plans:drafting", args=[stage.task.plan_id]))
    office.page.get_by_role("link", name="审批与下达").click()
    office.page.get_by_role("link", name="已经印发的，按印发件补录").click()
    office.fills(文号="云府字〔2026〕1号", 印发日期="2026-09-01")
    office.sends("补录", "方案已按印发件补录")
    liaison.is_told("项新任务")
    liaison.takes("待接收")
    liaison.sees_state("待接收")


def it_is_returned_upheld_and_reassigned(stage: Stage) -> None:
    office, liaison, deputy, helper = stage.office, stage.liaison, stage.deputy, stage.helper
    liaison.picks("退件")
    liaison.sends("退件", "这个字段是必填项")
    assert Task.objects.get().state == "issued"
    liaison.fills(原因="平台由教体局统一建设。")
    liaison.sends("退件", "已退件，等待办公室改派或维持。")
    liaison.sees_no_todo("待接收")

    office.is_told("有任务被退件，请改派或维持")
    office.takes("退件待处理")
    office.clicks("维持原派")
    office.fills(原因="按分工由一小牵头。")
    office.sends("维持原派", "已维持，单位会收到提醒。")
    office.sees_no_todo("退件待处理")
    liaison.is_told("退件未获同意，请继续办理")

    deputy.takes("待接收")
    deputy.picks("退件")
    deputy.fills(原因="本校机房在修。")
    deputy.sends("退件", "已退件，等待办公室改派或维持。")
    office.takes("退件待处理")
    reassign(office, "二小", "一小机房在修。")
    liaison.sees_no_todo("待接收")
    liaison.is_told("任务已改派其他单位")
    office.opens()
    reassign(office, "一小", "一小机房已修好。")
    liaison.is_told("任务改派给您单位")
    helper.sees_no_todo("待接收")


def reassign(office: Player, unit: str, reason: str) -> None:
    office.picks("改派")
    office.chooses("改派给", unit)
    office.fills(理由=reason)
    office.sends("改派", "已改派，两个单位都会收到提醒。")


def it_is_received_by_the_deputy_and_passed_on(stage: Stage) -> None:
    deputy, head, liaison = stage.deputy, stage.head, stage.liaison
    deputy.takes("待接收")
    deputy.clicks("接收")
    deputy.chooses("负责人", "李兰")
    deputy.sends("接收", "任务已接收。")
    deputy.sees_state("办理中")
    head.takes("待填报")
    head.picks("转办")
    head.chooses("转给", "曾小雨")
    head.fills(说明="请联络员直接办理。")
    head.sends("转办", "已转办。")
    head.picks("增加里程碑")
    head.fills(里程碑="完成平台方案", 期限="2026-09-20")
    head.sends("增加里程碑", "里程碑已增加。")
    liaison.is_told("您被指定为任务负责人")
    liaison.sees_todo("待填报")


def report(player: Player, text: str, figure: str, *, done: bool = False, reached: bool = False) -> None:
    player.clicks("填报进展")
    player.fills(进展情况=text, 累计完成=figure)
    if reached:
        player.page.get_by_label("完成平台方案").check()
    if done:
        player.page.get_by_label("任务已全部完成，申请办结").check()
    player.sends("提交", "已提交，等待办公室审核。")


def a_report_is_sent_back_withdrawn_and_accepted(stage: Stage) -> None:
    office, liaison, deputy = stage.office, stage.liaison, stage.deputy
    liaison.takes("待填报")
    report(liaison, "方案初稿完成，培训十二人次。", "12", reached=True)
    liaison.sees_no_todo("待填报")

    office.takes("待审核")
    office.sends("退回", "退回须填写意见，说明要补充什么。")
    assert list(Report.objects.values_list("state", "opinion")) == [("submitted", "")]
    office.fills(意见="请补充培训名单。")
    office.sends("退回", "已退回，填报人会收到提醒。")
    office.sees_no_todo("待审核")
    liaison.is_told("填报被退回，请补充")
    liaison.page.get_by_text("请补充培训名单。").first.wait_for()
    report(liaison, "名单已补齐。", "12", reached=True)
    liaison.sends("撤回", "已撤回，可以改好再报。")
    office.sees_no_todo("待审核")
    deputy.takes("待填报")
    deputy.clicks("填报进展")
    assert deputy.page.get_by_label("进展情况").input_value() == "名单已补齐。"
    deputy.page.go_back()
    report(deputy, "名单已补齐，方案已定稿。", "15", reached=True)
    office.takes("待审核")
    expect(office.page.locator(".report-who").first).to_contain_text(DEPUTY)
    office.sends("通过", "已通过。")
    liaison.is_told("填报已通过")
    milestone = liaison.page.locator("li").filter(has_text="完成平台方案")
    expect(milestone).to_contain_text("已达到")
    expect(liaison.page.get_by_label("进度", exact=True).first).to_contain_text("15 / 40 人次")
    assert Milestone.objects.get().reached_on is not None
    assert list(Report.objects.order_by("number").values_list("state", flat=True)) == [
        "sent_back",
        "withdrawn",
        "accepted",
    ]


def ask_later(liaison: Player, reason: str) -> None:
    liaison.clicks("申请延期")
    liaison.fills(延期至="2026-10-31", 理由=reason)
    liaison.sends("提交", "已提交，等待办公室答复。")


def a_later_day_is_refused_and_granted(stage: Stage) -> None:
    office, liaison = stage.office, stage.liaison
    ask_later(liaison, "设备晚到。")
    office.takes("延期申请")
    office.sends("不同意", "不同意延期须写明理由。")
    assert list(Extension.objects.values_list("state", flat=True)) == ["asked"]
    office.fills(意见="请说明晚到多久。")
    office.sends("不同意", "已答复，申请单位会收到提醒。")
    liaison.is_told("延期申请未获同意")
    ask_later(liaison, "设备十月二十日到货，有到货通知。")
    office.takes("延期申请")
    office.sends("同意", "已同意延期。")
    office.sees_no_todo("延期申请")
    liaison.is_told("延期申请已同意")
    assert Task.objects.get().due_on == date(2026, 10, 31)


def it_is_suspended_and_resumed(stage: Stage) -> None:
    office, liaison = stage.office, stage.liaison
    office.opens()
    office.picks("暂停")
    office.fills(原因="平台服务商在更换。")
    office.sends("暂停", "任务已暂停。")
    liaison.is_told("任务已暂停")
    liaison.sees_state("已暂停")
    expect(liaison.page.get_by_role("link", name="填报进展")).to_have_count(0)
    liaison.sees_no_todo("待填报")
    office.clicks("恢复")
    office.fills(完成期限="2026-09-30")
    office.sends("恢复", "任务已恢复，等待单位接收。")
    liaison.is_told("任务已恢复，请接收")
    liaison.takes("待接收")
    liaison.clicks("接收")
    liaison.sends("接收", "任务已接收。")


def another_unit_adds_its_part(stage: Stage) -> None:
    office, liaison, helper = stage.office, stage.liaison, stage.helper
    helper.takes("待协办填报")
    helper.clicks("协办填报")
    helper.fills(协办情况="提供两间机房，接待五人次。", 其中本单位完成="5")
    helper.sends("提交", "已提交给牵头单位。")
    helper.sees_no_todo("待协办填报")
    liaison.is_told("协办单位已填报")
    liaison.clicks("填报进展")
    merged = liaison.page.get_by_label("进展情况").input_value()
    assert merged == "【三小】提供两间机房，接待五人次。"
    liaison.fills(进展情况=f"平台上线试用。\n{merged}", 累计完成="30")
    liaison.sends("提交", "已提交，等待办公室审核。")
    expect(liaison.page.get_by_label("协办填报").first).to_contain_text("已汇总")
    office.takes("待审核")
    office.sends("通过", "已通过。")


def it_is_pressed_on(stage: Stage) -> None:
    office, liaison = stage.office, stage.liaison
    office.clicks("催办")
    office.fills(催办内容="请抓紧组织第二批培训。")
    office.sends("发送催办", "已催办，单位会收到消息。")
    liaison.is_told("任务催办：请尽快办理")
    liaison.page.get_by_text("请抓紧组织第二批培训。").first.wait_for()

    office.opens()
    office.clicks("督办")
    office.fills(督办要求="请说明第二批培训何时开班。", 回复期限="2026-09-15")
    office.sends("发出督办", "已发出督办，牵头单位会收到消息。")
    liaison.is_told("您单位的任务被督办，请按期回复")
    liaison.takes("督办待回复")
    liaison.clicks("回复督办")
    liaison.fills(回复内容="九月十二日开班，名单已定。")
    liaison.sends("提交回复", "已回复，等待办公室处理。")
    liaison.sees_no_todo("督办待回复")
    office.takes("督办待处理")
    office.sends("解除督办", "督办已解除。")
    office.sees_no_todo("督办待处理")
    liaison.is_told("督办已解除")

    office.opens()
    office.clicks("录入批示")
    office.fills(批示领导="王县长", 批示内容="平台要用起来。")
    office.sends("保存", "批示已录入，牵头单位会收到消息。")
    liaison.is_told("领导对任务作了批示")
    expect(liaison.page.get_by_label("领导批示").first).to_contain_text("平台要用起来。")


def it_is_changed_by_approval(stage: Stage) -> None:
    office, section, leader = stage.office, stage.section, stage.leader
    office.opens()
    office.picks("提出变更")
    office.fills(任务=BETTER_TITLE, 完成期限="2026-11-30", 理由="按批示把“用好”写进任务。")
    office.sends("提交审批", "变更已提交审批，批准后生效。")
    assert Task.objects.get().title == TITLE

    section.is_told("有事项待您审批")
    section.clicks("加签")
    section.chooses("加签人", "教体局 孙会")
    section.sends("加签", "已加签，您办理后由对方接着审批。")
    for signer in (section, stage.second, leader):
        signer.page.goto("/")
        signer.page.locator(".todo").filter(has_text=TITLE).click()
        signer.page.get_by_label("意见").fill("同意。")
        signer.sends("同意", "已同意。")
        signer.page.goto("/")
        expect(signer.page.locator(".todo").filter(has_text=TITLE)).to_have_count(0)
    office.is_told("审批已通过")
    stage.liaison.is_told("任务已按审批变更")
    stage.liaison.page.get_by_role("heading", level=1, name=BETTER_TITLE).wait_for()
    expect(stage.liaison.page.get_by_label("变更").first).to_contain_text("2026年11月30日")


def the_liaison_leaves(stage: Stage) -> None:
    """Roles and open tasks go to the successor on the page of whoever leaves."""
    office, successor = stage.office, stage.successor
    leaver = Task.objects.get().owner
    assert leaver is not None
    successor.sees_no_todo("待填报")
    office.page.goto(reverse("people:person", args=[leaver.pk]))
    office.page.locator(".pop summary").filter(has_text="更多").click()
    office.clicks("交接工作")
    office.chooses("交给", "王接")
    office.fills(原因="曾小雨调任二小。")
    office.sends("保存", "工作已交接，角色今天起由继任者行使。")
    stage.liaison.sees_no_todo("待填报")
    successor.takes("待填报")
    expect(successor.page.get_by_label("任务要求").first).to_contain_text("王接")


def it_is_claimed_accepted_reopened_and_verified(stage: Stage) -> None:
    office, successor = stage.office, stage.successor
    report(successor, "四十人次全部培训完毕。", "40", done=True)
    successor.sees_state("待审核")
    office.takes("待办结审核")
    office.sends("通过", "已通过。")
    office.sees_state("已完成")
    office.picks("重新办理")
    office.fills(原因="抽查发现名单重复。")
    office.sends("重新办理", "任务已重新办理，单位会收到提醒。")
    successor.is_told("任务须重新办理")
    successor.takes("待填报")
    report(successor, "名单已核对，四十人次属实。", "40", done=True)
    office.takes("待办结审核")
    office.sends("通过", "已通过。")
    successor.is_told("填报已通过")
    successor.sees_state("已完成")
    for everybody in (office, successor):
        everybody.page.goto("/")
        expect(everybody.page.locator(".todo")).to_have_count(0)


def the_course_tells_every_step(stage: Stage) -> None:
    """The latest step stands first; a deputy is shown as such; what somebody said stands below his step."""
    head = stage.head
    head.opens()
    course = head.page.get_by_label("办理过程").locator(".process > li")
    told = [
        (one.locator("b").inner_text(), one.locator(".process-who").inner_text().split(" ")[-1])
        for one in course.all()
    ]
    assert told[::-1] == COURSE
    notes = course.locator(".process-note").all_inner_texts()
    assert [one for one in NOTES if one not in notes] == []
