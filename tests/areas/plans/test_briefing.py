"""领导看板: what stands on it, that each figure equals its rows, what it costs, that it is one page of paper."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from docx import Document

from tests import build, planning
from xietong.areas.orgs.models import OrgKind, Role
from xietong.areas.plans import actions, documents, queries
from xietong.areas.plans.access import CHANGE_FORM
from xietong.areas.plans.models import Change, Task
from xietong.areas.plans.queries.briefing import matter
from xietong.areas.plans.rules.briefing import ROOM, Figure, a_month_before, cut
from xietong.kit.approvals.actions import reassign
from xietong.kit.approvals.models import Stage
from xietong.kit.approvals.queries import course, latest

pytestmark = pytest.mark.django_db
NOW, TODAY = build.NOW, build.TODAY
SINCE = TODAY - timedelta(days=30)
LONG = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def plan(cast: build.Cast) -> Any:
    return planning.plan(county=cast.county)


def given(plan: Any, unit: Any, **fields: Any) -> Task:
    usual = {"state": "under_way", "due_on": TODAY + timedelta(days=90), "issued_at": LONG}
    return planning.task(plan=plan, lead_unit=unit, **usual | fields)


def made(cast: build.Cast, since: date = SINCE) -> queries.Briefing:
    return queries.briefing(cast.office, TODAY, since)


def body(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def late(plan: Any, unit: Any, days: int = 1, **fields: Any) -> Task:
    return given(plan, unit, due_on=TODAY - timedelta(days=days), **fields)


def test_what_needs_a_decision_is_told_with_words_and_day(cast: build.Cast, plan: Any) -> None:
    unit = cast.school
    asked = given(plan, unit, title="延期的")
    planning.extension(task=asked, reason="场地没有交付。")
    back = given(plan, unit, title="退件的", state="returned")
    planning.step(task=back, action="return", note="不是我们的事。")
    planning.follow_up(task=given(plan, unit, title="没回复的"), due_on=TODAY - timedelta(days=2), demand="请说明。")
    planning.follow_up(task=given(plan, unit, title="回复的"), state="replied", reply="月底完成。")
    planning.follow_up(task=given(plan, unit, title="不急的"), due_on=TODAY)
    planning.follow_up(task=given(plan, unit, title="办结的", state="verified"), due_on=date(2020, 1, 1))
    changed = {"county": cast.county, "plan": plan, "asked_by": "陈启明", "at": NOW, "reason": "名额减少。"}
    Change.objects.create(task=asked, kind="amend", **changed)
    Change.objects.create(kind="add", **changed | {"reason": "新增一项。"})
    found = made(cast).matters
    assert {(one.kind, one.title, one.words, one.by) for one in found.rows} == {
        ("late_reply", "没回复的", "请说明。", TODAY - timedelta(days=2)),
        ("replied", "回复的", "月底完成。", TODAY),
        ("extension", "延期的", "场地没有交付。", asked.due_on),
        ("returned", "退件的", "不是我们的事。", back.due_on),
        ("change", "延期的", "名额减少。", None),
    }
    assert [one.kind for one in found.rows][:2] == ["late_reply", "replied"]
    assert (found.total, found.more) == (6, 1)
    adding = matter("change", Change.objects.select_related("plan").get(kind="add"), {})
    assert (adding.title, adding.unit, adding.url) == (plan.title, "", reverse("plans:plan", args=[plan.pk]))


def test_a_change_is_decided_by_whoever_its_approval_waits_for(cast: build.Cast, plan: Any) -> None:
    place = build.organisation(county=cast.county, kind=OrgKind.SECTION, name="基教股")
    section = build.player("罗安", Role.SECTION_HEAD, place)
    build.player("郑远", Role.BUREAU_LEADER, place)
    task = given(plan, cast.school, state="under_way")
    change = actions.propose_amendment(cast.office, task, reason="改期。", now=NOW, title="新名")
    (found,) = made(cast).matters.rows
    assert (found.step, documents.decider(found)) == ("股室审核", "股室审核")
    stage = course(latest(CHANGE_FORM, change.pk)).open_stage
    reassign(section, stage, account_id=cast.teacher.account_id, account_name="李兰", now=NOW)
    shown = body(build.client(cast.office).get(reverse("plans:briefing")))
    assert "股室审核 李兰" in shown
    Stage.objects.update(state=Stage.State.VOID)
    (found,) = made(cast).matters.rows
    assert documents.decider(found) == "审批人"


def test_red_items_carry_the_units_own_reason(cast: build.Cast, plan: Any) -> None:
    silent = late(plan, cast.school, 9, title="没说的")
    told = late(plan, cast.school, 5, title="说过的")
    planning.report(task=told, number=1, text="第一次。")
    planning.report(task=told, number=2, text="教师不够。", state="accepted")
    planning.report(task=told, number=3, text="撤回的。", state="withdrawn")
    late(plan, cast.school, state="verified")
    late(plan, cast.school, state="suspended")
    rows = made(cast).red.rows
    assert [(row, row.reason) for row in rows] == [(silent, None), (told, "教师不够。")]
    shown = body(build.client(cast.office).get(reverse("plans:briefing")))
    assert "尚未说明" in shown
    assert "教师不够。" in shown


def test_what_leaders_asked_for_stands_with_its_tasks_state(cast: build.Cast, plan: Any) -> None:
    for n in range(5):
        planning.instruction(task=given(plan, cast.school), on=TODAY - timedelta(days=n), text=f"第{n}条")
    closed = planning.plan(county=cast.county, state="closed", issued_on=TODAY, closed_on=TODAY)
    planning.instruction(task=given(closed, cast.school), text="旧方案")
    found = made(cast).decisions
    assert [one.row.text for one in found.rows] == ["第0条", "第1条", "第2条", "第3条"]
    assert (found.total, found.rows[0].light) == (5, "green")


def test_every_figure_equals_the_rows_behind_it(cast: build.Cast, plan: Any) -> None:
    inside = datetime.combine(SINCE, NOW.time(), NOW.tzinfo) + timedelta(days=1)
    verified = given(plan, cast.school, state="verified")
    for at in (inside, inside + timedelta(days=1)):
        planning.step(task=verified, action="accept", at=at)
    planning.step(task=given(plan, cast.school, state="verified"), action="accept", at=LONG)
    planning.step(task=given(plan, cast.school), action="accept", at=inside)
    late(plan, cast.school, 29)
    late(plan, cast.school, 30)
    late(plan, cast.school, 31)
    given(plan, cast.school, state="claimed", issued_at=inside)
    given(plan, cast.school, state="issued")
    given(plan, cast.school, state="draft")
    given(plan, cast.school, state="cancelled", issued_at=inside)
    given(planning.plan(county=cast.next_county), cast.other_school)
    page = made(cast)
    counted = {one.what: one.n for one in (*page.now, *page.changed)}
    assert counted == {
        Figure.TOTAL: 8,
        Figure.UNDER_WAY: 5,
        Figure.CLAIMED: 1,
        Figure.VERIFIED: 2,
        Figure.RED: 3,
        Figure.ISSUED_SINCE: 1,
        Figure.VERIFIED_SINCE: 1,
        Figure.RED_SINCE: 2,
    }
    client = build.client(cast.office)
    for one in (*page.now, *page.changed):
        assert client.get(one.url).context["table"].total == one.n, one.what


def test_rows_of_an_unknown_figure_or_day_are_not_there(cast: build.Cast, plan: Any) -> None:
    client = build.client(cast.office)
    for what, since in (("nothing", "2026-01-01"), ("red", "2026-13-01")):
        assert client.get(reverse("plans:briefing_rows", args=[what, since])).status_code == 404
    title = body(client.get(reverse("plans:briefing_rows", args=["verified_since", "2026-01-01"])))
    assert "自2026年1月1日以来新办结" in title


@pytest.mark.parametrize(
    ("asked", "since"),
    [
        ({}, a_month_before(TODAY)),
        ({"since": "2026-01-05"}, date(2026, 1, 5)),
        ({"since": "2999-01-01"}, TODAY),
        ({"since": "x"}, a_month_before(TODAY)),
    ],
)
def test_the_day_to_compare_with_is_chosen(asked: dict[str, str], since: date, cast: build.Cast, plan: Any) -> None:
    response = build.client(cast.office).get(reverse("plans:briefing"), asked)
    assert response.context["page"].since == since


def test_the_page_is_for_leaders_and_the_office(cast: build.Cast, plan: Any) -> None:
    url = reverse("plans:briefing")
    for role, status in (
        (Role.GROUP_HEAD, 200), (Role.GROUP_MEMBER, 200), (Role.BUREAU_LEADER, 200), (Role.SECTION_HEAD, 404),
    ):  # fmt: skip
        actor = build.player("某人", role, cast.school)
        assert build.client(actor).get(url).status_code == status, role
    assert build.client(cast.head).get(url).status_code == 404


def test_without_a_plan_the_page_says_what_comes_first(cast: build.Cast) -> None:
    client, url = build.client(cast.office), reverse("plans:briefing")
    assert "还没有下达的方案" in body(client.get(url))
    assert client.get(url, {"export": "docx"}).status_code == 200
    assert body(client.get(url, {"form": "phone"}))


def crowd(cast: build.Cast, plan: Any, n: int) -> None:
    """So much of everything, and in words so long, that the page must leave something out."""
    words, name = "教师不够，场地也没有交付，" * 30, "教师队伍建设和教研联合体联合教研活动" * 5
    for _ in range(n):
        planning.extension(task=given(plan, cast.school, title=name), reason=words[:500])
        planning.report(task=late(plan, cast.school, 3, title=name), text=words)
        planning.instruction(task=given(plan, cast.school, title=name), text=words[:900], leader="王县长")


def test_the_page_costs_the_same_however_much_there_is(
    cast: build.Cast, plan: Any, django_assert_num_queries: Any
) -> None:
    crowd(cast, plan, 1)
    with django_assert_num_queries(COST):
        made(cast)
    crowd(cast, plan, 2)
    with django_assert_num_queries(COST):
        made(cast)


def test_the_sheet_as_a_document_has_every_part_and_counts_the_rest(cast: build.Cast, plan: Any) -> None:
    cast.county.is_fictional = True
    cast.county.save()
    cast.school.short_name = "云岭县第一小学第二教学点（原石桥分校）"
    cast.school.save()
    crowd(cast, plan, 9)
    response = build.client(cast.office).get(reverse("plans:briefing"), {"export": "docx"})
    sheet = Document(BytesIO(b"".join(response)))
    words = [one.text for one in sheet.paragraphs]
    heads = [text for text in words if text[:2] in {"一、", "二、", "三、", "四、"}]
    assert heads == ["一、需协调事项", "二、逾期任务和单位说明", "三、上次议定事项落实", "四、进展数字"]
    assert [text for text in words if text.startswith("另有")] == ["另有 4 项。", "另有 3 项。", "另有 5 项。"]
    assert words[-1].startswith("现有任务 27，")
    assert 80 < max(map(len, words)) < 100
    assert 'string="演示"' in sheet.sections[0].header._element.xml


def test_nothing_to_tell_is_said(cast: build.Cast, plan: Any) -> None:
    shown = body(build.client(cast.office).get(reverse("plans:briefing")))
    for words in ("没有需要协调的事项。", "没有逾期的任务。", "还没有议定事项，也没有录入领导批示。"):
        assert words in shown


@pytest.mark.once
def test_a_month_before_is_the_same_day_or_the_last() -> None:
    assert a_month_before(date(2026, 5, 20)) == date(2026, 4, 20)
    assert a_month_before(date(2026, 3, 31)) == date(2026, 2, 28)
    assert a_month_before(date(2026, 1, 15)) == date(2025, 12, 15)


@pytest.mark.once
def test_cut_makes_one_line_of_any_text() -> None:
    assert cut("一二\n三四", 5) == "一二 三四"
    assert cut("一二三四五六", 4) == "一二三…"
    assert ROOM.matters + ROOM.red + ROOM.decisions == 15


COST = 20
