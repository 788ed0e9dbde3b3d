"""A row of the staff roster written into the register: a person, and the post that he holds."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from xietong.areas.people.actions.keeping import Keeper
from xietong.areas.people.actions.register import described
from xietong.areas.people.actions.sealing import (
    identity_fields,
    identity_number,
    is_number_of,
    is_phone_of,
    phone_fields,
    phone_number,
)
from xietong.areas.people.models import Appointment, Person
from xietong.kit.clock.time import day_of
from xietong.kit.sheets.journal import Journal


def write_person(
    journal: Journal, keeper: Keeper, pk: int | None, values: Mapping[str, str], *, now: datetime
) -> Person:
    """This function will enter somebody with his post, or change what the register says of both.

    A number, sex or first day of the post that the row does not give stays. Names are not changed by this door.

    Raises
        Malformed: the identity number or phone is none.
        Refused: a field or constraint does not hold.
    """
    if pk is None:
        person = Person(county_id=keeper.county_id, university_id=keeper.university_id)
        fields = described(values["name"], values["sex"] or person.sex, values["staff_no"])
        for name, value in (fields | new_numbers(keeper, person, values)).items():
            setattr(person, name, value)
        journal.add(person)
    else:
        person = Person.objects.get(pk=pk)
        fields = {"sex": values["sex"] or person.sex, "staff_no": values["staff_no"]}
        journal.change(person, **fields | new_numbers(keeper, person, values))
    write_post(journal, person, values, now=now)
    return person


def new_numbers(keeper: Keeper, person: Person, values: Mapping[str, str]) -> dict[str, str]:
    """The fields of those numbers alone that the register does not have yet, for each encryption differs."""
    number, phone = identity_number(values["identity"]), phone_number(values["phone"])
    fields = {} if is_number_of(keeper, person, number) else identity_fields(keeper, number)
    return fields if is_phone_of(person, phone) else fields | phone_fields(keeper, phone)


def write_post(journal: Journal, person: Person, values: Mapping[str, str], *, now: datetime) -> Appointment:
    """The post at the organisation of the row, corrected where he holds one there, or else taken."""
    place = int(values["organisation"])
    fields: dict[str, Any] = {
        "post": values["post"],
        "kind": values["kind"] or Appointment.Kind.ESTABLISHED,
        "subject": values["subject"],
        **({"from_on": date.fromisoformat(values["from_on"])} if values["from_on"] else {}),
    }
    held = person.appointments.filter(organisation_id=place, to_on=None).order_by("pk").first()
    if held is not None:
        return journal.change(held, **fields)
    row = Appointment(person=person, county_id=person.county_id, organisation_id=place)
    for name, value in {"from_on": day_of(now), **fields}.items():
        setattr(row, name, value)
    return journal.add(row)
