"""Builders of indicators, their values, and what of 优质均衡 was found or tried out."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from django.apps import apps

from tests import build, registers
from xietong.areas.indicators.actions import sum_regions
from xietong.areas.indicators.models import BalanceEntry, Indicator, Reading, Reported, Target, WhatIf
from xietong.areas.orgs.models import County, Organisation, OrgKind, RegisterYear, SchoolRecord
from xietong.kit.audit.models import Entry
from xietong.kit.files.models import Attachment
from xietong.kit.jobs.models import Job
from xietong.kit.measures.models import Value

YEAR = 2026
AS_OF = date(2026, 9, 1)


def register(*, county: County | None = None, year: int = YEAR, **fields: Any) -> RegisterYear:
    """A register without schools."""
    usual = {"as_of": date(year, 9, 1), "due_on": date(year, 9, 30), "opened_at": build.NOW}
    return RegisterYear.objects.create(county=county or build.home(), year=year, **usual | fields)


def indicator(*, county: County | None = None, code: str = "", formula: str = "", **fields: Any) -> Indicator:
    """A county's own indicator: reported by the county unless it has a formula or says who reports."""
    reported = {} if formula else {"reported_by": Indicator.ReportedBy.COUNTY}
    code = code or f"X{next(build.SERIAL)}"
    usual = {"name": f"指标{code}", "definition": "定义", "section": "teachers", "unit": "%"}
    return Indicator.objects.create(
        county=county or build.home(), code=code, formula=formula, **usual | reported | fields
    )


def reading(
    *,
    indicator: Indicator,
    period: int = YEAR,
    value: float | None = 50,
    unit: Organisation | None = None,
    **fields: Any,
) -> Reading:
    """A value that counts: worked out where there is a formula, else verified."""
    state = Reading.State.COMPUTED if indicator.formula else Reading.State.VERIFIED
    usual = {"state": state, "at": build.NOW, "by": "" if indicator.formula else "填报人"}
    amount = None if value is None else Decimal(str(value))
    return Reading.objects.create(
        county=indicator.county, indicator=indicator, period=period, unit=unit, value=amount, **usual | fields
    )


def garden(
    name: str = "中心幼儿园",
    *,
    ownership: str = "public",
    opened_on: date | None = date(2010, 9, 1),
    **own: float | None,
) -> SchoolRecord:
    """A kindergarten of the register that lacks nothing but what is told as None, with a class of each year."""
    school = build.organisation(name=name, kind=OrgKind.KINDERGARTEN, opened_on=opened_on)
    record = registers.school_record(school=school, ownership=ownership)
    usual = {
        "pupils": 90, "schools": 1, "teachers": 9, "certified_teachers": 9, "outdoor_area": 400,
        "activity_area": 760, "building_area": 960,
    }  # fmt: skip
    for measure, value in {**usual, **own}.items():
        if value is not None:
            measured(measure, value, unit=school, stage="kindergarten")
    for grade, pupils in ((1, 25), (2, 30), (3, 35)):
        registers.school_class(record=record, grade=grade, pupils=pupils)
    return record


def target(*, indicator: Indicator, period: int = YEAR, value: float = 60) -> Target:
    return Target.objects.create(
        county=indicator.county, indicator=indicator, period=period, value=Decimal(str(value))
    )


def measured(
    measure: str, value: float, *, county: County | None = None, unit: Organisation | None = None,
    stage: str = "primary", period: int = YEAR,
) -> Value:  # fmt: skip
    """A stored value as if its area had counted it."""
    return Value.objects.create(
        county_id=(county or build.home()).pk, measure=measure, period=period, unit_id=unit.pk if unit else 0,
        stage=stage if unit else "", value=Decimal(str(value)),
    )  # fmt: skip


def reported(*, county: County, code: str = "T1", period: int = YEAR, value: float = 50, **fields: Any) -> Reported:
    usual = {
        "name": f"指标{code}", "section": "balance", "unit": "%", "decimals": 1, "direction": "up",
        "grain": "school_year", "target": Decimal(60), "band": "C", "by": "办公室", "at": build.NOW,
    }  # fmt: skip
    made = Reported.objects.create(
        county=county, code=code, period=period, value=Decimal(str(value)), **usual | fields
    )
    sum_regions(county, period)
    return made


def entry(*, county: County | None = None, code: str = "G1", **fields: Any) -> BalanceEntry:
    usual = {"is_met": True, "by": "办公室", "at": build.NOW, "year": YEAR}
    return BalanceEntry.objects.create(county=county or build.home(), code=code, **usual | fields)


def what_if(*, county: County | None = None, name: str = "试算", **fields: Any) -> WhatIf:
    usual = {"by": "办公室", "at": build.NOW, "year": YEAR}
    return WhatIf.objects.create(county=county or build.home(), name=name, **usual | fields)


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of this area, and what an action leaves elsewhere."""
    models = [*apps.get_app_config("indicators").get_models(), Entry, Attachment, Job]
    return {one._meta.label: list(one._default_manager.order_by("pk").values()) for one in models}


@contextmanager
def nothing_changes() -> Iterator[None]:
    """What is refused has left no row and no trace."""
    before = everything()
    yield
    assert everything() == before
