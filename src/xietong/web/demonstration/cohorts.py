"""How many children of 云岭县 were born in each year, and so how full each grade is. All of it 演示."""

from collections.abc import Mapping
from random import Random
from statistics import fmean

from xietong.areas.orgs.models import Organisation
from xietong.areas.orgs.rules.fields import GRADES

FIRST, LAST = 2005, 2024
"""Cohorts whose births are known: those born from September 2005 on, until August 2025."""
TURN = 2016
"""Fewer are born from then on."""
TREND: Mapping[int, float] = {year: 0.94 ** max(0, year - TURN) for year in range(FIRST, LAST + 1)}
AGES = {"kindergarten": 3, "primary": 6, "middle": 6, "high": 6}
"""At which children entered the chain of grades that a stage belongs to."""
BASE = 2025
"""The school year in which a stage is as full as the staff of its schools tells."""
UNEVEN, WANDERING = 0.06, 0.012
"""How much the grades of a school differ, and how much one changes from year to year."""


def cohort(stage: str, grade: int, year: int) -> int:
    """The births that sit in a grade in a school year."""
    return year - AGES[stage] - grade


def crowd(school: Organisation, stage: str, grade: int, year: int, rng: Random) -> float:
    """How full a grade is beside one of the base year: a cohort keeps its size while it goes up."""
    if stage not in AGES:
        return rng.uniform(1 - UNEVEN, 1 + UNEVEN)
    born = cohort(stage, grade, year)
    own = Random(f"{school} {born}").uniform(1 - UNEVEN, 1 + UNEVEN)  # noqa: S311  (it must come out the same each time)
    usual = fmean(TREND[cohort(stage, one, BASE)] for one in GRADES[stage])
    return TREND.get(born, 1.0) / usual * own * rng.uniform(1 - WANDERING, 1 + WANDERING)
