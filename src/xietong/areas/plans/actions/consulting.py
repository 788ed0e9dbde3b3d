"""征求意见: units are asked about a draft, answer, and learn what became of what they said."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.areas.orgs.models import Organisation, Role
from xietong.areas.people import queries as people
from xietong.areas.plans.actions.course import WrongState
from xietong.areas.plans.actions.drafting import hold_draft
from xietong.areas.plans.models import Clause, Comment, Consultation, Consulted, Plan, Task
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.notices.actions import notify
from xietong.kit.records.writing import add, change, locked


class BadConsultation(Refused):
    """Nobody is asked, or the last day has passed."""


class NothingSaid(Refused):
    """A comment without words."""


class NotAllAnswered(Refused):
    """Comments still lack a verdict; says how many."""


def open_consultation(
    actor: Actor, plan: Plan, *, units: Sequence[Organisation], due_on: date, note: str = "", now: datetime
) -> Consultation:
    """This function will ask units about a draft until a day, and tell their people.

    Raises
        BadConsultation: no unit, or a day in the past.
        WrongState: the plan is not a draft any more.
        Refused: the round before is still open.
    """
    today = day_of(now)
    if not units:
        raise BadConsultation(_("请至少选择一个征求意见的单位。"))
    if due_on < today:
        raise BadConsultation(_("截止日期已经过去，请改为今天或以后的日期。"))
    with transaction.atomic():
        hold_draft(plan)
        row = Consultation(
            county_id=plan.county_id,
            plan=plan,
            number=(plan.consultations.aggregate(last=Max("number"))["last"] or 0) + 1,
            note=note.strip(),
            opened_on=today,
            due_on=due_on,
        )
        add(actor, row, action="plans.open_consultation", now=now)
        for unit in units:
            asked = Consulted(county_id=plan.county_id, consultation=row, unit=unit)
            add(actor, asked, action="plans.consult", now=now)
            notify(
                actor,
                accounts=people.accounts_of_unit(plan.county_id, unit.pk, today),
                title=gettext_noop("请对方案提出意见，%(due)s前反馈"),
                values={"due": f"{due_on:%Y-%m-%d}"},
                body=plan.title,
                url=reverse("plans:consulted", args=[asked.pk]),
                kind="plans.consulted",
                county_id=plan.county_id,
                now=now,
            )
    return row


def say_comment(
    actor: Actor,
    consulted: Consulted,
    *,
    text: str,
    clause: Clause | None = None,
    task: Task | None = None,
    on_paper: bool = False,
    now: datetime,
) -> Comment:
    """This function will add what a unit says about the draft, a clause or a task of it.

    Raises
        NothingSaid: no words.
        WrongState: the round is closed.
    """
    if not text.strip():
        raise NothingSaid(_("请写明意见；没有意见请点“无意见”。"))
    with transaction.atomic():
        consulted = hold_round(consulted)
        row = Comment(
            county_id=consulted.county_id,
            consulted=consulted,
            clause=clause,
            task=task,
            about=str(task or clause or "")[:300],
            text=text.strip(),
            author=actor.label,
            at=now,
        )
        add(actor, row, action="plans.say_comment", now=now)
        note_answer(actor, consulted, on_paper=on_paper, now=now)
    return row


def say_no_comment(actor: Actor, consulted: Consulted, *, on_paper: bool = False, now: datetime) -> Consulted:
    """This function will note that a unit has nothing to say.

    Raises
        WrongState: the round is closed.
    """
    with transaction.atomic():
        consulted = hold_round(consulted)
        return note_answer(actor, consulted, on_paper=on_paper, now=now)


def note_answer(actor: Actor, consulted: Consulted, *, on_paper: bool, now: datetime) -> Consulted:
    answered = change(
        actor,
        consulted,
        action="plans.answer_consultation",
        now=now,
        answered_at=now,
        answered_by=actor.label[:200],
        on_paper=on_paper,
    )
    plan = answered.consultation.plan
    if not on_paper:
        notify(
            actor,
            accounts=people.accounts_of_role(plan.county_id, Role.OFFICE, day_of(now)),
            title=gettext_noop("征求意见有了反馈"),
            body=str(answered.unit),
            url=reverse("plans:consulting", args=[plan.pk]),
            kind="plans.comment",
            county_id=plan.county_id,
            now=now,
        )
    return answered


def answer_comment(
    actor: Actor, comment: Comment, *, version: int, verdict: str, answer: str = "", now: datetime
) -> Comment:
    """This function will say whether a comment is taken up; declining it, wholly or partly, needs a reason.

    Raises
        Refused: the reason is missing.
        Stale: somebody answered it meanwhile.
    """
    with transaction.atomic():
        comment = change(
            actor,
            comment,
            action="plans.answer_comment",
            now=now,
            version=version,
            verdict=verdict,
            answer=answer.strip(),
            answered_by=actor.label[:200],
            answered_at=now,
        )
        asked = comment.consulted
        notify(
            actor,
            accounts=people.accounts_of_unit(asked.county_id, asked.unit_id, day_of(now)),
            title=gettext_noop("您单位的意见有了答复"),
            body=comment.text[:200],
            url=reverse("plans:consulted", args=[asked.pk]),
            kind="plans.comment_answered",
            county_id=asked.county_id,
            now=now,
        )
    return comment


def close_consultation(actor: Actor, row: Consultation, *, now: datetime) -> Consultation:
    """This function will end a round; who has not answered by then counts as having no comment.

    Raises
        NotAllAnswered: comments still lack a verdict.
        WrongState: it is closed already.
    """
    with transaction.atomic():
        row = locked(row)
        if row.closed_on is not None:
            raise WrongState(_("这一轮征求意见已经结束。"))
        left = Comment.objects.filter(consulted__consultation=row, verdict="").count()
        if left:
            raise NotAllAnswered(_("还有 %(n)d 条意见没有处理，请逐条填写采纳情况。") % {"n": left})
        return change(actor, row, action="plans.close_consultation", now=now, closed_on=day_of(now))


def hold_round(consulted: Consulted) -> Consulted:
    """Keeps a round from being closed until the transaction ends."""
    if locked(consulted.consultation).closed_on is not None:
        raise WrongState(_("这一轮征求意见已经结束，有意见请直接与办公室联系。"))
    return consulted
