"""Writes: start, agree, send back, pass on, add a signer, withdraw; and the route itself."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.kit.accounts.actor import Actor, accounts_of_role
from xietong.kit.approvals import queries
from xietong.kit.approvals.events import Settled
from xietong.kit.approvals.models import Approval, Deed, Route, Stage
from xietong.kit.approvals.routes import LONGEST, Step
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.events.bus import announce
from xietong.kit.notices.actions import notify
from xietong.kit.records.writing import add, change, locked


class NobodyThere(Refused):
    """A step of the route has nobody who could answer it."""


class SomebodyThere(Refused):
    """Whoever should answer a step is there: nobody else names another."""


class AnsweredAlready(Refused):
    """Somebody else was faster, or the approval has ended."""


class OpinionMissing(Refused):
    """Sending back needs an opinion."""


class TooLate(Refused):
    """The first step has been answered: nothing to withdraw any more."""


class BadRoute(Refused):
    """A route has one to four steps, each with a name."""


def start(
    actor: Actor,
    *,
    form: str,
    owner_id: int,
    county_id: int,
    title: str,
    url: str,
    unit_id: int | None = None,
    now: datetime,
) -> Approval:
    """This function will put a row on its county's route, and tell whoever answers the first step.

    Raises
        NobodyThere: nobody holds the role of a step today; names the step.
        Refused: it is on its way already.
    """
    steps = queries.route_of(county_id, form)
    with transaction.atomic():
        approval = Approval(
            county_id=county_id,
            form=form,
            owner_id=owner_id,
            unit_id=unit_id,
            title=title[:200],
            url=url,
            starter_id=actor.account_id,
            starter=actor.label,
            started_at=now,
        )
        add(actor, approval, action="approvals.start", now=now)
        stages = [
            Stage(
                county_id=county_id,
                approval=approval,
                order=order,
                title=step.title,
                role=step.role,
                org_id=unit_id if step.at_unit else None,
            )
            for order, step in enumerate(steps, start=1)
        ]
        for stage in stages:
            if not holders(stage, now):
                raise NobodyThere(
                    _("第%(order)s步“%(title)s”目前没有人担任，请先在“角色”中指定。")
                    % {"order": stage.order, "title": stage.title}
                )
        Stage.objects.bulk_create(stages)
        note(actor, approval, Deed.Kind.START, now=now)
        open_next(actor, approval, now=now)
    return approval


def agree(actor: Actor, stage: Stage, *, opinion: str = "", signer: str = "", now: datetime) -> Approval:
    """This function will agree to a step; after the last one the approval is through.

    `signer` is the leader who signed on paper, where the office enters it for him.

    Raises
        AnsweredAlready: the step is not open any more.
    """
    with transaction.atomic():
        approval, stage = held(stage)
        change(actor, stage, action="approvals.agree", now=now, reason=opinion, state=Stage.State.AGREED)
        note(actor, approval, Deed.Kind.AGREE, stage=stage, opinion=opinion, signer=signer, now=now)
        if open_next(actor, approval, now=now):
            return approval
        return end(actor, approval, Approval.State.AGREED, gettext_noop("审批已通过"), now=now)


def send_back(actor: Actor, stage: Stage, *, opinion: str, signer: str = "", now: datetime) -> Approval:
    """This function will end the approval with an opinion on what to mend.

    Raises
        OpinionMissing: no opinion.
        AnsweredAlready: the step is not open any more.
    """
    if not opinion.strip():
        raise OpinionMissing(_("退回须填写意见，说明要修改什么。"))
    with transaction.atomic():
        approval, stage = held(stage)
        change(actor, stage, action="approvals.send_back", now=now, reason=opinion, state=Stage.State.SENT_BACK)
        note(actor, approval, Deed.Kind.SEND_BACK, stage=stage, opinion=opinion, signer=signer, now=now)
        return end(actor, approval, Approval.State.SENT_BACK, gettext_noop("审批被退回，请修改后再提交"), now=now)


def reassign(
    actor: Actor, stage: Stage, *, account_id: int, account_name: str, reason: str = "", now: datetime
) -> Stage:
    """This function will have one named person answer a step (转办).

    Raises
        AnsweredAlready: the step is not open any more.
    """
    with transaction.atomic():
        approval, stage = held(stage)
        stage = change(
            actor,
            stage,
            action="approvals.reassign",
            now=now,
            reason=reason,
            account_id=account_id,
            account_name=account_name[:200],
        )
        note(actor, approval, Deed.Kind.REASSIGN, stage=stage, opinion=reason, to_name=account_name, now=now)
        tell(actor, approval, [account_id], gettext_noop("有事项转给您审批"), kind="reassign", now=now)
    return stage


def rescue(
    actor: Actor, stage: Stage, *, account_id: int, account_name: str, reason: str = "", now: datetime
) -> Stage:
    """This function will have one named person answer a step that nobody can answer any more.

    Raises
        SomebodyThere: somebody can.
        AnsweredAlready: the step is not open any more.
    """
    if holders(stage, now):
        raise SomebodyThere(_("这一步有人可以办理，须由其本人转办。"))
    return reassign(actor, stage, account_id=account_id, account_name=account_name, reason=reason, now=now)


def add_signer(actor: Actor, stage: Stage, *, account_id: int, account_name: str, title: str, now: datetime) -> Stage:
    """This function will have one more person answer after this step (加签).

    Raises
        AnsweredAlready: the step is not open any more.
    """
    with transaction.atomic():
        approval, stage = held(stage)
        approval.stages.filter(order__gt=stage.order).update(order=F("order") + 1)
        added = Stage(
            county_id=stage.county_id,
            approval=approval,
            order=stage.order + 1,
            title=title[:40],
            role=stage.role,
            account_id=account_id,
            account_name=account_name[:200],
        )
        add(actor, added, action="approvals.add_signer", now=now)
        note(actor, approval, Deed.Kind.ADD, stage=stage, to_name=account_name, now=now)
    return added


def withdraw(actor: Actor, approval: Approval, *, now: datetime) -> Approval:
    """This function will take an approval back before anybody has answered.

    Raises
        TooLate: somebody has, or it has ended.
    """
    with transaction.atomic():
        approval = locked(approval)
        if approval.state != Approval.State.RUNNING or not queries.course(approval).nobody_acted:
            raise TooLate(_("下一步已经办理，不能撤回。"))
        note(actor, approval, Deed.Kind.WITHDRAW, now=now)
        return end(actor, approval, Approval.State.WITHDRAWN, "", now=now)


def set_route(
    actor: Actor, *, county_id: int, form: str, steps: Sequence[Step], version: int, now: datetime
) -> Route:
    """This function will set a county's route of a form; approvals under way keep theirs.

    `version` is 0 where the county had none.

    Raises
        BadRoute: no step, too many, or one without a name.
        Stale: somebody changed it meanwhile.
    """
    if not 1 <= len(steps) <= LONGEST or not all(step.title.strip() and step.role for step in steps):
        raise BadRoute(_("审批路线须有一至四步，每步都要写明名称和角色。"))
    stored = [step.stored for step in steps]
    with transaction.atomic():
        row = Route.objects.select_for_update().filter(county_id=county_id, form=form).first()
        if row is None:
            row = Route(county_id=county_id, form=form, steps=stored)
            return add(actor, row, action="approvals.set_route", now=now)
        return change(actor, row, action="approvals.set_route", now=now, version=version, steps=stored)


def held(stage: Stage) -> tuple[Approval, Stage]:
    """The approval and its step under a lock, in this order everywhere; the step must be open."""
    approval = locked(stage.approval)
    stage = locked(stage)
    if stage.state != Stage.State.OPEN:
        raise AnsweredAlready(_("这一步已经办理过了：%(state)s。") % {"state": stage.get_state_display()})
    return approval, stage


def open_next(actor: Actor, approval: Approval, *, now: datetime) -> bool:
    """Opens the next step and tells whoever answers it; False after the last."""
    stage = approval.stages.filter(state=Stage.State.WAITING).order_by("order", "pk").first()
    if stage is None:
        return False
    change(actor, stage, action="approvals.open", now=now, state=Stage.State.OPEN, opened_at=now)
    tell(actor, approval, holders(stage, now), gettext_noop("有事项待您审批"), kind="open", now=now)
    return True


def end(actor: Actor, approval: Approval, state: Approval.State, said: str, *, now: datetime) -> Approval:
    approval.stages.filter(state__in=[Stage.State.WAITING, Stage.State.OPEN]).update(state=Stage.State.VOID)
    approval = change(actor, approval, action=f"approvals.{state.value}", now=now, state=state, ended_at=now)
    announce(actor, Settled(approval.form, approval.owner_id, approval.county_id, state.value), now=now)
    if said and approval.starter_id:
        tell(actor, approval, [approval.starter_id], said, kind=state.value, now=now, url=approval.url)
    return approval


def holders(stage: Stage, now: datetime) -> list[int]:
    """The accounts that may answer a step today, deputies too; a person who is named must still have a way in."""
    if stage.account_id:
        return sorted(queries.accounts_in_use([stage.account_id]))
    at = (stage.org_id,) if stage.org_id else ()
    return accounts_of_role()(stage.county_id, stage.role, day_of(now), organisation_ids=at)


def note(
    actor: Actor,
    approval: Approval,
    kind: Deed.Kind,
    *,
    now: datetime,
    stage: Stage | None = None,
    opinion: str = "",
    to_name: str = "",
    signer: str = "",
) -> None:
    Deed.objects.create(
        approval=approval,
        at=now,
        kind=kind,
        stage_title=stage.title if stage else "",
        who=actor.acting_name[:120],
        org_name=actor.org_name[:120],
        opinion=opinion.strip()[:500],
        to_name=to_name[:200],
        signer=signer.strip()[:60],
    )


def tell(
    actor: Actor, approval: Approval, accounts: Iterable[int], title: str, *, kind: str, now: datetime, url: str = ""
) -> None:
    notify(
        actor,
        accounts=[one for one in accounts if one != actor.account_id],
        title=title,
        body=approval.title,
        url=url or reverse("approval", args=[approval.pk]),
        kind=f"approvals.{kind}",
        county_id=approval.county_id,
        now=now,
    )
