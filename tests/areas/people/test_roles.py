from datetime import date, timedelta
from typing import Any

import pytest

from tests import build
from xietong.areas.orgs.models import OrgKind, Role
from xietong.areas.people import actions, queries
from xietong.areas.people.models import RoleTerm
from xietong.kit.accounts.actor import SYSTEM

pytestmark = pytest.mark.django_db

TOMORROW = build.TODAY + timedelta(days=1)
ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


def grant(cast: build.Cast, person: Any, *, by: Any = None, **fields: Any) -> RoleTerm:
    values = {"role": Role.TEACHER, "organisation": cast.school, "from_on": build.TODAY, "now": build.NOW}
    return actions.grant_role(by or cast.office, person, **values | fields)


def roles_of(person: Any, on: date = build.TODAY) -> list[str]:
    return [one.role for one in queries.actors_of(person.account_id, on)]


def test_grant_role_lets_the_person_act() -> None:
    cast = build.cast()
    person = build.person(county=cast.county)
    build.account(person=person)

    term = grant(cast, person)

    assert (term.county, roles_of(person)) == (cast.county, ["teacher"])
    assert roles_of(person, build.TODAY - timedelta(days=1)) == []


def test_grant_role_until_a_day_ends_on_that_day() -> None:
    cast = build.cast()
    person = build.person(county=cast.county)
    build.account(person=person)

    grant(cast, person, to_on=TOMORROW)

    assert (roles_of(person), roles_of(person, TOMORROW)) == (["teacher"], [])


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_grant_role_refuses_the_three_administrators(role: str) -> None:
    cast = build.cast()
    before = RoleTerm.objects.count()

    with pytest.raises(actions.AdministratorsApart, match="命令行"):
        grant(cast, build.person(county=cast.county), role=role)

    assert RoleTerm.objects.count() == before


def test_grant_role_refuses_roles_of_another_keeper() -> None:
    cast = build.cast()
    teacher, tutor = build.person(county=cast.county), build.person(university=cast.university)
    before = RoleTerm.objects.count()

    for role in (Role.UNIVERSITY_COORDINATOR, Role.PROVINCE_OBSERVER, "nonsense"):
        with pytest.raises(actions.NotGrantable):
            grant(cast, teacher, role=role)
    with pytest.raises(actions.NotGrantable):
        grant(cast, tutor, by=cast.coordinator, role=Role.OFFICE, organisation=cast.university)

    assert RoleTerm.objects.count() == before
    granted = grant(cast, tutor, by=cast.coordinator, role=Role.UNIVERSITY_TUTOR, organisation=cast.university)
    assert (granted.county, granted.organisation) == (None, cast.university)


def test_grant_role_refuses_what_does_not_fit() -> None:
    cast = build.cast()
    person = build.person(county=cast.county)
    gone = build.person(county=cast.county, left_on=build.LONG_AGO)
    grant(cast, person)
    before = RoleTerm.objects.count()

    with pytest.raises(actions.ForeignPlace):
        grant(cast, person, organisation=build.organisation(county=cast.next_county))
    with pytest.raises(actions.Gone):
        grant(cast, gone)
    with pytest.raises(actions.AlreadyHeld):
        grant(cast, person)
    with pytest.raises(actions.AlreadyHeld):
        grant(cast, person, from_on=TOMORROW, to_on=TOMORROW + timedelta(days=9))

    assert RoleTerm.objects.count() == before


def test_grant_role_again_after_it_ended() -> None:
    cast = build.cast()
    person = build.person(county=cast.county)
    actions.end_role(cast.office, grant(cast, person), now=build.NOW)

    assert grant(cast, person).to_on is None


def test_end_role_holds_at_the_next_request() -> None:
    cast = build.cast()
    client = build.client(cast.liaison)
    assert client.get("/people/").status_code == 200

    term = actions.end_role(
        cast.office, RoleTerm.objects.get(pk=cast.liaison.term_id), reason="调整分工", now=build.NOW
    )

    assert term.to_on == build.TODAY
    assert roles_of(term.person) == []
    assert client.get("/people/").status_code == 404


def test_end_role_before_it_begins_never_lets_it_begin() -> None:
    cast = build.cast()
    person = build.person(county=cast.county)
    build.account(person=person)
    term = grant(cast, person, from_on=TOMORROW)

    ended = actions.end_role(cast.office, term, now=build.NOW)

    assert (ended.from_on, ended.to_on) == (TOMORROW, TOMORROW)
    assert roles_of(person, TOMORROW) == []


def test_end_role_refuses_what_has_ended() -> None:
    cast = build.cast()
    term = grant(cast, build.person(county=cast.county))
    actions.end_role(cast.office, term, now=build.NOW)

    with pytest.raises(actions.AlreadyEnded):
        actions.end_role(cast.office, term, now=build.NOW + timedelta(days=3))

    term.refresh_from_db()
    assert term.to_on == build.TODAY


def test_end_role_keeps_the_last_office_of_a_county() -> None:
    cast = build.cast()
    last = RoleTerm.objects.get(pk=cast.office.term_id)
    # None of these could act for the office: no account, a closed one, not yet, and another county's.
    for fields in ({}, {"is_active": False}):
        clerk = build.person(county=cast.county)
        term = build.role_term(person=clerk, organisation=last.organisation)
        clerk.account.__class__.objects.filter(pk=clerk.account_id).update(**fields or {"is_active": True})
        if not fields:
            clerk.account = None
            clerk.save()
        assert term.to_on is None
    build.role_term(organisation=last.organisation, from_on=TOMORROW)

    with pytest.raises(actions.LastOffice):
        actions.end_role(cast.office, last, now=build.NOW)

    last.refresh_from_db()
    assert last.to_on is None
    build.role_term(organisation=last.organisation)
    assert actions.end_role(cast.office, last, now=build.NOW).to_on == build.TODAY


def administer(cast: build.Cast, person: Any, role: str, **fields: Any) -> RoleTerm:
    return actions.grant_administrator(
        SYSTEM, **{"county": cast.county, "person": person, "role": role, "now": build.NOW} | fields
    )


def test_grant_administrator_keeps_the_three_apart() -> None:
    cast = build.cast()
    people = [build.person(county=cast.county) for _ in ADMINISTRATORS]

    terms = [administer(cast, person, role) for person, role in zip(people, ADMINISTRATORS, strict=True)]

    assert [(term.role, term.organisation.kind) for term in terms] == [
        (role, OrgKind.GROUP_OFFICE) for role in ADMINISTRATORS
    ]
    before = RoleTerm.objects.count()
    for person in people:
        for role in ADMINISTRATORS:
            with pytest.raises((actions.AdministratorsApart, actions.AlreadyHeld)):
                administer(cast, person, role)
    assert RoleTerm.objects.count() == before


def test_grant_administrator_after_the_other_ended() -> None:
    cast = build.cast()
    person = build.person(county=cast.county)
    term = administer(cast, person, Role.SYSTEM_ADMIN)

    with pytest.raises(actions.AdministratorsApart, match="命令行"):
        actions.end_role(cast.office, term, now=build.NOW)
    term.refresh_from_db()
    assert term.to_on is None

    actions.end_role(SYSTEM, term, now=build.NOW)
    assert administer(cast, person, Role.AUDIT_ADMIN).to_on is None


def test_grant_administrator_refuses_what_does_not_fit() -> None:
    cast = build.cast()
    person = build.person(county=cast.county)
    nowhere = build.county(code="999903", name="空岭县")
    before = RoleTerm.objects.count()

    with pytest.raises(actions.NotGrantable, match="三员"):
        administer(cast, person, Role.OFFICE)
    with pytest.raises(actions.ForeignPerson):
        administer(cast, person, Role.AUDIT_ADMIN, county=cast.next_county)
    with pytest.raises(actions.NotGrantable, match="还没有登记"):
        administer(cast, build.person(county=nowhere), Role.AUDIT_ADMIN, county=nowhere)

    assert RoleTerm.objects.count() == before
    build.organisation(county=nowhere, kind=OrgKind.BUREAU)
    assert administer(cast, build.person(county=nowhere), Role.AUDIT_ADMIN, county=nowhere).county == nowhere


def test_end_role_of_a_university_asks_for_no_office() -> None:
    cast = build.cast()
    term = RoleTerm.objects.get(pk=cast.coordinator.term_id)

    assert actions.end_role(cast.coordinator, term, now=build.NOW).to_on == build.TODAY
