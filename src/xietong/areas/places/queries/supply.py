"""供给: the places of a county in a school year, from the register and the projects delivered since."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from xietong.areas.orgs import measures as register
from xietong.areas.orgs import queries as orgs
from xietong.areas.orgs.models import Organisation, RegisterYear, SchoolClass, SchoolRecord
from xietong.areas.orgs.rules.calendar import SchoolYear
from xietong.areas.places.models import Project
from xietong.areas.places.queries import standards, townships
from xietong.areas.places.rules.fairness import Fairness, fairness
from xietong.areas.places.rules.stages import STAGES
from xietong.areas.places.rules.states import ProjectState
from xietong.areas.places.rules.supply import Line, Standards, Sum, added, setting_of, summed

COUNTED = ("classrooms", "pupils")
"""The figures that places are counted from."""


@dataclass(frozen=True)
class Supply:
    """The places of one school year; by school, with the schools and their records."""

    register: RegisterYear
    lines: tuple[Line, ...]
    records: Mapping[int, SchoolRecord]
    townships: Mapping[int, Organisation]
    classes: tuple[SchoolClass, ...]

    @cached_property
    def stages(self) -> dict[object, Sum]:
        return summed(self.lines, lambda one: one.stage)

    @cached_property
    def total(self) -> Sum:
        return added(self.lines)

    def by(self, name: str) -> dict[object, Sum]:
        """Sums by `ownership`, `setting` or `township`."""
        return summed(self.lines, lambda one: getattr(one, name))

    def by_stage(self, name: str) -> dict[object, Sum]:
        """The same, each by stage."""
        return summed(self.lines, lambda one: (getattr(one, name), one.stage))

    def fairness(self, stage: str) -> Fairness | None:
        return fairness([one for one in self.lines if one.stage == stage])

    @cached_property
    def unknown(self) -> list[Line]:
        """Pupils without a classroom: the number of classrooms is missing."""
        return [one for one in self.lines if one.places is None]


def supply(row: RegisterYear, numbers: Standards | None = None) -> Supply:
    """A county's places, by the rule table's standards unless told; the queries do not grow with the schools."""
    numbers = numbers or standards.standards(row.county_id, row.as_of)
    held = register.held_of(row, COUNTED)
    found = townships.townships(row.county_id)
    schools = Organisation.objects.in_bulk([record.school_id for record in held.records.values()])
    where = {key: townships.township_of(school, found) for key, school in schools.items()}
    records = {record.school_id: record for record in held.records.values()}
    for record in records.values():
        record.school = schools[record.school_id]
    return Supply(row, tuple(lines_of(row, held, numbers, where)), records, found, held.classes)


def lines_of(row: RegisterYear, held: register.Held, numbers: Standards, where: Mapping[int, int]) -> list[Line]:
    """Every stage of every school that has pupils or classrooms, and what is being used of projects already."""
    sums = register.of_figures(held, orgs.split_weights(row.county_id, row.as_of))
    sums |= register.of_classes(held, orgs.class_sizes(row.county_id, row.as_of), sums)
    built = delivered(row)
    found = []
    for record in held.records.values():
        for stage in orgs.stages_of(record):
            rooms, pupils = (sums.get((name, record.school_id, stage)) for name in ("classrooms", "pupils"))
            extra = built.pop((record.school_id, stage), 0)
            if stage not in STAGES or not (rooms or pupils or extra):
                continue
            places = None if rooms is None and not extra else numbers.places(float(rooms or 0), stage) + extra
            found.append(
                Line(
                    record.school_id, where[record.school_id], stage, record.ownership,
                    setting_of(record.urban_rural), int(pupils or 0), places,
                )
            )  # fmt: skip
    return found + [line_of_new(key, stage, count) for (key, stage), count in built.items()]


def line_of_new(place: int, stage: str, count: int) -> Line:
    """A school that the register does not have yet; `place` is its township, below zero."""
    return Line(0, max(0, -place), stage, SchoolRecord.Ownership.PUBLIC, "", 0, count)


def delivered(row: RegisterYear) -> dict[tuple[int, str], int]:
    """Places that projects added since, by school and stage; a school without a record stands under its township,
    below zero."""
    found: dict[tuple[int, str], int] = defaultdict(int)
    known = set(row.records.values_list("school_id", flat=True))
    for one in delivered_since(row):
        place = one.school_id if one.school_id in known else -one.township_id
        for stage, count in one.by_stage.items():
            if count:
                found[place or 0, stage] += count
    return found


def delivered_since(row: RegisterYear) -> list[Project]:
    """Projects handed over after the day of a register and within its school year; the next one has their rooms."""
    rows = Project.objects.filter(county_id=row.county_id, state=ProjectState.DELIVERED, delivered_on__gt=row.as_of)
    return list(rows.filter(delivered_on__lte=SchoolYear(row.year).ends_on).order_by("delivered_on", "pk"))


def counted_at(one: Project, row: RegisterYear) -> int:
    """The school whose places a project adds to; 0 for one that the register does not have."""
    known = row.records.filter(school_id=one.school_id).exists()
    return one.school_id if known and one.school_id else 0


def crowded(classes: Sequence[SchoolClass], county_id: int, row: RegisterYear) -> dict[tuple[int, str], int]:
    """大班额 classes by record and stage."""
    sizes = orgs.class_sizes(county_id, row.as_of)
    found: dict[tuple[int, str], int] = defaultdict(int)
    for one in classes:
        if one.pupils >= sizes.large:
            found[one.record_id, one.stage] += 1
    return found
