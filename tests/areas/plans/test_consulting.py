"""征求意见: asked, answered, taken up or not with the reason."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tests import build, planning
from xietong.areas.plans import actions
from xietong.areas.plans.models import Comment, Consultation, Consulted, Plan
from xietong.kit.audit.models import Entry
from xietong.kit.errors import Refused, Stale
from xietong.kit.notices.models import Notice

pytestmark = pytest.mark.django_db
DUE = date(2026, 9, 20)


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def plan(cast: build.Cast) -> Plan:
    row = planning.draft(county=cast.county)
    planning.task(plan=row, state="draft", lead_unit=cast.school, title="建平台", number="1")
    return row


@pytest.fixture
def asked(cast: build.Cast, plan: Plan) -> Consulted:
    units = [cast.school, cast.university]
    actions.open_consultation(cast.office, plan, units=units, due_on=DUE, note="请研提意见", now=build.NOW)
    return Consulted.objects.select_related("consultation__plan", "unit").get(unit=cast.school)


def kept() -> list[Any]:
    models = (Consultation, Consulted, Comment)
    return [list(model.objects.order_by("pk").values()) for model in models] + [Entry.objects.count()]


def test_open_consultation_tells_the_units(cast: build.Cast, asked: Consulted) -> None:
    round_ = asked.consultation
    assert (round_.number, round_.opened_on, round_.due_on) == (1, build.TODAY, DUE)
    assert {row.account_id: row.said for row in Notice.objects.all()} == dict.fromkeys(
        [cast.head.account_id, cast.liaison.account_id, cast.coordinator.account_id],
        "请对方案提出意见，2026-09-20前反馈",
    )


@pytest.mark.parametrize(("due_on", "n"), [(DUE, 0), (date(2026, 9, 7), 1)])
def test_open_consultation_refuses_nobody_and_yesterday(cast: build.Cast, plan: Plan, due_on: date, n: int) -> None:
    with pytest.raises(actions.BadConsultation):
        actions.open_consultation(cast.office, plan, units=[cast.school][:n], due_on=due_on, now=build.NOW)
    assert kept() == [[], [], [], 0]


def test_open_consultation_waits_for_the_round_before(cast: build.Cast, plan: Plan, asked: Consulted) -> None:
    before = kept()
    with pytest.raises(Refused, match="上一轮征求意见还没有结束"):
        actions.open_consultation(cast.office, plan, units=[cast.school], due_on=DUE, now=build.NOW)
    assert kept() == before


def test_say_comment_answers_for_the_unit_and_tells_the_office(
    cast: build.Cast, plan: Plan, asked: Consulted
) -> None:
    task = plan.tasks.get()
    row = actions.say_comment(cast.liaison, asked, text=" 期限太紧 ", task=task, now=build.NOW)
    assert (row.text, row.about, row.task, row.author) == ("期限太紧", str(task), task, cast.liaison.label)
    asked.refresh_from_db()
    assert (asked.answered_at, asked.on_paper) == (build.NOW, False)
    assert Notice.objects.filter(account_id=cast.office.account_id).count() == 1


def test_say_comment_needs_words(cast: build.Cast, asked: Consulted) -> None:
    before = kept()
    with pytest.raises(actions.NothingSaid):
        actions.say_comment(cast.liaison, asked, text=" ", now=build.NOW)
    assert kept() == before


def test_comment_entered_from_paper_tells_nobody(cast: build.Cast, asked: Consulted) -> None:
    told = Notice.objects.count()
    actions.say_comment(cast.office, asked, text="同意", on_paper=True, now=build.NOW)
    asked.refresh_from_db()
    assert (asked.on_paper, Notice.objects.count()) == (True, told)


def test_answer_comment_gives_the_reason_back(cast: build.Cast, asked: Consulted) -> None:
    row = actions.say_comment(cast.liaison, asked, text="期限太紧", now=build.NOW)
    before = kept()
    for verdict in ("rejected", "partly"):
        with pytest.raises(Refused, match="不采纳或部分采纳须说明理由"):
            actions.answer_comment(cast.office, row, version=1, verdict=verdict, now=build.NOW)
    assert kept() == before
    done = actions.answer_comment(cast.office, row, version=1, verdict="rejected", answer="上级已定", now=build.NOW)
    assert (done.verdict, done.answer, done.answered_at) == ("rejected", "上级已定", build.NOW)
    assert "您单位的意见有了答复" in {one.said for one in Notice.objects.filter(account_id=cast.liaison.account_id)}
    with pytest.raises(Stale):
        actions.answer_comment(cast.office, row, version=1, verdict="adopted", now=build.NOW)


def test_close_consultation_waits_for_every_verdict(cast: build.Cast, asked: Consulted) -> None:
    row = actions.say_comment(cast.liaison, asked, text="期限太紧", now=build.NOW)
    with pytest.raises(actions.NotAllAnswered, match="还有 1 条意见没有处理"):
        actions.close_consultation(cast.office, asked.consultation, now=build.NOW)
    assert Consultation.objects.get().closed_on is None
    actions.answer_comment(cast.office, row, version=1, verdict="adopted", now=build.NOW)
    assert actions.close_consultation(cast.office, asked.consultation, now=build.NOW).closed_on == build.TODAY
    before = kept()
    with pytest.raises(actions.WrongState):
        actions.close_consultation(cast.office, asked.consultation, now=build.NOW)
    for late in (
        lambda: actions.say_comment(cast.liaison, asked, text="再提一条", now=build.NOW),
        lambda: actions.say_no_comment(cast.liaison, asked, now=build.NOW),
    ):
        with pytest.raises(actions.WrongState, match="这一轮征求意见已经结束"):
            late()
    assert kept() == before


def test_comment_outlives_the_task_that_it_was_about(cast: build.Cast, plan: Plan, asked: Consulted) -> None:
    task = plan.tasks.get()
    row = actions.say_comment(cast.liaison, asked, text="不必做", task=task, now=build.NOW)
    actions.drop_task(cast.office, task, now=build.NOW)
    row.refresh_from_db()
    assert (row.task, row.about) == (None, "1 建平台")


def test_closing_a_unit_between_the_round_and_the_issue_moves_its_tasks(
    cast: build.Cast, plan: Plan, asked: Consulted
) -> None:
    actions.move_tasks_to_unit(cast.office, unit_id=cast.school.pk, successor_id=cast.other_school.pk, now=build.NOW)
    assert plan.tasks.get().lead_unit == cast.other_school
    with pytest.raises(Refused, match="它还有 1 项任务没有办结"):
        actions.move_tasks_to_unit(cast.office, unit_id=cast.other_school.pk, successor_id=None, now=build.NOW)


def test_pages_ask_answer_and_decide(cast: build.Cast, plan: Plan) -> None:
    office, liaison = build.client(cast.office), build.client(cast.liaison)
    consulting = reverse("plans:consulting", args=[plan.pk])
    assert "还没有征求意见" in office.get(consulting).content.decode()
    new = reverse("plans:round_open", args=[plan.pk])
    assert "一小" in office.get(new).content.decode()
    fields = {"units": [cast.school.pk, cast.university.pk], "due_on": "2026-09-20", "note": ""}
    assert office.post(new, fields | {"units": []}).status_code == 422
    assert office.post(new, fields).status_code == 302
    ours, theirs = Consulted.objects.get(unit=cast.school), Consulted.objects.get(unit=cast.university)

    page = reverse("plans:consulted", args=[ours.pk])
    assert plan.title in liaison.get(reverse("home")).content.decode()
    assert "建平台" in liaison.get(page).content.decode()
    assert liaison.get(reverse("plans:consulted", args=[theirs.pk])).status_code == 404
    say = reverse("plans:comment_add", args=[ours.pk])
    task = plan.tasks.get()
    assert liaison.post(say, {"about": f"t{task.pk}", "text": "期限太紧"}).status_code == 302
    assert liaison.post(say, {"about": "", "text": "总体赞同"}).status_code == 302
    assert liaison.post(say, {"about": "t999999", "text": "x"}).status_code == 422

    none = reverse("plans:comment_none_enter", args=[theirs.pk])
    assert office.post(none).status_code == 302
    enter = reverse("plans:comment_enter", args=[theirs.pk])
    assert office.post(enter, {"about": "", "text": "书面意见"}).status_code == 302
    shown = office.get(consulting).content.decode()
    assert "期限太紧" in shown
    close = reverse("plans:round_close", args=[plan.pk, ours.consultation_id])
    assert office.post(close).status_code == 409 or Consultation.objects.get().closed_on is None
    for comment in Comment.objects.all():
        answer = reverse("plans:comment_answer", args=[comment.pk])
        assert office.post(answer, {"version": 1, "verdict": "rejected", "answer": ""}).status_code == 422
        assert office.post(answer, {"version": 1, "verdict": "adopted", "answer": ""}).status_code == 302
    assert office.post(close).status_code == 302
    assert Consultation.objects.get().closed_on == build.TODAY
    assert liaison.post(reverse("plans:comment_none", args=[ours.pk])).status_code == 403


def test_page_says_no_comment(cast: build.Cast, asked: Consulted) -> None:
    assert build.client(cast.head).post(reverse("plans:comment_none", args=[asked.pk])).status_code == 302
    asked.refresh_from_db()
    assert asked.answered_by == cast.head.label


def test_comment_may_be_about_a_clause(cast: build.Cast, plan: Plan, asked: Consulted) -> None:
    clause = planning.clause(plan=plan, heading="总体要求")
    say = reverse("plans:comment_add", args=[asked.pk])
    assert build.client(cast.liaison).post(say, {"about": f"c{clause.pk}", "text": "写得好"}).status_code == 302
    assert Comment.objects.get().clause == clause
