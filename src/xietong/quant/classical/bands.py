"""Names the band that a difficulty or discrimination falls into."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.classical.marks import Counts

SLACK = 1e-9
"""What rounding may cost: 0.7 − 0.3 reaches 0.4."""


@dataclass(frozen=True, slots=True)
class Bands:
    """Cut points between bands.

    Attributes
    ----------
    limits
        The least value of every band but the lowest, ascending.

    Raises
    ------
    ValueError
        The limits do not ascend.

    Examples
    --------
    >>> Bands((0.2, 0.3, 0.4)).of([0.7 - 0.3, 0.25, -0.1, float("nan")])
    array([ 3,  1,  0, -1])
    """

    limits: tuple[float, ...]

    def __post_init__(self) -> None:
        if not all(one < other for one, other in zip(self.limits, self.limits[1:], strict=False)):
            raise ValueError(f"limits {self.limits} do not ascend")

    def of(self, values: ArrayLike) -> Counts:
        """The band of each value, 0 for the lowest; −1 for NaN. Judged unrounded."""
        given = np.asarray(values, dtype=np.float64)
        found = np.searchsorted(np.asarray(self.limits) - SLACK, given, side="right")
        return np.where(np.isnan(given), -1, found).astype(np.int64)


DIFFICULTY_BANDS = Bands((0.15, 0.38, 0.73, 0.86))
"""难, 较难, 中, 较易, 易: the cut points of one source, made for two decimals; counties have others."""

DISCRIMINATION_BANDS = Bands((0.20, 0.30, 0.40))
"""Drop, revise, good, very good: the customary cut points after Ebel."""
