"""The course of a task: received, reported on, sent back, accepted."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.areas.orgs.models import Role
from xietong.areas.people import queries as people
from xietong.areas.people.models import Person
from xietong.areas.plans import queries
from xietong.areas.plans.access import REPORT_FORM, REVIEW_REPORT, verdict_on
from xietong.areas.plans.actions.course import WrongState, advance
from xietong.areas.plans.actions.parts import count_report, give_back, keep_parent, keep_parts, take_into_report
from xietong.areas.plans.models import Milestone, Occurrence, Report, Task
from xietong.areas.plans.rules.states import Deed, ReportState
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals import actions as approvals
from xietong.kit.approvals.models import Approval
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.files.actions import attach, take_posted
from xietong.kit.notices.actions import notify
from xietong.kit.records.writing import add, change, locked

TITLES = {
    Deed.SEND_BACK: gettext_noop("填报被退回，请补充"),
    Deed.ACCEPT: gettext_noop("填报已通过"),
}


OUTCOMES = {
    Approval.State.AGREED: (Deed.ACCEPT, ReportState.ACCEPTED),
    Approval.State.SENT_BACK: (Deed.SEND_BACK, ReportState.SENT_BACK),
}


class OpinionMissing(Refused):
    """Sending back needs an opinion."""


class NothingReported(Refused):
    """A report has neither text nor files."""


class ReasonMissing(Refused):
    """A task is moved, stopped or taken up again only with a reason."""


class OnItsRoute(Refused):
    """A report that the steps of a route answer is not the office's to answer."""


class NotDone(Refused):
    """Something that has to come first is not done; names it."""


def receive_task(actor: Actor, task: Task, *, owner: Person | None, now: datetime) -> Task:
    """This function will take a task on for the unit, and name the person in charge."""
    with transaction.atomic():
        named = owner.name if owner else ""
        task = advance(actor, task, Deed.RECEIVE, now=now, note=named, owner=owner or task.owner)
        if owner and owner.account_id and owner.account_id != actor.account_id:
            tell(actor, task, [owner.account_id], gettext_noop("您被指定为任务负责人"), kind="plans.owner", now=now)
    return task


def report_progress(
    actor: Actor,
    task: Task,
    *,
    text: str,
    claims_completion: bool,
    quantity: Decimal | None = None,
    milestones: Sequence[Milestone] = (),
    occurrence: Occurrence | None = None,
    carried_out: bool | None = None,
    uploads: Sequence[str] = (),
    plain: Sequence[Any] = (),
    request_key: str | None = None,
    now: datetime,
) -> Report:
    """This function will file what was done on a task, with files; a claim asks for it to be closed.

    `quantity` is the whole reached so far, the parts of supporting units in it; `milestones` are those reached now,
    `occurrence` the period that is meant, with whether it was `carried_out`. What supporting units have filed is
    taken into it. `request_key` is the form's own number: sent twice (a double click, a replay), it is filed once.

    Raises
        NothingReported: no text.
        NotDone: it claims completion before its sub-tasks or what it needs are done.
        WrongState: the task is not under way, or a report still waits.
        NobodyThere: the county's route has a step that nobody could answer.
    """
    if not text.strip():
        raise NothingReported(_("请写明进展情况，哪怕一句话。"))
    if claims_completion:
        must_be_last(task)
    # Redrawing a picture takes seconds: not inside the transaction.
    uploads = [*uploads, *take_posted(actor, plain)]
    with transaction.atomic():
        task = locked(task)
        if request_key and (earlier := task.reports.filter(request_key=request_key).first()):
            return earlier
        if task.reports.filter(state=ReportState.SUBMITTED.value).exists():
            raise WrongState(_("上一次填报还在审核中，审核后才能再报。"))
        deed = Deed.CLAIM if claims_completion else Deed.REPORT
        task = advance(actor, task, deed, now=now, note=text[:120])
        report = Report(
            county_id=task.county_id,
            task=task,
            number=(task.reports.aggregate(last=Max("number"))["last"] or 0) + 1,
            text=text.strip(),
            claims_completion=claims_completion,
            quantity=quantity,
            request_key=request_key,
            author_name=actor.acting_name[:60],
            author_id=actor.person_id,
            unit=task.lead_unit,
            at=now,
            by_route=queries.has_route(task.county_id),
        )
        add(actor, report, action="plans.report_progress", now=now)
        take_into_report(report, milestones=milestones, occurrence=occurrence, carried_out=carried_out)
        keep_parts(task)
        attach(
            actor,
            owner_type=queries.REPORT_OWNER,
            owner_id=report.pk,
            county_id=task.county_id,
            uploads=uploads,
            now=now,
        )
        if report.by_route:
            send_on_route(actor, report, now=now)
        else:
            tell_office(actor, task, gettext_noop("有新的填报待审核"), kind="plans.report", now=now)
    return report


def send_on_route(actor: Actor, report: Report, *, now: datetime) -> None:
    approvals.start(
        actor,
        form=REPORT_FORM,
        owner_id=report.pk,
        county_id=report.county_id,
        unit_id=report.unit_id,
        title=_("%(task)s 第%(n)d次填报") % {"task": report.task.title[:180], "n": report.number},
        url=f"{reverse('plans:task', args=[report.task_id])}#report-{report.pk}",
        now=now,
    )


def withdraw_report(actor: Actor, report: Report, *, now: datetime) -> Report:
    """This function will take back what was reported, as long as nobody has answered it; the task goes on.

    Raises
        WrongState: the report has been answered already.
        TooLate: the first step of its route has been.
    """
    with transaction.atomic():
        if report.by_route and (running := queries.approval_of(report)):
            approvals.withdraw(actor, running, now=now)
            return queries.report(report.pk)
        return take_back(actor, report, now=now)


def take_back(actor: Actor, report: Report, *, now: datetime) -> Report:
    with transaction.atomic():
        task, row = locked(report.task), locked(report)
        if row.state != ReportState.SUBMITTED.value:
            raise WrongState(verdict_on(row))
        task = advance(actor, task, Deed.WITHDRAW, now=now, report=row)
        give_back(row)
        keep_parts(task)
        return change(
            actor, row, action="plans.withdraw_report", now=now, state=ReportState.WITHDRAWN.value, reviewed_at=now
        )


def send_back(actor: Actor, report: Report, *, opinion: str, now: datetime) -> Report:
    """This function will return a report with an opinion; the task is under way again.

    Raises
        OpinionMissing: the opinion is empty.
        WrongState: the report has been answered already.
    """
    if not opinion.strip():
        raise OpinionMissing(_("退回须填写意见，说明要补充什么。"))
    must_be_for_office(report)
    return answer(actor, report, Deed.SEND_BACK, ReportState.SENT_BACK, opinion=opinion.strip(), now=now)


def accept(actor: Actor, report: Report, *, opinion: str = "", now: datetime) -> Report:
    """This function will accept a report; if it claimed completion, the task is verified.

    Raises
        WrongState: the report has been answered already.
    """
    must_be_for_office(report)
    return answer(actor, report, Deed.ACCEPT, ReportState.ACCEPTED, opinion=opinion.strip(), now=now)


def must_be_for_office(report: Report) -> None:
    if report.by_route and (reason := REVIEW_REPORT.unless(report)):
        raise OnItsRoute(reason)


def settle_report(actor: Actor, *, report_id: int, outcome: str, now: datetime) -> Report:
    """This function will follow a report's approval that has ended; the last opinion is the verdict's."""
    report = queries.report(report_id)
    if outcome == Approval.State.WITHDRAWN:
        return take_back(actor, report, now=now)
    deed, state = OUTCOMES[Approval.State(outcome)]
    opinion = queries.last_opinion(report)
    return answer(actor, report, deed, state, opinion=opinion, now=now)


def answer(actor: Actor, report: Report, deed: Deed, state: ReportState, *, opinion: str, now: datetime) -> Report:
    with transaction.atomic():
        task = locked(report.task)
        report = locked(report)
        if report.state != ReportState.SUBMITTED.value:
            raise WrongState(verdict_on(report))
        task = advance(actor, task, deed, now=now, note=opinion, report=report)
        if deed is Deed.ACCEPT:
            task = count_report(actor, task, report, now=now)
            keep_parent(task)
        else:
            give_back(report)
            keep_parts(task)
        report = change(
            actor,
            report,
            action=f"plans.{deed.value}",
            now=now,
            reason=opinion,
            state=state.value,
            opinion=opinion,
            reviewer_name=actor.acting_name[:60],
            reviewed_at=now,
        )
        accounts = people.accounts_of_unit(task.county_id, task.lead_unit_id or 0, day_of(now))
        if task.owner and task.owner.account_id:
            accounts = sorted({*accounts, task.owner.account_id})
        tell(actor, task, accounts, TITLES[deed], kind=f"plans.{deed.value}", now=now)
    return report


def must_be_last(task: Task) -> None:
    """Raises NotDone while sub-tasks, or tasks that this one needs, are open."""
    if left := queries.waits_for(task):
        raise NotDone(
            _("先办结这些任务，才能申请办结：%(tasks)s。") % {"tasks": _("、").join(str(one) for one in left[:5])}
        )


def tell(
    actor: Actor, task: Task, accounts: Sequence[int], title: str, *, kind: str, now: datetime, url: str = ""
) -> None:
    """One notice a kind: an unread one of another kind about the same task must not swallow it.

    It leads to the task, or to `url` for those who do not see the task any more.
    """
    notify(
        actor,
        accounts=[account for account in accounts if account != actor.account_id],
        title=title,
        body=str(task),
        url=url or reverse("plans:task", args=[task.pk]),
        kind=kind,
        county_id=task.county_id,
        now=now,
    )


def tell_office(actor: Actor, task: Task, title: str, *, kind: str, now: datetime) -> None:
    tell(actor, task, people.accounts_of_role(task.county_id, Role.OFFICE, day_of(now)), title, kind=kind, now=now)
