"""Which schools move a coefficient, and what each could do about it."""

from dataclasses import dataclass

import numpy as np

from xietong.areas.indicators.queries.balance import BalancePage
from xietong.areas.indicators.rules.balance import ITEMS, Stage
from xietong.areas.orgs.models import Organisation
from xietong.quant.inequality import contributions


@dataclass(frozen=True, slots=True)
class Mover:
    """A school's part in a coefficient.

    `share` is of the variance, `slope` what one more of the resource does; `without` it the others have that.
    """

    school: Organisation
    pupils: int
    value: float
    share: float
    slope: float
    without: float

    @property
    def percent(self) -> float:
        return 100 * self.share


@dataclass(frozen=True, slots=True)
class Movers:
    """Schools in official order."""

    cv: float
    rows: tuple[Mover, ...]


def movers(page: BalancePage, item: str, stage: str) -> Movers | None:
    """None where fewer than two units have the figure."""
    one = next(one for one in ITEMS if one.code == item)
    units = [verdict.unit for verdict in page.verdicts(Stage(stage))]
    told = [(unit, amount) for unit in units if unit.pupils and (amount := one.amount(unit)) is not None]
    if len(told) < 2:  # noqa: PLR2004
        return None
    pupils = np.array([float(unit.pupils or 0) for unit, _amount in told])
    amounts = np.array([float(amount) for _unit, amount in told])
    found = contributions(amounts, pupils)
    return Movers(
        float(found.cv),
        tuple(
            Mover(
                page.schools[unit.school],
                unit.pupils or 0,
                float(amount) / float(unit.pupils or 1) * one.per,
                float(found.share[place]),
                float(found.derivative[place]),
                float(found.without[place]),
            )
            for place, (unit, amount) in enumerate(told)
        ),
    )
