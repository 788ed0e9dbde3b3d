"""Reads: organisations, terms, leading group, agreements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from xietong.areas.orgs import access
from xietong.areas.orgs.models import (
    COUNTYLESS,
    Agreement,
    County,
    LeadingGroup,
    LeadingGroupUnit,
    Organisation,
    OrgKind,
    Term,
)
from xietong.kit.access.permissions import fetch, visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.models import Holiday
from xietong.kit.clock.workdays import SchoolCalendar

LONGEST_VACATION = timedelta(days=75)


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """One organisation with what hangs on it."""

    row: Organisation
    children: tuple[Organisation, ...]
    dependants: tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class GroupPage:
    row: LeadingGroup
    units: tuple[LeadingGroupUnit, ...]


def organisations(actor: Actor) -> QuerySet[Organisation]:
    """The organisations that an actor sees, in official order."""
    return visible(actor, access.VIEW_ORGANISATION).select_related("parent", "files_through", "county")


def organisation(actor: Actor, pk: int) -> Organisation:
    return fetch(actor, access.VIEW_ORGANISATION, pk, join=("parent", "files_through", "merged_into", "county"))


def organisation_page(actor: Actor, pk: int) -> OrganisationPage:
    row = organisation(actor, pk)
    below = tuple(organisations(actor).filter(Q(parent=row) | Q(files_through=row)).order_by("order", "pk"))
    return OrganisationPage(
        row,
        tuple(one for one in below if one.parent_id == row.pk),
        tuple(one for one in below if one.files_through_id == row.pk),
    )


def organisation_to_change(actor: Actor, pk: int) -> Organisation:
    return fetch(actor, access.CHANGE_ORGANISATION, pk)


def open_units(county_id: int, on: date) -> QuerySet[Organisation]:
    """The organisations of a county that work on a day, in official order."""
    working = Q(closed_on=None) | Q(closed_on__gt=on)
    return Organisation.objects.filter(working, county_id=county_id).order_by("order", "pk")


def units_by_id(actor: Actor, on: date) -> dict[int, Organisation]:
    return {one.pk: one for one in open_units(actor.county_id, on)} if actor.county_id else {}


def county_units(county_id: int, on: date) -> list[Organisation]:
    """The county's units with what they stand below and file through, in official order."""
    return list(open_units(county_id, on).select_related("parent", "files_through").order_by("order", "pk"))


def county(pk: int) -> County:
    return County.objects.get(pk=pk)


def university(pk: int) -> Organisation:
    return Organisation.objects.get(pk=pk)


def is_county(keeper: County | Organisation) -> bool:
    """Whether it is a county, and not a university, that keeps rows of its own."""
    return isinstance(keeper, County)


def leading_group(actor: Actor) -> GroupPage | None:
    """The leading group in office with its units; None while none is registered."""
    row = visible(actor, access.VIEW_GROUP).filter(dissolved_on=None).select_related("organisation").first()
    if row is None:
        return None
    units = row.units.select_related("unit").order_by("to_on", "duty", "unit__order")
    return GroupPage(row, tuple(units))


def group_to_change(actor: Actor, pk: int) -> LeadingGroup:
    return fetch(actor, access.CHANGE_GROUP, pk)


def group_unit_to_change(actor: Actor, group_pk: int, pk: int) -> LeadingGroupUnit:
    """One seat of a unit in the leading group that the actor maintains."""

    return get_object_or_404(group_to_change(actor, group_pk).units.all(), pk=pk)


def terms(actor: Actor) -> QuerySet[Term]:
    return visible(actor, access.VIEW_TERM).select_related("county", "university")


def county_terms(county_id: int) -> QuerySet[Term]:
    """Every term of a county's school calendar, the earliest first."""
    return Term.objects.filter(county_id=county_id).order_by("starts_on")


def term_to_change(actor: Actor, pk: int) -> Term:
    return fetch(actor, access.CHANGE_TERM, pk)


def agreements(actor: Actor) -> QuerySet[Agreement]:
    return visible(actor, access.VIEW_AGREEMENT).select_related("county", "university")


def agreement_to_change(actor: Actor, pk: int) -> Agreement:
    return fetch(actor, access.CHANGE_AGREEMENT, pk)


def agreed_counties(universities: Iterable[int], on: date) -> dict[int, tuple[int, ...]]:
    """University → the counties that it has an agreement with on a day."""
    rows = Agreement.objects.filter(
        Q(to_on=None) | Q(to_on__gte=on), university_id__in=list(universities), from_on__lte=on
    ).values_list("university_id", "county_id")
    found: dict[int, tuple[int, ...]] = {}
    for university_id, county_id in rows:
        found[university_id] = (*found.get(university_id, ()), county_id)
    return found


def dependants_of(orgs: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Organisation → those that file through it."""
    rows = Organisation.objects.filter(files_through_id__in=list(orgs)).values_list("files_through_id", "pk")
    found: dict[int, tuple[int, ...]] = {}
    for through, pk in rows:
        if through is not None:
            found[through] = (*found.get(through, ()), pk)
    return found


def holidays(actor: Actor, year: int) -> QuerySet[Holiday]:
    """The national days of a year and the county's own."""
    return Holiday.objects.filter(
        Q(county_id=None) | Q(county_id=actor.county_id), on__range=(date(year, 1, 1), date(year, 12, 31))
    ).order_by("on")


def holiday_to_change(actor: Actor, pk: int) -> Holiday:
    return fetch(actor, access.CHANGE_HOLIDAY, pk)


def school_calendar(county_id: int, around: date) -> SchoolCalendar:
    """The county's school days within 400 days of a date."""
    span = timedelta(days=400)
    rows = Term.objects.filter(
        county_id=county_id, ends_on__gte=around - span, starts_on__lte=around + span
    ).prefetch_related("days")
    spans = tuple(sorted((term.starts_on, term.ends_on) for term in rows))
    days = [day for term in rows for day in term.days.all()]
    return SchoolCalendar(
        spans=spans,
        off=frozenset(day.on for day in days if not day.is_school),
        extra=frozenset(day.on for day in days if day.is_school),
    )


def in_vacation(county_id: int, today: date) -> bool:
    """Whether the county's schools are on vacation: between two terms that are known, or soon after the last.

    Without a calendar it is never vacation: lights must not stop because nobody has entered the terms.
    """
    return is_vacation(school_calendar(county_id, today), today)


def is_vacation(calendar: SchoolCalendar, day: date) -> bool:
    if not calendar.spans or day < calendar.spans[0][0]:
        return False
    return calendar.in_vacation(day) and day - calendar.spans[-1][1] <= LONGEST_VACATION


def vacations(county_id: int, days: Iterable[date], around: date) -> frozenset[date]:
    """Those of some days near `around` that fall into the vacation of the county's schools."""
    calendar = school_calendar(county_id, around)
    return frozenset(day for day in days if is_vacation(calendar, day))


def holidays_between(county_id: int | None, first: date, last: date) -> dict[date, Holiday]:
    """Days off and weekend days worked; the county's own stand in for the national ones."""
    rows = Holiday.objects.filter(Q(county_id=None) | Q(county_id=county_id), on__range=(first, last))
    return {row.on: row for row in sorted(rows, key=lambda row: row.county_id is not None)}


def kind_choices() -> list[tuple[str, str]]:
    """The kinds that a county's organisations may have."""
    return [(kind.value, str(kind.label)) for kind in OrgKind if kind not in COUNTYLESS]


def duty_choices() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in LeadingGroupUnit.Duty.choices]


def superiors() -> list[Organisation]:
    """The education offices of provinces and cities, which a county's papers name."""
    rows = Organisation.objects.filter(kind__in=[OrgKind.PROVINCE, OrgKind.CITY], closed_on=None)
    return list(rows.order_by("order", "pk"))


def universities_by_id() -> dict[int, Organisation]:
    """The universities at work, by key, for drop-downs."""
    rows = Organisation.objects.filter(access.UNIVERSITIES, closed_on=None).order_by("order", "name")
    return {one.pk: one for one in rows}
