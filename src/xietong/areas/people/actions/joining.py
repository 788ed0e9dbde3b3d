"""An invitation is used: once, also when it is clicked twice."""

from collections.abc import Iterator
from datetime import datetime
from itertools import count

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xietong.areas.people.actions.sealing import opened
from xietong.areas.people.models import Invitation, Person
from xietong.areas.people.rules.tokens import TokenState, hash_of, state_of
from xietong.kit.accounts.actor import Actor
from xietong.kit.accounts.models import Account
from xietong.kit.clock.time import machine_now
from xietong.kit.errors import Refused
from xietong.kit.records.writing import change, locked


class WeakPassword(Refused):
    """The password breaks a rule for passwords."""


class InvitationClosed(Refused):
    """The link opens nothing; `state` tells why."""

    def __init__(self, state: TokenState) -> None:
        super().__init__(_("这个邀请链接不能使用，请重新索取。"))
        self.state = state


def accept_invitation(*, token: str, password: str, address: str = "", now: datetime) -> Account:
    """This function will open the account of whoever was invited, or set his new password, and use the link up.

    Raises
        InvitationClosed: the link is unknown, used, cancelled or too old, or its person has left.
        WeakPassword: the password breaks a rule; the link stays good.
    """
    with transaction.atomic():
        invitation, person = opened_door(token)
        actor = Actor(
            account_id=person.account_id,
            name=person.name,
            role="",
            county_id=person.county_id,
            person_id=person.pk,
            address=address,
        )
        must_be_strong(password, person)
        account = locked(person.account) if person.account else new_account(person)
        account.set_password(password)
        account.must_change_password = False
        account.save(update_fields=["password", "must_change_password"])
        change(actor, person, action="people.accept_invitation", now=now, account=account)
        change(actor, invitation, action="people.use_invitation", now=now, used_at=machine_now())
    return account


def opened_door(token: str) -> tuple[Invitation, Person]:
    """The invitation and its person, both held. The person first, as everywhere else."""
    found = Invitation.objects.filter(token_hash=hash_of(token)).select_related("person").first()
    if found is None:
        raise InvitationClosed(TokenState.UNKNOWN)
    person, invitation = locked(found.person), locked(found)
    state = state_of(
        used_at=invitation.used_at,
        cancelled_at=invitation.cancelled_at,
        expires_at=invitation.expires_at,
        at=machine_now(),
    )
    if state != TokenState.OPEN:
        raise InvitationClosed(state)
    if person.account and not person.account.is_active:
        raise InvitationClosed(TokenState.CANCELLED)
    return invitation, person


def must_be_strong(password: str, person: Person) -> None:
    try:
        validate_password(password, person.account or Account(username=person.staff_no, name=person.name))
    except ValidationError as error:
        raise WeakPassword(" ".join(error.messages)) from error


def new_account(person: Person) -> Account:
    """An account under the first login name that is free: a staff number of one county may be another's too."""
    names = login_names(person)
    while True:
        try:
            with transaction.atomic():
                return Account.objects.create(username=next(names), name=person.name)
        except IntegrityError:
            continue


def login_names(person: Person) -> Iterator[str]:
    phone = opened(person, person.phone_cipher)
    yield from filter(None, (person.staff_no, phone))
    yield from (f"{person.staff_no or phone}-{number}" for number in count(2))
