"""Counties made by chance are judged alike by a slow second implementation, written from the text of the rules.

It uses plain rows, its own numbers and the definitions word by word, and nothing of what it is compared with.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.areas.indicators.balancing import STANDARDS
from xietong.areas.indicators.rules.balance import (
    Conditions,
    County,
    Facts,
    Finding,
    Monitored,
    School,
    SchoolClass,
    Stage,
    Totals,
    judge_county,
)

pytestmark = pytest.mark.once

Row = dict[str, Any]

# ---- the second implementation -------------------------------------------------------------------------------

LIMITS = {
    "primary": {"L1": "4.2", "L2": "1", "L3": "0.9", "L4": "4.5", "L5": "7.5", "L6": "2000", "L7": "2.3"},
    "middle": {"L1": "5.3", "L2": "1", "L3": "0.9", "L4": "5.8", "L5": "10.2", "L6": "2500", "L7": "2.4"},
}
CV = {"primary": Fraction(50, 100), "middle": Fraction(45, 100)}
USUAL = {
    "primary": ["primary"], "teaching_point": ["primary"], "middle": ["middle"],
    "nine_year": ["primary", "middle"], "twelve_year": ["primary", "middle", "high"],
    "complete_middle": ["middle", "high"], "high": ["high"], "special": ["special"], "vocational": ["high"],
}  # fmt: skip
WEIGHTS = {"primary": Fraction(1), "middle": Fraction("1.1"), "high": Fraction("1.32")}
ASSETS = (
    "teaching_area", "indoor_sports_area", "sports_ground_area", "equipment_value", "multimedia_classrooms"
)  # fmt: skip


def worst(answers: list[str]) -> str:
    for one in ("no", "unknown", "yes"):
        if one in answers:
            return one
    return "empty"


def stage_pupils(row: Row, stage: str) -> Any:
    if stage in row["pupils"]:
        return row["pupils"][stage]
    return None if stage in USUAL[row["kind"]] else 0


def compulsory_size(row: Row) -> Any:
    both = [stage_pupils(row, "primary"), stage_pupils(row, "middle")]
    return None if None in both else sum(both)


def slow_units(rows: list[Row]) -> list[tuple[str, str, Row]]:
    found = []
    for row in rows:
        if row["kind"] in ("special", "vocational"):
            continue
        for stage in ("primary", "middle"):
            pupils = stage_pupils(row, stage)
            if pupils == 0:
                continue
            if row["kind"] == "teaching_point" and pupils is not None and pupils < 50:
                continue
            found.append((row["code"], stage, slow_facts(row, stage)))
    return found


def slow_facts(row: Row, stage: str) -> Row:
    facts = dict(row["facts"].get(stage, {}))
    several = [one for one in WEIGHTS if stage_pupils(row, one) != 0]
    for name in ASSETS:
        if facts.get(name) is not None or row["shared"].get(name) is None:
            continue
        if several == [stage]:
            facts[name] = row["shared"][name]
        elif all(stage_pupils(row, one) is not None for one in several):
            weighed = sum(WEIGHTS[one] * stage_pupils(row, one) for one in several)
            part = WEIGHTS[stage] * stage_pupils(row, stage) / weighed
            facts[name] = Fraction(row["shared"][name]) * part
    facts["pupils"] = stage_pupils(row, stage)
    size = compulsory_size(row)
    facts["small"] = row["rural"] and size is not None and 50 <= size < 100
    return facts


def resource(facts: Row, item: str) -> Fraction | None:
    names = {
        "L1": ["above_degree"],
        "L2": ["backbone"],
        "L3": ["sports", "music", "art", "mixed_arts"] + (["visiting"] if facts["small"] else []),
        "L4": ["teaching_area", "indoor_sports_area"],
        "L5": ["sports_ground_area", "indoor_sports_area"],
        "L6": ["equipment_value"],
        "L7": ["multimedia_classrooms"],
    }[item]
    if any(facts.get(name) is None for name in names) or facts["pupils"] is None:
        return None
    amounts = [Fraction(facts[name]) for name in names]
    return amounts[0] - amounts[1] if item == "L4" else sum(amounts, Fraction(0))


def per_head(facts: Row, item: str) -> Fraction | None:
    have = resource(facts, item)
    if have is None:
        return None
    return have / facts["pupils"] * (100 if item in ("L1", "L2", "L3", "L7") else 1)


def slow_unit(stage: str, facts: Row) -> str:
    values = {item: per_head(facts, item) for item in LIMITS[stage]}
    if None in values.values():
        return "unknown"
    limits = {item: Fraction(text) for item, text in LIMITS[stage].items()}
    failed = [item for item in limits if values[item] < limits[item]]
    if len(failed) > 1:
        return "no"
    return "yes" if all(values[item] >= limits[item] * 85 / 100 for item in failed) else "no"


def slow_variation(stage: str, item: str, units: list[tuple[str, str, Row]]) -> str:
    of_stage = [facts for _code, at, facts in units if at == stage]
    have = [resource(facts, item) for facts in of_stage]
    if None in have:
        return "unknown"
    pupils = sum(facts["pupils"] for facts in of_stage)
    if not sum(have):
        return "empty"
    mean = sum(have) / pupils
    variance = Fraction(0)
    for facts, amount in zip(of_stage, have, strict=True):
        variance += Fraction(facts["pupils"], pupils) * (amount / facts["pupils"] - mean) ** 2
    return "yes" if variance / mean**2 <= CV[stage] ** 2 else "no"


def each(answers: list[bool | None]) -> str:
    return worst([{True: "yes", False: "no", None: "unknown"}[one] for one in answers])


def ratio(part: Any, whole: Any, percent: int, *, absent: bool = False) -> str:
    if absent and part == 0 and whole == 0:
        return "empty"
    if part is None or whole is None or whole <= 0:
        return "unknown"
    return "yes" if Fraction(part) * 100 >= percent * Fraction(whole) else "no"


def slow_requirements(rows: list[Row], t: Row) -> dict[str, str]:
    schools = [row for row in rows if row["kind"] not in ("special", "vocational") and compulsory_size(row) != 0]
    specials = [row for row in rows if row["kind"] == "special"]
    found = {}
    for subject, least in (("music", 96), ("art", 90)):
        answers = []
        for row in schools:
            number = len([1 for stage, _n in row["classes"] or [] if stage in ("primary", "middle")])
            if number == 0 or row[subject] is None:
                answers.append(None)
            else:
                answers.append(12 * len([size for size in row[subject] if size >= least]) >= number)
        found[f"G3 {subject}"] = each(answers)
    found["G3"] = worst([found.pop("G3 music"), found.pop("G3 art")])
    found["G4"] = each(
        [
            None
            if compulsory_size(row) is None
            else compulsory_size(row) <= (2500 if row["kind"] in ("nine_year", "twelve_year") else 2000)
            for row in schools
        ]
    )
    answers = []
    for stage, most in (("primary", 45), ("middle", 50)):
        for row in schools:
            if stage_pupils(row, stage) != 0:
                sizes = [size for at, size in row["classes"] or [] if at == stage]
                answers += [None if size is None else size <= most for size in sizes] or [None]
    found["G5"] = each(answers)
    small = [row for row in schools if compulsory_size(row) is None or compulsory_size(row) < 100]
    found["G6"] = each(
        [None if compulsory_size(row) is None or row["funded"] is None else row["funded"] >= 100 for row in small]
    )
    found["G7"] = each(
        [
            None
            if row["public_funds"] is None or stage_pupils(row, "special") is None
            else row["public_funds"] >= 8000 * stage_pupils(row, "special")
            for row in specials
            if stage_pupils(row, "special") != 0
        ]
    )
    found["G11"] = worst(
        [
            ratio(t["rotated"], t["eligible"], 10, absent=True),
            ratio(t["rotated_backbone"], t["rotated"], 20, absent=True),
        ]
    )
    found["G9"] = ratio(t["trained"], t["teachers"], 100)
    found["G12"] = ratio(t["certified"], t["teachers"], 100)
    moved = [t[name] for name in ("cohort", "graduates", "moved_in", "moved_out", "died")]
    if None in moved:
        found["Q1"] = "unknown"
    else:
        there = t["cohort"] + t["moved_in"] - t["moved_out"] - t["died"]
        found["Q1"] = ratio(t["graduates"], there, 95)
    found["Q4"] = each(
        [
            None
            if row["training_funds"] is None or not row["public_funds"]
            else 100 * Fraction(row["training_funds"]) >= 5 * Fraction(row["public_funds"])
            for row in (*schools, *specials)
        ]
    )
    return found


# ---- counties by chance --------------------------------------------------------------------------------------

STEPS = [Fraction(text) for text in ("0.8", "0.85", "0.84999", "0.95", "1", "1.0001", "1.2", "1.5", "3")]
SIZES = [0, 20, 49, 50, 60, 99, 100, 101, 400, 900, 1500, 2001]
NAMES = (
    "teachers", "trained", "certified", "eligible", "rotated", "rotated_backbone", "cohort", "graduates", "moved_in",
    "moved_out", "died",
)  # fmt: skip


class Chance(Random):
    """Draws around the borders; now and then a fact is missing, and where it is gentle nothing is wrong."""

    silent = 0.03
    gentle = 0.0

    def one(self, *values: Any) -> Any:
        return None if self.random() < self.silent else self.choice(values)

    def some(self, most: int, *values: Any) -> Any:
        return self.one([self.choice(values) for _ in range(self.randint(0, most))])


def stage_facts(chance: Chance, stage: str, pupils: int | None, steps: list[Fraction]) -> Row:
    """Around the thresholds."""
    number = pupils or 100
    indoor = chance.randint(0, 20)
    have = {
        item: Fraction(text) * number / (100 if item in ("L1", "L2", "L3", "L7") else 1) * chance.choice(steps)
        for item, text in LIMITS[stage].items()
    }
    return {
        "above_degree": chance.one(have["L1"]),
        "backbone": chance.one(have["L2"]),
        "sports": chance.one(have["L3"]),
        "music": chance.one(0, 0, 1),
        "art": chance.one(0, 0, 1),
        "mixed_arts": chance.one(0, 0, 1),
        "visiting": chance.one(0, 1),
        "teaching_area": chance.one(have["L4"] + indoor),
        "indoor_sports_area": chance.one(indoor),
        "sports_ground_area": chance.one(have["L5"] - indoor),
        "equipment_value": chance.one(have["L6"]),
        "multimedia_classrooms": chance.one(have["L7"]),
    }


def school(chance: Chance, code: int) -> Row:
    kind = chance.choice(list(USUAL))
    steps = STEPS[4:7] if chance.random() < 0.7 else STEPS
    pupils = {stage: chance.one(*SIZES) for stage in USUAL[kind]}
    stages = [stage for stage in USUAL[kind] if stage in LIMITS]
    whole = sum(count or 0 for count in pupils.values())
    classes = [
        (chance.choice(stages or ["high"]), chance.one(20, 45, 45, 46, 50, 51)) for _ in range(chance.randint(0, 14))
    ]
    found = {
        "code": f"校{code}",
        "kind": kind,
        "pupils": pupils,
        "rural": chance.random() < 0.5,
        "facts": {stage: stage_facts(chance, stage, pupils[stage], steps) for stage in stages},
        "shared": {name: whole * 10 for name in ASSETS if chance.random() < 0.5},
        "classes": chance.one(classes),
        "music": chance.some(3, 73, 95, 96, 100),
        "art": chance.some(3, 67, 90, 120),
        "funded": chance.one(20, 99, 100, 400),
        "public_funds": chance.one(8000 * whole, max(0, 8000 * whole - 1), 10_000 * whole + 1),
        "training_funds": chance.one(400 * whole, 400 * whole + 1, 900 * whole),
    }
    return found | well_kept(stages, whole) if chance.random() < chance.gentle else found


def well_kept(stages: list[str], whole: int) -> Row:
    """What the guarantees ask of a school, at their borders."""
    return {
        "classes": [(stage, 45 if stage == "primary" else 50) for stage in stages for _ in range(12)],
        "music": [96, 96],
        "art": [90, 90],
        "funded": 100,
        "public_funds": 8000 * whole + 1,
        "training_funds": 500 * whole + 1,
    }


def made(seed: int, *, silent: float = 0.03, gentle: float = 0) -> tuple[list[Row], Row]:
    """The schools and the figures of a county."""
    chance = Chance(seed)
    chance.silent, chance.gentle = silent, gentle
    rows = [school(chance, code) for code in range(chance.randint(1, 6))]
    return rows, {name: chance.one(0, 1, 2, 9, 10, 20, 95, 100) for name in NAMES}


def built(row: Row) -> School:
    def facts(given: Row) -> Facts:
        return Facts(**given)

    classes = row["classes"]
    return School(
        row["code"],
        row["kind"],
        {Stage(stage): count for stage, count in row["pupils"].items()},
        row["rural"],
        {Stage(stage): facts(given) for stage, given in row["facts"].items()},
        facts(row["shared"]),
        Conditions(
            classes=None if classes is None else tuple(SchoolClass(Stage(at), "", size) for at, size in classes),
            music_rooms=None if row["music"] is None else tuple(row["music"]),
            art_rooms=None if row["art"] is None else tuple(row["art"]),
            funded=row["funded"],
            public_funds=row["public_funds"],
            training_funds=row["training_funds"],
        ),
    )


SAID = {"met": "yes", "not_met": "no", "not_reported": "unknown", "empty": "empty"}


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_counties_by_chance_are_judged_alike(seed: int) -> None:
    rows, figures = made(seed)
    county = County(schools=tuple(built(row) for row in rows), totals=Totals(**figures))
    found = judge_county(county, STANDARDS)

    units = slow_units(rows)
    assert {(one.unit.school, str(one.unit.stage)): SAID[one.state] for one in found.units} == {
        (code, stage): slow_unit(stage, facts) for code, stage, facts in units
    }
    assert {(str(one.stage), one.item): SAID[one.state] for one in found.variations} == {
        (stage, item): slow_variation(stage, item, units) for stage in LIMITS for item in LIMITS[stage]
    }
    judged = {one.code: SAID[one.state] for some in found.requirements.values() for one in some}
    slow = slow_requirements(rows, figures)
    assert {code: judged[code] for code in slow} == slow


EVERYTHING = Totals(
    fund_primary=800, fund_middle=1000, teacher_pay=2, civil_pay=1, teachers=9, trained=9, certified=9, eligible=9,
    rotated=9, rotated_backbone=9, town_primary=9, town_primary_near=9, town_middle=9, town_middle_near=9, quota=9,
    quota_allotted=9, migrants=9, migrants_placed=9, cohort=9, graduates=9, moved_in=0, moved_out=0, died=0,
    disabled=9, disabled_enrolled=9,
)  # fmt: skip
PAPERS = {code: Finding(is_met=True, evidence=("文件",)) for code in
          ("G1", "G2", "G10", "G14", "G15", "Q3", "Q5", "Q6", "Q7", "Q8", "E")}  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_counties_that_lack_nothing_else_pass_with_their_schools(seed: int) -> None:
    """county_pass = all units, all coefficients, all guarantees, all quality, recognition, no veto, and may apply."""
    rows, _figures = made(seed, silent=0, gentle=0.95)
    county = County(
        tuple(built(row) for row in rows), EVERYTHING, (Monitored("数学", 3, Decimal("0.1")),), 85, PAPERS,
        {"fraud": False}, date(2020, 1, 1), date(2026, 1, 1),
    )  # fmt: skip
    units = slow_units(rows)
    answers = [slow_unit(stage, facts) for _code, stage, facts in units] or ["unknown"]
    answers += [slow_variation(stage, item, units) for stage in LIMITS for item in LIMITS[stage]]
    slow = slow_requirements(rows, {name: getattr(EVERYTHING, name) for name in NAMES})
    assert SAID[judge_county(county, STANDARDS).state] == worst([*answers, *slow.values()])
