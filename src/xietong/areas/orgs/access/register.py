"""Who sees, fills, confirms, locks and corrects the yearly register of schools."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.orgs.access.structure import COUNTY_STAFF, OFFICE, own_county, own_org, to
from xietong.areas.orgs.models import CareFigure, RegisterYear, Role, SchoolRecord
from xietong.kit.access.permissions import Permission
from xietong.kit.accounts.actor import Actor

OWN_SCHOOL = (Role.SCHOOL_HEAD, Role.SCHOOL_LIAISON)
IN_CHARGE = (Role.SECTION_CLERK, Role.SECTION_HEAD)


def registers_of_mine(actor: Actor) -> Q:
    return Q(county_id__in=actor.counties)


def open_register(row: RegisterYear) -> str | None:
    return _("本学年资料已锁定，只能逐项更正。") if row.locked_at else None


def locked_register(row: SchoolRecord) -> str | None:
    return None if row.register.locked_at else _("本学年资料还没有锁定，可以直接修改，不需要更正。")


def unlocked(row: SchoolRecord) -> str | None:
    return open_register(row.register)


def unconfirmed(row: SchoolRecord) -> str | None:
    return unlocked(row) or (_("校长已经确认；要修改，请先撤回确认。") if row.confirmed_at else None)


def confirmed(row: SchoolRecord) -> str | None:
    return unlocked(row) or (None if row.confirmed_at else _("校长还没有确认。"))


VIEW_REGISTER = Permission(
    "orgs.view_register",
    RegisterYear,
    to((*COUNTY_STAFF, *OWN_SCHOOL), registers_of_mine),
    gettext_lazy("查看学年资料"),
)
KEEP_REGISTER = Permission(
    "orgs.keep_register", RegisterYear, OFFICE, gettext_lazy("建立、导入和锁定学年资料"), unless=open_register
)
VIEW_RECORD = Permission(
    "orgs.view_record",
    SchoolRecord,
    {**to(COUNTY_STAFF, own_county), **to(OWN_SCHOOL, own_org("school_id"))},
    gettext_lazy("查看学校年度资料"),
)
FILL_RECORD = Permission(
    "orgs.fill_record",
    SchoolRecord,
    {**OFFICE, **to(OWN_SCHOOL, own_org("school_id"))},
    gettext_lazy("填写学校年度资料"),
    unless=unconfirmed,
)
DESCRIBE_RECORD = Permission(
    "orgs.describe_record", SchoolRecord, OFFICE, gettext_lazy("登记学校的举办性质"), unless=unconfirmed
)
CONFIRM_RECORD = Permission(
    "orgs.confirm_record",
    SchoolRecord,
    to((Role.SCHOOL_HEAD,), own_org("school_id")),
    gettext_lazy("确认学校年度资料"),
    unless=unconfirmed,
)
RELEASE_RECORD = Permission(
    "orgs.release_record",
    SchoolRecord,
    {**OFFICE, **to((Role.SCHOOL_HEAD,), own_org("school_id"))},
    gettext_lazy("撤回学校年度资料的确认"),
    unless=confirmed,
)
CORRECT_RECORD = Permission(
    "orgs.correct_record", SchoolRecord, OFFICE, gettext_lazy("更正已锁定的学校资料"), unless=locked_register
)
VIEW_CARE = Permission(
    "orgs.view_care",
    CareFigure,
    {**to(IN_CHARGE, own_county), **to(OWN_SCHOOL, own_org("record__school_id"))},
    gettext_lazy("查看随迁、留守、残疾儿童人数"),
)
