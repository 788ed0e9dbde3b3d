"""明文 of a stored number: shown once, with a reason that is kept."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.people.actions.sealing import opened
from xietong.areas.people.models import Person
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.errors import Refused

CIPHERS = {"identity": "identity_cipher", "phone": "phone_cipher"}


class NoReason(Refused):
    """Nobody looks at a personal number without saying why."""


class NothingToReveal(Refused):
    """The register holds no such number of this person."""


def reveal(actor: Actor, person: Person, *, field: str, reason: str, now: datetime) -> str:
    """This function will return somebody's identity number (`identity`) or phone (`phone`), and record why.

    Raises
        NoReason: none was given.
        NothingToReveal: the number is not registered.
    """
    if not reason.strip():
        raise NoReason(_("请填写查看原因。"))
    cipher = getattr(person, CIPHERS[field])
    if not cipher:
        raise NothingToReveal(_("没有登记这一项。"))
    with transaction.atomic():
        record(
            actor,
            "people.reveal",
            person,
            now=now,
            changes={"revealed": (None, field)},
            reason=reason.strip(),
        )
        return opened(person, cipher)
