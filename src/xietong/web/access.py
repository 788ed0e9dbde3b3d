"""The pages that belong to no area, and who opens them. The three administrators share none of theirs."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.access import COUNTY_STAFF, EVERYBODY, NOTHING, own_county, to
from xietong.areas.orgs.models import Role
from xietong.kit.access.permissions import Permission, anything
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.models import Entry
from xietong.kit.feedback.actions import answered
from xietong.kit.feedback.models import Feedback
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
