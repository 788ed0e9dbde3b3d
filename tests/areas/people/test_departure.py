from datetime import timedelta
from typing import Any

import pytest

from tests import build
from xietong.areas.orgs.models import Role
from xietong.areas.people import actions, queries
from xietong.areas.people.models import Person, RoleTerm, Seat

pytestmark = pytest.mark.django_db


def leave(cast: build.Cast, person: Any, **fields: Any) -> Person:
    return actions.leave(cast.office, person, **{"left_on": build.TODAY, "reason": "退休", "now": build.NOW} | fields)


def person_of(actor: Any) -> Person:
    return RoleTerm.objects.get(pk=actor.term_id).person


def test_leave_ends_all_that_he_held() -> None:
    cast = build.cast()
    person, group = person_of(cast.liaison), build.leading_group(county=cast.county)
    seat = Seat.objects.create(
        group=group, person=person, unit=cast.school, position=Seat.Position.LIAISON, from_on=build.LONG_AGO
    )
    client = build.client(cast.liaison)
    assert client.get("/people/").status_code == 200

    gone = leave(cast, person, left_on=build.TODAY - timedelta(days=1))

    yesterday = build.TODAY - timedelta(days=1)
    assert gone.left_on == yesterday
    assert [post.to_on for post in gone.appointments.all()] == [yesterday]
    assert [term.to_on for term in gone.roles.all()] == [build.TODAY]
    seat.refresh_from_db()
    assert seat.to_on == yesterday
    assert gone.account.is_active is False
    assert queries.actors_of(gone.account_id, build.TODAY) == ()
    assert client.get("/people/").status_code == 302


def test_leave_cancels_invitations() -> None:
    cast = build.cast()
    person = build.person(county=cast.county)
    issued = actions.invite(cast.office, person, now=build.NOW)

    leave(cast, person)

    with pytest.raises(actions.InvitationClosed):
        actions.accept_invitation(token=issued.token, password=build.PASSWORD, now=build.NOW)
    person.refresh_from_db()
    assert person.account is None


def test_leave_refuses_a_day_to_come_and_a_second_time() -> None:
    cast = build.cast()
    person = person_of(cast.teacher)

    with pytest.raises(actions.NotLeaving, match="不能晚于今天"):
        leave(cast, person, left_on=build.TODAY + timedelta(days=1))
    person.refresh_from_db()
    assert (person.left_on, person.roles.get().to_on) == (None, None)

    leave(cast, person)
    with pytest.raises(actions.Gone):
        leave(cast, person, left_on=build.LONG_AGO)
    person.refresh_from_db()
    assert person.left_on == build.TODAY


def test_leave_refuses_who_must_be_replaced_first() -> None:
    cast = build.cast()
    clerk, administrator = person_of(cast.office), build.person(county=cast.county)
    build.role_term(person=administrator, role=Role.SECURITY_ADMIN, organisation=cast.school)

    with pytest.raises(actions.LastOffice):
        leave(cast, clerk)
    with pytest.raises(actions.AdministratorsApart):
        leave(cast, administrator)

    assert [one.left_on for one in Person.objects.filter(pk__in=(clerk.pk, administrator.pk))] == [None, None]
    assert [post.to_on for post in clerk.appointments.all()] == [None]


def test_leave_waits_for_a_transfer() -> None:
    cast = build.cast()
    person = person_of(cast.teacher)
    actions.ask_transfer(cast.office, person, to_county=cast.next_county, now=build.NOW)

    with pytest.raises(actions.NotLeaving, match="调动"):
        leave(cast, person)

    person.refresh_from_db()
    assert person.left_on is None
