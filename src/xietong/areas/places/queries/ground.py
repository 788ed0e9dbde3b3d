"""What a forecast is made from, read for a county and a base year."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np

from xietong.areas.orgs.models import Figure, Organisation, RegisterYear, SchoolClass
from xietong.areas.orgs.rules.calendar import SchoolYear
from xietong.areas.places.models import Births, Housing, Project
from xietong.areas.places.queries import standards, townships
from xietong.areas.places.queries.supply import Supply, supply
from xietong.areas.places.rules.assumptions import LONGEST, Assumptions
from xietong.areas.places.rules.ground import SPAN, STEPS, Array, Ground, SchoolShare
from xietong.areas.places.rules.projects import first_year
from xietong.areas.places.rules.stages import GRADES, STAGES
from xietong.areas.places.rules.states import COMING, ProjectState
from xietong.areas.places.rules.supply import Standards
from xietong.kit.ruletable.table import value_of

Pupils = Mapping[tuple[int, int, str, int], float]
"""School year, school, stage, grade → pupils."""


def ground(register: RegisterYear, assumed: Assumptions, on: date) -> Ground:
    """The county as one area where schools with pupils belong to no township; the queries do not grow."""
    now = supply(register, Standards(assumed.sizes, assumed.usable / 100))
    pupils = pupils_of(register)
    years = school_years(register)
    schools = Organisation.objects.in_bulk({school for _year, school, _stage, _grade in pupils})
    where = {key: townships.township_of(row, now.townships) for key, row in schools.items()}
    born = {(row.township_id, row.year): row.births for row in Births.objects.filter(county_id=register.county_id)}
    used = {*where.values(), *(key for key, _cohort in born)}
    keys = (*(key for key in now.townships if key in used), *([0] if 0 in used else []))
    found = Ground(
        base=register.year,
        townships=keys,
        pupils=array_of(pupils, where, keys, years),
        births=born,
        last_cohort=max((cohort for _key, cohort in born), default=None),
        arrivals=arrivals(register, keys, on),
        places=places(now, keys),
        schools=tuple(shares(pupils, register.year, where, places_of_schools(now), whole=0 in keys)),
        ages=standards.entry_ages(register.county_id, on),
        teachers={stage: float(one) for stage, one in standards.teacher_ratios(register.county_id, on).items()},
    )
    return found.together() if 0 in keys else found


def school_years(register: RegisterYear) -> range:
    """The years up to the base year of which every one has a register."""
    known = set(RegisterYear.objects.filter(county_id=register.county_id).values_list("year", flat=True))
    first = register.year
    while first - 1 in known:
        first -= 1
    return range(first, register.year + 1)


def pupils_of(register: RegisterYear) -> Pupils:
    """Pupils by grade as the statistics tell them, or else as the classes add up to."""
    of = {"record__register__county_id": register.county_id, "record__register__year__lte": register.year}
    names = ("record__register__year", "record__school_id", "stage", "grade")
    rows = Figure.objects.filter(**of, field="pupils", grade__gt=0, stage__in=STAGES)
    told = {
        (year, school, stage, grade): float(value)
        for year, school, stage, grade, value in rows.values_list(*names, "value")
    }
    counted: dict[tuple[int, int, str, int], float] = defaultdict(float)
    classes = SchoolClass.objects.filter(**of, stage__in=STAGES)
    for year, school, stage, grade, value in classes.values_list(*names, "pupils"):
        counted[year, school, stage, grade] += value
    return counted | told


def array_of(pupils: Pupils, where: Mapping[int, int], keys: tuple[int, ...], years: range) -> Array:
    found = np.zeros((len(keys), len(years), len(STEPS)))
    steps = {step: n for n, step in enumerate(STEPS)}
    for (year, school, stage, grade), count in pupils.items():
        if year in years and (stage, grade) in steps:
            found[keys.index(where[school]), year - years[0], steps[stage, grade]] += count
    return found


def arrivals(register: RegisterYear, keys: tuple[int, ...], on: date) -> Array:
    """Pupils expected in new housing as far as they can be relied on, spread over the grades of their stage."""
    found = np.zeros((len(keys), LONGEST, len(STEPS)))
    rules = standards.rules(register.county_id, on)
    rows = Housing.objects.filter(
        county_id=register.county_id, year__gt=register.year, year__lte=register.year + LONGEST
    )
    for row in rows:
        if row.township_id in keys:
            sure = float(value_of(rules, f"places.certainty.{row.certainty}")) / 100
            for stage, count in row.by_stage.items():
                place = keys.index(row.township_id), row.year - register.year - 1, SPAN[stage]
                found[place] += sure * count / len(GRADES[stage])
    return found


def places(now: Supply, keys: tuple[int, ...]) -> Array:
    """Places of the base year and the years to come: those of the register, and of projects from when they serve."""
    found = np.zeros((len(keys), LONGEST + 1, len(STAGES)))
    for line in now.lines:
        if line.township in keys:
            found[keys.index(line.township), :, STAGES.index(line.stage)] += line.places or 0
    for one in coming(now.register):
        after = max(1, first_year(one.delivered_on or one.due_on) - now.register.year)
        if one.township_id in keys and after <= LONGEST:
            found[keys.index(one.township_id), after:] += [one.by_stage[stage] for stage in STAGES]
    return found


def places_of_schools(now: Supply) -> dict[tuple[int, str], tuple[float, ...]]:
    """Places of the years to come by school and stage, with the projects at the school; none if it has no figure."""
    found = {
        (line.school, line.stage): np.full(LONGEST, float(line.places))
        for line in now.lines
        if line.places is not None
    }
    for one in coming(now.register):
        after = max(1, first_year(one.delivered_on or one.due_on) - now.register.year)
        for stage, count in one.by_stage.items():
            if (one.school_id, stage) in found:
                found[one.school_id or 0, stage][after - 1 :] += count
    return {key: tuple(map(float, values)) for key, values in found.items()}


def coming(register: RegisterYear) -> Iterable[Project]:
    """Projects that the places of the register's year do not count yet."""
    rows = Project.objects.filter(county_id=register.county_id).exclude(state=ProjectState.CANCELLED)
    counted = SchoolYear(register.year).ends_on
    return [one for one in rows if one.state in COMING or (one.delivered_on and one.delivered_on > counted)]


def shares(
    pupils: Pupils,
    base: int,
    where: Mapping[int, int],
    places: Mapping[tuple[int, str], tuple[float, ...]],
    *,
    whole: bool,
) -> Iterable[SchoolShare]:
    """Each school's share of the pupils of its township; of the county in a high school, or where it is one area."""
    counts: dict[tuple[int, str], float] = defaultdict(float)
    sums: dict[tuple[int, str], float] = defaultdict(float)
    for (year, school, stage, _grade), count in pupils.items():
        if year == base:
            counts[school, stage] += count
            sums[0 if whole or stage == "high" else where[school], stage] += count
    for (school, stage), count in counts.items():
        township = 0 if whole or stage == "high" else where[school]
        if count:
            yield SchoolShare(school, township, stage, count / sums[township, stage], places.get((school, stage)))


def lacking_births(found: Ground, horizon: int) -> list[tuple[Organisation | None, int]]:
    """The births that a forecast needs and nobody has entered, with the townships that they are of."""
    missing = found.lacking(horizon)
    rows = Organisation.objects.in_bulk([key for key, _cohort in missing])
    return [(rows.get(key), cohort) for key, cohort in missing]
