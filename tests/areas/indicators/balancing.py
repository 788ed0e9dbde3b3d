"""Schools and counties that have all that is asked for, to be spoilt one fact at a time."""

import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from xietong.areas.indicators.rules.balance import (
    ELIGIBILITY,
    GUARANTEES,
    QUALITY,
    Conditions,
    County,
    Facts,
    Finding,
    Monitored,
    School,
    SchoolClass,
    Stage,
    Standards,
    Totals,
    Unit,
    standards_of,
)
from xietong.areas.indicators.rules.balance.standards import ELSEWHERE

P, M, H, S = Stage.PRIMARY, Stage.MIDDLE, Stage.HIGH, Stage.SPECIAL
DATA = Path(__file__).resolve().parents[3] / "src" / "xietong" / "areas" / "indicators" / "data"
MET = Finding(is_met=True, evidence=("文件",))


def shipped(*areas: str) -> dict[str, str]:
    """Code → value of the rules that areas ship; those of the register are read too."""
    files = [DATA.parents[1] / area / "data" / "rules.toml" for area in areas or ("orgs", "indicators")]
    rows = [row for file in files for row in tomllib.loads(file.read_text("utf-8"))["rule"]]
    return {row["code"]: str(row["value"]) for row in rows}


def standards(**own: str) -> Standards:
    """The shipped ones; a county's own values by their codes with __ for the dot."""
    named = {place_of(code.replace("__", ".")): value for code, value in own.items()}
    return standards_of(shipped() | named)


def place_of(code: str) -> str:
    """Where a number stands in the rule table."""
    return ELSEWHERE.get(code) or f"indicators.balance.{code}"


STANDARDS = standards()


def rich(pupils: int, **own: Any) -> Facts:
    """More of everything than either stage asks for."""
    share = Decimal(pupils) / 100
    facts = Facts(
        above_degree=6 * share,
        backbone=2 * share,
        sports=share / 2,
        music=share / 4,
        art=share / 4,
        mixed_arts=0,
        visiting=0,
        teaching_area=Decimal(8 * pupils),
        indoor_sports_area=Decimal(pupils),
        sports_ground_area=Decimal(12 * pupils),
        equipment_value=Decimal(3000 * pupils),
        multimedia_classrooms=3 * share,
    )
    return replace(facts, **own)


def unit(pupils: int | None = 500, stage: Stage = P, **own: Any) -> Unit:
    return Unit("甲", stage, pupils, rich(pupils or 0, **own))


def at(pupils: int, stage: Stage = P, *, is_visited: bool = False, **values: str) -> Unit:
    """A unit that has exactly these values of the indicators, and otherwise what is asked for."""
    wanted = {code: STANDARDS.threshold(stage, code) for code in ("L1", "L2", "L3", "L4", "L5", "L6", "L7")}
    wanted |= {code: Fraction(value) for code, value in values.items()}
    amounts = {code: value * pupils for code, value in wanted.items()}
    facts = Facts(
        above_degree=amounts["L1"] / 100,
        backbone=amounts["L2"] / 100,
        sports=amounts["L3"] / 100,
        music=0,
        art=0,
        mixed_arts=0,
        visiting=0,
        teaching_area=amounts["L4"] + 10,
        indoor_sports_area=10,
        sports_ground_area=amounts["L5"] - 10,
        equipment_value=amounts["L6"],
        multimedia_classrooms=amounts["L7"] / 100,
    )
    return Unit("甲", stage, pupils, facts, is_visited)


def roll(stage: Stage, *sizes: int | None) -> tuple[SchoolClass, ...]:
    return tuple(SchoolClass(stage, f"{n}班", size) for n, size in enumerate(sizes, start=1))


def conditions(stage: Stage = P, **own: Any) -> Conditions:
    whole = Conditions(
        classes=roll(stage, 40, 40),
        music_rooms=(Decimal(96),),
        art_rooms=(Decimal(90),),
        built=2020,
        migrants=0,
        funded=1000,
        public_funds=Decimal(1_000_000),
        training_funds=Decimal(50_000),
    )
    return replace(whole, **own)


def school(code: str = "甲", pupils: int = 500, stage: Stage = P, kind: str = "", **own: Any) -> School:
    """A school of one stage that lacks nothing."""
    stated = {name: own.pop(name) for name in tuple(own) if name in Conditions.__dataclass_fields__}
    made = School(
        code,
        kind or str(stage),
        {stage: pupils},
        facts={stage: rich(pupils)},
        conditions=conditions(stage, **stated),
    )
    return replace(made, **own)


def special(code: str = "特", **own: Any) -> School:
    return school(code, 100, S, public_funds=Decimal(800_000), **own)


def totals(**own: Any) -> Totals:
    whole = Totals(
        fund_primary=720, fund_middle=940, teacher_pay=80_000, civil_pay=80_000, teachers=500, trained=500,
        certified=500, eligible=100, rotated=10, rotated_backbone=2, town_primary=300, town_primary_near=300,
        town_middle=200, town_middle_near=190, quota=400, quota_allotted=200, migrants=100, migrants_placed=85,
        cohort=1000, graduates=950, moved_in=0, moved_out=0, died=0, disabled=100, disabled_enrolled=95,
    )  # fmt: skip
    return replace(whole, **own)


def county(*schools: School, **own: Any) -> County:
    """A county that is balanced, with as many facts changed as are given."""
    figures = {name: own.pop(name) for name in tuple(own) if name in Totals.__dataclass_fields__}
    materials = {one.code: MET for one in (*GUARANTEES, *QUALITY, ELIGIBILITY) if one.needs_material}
    whole = County(
        schools=schools or (school(), school("乙", 600, M), special()),
        totals=totals(**figures),
        monitored=(Monitored("语文", 3, Decimal("0.10")), Monitored("数学", 4, Decimal("0.149"))),
        recognition=Decimal(85),
        materials=materials,
        vetoes={"fraud": False, "examination": False},
        basic_since=date(2015, 6, 1),
        judged_on=date(2026, 5, 20),
    )
    return replace(whole, **own)
