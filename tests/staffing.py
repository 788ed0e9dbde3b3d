"""Builders of a register of one school year with its schools and staff, written as the rows stand."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests import build
from xietong.areas.orgs.models import County, Figure, Organisation, RegisterYear, SchoolClass, SchoolRecord
from xietong.areas.people.models import Person, StaffRecord, Teaching

AS_OF = date(2025, 9, 1)


def register(*, county: County | None = None, year: int = 2025, **fields: Any) -> RegisterYear:
    usual = {"as_of": AS_OF.replace(year=year), "due_on": date(year, 10, 1), "opened_at": build.NOW}
    return RegisterYear.objects.create(county=county or build.home(), year=year, **usual | fields)


def record(*, register: RegisterYear, school: Organisation, **fields: Any) -> SchoolRecord:
    fields = {"kind": school.kind} | fields
    return SchoolRecord.objects.create(county=register.county, register=register, school=school, **fields)


def figure(*, record: SchoolRecord, field: str, value: int, stage: str = "", grade: int = 0) -> Figure:
    place = {"field": field, "stage": stage, "grade": grade, "value": value}
    return Figure.objects.create(county=record.county, record=record, source="statistics", as_of=AS_OF, **place)


def school_class(*, record: SchoolRecord, stage: str, grade: int, name: str = "1班", pupils: int = 40) -> SchoolClass:
    place = {"stage": stage, "grade": grade, "name": name, "pupils": pupils}
    return SchoolClass.objects.create(county=record.county, record=record, source="enrolment", as_of=AS_OF, **place)


def staff(*, record: SchoolRecord, person: Person | None = None, **fields: Any) -> StaffRecord:
    """One of the staff of a school; a new person with a post there unless told."""
    if person is None:
        person = build.somebody(record.school)
        build.appointment(person=person, organisation=record.school)
    return StaffRecord.objects.create(
        county=record.county, register=record.register, record=record, person=person, as_of=AS_OF, **fields
    )


def teaching(*, staff: StaffRecord, subject: str = "chinese", stage: str = "primary", **fields: Any) -> Teaching:
    """A subject that he teaches at his own school, mainly, unless told."""
    fields = {"record": staff.record, "periods": Decimal(12), "is_main": "record" not in fields} | fields
    return Teaching.objects.create(county=staff.county, staff=staff, stage=stage, subject=subject, **fields)


def teacher(*, record: SchoolRecord, subject: str = "chinese", stage: str = "primary", **fields: Any) -> StaffRecord:
    """One of the staff who teaches one subject."""
    row = staff(record=record, **fields)
    teaching(staff=row, subject=subject, stage=stage)
    return row
