"""Reads: people, posts, roles, transfers, seats, as their pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NoReturn

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from xietong.areas.orgs import queries as orgs
from xietong.areas.orgs.access import CHANGE_GROUP, VIEW_GROUP
from xietong.areas.orgs.models import County, LeadingGroup, Organisation, Role
from xietong.areas.people import access
from xietong.areas.people.models import Appointment, Deputy, Invitation, Person, RoleTerm, Seat, Transfer
from xietong.areas.people.rules.tokens import TokenState, hash_of, state_of
from xietong.kit.access.permissions import fetch, visible
from xietong.kit.accounts.actor import Actor


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person with posts, roles and the state of his account."""

    row: Person
    appointments: tuple[Appointment, ...]
    roles: tuple[RoleTerm, ...]
    invitation: Invitation | None
    transfer: Transfer | None


@dataclass(frozen=True, slots=True)
class Joining:
    """What the link of an invitation leads to; without an invitation the link is unknown."""

    state: TokenState
    invitation: Invitation | None
    organisation: Organisation | None


@dataclass(frozen=True, slots=True)
class SeatsPage:
    """The leading group with its members, those in office first."""

    group: LeadingGroup
    seats: tuple[Seat, ...]


def posts_unended(on: date) -> Q:
    """People with a post that goes on, or is to come, on a day; a post lasts through its last day."""
    return Q(appointments__to_on=None) | Q(appointments__to_on__gte=on)


def people(actor: Actor) -> QuerySet[Person]:
    """The people that an actor sees, each once."""
    return visible(actor, access.VIEW_PERSON).distinct()


def people_listed(actor: Actor, on: date, *, left: bool) -> QuerySet[Person]:
    """Those who are here, or those who have left, with the posts that they hold on a day."""
    going_on = Q(to_on=None) | Q(to_on__gte=on)
    posts = Appointment.objects.filter(going_on).select_related("organisation").order_by("-from_on", "-pk")
    return (
        people(actor)
        .filter(left_on__isnull=not left)
        .select_related("account")
        .prefetch_related(Prefetch("appointments", posts, to_attr="posts"))
    )


def people_to_invite(actor: Actor, on: date) -> QuerySet[Person]:
    """The rows that ticking in the list may reach, for invitations."""
    reached_rows = visible(actor, access.INVITE)
    return people_listed(actor, on, left=False).filter(pk__in=reached_rows.values("pk")).order_by("pinyin", "pk")


def person_page(actor: Actor, pk: int) -> PersonPage:
    row = fetch(actor, access.VIEW_PERSON, pk, join=("account", "county", "university"))
    invitation = row.invitations.filter(used_at=None, cancelled_at=None).order_by("-pk").first()
    return PersonPage(
        row,
        tuple(row.appointments.select_related("organisation").order_by("-from_on", "-pk")),
        tuple(
            row.roles.select_related("organisation").prefetch_related("deputies__person").order_by("-from_on", "-pk")
        ),
        invitation,
        transfers(actor).filter(person=row, state=Transfer.State.ASKED).first(),
    )


def person_to(actor: Actor, permission: str, pk: int) -> Person:
    """One person for an action of the given name: change, reveal, invite or reset."""
    found = {
        "change": access.CHANGE_PERSON,
        "reveal": access.REVEAL,
        "invite": access.INVITE,
        "reset": access.RESET,
    }[permission]
    return fetch(actor, found, pk, join=("account",))


def workplaces(people_ids: list[int], on: date) -> dict[int, Organisation]:
    """Where each of several people works on a day; of two posts the one taken last."""
    going_on = Q(to_on=None) | Q(to_on__gte=on)
    posts = Appointment.objects.filter(going_on, person_id__in=people_ids).select_related("organisation")
    return {post.person_id: post.organisation for post in posts.order_by("from_on", "pk")}


def appointment_to_end(actor: Actor, person_pk: int, pk: int) -> Appointment:
    """One post of somebody whom the actor keeps."""
    row = person_to(actor, "change", person_pk).appointments.select_related("organisation").filter(pk=pk).first()
    return row or nothing()


def nothing() -> NoReturn:
    raise Http404


def units_of_keeper(actor: Actor, on: date) -> dict[int, Organisation]:
    """The organisations at which an actor may place people."""
    if actor.county_id:
        return orgs.units_by_id(actor, on)
    rows = Organisation.objects.filter(Q(pk__in=actor.orgs) | Q(parent_id__in=actor.orgs), closed_on=None)
    return {one.pk: one for one in rows.order_by("order", "pk")}


def people_of_keeper(actor: Actor) -> dict[int, Person]:
    """The people that an actor keeps, by key, for choosing a successor or deputy."""
    rows = visible(actor, access.CHANGE_PERSON).filter(left_on=None).order_by("pinyin", "pk")
    return {one.pk: one for one in rows}


def roster(
    actor: Actor, *, hashes: Iterable[str] = (), staff_numbers: Iterable[str] = (), names: Iterable[str] = ()
) -> list[Person]:
    """The people here whom rows of a roster may mean, with the posts that they hold (`held`).

    For a long roster everybody is read, since a database takes only so many values in one question.
    """
    rows = Person.objects.filter(own_people(actor), left_on=None)
    asked = [*hashes], [*staff_numbers], [*names]
    if sum(map(len, asked)) <= MOST_ASKED:
        rows = rows.filter(Q(identity_hash__in=asked[0]) | Q(staff_no__in=asked[1]) | Q(name__in=asked[2]))
    posts = Appointment.objects.filter(to_on=None).select_related("organisation").order_by("pk")
    return list(rows.order_by("pk").prefetch_related(Prefetch("appointments", posts, to_attr="held")))


def own_people(actor: Actor) -> Q:
    """Those whom the county, or else the university, of the role keeps."""
    return Q(county_id=actor.county_id) if actor.county_id else Q(university_id=actor.org_id)


MOST_ASKED = 3000


def roles(actor: Actor) -> QuerySet[RoleTerm]:
    return visible(actor, access.VIEW_ROLE).select_related("person", "organisation")


def role_to_change(actor: Actor, pk: int) -> RoleTerm:
    return fetch(actor, access.CHANGE_ROLE, pk, join=("person", "organisation"))


def deputy_to_end(actor: Actor, role_pk: int, pk: int) -> Deputy:
    return role_to_change(actor, role_pk).deputies.select_related("person").filter(pk=pk).first() or nothing()


def business_role_choices(actor: Actor) -> list[tuple[str, str]]:
    """The roles that a keeper of people grants; the three administrators are named on the command line."""
    university = {
        Role.UNIVERSITY_COORDINATOR,
        Role.UNIVERSITY_TUTOR,
        Role.UNIVERSITY_EXPERT,
        Role.STUDENT_TEACHER,
    }
    above = {Role.PROVINCE_OBSERVER, Role.CITY_OBSERVER}
    admins = {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN}
    offered = set(Role) - university - above - admins if actor.county_id else university
    return [(role.value, str(role.label)) for role in Role if role in offered]


def transfers(actor: Actor) -> QuerySet[Transfer]:
    return visible(actor, access.VIEW_TRANSFER).select_related("person", "from_county", "to_county")


def transfer(actor: Actor, pk: int) -> Transfer:
    return fetch(actor, access.VIEW_TRANSFER, pk, join=("person", "from_county", "to_county"))


def transfer_to_answer(actor: Actor, pk: int) -> Transfer:
    return fetch(actor, access.ANSWER_TRANSFER, pk, join=("person", "from_county", "to_county"))


def transfer_to_withdraw(actor: Actor, pk: int) -> Transfer:
    return fetch(actor, access.WITHDRAW_TRANSFER, pk)


def other_counties(actor: Actor) -> dict[int, County]:
    return {one.pk: one for one in County.objects.exclude(pk=actor.home).order_by("code")}


def joining(token: str, at: datetime) -> Joining:
    """Whom a link invites, and whether it still does at a moment of machine time."""
    row = Invitation.objects.filter(token_hash=hash_of(token)).select_related("person__account").first()
    if row is None:
        return Joining(TokenState.UNKNOWN, None, None)
    state = state_of(used_at=row.used_at, cancelled_at=row.cancelled_at, expires_at=row.expires_at, at=at)
    post = (
        row.person.appointments.filter(to_on=None).select_related("organisation").order_by("-from_on", "-pk").first()
    )
    return Joining(state, row, post.organisation if post else row.person.university)


def seats_page(actor: Actor) -> SeatsPage | None:
    """The leading group in office that an actor sees; None while none is registered."""
    group = visible(actor, VIEW_GROUP).filter(dissolved_on=None).select_related("organisation").first()
    if group is None:
        return None
    seats = Seat.objects.filter(group=group).select_related("person", "unit").order_by("-from_on", "pk")
    return SeatsPage(group, tuple(sorted(seats, key=precedence)))


def precedence(seat: Seat) -> tuple[bool, int]:
    """Those in office first, then by position from the head down."""
    return seat.to_on is not None, Seat.Position.values.index(seat.position)


def group_to_seat(actor: Actor) -> LeadingGroup:
    """The leading group in office that the actor maintains."""
    return visible(actor, CHANGE_GROUP).filter(dissolved_on=None).first() or nothing()


def seat_to_leave(actor: Actor, pk: int) -> Seat:
    groups = visible(actor, CHANGE_GROUP)
    return Seat.objects.filter(group__in=groups, pk=pk).select_related("person").first() or nothing()


def sex_choices() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in Person.Sex.choices]


def post_kind_choices() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in Appointment.Kind.choices]


def position_choices() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in Seat.Position.choices]


def role_choices() -> list[tuple[str, str]]:
    return [(role.value, str(role.label)) for role in Role]


def transfer_state_choices() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in Transfer.State.choices]


def transfers_to_answer(actor: Actor) -> QuerySet[Transfer]:
    """Those that wait for the actor's own county."""
    asked = visible(actor, access.ANSWER_TRANSFER).filter(state=Transfer.State.ASKED)
    return asked.select_related("person", "from_county").order_by("asked_at", "pk")
