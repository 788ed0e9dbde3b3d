"""The pages that belong to no area, and who opens them. The three administrators share none of theirs."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.access import COUNTY_STAFF, EVERYBODY, NOTHING, own_county, to
from xietong.areas.orgs.models import Role
from xietong.kit.access.permissions import Permission, anything
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals.models import Approval, Route, Stage
from xietong.kit.approvals.queries import took_part, waits_for
from xietong.kit.audit.models import Entry
from xietong.kit.feedback.actions import answered
from xietong.kit.feedback.models import Feedback
from xietong.kit.notices.models import Channel, Delivery
from xietong.kit.ruletable.actions import fixed
from xietong.kit.ruletable.models import Rule

# Somebody without any role today still has an account of his own.
SIGNED_IN = ("", *EVERYBODY)

# To whom anybody may turn: those who run the plan, and those who look after how it is run.
ADDRESSEES = (Role.OFFICE, Role.INSPECTOR)


def rules_here(actor: Actor) -> Q:
    return Q(county_id=None) | Q(county_id__in=actor.counties)


def county_trail(actor: Actor) -> Q:
    return Q(county_id=actor.county_id) if actor.county_id else NOTHING


def said_to_me(actor: Actor) -> Q:
    """What was said in one's own county to the role that one holds."""
    return Q(county_id=actor.county_id, addressee=actor.role) if actor.county_id else NOTHING


def started_by_me(actor: Actor) -> Q:
    return Q(starter_id=actor.account_id) if actor.account_id else NOTHING


def not_open(row: Stage) -> str | None:
    """Why a step cannot be answered."""
    if row.state == Stage.State.OPEN:
        return None
    return _("这一步已经办理过了：%(state)s。") % {"state": row.get_state_display()}


def ended(row: Approval) -> str | None:
    return None if row.state == Approval.State.RUNNING else str(_("审批已经结束，不能撤回。"))


WORKBENCH: Permission[Any] = Permission("web.workbench", None, to(SIGNED_IN, anything), _("打开工作台"))
MY_ACCOUNT: Permission[Any] = Permission(
    "web.my_account", None, to(SIGNED_IN, anything), _("维护自己的账号、消息、下载")
)
FEEDBACK: Permission[Any] = Permission("web.feedback", None, to(SIGNED_IN, anything), _("投诉建议"))
RECEIVE_FEEDBACK = Permission("web.receive_feedback", Feedback, to(ADDRESSEES, said_to_me), _("查看收到的投诉建议"))
ANSWER_FEEDBACK = Permission(
    "web.answer_feedback", Feedback, to(ADDRESSEES, said_to_me), _("答复投诉建议"), unless=answered
)
SYSTEM: Permission[Any] = Permission(
    "web.system", None, to((Role.SYSTEM_ADMIN,), anything), _("查看系统状态和任务队列")
)
SECURITY: Permission[Any] = Permission(
    "web.security", None, to((Role.SECURITY_ADMIN,), own_county), _("锁定、解锁账号")
)
AUDIT = Permission("web.audit", Entry, to((Role.AUDIT_ADMIN,), county_trail), _("查看审计记录"))
RULES = Permission("web.rules", Rule, to(COUNTY_STAFF, rules_here), _("查看规则表"))
CHANGE_RULE = Permission(
    "web.change_rule", Rule, to((Role.OFFICE,), rules_here), _("设定本县的规则数值"), unless=fixed
)
APPROVE = Permission("web.approve", Stage, to(SIGNED_IN, waits_for), _("审批"), unless=not_open)
RESCUE_APPROVAL = Permission(
    "web.rescue_approval", Stage, to((Role.OFFICE,), own_county), _("为无人办理的审批步骤指定办理人"), unless=not_open
)
ENTER_APPROVAL = Permission(
    "web.enter_approval", Stage, to((Role.OFFICE,), own_county), _("代录书面签批"), unless=not_open
)
VIEW_APPROVAL = Permission(
    "web.view_approval",
    Approval,
    {**to(SIGNED_IN, took_part), Role.OFFICE.value: own_county},
    _("查看审批过程"),
)
WITHDRAW_APPROVAL = Permission(
    "web.withdraw_approval", Approval, to(SIGNED_IN, started_by_me), _("撤回自己提交的审批"), unless=ended
)
CHANGE_ROUTE = Permission("web.change_route", Route, to((Role.OFFICE,), own_county), _("设定审批路线"))
CHANGE_CHANNEL = Permission("web.change_channel", Channel, to((Role.OFFICE,), own_county), _("设定消息渠道"))
SEND_AGAIN = Permission("web.send_again", Delivery, to((Role.OFFICE,), own_county), _("查看发送记录、再发一次"))
