"""班额: how many pupils a class may have, and from how many on it is large."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Band(StrEnum):
    """OVER is above the standard of its stage, LARGE 大班额, VERY_LARGE 超大班额."""

    OK = "ok"
    OVER = "over"
    LARGE = "large"
    VERY_LARGE = "very_large"


@dataclass(frozen=True, slots=True)
class ClassSizes:
    """The most pupils of a class by stage, and from how many on it is large, and very large, in any stage.

    A stage without a standard has none to be over.
    """

    standard: Mapping[str, int]
    large: int
    very_large: int

    def band(self, stage: str, pupils: int) -> Band:
        if pupils >= self.very_large:
            return Band.VERY_LARGE
        if pupils >= self.large:
            return Band.LARGE
        return Band.OVER if pupils > self.standard.get(stage, pupils) else Band.OK
