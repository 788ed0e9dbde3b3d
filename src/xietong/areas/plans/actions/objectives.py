"""What is known of an objective: where it started, where it stands, by which tasks it is reached."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.plans.models import Objective, ObjectiveTask, Task
from xietong.kit.accounts.actor import Actor
from xietong.kit.errors import Refused
from xietong.kit.records.writing import change


class SourceMissing(Refused):
    """A figure without the day and the source that it was taken from."""


def measure_objective(
    actor: Actor, objective: Objective, *, version: int, tasks: Sequence[Task] = (), now: datetime, **fields: Any
) -> Objective:
    """This function will write down figures of an objective with their source, and the tasks by which it is reached.

    Raises
        SourceMissing: a present figure without its day or source.
        Stale: somebody changed it meanwhile.
    """
    if fields.get("reached") is not None and not (fields.get("reached_on") and fields.get("source")):
        raise SourceMissing(_("填写现状值须同时写明现状日期和数据来源。"))
    with transaction.atomic():
        row = change(actor, objective, action="plans.measure_objective", now=now, version=version, **fields)
        row.ways.exclude(task__in=tasks).delete()
        held = set(row.ways.values_list("task_id", flat=True))
        ObjectiveTask.objects.bulk_create(
            ObjectiveTask(county_id=row.county_id, objective=row, task=task) for task in tasks if task.pk not in held
        )
    return row
