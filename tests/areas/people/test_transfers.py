from typing import Any

import pytest
from django.utils import translation

from tests import build
from xietong.areas.people import actions, queries
from xietong.areas.people.actions.sealing import opened
from xietong.areas.people.models import Person, RoleTerm, Transfer
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.models import Entry
from xietong.kit.errors import Refused

pytestmark = pytest.mark.django_db

NUMBER = build.identity_number(41)


@pytest.fixture
def cast() -> build.Cast:
    return build.cast()


@pytest.fixture
def mover(cast: build.Cast) -> Person:
    """A teacher of the school with account, numbers, post and role."""
    person = build.person(county=cast.county, name="曾小雨", identity=NUMBER, phone="13900000005", staff_no="42")
    build.appointment(person=person, organisation=cast.school)
    build.role_term(person=person, role="teacher", organisation=cast.school)
    return person


def ask(cast: build.Cast, person: Person, **fields: Any) -> Transfer:
    return actions.ask_transfer(
        cast.office, person, **{"to_county": cast.next_county, "note": "对口支援", "now": build.NOW} | fields
    )


def test_ask_transfer_moves_nothing(cast: build.Cast, mover: Person) -> None:
    row = ask(cast, mover)

    mover.refresh_from_db()
    assert (row.state, row.from_county, row.to_county) == ("asked", cast.county, cast.next_county)
    assert (mover.left_on, [term.to_on for term in mover.roles.all()]) == (None, [None])
    assert Person.objects.filter(county=cast.next_county, name="曾小雨").count() == 0


def test_ask_transfer_refuses_what_does_not_fit(cast: build.Cast, mover: Person) -> None:
    ask(cast, mover)

    with pytest.raises(Refused, match="已有一项调动"):
        ask(cast, mover)
    with pytest.raises(actions.NotTransferable):
        ask(cast, build.person(county=cast.county), to_county=cast.county)
    with pytest.raises(actions.NotTransferable):
        ask(cast, build.person(university=cast.university))
    with pytest.raises(actions.Gone):
        ask(cast, build.person(county=cast.county, left_on=build.LONG_AGO))

    assert Transfer.objects.count() == 1


def test_confirm_transfer_enters_the_person_anew(cast: build.Cast, mover: Person) -> None:
    done = actions.confirm_transfer(cast.stranger, ask(cast, mover), now=build.NOW)

    mover.refresh_from_db()
    arrived = done.arrived
    assert (done.state, done.answered_at) == ("confirmed", build.NOW)
    assert (mover.left_on, mover.account) == (build.TODAY, None)
    assert [row.to_on for row in (*mover.roles.all(), *mover.appointments.all())] == [build.TODAY, build.TODAY]
    assert (arrived.county, arrived.name, arrived.initials, arrived.staff_no) == (
        cast.next_county,
        "曾小雨",
        "zxy",
        "",
    )
    assert (opened(arrived, arrived.identity_cipher), opened(arrived, arrived.phone_cipher)) == (
        NUMBER,
        "13900000005",
    )
    assert arrived.identity_hash != mover.identity_hash
    assert arrived.account.username == "42"
    assert (arrived.roles.count(), queries.actors_of(arrived.account_id, build.TODAY)) == (0, ())


def test_confirm_transfer_of_somebody_without_numbers_and_account(cast: build.Cast) -> None:
    done = actions.confirm_transfer(
        cast.stranger, ask(cast, build.person(county=cast.county, name="甲")), now=build.NOW
    )

    assert (done.arrived.name, done.arrived.account, done.arrived.identity_hash) == ("甲", None, None)


def test_confirm_transfer_refuses_a_number_that_is_registered_there(cast: build.Cast, mover: Person) -> None:
    build.person(county=cast.next_county, identity=NUMBER)
    row = ask(cast, mover)

    with pytest.raises(actions.AlreadyRegistered):
        actions.confirm_transfer(cast.stranger, row, now=build.NOW)

    row.refresh_from_db()
    mover.refresh_from_db()
    assert (row.state, mover.left_on, mover.account.username) == ("asked", None, "42")
    assert [term.to_on for term in mover.roles.all()] == [None]


def test_confirm_transfer_leaves_the_last_office(cast: build.Cast) -> None:
    clerk = RoleTerm.objects.get(pk=cast.office.term_id).person
    row = ask(cast, clerk)

    with pytest.raises(actions.LastOffice):
        actions.confirm_transfer(cast.stranger, row, now=build.NOW)

    clerk.refresh_from_db()
    assert clerk.left_on is None


def answers(actor: Actor, row: Transfer) -> list[Any]:
    return [
        lambda: actions.confirm_transfer(actor, row, now=build.NOW),
        lambda: actions.refuse_transfer(actor, row, note="不同意", now=build.NOW),
    ]


def test_only_the_county_that_is_asked_answers(cast: build.Cast, mover: Person) -> None:
    row = ask(cast, mover)

    for answer in answers(cast.office, row):
        with pytest.raises(actions.NotOurs):
            answer()
    with pytest.raises(actions.NotOurs):
        actions.withdraw_transfer(cast.stranger, row, now=build.NOW)

    row.refresh_from_db()
    assert row.state == "asked"


def test_refuse_transfer_says_why_and_keeps_the_person(cast: build.Cast, mover: Person) -> None:
    done = actions.refuse_transfer(cast.stranger, ask(cast, mover), note="岗位已满", now=build.NOW)

    mover.refresh_from_db()
    assert (done.state, done.note, done.arrived, mover.left_on) == ("refused", "岗位已满", None, None)


def test_withdraw_transfer_opens_the_way_for_another(cast: build.Cast, mover: Person) -> None:
    row = ask(cast, mover)

    assert actions.withdraw_transfer(cast.office, row, now=build.NOW).state == "withdrawn"
    for answer in answers(cast.stranger, row):
        with pytest.raises(actions.Answered):
            answer()
    with pytest.raises(actions.Answered):
        actions.withdraw_transfer(cast.office, row, now=build.NOW)

    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert ask(cast, mover).state == "asked"


def test_the_other_county_reads_no_more_than_the_name(cast: build.Cast, mover: Person) -> None:
    row = ask(cast, mover)
    client = build.client(cast.stranger)

    pages = [client.get(address) for address in ("/people/transfers/", f"/people/transfers/{row.pk}/")]

    for page in pages:
        assert page.status_code == 200
        assert "曾小雨" in page.text
        for secret in (mover.identity_masked, mover.phone_masked, mover.staff_no + "<", cast.school.name):
            assert secret not in page.text
    assert client.get(f"/people/{mover.pk}/").status_code == 404


def test_confirm_transfer_writes_its_reason_in_chinese_whoever_acts(cast: build.Cast, mover: Person) -> None:
    row = ask(cast, mover)

    with translation.override("en"):
        actions.confirm_transfer(cast.stranger, row, now=build.NOW)

    assert Entry.objects.get(action="people.end_role").reason == "调往临江县"
