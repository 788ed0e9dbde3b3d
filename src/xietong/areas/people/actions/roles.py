"""Roles: rights come from here alone, from a day until a day.

`to_on` is the first day without the role, so that ending one takes effect at the next request and a
successor begins on the same day.
"""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xietong.areas.orgs.access import ADMINISTRATORS
from xietong.areas.orgs.models import County, Organisation, OrgKind, Role
from xietong.areas.people import queries
from xietong.areas.people.actions.keeping import ForeignPerson, Keeper, must_be_here, must_be_ours
from xietong.areas.people.actions.posts import AlreadyEnded
from xietong.areas.people.models import Person, RoleTerm
from xietong.kit.accounts.actor import SYSTEM, Actor
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.records.writing import add, change, locked


class NotGrantable(Refused):
    """The role is not one that this keeper of people grants."""


class AlreadyHeld(Refused):
    """The person holds this role there."""


class AdministratorsApart(Refused):
    """The three administrators are three people, named on the server and by nobody in the office."""


class LastOffice(Refused):
    """A county without an office clerk who can sign in could never appoint one again."""


def grant_role(
    actor: Actor,
    person: Person,
    *,
    role: str,
    organisation: Organisation,
    from_on: date,
    to_on: date | None = None,
    now: datetime,
) -> RoleTerm:
    """This function will give somebody a role at one of the keeper's organisations.

    Raises
        AdministratorsApart: the role is one of the three administrators.
        NotGrantable: the role is another keeper's to give.
        ForeignPlace, Gone, AlreadyHeld: the place, the person or the term does not fit.
    """
    if role in ADMINISTRATORS:
        raise AdministratorsApart(_("系统、安全、审计管理员由服务器命令行设置，办公室不能授予。"))
    if role not in dict(queries.business_role_choices(actor)):
        raise NotGrantable(_("这个角色不由本县（本校）授予。"))
    with transaction.atomic():
        holder = locked(person)
        must_be_ours(holder, organisation)
        return begin_term(
            actor,
            holder,
            action="people.grant_role",
            role=role,
            organisation=organisation,
            from_on=from_on,
            to_on=to_on,
            now=now,
        )


def grant_administrator(actor: Actor, *, county: County, person: Person, role: str, now: datetime) -> RoleTerm:
    """This function will make somebody one of a county's three administrators, from today; the command line calls it.

    Raises
        NotGrantable: the role is none of the three.
        AdministratorsApart: the person is one of the three already.
        ForeignPerson, Gone, AlreadyHeld: the person or the term does not fit.
    """
    if role not in ADMINISTRATORS:
        raise NotGrantable(_("“%(role)s”不是三员之一。") % {"role": role})
    if person.county_id != county.pk:
        raise ForeignPerson(_("%(name)s不是%(county)s的人员。") % {"name": person.name, "county": county})
    today = day_of(now)
    with transaction.atomic():
        holder = locked(person)
        if held := unended(holder, today).filter(role__in=ADMINISTRATORS).exclude(role=role).first():
            raise AdministratorsApart(
                _("%(name)s已是%(role)s；三员须由三人分别担任。")
                % {"name": holder.name, "role": held.get_role_display()}
            )
        return begin_term(
            actor,
            holder,
            action="people.grant_administrator",
            role=role,
            organisation=administration_of(county),
            from_on=today,
            to_on=None,
            now=now,
        )


def end_role(actor: Actor, term: RoleTerm, *, reason: str = "", now: datetime) -> RoleTerm:
    """This function will end a role today; the holder's next request no longer has it.

    Raises
        AlreadyEnded: it has ended.
        AdministratorsApart: it is one of the three administrators, and this is not the command line.
        LastOffice: nobody else could act for the county's office.
    """
    with transaction.atomic():
        Keeper.of(term.person).hold()
        row = locked(term)
        if row.to_on is not None and row.to_on <= day_of(now):
            raise AlreadyEnded(_("这个角色已经结束。"))
        if row.role in ADMINISTRATORS and actor.role != SYSTEM.role:
            raise AdministratorsApart(_("系统、安全、审计管理员只能在服务器命令行解除。"))
        row = close_term(actor, row, reason=reason, now=now)
        must_leave_an_office(row.county_id, {row.role}, day_of(now))
    return row


def begin_term(
    actor: Actor,
    holder: Person,
    *,
    action: str,
    role: str,
    organisation: Organisation,
    from_on: date,
    to_on: date | None,
    now: datetime,
) -> RoleTerm:
    """One more term of somebody whose row is held."""
    must_be_here(holder)
    if unended(holder, from_on).filter(role=role, organisation=organisation).exists():
        raise AlreadyHeld(_("该人员已有这个角色。"))
    row = RoleTerm(
        person=holder,
        county_id=holder.county_id,
        role=role,
        organisation=organisation,
        from_on=from_on,
        to_on=to_on,
    )
    return add(actor, row, action=action, now=now)


def close_term(actor: Actor, term: RoleTerm, *, reason: str, now: datetime) -> RoleTerm:
    """Ends a term today, or before it began."""
    to_on = max(term.from_on, day_of(now))
    return change(actor, term, action="people.end_role", now=now, reason=reason, to_on=to_on)


def unended(holder: Person, on: date) -> QuerySet[RoleTerm]:
    """The terms that a person holds or will hold from a day on."""
    return holder.roles.filter(queries.unended(on)).order_by("pk")


def must_leave_an_office(county_id: int | None, ended: Collection[str], on: date) -> None:
    """Asked after roles have ended, with the keeper held."""
    if county_id is None or Role.OFFICE not in ended:
        return
    clerks = RoleTerm.objects.filter(
        queries.in_force(on),
        county_id=county_id,
        role=Role.OFFICE,
        person__left_on=None,
        person__account__is_active=True,
    )
    if not clerks.exists():
        raise LastOffice(_("这是本县最后一个可登录的办公室角色，请先为他人授予并开通账号。"))


def must_be_no_administrator(holder: Person, on: date) -> None:
    if unended(holder, on).filter(role__in=ADMINISTRATORS).exists():
        raise AdministratorsApart(_("%(name)s担任三员之一，请先在服务器命令行解除。") % {"name": holder.name})


def administration_of(county: County) -> Organisation:
    """Where an administrator's role hangs: the office of the leading group, else the bureau."""
    for kind in (OrgKind.GROUP_OFFICE, OrgKind.BUREAU):
        found = Organisation.objects.filter(county=county, kind=kind, closed_on=None).order_by("order", "pk").first()
        if found:
            return found
    raise NotGrantable(_("%(county)s还没有登记领导小组办公室或教育体育局。") % {"county": county})
