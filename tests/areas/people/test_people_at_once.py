"""What must hold when two do the same at once: each in a connection of its own, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tests import build
from xietong.areas.orgs.models import Role
from xietong.areas.people import actions
from xietong.areas.people.models import Person, RoleTerm
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.accounts.models import Account
from xietong.kit.errors import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], Any]) -> list[str]:
    """The names of what each came to: "done", or its refusal."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> str:
        try:
            start.wait()
            deed()
        except Refused as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(run, deeds))


def test_two_clicks_make_one_account() -> None:
    cast = build.cast()
    person = build.person(county=cast.county, name="赵敏")
    token = actions.invite(cast.office, person, now=build.NOW).token

    def accept() -> None:
        actions.accept_invitation(token=token, password=build.PASSWORD, now=build.NOW)

    assert at_once(accept, accept) == ["InvitationClosed", "done"]
    assert Account.objects.filter(name="赵敏").count() == 1


def test_one_number_is_registered_once() -> None:
    cast, number = build.cast(), build.identity_number(55)

    def register() -> None:
        actions.register_person(cast.office, name="赵敏", identity=number, now=build.NOW)

    assert at_once(register, register) == ["AlreadyRegistered", "done"]
    assert Person.objects.filter(name="赵敏").count() == 1


def test_two_clerks_do_not_end_each_other() -> None:
    cast = build.cast()
    first = RoleTerm.objects.get(pk=cast.office.term_id)
    second = build.role_term(organisation=first.organisation)

    def end(term: RoleTerm) -> Callable[[], Any]:
        return lambda: actions.end_role(cast.office, term, now=build.NOW)

    assert at_once(end(first), end(second)) == ["LastOffice", "done"]
    assert RoleTerm.objects.filter(role=Role.OFFICE, county=cast.county, to_on=None).count() == 1


def test_two_administrators_stay_two_people() -> None:
    cast = build.cast()
    person = build.person(county=cast.county)

    def grant(role: str) -> Callable[[], Any]:
        return lambda: actions.grant_administrator(
            SYSTEM, county=cast.county, person=person, role=role, now=build.NOW
        )

    assert at_once(grant(Role.AUDIT_ADMIN), grant(Role.SYSTEM_ADMIN)) == ["AdministratorsApart", "done"]
    assert person.roles.count() == 1
