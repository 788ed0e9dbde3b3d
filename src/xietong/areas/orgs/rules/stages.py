"""What stages of a school share, told to each by its weight."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a pupil of a stage counts, beside one of the lowest stage that the school has.

    九年一贯制: 1 : `middle`. 完全中学: 1 : `high`. 十二年一贯制: 1 : `middle` : `high_of_twelve`.
    """

    middle: float
    high: float
    high_of_twelve: float

    def of(self, stages: tuple[str, ...]) -> Mapping[str, float]:
        if "primary" not in stages:
            return {"middle": 1.0, "high": self.high}
        return {"primary": 1.0, "middle": self.middle, "high": self.high_of_twelve}


def shares(pupils: Mapping[str, float], weights: Weights) -> dict[str, float]:
    """The part of a shared asset that each stage is counted with; nothing to share among no pupils."""
    held = weights.of(tuple(pupils))
    counted = {stage: held.get(stage, 1.0) * number for stage, number in pupils.items()}
    together = sum(counted.values())
    return {stage: number / together for stage, number in counted.items()} if together else {}
