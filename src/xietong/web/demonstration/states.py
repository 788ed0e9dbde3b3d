"""In which state the tasks stand on the day of the demonstration."""

from collections.abc import Sequence
from random import Random

from xietong.areas.plans.models import Task
from xietong.areas.plans.rules.states import TaskState
from xietong.web.demonstration.moments import TODAY

# Shares of the tasks whose day is past, and of those whose day is to come.
PAST = ((TaskState.UNDER_WAY, 0.09), (TaskState.CLAIMED, 0.03), (TaskState.ISSUED, 0.02))
COMING = ((TaskState.UNDER_WAY, 0.52), (TaskState.ISSUED, 0.20), (TaskState.CLAIMED, 0.12))


def distribute(tasks: Sequence[Task], rng: Random) -> None:
    """Sets the states; whatever no share asks for has been verified."""
    past = [task for task in tasks if task.due_on and task.due_on < TODAY]
    coming = [task for task in tasks if task.due_on and task.due_on >= TODAY]
    for group, shares in ((past, PAST), (coming, COMING)):
        order = sorted(group, key=lambda _task: rng.random())
        if group is past:
            # What is late is late since the spring, not for a year.
            order.sort(key=lambda task: task.due_on or TODAY, reverse=True)
            order[: len(order) // 3] = sorted(order[: len(order) // 3], key=lambda _task: rng.random())
        start = 0
        for task in order:
            task.state = TaskState.VERIFIED.value
        for state, share in shares:
            count = round(share * len(order))
            for task in order[start : start + count]:
                task.state = state.value
            start += count
