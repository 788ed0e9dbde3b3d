"""The scopes that the whole product uses, and who sees and maintains organisations."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.models import (
    Agreement,
    LeadingGroup,
    Organisation,
    OrgKind,
    Role,
    Term,
)
from xietong.kit.access.permissions import Permission, Scope
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.models import Holiday

NOTHING = Q(pk__in=[])

COUNTY_STAFF = (
    Role.GROUP_HEAD,
    Role.GROUP_MEMBER,
    Role.OFFICE,
    Role.MEMBER_UNIT,
    Role.SECTION_CLERK,
    Role.SECTION_HEAD,
    Role.BUREAU_LEADER,
    Role.DEVELOPMENT_CENTRE,
    Role.INSPECTOR,
)
SCHOOL_STAFF = (Role.SCHOOL_HEAD, Role.SCHOOL_LIAISON, Role.LEAD_SCHOOL, Role.TEACHER, Role.MENTOR)
UNIVERSITY_STAFF = (
    Role.UNIVERSITY_COORDINATOR,
    Role.UNIVERSITY_TUTOR,
    Role.UNIVERSITY_EXPERT,
    Role.STUDENT_TEACHER,
)
OBSERVERS = (Role.PROVINCE_OBSERVER, Role.CITY_OBSERVER)
ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
EVERYBODY = tuple(Role)


def own_county(actor: Actor) -> Q:
    """Rows of the county that the role belongs to."""
    return Q(county_id=actor.county_id) if actor.county_id else NOTHING


def reached_counties(actor: Actor) -> Q:
    """Rows of every county that the role reaches: its own, or those of an agreement or a province."""
    return Q(county_id__in=actor.counties)


def own_org(field: str = "organisation_id") -> Scope:
    """Rows of the organisation of the role and of the dependants that it files for."""
    return lambda actor: Q(**{f"{field}__in": actor.orgs})


def to(roles: tuple[str, ...], scope: Scope) -> dict[str, Scope]:
    """The same scope for several roles."""
    return dict.fromkeys(map(str, roles), scope)


OFFICE = to((Role.OFFICE,), own_county)


def county_and_partners(actor: Actor) -> Q:
    """Organisations of the counties reached, the universities they have an agreement with, and one's own."""
    partners = Agreement.objects.filter(county_id__in=actor.counties).values("university_id")
    return Q(county_id__in=actor.counties) | Q(pk__in=partners) | Q(pk__in=actor.orgs)


own_university = own_org("university_id")


def term_of_mine(actor: Actor) -> Q:
    return Q(county_id__in=actor.counties) | Q(university_id__in=actor.orgs)


def open_organisation(row: Organisation) -> str | None:
    return str(_("该机构已撤并，资料只供查阅。")) if row.closed_on else None


VIEW_ORGANISATION = Permission(
    "orgs.view_organisation",
    Organisation,
    to((*COUNTY_STAFF, *SCHOOL_STAFF, *UNIVERSITY_STAFF, *OBSERVERS, Role.SECURITY_ADMIN), county_and_partners),
    _("查看机构"),
)
CHANGE_ORGANISATION = Permission(
    "orgs.change_organisation",
    Organisation,
    OFFICE,
    _("维护机构"),
    unless=open_organisation,
)
VIEW_GROUP = Permission(
    "orgs.view_group",
    LeadingGroup,
    to((*COUNTY_STAFF, *SCHOOL_STAFF, *UNIVERSITY_STAFF), reached_counties),
    _("查看领导小组"),
)
CHANGE_GROUP = Permission("orgs.change_group", LeadingGroup, OFFICE, _("维护领导小组"))
VIEW_TERM = Permission(
    "orgs.view_term",
    Term,
    to((*COUNTY_STAFF, *SCHOOL_STAFF, *UNIVERSITY_STAFF), term_of_mine),
    _("查看学年校历"),
)
CHANGE_TERM = Permission(
    "orgs.change_term",
    Term,
    {Role.OFFICE.value: own_county, Role.UNIVERSITY_COORDINATOR.value: own_university},
    _("维护学年校历"),
)
VIEW_AGREEMENT = Permission(
    "orgs.view_agreement",
    Agreement,
    {**to(COUNTY_STAFF, own_county), Role.UNIVERSITY_COORDINATOR.value: own_university},
    _("查看合作协议"),
)
CHANGE_AGREEMENT = Permission("orgs.change_agreement", Agreement, OFFICE, _("维护合作协议"))
CHANGE_HOLIDAY = Permission("orgs.change_holiday", Holiday, OFFICE, _("维护节假日"))

UNIVERSITIES = Q(kind=OrgKind.UNIVERSITY)
