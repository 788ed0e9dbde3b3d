"""A county as a whole: all or nothing, with the list of what is lacking."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from xietong.areas.indicators.rules.balance.county import County
from xietong.areas.indicators.rules.balance.figures import State, overall
from xietong.areas.indicators.rules.balance.requirements import (
    ELIGIBILITY,
    GUARANTEES,
    QUALITY,
    RECOGNITION,
    VETOES,
    Judgement,
    judge_requirement,
)
from xietong.areas.indicators.rules.balance.standards import Stage, Standards
from xietong.areas.indicators.rules.balance.units import Exclusion, counted
from xietong.areas.indicators.rules.balance.variation import Variation, judge_variations
from xietong.areas.indicators.rules.balance.verdicts import ItemState, UnitVerdict, judge_unit


class Part(StrEnum):
    """The parts of the document in its order; a veto and the condition of applying come last."""

    UNITS = "units"
    VARIATION = "variation"
    GUARANTEES = "guarantees"
    QUALITY = "quality"
    RECOGNITION = "recognition"
    VETOES = "vetoes"
    ELIGIBILITY = "eligibility"


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that stands in the way: not met, or not known.

    `code` is an indicator or a requirement; for a unit it is its school, and `details` are its indicators that must
    be raised or have facts missing. For a requirement `details` are its checks.
    """

    part: Part
    code: str
    state: State
    stage: Stage | None = None
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Balance:
    """How a county stands to 优质均衡."""

    units: tuple[UnitVerdict, ...]
    exclusions: tuple[Exclusion, ...]
    variations: tuple[Variation, ...]
    requirements: Mapping[Part, tuple[Judgement, ...]]

    @property
    def state(self) -> State:
        return overall(one.state for one in self.everything())

    def lacking(self) -> tuple[Lack, ...]:
        """What stands in the way, in the order of the document."""
        return tuple(one for one in self.everything() if one.state in {State.NOT_MET, State.NOT_REPORTED})

    def everything(self) -> Iterator[Lack]:
        """Each single thing that is asked for, met or not; a county without a unit has handed in nothing."""
        if not self.units:
            yield Lack(Part.UNITS, "", State.NOT_REPORTED)
        for unit in self.units:
            yield Lack(Part.UNITS, unit.unit.school, unit.state, unit.unit.stage, open_items(unit))
        for one in self.variations:
            yield Lack(Part.VARIATION, one.item, one.state, one.stage)
        for part, judgements in self.requirements.items():
            for judgement in judgements:
                yield Lack(part, judgement.code, judgement.state, details=open_checks(judgement))


PARTS = {
    Part.GUARANTEES: GUARANTEES,
    Part.QUALITY: QUALITY,
    Part.RECOGNITION: (RECOGNITION,),
    Part.VETOES: (VETOES,),
    Part.ELIGIBILITY: (ELIGIBILITY,),
}


def judge_county(county: County, standards: Standards) -> Balance:
    found = counted(county.schools, standards)
    return Balance(
        tuple(judge_unit(unit, standards) for unit in found.units),
        found.exclusions,
        judge_variations(found.units, standards),
        {part: tuple(judge_requirement(one, county, standards) for one in some) for part, some in PARTS.items()},
    )


def open_items(verdict: UnitVerdict) -> tuple[str, ...]:
    raised = {one.item for one in verdict.raises}
    return tuple(one.item for one in verdict.items if one.item in raised or one.state is ItemState.MISSING)


def open_checks(judgement: Judgement) -> tuple[str, ...]:
    return tuple(one.code for one in judgement.checks if one.state in {State.NOT_MET, State.NOT_REPORTED})
