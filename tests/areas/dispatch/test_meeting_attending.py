"""到会: the organiser's list, and signing in oneself."""

from datetime import timedelta
from typing import Any

import pytest

from tests import build, dispatching, planning
from xietong.areas.dispatch import actions
from xietong.areas.dispatch.models import Attendance, Meeting
from xietong.kit.audit.models import Entry

pytestmark = pytest.mark.django_db
NOW = build.NOW
LATER, EARLIER = NOW + timedelta(days=1), NOW - timedelta(days=1)


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def row(cast: build.Cast) -> Meeting:
    return dispatching.meeting(invited_at=EARLIER)


def said(place: Attendance, **fields: Any) -> dict[int, dict[str, Any]]:
    place.refresh_from_db()
    usual = {name: getattr(place, name) for name in ("version", "state", "part", "name", "note")}
    return {place.pk: usual | fields}


def test_the_list_says_who_came_and_changes_only_what_differs(cast: build.Cast, row: Meeting) -> None:
    came, away, same = (
        dispatching.attendance(meeting=row, unit=unit) for unit in (cast.school, cast.other_school, cast.university)
    )
    words = {
        **said(came, state="present", name="替会人"),
        **said(away, state="absent", part="guest", note="出差"),
        **said(same),
    }
    assert actions.record_attendance(cast.office, row, said=words, now=NOW) == actions.Recorded(2, 0)
    for one in (came, away, same, row):
        one.refresh_from_db()
    assert (came.state, came.name, away.state, away.part, away.note) == (
        "present",
        "替会人",
        "absent",
        "guest",
        "出差",
    )
    assert (same.version, row.state) == (1, "held")
    assert Entry.objects.filter(action="dispatch.record_attendance").count() == 2


def test_who_signed_in_meanwhile_stays_as_he_said(cast: build.Cast, row: Meeting) -> None:
    place = dispatching.attendance(meeting=row, unit=cast.school)
    words = said(place, note="没来")
    actions.sign_in(cast.liaison, place, now=NOW)
    assert actions.record_attendance(cast.office, row, said=words, now=NOW) == actions.Recorded(0, 1)
    place.refresh_from_db()
    assert (place.state, place.note) == ("present", "")


def test_nobody_has_come_before_the_day(cast: build.Cast, row: Meeting) -> None:
    place = dispatching.attendance(meeting=row, unit=cast.school)
    with pytest.raises(actions.NotBegun):
        actions.record_attendance(cast.office, row, said=said(place, state="present"), now=EARLIER)
    with pytest.raises(actions.NotBegun):
        actions.all_present(cast.office, row, now=EARLIER)
    actions.record_attendance(cast.office, row, said=said(place, state="excused"), now=EARLIER)
    place.refresh_from_db()
    row.refresh_from_db()
    assert (place.state, row.state) == ("excused", "planned")


def test_everybody_came_but_those_who_were_excused(cast: build.Cast, row: Meeting) -> None:
    dispatching.attendance(meeting=row, unit=cast.school)
    dispatching.attendance(meeting=row, unit=cast.other_school, state="excused")
    assert actions.all_present(cast.office, row, now=NOW) == 1
    assert list(row.attendances.order_by("pk").values_list("state", "version")) == [("present", 2), ("excused", 1)]
    assert actions.all_present(cast.office, row, now=NOW) == 0


def test_one_signs_in_on_the_day_with_ones_own_name(cast: build.Cast, row: Meeting) -> None:
    unit = dispatching.attendance(meeting=row, unit=cast.school)
    named = dispatching.attendance(
        meeting=row, unit=cast.other_school, person=build.somebody(cast.other_school, name="云二")
    )
    for moment in (EARLIER, LATER):
        with pytest.raises(actions.CannotSignIn, match="当天"):
            actions.sign_in(cast.liaison, unit, now=moment)
    assert actions.sign_in(cast.liaison, unit, now=NOW).name == "曾小雨"
    assert actions.sign_in(cast.liaison, named, now=NOW).name == ""
    unit.refresh_from_db()
    assert (unit.state, unit.signed_at) == ("present", NOW)
    with pytest.raises(actions.CannotSignIn, match="已经签到过了"):
        actions.sign_in(cast.head, unit, now=NOW)
    with pytest.raises(actions.CannotSignIn, match="已经签到过了"):
        actions.excuse(cast.head, unit, now=NOW)


def test_one_is_excused_and_may_come_all_the_same(cast: build.Cast, row: Meeting) -> None:
    place = dispatching.attendance(meeting=row, unit=cast.school)
    place = actions.excuse(cast.liaison, place, note=" 下乡 ", now=EARLIER)
    assert (place.state, place.note, place.signed_at) == ("excused", "下乡", None)
    with pytest.raises(actions.CannotSignIn, match="已经开过了"):
        actions.excuse(cast.liaison, place, now=LATER)
    assert actions.sign_in(cast.liaison, place, now=NOW).state == "present"


def test_what_the_list_says_one_does_not_change_oneself(cast: build.Cast, row: Meeting) -> None:
    place = dispatching.attendance(meeting=row, unit=cast.school, state="absent")
    with pytest.raises(actions.CannotSignIn, match="登记为“缺席”"):
        actions.sign_in(cast.liaison, place, now=NOW)
    Meeting.objects.update(state="circulated")
    with pytest.raises(actions.CannotSignIn, match="不能签到"):
        actions.sign_in(cast.liaison, place, now=NOW)
    place.refresh_from_db()
    assert (place.state, place.version) == ("absent", 1)
