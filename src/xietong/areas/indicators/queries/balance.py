"""优质均衡: the county as the register has it, judged, and judged again with additions that somebody tries out."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any

from django.db.models import Count, F, QuerySet

from xietong.areas.indicators import access
from xietong.areas.indicators.models import BalanceEntry, WhatIf
from xietong.areas.indicators.rules.balance import (
    Balance,
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
    UnitVerdict,
    judge_county,
    standards_of,
)
from xietong.areas.orgs.models import (
    CareFigure,
    Organisation,
    RegisterYear,
    Room,
    SchoolRecord,
)
from xietong.areas.orgs.models import (
    SchoolClass as ClassRow,
)
from xietong.areas.people.models import Teaching
from xietong.areas.people.rules.subjects import SPORTS_AND_ARTS
from xietong.kit.access.permissions import fetch, visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.files.queries import attachments
from xietong.kit.measures.values import Values, values
from xietong.kit.ruletable.table import in_force

BALANCE = "indicators.balance."
OF_STAGE = {
    "above_degree": "higher_qualified_teachers",
    "backbone": "backbone_teachers",
    "sports": "sports_arts_teachers",
    "teaching_area": "teaching_area",
    "indoor_sports_area": "indoor_sports_area",
    "sports_ground_area": "sports_ground_area",
    "equipment_value": "equipment_value",
    "multimedia_classrooms": "multimedia_classrooms",
}
"""Fact → the measure that tells it. Teachers of sports, music and the arts are published as one number."""
ADDS_TO = {
    "L1": "above_degree",
    "L2": "backbone",
    "L3": "sports",
    "L4": "teaching_area",
    "L5": "sports_ground_area",
    "L6": "equipment_value",
    "L7": "multimedia_classrooms",
}
"""Item → the fact that an addition to it goes to."""
COUNTED_TOTALS = {"teachers": "teachers", "certified": "certified_teachers", "migrants": "migrant_pupils"}
"""Total of the county → the measure whose values are added up over compulsory education."""
COMPULSORY = (Stage.PRIMARY, Stage.MIDDLE)
RURAL = ("2",)
"""城乡类型 codes of villages begin so."""

Additions = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""School → stage → item → amount."""


@cache
def words() -> dict[str, Any]:
    """Names of items, requirements and checks, as the documents have them."""
    text = resources.files("xietong.areas.indicators").joinpath("data/balance.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def standards(county_id: int, on: date) -> Standards:
    """The numbers in force for a county on the day that its register is about."""
    found = {**in_force(county_id, on, prefix="orgs."), **in_force(county_id, on, prefix=BALANCE)}
    return standards_of({code: rule.value for code, rule in found.items()})


def registers_of(county_id: int) -> list[RegisterYear]:
    return list(RegisterYear.objects.filter(county_id=county_id).order_by("-year"))


def county_of_register(register: RegisterYear) -> County:
    """What the register and the entries of its year say, to be judged. The queries do not grow with the schools."""
    records = {row.school_id: row for row in SchoolRecord.objects.filter(register=register).select_related("school")}
    names = {*OF_STAGE.values(), *COUNTED_TOTALS.values(), "pupils", "public_funds", "training_funds"}
    held = values(register.county_id, names, [register.year])
    entries, materials = entries_with_evidence(register)
    bases = {stage: entries[code].value for stage, code in FUND_BASE.items() if code in entries}
    rolls, rooms, migrants, visits = (
        rolls_of(register),
        rooms_of(register),
        migrants_of(register),
        visits_of(register),
    )
    return County(
        schools=tuple(
            school_of(record, held, register.year, rolls, rooms, migrants, visits, bases)
            for record in records.values()
        ),
        totals=totals_of(held, register.year, entries),
        recognition=entries[RECOGNITION].value if RECOGNITION in entries else None,
        materials=materials,
        monitored=monitored(entries),
        vetoes={code: happened(entries.get(f"{VETO}{code}")) for code in veto_codes()},
        basic_since=basic_since(entries),
        judged_on=register.as_of,
    )  # fmt: skip


def entries_with_evidence(register: RegisterYear) -> tuple[dict[str, BalanceEntry], dict[str, Finding]]:
    """What the office entered for a school year by its code, and its verdicts with what shows them."""
    entries = {row.code: row for row in BalanceEntry.objects.filter(county_id=register.county_id, year=register.year)}
    evidence = attachments(access.ENTRY_OWNER, [row.pk for row in entries.values()])
    materials = {
        code: Finding(bool(row.is_met), evidence_of_entry(row, evidence.get(row.pk, [])))
        for code, row in entries.items()
        if row.is_met is not None and not code.startswith(VETO)
    }
    return entries, materials


VETO, MONITOR = "veto.", "monitor."
MONITORED = ("chinese", "maths", "english", "science")
"""The subjects of the national monitoring that tell a level of attainment."""


def happened(row: BalanceEntry | None) -> bool | None:
    """Whether a veto has happened; of one that nothing is said of nobody knows."""
    return row.is_met if row else None


def monitored(entries: Mapping[str, BalanceEntry]) -> tuple[Monitored, ...]:
    """The subjects of which level or difference between schools was entered."""

    def told(subject: str, what: str) -> Decimal | None:
        row = entries.get(f"{MONITOR}{subject}.{what}")
        return row.value if row else None

    found = ((one, told(one, "level"), told(one, "difference")) for one in MONITORED)
    return tuple(
        Monitored(subject, None if level is None else int(level), difference)
        for subject, level, difference in found
        if level is not None or difference is not None
    )


def evidence_of_entry(row: BalanceEntry, files: Sequence[Any]) -> tuple[str, ...]:
    """What shows it: a note that says where, and the files that hang on it."""
    return tuple(filter(None, (row.note, *(one.name for one in files))))


RECOGNITION, BASIC_YEAR = "R", "E.year"


def veto_codes() -> list[str]:
    return [one["code"] for one in words().get("veto", [])]


def basic_since(entries: Mapping[str, BalanceEntry]) -> date | None:
    """The day of recognition as basically balanced, entered as a year."""
    row = entries.get(BASIC_YEAR)
    return date(int(row.value), 12, 31) if row and row.value else None


def rolls_of(register: RegisterYear) -> dict[int, list[SchoolClass]]:
    found: dict[int, list[SchoolClass]] = {}
    rows = ClassRow.objects.filter(record__register=register).order_by("grade", "name")
    for school, stage, name, pupils in rows.values_list("record__school_id", "stage", "name", "pupils"):
        found.setdefault(school, []).append(SchoolClass(Stage(stage), name, pupils))
    return found


def rooms_of(register: RegisterYear) -> dict[tuple[int, str], list[Fraction]]:
    found: dict[tuple[int, str], list[Fraction]] = {}
    rows = Room.objects.filter(record__register=register)
    for school, kind, area in rows.values_list("record__school_id", "kind", "area"):
        found.setdefault((school, kind), []).append(Fraction(area))
    return found


def migrants_of(register: RegisterYear) -> dict[int, int]:
    rows = CareFigure.objects.filter(record__register=register, group=CareFigure.Group.MIGRANT)
    found: dict[int, int] = {}
    for school, pupils in rows.values_list("record__school_id", "pupils"):
        found[school] = found.get(school, 0) + pupils
    return found


def visits_of(register: RegisterYear) -> dict[int, int]:
    """School → teachers of sports and arts who belong elsewhere and teach there too."""
    rows = (
        Teaching.objects.filter(record__register=register, subject__in=SPORTS_AND_ARTS)
        .exclude(staff__record_id=F("record_id"))
        .values("record__school_id")
        .annotate(n=Count("staff", distinct=True))
    )
    return {row["record__school_id"]: row["n"] for row in rows}


def school_of(
    record: SchoolRecord,
    held: Values,
    year: int,
    rolls: Mapping[int, list[SchoolClass]],
    rooms: Mapping[tuple[int, str], list[Fraction]],
    migrants: Mapping[int, int],
    visits: Mapping[int, int],
    bases: Mapping[str, Any],
) -> School:
    school = record.school_id

    def told(name: str, stage: str) -> Fraction | None:
        value = held.rows(name, year).get((school, stage))
        return None if value is None else Fraction(str(value))

    def summed(name: str) -> Fraction | None:
        found = [one for stage in Stage if (one := told(name, stage)) is not None]
        return sum(found, Fraction(0)) if found else None

    pupils = {
        stage: whole(told("pupils", stage)) for stage in Stage if (school, stage.value) in held.rows("pupils", year)
    }
    rolled = school in rolls
    return School(
        code=str(school),
        kind=record.kind,
        pupils=pupils,
        is_rural=record.urban_rural.startswith(RURAL),
        facts={stage: facts_of(told, stage, visits.get(school, 0)) for stage in COMPULSORY if stage in pupils},
        conditions=Conditions(
            classes=tuple(rolls[school]) if rolled else None,
            music_rooms=tuple(rooms.get((school, "music"), ())) if rolled else None,
            art_rooms=tuple(rooms.get((school, "art"), ())) if rolled else None,
            built=record.school.opened_on.year if record.school.opened_on else None,
            migrants=migrants.get(school),
            funded=funded_of(summed("public_funds"), record.kind, bases),
            public_funds=summed("public_funds"),
            training_funds=summed("training_funds"),
        ),
    )


FUND_BASE = {"primary": "total.fund_primary", "middle": "total.fund_middle"}
"""Stage → the entry of what a pupil is funded with."""
FUNDED_AS = {"primary": "primary", "teaching_point": "primary", "middle": "middle"}


def funded_of(funds: Fraction | None, kind: str, bases: Mapping[str, Any]) -> int | None:
    """How many pupils a school of one stage was funded for: its funds over what a pupil is funded with."""
    base = bases.get(FUNDED_AS.get(kind, ""))
    return int(funds / Fraction(base)) if funds is not None and base else None


def facts_of(told: Any, stage: Stage, visiting: int) -> Facts:
    found = {fact: told(name, stage.value) for fact, name in OF_STAGE.items()}
    nothing_more = None if found["sports"] is None else 0
    return Facts(**found, music=nothing_more, art=nothing_more, mixed_arts=nothing_more, visiting=visiting)


def whole(value: Fraction | None) -> int | None:
    return None if value is None else int(value)


def totals_of(held: Values, year: int, entries: Mapping[str, BalanceEntry]) -> Totals:
    """Totals from the register, and those that the office entered."""
    entered = {
        code.removeprefix(TOTAL): int(row.value) if code.removeprefix(TOTAL) not in MONEY else row.value
        for code, row in entries.items()
        if code.startswith(TOTAL) and row.value is not None
    }
    found: dict[str, Any] = {}
    for name, measure in COUNTED_TOTALS.items():
        rows = [value for (_unit, stage), value in held.rows(measure, year).items() if stage in COMPULSORY]
        found[name] = int(sum(rows)) if rows else None
    return Totals(**{**found, **entered})


TOTAL = "total."
MONEY = ("fund_primary", "fund_middle", "teacher_pay", "civil_pay")


def with_additions(county: County, additions: Additions) -> County:
    """The county as it would be."""
    return replace(county, schools=tuple(added_to(one, additions.get(one.code, {})) for one in county.schools))


def added_to(school: School, additions: Mapping[str, Mapping[str, Any]]) -> School:
    if not additions:
        return school
    facts = {stage: more(held, additions.get(stage.value, {})) for stage, held in school.facts.items()}
    return replace(school, facts=facts)


def more(held: Facts, amounts: Mapping[str, Any]) -> Facts:
    changes = {}
    for item, amount in amounts.items():
        fact = ADDS_TO.get(item)
        before = getattr(held, fact) if fact else None
        if fact and before is not None:
            changes[fact] = Fraction(before) + Fraction(str(amount))
    return replace(held, **changes)


@dataclass(frozen=True)
class BalancePage:
    """The verdict on a county's school year, with names for what the rules know by code."""

    register: RegisterYear
    county: County
    balance: Balance
    standards: Standards
    schools: Mapping[str, Organisation]

    def tried(self, additions: Additions) -> "BalancePage":
        """The verdict as it would be with additions; nothing is read again, and the register is not touched."""
        county = with_additions(self.county, additions)
        return replace(self, county=county, balance=judge_county(county, self.standards))

    def verdicts(self, stage: str) -> list[UnitVerdict]:
        """The units of a stage in official order."""
        rows = [one for one in self.balance.units if one.unit.stage == stage]
        return sorted(rows, key=lambda one: (self.schools[one.unit.school].order, self.schools[one.unit.school].pk))

    @property
    def failing(self) -> list[UnitVerdict]:
        return [one for stage in COMPULSORY for one in self.verdicts(stage) if not one.passes]


def balance_page(register: RegisterYear) -> BalancePage:
    """This function will judge a county as its register has it."""
    county = county_of_register(register)
    numbers = standards(register.county_id, register.as_of)
    schools = Organisation.objects.in_bulk([int(one.code) for one in county.schools])
    return BalancePage(
        register, county, judge_county(county, numbers), numbers, {str(pk): one for pk, one in schools.items()}
    )


def balance_register(actor: Actor, year: int | None) -> RegisterYear | None:
    """The register of a school year of the actor's county, the latest unless told."""
    rows = RegisterYear.objects.filter(county_id=actor.home).order_by("-year")
    return rows.filter(year=year).first() if year else rows.first()


def entries_of(actor: Actor, register: RegisterYear) -> dict[str, BalanceEntry]:
    rows = visible(actor, access.VIEW_BALANCE).filter(year=register.year)
    return {row.code: row for row in rows}


def what_ifs(actor: Actor, register: RegisterYear) -> QuerySet[WhatIf]:
    return visible(actor, access.TRY_BALANCE).filter(year=register.year).order_by("-at", "-pk")


def what_if(actor: Actor, pk: int) -> WhatIf:
    return fetch(actor, access.TRY_BALANCE, pk, join=("county",))


def named(kind: str) -> dict[str, Mapping[str, Any]]:
    """Items or requirements by their code."""
    return {one["code"]: one for one in words()[kind]}
