"""Which schools are counted, and as what: each stage of compulsory education at a school is a unit of its own.

What belongs to a whole school is divided among its stages by their pupils, unless the stage reported its own.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction

from xietong.areas.indicators.rules.balance.figures import Number, total
from xietong.areas.indicators.rules.balance.standards import COMPULSORY, Stage, Standards

WEIGHED = (*COMPULSORY, Stage.HIGH)
POINT = "teaching_point"
STAGES: Mapping[str, tuple[Stage, ...]] = {
    "primary": (Stage.PRIMARY,),
    POINT: (Stage.PRIMARY,),
    "middle": (Stage.MIDDLE,),
    "nine_year": COMPULSORY,
    "twelve_year": WEIGHED,
    "complete_middle": (Stage.MIDDLE, Stage.HIGH),
    "high": (Stage.HIGH,),
    "special": (Stage.SPECIAL,),
}


class Reason(StrEnum):
    """Why a school or a stage of it is not counted."""

    SPECIAL = "special"
    VOCATIONAL = "vocational"
    KINDERGARTEN = "kindergarten"
    SMALL_POINT = "small_point"
    HIGH_STAGE = "high_stage"
    NO_PUPILS = "no_pupils"


OTHER_STAGES = {
    Stage.KINDERGARTEN: Reason.KINDERGARTEN,
    Stage.HIGH: Reason.HIGH_STAGE,
    Stage.SPECIAL: Reason.SPECIAL,
}
OUTSIDE = {one.value: one for one in (Reason.SPECIAL, Reason.VOCATIONAL, Reason.KINDERGARTEN)}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a stage or a school has: people, square metres, yuan, rooms. None was not reported.

    `visiting` are rotated, shared and part-time teachers of sports and arts who come to a small rural school.
    """

    above_degree: Number | None = None
    backbone: Number | None = None
    sports: Number | None = None
    music: Number | None = None
    art: Number | None = None
    mixed_arts: Number | None = None
    visiting: Number | None = None
    teaching_area: Number | None = None
    indoor_sports_area: Number | None = None
    sports_ground_area: Number | None = None
    equipment_value: Number | None = None
    multimedia_classrooms: Number | None = None


# Teachers belong to the stage that they teach: only these are divided.
SHARED = ("teaching_area", "indoor_sports_area", "sports_ground_area", "equipment_value", "multimedia_classrooms")


@dataclass(frozen=True, slots=True)
class SchoolClass:
    stage: Stage
    name: str
    pupils: int | None


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the guarantees ask of a school as a whole: its roll, rooms by their square metres, yuan of a year.

    `funded` is the number of pupils that its public funds were reckoned by.
    """

    classes: tuple[SchoolClass, ...] | None = None
    music_rooms: tuple[Number, ...] | None = None
    art_rooms: tuple[Number, ...] | None = None
    built: int | None = None
    migrants: int | None = None
    funded: int | None = None
    public_funds: Number | None = None
    training_funds: Number | None = None


@dataclass(frozen=True, slots=True)
class School:
    """A school as it was reported; `kind` is a code of OrgKind, `shared` what no single stage has for itself."""

    code: str
    kind: str
    pupils: Mapping[Stage, int | None]
    is_rural: bool = False
    facts: Mapping[Stage, Facts] = field(default_factory=dict)
    shared: Facts = Facts()
    conditions: Conditions = Conditions()

    def stages(self) -> tuple[Stage, ...]:
        """Those of its kind, then any other that it has pupils in, such as classes attached to it."""
        usual = STAGES.get(self.kind, ())
        return (*usual, *(stage for stage in self.pupils if stage not in usual))

    def pupils_in(self, stage: Stage) -> int | None:
        return self.pupils.get(stage, None if stage in self.stages() else 0)

    def size(self) -> int | None:
        """Its pupils of compulsory age; None if a stage did not report."""
        found = total(*(self.pupils_in(stage) for stage in COMPULSORY))
        return None if found is None else int(found)


@dataclass(frozen=True, slots=True)
class Unit:
    """One stage at one school: what the seven indicators and the coefficients of variation count."""

    school: str
    stage: Stage
    pupils: int | None
    facts: Facts
    is_visited: bool = False


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What is not counted; without a stage the whole school."""

    school: str
    stage: Stage | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Counted:
    units: tuple[Unit, ...]
    exclusions: tuple[Exclusion, ...]


def counted(schools: Iterable[School], standards: Standards) -> Counted:
    """The units of a county, and what was left out for which reason."""
    found = [one for school in schools for one in parts_of(school, standards)]
    return Counted(
        tuple(one for one in found if isinstance(one, Unit)),
        tuple(one for one in found if isinstance(one, Exclusion)),
    )


def parts_of(school: School, standards: Standards) -> Iterator[Unit | Exclusion]:
    if school.kind in OUTSIDE:
        yield Exclusion(school.code, None, OUTSIDE[school.kind])
        return
    for stage in school.stages():
        reason = reason_of(school, stage, standards)
        yield Exclusion(school.code, stage, reason) if reason else unit_of(school, stage, standards)


def reason_of(school: School, stage: Stage, standards: Standards) -> Reason | None:
    pupils = school.pupils_in(stage)
    if pupils == 0:
        return Reason.NO_PUPILS
    if stage not in COMPULSORY:
        return OTHER_STAGES[stage]
    is_small = pupils is not None and pupils < standards.number("point_least")
    return Reason.SMALL_POINT if school.kind == POINT and is_small else None


def unit_of(school: School, stage: Stage, standards: Standards) -> Unit:
    own = school.facts.get(stage, Facts())
    share = share_of(school, stage, standards)
    divided = {name: part(getattr(own, name), getattr(school.shared, name), share) for name in SHARED}
    pupils = school.pupils_in(stage)
    return Unit(school.code, stage, pupils, replace(own, **divided), is_visited(school, standards))


def part(own: Number | None, shared: Number | None, share: Fraction | None) -> Number | None:
    """What the stage reported itself goes before its share of what the school reported."""
    if own is not None or shared is None or share is None:
        return own
    return share * Fraction(shared)


def share_of(school: School, stage: Stage, standards: Standards) -> Fraction | None:
    """The share of a stage in what the school has: its pupils over those of all stages, each by its weight.

    None if it cannot be told: a stage did not report its pupils, or the county does not divide.
    """
    pupils = {one: school.pupils_in(one) for one in WEIGHED if school.pupils_in(one) != 0}
    if len(pupils) == 1:
        return Fraction(1)
    weighed = {one: weight(one, standards) * count for one, count in pupils.items() if count is not None}
    if len(weighed) < len(pupils) or not standards.is_on("split.on"):
        return None
    return weighed[stage] / sum(weighed.values())


def weight(stage: Stage, standards: Standards) -> Fraction:
    """1 : 1.1 : 1.1 × 1.2, so that one pair of numbers serves 九年, 十二年 and 完中."""
    middle = standards.number("split.middle")
    weights = {
        Stage.PRIMARY: Fraction(1),
        Stage.MIDDLE: middle,
        Stage.HIGH: middle * standards.number("split.high"),
    }
    return weights[stage]


def is_visited(school: School, standards: Standards) -> bool:
    """Whether visiting teachers count in L3: a rural school, small by all its pupils of compulsory age."""
    size = school.size()
    is_small = size is not None and standards.number("small_from") <= size < standards.number("small_below")
    return school.is_rural and is_small
