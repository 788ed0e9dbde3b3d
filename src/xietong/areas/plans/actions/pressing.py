"""催办: units are reminded of open tasks, one by one or thousands at once; each person gets one notice of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.areas.people import queries as people
from xietong.areas.plans import queries
from xietong.areas.plans.actions.course import step
from xietong.areas.plans.models import Reminder, Step, Task
from xietong.areas.plans.rules.states import OPEN, Deed
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.jobs.enqueue import enqueue
from xietong.kit.jobs.models import Job
from xietong.kit.notices.actions import notify

AT_ONCE = 300  # more than these go through a job
TITLES_SHOWN = 5
ONE = gettext_noop("任务催办：请尽快办理")
MANY = gettext_noop("%(n)d 项任务被催办，请尽快办理")


class NothingToRemind(Refused):
    """A reminder needs words and an open task."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many tasks units were reminded of, at how many units, and how many were left out as not open."""

    sent: int
    skipped: int
    units: int


def remind(actor: Actor, tasks: Sequence[Task], *, text: str, now: datetime) -> Reminded:
    """This function will remind the lead units of the open ones among the tasks, and leave out the others.

    Raises
        NothingToRemind: no words, or none of the tasks is open.
    """
    with transaction.atomic():
        by_unit = write_reminders(actor, [task.pk for task in tasks], text=text, now=now)
        sent = sum(map(len, by_unit.values()))
        if not sent:
            raise NothingToRemind(_("选中的任务都不在办理中，没有可以催办的。"))
        for unit_id, reminded in by_unit.items():
            if sent == 1:
                tell_of_one(actor, reminded[0], text=text, now=now)
            else:
                tell_of_many(actor, unit_id, [str(one) for one in reminded], len(reminded), text=text, now=now)
    return Reminded(sent, len(tasks) - sent, len(by_unit))


def remind_later(actor: Actor, keys: Sequence[int], *, text: str, now: datetime) -> Job:
    """This function will have a worker remind the units of many tasks.

    Raises
        NothingToRemind: no words.
    """
    must_say(text)
    payload = {"tasks": list(keys), "text": text.strip(), "at": now.isoformat()}
    key = f"plans.remind:{actor.account_id}:{now.isoformat()}"
    return enqueue("plans.remind", key=key, payload=payload, actor=actor, now=now)


def write_reminders(actor: Actor, keys: Iterable[int], *, text: str, now: datetime) -> dict[int, list[Task]]:
    """This function will note a reminder and a step for each open task; unit → its tasks. It tells nobody.

    The task itself says what it said before: whoever has it open in a form does not lose his work.

    Raises
        NothingToRemind: no words.
    """
    must_say(text)
    with transaction.atomic():
        rows = Task.objects.select_for_update(of=("self",)).filter(pk__in=list(keys), state__in=sorted(OPEN))
        found = list(rows.filter(county_id=actor.home).order_by("pk"))
        Reminder.objects.bulk_create([reminder(actor, task, text.strip(), now) for task in found])
        Step.objects.bulk_create([step(actor, task, Deed.REMIND, now=now, note=text.strip()) for task in found])
        Task.objects.filter(pk__in=[task.pk for task in found]).update(moved_at=now)
        if found:
            target = found[0] if len(found) == 1 else None
            said = {"tasks": (None, [task.pk for task in found]), "text": (None, text.strip())}
            record(actor, "plans.remind", target, now=now, changes=said)
    by_unit: dict[int, list[Task]] = {}
    for task in found:
        by_unit.setdefault(task.lead_unit_id or 0, []).append(task)
    return by_unit


def reminder(actor: Actor, task: Task, text: str, now: datetime) -> Reminder:
    return Reminder(
        county_id=task.county_id,
        task=task,
        unit_id=task.lead_unit_id or 0,  # an open task has one
        text=text[:300],
        who=actor.acting_name[:120],
        at=now,
    )


def must_say(text: str) -> None:
    if not text.strip():
        raise NothingToRemind(_("请写明催办内容。"))


def tell_of_one(actor: Actor, task: Task, *, text: str, now: datetime) -> None:
    """The people of the unit and whoever is in charge of the task."""
    accounts = set(people.accounts_of_unit(task.county_id, task.lead_unit_id or 0, day_of(now)))
    if task.owner and task.owner.account_id:
        accounts.add(task.owner.account_id)
    notify(
        actor,
        accounts=accounts,
        title=ONE,
        body=f"{task}：{text.strip()}",
        url=reverse("plans:task", args=[task.pk]),
        kind=queries.REMINDED,
        county_id=task.county_id,
        now=now,
    )


def tell_of_many(actor: Actor, unit_id: int, titles: Sequence[str], n: int, *, text: str, now: datetime) -> None:
    """This function will tell the people of a unit once, however many of its tasks they are reminded of."""
    notify(
        actor,
        accounts=people.accounts_of_unit(actor.home, unit_id, day_of(now)),
        title=MANY,
        values={"n": n},
        body=f"{text.strip()}　{'；'.join(titles[:TITLES_SHOWN])}",
        url=reverse("plans:my_tasks"),
        kind=queries.REMINDED,
        county_id=actor.home,
        now=now,
    )


def tell_units(actor: Actor, counted: Mapping[int, int], *, text: str, now: datetime) -> None:
    """This function will tell units, given as unit → number of tasks, of what a long reminding has noted."""
    for unit_id, n in counted.items():
        tell_of_many(actor, unit_id, [], n, text=text, now=now)
