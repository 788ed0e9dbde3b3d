"""The month is pressed on: reminders, later days, exceptions, the lock, and corrections after it."""

from datetime import date, datetime
from decimal import Decimal
from threading import Event

import pytest

from tests import build, dispatching, planning
from xietong.areas.dispatch import actions
from xietong.areas.dispatch.jobs import REMIND
from xietong.areas.dispatch.models import Correction, Cycle, Entry, Filing, FilingExtension
from xietong.areas.plans.models import Report
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.clock.time import SHANGHAI
from xietong.kit.errors import Refused, Stale
from xietong.kit.jobs.enqueue import enqueue
from xietong.kit.jobs.performing import perform
from xietong.kit.notices.models import Notice

pytestmark = pytest.mark.django_db

AFTER = date(2026, 10, 9)


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    build.clock()
    return build.cast()


@pytest.fixture
def cycle(cast: build.Cast) -> Cycle:
    return dispatching.cycle(county=cast.county)


@pytest.fixture
def filing(cast: build.Cast, cycle: Cycle) -> Filing:
    return dispatching.filing(cycle=cycle, unit=cast.school)


def at(day: int) -> datetime:
    return datetime(2026, 9, day, 9, 0, tzinfo=SHANGHAI)


def told(kind: str) -> set[int]:
    return set(Notice.objects.filter(kind=f"dispatch.{kind}").values_list("account_id", flat=True))


def test_units_that_have_not_filed_are_reminded_and_counted(cast: build.Cast, cycle: Cycle, filing: Filing) -> None:
    done = dispatching.filing(cycle=cycle, unit=cast.other_school, state="submitted")
    assert actions.press_units(cast.office, cycle, [filing, done], now=build.NOW) == 1
    filing.refresh_from_db()
    assert (filing.reminded, filing.reminded_at) == (1, build.NOW)
    assert told("remind") == {cast.head.account_id, cast.liaison.account_id}


def test_nobody_is_reminded_who_has_filed_or_when_the_month_is_over(
    cast: build.Cast, cycle: Cycle, filing: Filing
) -> None:
    Filing.objects.update(state="excused")
    with pytest.raises(actions.NobodyAsked):
        actions.press_units(cast.office, cycle, [filing], now=build.NOW)
    Cycle.objects.update(state="locked")
    with pytest.raises(actions.MovedOn):
        actions.press_units(cast.office, cycle, [filing], now=build.NOW)
    assert told("remind") == set()


@pytest.mark.parametrize(("day", "sent"), [(23, 0), (24, 1), (25, 0), (28, 1), (29, 0)])
def test_the_rule_reminds_two_working_days_before_and_on_the_day(
    cast: build.Cast, cycle: Cycle, filing: Filing, day: int, sent: int
) -> None:
    assert actions.remind_by_rule(SYSTEM, cycle, now=at(day)) == sent
    assert actions.remind_by_rule(SYSTEM, cycle, now=at(day)) == 0


def test_the_schedule_reminds_in_every_county(cast: build.Cast, filing: Filing) -> None:
    build.clock(now=at(28))
    dispatching.cycle(county=cast.next_county, state="locked")
    job = enqueue(REMIND, key=REMIND, payload={}, actor=SYSTEM, now=at(28))
    perform(job.pk, again=lambda _job: None, stop=Event())
    filing.refresh_from_db()
    assert filing.reminded == 1


def test_the_day_of_a_month_is_moved_for_whoever_has_not_filed(
    cast: build.Cast, cycle: Cycle, filing: Filing
) -> None:
    longer = dispatching.filing(cycle=cycle, unit=cast.other_school, due_on=date(2026, 10, 20))
    shorter = dispatching.filing(cycle=cycle, unit=build.organisation(), due_on=date(2026, 9, 20))
    done = dispatching.filing(cycle=cycle, unit=cast.university, state="submitted")
    actions.change_due(cast.office, cycle, version=1, due_on=AFTER, now=build.NOW)
    days = [Filing.objects.get(pk=one.pk).due_on for one in (filing, longer, shorter, done)]
    assert days == [AFTER, date(2026, 10, 20), AFTER, date(2026, 9, 28)]


def test_the_day_of_a_month_is_not_moved_into_the_past_or_over_another(
    cast: build.Cast, cycle: Cycle, filing: Filing
) -> None:
    with pytest.raises(actions.BadDay):
        actions.change_due(cast.office, cycle, version=1, due_on=date(2026, 9, 7), now=build.NOW)
    with pytest.raises(Stale):
        actions.change_due(cast.office, cycle, version=7, due_on=AFTER, now=build.NOW)
    Cycle.objects.update(state="locked")
    with pytest.raises(actions.MovedOn):
        actions.change_due(cast.office, cycle, version=1, due_on=AFTER, now=build.NOW)
    assert (Cycle.objects.get().due_on, Filing.objects.get().due_on) == (date(2026, 9, 28),) * 2


def test_a_month_is_locked_once(cast: build.Cast, cycle: Cycle) -> None:
    row = actions.lock_cycle(cast.office, cycle, now=build.NOW)
    assert (row.state, row.locked_at) == ("locked", build.NOW)
    with pytest.raises(actions.MovedOn):
        actions.lock_cycle(cast.office, cycle, now=at(30))
    assert Cycle.objects.get().locked_at == build.NOW


def test_a_unit_is_let_off_with_the_reason(cast: build.Cast, filing: Filing) -> None:
    row = actions.excuse_filing(cast.office, filing, excuse=" 新校搬迁。", now=build.NOW)
    assert (row.state, row.excuse) == ("excused", "新校搬迁。")
    with pytest.raises(actions.MovedOn, match="还没有报送"):
        actions.excuse_filing(cast.office, filing, excuse="再次", now=build.NOW)
    assert Filing.objects.get().excuse == "新校搬迁。"


def test_nobody_is_let_off_after_the_lock(cast: build.Cast, filing: Filing) -> None:
    Cycle.objects.update(state="locked")
    with pytest.raises(actions.MovedOn, match="已锁定"):
        actions.excuse_filing(cast.office, filing, excuse="迟了", now=build.NOW)
    assert Filing.objects.get().state == "due"


def ask(cast: build.Cast, filing: Filing, until: date = AFTER) -> FilingExtension:
    return actions.ask_extension(cast.liaison, filing, until=until, reason="军训。", now=build.NOW)


def test_a_later_day_is_asked_and_granted(cast: build.Cast, filing: Filing) -> None:
    asked = ask(cast, filing)
    assert told("extension") == {cast.office.account_id}
    row = actions.answer_extension(cast.office, asked, granted=True, opinion="同意。", now=build.NOW)
    filing.refresh_from_db()
    assert (row.state, row.opinion, filing.due_on) == ("granted", "同意。", AFTER)
    assert cast.liaison.account_id in told("answered")


def test_a_later_day_is_refused_once(cast: build.Cast, filing: Filing) -> None:
    asked = ask(cast, filing)
    actions.answer_extension(cast.office, asked, granted=False, opinion="不急。", now=build.NOW)
    with pytest.raises(actions.MovedOn, match="答复过"):
        actions.answer_extension(cast.office, asked, granted=True, now=build.NOW)
    filing.refresh_from_db()
    assert (FilingExtension.objects.get().state, filing.due_on) == ("refused", date(2026, 9, 28))


def test_a_later_day_is_later_and_asked_once(cast: build.Cast, filing: Filing) -> None:
    with pytest.raises(actions.BadDay):
        ask(cast, filing, date(2026, 9, 28))
    ask(cast, filing)
    with pytest.raises(Refused, match="还没有答复"):
        ask(cast, filing)
    Filing.objects.update(state="submitted", first_at=build.NOW, submitted_at=build.NOW)
    with pytest.raises(actions.MovedOn, match="不需要延期"):
        ask(cast, filing)
    assert FilingExtension.objects.count() == 1


def test_no_later_day_in_a_locked_month(cast: build.Cast, filing: Filing) -> None:
    Cycle.objects.update(state="locked")
    with pytest.raises(actions.MovedOn, match="已锁定"):
        ask(cast, filing)
    assert FilingExtension.objects.count() == 0


@pytest.fixture
def entry(cast: build.Cast, cycle: Cycle, filing: Filing) -> Entry:
    """One of an accepted filing in a locked month."""
    task = planning.task(
        plan=planning.plan(county=cast.county), lead_unit=cast.school, state="under_way", quantity=9, measure="次"
    )
    made = dispatching.entry(filing=filing, task=task, text="开展两次。", quantity=2)
    Filing.objects.update(state="accepted", first_at=build.NOW, submitted_at=build.NOW, author_name="曾小雨")
    Cycle.objects.update(state="locked")
    return Entry.objects.get(pk=made.pk)


def correct(cast: build.Cast, entry: Entry) -> Correction:
    figures = {"text": "开展三次。", "quantity": Decimal(3)}
    return actions.ask_correction(cast.liaison, entry, reason="漏统计。", now=build.NOW, **figures)


def test_a_correction_keeps_both_versions_and_is_added_on_the_task(cast: build.Cast, entry: Entry) -> None:
    asked = correct(cast, entry)
    assert (told("correction"), Entry.objects.get().text) == ({cast.office.account_id}, "开展两次。")
    row = actions.answer_correction(cast.office, asked, granted=True, now=build.NOW)
    entry.refresh_from_db()
    assert (row.text_before, row.quantity_before, entry.text, entry.quantity) == ("开展两次。", 2, "开展三次。", 3)
    report = Report.objects.get()
    assert (report.text, report.quantity) == ("更正（2026年9月月报）：开展三次。", 3)
    assert entry.task is not None
    entry.task.refresh_from_db()
    assert entry.task.measured == 3


def test_a_correction_that_is_refused_changes_nothing(cast: build.Cast, entry: Entry) -> None:
    asked = correct(cast, entry)
    actions.answer_correction(cast.office, asked, granted=False, opinion="依据不足。", now=build.NOW)
    with pytest.raises(actions.MovedOn):
        actions.answer_correction(cast.office, asked, granted=True, now=build.NOW)
    entry.refresh_from_db()
    assert (entry.text, Report.objects.count(), Correction.objects.get().state) == ("开展两次。", 0, "refused")


def test_a_decision_is_corrected_without_a_task(cast: build.Cast, entry: Entry) -> None:
    other = dispatching.entry(filing=entry.filing, decision=dispatching.decision(unit=cast.school), text="已配齐。")
    asked = correct(cast, other)
    actions.answer_correction(cast.office, asked, granted=True, now=build.NOW)
    other.refresh_from_db()
    assert (other.text, Report.objects.count()) == ("开展三次。", 0)


def test_only_what_is_accepted_and_locked_is_corrected(cast: build.Cast, entry: Entry) -> None:
    Filing.objects.update(state="sent_back")
    with pytest.raises(actions.MovedOn, match="审核通过"):
        correct(cast, entry)
    Cycle.objects.update(state="open")
    with pytest.raises(actions.MovedOn, match="还没有锁定"):
        correct(cast, entry)
    assert Correction.objects.count() == 0


def test_one_correction_at_a_time(cast: build.Cast, entry: Entry) -> None:
    correct(cast, entry)
    with pytest.raises(Refused, match="还没有答复"):
        correct(cast, entry)
    assert Correction.objects.count() == 1
