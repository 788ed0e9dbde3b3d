"""Builders of what falls on a day within a task, in the manner of `tests.planning`: rows as they stand."""

from datetime import date
from itertools import count
from typing import Any

from tests.build import LONG_AGO, NOW
from xietong.areas.plans.models import Baseline, Dependency, FollowUp, Milestone, Occurrence, Task

SERIAL = count(1)


def milestone(*, task: Task, due_on: date, title: str = "", **fields: Any) -> Milestone:
    title = title or f"里程碑{next(SERIAL)}"
    return Milestone.objects.create(county_id=task.county_id, task=task, due_on=due_on, title=title, **fields)


def occurrence(*, task: Task, due_on: date, label: str = "", **fields: Any) -> Occurrence:
    fields = {"starts_on": LONG_AGO, "label": label or f"第{next(SERIAL)}期"} | fields
    return Occurrence.objects.create(county_id=task.county_id, task=task, due_on=due_on, **fields)


def follow_up(*, task: Task, due_on: date, **fields: Any) -> FollowUp:
    usual = {"unit": task.lead_unit, "year": 2026, "number": next(SERIAL), "demand": "请说明进度。", "at": NOW}
    return FollowUp.objects.create(county_id=task.county_id, task=task, due_on=due_on, **(usual | fields))


def baseline(*, task: Task, due_on: date, **fields: Any) -> Baseline:
    usual = {"at": NOW, "number": task.number, "title": task.title, "lead_unit": str(task.lead_unit)}
    return Baseline.objects.create(county_id=task.county_id, task=task, due_on=due_on, **(usual | fields))


def dependency(*, task: Task, needs: Task) -> Dependency:
    return Dependency.objects.create(county_id=task.county_id, task=task, needs=needs)
