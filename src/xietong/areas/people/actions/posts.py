"""Posts: who works where, from a day to a day."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.orgs.models import Organisation
from xietong.areas.people.actions.keeping import must_be_here, must_be_ours
from xietong.areas.people.models import Appointment, Person
from xietong.kit.accounts.actor import Actor
from xietong.kit.errors import Refused
from xietong.kit.records.writing import add, change, locked


class AlreadyAppointed(Refused):
    """The person holds this very post and has not ended it."""


class AlreadyEnded(Refused):
    """What is to be ended has ended."""


def appoint(
    actor: Actor,
    person: Person,
    *,
    organisation: Organisation,
    post: str,
    kind: str = Appointment.Kind.ESTABLISHED,
    subject: str = "",
    from_on: date,
    to_on: date | None = None,
    now: datetime,
) -> Appointment:
    """This function will note that somebody takes a post at one of the keeper's organisations.

    Raises
        ForeignPlace: the organisation is another keeper's, or has closed.
        AlreadyAppointed: he holds that post there.
        Gone: he has left.
    """
    with transaction.atomic():
        holder = locked(person)
        must_be_here(holder)
        must_be_ours(holder, organisation)
        if holder.appointments.filter(organisation=organisation, post=post, to_on=None).exists():
            raise AlreadyAppointed(_("该人员在“%(place)s”已有这一任职。") % {"place": organisation})
        row = Appointment(
            person=holder,
            county_id=holder.county_id,
            organisation=organisation,
            post=post,
            kind=kind,
            subject=subject,
            from_on=from_on,
            to_on=to_on,
        )
        return add(actor, row, action="people.appoint", now=now)


def end_appointment(
    actor: Actor, appointment: Appointment, *, to_on: date, reason: str = "", now: datetime
) -> Appointment:
    """This function will end a post on a day; what it was stays on record.

    Raises
        AlreadyEnded: it has ended.
        Refused: the day is before the first.
    """
    with transaction.atomic():
        if locked(appointment).to_on is not None:
            raise AlreadyEnded(_("这项任职已经结束。"))
        return change(actor, appointment, action="people.end_appointment", now=now, reason=reason, to_on=to_on)
