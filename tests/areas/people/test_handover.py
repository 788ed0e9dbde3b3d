from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests import build
from xietong.areas.orgs.models import Role
from xietong.areas.people import actions, queries
from xietong.areas.people.events import WorkHandedOver
from xietong.areas.people.models import Handover, RoleTerm
from xietong.kit.errors import Refused
from xietong.kit.events import bus

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard() -> Iterator[list[WorkHandedOver]]:
    """What an area above hears; a test may make it fail."""
    events: list[WorkHandedOver] = []
    subscription = bus.Subscription("plans", lambda actor, event, now: events.append(event))
    before = bus.SUBSCRIPTIONS[WorkHandedOver]
    bus.SUBSCRIPTIONS[WorkHandedOver] = [subscription]
    yield events
    bus.SUBSCRIPTIONS[WorkHandedOver] = before


def hand_over(cast: build.Cast, giver: Any, successor: Any) -> Handover:
    return actions.hand_over(cast.office, giver=giver, successor=successor, reason="工作调整", now=build.NOW)


def roles_of(person: Any) -> list[tuple[str, str]]:
    return [(one.role, one.org_name) for one in queries.actors_of(person.account_id, build.TODAY)]


def test_hand_over_moves_every_role(heard: list[WorkHandedOver]) -> None:
    cast = build.cast()
    giver = RoleTerm.objects.get(pk=cast.liaison.term_id).person
    build.role_term(person=giver, role=Role.TEACHER, organisation=cast.school)
    later = build.TODAY + timedelta(days=30)
    build.role_term(person=giver, role=Role.MENTOR, organisation=cast.school, from_on=later)
    successor = build.person(county=cast.county)
    build.account(person=successor)
    build.role_term(person=successor, role=Role.TEACHER, organisation=cast.school)

    made = hand_over(cast, giver, successor)

    assert (made.roles, made.county, made.at, made.reason) == (3, cast.county, build.NOW, "工作调整")
    assert roles_of(giver) == []
    assert sorted(roles_of(successor)) == [("school_liaison", "一小"), ("teacher", "一小")]
    assert list(successor.roles.filter(role=Role.MENTOR).values_list("from_on", flat=True)) == [later]
    assert heard == [WorkHandedOver(giver.pk, successor.pk)]


def test_hand_over_keeps_an_agreed_end(heard: list[WorkHandedOver]) -> None:
    cast = build.cast()
    giver, successor = build.person(county=cast.county), build.person(county=cast.county)
    until = build.TODAY + timedelta(days=60)
    build.role_term(person=giver, role=Role.TEACHER, organisation=cast.school, to_on=until)

    hand_over(cast, giver, successor)

    assert list(successor.roles.values_list("from_on", "to_on")) == [(build.TODAY, until)]


def test_hand_over_leaves_administrators_where_they_are(heard: list[WorkHandedOver]) -> None:
    cast = build.cast()
    giver, successor = build.person(county=cast.county), build.person(county=cast.county)
    build.role_term(person=giver, role=Role.AUDIT_ADMIN, organisation=cast.school)

    made = hand_over(cast, giver, successor)

    assert (made.roles, successor.roles.count(), giver.roles.get().to_on) == (0, 0, None)


def test_hand_over_of_the_only_office_needs_a_successor_with_an_account(heard: list[WorkHandedOver]) -> None:
    cast = build.cast()
    giver = RoleTerm.objects.get(pk=cast.office.term_id).person
    successor = build.person(county=cast.county)

    with pytest.raises(actions.LastOffice):
        hand_over(cast, giver, successor)

    assert (roles_of(giver)[0][0], successor.roles.count(), heard, Handover.objects.count()) == ("office", 0, [], 0)
    build.account(person=successor)
    hand_over(cast, giver, successor)
    assert (roles_of(giver), roles_of(successor)[0][0]) == ([], "office")


def test_hand_over_refuses_who_cannot_take_it(heard: list[WorkHandedOver]) -> None:
    cast = build.cast()
    giver = RoleTerm.objects.get(pk=cast.liaison.term_id).person

    with pytest.raises(actions.NotSuccessor):
        hand_over(cast, giver, giver)
    with pytest.raises(actions.ForeignPerson):
        hand_over(cast, giver, build.person(county=cast.next_county))
    with pytest.raises(actions.Gone):
        hand_over(cast, giver, build.person(county=cast.county, left_on=build.LONG_AGO))

    assert (roles_of(giver)[0][0], heard, Handover.objects.count()) == ("school_liaison", [], 0)


def test_hand_over_undoes_everything_when_an_area_above_cannot_follow(heard: list[WorkHandedOver]) -> None:
    def fail(_actor: Any, _event: Any, _now: Any) -> None:
        raise Refused("任务台账被锁定")

    bus.SUBSCRIPTIONS[WorkHandedOver] = [bus.Subscription("plans", fail)]
    cast = build.cast()
    giver, successor = RoleTerm.objects.get(pk=cast.liaison.term_id).person, build.person(county=cast.county)

    with pytest.raises(bus.SubscriberFailed, match=r"行动方案.*任务台账被锁定"):
        hand_over(cast, giver, successor)

    assert (roles_of(giver)[0][0], successor.roles.count(), Handover.objects.count()) == ("school_liaison", 0, 0)
