"""A unit writes its filing, submits it, and its route answers; what it says is entered on the tasks once."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import build, dispatching, planning
from xietong.areas.dispatch import actions, queries
from xietong.areas.dispatch.actions import Said
from xietong.areas.dispatch.models import Cycle, Entry, EntryMilestone, Filing
from xietong.areas.orgs.actions import close_organisation
from xietong.areas.orgs.models import Organisation
from xietong.areas.plans.models import Plan, Report, Task
from xietong.areas.plans.queries import REPORT_OWNER
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals import actions as approvals
from xietong.kit.approvals.actions import NobodyThere, TooLate
from xietong.kit.approvals.models import Stage
from xietong.kit.audit.models import Entry as AuditEntry
from xietong.kit.clock.time import SHANGHAI
from xietong.kit.errors import Stale
from xietong.kit.files.models import Attachment
from xietong.kit.notices.models import Notice

pytestmark = pytest.mark.django_db

LATE = datetime(2026, 9, 29, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    build.clock()
    return build.cast()


@pytest.fixture
def plan(cast: build.Cast) -> Plan:
    return planning.plan(county=cast.county)


@pytest.fixture
def task(cast: build.Cast, plan: Plan) -> Task:
    return planning.task(plan=plan, lead_unit=cast.school, number="1", due_on=date(2026, 9, 1))


@pytest.fixture
def filing(cast: build.Cast) -> Filing:
    return dispatching.filing(cycle=dispatching.cycle(county=cast.county), unit=cast.school)


@pytest.fixture
def entry(filing: Filing, task: Task) -> Entry:
    return dispatching.entry(filing=filing, task=task)


def submit(actor: Actor, filing: Filing, *, now: datetime = build.NOW, **said: Said) -> Filing:
    filing.refresh_from_db()
    by_entry = {int(name[1:]): one for name, one in said.items()}
    return actions.submit_filing(actor, filing, version=filing.version, said=by_entry, now=now)


def words(entry: Entry, text: str = "场地十月交付。", **fields: object) -> dict[str, Said]:
    return {f"e{entry.pk}": Said(text=text, **fields)}  # type: ignore[arg-type]


def answer(actor: Actor, *, agree: bool = True, now: datetime = build.NOW) -> None:
    stage = Stage.objects.get(state=Stage.State.OPEN)
    if agree:
        approvals.agree(actor, stage, opinion="同意。", now=now)
    else:
        approvals.send_back(actor, stage, opinion="请写明措施。", now=now)


def accepted(cast: build.Cast, filing: Filing, **said: Said) -> Filing:
    submit(cast.head, filing, **said)
    answer(cast.office)
    filing.refresh_from_db()
    return filing


def test_what_is_typed_is_kept_and_nothing_has_to_be_complete(cast: build.Cast, filing: Filing, entry: Entry) -> None:
    stone = planning.milestone(task=entry.task)
    tick = EntryMilestone.objects.create(county=cast.county, entry=entry, milestone=stone)
    said = {entry.pk: Said(text=" 一半。 ", problem="缺钱", quantity=Decimal(3), reached=frozenset({tick.pk}))}
    row = actions.keep_filing(cast.liaison, filing, version=1, said=said, highlight=" 好。", now=build.NOW)
    entry.refresh_from_db()
    tick.refresh_from_db()
    assert (entry.text, entry.problem, entry.quantity, tick.is_reached) == ("一半。", "缺钱", Decimal(3), True)
    assert (row.state, row.version, row.highlight) == ("due", 2, "好。")
    actions.keep_filing(cast.liaison, filing, version=2, said={entry.pk: Said(text="一半。")}, now=build.NOW)
    tick.refresh_from_db()
    assert tick.is_reached is False
    assert AuditEntry.objects.count() == 0


def test_two_at_one_filing_do_not_overwrite_each_other(cast: build.Cast, filing: Filing, entry: Entry) -> None:
    actions.keep_filing(cast.liaison, filing, version=1, said={entry.pk: Said(text="甲")}, now=build.NOW)
    with pytest.raises(Stale):
        actions.keep_filing(cast.head, filing, version=1, said={entry.pk: Said(text="乙")}, now=build.NOW)
    with pytest.raises(Stale):
        actions.submit_filing(cast.head, filing, version=1, said={entry.pk: Said(text="乙")}, now=build.NOW)
    entry.refresh_from_db()
    assert (entry.text, Filing.objects.get().state) == ("甲", "due")


def test_a_filing_goes_from_the_liaison_over_the_head_to_the_office(
    cast: build.Cast, filing: Filing, entry: Entry
) -> None:
    row = submit(cast.liaison, filing, **words(entry))
    assert (row.state, row.first_at, row.author_name, row.is_nothing_new) == ("submitted", build.NOW, "曾小雨", False)
    assert row.review_by == date(2026, 9, 11)
    answer(cast.head)
    answer(cast.office)
    row.refresh_from_db()
    report = Report.objects.get()
    assert (row.state, row.opinion, row.answered_at) == ("accepted", "同意。", build.NOW)
    assert (report.text, report.state, report.author_name) == ("场地十月交付。", "accepted", "曾小雨")
    assert (Entry.objects.get().report, Task.objects.get().state) == (report, "under_way")
    assert Notice.objects.filter(kind="dispatch.accept", account_id=cast.liaison.account_id).exists()


def test_the_head_signs_by_submitting(cast: build.Cast, filing: Filing, entry: Entry) -> None:
    submit(cast.head, filing, **words(entry))
    assert Stage.objects.get(state=Stage.State.OPEN).role == "office"


def test_a_unit_that_is_no_school_has_the_short_route(cast: build.Cast, plan: Plan) -> None:
    task = planning.task(plan=plan, lead_unit=cast.university)
    row = dispatching.filing(cycle=dispatching.cycle(county=cast.county), unit=cast.university)
    submit(cast.coordinator, row, **words(dispatching.entry(filing=row, task=task)))
    assert [one.role for one in Stage.objects.all()] == ["office"]


def test_what_is_asked_must_be_said(cast: build.Cast, filing: Filing, entry: Entry) -> None:
    with pytest.raises(actions.Incomplete, match="还有 1 项没有填写：1 制定教研制度") as refused:
        submit(cast.liaison, filing)
    assert refused.value.entries == (entry,)
    assert (Filing.objects.get().state, Stage.objects.count()) == ("due", 0)


def test_nothing_new_is_one_tap(cast: build.Cast, filing: Filing, task: Task) -> None:
    dispatching.entry(filing=filing, task=task, kind="offered")
    row = accepted(cast, filing)
    assert (row.is_nothing_new, row.state, Report.objects.count()) == (True, "accepted", 0)


def test_what_was_reported_in_these_days_is_not_asked_again(
    cast: build.Cast, filing: Filing, entry: Entry, task: Task
) -> None:
    report = planning.report(task=task, text="已交付。", state="accepted")
    accepted(cast, filing)
    entry.refresh_from_db()
    assert (entry.text, entry.report, Report.objects.count()) == ("已交付。", report, 1)


def test_what_was_filed_last_month_is_asked_again(cast: build.Cast, filing: Filing, entry: Entry, task: Task) -> None:
    """It was filed when the days of the next month had begun, and says nothing of them."""
    accepted(cast, filing, **words(entry))
    span = {"span_from": date(2026, 9, 1), "span_to": date(2026, 10, 25)}
    following = dispatching.cycle(county=cast.county, month=date(2026, 10, 1), **span)
    asked = dispatching.entry(filing=dispatching.filing(cycle=following, unit=cast.school), task=task)
    (shown,) = queries.entry_views(asked.filing)
    assert (shown.known, shown.is_typed) == (None, True)
    assert shown.last == entry
    with pytest.raises(actions.Incomplete):
        submit(cast.head, asked.filing)
    asked.refresh_from_db()
    assert (asked.text, asked.filing.state) == ("", "due")
    reported = planning.report(task=task, number=2, text="本月又开了一次会。", state="accepted")
    (shown,) = queries.entry_views(asked.filing)
    assert (shown.known, shown.is_typed) == (reported, False)


def test_ticks_say_enough(cast: build.Cast, filing: Filing, task: Task, plan: Plan) -> None:
    Task.objects.update(state="under_way")
    stone = planning.milestone(task=task, title="初稿", due_on=date(2026, 9, 20))
    reached = dispatching.entry(filing=filing, task=task, kind="milestone")
    tick = EntryMilestone.objects.create(county=cast.county, entry=reached, milestone=stone)
    other = planning.task(plan=plan, lead_unit=cast.school, number="2", state="under_way")
    period = planning.occurrence(task=other, starts_on=date(2026, 9, 1), due_on=date(2026, 9, 25))
    held = dispatching.entry(filing=filing, task=other, kind="period", occurrence=period)
    said = {f"e{reached.pk}": Said(reached=frozenset({tick.pk})), f"e{held.pk}": Said(carried_out=False)}
    accepted(cast, filing, **said)
    stone.refresh_from_db()
    period.refresh_from_db()
    assert (stone.reached_on, period.carried_out, period.done_on) == (build.TODAY, False, build.TODAY)
    assert sorted(Report.objects.values_list("text", flat=True)) == ["本期未开展。", "里程碑“初稿”已达到。"]


def test_a_figure_is_counted_once(cast: build.Cast, filing: Filing, plan: Plan) -> None:
    task = planning.task(plan=plan, lead_unit=cast.school, quantity=10, measure="场", state="under_way")
    entry = dispatching.entry(filing=filing, task=task, kind="offered")
    accepted(cast, filing, **words(entry, quantity=Decimal(4)))
    task.refresh_from_db()
    assert task.measured == Decimal(4)


def test_a_figure_alone_says_enough(cast: build.Cast, filing: Filing, plan: Plan) -> None:
    task = planning.task(plan=plan, lead_unit=cast.school, quantity=10, measure="场", measured=3, state="under_way")
    entry = dispatching.entry(filing=filing, task=task, kind="offered")
    row = accepted(cast, filing, **words(entry, "", quantity=Decimal(4)))
    task.refresh_from_db()
    assert (task.measured, Report.objects.get().text, row.is_nothing_new) == (Decimal(4), "累计完成 4 场。", False)


def test_a_figure_that_is_only_confirmed_undoes_nothing(cast: build.Cast, filing: Filing, plan: Plan) -> None:
    task = planning.task(plan=plan, lead_unit=cast.school, quantity=10, measure="场", measured=3, state="under_way")
    entry = dispatching.entry(filing=filing, task=task, kind="offered")
    submit(cast.head, filing, **words(entry, quantity=Decimal(3)))
    Task.objects.update(measured=6)
    answer(cast.office)
    task.refresh_from_db()
    assert task.measured == 6


def test_a_tick_beside_a_report_of_the_month_counts(cast: build.Cast, filing: Filing, task: Task) -> None:
    Task.objects.update(state="under_way")
    planning.report(task=task, text="已交付。", state="accepted")
    stone = planning.milestone(task=task, title="初稿", due_on=date(2026, 9, 20))
    entry = dispatching.entry(filing=filing, task=task, kind="milestone")
    tick = EntryMilestone.objects.create(county=cast.county, entry=entry, milestone=stone)
    accepted(cast, filing, **words(entry, "", reached=frozenset({tick.pk})))
    stone.refresh_from_db()
    assert (stone.reached_on, Report.objects.count()) == (build.TODAY, 2)


def test_a_task_that_has_moved_on_is_left_alone(cast: build.Cast, filing: Filing, entry: Entry) -> None:
    submit(cast.head, filing, **words(entry))
    Task.objects.update(state="claimed")
    answer(cast.office)
    entry.refresh_from_db()
    assert (Report.objects.count(), entry.report, entry.text) == (0, None, "场地十月交付。")


def test_files_of_an_entry_become_evidence_of_the_task(cast: build.Cast, filing: Filing, entry: Entry) -> None:
    file = SimpleUploadedFile("签到表.txt", "签到".encode(), "text/plain")
    submit(cast.head, filing, **words(entry, plain=[file]))
    assert Attachment.objects.get().owner_type == queries.ENTRY_OWNER
    answer(cast.office)
    hung = Attachment.objects.get()
    assert (hung.owner_type, hung.owner_id) == (REPORT_OWNER, Report.objects.get().pk)


def test_a_decision_that_is_carried_out_asks_for_its_closure(cast: build.Cast, filing: Filing) -> None:
    one, two = (dispatching.decision(unit=cast.school) for _ in range(2))
    done, open_yet = (dispatching.entry(filing=filing, decision=row) for row in (one, two))
    closed = dispatching.decision(unit=cast.school, state="closed")
    late = dispatching.entry(filing=filing, decision=closed)
    said = {**words(done, is_done=True), **words(open_yet), **words(late, is_done=True)}
    accepted(cast, filing, **said)
    for row in (one, two, closed):
        row.refresh_from_db()
    assert [row.state for row in (one, two, closed)] == ["claimed", "open", "closed"]
    assert [step.note for step in one.steps.all()] == ["场地十月交付。"]


def test_what_is_sent_back_has_two_working_days(cast: build.Cast, filing: Filing, entry: Entry) -> None:
    submit(cast.liaison, filing, **words(entry))
    answer(cast.head, agree=False)
    filing.refresh_from_db()
    assert (filing.state, filing.opinion, filing.refile_by) == ("sent_back", "请写明措施。", date(2026, 9, 10))
    again = submit(cast.liaison, filing, now=LATE, **words(entry, "已有措施。"))
    assert (again.first_at, again.submitted_at, again.state) == (build.NOW, LATE, "submitted")
    course = again.course
    assert (course.punctuality(LATE.date()).value, course.refiled_late(LATE.date())) == ("on_time", True)


def test_a_filing_taken_back_has_not_been_filed(cast: build.Cast, filing: Filing, entry: Entry) -> None:
    submit(cast.liaison, filing, **words(entry))
    row = actions.withdraw_filing(cast.liaison, filing, now=build.NOW)
    assert (row.state, row.first_at, row.review_by) == ("due", None, None)
    submit(cast.liaison, filing, **words(entry))
    answer(cast.head, agree=False)
    submit(cast.liaison, filing, **words(entry))
    row = actions.withdraw_filing(cast.liaison, filing, now=build.NOW)
    assert (row.state, row.first_at) == ("sent_back", build.NOW)


def test_other_words_than_those_that_were_taken_over_are_entered_too(
    cast: build.Cast, filing: Filing, entry: Entry, task: Task
) -> None:
    planning.report(task=task, text="已开一次会。", state="accepted", at=build.NOW)
    submit(cast.liaison, filing)
    entry.refresh_from_db()
    assert (entry.text, entry.report is None) == ("已开一次会。", False)
    actions.withdraw_filing(cast.liaison, filing, now=build.NOW)
    accepted(cast, filing, **words(entry, "又开了一次会。"))
    assert set(task.reports.values_list("text", flat=True)) == {"已开一次会。", "又开了一次会。"}


def test_a_filing_is_not_taken_back_once_somebody_has_answered(
    cast: build.Cast, filing: Filing, entry: Entry
) -> None:
    submit(cast.liaison, filing, **words(entry))
    answer(cast.head)
    with pytest.raises(TooLate):
        actions.withdraw_filing(cast.liaison, filing, now=build.NOW)
    assert Filing.objects.get().state == "submitted"
    answer(cast.office)
    with pytest.raises(actions.MovedOn, match="没有在审核中"):
        actions.withdraw_filing(cast.liaison, filing, now=build.NOW)


@pytest.mark.parametrize(("state", "why"), [("locked", "已锁定"), ("opening", "正在开启")])
def test_nothing_is_filed_in_a_month_that_is_not_open(
    cast: build.Cast, filing: Filing, entry: Entry, state: str, why: str
) -> None:
    Cycle.objects.update(state=state)
    with pytest.raises(actions.MovedOn, match=why):
        submit(cast.liaison, filing, **words(entry))
    with pytest.raises(actions.MovedOn, match=why):
        actions.keep_filing(cast.liaison, filing, version=1, said={entry.pk: Said(text="好")}, now=build.NOW)
    assert (Filing.objects.get().state, Entry.objects.get().text) == ("due", "")


def test_what_is_under_review_is_not_written_on(cast: build.Cast, filing: Filing, entry: Entry) -> None:
    submit(cast.liaison, filing, **words(entry))
    with pytest.raises(actions.MovedOn, match="审核中"):
        submit(cast.liaison, filing, **words(entry, "别的"))
    assert Entry.objects.get().text == "场地十月交付。"


def test_a_route_without_anybody_refuses_and_keeps_nothing(cast: build.Cast, plan: Plan) -> None:
    task = planning.task(plan=plan, lead_unit=cast.other_school)
    liaison = build.player("钱多多", "school_liaison", cast.other_school)
    row = dispatching.filing(cycle=dispatching.cycle(county=cast.county), unit=cast.other_school)
    entry = dispatching.entry(filing=row, task=task)
    with pytest.raises(NobodyThere, match="校长审签"):
        submit(liaison, row, **words(entry))
    assert (Filing.objects.get().state, Entry.objects.get().text) == ("due", "")


def test_the_office_agrees_to_many_at_once(cast: build.Cast, filing: Filing, entry: Entry) -> None:
    submit(cast.head, filing, **words(entry))
    other = dispatching.filing(cycle=filing.cycle, unit=cast.other_school)
    assert actions.agree_filings(cast.office, [filing, other], now=build.NOW) == (1, 1)
    filing.refresh_from_db()
    assert filing.state == "accepted"


def close(cast: build.Cast, unit: Organisation, successor: Organisation | None) -> None:
    how = {"closed_on": build.TODAY, "successor": successor, "reason": "布局调整"}
    close_organisation(cast.office, unit, now=build.NOW, **how)


def test_a_unit_that_is_closed_is_let_off_and_its_successor_asked(
    cast: build.Cast, filing: Filing, entry: Entry, task: Task
) -> None:
    close(cast, cast.school, cast.other_school)
    filing.refresh_from_db()
    assert (filing.state, filing.excuse) == ("excused", "单位已撤并")
    taken = Filing.objects.get(unit=cast.other_school)
    assert [one.task for one in taken.entries.all()] == [task]
    with pytest.raises(actions.MovedOn, match="已撤并"):
        submit(cast.liaison, filing, **words(entry))


def test_a_unit_that_is_closed_without_successor_is_let_off(cast: build.Cast, filing: Filing) -> None:
    close(cast, cast.school, None)
    filing.refresh_from_db()
    assert (filing.state, Filing.objects.count()) == ("excused", 1)
