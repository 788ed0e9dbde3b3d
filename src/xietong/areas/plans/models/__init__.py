"""The tables of a plan: what it says, who does what by when, what was said about it, what was reported."""

from xietong.areas.plans.models.consultation import Comment, Consultation, Consulted
from xietong.areas.plans.models.past import PastRecord
from xietong.areas.plans.models.plan import Clause, Phase, Plan, Standing
from xietong.areas.plans.models.task import Baseline, Extension, Report, Step, Task, TaskSource, TaskSupport
from xietong.areas.plans.models.text import Finding, Objective, Sentence

__all__ = [
    "Baseline",
    "Clause",
    "Comment",
    "Consultation",
    "Consulted",
    "Extension",
    "Finding",
    "Objective",
    "PastRecord",
    "Phase",
    "Plan",
    "Report",
    "Sentence",
    "Standing",
    "Step",
    "Task",
    "TaskSource",
    "TaskSupport",
]
