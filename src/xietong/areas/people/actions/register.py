"""People come into the register, and what it says of them changes."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.people.actions.keeping import Keeper
from xietong.areas.people.actions.sealing import (
    AlreadyRegistered,
    identity_fields,
    identity_number,
    is_registered,
    phone_fields,
    phone_number,
)
from xietong.areas.people.models import Person
from xietong.areas.people.rules.identity import IdentityNumber
from xietong.areas.people.rules.pinyin import spelling
from xietong.kit.accounts.actor import Actor
from xietong.kit.accounts.models import Account
from xietong.kit.records.writing import add, change


def register_person(
    actor: Actor,
    *,
    name: str,
    sex: str = Person.Sex.UNKNOWN,
    staff_no: str = "",
    identity: str = "",
    phone: str = "",
    now: datetime,
) -> Person:
    """This function will enter somebody into the register of the actor's county or university.

    Raises
        Malformed: the identity number or phone is none.
        AlreadyRegistered: the keeper has somebody with this identity number.
    """
    keeper, number = Keeper.behind(actor), identity_number(identity)
    row = Person(
        county_id=keeper.county_id,
        university_id=keeper.university_id,
        **described(name, sex, staff_no)
        | identity_fields(keeper, number)
        | phone_fields(keeper, phone_number(phone)),
    )
    with transaction.atomic():
        must_be_new(keeper, number)
        return add(actor, row, action="people.register_person", now=now)


def change_person(
    actor: Actor,
    person: Person,
    *,
    version: int,
    name: str,
    sex: str,
    staff_no: str = "",
    identity: str = "",
    phone: str = "",
    now: datetime,
) -> Person:
    """This function will change what the register says of somebody; an empty identity number or phone stays.

    Raises
        Stale: somebody changed it meanwhile.
        Malformed, AlreadyRegistered: as for `register_person`.
    """
    keeper, number = Keeper.of(person), identity_number(identity)
    values = described(name, sex, staff_no) | identity_fields(keeper, number)
    values |= phone_fields(keeper, phone_number(phone))
    with transaction.atomic():
        must_be_new(keeper, number, besides=person.pk)
        row = change(actor, person, action="people.change_person", now=now, version=version, **values)
        Account.objects.filter(pk=row.account_id or 0).update(name=row.name)
    return row


def described(name: str, sex: str, staff_no: str) -> dict[str, Any]:
    pinyin, initials = spelling(name)
    return {
        "name": name.strip(),
        "pinyin": pinyin,
        "initials": initials,
        "sex": sex,
        "staff_no": staff_no.strip(),
    }


def must_be_new(keeper: Keeper, number: IdentityNumber | None, *, besides: int | None = None) -> None:
    """Held until the transaction ends, because no constraint sees numbers hashed under different keys."""
    keeper.hold()
    if is_registered(keeper, number, besides=besides):
        raise AlreadyRegistered(_("这个身份证号的人员已经登记过了。"))
