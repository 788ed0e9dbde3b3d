"""延期: the lead unit asks for a later day, the office grants or refuses it; the baseline stays as it was."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.areas.people import queries as people
from xietong.areas.plans.actions.course import WrongState, advance
from xietong.areas.plans.actions.standing import refresh_standing
from xietong.areas.plans.actions.work import OpinionMissing, tell, tell_office
from xietong.areas.plans.models import Extension, Task
from xietong.areas.plans.rules.states import Deed, ExtensionState
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.records.writing import add, change, locked

TITLES = {
    Deed.GRANT: gettext_noop("延期申请已同意"),
    Deed.REFUSE: gettext_noop("延期申请未获同意"),
}


def ask_extension(actor: Actor, task: Task, *, until: date, reason: str, now: datetime) -> Extension:
    """This function will ask the office for a later due day.

    Raises
        WrongState: the task is not open, or is claimed to be done.
        Refused: the day is not later, or an earlier request still waits.
    """
    with transaction.atomic():
        task = advance(actor, locked(task), Deed.ASK_LATER, now=now, note=f"{until} — {reason.strip()}")
        row = Extension(
            county_id=task.county_id,
            task=task,
            due_on=task.due_on or until,  # an issued task has one
            until=until,
            reason=reason.strip(),
            unit=task.lead_unit,
            asked_by=actor.acting_name[:60],
            at=now,
        )
        add(actor, row, action="plans.ask_extension", now=now)
        tell_office(actor, task, gettext_noop("有新的延期申请"), kind="plans.extension", now=now)
    return row


def grant_extension(actor: Actor, extension: Extension, *, opinion: str = "", now: datetime) -> Extension:
    """This function will move the due day of a task to the one asked for.

    Raises
        WrongState: it has been answered, or the task is not open any more.
    """
    return answer(actor, extension, Deed.GRANT, ExtensionState.GRANTED, opinion=opinion, now=now)


def refuse_extension(actor: Actor, extension: Extension, *, opinion: str, now: datetime) -> Extension:
    """This function will leave the due day as it is, and say why.

    Raises
        OpinionMissing: the opinion is empty.
        WrongState: it has been answered, or the task is not open any more.
    """
    if not opinion.strip():
        raise OpinionMissing(_("不同意延期须写明理由。"))
    return answer(actor, extension, Deed.REFUSE, ExtensionState.REFUSED, opinion=opinion, now=now)


def answer(
    actor: Actor, extension: Extension, deed: Deed, state: ExtensionState, *, opinion: str, now: datetime
) -> Extension:
    with transaction.atomic():
        task, row = locked(extension.task), locked(extension)
        if row.state != ExtensionState.ASKED.value:
            raise WrongState(_("这次延期申请已经答复过了：%(state)s。") % {"state": row.get_state_display()})
        values: dict[str, Any] = {"due_on": row.until} if deed is Deed.GRANT else {}
        said = [f"{row.until}", opinion.strip()] if values else [opinion.strip()]
        task = advance(actor, task, deed, now=now, note=" — ".join(filter(None, said)), **values)
        if values:
            refresh_standing(actor, task.plan, now=now)
        row = change(
            actor,
            row,
            action=f"plans.{deed.value}_extension",
            now=now,
            reason=opinion,
            state=state.value,
            opinion=opinion.strip(),
            answered_by=actor.acting_name[:60],
            answered_at=now,
        )
        accounts = people.accounts_of_unit(task.county_id, task.lead_unit_id or 0, day_of(now))
        tell(actor, task, accounts, TITLES[deed], kind=f"plans.{deed.value}_extension", now=now)
    return row
