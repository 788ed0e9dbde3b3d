from typing import Any

import pytest

from tests import build
from xietong.areas.people import actions
from xietong.areas.people.actions.sealing import opened
from xietong.areas.people.models import Person
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.models import Entry
from xietong.kit.errors import Refused, Stale
from xietong.kit.keys.sealing import fingerprint
from xietong.kit.ring import ring

pytestmark = pytest.mark.django_db


def register(actor: Any, **fields: Any) -> Person:
    return actions.register_person(actor, **{"name": "曾小雨", "now": build.NOW} | fields)


def test_register_person_stores_numbers_sealed() -> None:
    cast, number = build.cast(), build.identity_number(7)

    row = register(cast.office, identity=f" {number[:6]} {number[6:]} ", phone="+86 139-0000-0001", staff_no=" 0071 ")

    row.refresh_from_db()
    keeper = f"county:{cast.county.pk}"
    assert (row.county, row.university, row.staff_no) == (cast.county, None, "0071")
    assert (row.pinyin, row.initials) == ("zeng xiao yu", "zxy")
    assert (row.identity_masked, row.phone_masked) == (f"999901********{number[-4:]}", "139****0001")
    assert row.identity_hash == fingerprint(ring(), number, scope=keeper)
    assert (opened(row, row.identity_cipher), opened(row, row.phone_cipher)) == (number, "13900000001")
    assert number not in str(vars(row))


def test_register_person_takes_the_sex_from_the_number() -> None:
    cast = build.cast()

    man, woman = (register(cast.office, identity=build.identity_number(n), sex="9") for n in (11, 12))

    assert (man.sex, woman.sex) == ("1", "2")


def test_register_person_without_numbers() -> None:
    row = register(build.cast().office)

    assert (row.identity_cipher, row.identity_hash, row.phone_cipher) == ("", None, "")


def test_register_person_belongs_to_the_university_of_its_coordinator() -> None:
    cast = build.cast()

    row = register(cast.coordinator, identity=build.identity_number(8))

    assert (row.county, row.university) == (None, cast.university)
    assert row.identity_hash == fingerprint(
        ring(), build.identity_number(8), scope=f"university:{cast.university.pk}"
    )


def test_register_person_refuses_the_same_number_in_one_county_only() -> None:
    cast, number = build.cast(), build.identity_number(9)
    register(cast.office, identity=number)
    before = Person.objects.count()

    with pytest.raises(actions.AlreadyRegistered, match="已经登记过"):
        register(cast.office, name="另一人", identity=number)

    assert Person.objects.count() == before
    assert register(cast.stranger, identity=number).county == cast.next_county
    assert register(cast.coordinator, identity=number).university == cast.university


def test_register_person_sees_numbers_hashed_under_an_older_key() -> None:
    cast, number = build.cast(), build.identity_number(10)
    register(cast.office, identity=number)
    before = Person.objects.count()
    ring().rotate("lookup")

    with pytest.raises(actions.AlreadyRegistered):
        register(cast.office, identity=number)

    assert Person.objects.count() == before


def test_register_person_takes_somebody_back_who_had_left() -> None:
    cast, number = build.cast(), build.identity_number(13)
    build.person(county=cast.county, identity=number, left_on=build.LONG_AGO)

    assert register(cast.office, identity=number).left_on is None


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"identity": "99990120990101001"}, "身份证号应为18位"),
        ({"phone": "12345"}, "手机号应为11位"),
        ({"name": " "}, "null|空|blank|字段"),
    ],
)
def test_register_person_refuses_what_is_malformed(fields: dict[str, str], message: str) -> None:
    cast = build.cast()
    before = Person.objects.count()

    with pytest.raises(Refused, match=message) as refusal:
        register(cast.office, **fields)

    assert "99990120990101001" not in str(refusal.value)
    assert Person.objects.count() == before
    assert Entry.objects.filter(action="people.register_person").count() == 0


def test_register_person_needs_a_keeper() -> None:
    nobody = Actor(account_id=None, name="", role="office")

    with pytest.raises(Refused):
        register(nobody)

    assert Person.objects.count() == 0


def test_register_person_is_audited_without_the_numbers() -> None:
    number = build.identity_number(14)

    register(build.cast().office, identity=number)

    entry = Entry.objects.get(action="people.register_person")
    assert number not in str(entry.changes)
    assert entry.changes["identity_cipher"][1]["masked"] == "***"
    assert (entry.actor_name, entry.target_name) == ("陈启明", "曾小雨")


def change(actor: Any, row: Person, **fields: Any) -> Person:
    values = {"version": row.version, "name": row.name, "sex": row.sex, "staff_no": row.staff_no, "now": build.NOW}
    return actions.change_person(actor, row, **values | fields)


def test_change_person_keeps_numbers_that_are_left_empty() -> None:
    cast = build.cast()
    row = build.person(county=cast.county, identity=build.identity_number(15), phone="13900000002")
    build.account(person=row)

    changed = change(cast.office, row, name="单小雨", sex="2", staff_no="9")

    assert (changed.name, changed.initials, changed.sex, changed.staff_no) == ("单小雨", "sxy", "2", "9")
    assert (changed.identity_cipher, changed.phone_cipher) == (row.identity_cipher, row.phone_cipher)
    assert changed.version == row.version + 1
    changed.account.refresh_from_db()
    assert changed.account.name == "单小雨"


def test_change_person_replaces_numbers_that_are_given() -> None:
    cast, number = build.cast(), build.identity_number(17)
    row = build.person(county=cast.county, identity=build.identity_number(16), phone="13900000002")

    changed = change(cast.office, row, identity=number, phone="13900000003")

    assert opened(changed, changed.identity_cipher) == number
    assert opened(changed, changed.phone_cipher) == "13900000003"


def test_change_person_may_give_the_number_that_he_has() -> None:
    cast, number = build.cast(), build.identity_number(18)
    row = build.person(county=cast.county, identity=number)

    assert change(cast.office, row, identity=number).version == row.version + 1


def test_change_person_refuses_the_number_of_another() -> None:
    cast, number = build.cast(), build.identity_number(19)
    build.person(county=cast.county, identity=number)
    row = build.person(county=cast.county)

    with pytest.raises(actions.AlreadyRegistered):
        change(cast.office, row, name="改名", identity=number)

    row.refresh_from_db()
    assert (row.name != "改名", row.identity_cipher, row.version) == (True, "", 1)


def test_change_person_refuses_a_lost_update() -> None:
    cast = build.cast()
    row = build.person(county=cast.county)
    change(cast.office, row, name="甲")

    with pytest.raises(Stale) as stale:
        change(cast.office, row, name="乙")

    assert stale.value.current.name == "甲"
    row.refresh_from_db()
    assert row.name == "甲"
