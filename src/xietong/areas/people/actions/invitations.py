"""Ways in: an invitation makes the account, and sets a new password where there is one.

Nobody types a password for somebody else: a link is made, printed as a QR code, and used once. Only its
hash is kept, so that it cannot be read again from the database.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from xietong.areas.orgs.access import ADMINISTRATORS
from xietong.areas.orgs.models import Role
from xietong.areas.people import queries
from xietong.areas.people.actions.keeping import must_be_here
from xietong.areas.people.models import Deputy, Invitation, Person
from xietong.areas.people.rules.tokens import VALID, hash_of
from xietong.kit.accounts.actor import SYSTEM, Actor
from xietong.kit.audit.record import record
from xietong.kit.clock.time import day_of, machine_now
from xietong.kit.errors import Refused
from xietong.kit.records.writing import add, change, locked

MOST_AT_ONCE = 100

# At a school, whose password each of the two may set anew: never that of somebody with more rights.
SCHOOL_REACH = {
    Role.SCHOOL_LIAISON.value: {Role.SCHOOL_LIAISON.value, Role.TEACHER.value, Role.MENTOR.value},
    Role.SCHOOL_HEAD.value: {
        Role.SCHOOL_HEAD.value,
        Role.SCHOOL_LIAISON.value,
        Role.LEAD_SCHOOL.value,
        Role.TEACHER.value,
        Role.MENTOR.value,
    },
}


class NotInvitable(Refused):
    """The person has an account already, or nothing that could be his login name."""


class OutOfReach(Refused):
    """The account carries rights beyond those of whoever asks; its link would hand them to him."""


class NoAccount(Refused):
    """There is no password to reset."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A link as it is handed out; the token is nowhere else."""

    person: Person
    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Skipped:
    person: Person
    reason: str


def invite(actor: Actor, person: Person, *, now: datetime) -> Issued:
    """This function will make the link with which somebody opens his account; older links stop working.

    Raises
        NotInvitable: he has an account, or neither staff number nor phone.
        OutOfReach: he holds more rights than the actor may hand out.
        Gone: he has left.
    """
    with transaction.atomic():
        row = locked(person)
        must_be_here(row)
        if row.account_id:
            raise NotInvitable(_("%(name)s已有账号，忘记密码请用“重置密码”。") % {"name": row.name})
        if not row.staff_no and not row.phone_cipher:
            raise NotInvitable(_("请先补登%(name)s的工号或手机号，它将作为登录名。") % {"name": row.name})
        must_be_within_reach(actor, row, day_of(now))
        return issue(actor, row, action="people.invite", now=now)


def invite_all(actor: Actor, people: Iterable[Person], *, now: datetime) -> tuple[list[Issued], list[Skipped]]:
    """This function will make a link for each of several people, and tell why for some it made none.

    Raises
        Refused: there are more of them than a person hands out at a time.
    """
    chosen = list(people)
    if len(chosen) > MOST_AT_ONCE:
        raise Refused(_("一次最多邀请 %(most)s 人，请缩小范围分批邀请。") % {"most": MOST_AT_ONCE})
    issued, skipped = [], []
    for person in chosen:
        try:
            issued.append(invite(actor, person, now=now))
        except Refused as refusal:
            skipped.append(Skipped(person, str(refusal)))
    return issued, skipped


def reset_password(actor: Actor, person: Person, *, now: datetime) -> Issued:
    """This function will end an account's password and sessions, and make the link with which a new one is set.

    Raises
        NoAccount: he has none.
        OutOfReach: he holds more rights than the actor may hand out.
        Gone: he has left.
    """
    with transaction.atomic():
        row = locked(person)
        must_be_here(row)
        if row.account is None:
            raise NoAccount(_("%(name)s还没有账号，请用“邀请开通”。") % {"name": row.name})
        must_be_within_reach(actor, row, day_of(now))
        account = locked(row.account)
        # Sessions carry a hash of the password, so that they all end with it.
        account.set_unusable_password()
        account.must_change_password = True
        account.save(update_fields=["password", "must_change_password"])
        return issue(actor, row, action="people.reset_password", now=now)


def issue(actor: Actor, person: Person, *, action: str, now: datetime) -> Issued:
    """A new link for somebody whose row is held; the older ones are cancelled. Links live by machine time."""
    made_at, token = machine_now(), secrets.token_urlsafe(24)
    for older in person.invitations.filter(used_at=None, cancelled_at=None).order_by("pk"):
        change(actor, older, action="people.cancel_invitation", now=now, cancelled_at=made_at)
    row = Invitation(person=person, token_hash=hash_of(token), made_at=made_at, expires_at=made_at + VALID)
    add(actor, row, action="people.make_invitation", now=now)
    record(actor, action, person, now=now)
    return Issued(person, token, row.expires_at)


def must_be_within_reach(actor: Actor, person: Person, on: date) -> None:
    if actor.role == SYSTEM.role:
        return
    if not all(is_within_reach(actor, role, place) for role, place in rights_of(person, on)):
        raise OutOfReach(
            _("%(name)s还担任您无权代管的角色，请由领导小组办公室或服务器命令行办理。") % {"name": person.name}
        )


def is_within_reach(actor: Actor, role: str, place: int) -> bool:
    if role in ADMINISTRATORS:
        return False
    if actor.role in SCHOOL_REACH:
        return role in SCHOOL_REACH[actor.role] and place in actor.orgs
    return True


def rights_of(person: Person, on: date) -> set[tuple[str, int]]:
    """The roles that somebody holds or stands in for, or will, each with its organisation."""
    own = person.roles.filter(queries.unended(on)).values_list("role", "organisation_id")
    deputed = Deputy.objects.filter(
        Q(term__to_on=None) | Q(term__to_on__gt=on), person=person, to_on__gt=on
    ).values_list("term__role", "term__organisation_id")
    return {*own, *deputed}
