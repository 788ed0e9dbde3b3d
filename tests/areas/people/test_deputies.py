from datetime import date, timedelta
from typing import Any

import pytest

from tests import build
from xietong.areas.orgs.models import Role
from xietong.areas.people import actions, queries
from xietong.areas.people.models import Deputy, RoleTerm

pytestmark = pytest.mark.django_db

FROM, UNTIL = build.TODAY, build.TODAY + timedelta(days=5)


def deputise(cast: build.Cast, person: Any, **fields: Any) -> Deputy:
    term = RoleTerm.objects.get(pk=cast.liaison.term_id)
    values = {"person": person, "from_on": FROM, "to_on": UNTIL, "now": build.NOW}
    return actions.deputise(cast.office, term, **values | fields)


def stands_in(person: Any, on: date) -> list[tuple[str, str]]:
    return [(one.role, one.stands_in_for) for one in queries.actors_of(person.account_id, on)]


@pytest.fixture
def cast() -> build.Cast:
    return build.cast()


@pytest.fixture
def colleague(cast: build.Cast) -> Any:
    person = build.person(county=cast.county)
    build.account(person=person)
    return person


def test_deputise_lets_him_act_on_those_days_only(cast: build.Cast, colleague: Any) -> None:
    deputise(cast, colleague)

    assert stands_in(colleague, FROM) == [("school_liaison", "曾小雨")]
    assert stands_in(colleague, UNTIL - timedelta(days=1)) == [("school_liaison", "曾小雨")]
    assert stands_in(colleague, UNTIL) == []
    assert stands_in(colleague, FROM - timedelta(days=1)) == []


def test_deputise_refuses_what_does_not_fit(cast: build.Cast, colleague: Any) -> None:
    term = RoleTerm.objects.get(pk=cast.liaison.term_id)
    administrator = build.role_term(role=Role.AUDIT_ADMIN, organisation=cast.school)
    deputise(cast, colleague)
    before = Deputy.objects.count()

    with pytest.raises(actions.NotDeputy, match="本人"):
        deputise(cast, term.person)
    with pytest.raises(actions.NotDeputy, match="之后"):
        deputise(cast, colleague, to_on=FROM)
    with pytest.raises(actions.NotDeputy, match="已是代理人"):
        deputise(cast, colleague, from_on=UNTIL - timedelta(days=1), to_on=UNTIL + timedelta(days=1))
    with pytest.raises(actions.ForeignPerson):
        deputise(cast, build.person(county=cast.next_county))
    with pytest.raises(actions.ForeignPerson):
        deputise(cast, build.person(university=cast.university))
    with pytest.raises(actions.Gone):
        deputise(cast, build.person(county=cast.county, left_on=build.LONG_AGO))
    with pytest.raises(actions.AdministratorsApart):
        actions.deputise(cast.office, administrator, person=colleague, from_on=FROM, to_on=UNTIL, now=build.NOW)

    assert Deputy.objects.count() == before


def test_deputise_refuses_a_role_that_will_have_ended(cast: build.Cast, colleague: Any) -> None:
    RoleTerm.objects.filter(pk=cast.liaison.term_id).update(to_on=FROM)

    with pytest.raises(actions.NotDeputy, match="届时已经结束"):
        deputise(cast, colleague)

    assert Deputy.objects.count() == 0


def test_end_deputy_holds_at_once(cast: build.Cast, colleague: Any) -> None:
    row = deputise(cast, colleague, from_on=build.LONG_AGO)

    ended = actions.end_deputy(cast.office, row, now=build.NOW)

    assert (ended.to_on, stands_in(colleague, build.TODAY)) == (build.TODAY, [])
    with pytest.raises(actions.AlreadyEnded):
        actions.end_deputy(cast.office, row, now=build.NOW)


def test_end_deputy_before_he_begins(cast: build.Cast, colleague: Any) -> None:
    row = deputise(cast, colleague, from_on=UNTIL, to_on=UNTIL + timedelta(days=1))

    actions.end_deputy(cast.office, row, now=build.NOW)

    assert stands_in(colleague, UNTIL) == []


def test_a_deputy_loses_the_role_when_its_holder_does(cast: build.Cast, colleague: Any) -> None:
    deputise(cast, colleague)

    actions.end_role(cast.office, RoleTerm.objects.get(pk=cast.liaison.term_id), now=build.NOW)

    assert stands_in(colleague, build.TODAY) == []
