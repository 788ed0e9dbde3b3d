"""学段 as chains of grades: who is in one grade this year is in the next one a year later."""

from collections.abc import Mapping
from dataclasses import dataclass

STAGES = ("kindergarten", "primary", "middle", "high")
"""The stages whose places are counted; a special school has no standard class."""

LOCAL = STAGES[:3]
"""The stages that a township has pupils of its own in; a high school serves the whole county."""

GRADES: Mapping[str, tuple[int, ...]] = {
    "kindergarten": (1, 2, 3),
    "primary": (1, 2, 3, 4, 5, 6),
    "middle": (7, 8, 9),
    "high": (10, 11, 12),
}


@dataclass(frozen=True, slots=True)
class Chain:
    """Stages that children pass one after another; `first` is the stage in which births enter."""

    stages: tuple[str, ...]

    @property
    def first(self) -> str:
        return self.stages[0]

    @property
    def places(self) -> tuple[tuple[str, int], ...]:
        """Stage and grade of each step, from the lowest."""
        return tuple((stage, grade) for stage in self.stages for grade in GRADES[stage])

    @property
    def groups(self) -> tuple[slice, ...]:
        """Where each stage stands among the steps."""
        ends = [sum(len(GRADES[stage]) for stage in self.stages[: n + 1]) for n in range(len(self.stages))]
        return tuple(slice(end - len(GRADES[stage]), end) for stage, end in zip(self.stages, ends, strict=True))


KINDERGARTEN = Chain(("kindergarten",))
COMPULSORY = Chain(("primary", "middle"))
SCHOOL = Chain(("primary", "middle", "high"))


@dataclass(frozen=True, slots=True)
class EntryAges:
    """The age, full by 31 August, at which children enter a chain: 3 and 6."""

    kindergarten: int
    primary: int

    def cohort(self, chain: Chain, year: int) -> int:
        """The births that enter in a school year: those from 1 September of this year to 31 August of the next."""
        age = self.primary if chain.first == "primary" else self.kindergarten
        return year - age - 1
