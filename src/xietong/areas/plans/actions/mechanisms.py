"""The rules that a plan asks for are put on the county's list, and linked from the tasks that apply them."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.mechanisms.actions import add_mechanism
from xietong.areas.mechanisms.models import Mechanism
from xietong.areas.plans import queries
from xietong.areas.plans.models import Plan, Task, TaskMechanism
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.errors import Refused
from xietong.kit.records.writing import locked

KINDS = {"机制": Mechanism.Kind.MECHANISM, "办法": Mechanism.Kind.APPRAISAL, "制度": Mechanism.Kind.UNIFIED}


class NothingToList(Refused):
    """The plan asks for no rules that are not on the list."""


def list_mechanisms(actor: Actor, plan: Plan, *, now: datetime) -> list[Mechanism]:
    """This function will put every text of rules that the plan asks for on the county's list, with its clause.

    Raises
        NothingToList: all are there already, or the text names none.
    """
    with transaction.atomic():
        plan = locked(plan)
        asked = queries.not_listed(plan, actor.home)
        if not asked:
            raise NothingToList(_("方案里要求制定的制度都已登记。"))
        return [
            add_mechanism(actor, title=title[:120], kind=kind_of(title), basis=basis[:300], now=now)
            for title, basis in asked
        ]


def kind_of(title: str) -> str:
    found = (kind for ending, kind in KINDS.items() if title.endswith(ending))
    return next(found, Mechanism.Kind.OTHER).value


def apply_mechanisms(actor: Actor, task: Task, *, mechanisms: Sequence[Mechanism], now: datetime) -> Task:
    """This function will say which rules a task applies."""
    with transaction.atomic():
        row = locked(task)
        before = set(row.applied.values_list("mechanism_id", flat=True))
        wanted = {one.pk for one in mechanisms}
        row.applied.exclude(mechanism_id__in=wanted).delete()
        TaskMechanism.objects.bulk_create(
            TaskMechanism(county_id=row.county_id, task=row, mechanism_id=pk) for pk in sorted(wanted - before)
        )
        changes = {"mechanisms": (sorted(before), sorted(wanted))}
        record(actor, "plans.apply_mechanisms", row, now=now, changes=changes)
    return row
