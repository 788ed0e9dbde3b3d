"""What a forecast is made from, as arrays: townships × school years × grades, births, housing, places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from xietong.areas.places.rules.stages import GRADES, STAGES, Chain, EntryAges

Array = NDArray[np.float64]

STEPS = tuple((stage, grade) for stage in STAGES for grade in GRADES[stage])
"""The grades of the arrays, from the small class of a kindergarten to the last of a high school."""

SPAN = {
    stage: slice(STEPS.index((stage, GRADES[stage][0])), STEPS.index((stage, GRADES[stage][-1])) + 1)
    for stage in STAGES
}


@dataclass(frozen=True, slots=True)
class SchoolShare:
    """A stage of a school, with its share of the pupils of its township, of the county for a high school.

    `places` are those of the years to come, None where they are not known.
    """

    school: int
    township: int
    stage: str
    share: float
    places: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What is known up to the base year.

    `pupils` is townships × years × `STEPS`, the last year being the base year; `births` are by township and cohort,
    `last_cohort` is the last that is known. `arrivals` (townships × years to come × `STEPS`) are the pupils expected
    in new housing, `places` (townships × (base year and those to come) × stages) what classrooms and projects give.
    """

    base: int
    townships: tuple[int, ...]
    pupils: Array
    births: Mapping[tuple[int, int], int]
    last_cohort: int | None
    arrivals: Array
    places: Array
    schools: Sequence[SchoolShare]
    ages: EntryAges
    teachers: Mapping[str, float]

    @property
    def first(self) -> int:
        """The first school year that is known."""
        return self.base - int(self.pupils.shape[1]) + 1

    def years(self, horizon: int) -> range:
        return range(self.first, self.base + horizon + 1)

    def of_stage(self, stage: str) -> Array:
        return self.pupils[..., SPAN[stage]]

    def has(self, stage: str) -> bool:
        """Whether the county has pupils of a stage in the base year."""
        return bool(self.of_stage(stage)[:, -1].sum())

    def concerns(self, place: int, stage: str) -> bool:
        """Whether a township has pupils or places of a stage, or will have."""
        return bool(self.of_stage(stage)[place].sum() or self.places[place, :, STAGES.index(stage)].sum())

    def history(self, chain: Chain) -> Array:
        """Pupils of a chain; NaN in a township that never had any of a stage, so that it speaks for nobody."""
        parts = []
        for stage in chain.stages:
            part = self.of_stage(stage)
            never = part.sum(axis=(1, 2)) == 0
            parts.append(np.where(never[:, None, None], np.nan, part))
        return np.concatenate(parts, axis=2)

    def coming(self, chain: Chain, horizon: int) -> Array:
        return np.concatenate([self.arriving(stage)[:, :horizon] for stage in chain.stages], axis=2)

    def arriving(self, stage: str) -> Array:
        """Expected pupils of a stage; those of a township without such a school go where the pupils are now."""
        found = self.arrivals[..., SPAN[stage]]
        now = self.of_stage(stage)[:, -1].sum(axis=1)
        stranded = np.where(now[:, None, None] > 0, 0.0, found)
        shared: Array = found - stranded + (now / max(now.sum(), 1.0))[:, None, None] * stranded.sum(axis=0)
        return shared

    def born(self, cohorts: Sequence[int], change: float) -> Array:
        """Births by township and cohort; those after the last that is known change by so many per cent a year."""
        last = self.last_cohort or 0
        yearly = 1 + change / 100
        return np.array(
            [
                [
                    self.births.get((key, min(cohort, last)), np.nan) * yearly ** max(0, cohort - last)
                    for cohort in cohorts
                ]
                for key in self.townships
            ],
            dtype=np.float64,
        ).reshape(len(self.townships), len(cohorts))

    def places_of(self, township: int | None, stage: str, horizon: int) -> Array:
        """The places of the years to come, of one township by its number, or of the county."""
        found = self.places[:, 1 : horizon + 1, STAGES.index(stage)]
        part: Array = found.sum(axis=0) if township is None else found[township]
        return part

    def together(self) -> "Ground":
        """The county as one area. A cohort that one township does not know is not known of the county."""
        knowing = {key for key, _cohort in self.births}
        whole = {
            (0, cohort): sum(self.births[key, cohort] for key in knowing)
            for cohort in {cohort for _key, cohort in self.births}
            if all((key, cohort) in self.births for key in knowing)
        }
        return replace(
            self,
            townships=(0,),
            pupils=self.pupils.sum(axis=0, keepdims=True),
            births=whole,
            arrivals=self.arrivals.sum(axis=0, keepdims=True),
            places=self.places.sum(axis=0, keepdims=True),
        )

    def lacking(self, horizon: int) -> list[tuple[int, int]]:
        """Townships with pupils, and the cohorts of theirs that will enter and should be known, but are not."""
        found = {
            (key, cohort)
            for stage in ("kindergarten", "primary")
            for place, key in enumerate(self.townships)
            if self.of_stage(stage)[place, -1].sum()
            for year in range(self.base + 1, self.base + horizon + 1)
            for cohort in [self.ages.cohort(Chain((stage,)), year)]
            if cohort <= (self.last_cohort or 0) and (key, cohort) not in self.births
        }
        return sorted(found)
