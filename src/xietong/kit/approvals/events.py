"""What approvals announce."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settled:
    """An approval has ended: agreed to, sent back by somebody, or withdrawn by whoever had asked."""

    form: str
    owner_id: int
    county_id: int
    outcome: str
