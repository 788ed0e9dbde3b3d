"""Who sees people, and who keeps them."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.access import (
    NOTHING,
    SCHOOL_STAFF,
    own_county,
    own_org,
    own_university,
    to,
)
from xietong.areas.orgs.models import Role
from xietong.areas.people.models import Person, RoleTerm, Transfer
from xietong.kit.access.permissions import Permission
from xietong.kit.accounts.actor import Actor

STAFF_OFFICES = (
    Role.OFFICE,
    Role.SECTION_CLERK,
    Role.SECTION_HEAD,
    Role.BUREAU_LEADER,
    Role.DEVELOPMENT_CENTRE,
)


def colleagues(actor: Actor) -> Q:
    """Those who hold a post at the organisations of the role."""
    return Q(appointments__organisation_id__in=actor.orgs, appointments__to_on=None, county_id=actor.county_id)


def myself(actor: Actor) -> Q:
    return Q(pk=actor.person_id) if actor.person_id else NOTHING


def kept_here(actor: Actor) -> Q:
    """Role terms of the people of one's own county."""
    return Q(county_id=actor.county_id) if actor.county_id else NOTHING


kept_at_university = own_org("person__university_id")


def party(actor: Actor) -> Q:
    """Transfers that one's own county asked for or is asked for."""
    if not actor.county_id:
        return NOTHING
    return Q(from_county_id=actor.county_id) | Q(to_county_id=actor.county_id)


def leaving(actor: Actor) -> Q:
    return Q(from_county_id=actor.county_id) if actor.county_id else NOTHING


def arriving(actor: Actor) -> Q:
    return Q(to_county_id=actor.county_id) if actor.county_id else NOTHING


def unanswered(row: Transfer) -> str | None:
    return None if row.state == Transfer.State.ASKED else str(_("这项调动已经办结。"))


def still_here(row: Person) -> str | None:
    return str(_("该人员已离开，资料只供查阅。")) if row.left_on else None


VIEW_PERSON = Permission(
    "people.view_person",
    Person,
    {
        **to(STAFF_OFFICES, own_county),
        **to(SCHOOL_STAFF, colleagues),
        Role.TEACHER.value: myself,
        Role.MENTOR.value: myself,
        Role.UNIVERSITY_COORDINATOR.value: own_university,
        Role.SECURITY_ADMIN.value: own_county,
    },
    _("查看人员"),
)
CHANGE_PERSON = Permission(
    "people.change_person",
    Person,
    {Role.OFFICE.value: own_county, Role.UNIVERSITY_COORDINATOR.value: own_university},
    _("维护人员"),
    unless=still_here,
)
REVEAL = Permission(
    "people.reveal",
    Person,
    {Role.OFFICE.value: own_county, Role.UNIVERSITY_COORDINATOR.value: own_university},
    _("查看身份证号、手机号明文"),
)
INVITE = Permission(
    "people.invite",
    Person,
    {
        Role.OFFICE.value: own_county,
        Role.SCHOOL_LIAISON.value: colleagues,
        Role.SCHOOL_HEAD.value: colleagues,
        Role.UNIVERSITY_COORDINATOR.value: own_university,
    },
    _("邀请开通账号"),
    unless=still_here,
)
RESET = Permission(
    "people.reset_password",
    Person,
    {
        Role.OFFICE.value: own_county,
        Role.SCHOOL_LIAISON.value: colleagues,
        Role.SCHOOL_HEAD.value: colleagues,
        Role.UNIVERSITY_COORDINATOR.value: own_university,
    },
    _("重置密码"),
    unless=still_here,
)
VIEW_ROLE = Permission(
    "people.view_role",
    RoleTerm,
    {
        **to((Role.OFFICE, Role.SECURITY_ADMIN), kept_here),
        Role.UNIVERSITY_COORDINATOR.value: kept_at_university,
    },
    _("查看角色任期"),
)
CHANGE_ROLE = Permission(
    "people.change_role",
    RoleTerm,
    {Role.OFFICE.value: kept_here, Role.UNIVERSITY_COORDINATOR.value: kept_at_university},
    _("授予、结束角色"),
)
VIEW_TRANSFER = Permission("people.view_transfer", Transfer, {Role.OFFICE.value: party}, _("查看调动"))
ANSWER_TRANSFER = Permission(
    "people.answer_transfer", Transfer, {Role.OFFICE.value: arriving}, _("确认调入"), unless=unanswered
)
WITHDRAW_TRANSFER = Permission(
    "people.withdraw_transfer", Transfer, {Role.OFFICE.value: leaving}, _("撤回调动"), unless=unanswered
)
