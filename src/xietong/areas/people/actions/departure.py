"""People leave; their posts, roles and seats end with them."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from xietong.areas.people.actions.keeping import Keeper, must_be_here
from xietong.areas.people.actions.roles import (
    close_term,
    must_be_no_administrator,
    must_leave_an_office,
    unended,
)
from xietong.areas.people.models import Person, Transfer
from xietong.kit.accounts.actor import Actor
from xietong.kit.accounts.models import Account
from xietong.kit.clock.time import day_of, machine_now
from xietong.kit.errors import Refused
from xietong.kit.records.writing import change, locked


class NotLeaving(Refused):
    """The person cannot leave on that day, or not before something else is settled."""


def leave(actor: Actor, person: Person, *, left_on: date, reason: str, now: datetime) -> Person:
    """This function will note that somebody left, end all that he holds, and close his account.

    Raises
        NotLeaving: the day is to come, or a transfer waits for its answer.
        Gone, AdministratorsApart, LastOffice: he has left, or holds what must be settled first.
    """
    if left_on > day_of(now):
        raise NotLeaving(_("离开日期不能晚于今天。"))
    with transaction.atomic():
        Keeper.of(person).hold()
        row = locked(person)
        must_be_here(row)
        if Transfer.objects.filter(person=row, state=Transfer.State.ASKED).exists():
            raise NotLeaving(_("该人员有一项调动在等待对方确认，请先撤回。"))
        end_holdings(actor, row, on=left_on, reason=reason, now=now)
        Account.objects.filter(pk=row.account_id or 0).update(is_active=False)
        return change(actor, row, action="people.leave", now=now, reason=reason, left_on=left_on)


def end_holdings(actor: Actor, person: Person, *, on: date, reason: str, now: datetime) -> None:
    """Ends what somebody who leaves holds. The keeper and the person's row are held."""
    today = day_of(now)
    must_be_no_administrator(person, today)
    terms = list(unended(person, today))
    for term in terms:
        close_term(actor, term, reason=reason, now=now)
    must_leave_an_office(person.county_id, {term.role for term in terms}, today)
    going_on = Q(to_on=None) | Q(to_on__gt=on)
    for post in person.appointments.filter(going_on).order_by("pk"):
        change(actor, post, action="people.end_appointment", now=now, reason=reason, to_on=max(post.from_on, on))
    for seat in person.seats.filter(going_on).order_by("pk"):
        change(actor, seat, action="people.leave_seat", now=now, reason=reason, to_on=max(seat.from_on, on))
    for invitation in person.invitations.filter(used_at=None, cancelled_at=None).order_by("pk"):
        change(actor, invitation, action="people.cancel_invitation", now=now, cancelled_at=machine_now())
