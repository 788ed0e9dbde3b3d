"""What this area announces."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class OrganisationClosed:
    """An organisation ended; its open work goes to `successor_id`, if it was merged into another."""

    organisation_id: int
    successor_id: int | None
    closed_on: date
