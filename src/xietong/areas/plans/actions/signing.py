"""The papers of a report: signed sheets hung on it, files taken back by their unit."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.areas.plans import queries
from xietong.areas.plans.actions.course import advance
from xietong.areas.plans.actions.work import tell_office
from xietong.areas.plans.models import Report
from xietong.areas.plans.rules.states import Deed, ReportState
from xietong.kit.accounts.actor import Actor
from xietong.kit.errors import Refused
from xietong.kit.files.actions import attach, take_posted
from xietong.kit.files.models import Attachment
from xietong.kit.files.withdrawing import withdraw
from xietong.kit.records.writing import locked


class NoSheet(Refused):
    """No picture of a signed sheet was chosen."""


def add_signed(
    actor: Actor, report: Report, *, uploads: Sequence[str] = (), plain: Sequence[Any] = (), now: datetime
) -> list[Attachment]:
    """This function will hang photographs or scans of the signed sheet on the report that was printed.

    Raises
        NoSheet: nothing was chosen; nothing is attached.
    """
    # Redrawing a picture takes seconds: not inside the transaction.
    chosen = [*uploads, *take_posted(actor, plain)]
    if not chosen:
        raise NoSheet(_("请选择签字页的照片或扫描件。"))
    return attach(
        actor,
        owner_type=queries.SIGNED_OWNER,
        owner_id=report.pk,
        county_id=report.county_id,
        uploads=chosen,
        now=now,
    )


def pull_file(actor: Actor, report: Report, file: Attachment, *, reason: str, now: datetime) -> Attachment:
    """This function will take back a file of a report: its name stays with the reason, its content is closed.

    Raises
        ReasonMissing: the reason is empty.
        Withdrawn: it has been taken back already.
    """
    with transaction.atomic():
        task, row = locked(report.task), locked(report)
        file = withdraw(actor, file, reason=reason, now=now)
        advance(actor, task, Deed.PULL_FILE, now=now, note=f"{file.name} — {file.withdrawn_reason}", report=row)
        if row.state == ReportState.ACCEPTED.value:
            tell_office(actor, task, gettext_noop("佐证已撤回：填报已审核通过，请核查"), kind="plans.pulled", now=now)
        else:
            tell_office(actor, task, gettext_noop("有佐证被撤回"), kind="plans.pull_file", now=now)
    return file
