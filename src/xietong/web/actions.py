"""Writes of the security administrator."""

from datetime import datetime

from axes.utils import reset
from django.db import transaction
from django.utils.translation import gettext as _

from xietong.kit.accounts.actor import Actor
from xietong.kit.accounts.models import Account
from xietong.kit.audit.record import record
from xietong.kit.errors import Refused


def lock_account(actor: Actor, account: Account, *, locked: bool, now: datetime) -> None:
    """This function will close an account, or open it again and forget its failed sign-ins.

    Raises
        Refused: one's own account.
    """
    if account.pk == actor.account_id:
        raise Refused(_("不能停用自己的账号。"))
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(is_active=not locked)
        changes = {"is_active": (account.is_active, not locked)}
        record(actor, "web.lock_account" if locked else "web.unlock_account", account, now=now, changes=changes)
    if not locked:
        reset(username=account.username)
