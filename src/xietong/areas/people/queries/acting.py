"""Reads: in which roles somebody acts on a day, and who acts in a role."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from xietong.areas.orgs import queries as orgs
from xietong.areas.orgs.access import COUNTY_STAFF
from xietong.areas.orgs.models import County, Organisation, OrgKind, Role
from xietong.areas.people.models import Deputy, Person, RoleTerm
from xietong.kit.accounts.actor import Actor


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody with an account who may be asked to sign: `name` with his place, as a record keeps it."""

    account_id: int
    name: str
    role_label: str

    def __str__(self) -> str:
        return _("%(name)s（%(role)s）") % {"name": self.name, "role": self.role_label}


def unended(on: date) -> Q:
    """Terms that go on or are to come on a day. `to_on` is the first day without the role."""
    return Q(to_on=None) | Q(to_on__gt=on)


def in_force(on: date) -> Q:
    return unended(on) & Q(from_on__lte=on)


def actors_of(account_id: int, on: date) -> tuple[Actor, ...]:
    """Every role in which an account may act on a day: its own terms, and those it stands in for."""
    terms = list(own_terms(account_id, on))
    deputed = list(deputed_terms(account_id, on))
    everybody = [*terms, *(deputy.term for deputy in deputed)]
    orgs_held = {term.organisation_id for term in everybody}
    dependants = orgs.dependants_of(orgs_held)
    counties = reached(everybody, on)
    own = [actor_for(term, term.person, "", dependants, counties) for term in terms]
    stand_in = [
        actor_for(deputy.term, deputy.person, deputy.term.person.name, dependants, counties) for deputy in deputed
    ]
    return (*own, *stand_in)


def own_terms(account_id: int, on: date) -> QuerySet[RoleTerm]:
    return (
        RoleTerm.objects.filter(in_force(on), person__account_id=account_id, person__left_on=None)
        .select_related("person", "organisation", "organisation__parent")
        .order_by("pk")
    )


def deputed_terms(account_id: int, on: date) -> QuerySet[Deputy]:
    return (
        Deputy.objects.filter(
            in_force(on),
            Q(term__to_on=None) | Q(term__to_on__gt=on),
            person__account_id=account_id,
            person__left_on=None,
            term__from_on__lte=on,
            term__person__left_on=None,
        )
        .select_related("person", "term__person", "term__organisation", "term__organisation__parent")
        .order_by("pk")
    )


def reached(terms: list[RoleTerm], on: date) -> dict[int, tuple[int, ...]]:
    """Role term → counties it reaches: its own; by agreement for a university; the province's for its observer."""
    agreed: dict[int, tuple[int, ...]] = {}
    universities = {university_of(term.organisation).pk for term in terms if at_university(term)}
    if universities:
        agreed = orgs.agreed_counties(universities, on)
    found: dict[int, tuple[int, ...]] = {}
    for term in terms:
        if term.county_id:
            found[term.pk] = (term.county_id,)
        elif at_university(term):
            found[term.pk] = agreed.get(university_of(term.organisation).pk, ())
        else:
            found[term.pk] = observed(term.organisation)
    return found


def at_university(term: RoleTerm) -> bool:
    return term.organisation.kind in {OrgKind.UNIVERSITY, OrgKind.FACULTY}


def university_of(org: Organisation) -> Organisation:
    return org.parent if org.kind == OrgKind.FACULTY and org.parent else org


def observed(org: Organisation) -> tuple[int, ...]:
    """The counties below a province or a city, by the name that they carry."""
    field = "province_name" if org.kind == OrgKind.PROVINCE else "city_name"
    place = org.aliases[0] if org.aliases else org.name
    return tuple(County.objects.filter(**{field: place}).values_list("pk", flat=True))


def actor_for(
    term: RoleTerm,
    person: Person,
    principal: str,
    dependants: dict[int, tuple[int, ...]],
    counties: dict[int, tuple[int, ...]],
) -> Actor:
    return Actor(
        account_id=person.account_id,
        name=person.name,
        role=term.role,
        role_label=term.get_role_display(),
        org_id=term.organisation_id,
        org_name=str(term.organisation),
        county_id=term.county_id,
        counties=counties[term.pk],
        orgs=(term.organisation_id, *dependants.get(term.organisation_id, ())),
        person_id=person.pk,
        term_id=term.pk,
        stands_in_for=principal,
    )


def accounts_of_role(
    county_id: int | None, role: str, on: date, *, organisation_ids: tuple[int, ...] = ()
) -> list[int]:
    """The accounts that act in a role on a day, deputies too, at the given organisations if any: whom to notify."""
    here = Q(county_id=county_id) if county_id else Q(county=None)
    terms = RoleTerm.objects.filter(here, role=role)
    if organisation_ids:
        terms = terms.filter(organisation_id__in=organisation_ids)
    return sorted({account_id for _county, _role, account_id in acting_accounts(terms, on)})


def accounts_of_unit(county_id: int, unit_id: int, on: date) -> list[int]:
    """Who receives what is sent to a unit: its liaison and head, or whoever works for it in a county office."""
    return accounts_of_units(county_id, [unit_id], on)


def accounts_of_units(
    county_id: int, units: Collection[int], on: date, *, roles: Collection[str] | None = None
) -> list[int]:
    """Who receives what is sent to any of these units, or acts for them in one of the roles that are named."""
    here = Q(county_id=county_id) | Q(county=None, role=Role.UNIVERSITY_COORDINATOR)
    terms = RoleTerm.objects.filter(here, role__in=roles or RECEIVERS, organisation_id__in=units)
    return sorted({account_id for _county, _role, account_id in acting_accounts(terms, on)})


def units_spoken_for(county_id: int, roles: Iterable[str], on: date) -> set[int]:
    """The organisations, partners among them, at which somebody with an account acts in one of these roles."""
    here = Q(county_id=county_id) | Q(county=None, role=Role.UNIVERSITY_COORDINATOR)
    held = RoleTerm.objects.filter(in_force(on), here, role__in=list(roles), person__left_on=None)
    deputies = Deputy.objects.filter(in_force(on), term__in=held, person__left_on=None)
    return {
        *held.exclude(person__account=None).values_list("organisation_id", flat=True),
        *deputies.exclude(person__account=None).values_list("term__organisation_id", flat=True),
    }


def names_of_accounts(accounts: set[int]) -> dict[int, str]:
    return dict(Person.objects.filter(account_id__in=accounts).values_list("account_id", "name"))


RECEIVERS = (
    Role.SCHOOL_LIAISON,
    Role.SCHOOL_HEAD,
    Role.MEMBER_UNIT,
    Role.DEVELOPMENT_CENTRE,
    Role.SECTION_CLERK,
    Role.UNIVERSITY_COORDINATOR,
)


def places_held(county_id: int, roles: Iterable[str], on: date) -> set[tuple[str, int]]:
    """(role, organisation) of those among the roles that somebody with an account acts in on a day, deputies too."""
    held = RoleTerm.objects.filter(in_force(on), county_id=county_id, role__in=roles, person__left_on=None)
    deputies = Deputy.objects.filter(in_force(on), term__in=held, person__left_on=None)
    return {
        *held.exclude(person__account=None).values_list("role", "organisation_id"),
        *deputies.exclude(person__account=None).values_list("term__role", "term__organisation_id"),
    }


def signers(actor: Actor, on: date) -> dict[int, Signer]:
    """Whom one may ask to sign, by account: the county's staff and those of one's own unit, oneself left out."""
    near = Q(county_id=actor.county_id, role__in=COUNTY_STAFF) | Q(organisation_id__in=actor.orgs)
    terms = (
        RoleTerm.objects.filter(in_force(on), near, person__left_on=None)
        .exclude(person__account=None)
        .exclude(person__account_id=actor.account_id or 0)
        .select_related("person", "organisation")
        .order_by("organisation__order", "organisation_id", "person__pinyin", "pk")
    )
    return {
        account: Signer(account, f"{term.organisation} {term.person.name}", str(term.get_role_display()))
        for term in terms
        if (account := term.person.account_id)
    }


def acting_accounts(terms: QuerySet[RoleTerm], on: date) -> list[tuple[int | None, str, int]]:
    """(county, role, account) of everybody who acts by some of these terms on a day, deputies too."""
    held = terms.filter(in_force(on), person__left_on=None)
    deputies = Deputy.objects.filter(in_force(on), term__in=held, person__left_on=None)
    return [
        *held.exclude(person__account=None).values_list("county_id", "role", "person__account_id"),
        *deputies.exclude(person__account=None).values_list("term__county_id", "term__role", "person__account_id"),
    ]
