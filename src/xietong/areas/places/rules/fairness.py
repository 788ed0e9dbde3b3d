"""均等: how evenly places are spread over the pupils of schools and townships."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from xietong.areas.places.rules.supply import Line
from xietong.quant.inequality import theil, weighted


@dataclass(frozen=True, slots=True)
class Fairness:
    """Of places per pupil, weighted by pupils: 差异系数, and Theil's index within and between townships."""

    cv: float
    within: float
    between: float

    @property
    def share_between(self) -> float:
        """How much of the inequality lies between townships, in per cent."""
        total = self.within + self.between
        return 100 * self.between / total if total else 0.0


def fairness(lines: Sequence[Line]) -> Fairness | None:
    """Over schools that have pupils and known places; None with fewer than two."""
    counted = [one for one in lines if one.pupils and one.places]
    if len(counted) < 2:  # noqa: PLR2004  (one school alone is even)
        return None
    pupils = np.array([one.pupils for one in counted], dtype=np.float64)
    ratio = np.array([[one.places or 0] for one in counted], dtype=np.float64) / pupils[:, None]
    townships = sorted({one.township for one in counted})
    groups = np.array([townships.index(one.township) for one in counted])
    parts = theil(ratio, pupils, groups, len(townships))
    return Fairness(weighted(ratio, pupils).cv.item(), parts.within.item(), parts.between.item())
