"""What comes of the question: the additions, how good they are, or what stands in the way."""

from dataclasses import dataclass
from enum import StrEnum

from xietong.quant.allocation.additions.county import Flags, Floats


class Status(StrEnum):
    """How the search ended."""

    SOLVED = "solved"  # nothing is cheaper, to a hundred-thousandth
    WITHIN_GAP = "within_gap"
    INFEASIBLE = "infeasible"
    TIME_LIMIT = "time_limit"
    ROUND_LIMIT = "round_limit"


class Kind(StrEnum):
    """What a requirement is about, and what its index names."""

    UNIT = "unit"  # (unit,): how many thresholds it can meet, and must
    FLOOR = "floor"  # (unit, resource): the most it can take, and what its floor takes
    LIMIT = "limit"  # (group, resource): the limit of its coefficient, and what could be reached
    CAP = "cap"  # (resource,): what all can be given, and what would be needed
    BUDGET = "budget"  # (): what may be spent, and what is at least needed


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement that cannot be met: what is allowed, and what it would take."""

    kind: Kind
    index: tuple[int, ...]
    allowed: float
    needed: float


@dataclass(frozen=True, slots=True)
class Round:
    """One solve: rows added after it, the bound and the best cost so far, the worst excess over a limit at its point.

    `violation` is a share of the limit, 0 where all are kept; `is_whole` tells a round in whole numbers.
    """

    is_whole: bool
    cuts: int
    bound: float
    best: float
    violation: float


@dataclass(frozen=True, slots=True, eq=False)
class Additions:
    """The cheapest additions found.

    Parameters
    ----------
    additions : (n, K)
        They pass, and keep the caps; NaN throughout where none were found. They may cost more than the budget: then
        `blocked` names it, or the search ended before it was decided.
    cost, bound, gap
        What they cost (``inf`` without any), what is proved that nothing costs less than, and the difference as a
        share of the cost.
    status
        How the search ended.
    rounds
        Its course.
    used_up
        The resources of whose cap nothing is left.
    blocked
        What cannot be met, if nothing passes.
    missing : (n, K)
        What nobody knows of the county; nothing is proposed for it, and no limit is judged with it.
    """

    additions: Floats
    cost: float
    bound: float
    gap: float
    status: Status
    rounds: tuple[Round, ...]
    used_up: tuple[int, ...]
    blocked: tuple[Requirement, ...]
    missing: Flags
