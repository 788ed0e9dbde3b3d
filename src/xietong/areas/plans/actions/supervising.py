"""督办: the office demands an answer by a day; the unit replies, the office lifts it or sends the reply back."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.areas.orgs.models import County, Role
from xietong.areas.people import queries as people
from xietong.areas.plans import queries
from xietong.areas.plans.actions.course import WrongState, advance
from xietong.areas.plans.actions.work import OpinionMissing
from xietong.areas.plans.models import FollowUp, Task
from xietong.areas.plans.rules.states import Deed, FollowUpState
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.files.actions import attach, take_posted
from xietong.kit.notices.actions import notify
from xietong.kit.records.writing import add, change, locked


class BadFollowUp(Refused):
    """A follow-up needs a demand and a day that is not over."""


def open_follow_up(actor: Actor, task: Task, *, demand: str, due_on: date, now: datetime) -> FollowUp:
    """This function will demand an answer of the lead unit, under the next number of the county's year.

    Raises
        BadFollowUp: no demand, or a day that is over.
        WrongState: the task is not open.
        Refused: one lasts already.
    """
    if not demand.strip():
        raise BadFollowUp(_("请写明督办要求。"))
    if due_on < day_of(now):
        raise BadFollowUp(_("回复期限不能早于今天。"))
    with transaction.atomic():
        # Whoever numbers holds the county, so that no number is given twice.
        county = County.objects.select_for_update().get(pk=task.county_id)
        task = advance(actor, locked(task), Deed.SUPERVISE, now=now, note=demand.strip())
        year = day_of(now).year
        given = FollowUp.objects.filter(county=county, year=year).aggregate(last=Max("number"))["last"] or 0
        row = FollowUp(
            county=county,
            task=task,
            unit=task.lead_unit,
            year=year,
            number=given + 1,
            demand=demand.strip(),
            due_on=due_on,
            issued_by=actor.acting_name[:120],
            at=now,
        )
        add(actor, row, action="plans.open_follow_up", now=now)
        tell_unit(actor, row, gettext_noop("您单位的任务被督办，请按期回复"), kind="plans.supervise", now=now)
    return row


def reply_follow_up(
    actor: Actor,
    row: FollowUp,
    *,
    text: str,
    uploads: Sequence[str] = (),
    plain: Sequence[Any] = (),
    now: datetime,
) -> FollowUp:
    """This function will answer a follow-up for the unit, with files if any.

    Raises
        BadFollowUp: no text.
        WrongState: it is not open, or the task is not.
    """
    if not text.strip():
        raise BadFollowUp(_("请写明回复内容。"))
    uploads = [*uploads, *take_posted(actor, plain)]
    with transaction.atomic():
        row = held(row, FollowUpState.OPEN)
        advance(actor, row.task, Deed.REPLY, now=now, note=text.strip()[:120])
        row = change(
            actor,
            row,
            action="plans.reply_follow_up",
            now=now,
            state=FollowUpState.REPLIED.value,
            reply=text.strip(),
            replied_by=actor.acting_name[:120],
            replied_at=now,
        )
        attach(
            actor,
            owner_type=queries.FOLLOW_UP_OWNER,
            owner_id=row.pk,
            county_id=row.county_id,
            uploads=uploads,
            now=now,
        )
        office = people.accounts_of_role(row.county_id, Role.OFFICE, day_of(now))
        tell(actor, row, office, gettext_noop("督办有了回复"), kind="plans.reply", now=now)
    return row


def return_reply(actor: Actor, row: FollowUp, *, opinion: str, now: datetime) -> FollowUp:
    """This function will send a reply back: the unit answers once more by the same day.

    Raises
        OpinionMissing: the opinion is empty.
        WrongState: there is no reply, or the task is not open any more.
    """
    if not opinion.strip():
        raise OpinionMissing(_("退回须填写意见，说明还要回复什么。"))
    with transaction.atomic():
        row = held(row, FollowUpState.REPLIED)
        advance(actor, row.task, Deed.REPLY_BACK, now=now, note=opinion.strip())
        row = change(
            actor,
            row,
            action="plans.return_reply",
            now=now,
            reason=opinion.strip(),
            state=FollowUpState.OPEN.value,
            opinion=opinion.strip(),
        )
        tell_unit(actor, row, gettext_noop("督办回复被退回，请重新回复"), kind="plans.reply_back", now=now)
    return row


def lift_follow_up(actor: Actor, row: FollowUp, *, opinion: str = "", now: datetime) -> FollowUp:
    """This function will end a follow-up, whatever has become of the task meanwhile.

    Raises
        OpinionMissing: nobody has replied, and the opinion does not say why it ends.
        WrongState: it has been lifted already.
    """
    with transaction.atomic():
        row = held(row, FollowUpState.OPEN, FollowUpState.REPLIED)
        if row.state == FollowUpState.OPEN.value and not opinion.strip():
            raise OpinionMissing(_("单位还没有回复，解除须写明理由。"))
        advance(actor, row.task, Deed.LIFT, now=now, note=opinion.strip())
        row = change(
            actor,
            row,
            action="plans.lift_follow_up",
            now=now,
            reason=opinion.strip(),
            state=FollowUpState.LIFTED.value,
            opinion=opinion.strip(),
            lifted_by=actor.acting_name[:120],
            lifted_at=now,
        )
        tell_unit(actor, row, gettext_noop("督办已解除"), kind="plans.lift", now=now)
    return row


def held(row: FollowUp, *states: FollowUpState) -> FollowUp:
    """The follow-up with its task, both held. Raises WrongState if it is in none of the states."""
    task, row = locked(row.task), locked(row)
    if row.state not in {state.value for state in states}:
        raise WrongState(
            _("这次督办的状态已经变化（%(state)s），请刷新后再看。") % {"state": row.get_state_display()}
        )
    row.task = task
    return row


def tell_unit(actor: Actor, row: FollowUp, title: str, *, kind: str, now: datetime) -> None:
    """The people of the lead unit and whoever is in charge of the task."""
    task = row.task
    accounts = set(people.accounts_of_unit(task.county_id, task.lead_unit_id or 0, day_of(now)))
    if task.owner and task.owner.account_id:
        accounts.add(task.owner.account_id)
    tell(actor, row, sorted(accounts), title, kind=kind, now=now)


def tell(actor: Actor, row: FollowUp, accounts: Sequence[int], title: str, *, kind: str, now: datetime) -> None:
    notify(
        actor,
        accounts=[account for account in accounts if account != actor.account_id],
        title=title,
        body=str(row.task),
        url=reverse("plans:follow_up", args=[row.pk]),
        kind=kind,
        county_id=row.county_id,
        now=now,
    )
