"""Writes: what is said, and the answer."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.kit.accounts.actor import Actor
from xietong.kit.errors import Refused
from xietong.kit.feedback.models import Feedback
from xietong.kit.notices.actions import notify
from xietong.kit.records.writing import add, change, locked


class NothingSaid(Refused):
    """A word or an answer without text."""


class AnsweredAlready(Refused):
    """Somebody else was faster."""


def answered(row: Feedback) -> str | None:
    """Why a word can no longer be answered."""
    return str(_("这条投诉建议已经答复。")) if row.answered_at else None


def send_feedback(
    actor: Actor,
    *,
    county_id: int,
    addressee: str,
    kind: str,
    text: str,
    is_anonymous: bool,
    to: Iterable[int],
    url: str,
    now: datetime,
) -> Feedback:
    """This function will hand a word to the accounts `to`, who hold the role `addressee`; `url` is their list.

    Raises
        NothingSaid: no text.
    """
    if not text.strip():
        raise NothingSaid(_("请写明要反映的内容。"))
    row = Feedback(
        county_id=county_id,
        account_id=actor.account_id or 0,
        author="" if is_anonymous else actor.label,
        addressee=addressee,
        kind=kind,
        text=text.strip(),
        at=now,
    )
    with transaction.atomic():
        row = add(actor, row, action="feedback.send", now=now)
        title = gettext_noop("收到新的投诉建议，请答复")
        notify(actor, accounts=to, title=title, url=url, kind="feedback.new", county_id=county_id, now=now)
    return row


def answer_feedback(actor: Actor, row: Feedback, *, answer: str, url: str, now: datetime) -> Feedback:
    """This function will answer somebody, and tell him; `url` is the page where he reads it.

    Raises
        NothingSaid: no answer.
        AnsweredAlready: there is one.
    """
    if not answer.strip():
        raise NothingSaid(_("请写明答复内容。"))
    with transaction.atomic():
        fresh = locked(row)
        if reason := answered(fresh):
            raise AnsweredAlready(reason)
        fresh = change(
            actor,
            fresh,
            action="feedback.answer",
            now=now,
            answer=answer.strip(),
            answered_by=actor.label,
            answered_at=now,
        )
        title = gettext_noop("您反映的情况有了答复")
        to = [fresh.account_id]
        notify(actor, accounts=to, title=title, url=url, kind="feedback.answer", county_id=fresh.county_id, now=now)
    return fresh
