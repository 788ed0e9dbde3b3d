"""Reads: what is proposed to become different, and how a task stands against its baseline."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from xietong.areas.plans import access
from xietong.areas.plans.models import Baseline, Change, Plan, Task
from xietong.areas.plans.rules.changing import FIELDS, Amended, amendments, kept
from xietong.kit.access.permissions import fetch, visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals.queries import Course, course, latest


@dataclass(frozen=True, slots=True)
class Altered:
    """One field in words: its name, what it said, what it says or is to say."""

    label: Any
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangePage:
    """A proposal with what it would change, and its way through the approval."""

    row: Change
    fields: tuple[Altered, ...]
    course: Course | None

    @property
    def title(self) -> str:
        return str(self.row.task or self.row.values["title"]["after"])


def values_of(task: Task) -> dict[str, Any]:
    """What of a task may be changed by proposal, as it says now."""
    return {name: getattr(task, name) for name in FIELDS}


def label_of_field(name: str) -> Any:
    return Task._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def in_words(found: list[Amended]) -> tuple[Altered, ...]:
    return tuple(Altered(label_of_field(one.field), one.before, one.after) for one in found)


def against_baseline(task: Task) -> tuple[Altered, ...]:
    """The fields in which a task differs from what it was when it was issued."""
    row = Baseline.objects.filter(task=task).first()
    if row is None:
        return ()
    before = {name: getattr(row, name) for name in FIELDS}
    now_says: Mapping[str, Any] = {**values_of(task), "lead_unit": str(task.lead_unit or "")}
    return in_words(amendments(before, now_says))


def changes(actor: Actor) -> QuerySet[Change]:
    return visible(actor, access.VIEW_CHANGE).select_related("task", "plan")


def change_page(actor: Actor, pk: int) -> ChangePage:
    row = fetch(actor, access.VIEW_CHANGE, pk, join=("task", "plan"))
    last = latest(access.CHANGE_FORM, row.pk)
    return ChangePage(row, in_words(kept(row.values)), course(last) if last else None)


def changes_of(task: Task) -> tuple[Change, ...]:
    return tuple(task.changes.order_by("-at", "-pk"))


def change_states() -> list[tuple[str, Any]]:
    return list(Change.STATES)


def plan_to_amend(actor: Actor, pk: int) -> Plan:
    return fetch(actor, access.AMEND_PLAN, pk)
