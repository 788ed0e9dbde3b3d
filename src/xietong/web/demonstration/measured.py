"""指标 of 云岭县: the start set with baselines and targets, values that people reported, and what went upward."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random

from xietong.areas.indicators import actions, queries
from xietong.areas.indicators.models import BalanceEntry, Indicator, Lock, Reading, Reported, Target
from xietong.areas.indicators.rules.bands import Limits
from xietong.areas.orgs.models import County, Organisation, OrgKind
from xietong.kit.accounts.actor import SYSTEM
from xietong.web.demonstration.moments import NOW, TODAY
from xietong.web.demonstration.registers import YEARS
from xietong.web.demonstration.rows import keep

BASELINE_SOURCE = "2023—2024学年资料（演示）"
BETTER_BY = Decimal("0.06")
"""What the county wants to gain on its baseline by 2026, as a share of it."""
GOAL = 2026
PERCENT = {
    "BAL-24": (94.6, 95.4, 96.1),
    "BAL-25": (95.2, 95.9, 96.4),
    "BAL-26": (83.0, 85.5, 87.2),
    "KEY-04": (40.0, 65.0, 88.0),
    "TEA-01": (22.0, 41.0, 63.0),
    "TEA-02": (30.0, 52.0, 71.0),
    "TEA-04": (88.0, 94.0, 100.0),
    "TEA-10": (91.0, 94.5, 97.0),
    "TEA-11": (7.8, 9.1, 10.6),
    "TEA-12": (16.0, 18.5, 21.0),
    "CON-01": (35.0, 78.0, 100.0),
    "PRA-04": (70.0, 85.0, 96.0),
    "COU-03": (45.0, 61.0, 74.0),
}
NUMBERS = {
    "PLA-07": (0, 540, 720),
    "TEA-05": (6, 12, 18),
    "TEA-06": (2, 6, 9),
    "CON-03": (4, 18, 27),
    "CON-04": (0, 5, 8),
    "CON-05": (0, 3, 6),
    "PRA-01": (3, 7, 9),
    "PRA-02": (24, 66, 92),
    "COU-02": (3, 7, 9),
}
"""County values of the three years, as a section reported them. All of them 演示."""
REPORTED = 0.92
"""How likely a county reported a value."""
OF_SCHOOLS = ("KEY-01", "KEY-02", "KEY-03", "TEA-03", "CON-02", "PRA-03", "COU-01")
ENTRIES = {
    "G1": True,
    "G2": True,
    "G10": True,
    "G14": True,
    "G15": True,
    "Q3": True,
    "Q5": True,
    "Q6": True,
    "Q7": True,
    "Q8": None,
    "E": True,
    "K4": True,
    "K5": True,
    "K6": True,
    "K8": True,
    "K10": True,
    "K11": True,
    "K16": None,
}
FIGURES = {
    "total.fund_primary": 720,
    "total.fund_middle": 940,
    "total.teacher_pay": 98600,
    "total.civil_pay": 97200,
    "total.eligible": 640,
    "total.rotated": 68,
    "total.rotated_backbone": 15,
    "total.quota": 900,
    "total.quota_allotted": 540,
    "total.disabled": 112,
    "total.disabled_enrolled": 108,
    "total.trained": 2190,
    "total.town_primary": 1890,
    "total.town_primary_near": 1890,
    "total.town_middle": 1120,
    "total.town_middle_near": 1086,
    "total.cohort": 2010,
    "total.graduates": 1942,
    "total.moved_in": 24,
    "total.moved_out": 51,
    "total.died": 0,
    "total.migrants_placed": 1130,
    "monitor.maths.level": 3,
    "monitor.maths.difference": 0.112,
    "R": 87.2,
    "E.year": 2019,
    "preschool.age_group": 3720,
    "preschool.public_fund": 600,
    "preschool.inclusive_subsidy": 500,
    "preschool.contract_pay": 52800,
    "preschool.staff_pay": 68400,
    "preschool.recognition": 91.6,
}
VETOES = ("examination", "choice", "key_school", "posts", "accident", "fraud")


def lay_measured(county: County, rng: Random) -> None:
    """This function will give the county its indicators and three years of values."""
    actor = replace(SYSTEM, county_id=county.pk)
    actions.adopt_start_set(actor, now=NOW)
    rows = {row.code: row for row in Indicator.objects.filter(county=county)}
    lay_reported(county, rows, rng)
    actions.recompute_all(actor, county.pk, now=NOW)
    lay_goals(county, rows)
    lay_entries(county)
    for year in YEARS[:-1]:
        Lock.objects.create(
            county=county,
            grain=Indicator.Period.SCHOOL_YEAR,
            period=year,
            by="领导小组办公室",
            at=NOW - timedelta(days=200),
        )
        actions.report_upward(actor, period=year, now=NOW - timedelta(days=190))


def lay_reported(county: County, rows: dict[str, Indicator], rng: Random) -> None:
    """Values that a section or a school handed in; of this year two wait to be verified and one was returned."""
    readings = [
        reading(county, rows[code], year, value)
        for code, values in {**PERCENT, **NUMBERS}.items()
        for year, value in zip(YEARS, values, strict=True)
    ]
    schools = list(Organisation.objects.filter(county=county, kind=OrgKind.PRIMARY, closed_on=None).order_by("order"))
    for code in OF_SCHOOLS:
        for year in YEARS:
            held = [reading(county, rows[code], year, rng.randrange(1, 9), unit=one) for one in schools]
            readings += held
            readings.append(total(county, rows[code], year, sum(int(one.value or 0) for one in held)))
    for one in readings:
        if one.period == YEARS[-1] and one.indicator.code in {"TEA-01", "COU-03"}:
            one.state, one.verified_by, one.verified_at = Reading.State.SUBMITTED, "", None
        if one.period == YEARS[-1] and one.indicator.code == "PRA-04":
            one.state, one.opinion = Reading.State.RETURNED, "请附高校出具的实习鉴定汇总表。"
    keep(readings)


def reading(county: County, row: Indicator, year: int, value: float, unit: Organisation | None = None) -> Reading:
    at = NOW - timedelta(days=365 * (YEARS[-1] - year) + 60)
    return Reading(
        county=county, indicator=row, period=year, unit=unit, value=Decimal(str(value)), state=Reading.State.VERIFIED,
        note="演示数据", by="基教股 工作人员" if unit is None else f"{unit} 联络员", at=at,
        verified_by="领导小组办公室", verified_at=at + timedelta(days=3),
    )  # fmt: skip


def total(county: County, row: Indicator, year: int, value: int) -> Reading:
    return Reading(
        county=county, indicator=row, period=year, value=Decimal(value), state=Reading.State.COMPUTED, at=NOW
    )


def lay_goals(county: County, rows: dict[str, Indicator]) -> None:
    """The baseline is the first year's value; targets lead from it to 2026, or to the standard if that is farther."""
    first = {
        one.indicator_id: one.value
        for one in Reading.objects.filter(county=county, period=YEARS[0], unit=None, value__isnull=False)
    }
    targets = []
    for row in rows.values():
        value = first.get(row.pk)
        if value is None or row.grain != Indicator.Period.SCHOOL_YEAR:
            continue
        row.baseline_period, row.baseline, row.baseline_source = (
            YEARS[0],
            value.quantize(Decimal("0.0001")),
            BASELINE_SOURCE,
        )
        goal = goal_of(row, value)
        for year in range(YEARS[0] + 1, GOAL + 1):
            step = value + (goal - value) * (year - YEARS[0]) / (GOAL - YEARS[0])
            targets.append(Target(county=county, indicator=row, period=year, value=step.quantize(Decimal("0.01"))))
    Indicator.objects.bulk_update(rows.values(), ["baseline_period", "baseline", "baseline_source"])
    keep(targets)


def goal_of(row: Indicator, value: Decimal) -> Decimal:
    upward = row.direction == Indicator.Direction.UP
    wanted = value * (1 + BETTER_BY) if upward else value * (1 - BETTER_BY)
    if row.unit == "%":
        wanted = min(wanted, Decimal(100))
    if row.standard is None:
        return wanted
    return max(wanted, row.standard) if upward else min(wanted, row.standard)


def lay_entries(county: County) -> None:
    """What the office found about the requirements of 优质均衡 this year."""
    common = {"county": county, "year": YEARS[-1], "by": "领导小组办公室", "at": NOW - timedelta(days=40)}
    keep(
        [
            *(
                BalanceEntry(code=code, is_met=met, note="演示：见县级自评材料", **common)
                for code, met in ENTRIES.items()
                if met is not None
            ),
            *(
                BalanceEntry(code=code, value=Decimal(str(value)), note="演示数据", **common)
                for code, value in FIGURES.items()
            ),
            *(BalanceEntry(code=f"veto.{code}", is_met=False, note="演示：未发生", **common) for code in VETOES),
        ]
    )


def lay_reported_counties(counties: list[County], model: County, rng: Random) -> None:
    """What the other counties of the province reported of the past years: better or worse; some nothing."""
    rows, limits = list(Reported.objects.filter(county=model)), queries.band_limits(TODAY)
    keep(
        told(row, county, None if row.value is None else row.value * Decimal(f"{rng.uniform(0.7, 1.25):.4f}"), limits)
        for n, county in enumerate(counties)
        if n % 12
        for row in rows
        if rng.random() < REPORTED
    )
    for period in sorted({row.period for row in rows}):
        for county in {one.city_name: one for one in [model, *counties]}.values():
            actions.sum_regions(county, period)


def told(row: Reported, county: County, value: Decimal | None, limits: Limits) -> Reported:
    """The line of one county as another would tell it of itself."""
    band = queries.band_of(row, value, row.standard if row.target is None else row.target, limits)
    return Reported(
        county=county, code=row.code, name=row.name, section=row.section, unit=row.unit, decimals=row.decimals,
        direction=row.direction, grain=row.grain, period=row.period, value=value, target=row.target,
        standard=row.standard, band=band, by="领导小组办公室", at=row.at,
    )  # fmt: skip
