"""Taking a file back that was handed in: its row and name stay, its content is not shown any more."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.files.models import Attachment
from xietong.kit.files.refusals import ReasonMissing, Withdrawn
from xietong.kit.records.writing import locked


def withdraw(actor: Actor, file: Attachment, *, reason: str, now: datetime) -> Attachment:
    """This function will mark a file as withdrawn; whether the actor may is asked before.

    Raises
        ReasonMissing: the reason is empty; nothing was written.
        Withdrawn: somebody was faster; nothing was written.
    """
    if not reason.strip():
        raise ReasonMissing(_("请写明撤回的原因。"))
    with transaction.atomic():
        row = locked(file)
        if row.withdrawn_at is not None:
            raise Withdrawn(_("这个文件已由%(who)s撤回。") % {"who": row.withdrawn_by})
        row.withdrawn_at, row.withdrawn_by = now, actor.acting_name[:120]
        row.withdrawn_reason = reason.strip()[:200]
        row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
        changes = {"withdrawn_at": (None, now)}
        record(actor, "files.withdraw", row, now=now, changes=changes, reason=row.withdrawn_reason)
    return row
