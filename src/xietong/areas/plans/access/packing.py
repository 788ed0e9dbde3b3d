"""Rights to take the evidence of a plan out as one file."""

from django.utils.translation import gettext_lazy

from xietong.areas.orgs.access import own_county, to
from xietong.areas.orgs.models import Role
from xietong.areas.plans.access.scopes import WATCHERS, issued_plans
from xietong.areas.plans.models import Plan
from xietong.kit.access.permissions import Permission

# What goes in is told by VIEW_REPORT, for each report.
MAKE_PACKAGE = Permission(
    "plans.make_package",
    Plan,
    {**to(WATCHERS, issued_plans), Role.OFFICE.value: own_county},
    gettext_lazy("制作迎检材料包"),
)
