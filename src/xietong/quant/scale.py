"""The two numbers that carry one scale of ability onto another."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ability = TypeVar("Ability", float, Floats)


@dataclass(frozen=True, slots=True)
class Constants:
    """θ on the target scale = A θ + B for θ on the source scale.

    Attributes
    ----------
    stretch
        A, above 0: how many units of the target scale one unit of the source scale is. NaN where not defined.
    shift
        B: where the zero of the source scale lies on the target scale. NaN where not defined.
    """

    stretch: float
    shift: float

    def of(self, ability: Ability) -> Ability:
        """Abilities of the source scale, on the target scale."""
        return self.stretch * ability + self.shift

    def inverse(self) -> "Constants":
        """From the target scale back to the source scale.

        Examples
        --------
        >>> Constants(2.0, 1.0).inverse()
        Constants(stretch=0.5, shift=-0.5)
        """
        return Constants(1 / self.stretch, -self.shift / self.stretch)


UNDEFINED = Constants(float("nan"), float("nan"))
