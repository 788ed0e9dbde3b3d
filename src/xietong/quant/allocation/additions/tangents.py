r"""Cuts: linear inequalities that every county within the limits satisfies.

With totals :math:`R_i`, weights :math:`w_i = P_i / \sum P` and :math:`m = \sum R`,

.. math:: CV \le L \iff \sum_i \frac{R_i^2}{w_i m} \le (1 + L^2)\, m .

Each term gets a variable :math:`t_i`, its part, and :math:`\sum t_i \le (1 + L^2) m` is linear. What keeps a part
above its term are tangents: :math:`(R_i - r w_i m)^2 \ge 0` is

.. math:: \frac{R_i^2}{w_i m} \ge 2 r R_i - r^2 w_i m \quad \text{for every number } r,

with equality where the unit's ratio is :math:`r` times the mean. So :math:`t_i \ge 2 r R_i - r^2 w_i m` takes
nothing away that is within the limits, whatever point it was made at.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from xietong.quant.allocation.additions.county import Floats
from xietong.quant.allocation.additions.task import Cone

HEAVY = 1e4  # a row over a whole cone is blown up to this, so that the solver's tolerance is a small share of it
INWARD = 1e-9  # share of the limit by which such a row moves in where the point is hardly outside


@dataclass(slots=True)
class Rows:
    """Rows for the solver, collected in blocks of equally long ones."""

    lower: list[Floats] = field(default_factory=list)
    upper: list[Floats] = field(default_factory=list)
    index: list[NDArray[np.intp]] = field(default_factory=list)
    value: list[Floats] = field(default_factory=list)

    def add(self, lower: Floats, upper: Floats, index: NDArray[np.intp], value: Floats) -> None:
        """This function will take r rows with c entries each: (r,), (r,), (r, c), (r, c)."""
        self.lower.append(lower)
        self.upper.append(upper)
        self.index.append(index)
        self.value.append(value)

    def add_one(self, lower: float, upper: float, index: NDArray[np.intp], value: Floats) -> None:
        self.add(np.array([lower]), np.array([upper]), index[None, :], value[None, :])

    def __len__(self) -> int:
        return sum(map(len, self.lower))


@dataclass(frozen=True, slots=True, eq=False)
class Closing:
    """One row over a whole cone: ``value @ added + slope * over_limit >= lower``."""

    lower: float
    value: Floats
    slope: float


def shares(cone: Cone, additions: Floats) -> Floats:
    """Ratios over their mean, of a cone in which there is something."""
    totals = cone.totals + additions[cone.units, cone.item]
    ratios: Floats = totals / (cone.weight * totals.sum())
    return ratios


def at_the_limit(cone: Cone, ratios: Floats) -> Floats:
    """The same ratios drawn to their mean until the coefficient is at its limit: a tangent there cuts deeper."""
    return 1 + (ratios - 1) * min(1.0, cone.limit / deviation(cone, ratios))


def deviation(cone: Cone, ratios: Floats) -> float:
    return float(np.sqrt((cone.weight * (ratios - 1) ** 2).sum()))


def room(cone: Cone) -> float:
    """What a cone is widened in: about what it adds up to, so that 0.1 adds about 0.1 to the square of its limit."""
    return max(float(cone.totals.sum()) / cone.size, len(cone.units))


def tangents(cone: Cone, ratios: Floats) -> tuple[Floats, Floats]:
    """For each unit the tangent at its ratio, ``value @ (part, added, amount) >= lower``."""
    value = np.stack([np.ones_like(ratios), -2 * ratios, cone.weight * ratios**2], axis=1)
    return 2 * ratios * cone.totals / cone.size, value


def closing(cone: Cone, ratios: Floats, excess: float) -> Closing:
    r"""The tangent of the whole cone at these ratios.

    With :math:`u_i = (r_i - 1) / CV`, so that :math:`\sum w_i u_i = 0` and :math:`\sum w_i u_i^2 = 1`, the inequality
    of Cauchy and Schwarz gives :math:`\sum u_i R_i \le CV m`, hence :math:`\sum (L - u_i) R_i \ge 0` where the limit
    is kept. The tangents of the parts imply it, but only up to a tolerance for each of them.
    """
    scale = HEAVY / room(cone)
    value = (cone.limit - (ratios - 1) / deviation(cone, ratios)) * scale
    lift = INWARD * HEAVY if excess < INWARD else 0.0
    return Closing(lift - float(value @ cone.totals) / cone.size, value, HEAVY / (2 * cone.limit))
