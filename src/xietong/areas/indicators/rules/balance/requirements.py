"""Every requirement beside the seven indicators, in the order of the document, and how each is judged."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Generic, Protocol, TypeVar

from xietong.areas.indicators.rules.balance.checks import Check, Finding, found
from xietong.areas.indicators.rules.balance.county import County
from xietong.areas.indicators.rules.balance.figures import State, overall
from xietong.areas.indicators.rules.balance.guarantees import (
    base_fund,
    class_sizes,
    portion,
    rooms,
    sizes,
    small_funds,
    special_funds,
)
from xietong.areas.indicators.rules.balance.quality import (
    basic_years,
    differences,
    levels,
    recognition,
    retention,
    training_funds,
    vetoes,
)
from xietong.areas.indicators.rules.balance.standards import Stage, Standards


class Kind(StrEnum):
    """Whether a requirement is reckoned from facts, is a matter of papers, or both."""

    COMPUTED = "computed"
    MATERIAL = "material"
    MIXED = "mixed"


class HasMaterials(Protocol):
    @property
    def materials(self) -> Mapping[str, Finding]: ...


Given = TypeVar("Given", bound=HasMaterials)


@dataclass(frozen=True, slots=True)
class Requirement(Generic[Given]):
    """One requirement; `needs_material`: a person must find it met too."""

    code: str
    checks: tuple[Callable[[Given, Standards], Check], ...] = ()
    needs_material: bool = False

    @property
    def kind(self) -> Kind:
        if not self.checks:
            return Kind.MATERIAL
        return Kind.MIXED if self.needs_material else Kind.COMPUTED


@dataclass(frozen=True, slots=True)
class Judgement:
    """A requirement is met when all its checks are."""

    code: str
    kind: Kind
    state: State
    checks: tuple[Check, ...]

    @property
    def is_borderline(self) -> bool:
        return any(one.is_borderline for one in self.checks)


def judge_requirement(requirement: Requirement[Given], given: Given, standards: Standards) -> Judgement:
    checks = [check(given, standards) for check in requirement.checks]
    if requirement.needs_material:
        checks.append(found(requirement.code, given.materials.get(requirement.code)))
    state = overall(one.state for one in checks)
    return Judgement(requirement.code, requirement.kind, state, tuple(checks))


GUARANTEES: tuple[Requirement[County], ...] = (
    Requirement("G1", needs_material=True),
    Requirement("G2", (partial(base_fund, Stage.PRIMARY), partial(base_fund, Stage.MIDDLE)), needs_material=True),
    Requirement("G3", (partial(rooms, "music"), partial(rooms, "art"))),
    Requirement("G4", (sizes,)),
    Requirement("G5", (partial(class_sizes, Stage.PRIMARY), partial(class_sizes, Stage.MIDDLE))),
    Requirement("G6", (small_funds,)),
    Requirement("G7", (special_funds,)),
    Requirement("G8", (partial(portion, "G8.pay", "teacher_pay", "civil_pay"),)),
    Requirement("G9", (partial(portion, "G9.completed", "trained", "teachers"),)),
    Requirement("G10", needs_material=True),
    Requirement(
        "G11",
        (
            partial(portion, "G11.rotated", "rotated", "eligible", may_be_empty=True),
            partial(portion, "G11.backbone", "rotated_backbone", "rotated", may_be_empty=True),
        ),
    ),
    Requirement("G12", (partial(portion, "G12.certified", "certified", "teachers"),)),
    Requirement(
        "G13",
        (
            partial(portion, "G13.primary", "town_primary_near", "town_primary", may_be_empty=True),
            partial(portion, "G13.middle", "town_middle_near", "town_middle", may_be_empty=True),
        ),
    ),
    Requirement("G14", (partial(portion, "G14.quota", "quota_allotted", "quota"),), needs_material=True),
    Requirement(
        "G15",
        (partial(portion, "G15.migrants", "migrants_placed", "migrants", may_be_empty=True),),
        needs_material=True,
    ),
)
QUALITY: tuple[Requirement[County], ...] = (
    Requirement("Q1", (retention,)),
    Requirement("Q2", (partial(portion, "Q2.enrolled", "disabled_enrolled", "disabled", may_be_empty=True),)),
    Requirement("Q3", needs_material=True),
    Requirement("Q4", (training_funds,)),
    Requirement("Q5", needs_material=True),
    Requirement("Q6", needs_material=True),
    Requirement("Q7", needs_material=True),
    Requirement("Q8", needs_material=True),
    Requirement("Q9", (levels, differences)),
)
RECOGNITION: Requirement[County] = Requirement("R", (recognition,))
VETOES: Requirement[County] = Requirement("V", (vetoes,))
ELIGIBILITY: Requirement[County] = Requirement("E", (basic_years,), needs_material=True)
