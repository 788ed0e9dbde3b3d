"""普及普惠: the kindergartens of a county as the register has them, judged, and each of them in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from xietong.areas.indicators.models import BalanceEntry
from xietong.areas.indicators.queries.balance import entries_with_evidence
from xietong.areas.indicators.queries.entries import GARDEN
from xietong.areas.indicators.queries.verdicts import STATES, RequirementRow, requirement_row
from xietong.areas.indicators.rules.balance import (
    PRESCHOOL,
    Garden,
    GardenClass,
    Preschool,
    Reach,
    Standards,
    judge_preschool,
    preschool_standards_of,
    quotient,
    rounded,
)
from xietong.areas.orgs.models import Organisation, OrgKind, RegisterYear, SchoolClass, SchoolRecord, Stage
from xietong.areas.orgs.rules.fields import GRADES
from xietong.kit.measures.values import Values, values
from xietong.kit.ruletable.table import in_force
from xietong.kit.words import said

PREFIX = "indicators.preschool."
GRADE_OF = dict(zip(GRADES[Stage.KINDERGARTEN], ("small", "middle", "big"), strict=True))
"""Year of a kindergarten → what the standards call its classes."""
MEASURES = {
    "children": "pupils",
    "teachers": "teachers",
    "certifiable": "teachers",
    "certified": "certified_teachers",
    "outdoor_area": "outdoor_area",
    "activity_area": "activity_area",
    "building_area": "building_area",
}
"""Fact of a kindergarten → the measure that tells it. The head counts where he is registered as a teacher."""
COUNTS = ("children", "teachers", "certifiable", "certified")
AREAS = ("outdoor_area", "activity_area", "building_area")


@dataclass(frozen=True, slots=True)
class AreaCell:
    """Square metres a child beside the standard, and what is missing in all."""

    shown: Decimal | None
    is_low: bool
    short: Decimal


@dataclass(frozen=True, slots=True)
class GardenRow:
    """A kindergarten beside the others; `over` are its classes above their size, None without a roll."""

    school: Organisation
    ownership: str
    garden: Garden
    per_teacher: Decimal | None
    over: int | None
    areas: tuple[AreaCell, ...]


@dataclass(frozen=True)
class PreschoolPage:
    """The verdict on the kindergartens of a county's school year."""

    register: RegisterYear
    given: Preschool
    reach: Reach
    standards: Standards
    records: Mapping[str, SchoolRecord]

    @property
    def state(self) -> tuple[str, str]:
        """In words, with its tone."""
        word, tone = STATES[self.reach.state]
        return said(word), tone

    @property
    def open(self) -> int:
        """Requirements that are not met, or not known."""
        return len(self.reach.lacking())

    def requirements(self, entries: Mapping[str, BalanceEntry]) -> list[RequirementRow]:
        schools = {code: record.school for code, record in self.records.items()}
        return [requirement_row(schools, one, entries) for one in self.reach.judgements]

    @property
    def gardens(self) -> Iterator[GardenRow]:
        for one in self.given.gardens:
            record = self.records[one.code]
            places = self.standards.whole("places.item")
            ratio = quotient(one.children, one.teachers)
            yield GardenRow(
                record.school,
                record.get_ownership_display(),
                one,
                None if ratio is None else rounded(ratio, places),
                self.over(one),
                tuple(area_cell(one, area, self.standards) for area in AREAS),
            )

    def over(self, garden: Garden) -> int | None:
        if garden.classes is None:
            return None
        return sum(one.children > self.standards.number(f"K13.{one.grade}") for one in garden.classes if one.children)


def area_cell(garden: Garden, area: str, standards: Standards) -> AreaCell:
    limit = standards.number(f"K12.{area}")
    held, children = getattr(garden, area), garden.children
    value = quotient(held, children)
    if value is None or held is None or children is None:
        return AreaCell(None, is_low=False, short=Decimal(0))
    return AreaCell(
        rounded(value, standards.whole("places.item")),
        is_low=value < limit,
        short=rounded(max(Fraction(0), limit * children - held), 1),
    )


def preschool_page(register: RegisterYear) -> PreschoolPage:
    """This function will judge a county's kindergartens as its register has them."""
    rows = SchoolRecord.objects.filter(register=register, kind=OrgKind.KINDERGARTEN).select_related("school")
    records = {str(row.school_id): row for row in rows.order_by("school__order", "school")}
    rules = in_force(register.county_id, register.as_of, prefix=PREFIX)
    numbers = preschool_standards_of({code: rule.value for code, rule in rules.items()})
    given = preschool_of_register(register, list(records.values()))
    return PreschoolPage(register, given, judge_preschool(given, numbers), numbers, records)


def preschool_of_register(register: RegisterYear, records: Sequence[SchoolRecord]) -> Preschool:
    """What the register and the entries of its year say. The queries do not grow with the kindergartens."""
    held = values(register.county_id, set(MEASURES.values()), [register.year])
    entries, materials = entries_with_evidence(register)
    rolls: dict[int, list[GardenClass]] = {}
    for one in SchoolClass.objects.filter(record__register=register, stage=Stage.KINDERGARTEN):
        rolls.setdefault(one.record_id, []).append(GardenClass(GRADE_OF[one.grade], one.pupils))
    entered: dict[str, Any] = {
        code.removeprefix(GARDEN): row.value
        for code, row in entries.items()
        if code.startswith(GARDEN) and row.value is not None
    }
    if "age_group" in entered:
        entered["age_group"] = int(entered["age_group"])
    return Preschool(
        gardens=tuple(garden_of(record, held, register.year, rolls.get(record.pk)) for record in records),
        materials={code: one for code, one in materials.items() if code in REQUIREMENTS},
        **entered,
    )


REQUIREMENTS = frozenset(one.code for one in PRESCHOOL)


def garden_of(record: SchoolRecord, held: Values, year: int, roll: list[GardenClass] | None) -> Garden:
    facts = {fact: told(held, name, year, record.school_id, fact) for fact, name in MEASURES.items()}
    return Garden(
        code=str(record.school_id),
        is_public=record.ownership == SchoolRecord.Ownership.PUBLIC,
        is_inclusive=record.ownership == SchoolRecord.Ownership.SUBSIDISED,
        classes=None if roll is None else tuple(roll),
        designed=record.school.opened_on.year if record.school.opened_on else None,
        **facts,  # type: ignore[arg-type]
    )


def told(held: Values, name: str, year: int, school: int, fact: str) -> Fraction | int | None:
    value = held.rows(name, year).get((school, Stage.KINDERGARTEN.value))
    if value is None:
        return None
    return int(value) if fact in COUNTS else Fraction(str(value))
