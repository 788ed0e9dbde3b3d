"""Who sits in the leading group."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.orgs.models import LeadingGroup, Organisation
from xietong.areas.people.actions.keeping import ForeignPerson, ForeignPlace, must_be_here
from xietong.areas.people.actions.posts import AlreadyEnded
from xietong.areas.people.models import Person, Seat
from xietong.kit.accounts.actor import Actor
from xietong.kit.errors import Refused
from xietong.kit.records.writing import add, change, locked


class NotInOrder(Refused):
    """A seat cannot end before it began."""


def take_seat(
    actor: Actor,
    group: LeadingGroup,
    *,
    person: Person,
    unit: Organisation,
    position: str,
    document: str = "",
    from_on: date,
    now: datetime,
) -> Seat:
    """This function will seat somebody of the county in its leading group, for one of its units.

    Raises
        ForeignPerson, ForeignPlace, Gone: the person or the unit is not the county's, or is no more.
        Refused: he holds that position.
    """
    if person.county_id != group.county_id:
        raise ForeignPerson(_("领导小组成员应是本县人员。"))
    if unit.county_id != group.county_id:
        raise ForeignPlace(_("所选的机构不属于本县（本校）。"))
    with transaction.atomic():
        member = locked(person)
        must_be_here(member)
        seat = Seat(group=group, person=member, unit=unit, position=position, document=document, from_on=from_on)
        return add(actor, seat, action="people.take_seat", now=now)


def leave_seat(actor: Actor, seat: Seat, *, to_on: date, now: datetime) -> Seat:
    """This function will end somebody's seat; that he sat there stays on record.

    Raises
        AlreadyEnded: he has left it.
        NotInOrder: the day is before the first.
    """
    with transaction.atomic():
        row = locked(seat)
        if row.to_on is not None:
            raise AlreadyEnded(_("这一任职已经结束。"))
        if to_on < row.from_on:
            raise NotInOrder(_("结束日期不能早于开始日期。"))
        return change(actor, row, action="people.leave_seat", now=now, to_on=to_on)
