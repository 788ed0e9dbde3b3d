"""Bundling, quiet hours and pauses, without a database."""

from datetime import datetime, time, timedelta

import pytest

from xietong.kit.clock.time import SHANGHAI
from xietong.kit.notices.hours import after_quiet, is_quiet, pause

NIGHT = (time(21), time(7, 30))
NOON = (time(12), time(14))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 9, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("moment", "hours", "goes"),
    [
        (at(8, 20, 59), NIGHT, at(8, 20, 59)),
        (at(8, 21), NIGHT, at(9, 7, 30)),
        (at(8, 23, 59), NIGHT, at(9, 7, 30)),
        (at(9, 0), NIGHT, at(9, 7, 30)),
        (at(9, 7, 29), NIGHT, at(9, 7, 30)),
        (at(9, 7, 30), NIGHT, at(9, 7, 30)),
        (at(30, 22), NIGHT, datetime(2026, 10, 1, 7, 30, tzinfo=SHANGHAI)),
        (at(8, 11, 59), NOON, at(8, 11, 59)),
        (at(8, 12), NOON, at(8, 14)),
        (at(8, 14), NOON, at(8, 14)),
        (at(8, 3), (None, None), at(8, 3)),
        (at(8, 3), (time(3), time(3)), at(8, 3)),
    ],
)
def test_what_falls_into_quiet_hours_goes_when_they_end(
    moment: datetime, hours: tuple[time | None, time | None], goes: datetime
) -> None:
    assert after_quiet(moment, *hours) == goes
    assert is_quiet(moment, *hours) == (goes != moment)


def test_quiet_hours_are_those_of_shanghai() -> None:
    in_utc = datetime.fromisoformat("2026-09-08T14:00:00+00:00")

    assert after_quiet(in_utc, *NIGHT) == at(9, 7, 30)


def test_pauses_double_up_to_an_hour() -> None:
    assert [pause(n) // timedelta(minutes=1) for n in (0, 1, 2, 3, 6, 7, 8, 4000)] == [1, 1, 2, 4, 32, 60, 60, 60]
