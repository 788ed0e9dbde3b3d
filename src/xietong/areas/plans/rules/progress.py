"""How far a task is. Nobody types a percentage: it follows from parts that are done, or from a measured quantity."""

from dataclasses import dataclass
from decimal import Decimal

from xietong.areas.plans.rules.states import TaskState


@dataclass(frozen=True, slots=True)
class Progress:
    """Parts done out of all (milestones, periods, sub-tasks), and what was measured against the target.

    `share` is a whole percentage, rounded down, or None where nothing can be counted.
    """

    state: TaskState
    done: int = 0
    total: int = 0
    measured: Decimal | None = None
    target: Decimal | None = None

    @property
    def share(self) -> int | None:
        if self.state is TaskState.VERIFIED:
            return 100
        if self.target:
            return max(0, min(int(100 * (self.measured or 0) / self.target), MOST))
        return min(100 * self.done // self.total, MOST) if self.total else None


MOST = 99  # a hundred is said only of what was verified


def attained(baseline: Decimal | None, target: Decimal | None, reached: Decimal | None) -> int | None:
    """How much of the way from the baseline to the target is done, as a whole percentage from 0 to 100, rounded down.

    Without a baseline the way begins at zero. None where a figure is missing, or where there is no way to go.
    """
    begin = baseline or Decimal(0)
    if target is None or reached is None or target == begin:
        return None
    return max(0, min(int(100 * (reached - begin) / (target - begin)), 100))
