"""Builders of school places, in the manner of `tests.planning`: rows as they stand."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from tests import build
from xietong.areas.orgs.models import (
    County,
    Figure,
    Organisation,
    OrgKind,
    RegisterYear,
    SchoolClass,
    SchoolRecord,
    Source,
)
from xietong.areas.places.models import Births, Housing, Project, Scenario
from xietong.areas.places.rules.assumptions import Assumptions, Trio
from xietong.areas.places.rules.stages import GRADES, EntryAges
from xietong.kit.clock.time import SHANGHAI

AGES = EntryAges(3, 6)
SIZES = {"kindergarten": 30, "primary": 45, "middle": 50, "high": 50}


def assumptions(**fields: Any) -> Assumptions:
    usual: dict[str, Any] = {
        "births": Trio(-6.0, -3.0, 0.0),
        "migration": Trio(60.0, 100.0, 130.0),
        "entry": "own",
        "sizes": SIZES,
        "usable": 100.0,
        "horizon": 10,
        "seed": 1,
    }
    return Assumptions(**usual | fields)


def township(name: str, *, county: County | None = None, code: str = "", **fields: Any) -> Organisation:
    return build.organisation(county=county, kind=OrgKind.TOWNSHIP, name=name, place_code=code, **fields)


def register(year: int = 2025, *, county: County | None = None) -> RegisterYear:
    as_of = date(year, 9, 1)
    opened = datetime.combine(as_of, time(9), SHANGHAI)
    county = county or build.home()
    return RegisterYear.objects.create(county=county, year=year, as_of=as_of, due_on=as_of, opened_at=opened)


def record(register: RegisterYear, school: Organisation, **fields: Any) -> SchoolRecord:
    usual = {"kind": school.kind, "urban_rural": school.urban_rural}
    return SchoolRecord.objects.create(county=register.county, register=register, school=school, **usual | fields)


def pupils(record: SchoolRecord, stage: str, *counts: int) -> None:
    """Pupils of each grade of a stage."""
    for grade, count in zip(GRADES[stage], counts, strict=True):
        figure(record, stage, "pupils", count, grade=grade)


def figure(record: SchoolRecord, stage: str, field: str, value: int, *, grade: int = 0) -> Figure:
    return Figure.objects.create(
        county=record.county, record=record, stage=stage, grade=grade, field=field, value=value,
        source=Source.STATISTICS, as_of=record.register.as_of,
    )  # fmt: skip


def school_class(record: SchoolRecord, stage: str, grade: int, count: int, name: str = "1班") -> SchoolClass:
    return SchoolClass.objects.create(
        county=record.county, record=record, stage=stage, grade=grade, name=name, pupils=count,
        source=Source.ENROLMENT, as_of=record.register.as_of,
    )  # fmt: skip


def births(township: Organisation, counts: Mapping[int, int], **fields: Any) -> list[Births]:
    usual = {"source": "police", "as_of": date(2025, 9, 1)}
    return [
        Births.objects.create(county=township.county, township=township, year=year, births=count, **usual | fields)
        for year, count in counts.items()
    ]


def housing(township: Organisation, **fields: Any) -> Housing:
    usual = {"name": "城南新区", "year": 2026, "certainty": "built", "primary": 60}
    return Housing.objects.create(county=township.county, township=township, **usual | fields)


def project(township: Organisation, **fields: Any) -> Project:
    usual = {"name": "第七小学新建", "kind": "new", "due_on": date(2027, 8, 20), "primary": 1080}
    return Project.objects.create(county=township.county, township=township, **usual | fields)


def scenario(county: County, *, assumed: Assumptions | None = None, **fields: Any) -> Scenario:
    usual = {
        "name": "基准方案",
        "base_year": 2025,
        "made_by": "基教股",
        "assumptions": (assumed or assumptions()).as_json(),
    }
    return Scenario.objects.create(county=county, **usual | fields)


def result(*, key: int = 0, school: int = 0) -> dict[str, Any]:
    """A forecast of two years, of one township and one school."""
    stage = {
        "low": [90.0, 80.0], "middle": [100.0, 95.0], "high": [110.0, 120.0], "p10": [95.0, 85.0],
        "p90": [105.0, 110.0], "classes": [6.0, 6.0], "places": [90.0, 135.0],
    }  # fmt: skip
    return {
        "base": 2025, "first": 2024, "last_cohort": 2024, "years": [2026, 2027],
        "history": {"primary": [104.0, 102.0]},
        "county": {"primary": {**stage, "teachers": [5.3, 5.0]}},
        "townships": {str(key): {"primary": stage}},
        "schools": {
            str(school): {
                "primary": {
                    "pupils": [60.0, 57.0], "classes": [6.0, 6.0], "teachers": [3.2, 3.0], "places": [45.0, 90.0],
                }
            }
        },
        "back_test": {"years": 2, "needed": 4, "stages": {}},
    }  # fmt: skip


def settled(county: County, *, years: range = range(2022, 2026), grow: float = 0.97) -> dict[str, Organisation]:
    """A county with two townships, a kindergarten, schools of each stage, and some years of registers and births.

    What there is, by name; every grade has the same pupils in a year, a little fewer each year.
    """
    seat, hill = (
        township("云溪镇", county=county, code="999901100"),
        township("竹山乡", county=county, code="999901200"),
    )
    made = {
        "seat": seat,
        "hill": hill,
        "garden": build.organisation(county=county, kind=OrgKind.KINDERGARTEN, name="县幼儿园", parent=seat),
        "town": build.organisation(county=county, name="云溪小学", place_code="999901100001", urban_rural="121"),
        "village": build.organisation(county=county, name="竹山小学", parent=hill, urban_rural="220"),
        "middle": build.organisation(
            county=county, kind=OrgKind.MIDDLE, name="云溪中学", parent=seat, urban_rural="111"
        ),
        "high": build.organisation(county=county, kind=OrgKind.HIGH, name="云岭中学", parent=seat),
    }
    sizes = {
        "garden": ("kindergarten", 90, 10), "town": ("primary", 120, 18), "village": ("primary", 20, 8),
        "middle": ("middle", 130, 9), "high": ("high", 80, 6),
    }  # fmt: skip
    for year in years:
        row = register(year, county=county)
        for name, (stage, count, rooms) in sizes.items():
            held = record(row, made[name])
            now = round(count * grow ** (year - years[0]))
            pupils(held, stage, *[now] * len(GRADES[stage]))
            figure(held, stage, "classrooms", rooms)
    for place, count in ((seat, 130), (hill, 30)):
        births(place, {year: round(count * grow ** (year - 2015)) for year in range(2012, 2025)})
    return made
