"""Reads: which units meet and may be bound by a decision, and who is told for them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from xietong.areas.dispatch.access import GUESTS
from xietong.areas.orgs import queries as orgs
from xietong.areas.orgs.models import SCHOOLS, LeadingGroupUnit, Organisation, OrgKind
from xietong.areas.people import queries as people
from xietong.areas.people.models import Person
from xietong.kit.accounts.actor import Actor

Units = dict[int, Organisation]


def units_offered(county_id: int, on: date) -> dict[str, Units]:
    """Whom a meeting may ask, in official order: the leading group, other units, sections, universities, schools."""
    group = set(group_units(county_id, on))
    found: dict[str, Units] = {"group": {}, "others": {}, "sections": {}, "universities": {}, "schools": {}}
    for one in orgs.open_units(county_id, on):
        if one.files_through_id is None:
            found[group_of(one, group)][one.pk] = one
    found["universities"] = partners(county_id, on)
    return found


def group_of(unit: Organisation, group: set[int]) -> str:
    if unit.pk in group or unit.kind == OrgKind.LEADING_GROUP:
        return "group"
    if unit.kind in SCHOOLS:
        return "schools"
    return "sections" if unit.kind == OrgKind.SECTION else "others"


def group_units(county_id: int, on: date) -> Iterable[int]:
    """The units of the leading group in office on a day."""
    rows = LeadingGroupUnit.objects.filter(group__county_id=county_id, group__dissolved_on=None, from_on__lte=on)
    return rows.filter(Q(to_on=None) | Q(to_on__gte=on)).values_list("unit_id", flat=True)


def partners(county_id: int, on: date) -> Units:
    """The universities with an agreement in force on a day."""
    everywhere = orgs.universities_by_id()
    agreed = orgs.agreed_counties(everywhere, on)
    return {pk: one for pk, one in everywhere.items() if county_id in agreed.get(pk, ())}


def units_to_bind(actor: Actor, on: date) -> Units:
    """Whom a decision may name. One without an agreement is refused with a word of its own when it is chosen."""
    return {**orgs.units_by_id(actor, on), **orgs.universities_by_id()}


def is_bound(unit: Organisation, county_id: int, on: date) -> bool:
    """Whether a decision of a county binds a unit: its own that works on the day, or a partner."""
    if unit.county_id is None:
        return unit.pk in partners(county_id, on)
    return unit.county_id == county_id and (unit.closed_on is None or unit.closed_on > on)


def guests(county_id: int, units: Iterable[int], on: date) -> list[int]:
    """The accounts of whoever acts for some units in a role that takes part in meetings."""
    return people.accounts_of_units(county_id, tuple(units), on, roles=GUESTS)


def people_at(unit: Organisation) -> dict[int, Person]:
    """Those who hold a post at a unit, whom one may name for it."""
    rows = Person.objects.filter(appointments__organisation=unit, appointments__to_on=None, left_on=None)
    return {one.pk: one for one in rows.distinct().order_by("pinyin", "pk")}
