"""What this area announces."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WorkHandedOver:
    """What `giver_id` had open goes to `successor_id`."""

    giver_id: int
    successor_id: int
