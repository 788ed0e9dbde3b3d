"""Working days of 2025 and 2026 as the State Council announced them, and school days of a term."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.kit.clock.holidays import published_holidays
from xietong.kit.clock.workdays import SchoolCalendar, WorkCalendar

ONE_DAY = timedelta(days=1)


def official() -> WorkCalendar:
    notices = published_holidays(2025) + published_holidays(2026)
    return WorkCalendar(
        off=frozenset(day for day, is_work, _ in notices if not is_work),
        work=frozenset(day for day, is_work, _ in notices if is_work),
    )


OFFICE = official()
PLAIN = WorkCalendar()

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
some_days = st.frozensets(st.dates(date(2025, 1, 1), date(2025, 4, 30)), max_size=40)
calendars = st.builds(lambda off, work: WorkCalendar(off - work, work), some_days, some_days)
near_days = st.dates(date(2024, 12, 1), date(2025, 5, 31))


def one_by_one(calendar: WorkCalendar, day: date) -> bool:
    """The definition, word for word."""
    return day in calendar.work or (day.weekday() < 5 and day not in calendar.off)


# The notices


def test_published_holidays_of_the_spring_festival_2026() -> None:
    festival = [row for row in published_holidays(2026) if row[2] == "春节"]

    assert festival == [
        (date(2026, 2, 14), True, "春节"),
        *((date(2026, 2, day), False, "春节") for day in range(15, 24)),
        (date(2026, 2, 28), True, "春节"),
    ]


def test_published_holidays_make_up_days_of_2025_and_2026() -> None:
    worked = [day for year in (2025, 2026) for day, is_work, _ in published_holidays(year) if is_work]

    assert worked == [
        date(2025, 1, 26),
        date(2025, 2, 8),
        date(2025, 4, 27),
        date(2025, 9, 28),
        date(2025, 10, 11),
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    ]


@pytest.mark.parametrize("year", [1999, 2099])
def test_published_holidays_of_an_unknown_year_are_empty(year: int) -> None:
    assert published_holidays(year) == []


# The office


@pytest.mark.parametrize(
    ("day", "is_workday"),
    [
        (date(2026, 2, 13), True),  # Friday
        (date(2026, 2, 14), True),  # Saturday, worked for the Spring Festival
        (date(2026, 2, 16), False),  # Monday of the Spring Festival
        (date(2026, 2, 23), False),  # Monday, its last day
        (date(2026, 2, 24), True),
        (date(2026, 2, 28), True),  # Saturday, worked
        (date(2026, 3, 1), False),  # Sunday
        (date(2025, 10, 8), False),  # Wednesday of the National Day week
        (date(2025, 10, 11), True),  # Saturday, worked
    ],
)
def test_is_workday_follows_the_notice(day: date, is_workday: bool) -> None:
    assert OFFICE.is_workday(day) is is_workday


def test_is_workday_takes_a_datetime_as_its_day() -> None:
    assert OFFICE.is_workday(datetime(2026, 2, 14, 23, 59)) is True
    assert OFFICE.is_workday(datetime(2026, 2, 16, 0, 1)) is False


def test_add_steps_over_the_spring_festival() -> None:
    assert OFFICE.add(date(2026, 2, 13), 1) == date(2026, 2, 14)
    assert OFFICE.add(date(2026, 2, 13), 2) == date(2026, 2, 24)
    assert OFFICE.add(date(2026, 2, 24), -1) == date(2026, 2, 14)
    assert OFFICE.add(date(2026, 2, 24), -2) == date(2026, 2, 13)


def test_add_from_a_day_off_counts_the_first_working_day_met() -> None:
    assert OFFICE.add(date(2026, 2, 18), 1) == date(2026, 2, 24)
    assert OFFICE.add(date(2026, 2, 18), -1) == date(2026, 2, 14)
    assert OFFICE.add(date(2026, 2, 18), 0) == date(2026, 2, 18)


def test_between_counts_a_year_of_working_days() -> None:
    assert OFFICE.between(date(2024, 12, 31), date(2025, 12, 31)) == 248
    assert OFFICE.between(date(2025, 12, 31), date(2026, 12, 31)) == 248
    assert OFFICE.between(date(2026, 2, 13), date(2026, 2, 24)) == 2
    assert OFFICE.between(date(2026, 2, 24), date(2026, 2, 13)) == -2
    assert OFFICE.between(date(2026, 2, 13), date(2026, 2, 13)) == 0


def test_on_or_after_and_on_or_before_leave_the_spring_festival() -> None:
    assert OFFICE.on_or_after(date(2026, 2, 15)) == date(2026, 2, 24)
    assert OFFICE.on_or_before(date(2026, 2, 23)) == date(2026, 2, 14)
    assert OFFICE.on_or_after(date(2026, 2, 14)) == date(2026, 2, 14)
    assert OFFICE.on_or_before(date(2026, 2, 14)) == date(2026, 2, 14)


def test_work_calendar_refuses_a_day_that_is_both_off_and_worked() -> None:
    day = date(2026, 2, 14)

    with pytest.raises(ValueError, match="both off and worked: 2026-02-14"):
        WorkCalendar(off=frozenset({day}), work=frozenset({day, date(2026, 2, 28)}))


def test_work_calendars_of_the_same_days_are_equal() -> None:
    assert WorkCalendar(OFFICE.off, OFFICE.work) == OFFICE != PLAIN
    assert repr(PLAIN) == "WorkCalendar(off=frozenset(), work=frozenset())"


def test_a_saturday_off_and_a_monday_worked_change_nothing() -> None:
    calendar = WorkCalendar(off=frozenset({date(2026, 3, 7)}), work=frozenset({date(2026, 3, 9)}))

    assert calendar.between(date(2026, 3, 1), date(2026, 3, 15)) == 10


@given(calendar=calendars, day=near_days)
def test_is_workday_agrees_with_the_definition(calendar: WorkCalendar, day: date) -> None:
    assert calendar.is_workday(day) == one_by_one(calendar, day)


@given(calendar=calendars, start=near_days, length=st.integers(0, 120))
def test_between_agrees_with_counting_one_by_one(calendar: WorkCalendar, start: date, length: int) -> None:
    end = start + timedelta(days=length)

    assert calendar.between(start, end) == sum(
        one_by_one(calendar, start + timedelta(days=n)) for n in range(1, length + 1)
    )
    assert calendar.between(end, start) == -calendar.between(start, end)


@given(calendar=calendars, day=near_days, n=st.integers(1, 2000))
def test_add_and_between_undo_each_other(calendar: WorkCalendar, day: date, n: int) -> None:
    later, earlier = calendar.add(day, n), calendar.add(day, -n)

    assert calendar.between(day, later) == n
    assert calendar.between(earlier - ONE_DAY, day - ONE_DAY) == n
    assert (calendar.is_workday(later), calendar.is_workday(earlier)) == (True, True)


@given(calendar=calendars, day=near_days, n=st.integers(-500, 500))
def test_add_from_a_working_day_and_back_is_where_it_began(calendar: WorkCalendar, day: date, n: int) -> None:
    start = calendar.on_or_after(day)

    assert calendar.add(calendar.add(start, n), -n) == start


@given(start=days, end=days)
def test_between_without_holidays_is_the_same_in_any_week(start: date, end: date) -> None:
    week = timedelta(days=7)

    assert PLAIN.between(start, end) == PLAIN.between(start + week, end + week)
    assert PLAIN.between(start, start + week) == 5


# The school

AUTUMN = (date(2025, 9, 1), date(2026, 1, 30))
SPRING = (date(2026, 3, 2), date(2026, 7, 3))
SCHOOL = SchoolCalendar(
    spans=(AUTUMN, SPRING),
    off=frozenset(OFFICE.off | {date(2025, 11, 7)}),
    extra=frozenset({date(2025, 9, 28), date(2026, 2, 28)}),
)


@pytest.mark.parametrize(
    ("day", "is_schoolday", "in_vacation"),
    [
        (date(2025, 8, 31), False, True),
        (date(2025, 9, 1), True, False),  # Monday, the first day
        (date(2025, 9, 6), False, False),  # Saturday within the term
        (date(2025, 9, 28), True, False),  # Sunday, worked
        (date(2025, 10, 1), False, False),  # National Day
        (date(2025, 11, 7), False, False),  # the school's own sports day
        (date(2026, 1, 30), True, False),  # Friday, the last day
        (date(2026, 1, 31), False, True),
        (date(2026, 2, 24), False, True),  # the office works, the school does not
        (date(2026, 2, 28), True, False),  # Saturday before the term, worked
        (date(2026, 3, 1), False, True),
        (date(2026, 3, 2), True, False),
        (date(2026, 7, 4), False, True),
    ],
)
def test_school_calendar_knows_school_days_and_vacations(day: date, is_schoolday: bool, in_vacation: bool) -> None:
    assert (SCHOOL.is_schoolday(day), SCHOOL.in_vacation(day)) == (is_schoolday, in_vacation)


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2025, 7, 1), date(2025, 9, 1)),
        (date(2025, 9, 5), date(2025, 9, 8)),
        (date(2025, 9, 30), date(2025, 10, 9)),
        (date(2026, 1, 30), date(2026, 2, 28)),
        (date(2026, 2, 28), date(2026, 3, 2)),
        (date(2026, 7, 2), date(2026, 7, 3)),
        (date(2026, 7, 3), None),
        (date(2027, 1, 1), None),
    ],
)
def test_next_schoolday_skips_the_vacation(day: date, following: date | None) -> None:
    assert SCHOOL.next_schoolday(day) == following


def test_between_school_days_stands_still_in_the_vacation() -> None:
    assert SCHOOL.between(date(2026, 1, 28), date(2026, 1, 30)) == 2
    assert SCHOOL.between(date(2026, 1, 30), date(2026, 2, 27)) == 0
    assert SCHOOL.between(date(2026, 1, 28), date(2026, 3, 3)) == 5
    assert SCHOOL.between(date(2026, 3, 3), date(2026, 1, 28)) == -5


@given(day=st.dates(date(2025, 7, 1), date(2026, 8, 31)))
def test_every_day_is_school_vacation_or_free_within_a_term(day: date) -> None:
    in_span = any(start <= day <= end for start, end in SCHOOL.spans)
    taught = day in SCHOOL.extra or (in_span and day.weekday() < 5 and day not in SCHOOL.off)

    assert SCHOOL.is_schoolday(day) == taught
    assert SCHOOL.in_vacation(day) == (not taught and not in_span)


def test_both_ends_of_a_term_are_no_vacation_even_on_a_weekend() -> None:
    calendar = SchoolCalendar(spans=((date(2026, 2, 28), date(2026, 7, 5)),))

    ends = [date(2026, 2, 27), date(2026, 2, 28), date(2026, 7, 5), date(2026, 7, 6)]
    assert [calendar.in_vacation(day) for day in ends] == [True, False, False, True]


def test_overlapping_spans_count_a_day_once() -> None:
    twice = SchoolCalendar(spans=(AUTUMN, AUTUMN))

    assert twice.between(date(2025, 8, 31), date(2025, 9, 7)) == 5


def test_a_calendar_without_terms_is_all_vacation() -> None:
    empty = SchoolCalendar(spans=())

    assert (empty.in_vacation(date(2026, 3, 2)), empty.next_schoolday(date(2026, 3, 2))) == (True, None)


def test_school_calendar_refuses_a_term_that_ends_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends before it begins: 2026-07-03 2026-03-02"):
        SchoolCalendar(spans=(SPRING[::-1],))


def test_school_calendar_refuses_a_day_both_off_and_extra() -> None:
    with pytest.raises(ValueError, match="both off and extra: 2026-04-04"):
        SchoolCalendar(spans=(), off=frozenset({date(2026, 4, 4)}), extra=frozenset({date(2026, 4, 4)}))
