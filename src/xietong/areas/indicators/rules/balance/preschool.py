"""县域学前教育普及普惠: what is asked of a county's kindergartens, judged like the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from xietong.areas.indicators.rules.balance.checks import Check, measured, share
from xietong.areas.indicators.rules.balance.figures import Comparator, Number, State, overall, quotient
from xietong.areas.indicators.rules.balance.gardens import AREAS, GRADES, Preschool, added, attended, split
from xietong.areas.indicators.rules.balance.requirements import Judgement, Requirement, judge_requirement
from xietong.areas.indicators.rules.balance.standards import PLACES, Standards, read

PREFIX = "indicators.preschool."
NUMBERS = (
    *("K1.enrolled", "K2.inclusive", "K3.public", "K7.public", "K7.inclusive", "K9.pay"),
    *(f"K12.{area}" for area in AREAS),
    *("K12.since", "K12.new", "K12.old"),
    *("K13.within", *(f"K13.{grade}" for grade in GRADES)),
    *("K14.ratio", "K15.certified", "K17"),
)
CHOICES = {"places.item": PLACES, "places.percent": PLACES}


def preschool_standards_of(values: Mapping[str, str]) -> Standards:
    """The standards out of code → value of the rules in force. Raises RuleFault, which names the rule."""
    return read(values, PREFIX, NUMBERS, CHOICES)


def percent(
    code: str, part: Number | None, whole: Number | None, standards: Standards, missing: tuple[str, ...]
) -> Check:
    places = standards.whole("places.percent")
    return share(code, part, whole, standards.number(code), places=places, missing=missing)


def enrolled(given: Preschool, standards: Standards) -> Check:
    """K1 学前三年毛入园率: all children who attend, of whatever age, over the children of the three years."""
    told, missing = split(given.gardens, "children")
    return percent("K1.enrolled", added(told, "children"), given.age_group, standards, missing)


def attending(code: str, kinds: tuple[str, ...], given: Preschool, standards: Standards) -> Check:
    """K2, K3: the share of children in kindergartens of some kinds."""
    told, missing = split(given.gardens, "children")
    some = [one for one in told if any(getattr(one, kind) for kind in kinds)]
    return percent(code, added(some, "children"), added(told, "children"), standards, missing)


def yuan(code: str, name: str, given: Preschool, standards: Standards) -> Check:
    """K7: yuan a child and year that the county gives."""
    limit, places = standards.number(code), standards.whole("places.item")
    return measured(code, getattr(given, name), Comparator.AT_LEAST, limit, places=places)


def pay(given: Preschool, standards: Standards) -> Check:
    """K9: the pay of teachers without a permanent post at public kindergartens over that of those with one."""
    return percent("K9.pay", given.contract_pay, given.staff_pay, standards, ())


def rooms(area: str, era: str, given: Preschool, standards: Standards) -> Check:
    """K12: the share of kindergartens, designed before or since a year, that have so many square metres a child."""
    since, limit = standards.number("K12.since"), standards.number(f"K12.{area}")
    told, missing = split(
        (one for one in attended(given) if one.designed is None or (one.designed >= since) == (era == "new")),
        *("children", "designed", area),
    )
    known = [quotient(getattr(one, area), one.children) for one in told]
    return share(
        f"K12.{area}.{era}",
        sum(value is not None and value >= limit for value in known),
        len(known),
        standards.number(f"K12.{era}"),
        places=standards.whole("places.percent"),
        may_be_empty=True,
        missing=missing,
    )


def class_sizes(given: Preschool, standards: Standards) -> Check:
    """K13: the share of classes that are no larger than their grade may be."""
    missing = tuple(one.code for one in attended(given) if not one.is_rolled())
    sizes = [
        one.children <= standards.number(f"K13.{one.grade}")
        for garden in attended(given)
        if garden.code not in missing
        for one in garden.classes or ()
        if one.children is not None
    ]
    return percent("K13.within", sum(sizes), len(sizes), standards, missing)


def children_per_teacher(given: Preschool, standards: Standards) -> Check:
    """K14: counted over the county, so many children to a teacher."""
    told, missing = split(given.gardens, "children", "teachers")
    value = quotient(added(told, "children"), added(told, "teachers"))
    limit, places = standards.number("K14.ratio"), standards.whole("places.item")
    return measured("K14.ratio", value, Comparator.AT_MOST, limit, places=places, missing=missing)


def certified(given: Preschool, standards: Standards) -> Check:
    """K15: heads and teachers."""
    told, missing = split(given.gardens, "certified", "certifiable")
    return percent("K15.certified", added(told, "certified"), added(told, "certifiable"), standards, missing)


def recognition(given: Preschool, standards: Standards) -> Check:
    limit, places = standards.number("K17"), standards.whole("places.percent")
    return measured("K17", given.recognition, Comparator.AT_LEAST, limit, places=places)


PRESCHOOL: tuple[Requirement[Preschool], ...] = (
    Requirement("K1", (enrolled,)),
    Requirement("K2", (partial(attending, "K2.inclusive", ("is_public", "is_inclusive")),)),
    Requirement("K3", (partial(attending, "K3.public", ("is_public",)),)),
    Requirement("K4", needs_material=True),
    Requirement("K5", needs_material=True),
    Requirement("K6", needs_material=True),
    Requirement(
        "K7", (partial(yuan, "K7.public", "public_fund"), partial(yuan, "K7.inclusive", "inclusive_subsidy"))
    ),
    Requirement("K8", needs_material=True),
    Requirement("K9", (pay,)),
    Requirement("K10", needs_material=True),
    Requirement("K11", needs_material=True),
    Requirement("K12", tuple(partial(rooms, area, era) for area in AREAS for era in ("new", "old"))),
    Requirement("K13", (class_sizes,)),
    Requirement("K14", (children_per_teacher,)),
    Requirement("K15", (certified,)),
    Requirement("K16", needs_material=True),
    Requirement("K17", (recognition,)),
)


@dataclass(frozen=True, slots=True)
class Reach:
    """How a county stands to 普及普惠."""

    judgements: tuple[Judgement, ...]

    @property
    def state(self) -> State:
        return overall(one.state for one in self.judgements)

    def lacking(self) -> tuple[Judgement, ...]:
        return tuple(one for one in self.judgements if one.state in {State.NOT_MET, State.NOT_REPORTED})


def judge_preschool(given: Preschool, standards: Standards) -> Reach:
    return Reach(tuple(judge_requirement(one, given, standards) for one in PRESCHOOL))
