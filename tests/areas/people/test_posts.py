from datetime import date
from typing import Any

import pytest

from tests import build
from xietong.areas.people import actions
from xietong.areas.people.models import Appointment
from xietong.kit.errors import Refused

pytestmark = pytest.mark.django_db


def appoint(cast: build.Cast, person: Any, **fields: Any) -> Appointment:
    values = {"organisation": cast.school, "post": "语文教师", "from_on": build.TODAY, "now": build.NOW}
    return actions.appoint(cast.office, person, **values | fields)


def test_appoint_notes_the_post() -> None:
    cast = build.cast()
    person = build.person(county=cast.county)

    row = appoint(cast, person, subject="语文", kind=Appointment.Kind.ROTATED, to_on=date(2027, 7, 1))

    row.refresh_from_db()
    assert (row.person, row.county, row.organisation) == (person, cast.county, cast.school)
    assert (row.post, row.subject, row.kind, row.to_on) == ("语文教师", "语文", "rotated", date(2027, 7, 1))


def test_appoint_at_the_faculty_of_a_university() -> None:
    cast = build.cast()
    faculty = build.organisation(kind="faculty", parent=cast.university, name="数学学院")
    person = build.person(university=cast.university)

    row = appoint(cast, person, organisation=faculty)

    assert (row.county, row.organisation) == (None, faculty)


def test_appoint_refuses_what_does_not_fit() -> None:
    cast = build.cast()
    person = build.person(county=cast.county)
    gone = build.person(county=cast.county, left_on=build.LONG_AGO)
    abroad = build.organisation(county=cast.next_county)
    closed = build.organisation(county=cast.county, closed_on=build.LONG_AGO)
    appoint(cast, person)
    before = Appointment.objects.count()

    with pytest.raises(actions.ForeignPlace, match="不属于本县"):
        appoint(cast, person, organisation=abroad)
    with pytest.raises(actions.ForeignPlace, match="不属于本县"):
        appoint(cast, person, organisation=cast.university)
    with pytest.raises(actions.ForeignPlace, match="已撤并"):
        appoint(cast, person, organisation=closed)
    with pytest.raises(actions.Gone):
        appoint(cast, gone)
    with pytest.raises(actions.AlreadyAppointed):
        appoint(cast, person)
    with pytest.raises(Refused, match="结束日期不能早于开始日期"):
        appoint(cast, person, post="班主任", to_on=build.LONG_AGO)

    assert Appointment.objects.count() == before


def test_end_appointment_ends_it_once() -> None:
    cast = build.cast()
    row = appoint(cast, build.person(county=cast.county))

    ended = actions.end_appointment(cast.office, row, to_on=build.TODAY, reason="调整", now=build.NOW)

    assert ended.to_on == build.TODAY
    with pytest.raises(actions.AlreadyEnded):
        actions.end_appointment(cast.office, row, to_on=date(2026, 10, 1), now=build.NOW)
    row.refresh_from_db()
    assert row.to_on == build.TODAY


def test_end_appointment_refuses_a_day_before_the_first() -> None:
    cast = build.cast()
    row = appoint(cast, build.person(county=cast.county))

    with pytest.raises(Refused, match="结束日期不能早于开始日期"):
        actions.end_appointment(cast.office, row, to_on=build.LONG_AGO, now=build.NOW)

    row.refresh_from_db()
    assert row.to_on is None
