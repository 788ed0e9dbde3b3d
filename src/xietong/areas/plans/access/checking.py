"""Rights to spot checks of what was accepted."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.orgs.access import OFFICE
from xietong.areas.plans.models import Report, SpotCheck
from xietong.kit.access.permissions import Permission


def checked(row: SpotCheck) -> str | None:
    return _("这次抽查的结果已经登记：%(found)s。") % {"found": row.get_finding_display()} if row.finding else None


SEE_REVIEWED = Permission("plans.see_reviewed", Report, OFFICE, gettext_lazy("查看本县审核过的填报"))
VIEW_CHECK = Permission("plans.view_check", SpotCheck, OFFICE, gettext_lazy("抽查填报"))
RECORD_CHECK = Permission(
    "plans.record_check",
    SpotCheck,
    OFFICE,
    gettext_lazy("登记抽查结果"),
    unless=checked,
)
