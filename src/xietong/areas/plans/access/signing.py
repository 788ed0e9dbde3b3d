"""Rights to the papers of a report: its signed sheet, and files that its unit takes back."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.orgs.access import own_county
from xietong.areas.orgs.models import Role
from xietong.areas.plans.access.working import WITHDRAW_REPORT
from xietong.areas.plans.models import Report
from xietong.areas.plans.rules.states import ReportState
from xietong.kit.access.permissions import Permission


def taken_back(report: Report) -> str | None:
    return _("这次填报已经撤回，不能再上传签字页。") if report.state == ReportState.WITHDRAWN.value else None


SIGN_REPORT = Permission(
    "plans.sign_report",
    Report,
    {**WITHDRAW_REPORT.grants, Role.OFFICE.value: own_county},
    gettext_lazy("上传填报的签字页"),
    unless=taken_back,
)
PULL_FILE = Permission("plans.pull_file", Report, WITHDRAW_REPORT.grants, gettext_lazy("撤回本单位填报的佐证"))
