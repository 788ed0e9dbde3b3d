from datetime import timedelta
from typing import Any

import pytest

from tests import build
from xietong.areas.orgs.models import Role
from xietong.areas.people import actions, queries
from xietong.areas.people.actions.invitations import MOST_AT_ONCE
from xietong.areas.people.models import Invitation, Person, RoleTerm
from xietong.areas.people.rules.tokens import TokenState, hash_of
from xietong.kit.accounts.actor import SYSTEM, Actor
from xietong.kit.accounts.models import Account
from xietong.kit.audit.models import Entry
from xietong.kit.clock.time import machine_now
from xietong.kit.errors import Refused

pytestmark = pytest.mark.django_db


def invite(actor: Actor, person: Person) -> actions.Issued:
    return actions.invite(actor, person, now=build.NOW)


def reset(actor: Actor, person: Person) -> actions.Issued:
    return actions.reset_password(actor, person, now=build.NOW)


def person_of(actor: Actor) -> Person:
    return RoleTerm.objects.get(pk=actor.term_id).person


def newcomer(cast: build.Cast, **fields: Any) -> Person:
    """Somebody of the school without an account."""
    person = build.person(county=cast.county, **fields)
    build.appointment(person=person, organisation=cast.school)
    return person


def test_invite_keeps_only_the_hash() -> None:
    cast = build.cast()
    person = newcomer(cast)

    issued = invite(cast.liaison, person)

    row = Invitation.objects.get()
    assert (row.person, row.token_hash) == (person, hash_of(issued.token))
    assert row.expires_at - row.made_at == timedelta(days=7)
    assert abs(machine_now() - row.made_at) < timedelta(minutes=1)
    assert not Entry.objects.filter(changes__icontains=issued.token).exists()
    assert Entry.objects.filter(action="people.invite", target_id=str(person.pk)).count() == 1


def test_invite_cancels_the_older_link() -> None:
    cast = build.cast()
    person = newcomer(cast)

    first, second = invite(cast.office, person), invite(cast.office, person)

    states = [queries.joining(one.token, machine_now()).state for one in (first, second)]
    assert states == [TokenState.CANCELLED, TokenState.OPEN]


def test_invite_refuses_who_cannot_be_invited() -> None:
    cast = build.cast()

    with pytest.raises(actions.NotInvitable, match="已有账号"):
        invite(cast.office, person_of(cast.teacher))
    with pytest.raises(actions.NotInvitable, match="工号或手机号"):
        invite(cast.office, newcomer(cast, staff_no=""))
    with pytest.raises(actions.Gone):
        invite(cast.office, newcomer(cast, left_on=build.LONG_AGO))

    assert Invitation.objects.count() == 0


def test_invite_all_tells_whom_it_left_out() -> None:
    cast = build.cast()
    person, teacher = newcomer(cast), person_of(cast.teacher)

    issued, skipped = actions.invite_all(cast.office, [person, teacher], now=build.NOW)

    assert [one.person for one in issued] == [person]
    assert [(one.person, one.reason) for one in skipped] == [(teacher, "李兰已有账号，忘记密码请用“重置密码”。")]


def test_invite_all_refuses_too_many_at_once() -> None:
    cast = build.cast()
    person = newcomer(cast)

    with pytest.raises(Refused, match="一次最多邀请 100 人"):
        actions.invite_all(cast.office, [person] * (MOST_AT_ONCE + 1), now=build.NOW)

    assert Invitation.objects.count() == 0


def test_reset_password_ends_password_and_sessions() -> None:
    cast = build.cast()
    person = person_of(cast.teacher)
    person.account.set_password(build.PASSWORD)
    person.account.save()
    client = build.client(cast.teacher)
    assert client.get("/people/").status_code == 200

    issued = reset(cast.liaison, person)

    account = Account.objects.get(pk=person.account_id)
    assert (account.check_password(build.PASSWORD), account.must_change_password) == (False, True)
    assert client.get("/people/").status_code == 302
    assert queries.joining(issued.token, machine_now()).state == TokenState.OPEN


def test_reset_password_refuses_who_has_none() -> None:
    cast = build.cast()

    with pytest.raises(actions.NoAccount):
        reset(cast.office, newcomer(cast))

    assert Invitation.objects.count() == 0


@pytest.mark.parametrize(
    ("asks", "target", "allowed"),
    [
        ("liaison", "teacher", True),
        ("liaison", "head", False),
        ("liaison", "office", False),
        ("head", "liaison", True),
        ("head", "head", True),
        ("head", "office", False),
        ("office", "head", True),
        ("office", "office", True),
    ],
)
def test_reset_password_never_hands_out_more_rights(asks: str, target: str, allowed: bool) -> None:
    cast = build.cast()
    person = person_of(getattr(cast, target))
    before = person.account.password

    if allowed:
        assert reset(getattr(cast, asks), person).person == person
        return
    with pytest.raises(actions.OutOfReach):
        reset(getattr(cast, asks), person)

    assert Account.objects.get(pk=person.account_id).password == before
    assert Invitation.objects.count() == 0


def test_reset_password_counts_roles_elsewhere_roles_to_come_and_deputies() -> None:
    cast = build.cast()
    tomorrow = build.TODAY + timedelta(days=1)
    elsewhere, soon, deputy, former = (build.person(county=cast.county) for _ in range(4))
    build.role_term(person=elsewhere, role=Role.TEACHER, organisation=cast.other_school)
    build.role_term(person=soon, role=Role.SCHOOL_HEAD, organisation=cast.school, from_on=tomorrow)
    build.account(person=deputy)
    build.deputy(term=RoleTerm.objects.get(pk=cast.office.term_id), person=deputy)
    build.role_term(person=former, role=Role.OFFICE, organisation=cast.school, to_on=build.TODAY)

    for person in (elsewhere, soon, deputy):
        with pytest.raises(actions.OutOfReach):
            reset(cast.liaison, person)

    assert Invitation.objects.count() == 0
    assert reset(cast.liaison, former).person == former


def test_administrators_are_reached_from_the_command_line_only() -> None:
    cast = build.cast()
    person, invited = build.person(county=cast.county), build.person(county=cast.county)
    build.role_term(person=person, role=Role.AUDIT_ADMIN, organisation=cast.school)
    term = build.role_term(person=build.person(county=cast.county), role=Role.SYSTEM_ADMIN, organisation=cast.school)
    RoleTerm.objects.filter(pk=term.pk).update(person=invited)

    with pytest.raises(actions.OutOfReach):
        reset(cast.office, person)
    with pytest.raises(actions.OutOfReach):
        invite(cast.office, invited)

    assert Invitation.objects.count() == 0
    assert reset(SYSTEM, person).person == person
    assert invite(SYSTEM, invited).person == invited
