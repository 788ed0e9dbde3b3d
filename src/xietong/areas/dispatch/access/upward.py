"""Rights to forms of higher bureaus and to what was reported with them."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.dispatch.models import UpwardForm, UpwardReport
from xietong.areas.orgs.access import OBSERVERS, OFFICE, reached_counties, to
from xietong.kit.access.permissions import Permission
from xietong.kit.accounts.actor import Actor


def handed_in(actor: Actor) -> Q:
    """What counties have reported, as far as an observer reaches."""
    return reached_counties(actor) & Q(reported_at__isnull=False)


def not_to_fill(row: UpwardForm) -> str | None:
    if row.mapping or row.constants:
        return None
    return _("还没有设置哪一格填哪个数字，请先设置对应。")


def not_to_change_report(row: UpwardReport) -> str | None:
    return _("已经上报的记录不能再改，也不能删除。") if row.reported_at else None


SET_UPWARD_FORM = Permission("dispatch.set_upward_form", UpwardForm, OFFICE, gettext_lazy("设置上报表"))
FILL_UPWARD_FORM = Permission(
    "dispatch.fill_upward_form", UpwardForm, OFFICE, gettext_lazy("填上报表"), unless=not_to_fill
)
VIEW_UPWARD_REPORT = Permission(
    "dispatch.view_upward_report",
    UpwardReport,
    {**OFFICE, **to(OBSERVERS, handed_in)},
    gettext_lazy("查看上报记录"),
)
OPEN_UPWARD_REPORT = Permission(
    "dispatch.open_upward_report", UpwardReport, OFFICE, gettext_lazy("下载上报的文件、查看数字的来源")
)
CHANGE_UPWARD_REPORT = Permission(
    "dispatch.change_upward_report",
    UpwardReport,
    OFFICE,
    gettext_lazy("登记上报、删除没有上报的记录"),
    unless=not_to_change_report,
)
