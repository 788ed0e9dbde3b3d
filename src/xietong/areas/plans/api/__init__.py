"""Plans for other systems: what was planned, where the tasks stand, what was reported, and reporting."""

from xietong.areas.plans.api.operations import OPERATIONS
