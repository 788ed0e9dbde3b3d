"""AB 岗: somebody acts in another's role for some days."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.orgs.access import ADMINISTRATORS
from xietong.areas.people.actions.keeping import must_be_here, must_be_kept_alike
from xietong.areas.people.actions.posts import AlreadyEnded
from xietong.areas.people.actions.roles import AdministratorsApart
from xietong.areas.people.models import Deputy, Person, RoleTerm
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.records.writing import add, change, locked


class NotDeputy(Refused):
    """This person cannot stand in for that role on those days."""


def deputise(actor: Actor, term: RoleTerm, *, person: Person, from_on: date, to_on: date, now: datetime) -> Deputy:
    """This function will let somebody act in another's role from a day until `to_on`, the first day without it.

    Raises
        NotDeputy: it is himself, the days are none, the role has ended, or he stands in on those days already.
        AdministratorsApart: the role is one of the three administrators.
        ForeignPerson, Gone: he is another keeper's, or has left.
    """
    if term.role in ADMINISTRATORS:
        raise AdministratorsApart(_("三员不能由他人代理。"))
    if person.pk == term.person_id:
        raise NotDeputy(_("不能由本人代理自己的角色。"))
    if to_on <= from_on:
        raise NotDeputy(_("止的日期应在起的日期之后。"))
    must_be_kept_alike(person, term.person)
    with transaction.atomic():
        row = locked(term)
        must_be_here(locked(person))
        if row.to_on is not None and row.to_on <= from_on:
            raise NotDeputy(_("这个角色届时已经结束。"))
        if row.deputies.filter(person=person, from_on__lt=to_on, to_on__gt=from_on).exists():
            raise NotDeputy(_("%(name)s在这段日期已是代理人。") % {"name": person.name})
        deputy = Deputy(term=row, person=person, from_on=from_on, to_on=to_on)
        return add(actor, deputy, action="people.deputise", now=now)


def end_deputy(actor: Actor, deputy: Deputy, *, now: datetime) -> Deputy:
    """This function will end a deputy's days today; his next request no longer has the role.

    Raises
        AlreadyEnded: they have ended.
    """
    today = day_of(now)
    with transaction.atomic():
        row = locked(deputy)
        if row.to_on <= today:
            raise AlreadyEnded(_("这项代理已经结束。"))
        return change(actor, row, action="people.end_deputy", now=now, to_on=max(row.from_on, today))
