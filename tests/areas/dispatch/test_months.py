"""The county's schedule as arithmetic, and whether a filing came in time."""

from datetime import date

import pytest

from xietong.areas.dispatch.rules.months import Schedule, following, stretch_of
from xietong.areas.dispatch.rules.states import (
    Course,
    EntryKind,
    FilingState,
    Punctuality,
    is_typed,
    lacks_words,
    strongest,
)

PLAIN = Schedule()
MERGED = Schedule(merged=frozenset({1, 7}))


def test_a_month_runs_from_the_26th_to_the_25th_and_is_due_on_the_28th() -> None:
    one = stretch_of(PLAIN, date(2026, 9, 10))
    assert (one.span_from, one.span_to, one.due_on) == (date(2026, 8, 26), date(2026, 9, 25), date(2026, 9, 28))
    assert one.label == "2026年9月"


def test_a_whole_month_is_due_in_the_next() -> None:
    one = stretch_of(Schedule(first_day=1, last_day=31, due_day=5), date(2026, 2, 3))
    assert (one.span_from, one.span_to, one.due_on) == (date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 5))


@pytest.mark.parametrize("day", [date(2026, 1, 20), date(2026, 2, 2)])
def test_two_months_of_the_vacation_are_one(day: date) -> None:
    one = stretch_of(MERGED, day)
    assert (one.label, one.months, one.month) == ("2026年1—2月", 2, date(2026, 1, 1))
    assert (one.span_from, one.span_to, one.due_on) == (date(2025, 12, 26), date(2026, 2, 25), date(2026, 2, 28))


def test_months_follow_each_other_over_the_year() -> None:
    shown, one = [], stretch_of(MERGED, date(2026, 6, 1))
    for _ in range(6):
        shown.append(one.label)
        one = following(MERGED, one)
    assert shown == ["2026年6月", "2026年7—8月", "2026年9月", "2026年10月", "2026年11月", "2026年12月"]
    assert following(MERGED, stretch_of(MERGED, date(2026, 12, 1))).label == "2027年1—2月"


DUE = date(2026, 9, 28)


@pytest.mark.parametrize(
    ("state", "first_on", "today", "expected"),
    [
        (FilingState.SUBMITTED, DUE, date(2026, 10, 9), Punctuality.ON_TIME),
        (FilingState.ACCEPTED, date(2026, 9, 29), date(2026, 10, 9), Punctuality.LATE),
        (FilingState.SENT_BACK, DUE, date(2026, 10, 9), Punctuality.ON_TIME),
        (FilingState.DUE, None, DUE, Punctuality.WAITING),
        (FilingState.DUE, None, date(2026, 9, 29), Punctuality.MISSING),
        (FilingState.EXCUSED, None, date(2026, 10, 9), Punctuality.EXCUSED),
    ],
)
def test_a_filing_is_judged_by_its_first_submission(
    state: FilingState, first_on: date | None, today: date, expected: Punctuality
) -> None:
    assert Course(state, DUE, first_on).punctuality(today) is expected


def test_filing_again_has_days_of_its_own() -> None:
    back = Course(FilingState.SENT_BACK, DUE, DUE, DUE, refile_by=date(2026, 10, 9))
    assert [back.refiled_late(day) for day in (date(2026, 10, 9), date(2026, 10, 10))] == [False, True]
    again = Course(FilingState.SUBMITTED, DUE, DUE, date(2026, 10, 10), refile_by=date(2026, 10, 9))
    assert again.refiled_late(date(2026, 10, 10)) is True
    assert Course(FilingState.SUBMITTED, DUE, DUE, DUE).refiled_late(date(2026, 12, 1)) is False


def test_the_delay_of_reviewers_is_theirs() -> None:
    waits = Course(FilingState.SUBMITTED, DUE, DUE, DUE, review_by=date(2026, 10, 9))
    assert [waits.office_late(day) for day in (date(2026, 10, 9), date(2026, 10, 10))] == [False, True]
    done = Course(FilingState.ACCEPTED, DUE, DUE, DUE, review_by=date(2026, 10, 9), answered_on=date(2026, 10, 9))
    assert done.office_late(date(2026, 12, 1)) is False
    assert Course(FilingState.DUE, DUE).office_late(date(2026, 12, 1)) is False


def test_the_strongest_reason_is_named() -> None:
    assert strongest({EntryKind.PERIOD, EntryKind.RED}) is EntryKind.RED
    assert strongest(set()) is EntryKind.OFFERED


@pytest.mark.parametrize(
    ("kind", "said", "lacking"),
    [
        (EntryKind.RED, {}, True),
        (EntryKind.RED, {"text": " 场地未交付。"}, False),
        (EntryKind.RED, {"is_known": True}, False),
        (EntryKind.DECISION, {"reached": True}, True),
        (EntryKind.MILESTONE, {}, True),
        (EntryKind.MILESTONE, {"reached": True}, False),
        (EntryKind.PERIOD, {}, True),
        (EntryKind.PERIOD, {"carried_out": False}, False),
        (EntryKind.OFFERED, {}, False),
    ],
)
def test_what_is_asked_wants_an_answer(kind: EntryKind, said: dict[str, object], lacking: bool) -> None:
    usual = {"text": "", "is_known": False, "reached": False, "carried_out": None}
    assert lacks_words(kind, **(usual | said)) is lacking  # type: ignore[arg-type]


def test_what_a_tap_tells_is_not_typed() -> None:
    assert [kind for kind in EntryKind if not is_typed(kind)] == [EntryKind.PERIOD, EntryKind.OFFERED]
