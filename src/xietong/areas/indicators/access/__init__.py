"""Who keeps the dictionary, reports and verifies values, and who sees which of them."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.indicators.models import BalanceEntry, Indicator, Reading, Reported, ReportedTotal, WhatIf
from xietong.areas.orgs.access import COUNTY_STAFF, OBSERVERS, OFFICE, own_county, reached_counties, to
from xietong.areas.orgs.models import County, Role
from xietong.kit.access.permissions import Permission
from xietong.kit.accounts.actor import Actor

READING_OWNER = "indicators.reading"
ENTRY_OWNER = "indicators.entry"
OWN_SCHOOL = (Role.SCHOOL_HEAD, Role.SCHOOL_LIAISON)
REPORTERS = (Role.MEMBER_UNIT, Role.SECTION_CLERK, Role.SECTION_HEAD, Role.DEVELOPMENT_CENTRE)
BUREAU = (Role.SECTION_CLERK, Role.SECTION_HEAD, Role.BUREAU_LEADER)


def of_own_school(actor: Actor) -> Q:
    return Q(unit_id__in=actor.orgs)


def schools_report(actor: Actor) -> Q:
    """What each school reports itself."""
    return own_county(actor) & Q(reported_by=Indicator.ReportedBy.SCHOOL)


def my_unit_reports(actor: Actor) -> Q:
    return own_county(actor) & Q(reported_by=Indicator.ReportedBy.COUNTY, reporter_id__in=actor.orgs)


def office_reports(actor: Actor) -> Q:
    """The office stands in where no unit is named, or for one that has nobody at the system."""
    return own_county(actor) & Q(reported_by=Indicator.ReportedBy.COUNTY)


def mine_to_verify(actor: Actor) -> Q:
    return own_county(actor) & Q(indicator__verifier_id__in=actor.orgs)


def of_my_province(actor: Actor) -> Q:
    names = County.objects.filter(pk__in=actor.counties).values("province_name")
    return Q(level=ReportedTotal.Level.PROVINCE, region__in=names)


def of_my_city(actor: Actor) -> Q:
    names = County.objects.filter(pk__in=actor.counties).values("city_name")
    return Q(level=ReportedTotal.Level.CITY, region__in=names)


def not_reportable(row: Indicator) -> str | None:
    return _("这个指标已停用。") if row.retired_on else None


def not_waiting(row: Reading) -> str | None:
    return None if row.state == Reading.State.SUBMITTED else _("这个数值不在待核验的状态。")


VIEW_INDICATOR = Permission(
    "indicators.view_indicator",
    Indicator,
    {
        **to(COUNTY_STAFF, own_county),
        **to(OWN_SCHOOL, own_county),
        Role.UNIVERSITY_COORDINATOR.value: reached_counties,
    },
    gettext_lazy("查看指标"),
)
KEEP_INDICATOR = Permission("indicators.keep_indicator", Indicator, OFFICE, gettext_lazy("维护指标、目标和基线"))
COMPARE_SCHOOLS = Permission(
    "indicators.compare_schools", Indicator, to(COUNTY_STAFF, own_county), gettext_lazy("查看各校的指标数值")
)
REPORT_VALUE = Permission(
    "indicators.report_value",
    Indicator,
    {**to(OWN_SCHOOL, schools_report), **to(REPORTERS, my_unit_reports), Role.OFFICE.value: office_reports},
    gettext_lazy("填报指标数值和佐证"),
    unless=not_reportable,
)
VIEW_READING = Permission(
    "indicators.view_reading",
    Reading,
    {**to(COUNTY_STAFF, own_county), **to(OWN_SCHOOL, of_own_school)},
    gettext_lazy("查看填报的数值和佐证"),
)
VERIFY_VALUE = Permission(
    "indicators.verify_value",
    Reading,
    {**OFFICE, **to((Role.SECTION_CLERK, Role.SECTION_HEAD), mine_to_verify)},
    gettext_lazy("核验指标数值"),
    unless=not_waiting,
)
CORRECT_VALUE = Permission("indicators.correct_value", Reading, OFFICE, gettext_lazy("更正、说明和锁定指标数值"))
REPORT_UPWARD: Permission[Reported] = Permission(
    "indicators.report_upward", None, OFFICE, gettext_lazy("向上级报送指标")
)
VIEW_REPORTED = Permission(
    "indicators.view_reported",
    Reported,
    {**to(OBSERVERS, reached_counties), **OFFICE},
    gettext_lazy("查看上报的指标"),
)
VIEW_REPORTED_TOTALS = Permission(
    "indicators.view_reported_totals",
    ReportedTotal,
    {Role.PROVINCE_OBSERVER.value: of_my_province, Role.CITY_OBSERVER.value: of_my_city},
    gettext_lazy("查看各县上报指标的合计"),
)
VIEW_BALANCE = Permission(
    "indicators.view_balance", BalanceEntry, to(COUNTY_STAFF, own_county), gettext_lazy("查看优质均衡测算")
)
ENTER_BALANCE = Permission("indicators.enter_balance", BalanceEntry, OFFICE, gettext_lazy("填写优质均衡认定项"))
TRY_BALANCE = Permission(
    "indicators.try_balance", WhatIf, {**OFFICE, **to(BUREAU, own_county)}, gettext_lazy("优质均衡假设测算")
)


def is_of_school(actor: Actor) -> bool:
    """Whether the role reports for its school, and not for the county."""
    return actor.role in OWN_SCHOOL
