"""The tables of a plan: what it says, who does what by when, what was said about it, what was reported."""

from xietong.areas.plans.models.consultation import Comment, Consultation, Consulted
from xietong.areas.plans.models.course import Change, Extension, FollowUp, Instruction, Reminder, Step
from xietong.areas.plans.models.parts import Milestone, Occurrence
from xietong.areas.plans.models.past import PastRecord
from xietong.areas.plans.models.plan import Clause, Phase, Plan, Standing
from xietong.areas.plans.models.report import Contribution, FileRemark, Report, SpotCheck
from xietong.areas.plans.models.task import (
    Baseline,
    Dependency,
    ObjectiveTask,
    Task,
    TaskMechanism,
    TaskSource,
    TaskSupport,
)
from xietong.areas.plans.models.text import Finding, Objective, Sentence
