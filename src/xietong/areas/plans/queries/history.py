"""Reads: what was entered afterwards of the time before the system."""

from django.db.models import QuerySet

from xietong.areas.plans import access
from xietong.areas.plans.models import PastRecord, Plan
from xietong.kit.access.permissions import fetch
from xietong.kit.accounts.actor import Actor

PAST_OWNER = "plans.past"


def plan_of_past(actor: Actor, pk: int) -> Plan:
    return fetch(actor, access.VIEW_PLAN, pk)


def plan_to_complete(actor: Actor, pk: int) -> Plan:
    """The plan whose past is entered."""
    return fetch(actor, access.CHANGE_PAST, pk)


def past(plan: Plan) -> QuerySet[PastRecord]:
    return plan.past.select_related("task", "unit")


def past_record(actor: Actor, pk: int) -> PastRecord:
    return fetch(actor, access.VIEW_PAST, pk, join=("plan", "task", "unit"))


def past_to_drop(actor: Actor, pk: int) -> PastRecord:
    row = past_record(actor, pk)
    plan_to_complete(actor, row.plan_id)
    return row


def past_kinds() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in PastRecord.Kind.choices]


def next_past_code(plan: Plan) -> str:
    """A number for one more entry that is not in use."""
    used = set(plan.past.values_list("code", flat=True))
    return next(name for n in range(len(used) + 1, 2 * len(used) + 2) if (name := str(n)) not in used)
