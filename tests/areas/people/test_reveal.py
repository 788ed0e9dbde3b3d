import pytest

from tests import build
from xietong.areas.people import actions
from xietong.kit.audit.models import Entry
from xietong.kit.keys.errors import Tampered

pytestmark = pytest.mark.django_db


def test_reveal_shows_the_number_and_records_why() -> None:
    cast, number = build.cast(), build.identity_number(31)
    person = build.person(county=cast.county, identity=number, phone="13900000004")

    identity = actions.reveal(cast.office, person, field="identity", reason=" 核对职称材料 ", now=build.NOW)
    phone = actions.reveal(cast.office, person, field="phone", reason="通知开会", now=build.NOW)

    assert (identity, phone) == (number, "13900000004")
    entries = Entry.objects.filter(action="people.reveal").order_by("pk")
    assert [(one.reason, one.changes, one.target_id) for one in entries] == [
        ("核对职称材料", {"revealed": [None, "identity"]}, str(person.pk)),
        ("通知开会", {"revealed": [None, "phone"]}, str(person.pk)),
    ]


def test_reveal_refuses_without_a_reason() -> None:
    cast = build.cast()
    person = build.person(county=cast.county, phone="13900000004")

    with pytest.raises(actions.NoReason):
        actions.reveal(cast.office, person, field="phone", reason="  ", now=build.NOW)

    assert Entry.objects.filter(action="people.reveal").count() == 0


def test_reveal_refuses_what_is_not_registered() -> None:
    cast = build.cast()

    with pytest.raises(actions.NothingToReveal):
        actions.reveal(cast.office, build.person(county=cast.county), field="phone", reason="看看", now=build.NOW)

    assert Entry.objects.filter(action="people.reveal").count() == 0


def test_a_number_copied_to_another_keeper_does_not_open_there() -> None:
    cast = build.cast()
    cipher = build.person(county=cast.county, phone="13900000004").phone_cipher
    thief = build.person(county=cast.next_county, phone_cipher=cipher)

    with pytest.raises(Tampered):
        actions.reveal(cast.stranger, thief, field="phone", reason="看看", now=build.NOW)
