"""Reads for other systems: the same rows as the pages by the same permissions, as a program asks for them."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from xietong.areas.plans import access
from xietong.areas.plans.models import Clause, Milestone, Objective, Occurrence, Plan, Report, Task, TaskSupport
from xietong.areas.plans.queries.filing import task_to_report
from xietong.areas.plans.queries.work import REPORT_OWNER, light_of, light_rule, rules_for, tasks
from xietong.areas.plans.rules.lights import Light, LightRule
from xietong.kit.access.permissions import fetch, visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.errors import Denied
from xietong.kit.files.queries import attachments

KEY_PART, BODY_PART = 24, 16


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tasks a program asks for; days are inclusive, `updated_since` is business time."""

    plan: int | None = None
    state: str | None = None
    unit: int | None = None
    due_from: date | None = None
    due_until: date | None = None
    updated_since: datetime | None = None

    @property
    def conditions(self) -> dict[str, Any]:
        asked = {
            "plan_id": self.plan,
            "state": self.state,
            "lead_unit_id": self.unit,
            "due_on__gte": self.due_from,
            "due_on__lte": self.due_until,
            "moved_at__gte": self.updated_since,
        }
        return {name: value for name, value in asked.items() if value is not None}


@dataclass(frozen=True, slots=True)
class RequestKey:
    """The key under which a report is filed once: whose it is and for which task, and what was sent with it.

    The second part tells a request that is sent again from another one under the same key.
    """

    sender: str
    content: str

    @classmethod
    def of(cls, actor: Actor, task_id: int, key: str, content: str) -> "RequestKey":
        return cls(
            sha256(f"{actor.account_id} {task_id} {key}".encode()).hexdigest()[:KEY_PART],
            sha256(content.encode()).hexdigest()[:BODY_PART],
        )

    @property
    def whole(self) -> str:
        return self.sender + self.content


@dataclass(frozen=True, slots=True)
class Filing:
    """A task to report on, or what was filed on it under the same key; `is_same` if with the same content."""

    task: Task | None
    earlier: Report | None
    is_same: bool = True


def plan_read(actor: Actor, pk: int) -> tuple[Plan, list[Clause]]:
    """A plan with its clauses in the order of the text."""
    row = fetch(actor, access.VIEW_PLAN, pk, join=("county",))
    return row, list(row.clauses.order_by("order", "pk"))


def objectives_read(actor: Actor, pk: int) -> QuerySet[Objective]:
    return fetch(actor, access.VIEW_PLAN, pk).objectives.select_related("clause")


def with_supports(rows: QuerySet[Task]) -> QuerySet[Task]:
    supports = Prefetch("supports", queryset=TaskSupport.objects.select_related("unit").order_by("unit__order", "pk"))
    return rows.prefetch_related(supports)


def tasks_read(actor: Actor, wanted: Wanted) -> QuerySet[Task]:
    return with_supports(tasks(actor).filter(**wanted.conditions))


def task_read(actor: Actor, pk: int) -> Task:
    row = with_supports(tasks(actor)).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def parts_read(task: Task) -> tuple[QuerySet[Milestone], QuerySet[Occurrence]]:
    return task.milestones.order_by("due_on", "pk"), task.occurrences.order_by("due_on", "pk")


def lights_of(actor: Actor, rows: list[Task], today: date) -> dict[int, Light]:
    """Task → its light on a day."""
    if not rows:
        return {}
    rules: dict[int, LightRule] = rules_for(actor, today)
    for county_id in {row.county_id for row in rows} - rules.keys():
        rules[county_id] = light_rule(county_id, today)
    return {row.pk: light_of(row, rules) for row in rows}


def reports_read(actor: Actor, task_id: int) -> QuerySet[Report]:
    """The reports on one task that the actor sees."""
    task = fetch(actor, access.VIEW_TASK, task_id)
    return visible(actor, access.VIEW_REPORT).filter(task=task).select_related("unit")


def report_read(actor: Actor, pk: int) -> Report:
    return fetch(actor, access.VIEW_REPORT, pk, join=("unit",))


def evidence_by_report(rows: list[Report]) -> dict[int, list[Any]]:
    """Report → its files."""
    return attachments(REPORT_OWNER, [row.pk for row in rows])


def evidence_read(actor: Actor, pk: int, file_id: int) -> int:
    """The key of a file that hangs on this very report; another's does not exist here."""
    row = report_read(actor, pk)
    if file_id not in {one.pk for one in evidence_by_report([row])[row.pk]}:
        raise Http404
    return file_id


def filed_under(actor: Actor, task_id: int, key: RequestKey) -> Report | None:
    """What was filed on a task under this key, whatever was sent with it."""
    rows = visible(actor, access.VIEW_REPORT).filter(task_id=task_id, request_key__startswith=key.sender)
    return rows.select_related("unit").first()


def filing(actor: Actor, task_id: int, key: RequestKey) -> Filing:
    """The task to report on, or what this key has filed already: sent again, it is answered as the first time."""
    earlier = filed_under(actor, task_id, key)
    if earlier is None:
        try:
            return Filing(task_to_report(actor, task_id), None)
        except Denied:
            # The first of two at once may have been filed between these two looks.
            earlier = filed_under(actor, task_id, key)
            if earlier is None:
                raise
    return Filing(None, earlier, is_same=earlier.request_key == key.whole)
