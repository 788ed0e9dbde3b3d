"""Reads: the rules that a plan asks for, and those that a task applies."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from xietong.areas.mechanisms import queries as mechanisms
from xietong.areas.mechanisms.access import VIEW_MECHANISM
from xietong.areas.mechanisms.models import Mechanism
from xietong.areas.plans import access
from xietong.areas.plans.models import Finding, Plan, Task
from xietong.kit.access.permissions import fetch, visible
from xietong.kit.accounts.actor import Actor


@dataclass(frozen=True, slots=True)
class Named:
    """A text of rules that the plan asks for: its name, the clause, and the row on the list if it is there."""

    title: str
    basis: str
    row: Any


def named_in(actor: Actor, plan: Plan, today: date) -> tuple[Named, ...]:
    """Every text of rules that a clause of the plan asks for, in the order of the text, each once."""
    asked = asked_for(plan)
    if not asked:
        return ()
    listed = {row.title: row for row in mechanisms.mechanisms(actor, today).filter(title__in=asked)}
    return tuple(Named(title, basis, listed.get(title)) for title, basis in asked.items())


def not_listed(plan: Plan, county_id: int) -> list[tuple[str, str]]:
    """(name, clause) of what the plan asks for and the county's list lacks."""
    listed = set(Mechanism.objects.filter(county_id=county_id).values_list("title", flat=True))
    return [(title, basis) for title, basis in asked_for(plan).items() if title not in listed]


def asked_for(plan: Plan) -> dict[str, str]:
    """Name → clause of the documents that clauses ask for; what stands above the text is only referred to."""
    found = plan.findings.filter(kind=Finding.Kind.DOCUMENT, clause__isnull=False)
    rows = found.exclude(state=Finding.State.REJECTED).select_related("clause").order_by("start", "pk")
    return {row.meaning or row.text: str(row.clause) for row in rows}


def mechanisms_of(actor: Actor, task: Task) -> tuple[Mechanism, ...]:
    """The rules that a task applies, as far as the actor may read them."""
    applied = task.applied.values("mechanism_id")
    return tuple(visible(actor, VIEW_MECHANISM).filter(pk__in=applied).order_by("order", "pk"))


def mechanisms_by_id(actor: Actor) -> dict[int, Mechanism]:
    return {row.pk: row for row in visible(actor, VIEW_MECHANISM).order_by("order", "pk")}


def plan_to_list(actor: Actor, pk: int) -> Plan:
    return fetch(actor, access.LIST_MECHANISMS, pk)
