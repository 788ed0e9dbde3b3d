"""Review: many at once, two officers at one report, remarks on single files, spot checks."""

from datetime import date, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.urls import reverse

from tests import build, planning
from xietong.areas.orgs.models import Role
from xietong.areas.plans import actions, queries
from xietong.areas.plans.models import FileRemark, Report, SpotCheck, Task
from xietong.areas.plans.rules.sampling import drawn
from xietong.kit.audit.models import Entry
from xietong.kit.errors import Denied, Refused, Stale
from xietong.kit.jobs.models import Job
from xietong.kit.jobs.performing import perform
from xietong.kit.notices.models import Notice

pytestmark = pytest.mark.django_db
NOW = build.NOW
FIRST, LAST = date(2026, 9, 1), date(2026, 9, 30)


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    build.clock()
    return build.cast()


@pytest.fixture
def plan(cast: build.Cast) -> Any:
    return planning.plan(county=cast.county)


def waiting(plan: Any, unit: Any, title: str = "建平台", **fields: Any) -> Report:
    return planning.report(task=planning.task(plan=plan, lead_unit=unit, state="claimed", title=title), **fields)


def accepted(plan: Any, unit: Any, **fields: Any) -> Report:
    return waiting(plan, unit, state="accepted", **fields)


def text(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    return response.content.decode()


def second_officer(cast: build.Cast) -> Any:
    return build.player("李敏", Role.OFFICE, cast.school)


# many at once


def test_ticked_reports_are_accepted_and_those_answered_meanwhile_are_named(cast: build.Cast, plan: Any) -> None:
    rows = [waiting(plan, cast.school, title) for title in ("甲", "乙", "丙")]
    actions.send_back(second_officer(cast), rows[1], opinion="请补充。", now=NOW)
    office = build.client(cast.office)
    response = office.post(reverse("plans:reports_accept"), {"pk": [row.pk for row in rows]}, follow=True)
    page = text(response)
    assert "已通过 2 条。" in page
    assert f"{rows[1].task}（一小）：这次填报已经审核过了：已退回（李敏）。" in page
    assert list(Report.objects.order_by("pk").values_list("state", flat=True)) == [
        "accepted",
        "sent_back",
        "accepted",
    ]
    assert list(Task.objects.order_by("pk").values_list("state", flat=True)) == ["verified", "under_way", "verified"]


def test_all_that_the_filter_shows_are_accepted(cast: build.Cast, plan: Any) -> None:
    for title in ("建平台", "建平台之二", "派教师"):
        waiting(plan, cast.school, title)
    office = build.client(cast.office)
    assert "批量通过" in text(office.get(reverse("plans:reviews")))
    office.post(reverse("plans:reports_accept"), {"all": "1", "query": "q=建平台"})
    left = Report.objects.filter(state="submitted").values_list("task__title", flat=True)
    assert list(left) == ["派教师"]


def test_reports_of_another_county_or_that_cannot_be_accepted_are_left(cast: build.Cast, plan: Any) -> None:
    abroad = planning.plan(county=cast.next_county)
    theirs = waiting(abroad, build.organisation(county=cast.next_county))
    stuck = planning.report(task=planning.task(plan=plan, lead_unit=cast.school, state="suspended"))
    office = build.client(cast.office)
    response = office.post(reverse("plans:reports_accept"), {"pk": [theirs.pk, stuck.pk]}, follow=True)
    page = text(response)
    assert "任务的状态已经变化（已暂停）" in page
    assert "已通过" not in page.partition("<main")[2].partition("page-head")[0]
    assert set(Report.objects.values_list("state", flat=True)) == {"submitted"}


def test_nothing_ticked_accepts_nothing(cast: build.Cast, plan: Any) -> None:
    waiting(plan, cast.school)
    page = text(build.client(cast.office).post(reverse("plans:reports_accept"), follow=True))
    assert "已通过 0 条。" in page
    assert Report.objects.get().state == "submitted"


def test_many_reports_are_left_to_a_worker(cast: build.Cast, plan: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    rows = [waiting(plan, cast.school, title) for title in ("甲", "乙", "丙")]
    office = build.client(cast.office)
    response = office.post(reverse("plans:reports_accept"), {"pk": [row.pk for row in rows]})
    assert response["Location"] == reverse("downloads")
    assert set(Report.objects.values_list("state", flat=True)) == {"submitted"}
    actions.accept(second_officer(cast), rows[2], now=NOW)
    job = Job.objects.get()
    perform(job.pk, again=lambda _job: None, stop=Event())
    job.refresh_from_db()
    assert (job.state, job.done_steps, job.total_steps) == ("done", 3, 3)
    assert job.message.startswith("已通过 2 条，跳过 1 条：")
    assert "已通过（李敏）" in job.message
    assert set(Report.objects.values_list("state", flat=True)) == {"accepted"}


def test_a_worker_goes_through_a_long_list_in_batches(cast: build.Cast, plan: Any) -> None:
    rows = [waiting(plan, cast.school) for _one in range(25)]
    actions.accept_reports_later(cast.office, rows, now=NOW)
    again = actions.accept_reports_later(cast.office, rows, now=NOW)
    perform(again.pk, again=lambda _job: None, stop=Event())
    job = Job.objects.get()
    assert (job.state, job.message) == ("done", "已通过 25 条。")
    assert Report.objects.filter(state="accepted").count() == 25
    assert Entry.objects.filter(action="plans.accept").count() == 50  # of the task and of the report


def test_the_second_of_two_officers_is_told_who_was_faster(cast: build.Cast, plan: Any) -> None:
    row = waiting(plan, cast.school)
    other = second_officer(cast)
    actions.accept(other, row, now=NOW)
    steps = row.task.steps.count()
    with pytest.raises(Refused, match="这次填报已经审核过了：已通过（李敏）。"):
        actions.send_back(cast.office, row, opinion="不行", now=NOW)
    with pytest.raises(Denied, match="已通过（李敏）"):
        queries.report_to_review(cast.office, row.pk)
    assert (row.task.steps.count(), Report.objects.get().state) == (steps, "accepted")


def test_list_of_reviews_costs_the_same_for_one_and_for_three_rows(
    cast: build.Cast, plan: Any, django_assert_num_queries: Any
) -> None:
    office, url = build.client(cast.office), reverse("plans:reviews")
    waiting(plan, cast.school)
    office.get(url)
    with django_assert_num_queries(10):
        office.get(url)
    for _more in range(2):
        waiting(plan, build.organisation(county=cast.county))
    with django_assert_num_queries(10):
        office.get(url)


# remarks


def test_send_back_says_of_single_files_what_is_wrong(cast: build.Cast, plan: Any) -> None:
    row = waiting(plan, cast.school)
    bad, good, gone = (planning.evidence(report=row, name=name) for name in ("名单.pdf", "总结.pdf", "旧.pdf"))
    gone.withdrawn_at, gone.withdrawn_reason = NOW, "放错了"
    gone.save()
    office = build.client(cast.office)
    page = text(office.get(reverse("plans:task", args=[row.task_id])))
    assert f'name="remark_{bad.pk}"' in page
    assert f'name="remark_{gone.pk}"' not in page
    url = reverse("plans:report_send_back", args=[row.pk])
    said = {f"remark_{bad.pk}": "看不清。", f"remark_{good.pk}": " ", f"remark_{gone.pk}": "不该有", "remark_1x": "x"}
    again = text(office.post(url, {"opinion": "", **said}), 422)
    assert "看不清。" in again
    assert (FileRemark.objects.count(), Report.objects.get().state) == (0, "submitted")
    assert office.post(url, {"opinion": "请补正。", **said}).status_code == 302
    assert list(FileRemark.objects.values_list("file_id", "file_name", "text")) == [(bad.pk, "名单.pdf", "看不清。")]
    seen = text(build.client(cast.liaison).get(reverse("plans:task", args=[row.task_id])))
    assert "问题：看不清。" in seen


def test_remarks_are_not_kept_of_a_report_that_somebody_else_answered(cast: build.Cast, plan: Any) -> None:
    row = waiting(plan, cast.school)
    file = planning.evidence(report=row)
    actions.accept(cast.office, row, now=NOW)
    with pytest.raises(actions.WrongState):
        actions.send_back_with_remarks(cast.office, row, opinion="补", remarks={file.pk: "看不清"}, now=NOW)
    assert FileRemark.objects.count() == 0


# spot checks


def test_draw_checks_is_by_lot_and_can_be_drawn_again(cast: build.Cast, plan: Any) -> None:
    pool = [accepted(plan, cast.school).pk for _one in range(6)]
    accepted(plan, cast.school, at=NOW - timedelta(days=60))
    waiting(plan, cast.school)
    abroad = planning.plan(county=cast.next_county)
    accepted(abroad, build.organisation(county=cast.next_county))
    draw = actions.draw_checks(cast.office, from_on=FIRST, to_on=LAST, number=3, now=NOW)
    assert draw.startswith("20260901-20260930-3-")
    rows = list(SpotCheck.objects.order_by("pk"))
    assert [row.report_id for row in rows] == drawn(draw, pool, 3)
    assert {(row.draw, row.drawn_by, row.drawn_at, row.finding) for row in rows} == {(draw, "陈启明", NOW, "")}
    entry = Entry.objects.get(action="plans.draw_checks")
    assert entry.changes["pool"] == [None, 6]


def test_draw_checks_refuses_a_period_without_reports(cast: build.Cast, plan: Any) -> None:
    waiting(plan, cast.school)
    entries = Entry.objects.count()
    with pytest.raises(actions.NothingToDraw):
        actions.draw_checks(cast.office, from_on=FIRST, to_on=LAST, number=3, now=NOW)
    assert (SpotCheck.objects.count(), Entry.objects.count()) == (0, entries)


def test_record_check_in_order_tells_nobody(cast: build.Cast, plan: Any) -> None:
    row = planning.check(report=accepted(plan, cast.school))
    row = actions.record_check(cast.office, row, finding="in_order", now=NOW)
    assert (row.finding, row.note, row.checked_by, row.checked_at) == ("in_order", "", "陈启明", NOW)
    assert Notice.objects.count() == 0


def test_record_check_faulty_tells_the_unit(cast: build.Cast, plan: Any) -> None:
    row = planning.check(report=accepted(plan, cast.school))
    with pytest.raises(actions.FindingUnclear):
        actions.record_check(cast.office, row, finding="faulty", note=" ", now=NOW)
    assert SpotCheck.objects.get().finding == ""
    actions.record_check(cast.office, row, finding="faulty", note=" 平台没有启用 ", now=NOW)
    assert SpotCheck.objects.get().note == "平台没有启用"
    told = {cast.liaison.account_id, cast.head.account_id}
    assert set(Notice.objects.values_list("account_id", "title")) == {
        (account, "抽查发现填报与实际不符") for account in told
    }
    with pytest.raises(Stale):
        actions.record_check(cast.office, row, finding="in_order", now=NOW)
    assert SpotCheck.objects.get().finding == "faulty"


def test_checks_are_drawn_recorded_listed_and_exported(cast: build.Cast, plan: Any) -> None:
    accepted(plan, cast.school)
    office = build.client(cast.office)
    assert "还没有抽查" in text(office.get(reverse("plans:checks")))
    url = reverse("plans:checks_draw")
    assert 'value="2026-09-01"' in text(office.get(url))
    wrong = {"from_on": "2026-09-30", "to_on": "2026-09-01", "number": 1}
    assert office.post(url, wrong).status_code == 422
    assert office.post(url, {**wrong, "from_on": ""}).status_code == 422
    assert office.post(url, {"from_on": "2020-01-01", "to_on": "2020-01-02", "number": 1}).status_code == 422
    assert SpotCheck.objects.count() == 0
    response = office.post(url, {"from_on": "2026-09-01", "to_on": "2026-09-30", "number": 1})
    row = SpotCheck.objects.get()
    assert response["Location"] == f"{reverse('plans:checks')}?draw={row.draw}"
    listed = text(office.get(response["Location"]))
    assert "待核查" in listed
    page = reverse("plans:check", args=[row.pk])
    assert page in listed
    assert "已召开启动会。" in text(office.get(page))
    assert office.post(page, {"finding": "faulty", "note": ""}).status_code == 422
    assert office.post(page, {"finding": "faulty", "note": "没有启用"}).status_code == 302
    seen = text(office.get(page))
    assert "没有启用" in seen
    assert 'name="finding"' not in seen
    reopen = reverse("plans:task_reopen", args=[row.report.task_id])
    assert reopen not in seen
    Task.objects.filter(pk=row.report.task_id).update(state="verified")
    assert reopen in text(office.get(page))
    assert "已经登记" in text(office.post(page, {"finding": "in_order"}), 403)
    for value, found in (("faulty", 1), ("open", 0), ("in_order", 0), ("else", 0)):
        shown = text(office.get(reverse("plans:checks"), {"finding": value}))
        assert (page in shown) == bool(found)
    book = office.get(reverse("plans:checks"), {"export": "xlsx"})
    assert b"".join(book.streaming_content)[:2] == b"PK"
    assert build.client(cast.stranger).get(page).status_code == 404


def test_list_of_checks_costs_the_same_for_one_and_for_three_rows(
    cast: build.Cast, plan: Any, django_assert_num_queries: Any
) -> None:
    office, url = build.client(cast.office), reverse("plans:checks")
    planning.check(report=accepted(plan, cast.school))
    office.get(url)
    with django_assert_num_queries(11):
        office.get(url)
    for _more in range(2):
        planning.check(report=accepted(plan, build.organisation(county=cast.county)))
    with django_assert_num_queries(11):
        office.get(url)
