"""政府保障程度: what can be reckoned of the fifteen guarantees, G2 to G15."""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from xietong.areas.indicators.rules.balance.checks import Case, Check, Excuse, everywhere, measured, share
from xietong.areas.indicators.rules.balance.county import County
from xietong.areas.indicators.rules.balance.figures import HUNDRED, Comparator, Number, quotient
from xietong.areas.indicators.rules.balance.standards import COMPULSORY, Stage, Standards
from xietong.areas.indicators.rules.balance.units import OUTSIDE, Reason, School, SchoolClass

COMBINED = frozenset({"nine_year", "twelve_year"})
RELAXED = "relaxations.on"


def compulsory(county: County) -> Iterator[School]:
    """All schools of compulsory education, the smallest teaching points too; special schools are asked apart."""
    return (school for school in county.schools if school.kind not in OUTSIDE and school.size() != 0)


def special(county: County) -> Iterator[School]:
    return (school for school in county.schools if school.kind == Reason.SPECIAL)


def portion(
    code: str, part: str, whole: str, county: County, standards: Standards, *, may_be_empty: bool = False
) -> Check:
    """A share of two figures of the county, for the requirements that are no more than that."""
    counts = getattr(county.totals, part), getattr(county.totals, whole)
    places = standards.whole("places.percent")
    return share(code, *counts, standards.number(code), places=places, may_be_empty=may_be_empty)


def base_fund(stage: Stage, county: County, standards: Standards) -> Check:
    """G2 公用经费基准定额: the county's yuan a pupil are no less than the province's."""
    code, value = f"G2.{stage}", getattr(county.totals, f"fund_{stage}")
    return measured(code, value, Comparator.AT_LEAST, standards.number(code), places=standards.whole("places.item"))


def rooms(subject: str, county: County, standards: Standards) -> Check:
    """G3: a room of its own for every twelve classes begun; one that is too small does not count."""
    cases = (room_case(subject, school, standards) for school in compulsory(county))
    return everywhere(f"G3.{subject}", cases, Comparator.AT_LEAST, is_relaxed=standards.is_on(RELAXED))


def room_case(subject: str, school: School, standards: Standards) -> Case:
    sizes: tuple[Number, ...] | None = getattr(school.conditions, f"{subject}_rooms")
    roll = classes_of(school, COMPULSORY)
    need = Fraction(ceil(len(roll) / standards.number("G3.classes_per_room")))
    if sizes is None or not roll:
        return Case(school.code, None, need)
    is_enough = rooms_of(sizes, standards.number(f"G3.relaxed_{subject}_area")) >= need
    excuse = room_excuse(school, roll, standards, is_enough=is_enough)
    return Case(school.code, rooms_of(sizes, standards.number(f"G3.{subject}_area")), need, excuse=excuse)


def rooms_of(sizes: tuple[Number, ...], least: Fraction) -> Fraction:
    return Fraction(sum(size >= least for size in sizes))


def room_excuse(school: School, roll: list[SchoolClass], standards: Standards, *, is_enough: bool) -> Excuse | None:
    if is_enough and is_built_until("G3.relaxed_until", school, standards):
        return Excuse.BUILT_EARLIER
    limit = standards.number("G3.small_classes")
    is_small = all(one.pupils is not None and one.pupils < limit for one in roll)
    return Excuse.SMALL_CLASSES if school.is_rural and is_small else None


def classes_of(school: School, stages: tuple[Stage, ...]) -> list[SchoolClass]:
    """The classes of some stages; none as well while the roll was not handed in."""
    return [one for one in school.conditions.classes or () if one.stage in stages]


def is_built_until(code: str, school: School, standards: Standards) -> bool:
    return school.conditions.built is not None and school.conditions.built <= standards.number(code)


def sizes(county: County, standards: Standards) -> Check:
    """G4: pupils of compulsory age at a school; more where it has both stages from grade one to nine."""
    cases = (size_case(school, standards) for school in compulsory(county))
    return everywhere("G4", cases, Comparator.AT_MOST, is_relaxed=standards.is_on(RELAXED))


def size_case(school: School, standards: Standards) -> Case:
    name = "combined" if school.kind in COMBINED else "single"
    limit, size = standards.number(f"G4.{name}"), school.size()
    if size is None:
        return Case(school.code, None, limit)
    is_within = size <= standards.number(f"G4.relaxed_{name}")
    excuse = size_excuse(school, size, standards) if is_within else None
    return Case(school.code, Fraction(size), limit, excuse=excuse)


def size_excuse(school: School, size: int, standards: Standards) -> Excuse | None:
    if is_built_until("G4.relaxed_until", school, standards):
        return Excuse.BUILT_EARLIER
    migrants = quotient(school.conditions.migrants, size, per=HUNDRED)
    is_many = migrants is not None and migrants > standards.number("G4.migrant_share")
    return Excuse.MANY_MIGRANTS if is_many else None


def class_sizes(stage: Stage, county: County, standards: Standards) -> Check:
    """G5: each class of the roll; an average would hide the full ones behind the empty ones."""
    code = f"G5.{stage}"
    limit = standards.number(code)
    cases = (
        case
        for school in compulsory(county)
        if school.pupils_in(stage) != 0
        for case in class_cases(school, stage, limit)
    )
    return everywhere(code, cases, Comparator.AT_MOST)


def class_cases(school: School, stage: Stage, limit: Fraction) -> list[Case]:
    """The classes of a stage; a stage with pupils and without a class has not handed in its roll."""
    return [
        Case(school.code, None if one.pupils is None else Fraction(one.pupils), limit, one.name)
        for one in classes_of(school, (stage,))
    ] or [Case(school.code, None, limit)]


def funded(pupils: int, standards: Standards) -> Fraction:
    """For how many pupils a school gets public funds: for a hundred if it has fewer."""
    return max(Fraction(pupils), standards.number("G6.least"))


def small_funds(county: County, standards: Standards) -> Check:
    """G6: a school of fewer than a hundred is funded as one of a hundred."""
    least = standards.number("G6.least")
    cases = (funds_case(school, least) for school in compulsory(county) if is_below(school.size(), least))
    return everywhere("G6", cases, Comparator.AT_LEAST)


def is_below(size: int | None, least: Fraction) -> bool:
    """A school of unknown size may be a small one."""
    return size is None or size < least


def funds_case(school: School, least: Fraction) -> Case:
    value = None if school.size() is None else school.conditions.funded
    return Case(school.code, None if value is None else Fraction(value), least)


def special_funds(county: County, standards: Standards) -> Check:
    """G7: yuan a pupil and year at each special school."""
    limit = standards.number("G7.funds")
    cases = (
        Case(school.code, quotient(school.conditions.public_funds, school.pupils_in(Stage.SPECIAL)), limit)
        for school in special(county)
        if school.pupils_in(Stage.SPECIAL) != 0
    )
    return everywhere("G7", cases, Comparator.AT_LEAST, places=standards.whole("places.item"))
