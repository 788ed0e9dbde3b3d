"""The course of a task: received, reported on once, sent back with an opinion, accepted; totals keep step."""

from typing import Any

import pytest

from tests import build, planning
from xietong.areas.people.models import Person
from xietong.areas.plans import actions, queries
from xietong.areas.plans.models import Plan, Report, Standing, Step, Task
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.audit.models import Entry
from xietong.kit.errors import Refused
from xietong.kit.notices.models import Notice

pytestmark = pytest.mark.django_db
NOW = build.NOW


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


def task_in(cast: build.Cast, state: str) -> Task:
    return planning.task(plan=planning.plan(county=cast.county), lead_unit=cast.school, state=state)


def report(cast: build.Cast, task: Task, **fields: Any) -> Report:
    fields = {"text": "已召开启动会。", "claims_completion": False} | fields
    return actions.report_progress(cast.liaison, task, now=NOW, **fields)


def counted(plan: Plan) -> tuple[int, ...]:
    """The stored totals, which must equal a count of the rows."""
    row = Standing.objects.get(plan=plan)
    stored = (row.issued, row.under_way, row.claimed, row.verified, row.overdue)
    found = queries.counts(plan, queries.light_rule(plan.county_id, build.TODAY))
    assert stored == (found.issued, found.under_way, found.claimed, found.verified, found.overdue)
    return stored


def test_receive_task_names_the_person_in_charge_and_tells_him(cast: build.Cast) -> None:
    task = task_in(cast, "issued")
    teacher = Person.objects.get(pk=cast.teacher.person_id)
    task = actions.receive_task(cast.liaison, task, owner=teacher, now=NOW)
    assert (task.state, task.owner, task.moved_at) == ("under_way", teacher, NOW)
    assert list(Notice.objects.values_list("account_id", "title")) == [
        (cast.teacher.account_id, "您被指定为任务负责人")
    ]
    assert counted(task.plan) == (0, 1, 0, 0, 0)


@pytest.mark.parametrize("owner", ["nobody", "himself", "somebody without an account"])
def test_receive_task_tells_nobody_who_cannot_or_need_not_read_it(cast: build.Cast, owner: str) -> None:
    given = {
        "nobody": None,
        "himself": Person.objects.get(pk=cast.liaison.person_id),
        "somebody without an account": build.person(county=cast.county),
    }[owner]
    task = actions.receive_task(cast.liaison, task_in(cast, "issued"), owner=given, now=NOW)
    assert (task.state, task.owner) == ("under_way", given)
    assert Notice.objects.count() == 0


def test_send_back_reaches_somebody_who_has_not_read_that_he_is_in_charge(cast: build.Cast) -> None:
    task = task_in(cast, "issued")
    teacher = Person.objects.get(pk=cast.teacher.person_id)
    task = actions.receive_task(cast.liaison, task, owner=teacher, now=NOW)
    actions.send_back(cast.office, report(cast, task), opinion="请补充名单。", now=NOW)
    told = Notice.objects.filter(account_id=cast.teacher.account_id).order_by("pk").values_list("title", flat=True)
    assert list(told) == ["您被指定为任务负责人", "填报被退回，请补充"]


def test_report_progress_files_one_report_and_tells_the_office(cast: build.Cast) -> None:
    task = task_in(cast, "under_way")
    row = report(cast, task, text="  已召开启动会。 ")
    assert (row.text, row.state, row.number, row.unit) == ("已召开启动会。", "submitted", 1, cast.school)
    assert (row.author_name, row.author_id) == (cast.liaison.name, cast.liaison.person_id)
    assert list(Notice.objects.values_list("account_id", flat=True)) == [cast.office.account_id]
    assert Task.objects.get(pk=task.pk).state == "under_way"


def test_report_progress_with_one_request_key_is_filed_once(cast: build.Cast) -> None:
    task = task_in(cast, "under_way")
    first = report(cast, task, request_key="k1")
    steps, entries = Step.objects.count(), Entry.objects.count()
    again = report(cast, task, request_key="k1", text="又点了一次")
    assert (again.pk, again.text) == (first.pk, "已召开启动会。")
    assert (Report.objects.count(), Step.objects.count(), Entry.objects.count()) == (1, steps, entries)


def test_report_progress_refuses_an_empty_text(cast: build.Cast) -> None:
    task = task_in(cast, "under_way")
    with pytest.raises(actions.NothingReported):
        report(cast, task, text=" \n ")
    assert (Report.objects.count(), Step.objects.count(), Entry.objects.count()) == (0, 0, 0)


def test_report_progress_refuses_while_a_report_waits(cast: build.Cast) -> None:
    task = task_in(cast, "under_way")
    report(cast, task)
    steps = Step.objects.count()
    with pytest.raises(actions.WrongState, match="上一次填报还在审核中，审核后才能再报。"):
        report(cast, task, text="再报", request_key="k2")
    assert (Report.objects.count(), Step.objects.count()) == (1, steps)


def test_report_progress_with_an_unknown_upload_leaves_nothing(cast: build.Cast) -> None:
    task = task_in(cast, "under_way")
    with pytest.raises(Refused, match="附件已失效"):
        report(cast, task, uploads=["0" * 32])
    assert (Report.objects.count(), Step.objects.count(), Entry.objects.count()) == (0, 0, 0)
    assert Task.objects.get(pk=task.pk).version == 1


@pytest.mark.parametrize("state", ["draft", "issued", "claimed", "verified"])
def test_report_progress_refuses_a_task_that_is_not_under_way(cast: build.Cast, state: str) -> None:
    task = task_in(cast, state)
    with pytest.raises(actions.WrongState):
        report(cast, task)
    assert (Task.objects.get(pk=task.pk).state, Report.objects.count(), Entry.objects.count()) == (state, 0, 0)


@pytest.mark.parametrize("state", ["draft", "under_way", "claimed", "verified"])
def test_receive_task_refuses_what_is_not_issued(cast: build.Cast, state: str) -> None:
    task = task_in(cast, state)
    with pytest.raises(actions.WrongState):
        actions.receive_task(cast.liaison, task, owner=None, now=NOW)
    assert (Task.objects.get(pk=task.pk).state, Step.objects.count(), Entry.objects.count()) == (state, 0, 0)


def test_send_back_needs_an_opinion(cast: build.Cast) -> None:
    row = report(cast, task_in(cast, "under_way"), claims_completion=True)
    entries = Entry.objects.count()
    with pytest.raises(actions.OpinionMissing):
        actions.send_back(cast.office, row, opinion="  ", now=NOW)
    kept = Report.objects.get(pk=row.pk)
    assert (kept.state, kept.task.state, Entry.objects.count()) == ("submitted", "claimed", entries)


def test_send_back_returns_the_task_and_a_new_report_may_follow(cast: build.Cast) -> None:
    task = task_in(cast, "under_way")
    row = report(cast, task, claims_completion=True)
    assert counted(task.plan) == (0, 0, 1, 0, 0)
    row = actions.send_back(cast.office, row, opinion="请补充制度文本。", now=NOW)
    assert (row.state, row.opinion, row.reviewer_name) == ("sent_back", "请补充制度文本。", cast.office.name)
    assert counted(task.plan) == (0, 1, 0, 0, 0)
    again = report(cast, task, text="已补充。", claims_completion=True)
    assert again.number == 2


def test_accept_of_a_claim_verifies_the_task(cast: build.Cast) -> None:
    task = task_in(cast, "under_way")
    row = actions.accept(cast.office, report(cast, task, claims_completion=True), now=NOW)
    assert (row.state, row.task.state) == ("accepted", "verified")
    assert counted(task.plan) == (0, 0, 0, 1, 0)
    assert list(Step.objects.order_by("pk").values_list("action", flat=True)) == ["claim", "accept"]


def test_accept_of_progress_keeps_the_task_under_way(cast: build.Cast) -> None:
    row = actions.accept(cast.office, report(cast, task_in(cast, "under_way")), opinion="很好", now=NOW)
    assert (row.state, row.opinion, row.task.state) == ("accepted", "很好", "under_way")


def test_a_report_is_answered_once(cast: build.Cast) -> None:
    row = report(cast, task_in(cast, "under_way"), claims_completion=True)
    actions.accept(cast.office, row, now=NOW)
    entries = Entry.objects.count()
    with pytest.raises(actions.WrongState, match="已通过"):
        actions.send_back(cast.office, row, opinion="退回", now=NOW)
    kept = Report.objects.get(pk=row.pk)
    assert (kept.state, kept.opinion, kept.task.state) == ("accepted", "", "verified")
    assert Entry.objects.count() == entries


def test_refresh_all_standings_counts_what_became_overdue(cast: build.Cast) -> None:
    task = task_in(cast, "under_way")
    planning.draft(county=cast.county)
    assert actions.refresh_all_standings(SYSTEM, now=build.at(task.due_on)) == 1
    assert Standing.objects.get().overdue == 0
    actions.refresh_all_standings(SYSTEM, now=build.at(task.due_on.replace(year=2027)))
    assert Standing.objects.get().overdue == 1
