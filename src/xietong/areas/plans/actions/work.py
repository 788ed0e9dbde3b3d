"""The course of a task: received, reported on, sent back, accepted."""

from collections.abc import Sequence
from datetime import date, datetime
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
from xietong.areas.plans.actions.course import WrongState, advance
from xietong.areas.plans.models import Report, Task
from xietong.areas.plans.rules.states import Deed, ReportState
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.files.actions import attach, take_posted
from xietong.kit.notices.actions import notify
from xietong.kit.records.writing import add, change, locked

TITLES = {
    Deed.SEND_BACK: gettext_noop("填报被退回，请补充"),
    Deed.ACCEPT: gettext_noop("填报已通过"),
}


class OpinionMissing(Refused):
    """Sending back needs an opinion."""


class NothingReported(Refused):
    """A report has neither text nor files."""


def receive_task(actor: Actor, task: Task, *, owner: Person | None, now: datetime) -> Task:
    """This function will take a task on for the unit, and name the person in charge."""
    with transaction.atomic():
        task = advance(actor, task, Deed.RECEIVE, now=now, owner=owner or task.owner)
        if owner and owner.account_id and owner.account_id != actor.account_id:
            tell(actor, task, [owner.account_id], gettext_noop("您被指定为任务负责人"), kind="plans.owner", now=now)
    return task


def report_progress(
    actor: Actor,
    task: Task,
    *,
    text: str,
    claims_completion: bool,
    uploads: Sequence[str] = (),
    plain: Sequence[Any] = (),
    request_key: str | None = None,
    now: datetime,
) -> Report:
    """This function will file what was done on a task, with files; a claim asks for it to be closed.

    `request_key` is the form's own number: sent twice (a double click, a replay), it is filed once.

    Raises
        NothingReported: no text.
        WrongState: the task is not under way, or a report still waits.
    """
    if not text.strip():
        raise NothingReported(_("请写明进展情况，哪怕一句话。"))
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
            request_key=request_key,
            author_name=actor.name,
            author_id=actor.person_id,
            unit=task.lead_unit,
            at=now,
        )
        add(actor, report, action="plans.report_progress", now=now)
        attach(
            actor,
            owner_type=queries.REPORT_OWNER,
            owner_id=report.pk,
            county_id=task.county_id,
            uploads=uploads,
            now=now,
        )
        tell_office(actor, task, gettext_noop("有新的填报待审核"), kind="plans.report", now=now)
    return report


def withdraw_report(actor: Actor, report: Report, *, now: datetime) -> Report:
    """This function will take back what was reported, as long as nobody has answered it; the task goes on.

    Raises
        WrongState: the report has been answered already.
    """
    with transaction.atomic():
        task, row = locked(report.task), locked(report)
        if row.state != ReportState.SUBMITTED.value:
            raise WrongState(_("这次填报已经审核过了：%(state)s。") % {"state": row.get_state_display()})
        advance(actor, task, Deed.WITHDRAW, now=now, report=row)
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
    return answer(actor, report, Deed.SEND_BACK, ReportState.SENT_BACK, opinion=opinion.strip(), now=now)


def accept(actor: Actor, report: Report, *, opinion: str = "", now: datetime) -> Report:
    """This function will accept a report; if it claimed completion, the task is verified.

    Raises
        WrongState: the report has been answered already.
    """
    return answer(actor, report, Deed.ACCEPT, ReportState.ACCEPTED, opinion=opinion.strip(), now=now)


def answer(actor: Actor, report: Report, deed: Deed, state: ReportState, *, opinion: str, now: datetime) -> Report:
    with transaction.atomic():
        task = locked(report.task)
        report = locked(report)
        if report.state != ReportState.SUBMITTED.value:
            raise WrongState(_("这次填报已经审核过了：%(state)s。") % {"state": report.get_state_display()})
        task = advance(actor, task, deed, now=now, note=opinion, report=report)
        report = change(
            actor,
            report,
            action=f"plans.{deed.value}",
            now=now,
            reason=opinion,
            state=state.value,
            opinion=opinion,
            reviewer_name=actor.name,
            reviewed_at=now,
        )
        accounts = accounts_of_unit(task.county_id, task.lead_unit_id or 0, day_of(now))
        if task.owner and task.owner.account_id:
            accounts = sorted({*accounts, task.owner.account_id})
        tell(actor, task, accounts, TITLES[deed], kind=f"plans.{deed.value}", now=now)
    return report


def accounts_of_unit(county_id: int, unit_id: int, on: date) -> list[int]:
    """Who receives tasks for a unit: its liaison and head, or whoever works for it in a county office."""
    found: list[int] = []
    for role in (
        Role.SCHOOL_LIAISON,
        Role.SCHOOL_HEAD,
        Role.MEMBER_UNIT,
        Role.DEVELOPMENT_CENTRE,
        Role.SECTION_CLERK,
        Role.UNIVERSITY_COORDINATOR,
    ):
        county = None if role == Role.UNIVERSITY_COORDINATOR else county_id
        found += people.accounts_of_role(county, role, on, organisation_ids=(unit_id,))
    return sorted(set(found))


def tell(actor: Actor, task: Task, accounts: Sequence[int], title: str, *, kind: str, now: datetime) -> None:
    """One notice a kind: an unread one of another kind about the same task must not swallow it."""
    notify(
        actor,
        accounts=[account for account in accounts if account != actor.account_id],
        title=title,
        body=str(task),
        url=reverse("plans:task", args=[task.pk]),
        kind=kind,
        county_id=task.county_id,
        now=now,
    )


def tell_office(actor: Actor, task: Task, title: str, *, kind: str, now: datetime) -> None:
    tell(actor, task, people.accounts_of_role(task.county_id, Role.OFFICE, day_of(now)), title, kind=kind, now=now)
