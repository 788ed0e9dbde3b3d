"""Who sees, keeps and approves what is known about school places."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.orgs.access import COUNTY_STAFF, OFFICE, own_county, own_org, to
from xietong.areas.orgs.models import SCHOOLS, Organisation, RegisterYear, Role
from xietong.areas.places.models import Births, Housing, Project, Scenario
from xietong.areas.places.rules.states import COMING, ScenarioState
from xietong.kit.access.permissions import Permission
from xietong.kit.accounts.actor import Actor

BOOK = "places.births"
PROJECT_OWNER = "places.project"

STAFF = to(COUNTY_STAFF, own_county)
KEEPERS = {**OFFICE, **to((Role.SECTION_CLERK, Role.SECTION_HEAD), own_county)}
LEADERS = to((Role.BUREAU_LEADER, Role.GROUP_HEAD), own_county)
OWN_SCHOOL = (Role.SCHOOL_HEAD, Role.SCHOOL_LIAISON)


def schools_of_county(actor: Actor) -> Q:
    return own_county(actor) & Q(kind__in=sorted(SCHOOLS))


def schools_of_mine(actor: Actor) -> Q:
    return own_org("pk")(actor) & Q(kind__in=sorted(SCHOOLS))


def over(row: Project) -> str | None:
    """Why a project cannot be changed any more."""
    return None if row.state in COMING else _("项目已交付或取消，资料只供查阅。")


def not_draft(row: Scenario) -> str | None:
    return None if row.state == ScenarioState.DRAFT.value else _("只有草稿可以修改；要试别的假设，请复制一个方案。")


def not_submitted(row: Scenario) -> str | None:
    return None if row.state == ScenarioState.SUBMITTED.value else _("这个方案没有送审。")


VIEW_SUPPLY = Permission("places.view_supply", RegisterYear, STAFF, gettext_lazy("查看学位供给"))
VIEW_SCHOOL = Permission(
    "places.view_school",
    Organisation,
    {**to(COUNTY_STAFF, schools_of_county), **to(OWN_SCHOOL, schools_of_mine)},
    gettext_lazy("查看一所学校的学位"),
)
VIEW_OWN = Permission("places.view_own", Organisation, to(OWN_SCHOOL, schools_of_mine), gettext_lazy("查看本校学位"))
VIEW_BIRTHS = Permission("places.view_births", Births, STAFF, gettext_lazy("查看出生人数"))
KEEP_BIRTHS = Permission("places.keep_births", Births, KEEPERS, gettext_lazy("录入、导入出生人数"))
VIEW_HOUSING = Permission("places.view_housing", Housing, STAFF, gettext_lazy("查看新建住房"))
KEEP_HOUSING = Permission("places.keep_housing", Housing, KEEPERS, gettext_lazy("登记新建住房"))
VIEW_PROJECT = Permission("places.view_project", Project, STAFF, gettext_lazy("查看建设项目"))
ADD_PROJECT = Permission("places.add_project", Project, KEEPERS, gettext_lazy("登记建设项目、附佐证"))
KEEP_PROJECT = Permission(
    "places.keep_project", Project, KEEPERS, gettext_lazy("修改、交付、取消建设项目"), unless=over
)
VIEW_SCENARIO = Permission("places.view_scenario", Scenario, STAFF, gettext_lazy("查看预测方案"))
ADD_SCENARIO = Permission("places.add_scenario", Scenario, KEEPERS, gettext_lazy("编制预测方案"))
KEEP_SCENARIO = Permission(
    "places.keep_scenario", Scenario, KEEPERS, gettext_lazy("修改、测算、送审预测方案"), unless=not_draft
)
SETTLE_SCENARIO = Permission(
    "places.settle_scenario", Scenario, LEADERS, gettext_lazy("审定、退回预测方案"), unless=not_submitted
)
