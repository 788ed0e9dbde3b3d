"""Units are asked about a draft, say something, and learn what became of it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.areas.mechanisms.actions.refusals import (
    BadRound,
    NotAllAnswered,
    must_be,
    must_be_in_round,
    must_have_words,
)
from xietong.areas.mechanisms.actions.telling import tell_office, tell_unit
from xietong.areas.mechanisms.models import Edition, Opinion
from xietong.areas.mechanisms.rules import EditionState
from xietong.areas.orgs.models import Organisation
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.records.writing import add, change, locked


def open_round(
    actor: Actor, edition: Edition, *, units: Sequence[Organisation], comment_by: date, now: datetime
) -> Edition:
    """This function will ask units about a draft until a day, and tell their people.

    Raises
        BadRound: no unit, or a day in the past.
        NoText: nothing is written yet.
        WrongState: it is no draft any more.
    """
    today = day_of(now)
    if not units:
        raise BadRound(_("请至少选择一个征求意见的单位。"))
    if comment_by < today:
        raise BadRound(_("截止日期已经过去，请改为今天或以后的日期。"))
    with transaction.atomic():
        must_have_words(edition)
        state = EditionState.CONSULTING.value
        row = change(
            actor,
            edition,
            action="mechanisms.open_round",
            now=now,
            state=state,
            comment_by=comment_by,
            round=locked(edition).round + 1,
        )
        for unit in units:
            asked = Opinion(county_id=row.county_id, edition=row, round=row.round, unit=unit)
            add(actor, asked, action="mechanisms.ask_opinion", now=now)
            title = gettext_noop("请对制度草稿提出意见，%(due)s前反馈")
            values = {"due": f"{comment_by:%Y-%m-%d}"}
            tell_unit(actor, row, unit.pk, title, kind="ask", values=values, now=now)
    return row


def give_opinion(actor: Actor, opinion: Opinion, *, text: str = "", now: datetime) -> Opinion:
    """This function will note what a unit says about a draft; no words are: nothing to say.

    Raises
        WrongState: the round is over.
    """
    with transaction.atomic():
        must_be_in_round(opinion)
        row = change(
            actor,
            opinion,
            action="mechanisms.give_opinion",
            now=now,
            text=text.strip(),
            answered_at=now,
            answered_by=actor.label[:200],
            verdict="",
            answer="",
        )
        tell_office(actor, row.edition, gettext_noop("对制度草稿有了反馈"), body=str(row.unit), now=now)
    return row


def answer_opinion(
    actor: Actor, opinion: Opinion, *, version: int, verdict: str, answer: str = "", now: datetime
) -> Opinion:
    """This function will say whether an opinion is taken up; declining it, wholly or partly, needs a reason.

    Raises
        Refused: the reason is missing.
        WrongState: the round is over.
        Stale: the unit has said something else meanwhile.
    """
    with transaction.atomic():
        must_be_in_round(opinion)
        row = change(
            actor,
            opinion,
            action="mechanisms.answer_opinion",
            now=now,
            version=version,
            verdict=verdict,
            answer=answer.strip(),
        )
        title = gettext_noop("您单位对制度草稿的意见有了答复")
        tell_unit(actor, row.edition, row.unit_id, title, kind="answered", now=now)
    return row


def close_round(actor: Actor, edition: Edition, *, now: datetime) -> Edition:
    """This function will end the round; the text is a draft again, to be mended by what was said.

    Raises
        NotAllAnswered: opinions still lack a verdict.
        WrongState: no round is open.
    """
    with transaction.atomic():
        must_be(edition, EditionState.CONSULTING)
        left = edition.opinions.exclude(text="").filter(verdict="").count()
        if left:
            raise NotAllAnswered(_("还有 %(n)d 条意见没有处理，请逐条填写采纳情况。") % {"n": left})
        return change(actor, edition, action="mechanisms.close_round", now=now, state=EditionState.DRAFT.value)
