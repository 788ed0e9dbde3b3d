"""Builders of the yearly register: school years, records, figures, classes, rooms; and the files that fill them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tests import staffing
from tests.build import NOW, home
from tests.build import organisation as school
from xietong.areas.orgs.models import (
    CareFigure,
    Correction,
    County,
    Explanation,
    Figure,
    Organisation,
    RegisterYear,
    Room,
    SchoolClass,
    SchoolRecord,
)
from xietong.areas.orgs.queries import stages_of
from xietong.areas.orgs.rules.fields import FIELDS

AS_OF = date(2026, 9, 1)
DUE_ON = date(2026, 9, 22)


def register_year(
    *, county: County | None = None, year: int = 2026, locked_at: datetime | None = None, **fields: Any
) -> RegisterYear:
    """The register of a county's school year; made at the first call of a test."""
    usual = {"as_of": date(year, 9, 1), "due_on": DUE_ON, "opened_at": NOW, "locked_at": locked_at} | fields
    return RegisterYear.objects.get_or_create(county=county or home(), year=year, defaults=usual)[0]


def school_record(
    *, school: Organisation, register: RegisterYear | None = None, confirmed_at: datetime | None = None, **fields: Any
) -> SchoolRecord:
    """A school in a school year, in the present one unless told."""
    assert school.county is not None
    usual = {"kind": school.kind, "urban_rural": school.urban_rural, "confirmed_at": confirmed_at} | fields
    if confirmed_at:
        usual.setdefault("confirmed_by", "周文清")
    year = register or register_year(county=school.county)
    return SchoolRecord.objects.create(county=school.county, register=year, school=school, **usual)


def of(record: SchoolRecord, source: str, **fields: Any) -> dict[str, Any]:
    return {
        "county_id": record.county_id,
        "record": record,
        "source": source,
        "as_of": record.register.as_of,
    } | fields


def figure(
    *,
    record: SchoolRecord,
    field: str,
    value: Any,
    stage: str | None = None,
    grade: int = 0,
    source: str = "statistics",
) -> Figure:
    """One figure; of the school's first stage unless told."""
    place = {"stage": stages_of(record)[0] if stage is None else stage, "grade": grade, "field": field}
    return Figure.objects.create(value=Decimal(value), **place, **of(record, source))


def school_class(
    *, record: SchoolRecord, grade: int = 1, name: str = "1班", pupils: int = 40, stage: str = "", **fields: Any
) -> SchoolClass:
    place = {"stage": stage or stages_of(record)[0], "grade": grade, "name": name}
    return SchoolClass.objects.create(pupils=pupils, **place, **of(record, "enrolment", **fields))


def room(
    *, record: SchoolRecord, kind: str = "music", name: str = "音乐教室1", area: Any = 96, **fields: Any
) -> Room:
    return Room.objects.create(kind=kind, name=name, area=area, **of(record, "school", **fields))


def care(*, record: SchoolRecord, group: str = "migrant", pupils: int = 7, stage: str = "") -> CareFigure:
    place = {"stage": stage or stages_of(record)[0], "group": group}
    return CareFigure.objects.create(pupils=pupils, **place, **of(record, "statistics"))


def explanation(*, record: SchoolRecord, words: str, subject: str = "primary/0/classrooms") -> Explanation:
    place = {"county": record.county, "record": record, "check_code": "jump", "subject": subject}
    return Explanation.objects.create(words=words, by="周文清", at=NOW, **place)


def correction(*, figure: Figure, after: Any, reason: str = "来源系统已更正", **fields: Any) -> Correction:
    usual = {"before": figure.value, "before_source": figure.source, "by": "陈启明", "at": NOW} | fields
    place = {"county": figure.county, "record": figure.record, "figure": figure}
    return Correction.objects.create(after=after, reason=reason, **place, **usual)


def complete(record: SchoolRecord, *, pupils: int = 40, value: int = 100) -> SchoolRecord:
    """Everything that a record should have, so that nothing is asked: a class a grade, a teacher a stage."""
    for spec in FIELDS.values():
        for stage, grade in spec.places(stages_of(record)):
            if spec.optional:
                continue
            source = "statistics" if spec.is_exported else "school"
            said = pupils if spec.grades else value
            figure(record=record, field=spec.code, value=said, stage=stage, grade=grade, source=source)
            if spec.grades:
                school_class(record=record, stage=stage, grade=grade, pupils=pupils)
    for stage in stages_of(record):
        staffing.teacher(record=record, stage=stage)
    return record


def schools(county: County) -> dict[str, Organisation]:
    """A nine-year school, a kindergarten and a special school beside whatever the county has."""
    return {
        "nine": school(county=county, kind="nine_year", name="云岭县第九学校", short_name="九校", code="2136000009"),
        "kindergarten": school(county=county, kind="kindergarten", name="云岭县机关幼儿园", short_name="机关园"),
        "special": school(county=county, kind="special", name="云岭县特殊教育学校", short_name="特校"),
    }
