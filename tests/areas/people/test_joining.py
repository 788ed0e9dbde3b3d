from datetime import timedelta
from typing import Any

import pytest

from tests import build
from xietong.areas.people import actions, queries
from xietong.areas.people.models import Invitation, Person
from xietong.areas.people.rules.tokens import TokenState
from xietong.kit.accounts.models import Account
from xietong.kit.audit.models import Entry
from xietong.kit.clock.time import machine_now

pytestmark = pytest.mark.django_db


def accept(token: str, password: str = build.PASSWORD) -> Account:
    return actions.accept_invitation(token=token, password=password, address="10.0.0.9", now=build.NOW)


def invited(cast: build.Cast, **fields: Any) -> tuple[Person, str]:
    person = build.person(county=cast.county, **fields)
    return person, actions.invite(cast.office, person, now=build.NOW).token


def test_accept_invitation_opens_the_account() -> None:
    cast = build.cast()
    person, token = invited(cast, name="赵敏", staff_no="yl0007")

    account = accept(token)

    person.refresh_from_db()
    assert (person.account, account.username, account.name) == (account, "yl0007", "赵敏")
    assert (account.check_password(build.PASSWORD), account.must_change_password) == (True, False)
    entry = Entry.objects.get(action="people.accept_invitation")
    assert (entry.actor_name, entry.address, entry.county_id) == ("赵敏", "10.0.0.9", cast.county.pk)


def test_accept_invitation_takes_the_first_login_name_that_is_free() -> None:
    cast = build.cast()
    taken = {"staff_no": "7", "phone": "13900000009"}

    names = [accept(invited(cast, **taken)[1]).username for _ in range(4)]

    assert names == ["7", "13900000009", "7-2", "7-3"]


def test_accept_invitation_uses_the_phone_where_there_is_no_staff_number() -> None:
    _person, token = invited(build.cast(), staff_no="", phone="13900000008")

    assert accept(token).username == "13900000008"


def test_accept_invitation_is_for_once() -> None:
    _person, token = invited(build.cast())
    account = accept(token)

    with pytest.raises(actions.InvitationClosed) as closed:
        accept(token, "Another-2026")

    assert closed.value.state == TokenState.USED
    account.refresh_from_db()
    assert account.check_password(build.PASSWORD)
    assert Account.objects.filter(person__name=account.name).count() == 1


def test_accept_invitation_refuses_links_that_open_nothing() -> None:
    cast = build.cast()
    old, cancelled = invited(cast), invited(cast)
    Invitation.objects.filter(person=old[0]).update(expires_at=machine_now())
    actions.invite(cast.office, cancelled[0], now=build.NOW)
    accounts = Account.objects.count()

    states = []
    for token in (old[1], cancelled[1], "nonsense"):
        with pytest.raises(actions.InvitationClosed) as closed:
            accept(token)
        states.append(closed.value.state)

    assert states == [TokenState.EXPIRED, TokenState.CANCELLED, TokenState.UNKNOWN]
    assert Account.objects.count() == accounts


@pytest.mark.parametrize("password", ["short", "allsmallletters", "Yl-000777", "Passw0rd"])
def test_accept_invitation_refuses_a_weak_password_and_keeps_the_link(password: str) -> None:
    person, token = invited(build.cast(), staff_no="Yl-000777")

    with pytest.raises(actions.WeakPassword):
        accept(token, password)

    person.refresh_from_db()
    assert person.account is None
    assert queries.joining(token, machine_now()).state == TokenState.OPEN


def test_accept_invitation_sets_a_new_password_after_a_reset() -> None:
    cast = build.cast()
    person, first = invited(cast)
    account = accept(first)
    token = actions.reset_password(cast.office, Person.objects.get(pk=person.pk), now=build.NOW).token

    again = accept(token, "Linjiang-2027")

    assert (again.pk, again.username) == (account.pk, account.username)
    assert (again.check_password("Linjiang-2027"), again.must_change_password) == (True, False)


def test_accept_invitation_does_not_wake_an_account_that_was_closed() -> None:
    cast = build.cast()
    person, first = invited(cast)
    accept(first)
    token = actions.reset_password(cast.office, Person.objects.get(pk=person.pk), now=build.NOW).token
    Account.objects.update(is_active=False)

    with pytest.raises(actions.InvitationClosed):
        accept(token, "Linjiang-2027")

    assert not Account.objects.get(person=person).check_password("Linjiang-2027")


def test_join_leads_in_three_steps_to_the_workbench(client: Any) -> None:
    cast = build.cast()
    person, token = invited(cast, name="赵敏")
    build.appointment(person=person, organisation=cast.school)
    address = f"/people/join/{token}/"

    first = client.get(address)
    second = client.get(f"{address}?step=password")
    unequal = client.post(address, {"password": build.PASSWORD, "again": "else"})
    weak = client.post(address, {"password": "short", "again": "short"})
    done = client.post(address, {"password": build.PASSWORD, "again": build.PASSWORD})

    assert [one.status_code for one in (first, second, unequal, weak, done)] == [200, 200, 422, 422, 200]
    assert "赵敏" in first.text
    assert "云岭县第一小学" in first.text
    assert "两次输入的密码不一致" in unequal.text
    account = Account.objects.get(person=person)
    assert account.username in done.text
    assert client.session["_auth_user_id"] == str(account.pk)
    assert client.get(address).status_code == 410
    assert "no-store" in first["Cache-Control"]


def test_join_says_whom_to_ask(client: Any) -> None:
    person, token = invited(build.cast())
    Invitation.objects.filter(person=person).update(expires_at=machine_now() - timedelta(days=1))

    expired, unknown = client.get(f"/people/join/{token}/"), client.get("/people/join/nonsense/")

    assert (expired.status_code, unknown.status_code) == (410, 404)
    assert "已经过期" in expired.text
    assert "联络员" in expired.text
    assert person.name not in expired.text
    assert client.post(f"/people/join/{token}/", {"password": "x", "again": "x"}).status_code == 410
    assert client.put(f"/people/join/{token}/").status_code == 405


def test_join_does_not_wake_an_account_that_was_closed(client: Any) -> None:
    cast = build.cast()
    person, first = invited(cast)
    accept(first)
    token = actions.reset_password(cast.office, Person.objects.get(pk=person.pk), now=build.NOW).token
    Account.objects.update(is_active=False)

    answer = client.post(f"/people/join/{token}/", {"password": build.PASSWORD, "again": build.PASSWORD})

    assert (answer.status_code, "_auth_user_id" in client.session) == (410, False)
