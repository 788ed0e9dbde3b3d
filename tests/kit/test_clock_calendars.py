"""The office's calendar as the tables hold it, and the two clocks."""

from datetime import UTC, date, datetime

import pytest

from xietong.kit.clock.calendars import load_published, office_calendar
from xietong.kit.clock.models import FrozenClock, Holiday
from xietong.kit.clock.time import business_now, day_of, frozen_at, machine_now

pytestmark = pytest.mark.django_db
HERE, THERE = 1, 2
DAY = date(2026, 9, 8)  # a Tuesday


def holiday(on: date, *, is_work: bool = False, county_id: int | None = None) -> Holiday:
    return Holiday.objects.create(on=on, is_work=is_work, county_id=county_id, name="试")


def is_workday(county_id: int | None) -> bool:
    return office_calendar(county_id, DAY).is_workday(DAY)


def test_office_calendar_lets_the_countys_own_day_win() -> None:
    holiday(DAY)
    holiday(DAY, is_work=True, county_id=HERE)
    assert [is_workday(county) for county in (HERE, THERE, None)] == [True, False, False]


def test_office_calendar_keeps_a_countys_day_to_itself() -> None:
    holiday(DAY, county_id=HERE)
    assert [is_workday(county) for county in (HERE, THERE, None)] == [False, True, True]


def test_office_calendar_knows_weekend_work() -> None:
    saturday = date(2026, 9, 12)
    assert not office_calendar(HERE, DAY).is_workday(saturday)
    holiday(saturday, is_work=True)
    assert office_calendar(HERE, DAY).is_workday(saturday)


def test_load_published_adds_each_day_once_and_leaves_what_was_edited() -> None:
    edited = holiday(date(2025, 10, 1), is_work=True)
    assert load_published(range(2025, 2026)) > 20
    assert load_published(range(2025, 2026)) == 0
    assert Holiday.objects.get(pk=edited.pk).is_work
    assert not office_calendar(HERE, date(2025, 10, 2)).is_workday(date(2025, 10, 2))


def test_business_time_stands_still_only_when_it_was_stopped() -> None:
    assert frozen_at() is None
    before = machine_now()
    assert before <= business_now() <= machine_now()
    stopped = datetime(2024, 5, 1, tzinfo=UTC)
    FrozenClock.objects.create(business_now=stopped)
    assert (frozen_at(), business_now()) == (stopped, stopped)
    assert machine_now() >= before


def test_day_of_is_the_day_in_shanghai() -> None:
    assert day_of(datetime(2026, 9, 7, 15, 59, tzinfo=UTC)) == date(2026, 9, 7)
    assert day_of(datetime(2026, 9, 7, 16, 0, tzinfo=UTC)) == date(2026, 9, 8)
