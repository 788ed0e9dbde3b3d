"""The register of decisions, and the pages of one."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import docx
import pytest
from django.urls import reverse

from tests import build, dispatching, planning
from xietong.areas.dispatch.models import Decision
from xietong.areas.orgs.models import OrgKind
from xietong.areas.plans import queries as plans
from xietong.kit.pages.panels import todos_of

pytestmark = pytest.mark.django_db
NOW, TODAY = build.NOW, build.TODAY
SOON = TODAY + timedelta(days=7)


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    build.clock()
    return build.cast()


def url(name: str, *args: Any) -> str:
    return reverse(f"dispatch:{name}", args=args)


def text(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    return response.content.decode()


def test_the_register_filters_by_unit_state_kind_and_lateness(cast: build.Cast) -> None:
    row = dispatching.meeting()
    section = build.organisation(kind=OrgKind.SECTION, name="基教股")
    dispatching.decision(meeting=row, unit=cast.school, text="甲事", due_on=SOON)
    dispatching.decision(meeting=row, unit=section, text="乙事", due_on=TODAY - timedelta(days=1))
    dispatching.decision(unit=section, text="丙事", state="closed", due_on=TODAY - timedelta(days=1))
    client = build.client(cast.office)
    for query, names in (
        ({"q": "甲"}, {"甲事"}),
        ({"unit": section.pk}, {"乙事", "丙事"}),
        ({"state": "closed"}, {"丙事"}),
        ({"kind": "opinion"}, {"丙事"}),
        ({"late": "late"}, {"乙事"}),
        ({"late": "x"}, set()),
    ):
        shown = text(client.get(url("decisions"), query))
        assert {name for name in ("甲事", "乙事", "丙事") if f">{name}<" in shown} == names
    ours = text(build.client(cast.liaison).get(url("decisions")))
    assert ("甲事" in ours, "乙事" in ours, url("opinion_give") in ours) == (True, False, False)
    assert b"".join(client.get(url("decisions"), {"export": "xlsx"}).streaming_content)[:2] == b"PK"


def test_a_decision_is_claimed_sent_back_and_closed_on_its_page(cast: build.Cast) -> None:
    meeting = dispatching.meeting(invited_at=NOW)
    row = dispatching.decision(meeting=meeting, unit=cast.school, due_on=SOON)
    filing = dispatching.filing(cycle=dispatching.cycle(), unit=cast.school, state="submitted")
    dispatching.entry(filing=filing, decision=row, text="已面试。", problem="缺编制。")
    office, liaison = build.client(cast.office), build.client(cast.liaison)
    page = url("decision", row.pk)
    shown = text(liaison.get(page))
    assert ("已面试。" in shown, "需协调：缺编制。" in shown, url("meeting", meeting.pk) in shown) == (
        True,
        True,
        False,
    )
    claim, back, close = (url(f"decision_{name}", row.pk) for name in ("claim", "send_back", "close"))
    assert claim in shown
    assert "落实情况" in text(liaison.get(claim))
    assert liaison.post(claim, {"note": ""}).status_code == 422
    assert liaison.post(claim, {"note": "已到岗。"}).status_code == 302
    assert [todo.label for _actor, todo in todos_of([cast.office], TODAY)] == ["今天的会议", "销项待处理"]
    assert "请等办公室处理" in text(liaison.get(claim), 403)
    assert build.client(cast.coordinator).get(page).status_code == 404
    assert back in text(office.get(page))
    assert "写明还要做什么" in text(office.post(back, {"opinion": ""}), 422)
    assert office.post(back, {"opinion": "还差一人。"}).status_code == 302
    assert liaison.post(claim, {"note": "都到岗了。"}).status_code == 302
    assert "都到岗了。" in text(office.get(close))
    assert office.post(close, {"note": "三人到岗。"}).status_code == 302
    assert "已销项" in text(office.post(close, {"note": "再销"}), 403)
    done = text(liaison.get(page))
    for words in ("三人到岗。", "还差一人。", "申请销项", "退回销项申请"):
        assert words in done


def test_the_office_changes_and_cancels_with_a_reason(cast: build.Cast) -> None:
    row = dispatching.decision(unit=cast.school, due_on=SOON, person=None)
    office, change = build.client(cast.office), url("decision_change", row.pk)
    assert SOON.isoformat() in text(office.get(change))
    sent = {"version": 1, "unit": cast.other_school.pk, "person": "", "due_on": SOON.isoformat(), "reason": ""}
    assert office.post(change, sent).status_code == 422
    assert office.post(change, sent | {"reason": "分工调整"}).status_code == 302
    assert office.post(change, sent | {"reason": "旧页面", "unit": cast.school.pk}).status_code == 409
    row.refresh_from_db()
    assert row.unit == cast.other_school
    cancel = url("decision_cancel", row.pk)
    assert office.get(cancel).status_code == 200
    assert office.post(cancel, {"reason": "不再需要"}).status_code == 302
    assert "不再需要" in text(office.get(url("decision", row.pk)))


def test_an_opinion_begins_with_the_task_that_it_is_about(cast: build.Cast) -> None:
    plan = planning.plan(county=cast.county)
    task = planning.task(plan=plan, lead_unit=cast.school, state="under_way", title="教研制度")
    office, give = build.client(cast.office), url("opinion_give")
    assert "教研制度" in text(office.get(f"{give}?task={task.pk}"))
    assert text(office.get(f"{give}?task=x"))
    assert text(office.get(f"{give}?task={task.pk + 9}"))
    sent = {
        "text": "每周教研一次。",
        "unit": cast.school.pk,
        "due_on": date(2026, 9, 1).isoformat(),
        "origin": str(task),
    }
    assert "不能早于" in text(office.post(give, sent), 422)
    made = office.post(give, sent | {"due_on": SOON.isoformat(), "task": task.pk})
    row = Decision.objects.get()
    assert (made["Location"], row.task, row.kind, row.origin) == (url("decision", row.pk), task, "opinion", str(task))
    shown = text(office.get(url("decision", row.pk)))
    assert (reverse("plans:task", args=[task.pk]) in shown, "针对性意见措施" in shown) == (True, True)


@pytest.mark.parametrize(("role", "n"), [("office", 14), ("liaison", 14)])
def test_the_register_costs_the_same_for_one_decision_and_three(
    cast: build.Cast, role: str, n: int, django_assert_num_queries: Any
) -> None:
    client = build.client(getattr(cast, role))
    client.get(reverse("account"))
    for number in (1, 3):
        while Decision.objects.count() < number:
            dispatching.decision(meeting=dispatching.meeting(), unit=cast.school)
        with django_assert_num_queries(n):
            client.get(url("decisions"))


def test_the_leading_group_sees_what_the_last_meeting_decided(cast: build.Cast) -> None:
    planning.plan(county=cast.county)
    earlier = dispatching.meeting(starts_at=build.NOW - timedelta(days=40))
    dispatching.decision(meeting=earlier, unit=cast.school, text="更早的一项")
    last = dispatching.meeting(title="第九次调度会", starts_at=build.NOW - timedelta(days=5))
    done = dispatching.decision(
        meeting=last, unit=cast.school, text="落实教师", state="closed", closing_note="已到岗"
    )
    for n in range(4):
        dispatching.decision(
            meeting=last, unit=cast.school, text=f"第{n}项", due_on=build.TODAY - timedelta(days=9 - n)
        )
    dispatching.decision(meeting=last, unit=cast.school, text="不要了", state="cancelled")
    found = plans.briefing(cast.office, build.TODAY, build.TODAY - timedelta(days=30))
    assert [one.title for one in found.resolved.rows] == ["第0项", "第1项", "第2项", "第3项"]
    assert (found.resolved.total, found.decided_more, done.closing_note) == (5, 1, "已到岗")
    assert found.resolved.rows[0].light == "red"
    office = build.client(cast.office)
    shown = text(office.get(reverse("plans:briefing")))
    assert ("第0项" in shown, "第九次调度会" in shown, "更早的一项" in shown) == (True, True, False)
    sheet = b"".join(office.get(reverse("plans:briefing") + "?export=docx"))
    assert any("第0项（一小" in one.text for one in docx.Document(BytesIO(sheet)).paragraphs)
    assert plans.briefing(cast.stranger, build.TODAY, build.TODAY).resolved.total == 0
