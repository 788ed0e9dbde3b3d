"""A text of rules is approved, comes into force, is acknowledged, ends."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.areas.mechanisms import access
from xietong.areas.mechanisms.actions.refusals import (
    BadDay,
    WrongState,
    must_be,
    must_have_words,
)
from xietong.areas.mechanisms.actions.telling import tell_unit
from xietong.areas.mechanisms.models import Edition, Receipt
from xietong.areas.mechanisms.rules import EditionState
from xietong.areas.orgs.models import Organisation
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals import actions as approvals
from xietong.kit.approvals.models import Approval
from xietong.kit.records.writing import add, change, locked


def submit_edition(actor: Actor, edition: Edition, *, now: datetime) -> Approval:
    """This function will send a draft on its route of approval.

    Raises
        NoText: nothing is written yet.
        WrongState: it is no draft.
        NobodyThere: a step of the route has nobody who could answer it.
    """
    with transaction.atomic():
        must_have_words(edition)
        row = change(actor, edition, action="mechanisms.submit_edition", now=now, state=EditionState.APPROVING.value)
        return approvals.start(
            actor,
            form=access.EDITION_FORM,
            owner_id=row.pk,
            county_id=row.county_id,
            title=str(row),
            url=reverse("mechanisms:edition", args=[row.pk]),
            now=now,
        )


def settle_edition(actor: Actor, *, edition_id: int, outcome: str, now: datetime) -> Edition:
    """This function will follow an approval that has ended: the text may be enacted, or is a draft again."""
    agreed = outcome == Approval.State.AGREED
    state = EditionState.APPROVED if agreed else EditionState.DRAFT
    row = Edition.objects.get(pk=edition_id)
    return change(actor, row, action="mechanisms.settle_edition", now=now, state=state.value)


def reopen_edition(actor: Actor, edition: Edition, *, reason: str, now: datetime) -> Edition:
    """This function will take an approved text that is not enacted yet back for changes; it is approved anew.

    Raises
        WrongState: it does not wait to be enacted.
    """
    with transaction.atomic():
        must_be(edition, EditionState.APPROVED)
        state = EditionState.DRAFT.value
        return change(actor, edition, action="mechanisms.reopen_edition", now=now, reason=reason, state=state)


def enact(
    actor: Actor,
    edition: Edition,
    *,
    in_force_from: date,
    document_no: str = "",
    units: Sequence[Organisation] = (),
    now: datetime,
) -> Edition:
    """This function will bring a text into force from a day; the edition before it ends on the day before.

    `units` are those that have to take note of it.

    Raises
        BadDay: the edition before would end before it began.
        WrongState: it is not approved.
    """
    with transaction.atomic():
        must_be(edition, EditionState.APPROVED)
        end_before(actor, edition, in_force_from, now=now)
        row = change(
            actor,
            edition,
            action="mechanisms.enact",
            now=now,
            state=EditionState.ENACTED.value,
            in_force_from=in_force_from,
            document_no=document_no.strip(),
        )
        for unit in units:
            asked = Receipt(county_id=row.county_id, edition=row, unit=unit)
            add(actor, asked, action="mechanisms.ask_receipt", now=now)
        ask_for_receipts(actor, row, units, now=now)
    return row


def end_before(actor: Actor, edition: Edition, begins: date, *, now: datetime) -> None:
    enacted = edition.mechanism.editions.filter(state=EditionState.ENACTED.value, in_force_to=None)
    for earlier in enacted.order_by("pk"):
        last_day = begins - timedelta(days=1)
        if earlier.in_force_from and last_day < earlier.in_force_from:
            raise BadDay(
                _("上一版自%(day)s起施行，新版的施行日期须在其后。") % {"day": earlier.in_force_from.isoformat()}
            )
        change(actor, earlier, action="mechanisms.supersede", now=now, in_force_to=last_day)


def repeal(actor: Actor, edition: Edition, *, in_force_to: date, end_reason: str, now: datetime) -> Edition:
    """This function will say until when a text is in force, with the reason.

    Raises
        BadDay: before it begins.
        WrongState: it is not enacted, or its last day is known already.
    """
    with transaction.atomic():
        row = locked(edition)
        if reason := access.not_enacted(row):
            raise WrongState(reason)
        if row.in_force_from and in_force_to < row.in_force_from:
            raise BadDay(_("失效日期不能早于施行日期。"))
        return change(
            actor, row, action="mechanisms.repeal", now=now, in_force_to=in_force_to, end_reason=end_reason.strip()
        )


def receive(actor: Actor, receipt: Receipt, *, now: datetime) -> Receipt:
    """This function will note that a unit has taken note of a text.

    Raises
        WrongState: somebody of the unit has done so already.
    """
    with transaction.atomic():
        row = locked(receipt)
        if reason := access.received(row):
            raise WrongState(reason)
        return change(actor, row, action="mechanisms.receive", now=now, at=now, by=actor.label[:200])


def remind(actor: Actor, edition: Edition, *, now: datetime) -> int:
    """This function will ask those units once more that have not taken note; their number."""
    waiting = [one.unit for one in edition.receipts.filter(at=None).select_related("unit")]
    ask_for_receipts(actor, edition, waiting, now=now)
    return len(waiting)


def ask_for_receipts(actor: Actor, edition: Edition, units: Iterable[Organisation], *, now: datetime) -> None:
    for unit in units:
        title = gettext_noop("制度已印发，请签收")
        tell_unit(actor, edition, unit.pk, title, kind="enacted", now=now)
