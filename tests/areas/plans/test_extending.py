"""Later days asked for, granted and refused; reports taken back before anybody has answered them."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tests import build, planning
from xietong.areas.plans import actions, queries
from xietong.areas.plans.models import Baseline, Extension, Standing, Step, Task
from xietong.kit.errors import Denied, Refused
from xietong.kit.notices.models import Notice

pytestmark = pytest.mark.django_db
NOW, LATER = build.NOW, date(2027, 3, 31)


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def task(cast: build.Cast) -> Task:
    plan = planning.plan(county=cast.county)
    return planning.task(
        plan=plan, title="建平台", lead_unit=cast.school, state="under_way", due_on=date(2026, 1, 31), moved_at=NOW
    )


def asked(cast: build.Cast, task: Task, **fields: Any) -> Extension:
    return actions.ask_extension(
        cast.liaison, task, now=NOW, **{"until": LATER, "reason": "场地还没有交付。"} | fields
    )


def report(cast: build.Cast, task: Task, **fields: Any) -> Any:
    given = {"text": "已召开启动会。", "claims_completion": False} | fields
    return actions.report_progress(cast.liaison, task, now=NOW, **given)


def told(actor: Any) -> list[str]:
    return list(Notice.objects.filter(account_id=actor.account_id).values_list("title", flat=True))


def test_a_granted_extension_moves_the_day_and_the_totals_but_not_the_baseline(cast: build.Cast, task: Task) -> None:
    Baseline.objects.create(
        county=task.county,
        task=task,
        at=NOW,
        number=task.number,
        title=task.title,
        lead_unit="一小",
        due_on=task.due_on,
    )
    row = asked(cast, task)
    assert told(cast.office) == ["有新的延期申请"]
    assert [one.pk for one in queries.waiting_extensions(cast.office)] == [row.pk]
    row = actions.grant_extension(cast.office, row, opinion="同意", now=NOW)
    task.refresh_from_db()
    assert (task.due_on, task.state, row.state, row.answered_by) == (LATER, "under_way", "granted", cast.office.name)
    assert Baseline.objects.get().due_on == row.due_on == date(2026, 1, 31)
    assert Standing.objects.get(plan=task.plan).overdue == 0
    assert told(cast.liaison) == ["延期申请已同意"]
    assert list(Step.objects.order_by("pk").values_list("action", flat=True)) == ["ask_later", "grant"]
    assert not queries.waiting_extensions(cast.office).exists()


def test_a_refusal_says_why_and_leaves_the_day(cast: build.Cast, task: Task) -> None:
    row = asked(cast, task)
    with pytest.raises(actions.OpinionMissing):
        actions.refuse_extension(cast.office, row, opinion=" ", now=NOW)
    row = actions.refuse_extension(cast.office, row, opinion="年底要验收。", now=NOW)
    task.refresh_from_db()
    assert (task.due_on, row.state, row.opinion) == (date(2026, 1, 31), "refused", "年底要验收。")
    assert told(cast.liaison) == ["延期申请未获同意"]
    with pytest.raises(actions.WrongState, match="已经答复过了：未同意"):
        actions.grant_extension(cast.office, row, now=NOW)
    assert asked(cast, task).state == "asked"


@pytest.mark.parametrize(
    ("until", "why"), [(date(2026, 1, 31), "须晚于现在的完成期限"), (date(2025, 12, 31), "须晚于现在的完成期限")]
)
def test_an_extension_is_later(cast: build.Cast, task: Task, until: date, why: str) -> None:
    with pytest.raises(Refused, match=why):
        asked(cast, task, until=until)
    assert not Extension.objects.exists()
    assert not Step.objects.exists()


def test_one_request_waits_at_a_time(cast: build.Cast, task: Task) -> None:
    asked(cast, task)
    with pytest.raises(Refused, match="还没有答复"):
        asked(cast, task)
    assert Extension.objects.count() == 1


def test_what_is_claimed_to_be_done_gets_no_later_day(cast: build.Cast, task: Task) -> None:
    row = asked(cast, task)
    report(cast, task, claims_completion=True)
    with pytest.raises(actions.WrongState):
        actions.grant_extension(cast.office, row, now=NOW)
    with pytest.raises(Denied):
        queries.task_to_extend(cast.liaison, task.pk)


@pytest.mark.parametrize("claims", [True, False])
def test_a_report_is_taken_back_before_it_is_answered(cast: build.Cast, task: Task, claims: bool) -> None:
    row = actions.withdraw_report(cast.liaison, report(cast, task, claims_completion=claims), now=NOW)
    task.refresh_from_db()
    assert (row.state, task.state, queries.text_to_begin(task)) == ("withdrawn", "under_way", "已召开启动会。")
    with pytest.raises(actions.WrongState, match="已撤回"):
        actions.accept(cast.office, row, now=NOW)
    assert report(cast, task).number == 2
    assert queries.text_to_begin(task) == ""


def test_a_report_that_was_answered_stays(cast: build.Cast, task: Task) -> None:
    row = actions.accept(cast.office, report(cast, task), now=NOW)
    with pytest.raises(actions.WrongState, match="已经审核过了"):
        actions.withdraw_report(cast.liaison, row, now=NOW)
    with pytest.raises(Denied):
        queries.report_to_withdraw(cast.liaison, row.pk)


def test_pages_ask_answer_and_take_back(cast: build.Cast, task: Task) -> None:
    school, office = build.client(cast.liaison), build.client(cast.office)
    page = reverse("plans:task", args=[task.pk])
    ask = reverse("plans:extension_ask", args=[task.pk])
    assert ask in school.get(page).content.decode()
    assert ask not in office.get(page).content.decode()
    assert school.post(ask, {"until": "2027-03-31", "reason": "场地还没有交付。"}).status_code == 302
    assert ask not in school.get(page).content.decode()
    assert "延期申请" in office.get("/").content.decode()
    row = Extension.objects.get()
    grant, refuse = (reverse(f"plans:extension_{deed}", args=[row.pk]) for deed in ("grant", "refuse"))
    assert grant in office.get(page).content.decode()
    assert grant not in school.get(page).content.decode()
    assert office.post(refuse, {"opinion": ""}).status_code == 422
    assert school.post(grant).status_code == 404
    assert office.post(grant, {"opinion": "同意"}).status_code == 302
    assert office.post(refuse, {"opinion": "改主意"}).status_code == 403
    assert "2027年3月31日" in school.get(page).content.decode()

    file = reverse("plans:task_report", args=[task.pk])
    school.post(file, {"text": "写错了的进展", "request_key": "k1"})
    back = reverse("plans:report_withdraw", args=[task.reports.get().pk])
    assert back in school.get(page).content.decode()
    assert back not in office.get(page).content.decode()
    assert school.post(back).status_code == 302
    assert "写错了的进展" in school.get(file).content.decode()
