"""How full schools are: 富余, 适中, 紧张, 缺口."""

from dataclasses import dataclass
from enum import StrEnum


class Band(StrEnum):
    """NONE where there are no places that pupils could be compared with."""

    SPARE = "spare"
    FIT = "fit"
    TIGHT = "tight"
    SHORT = "short"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Bands:
    """Shares of pupils in places: below `half_empty` is spare, above `tight` tight, above `full` short."""

    half_empty: float
    tight: float
    full: float

    def of(self, pupils: float, places: float) -> Band:
        if not places:
            return Band.SHORT if pupils else Band.NONE
        share = pupils / places
        if share > self.full:
            return Band.SHORT
        if share > self.tight:
            return Band.TIGHT
        return Band.SPARE if share < self.half_empty else Band.FIT
