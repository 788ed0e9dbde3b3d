"""The tables of a plan: what it says, who does what by when, what was reported and decided."""

from xietong.areas.plans.models.plan import Clause, Phase, Plan, Standing
from xietong.areas.plans.models.task import Report, Step, Task, TaskSupport

__all__ = ["Clause", "Phase", "Plan", "Report", "Standing", "Step", "Task", "TaskSupport"]
