"""How far a scenario and a building project have come."""

from enum import StrEnum


class ScenarioState(StrEnum):
    """DRAFT may be changed, SUBMITTED waits for a leader, APPROVED holds, RETIRED held until another did."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETIRED = "retired"


class ProjectState(StrEnum):
    """规划, 在建, 已交付, 已取消."""

    PLANNED = "planned"
    BUILDING = "building"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


COMING = frozenset({ProjectState.PLANNED, ProjectState.BUILDING})
"""What a forecast counts on from its due day."""
