"""Building projects, and what can be picked for one."""

from datetime import date

from django.db.models import QuerySet

from xietong.areas.orgs import queries as orgs
from xietong.areas.orgs.models import SCHOOLS, Organisation
from xietong.areas.places import access
from xietong.areas.places.models import Project
from xietong.areas.places.rules.states import COMING
from xietong.kit.access.permissions import fetch, visible
from xietong.kit.accounts.actor import Actor

JOINED = ("school", "township")


def projects(actor: Actor) -> QuerySet[Project]:
    return visible(actor, access.VIEW_PROJECT).select_related(*JOINED)


def project(actor: Actor, pk: int) -> Project:
    return fetch(actor, access.VIEW_PROJECT, pk, join=JOINED)


def project_to_keep(actor: Actor, pk: int) -> Project:
    return fetch(actor, access.KEEP_PROJECT, pk, join=JOINED)


def project_to_extend(actor: Actor, pk: int) -> Project:
    """A project that evidence is added to, which is possible at any time."""
    return fetch(actor, access.ADD_PROJECT, pk, join=JOINED)


def schools_by_id(actor: Actor, today: date) -> dict[int, Organisation]:
    return {one.pk: one for one in orgs.open_units(actor.home, today) if one.kind in SCHOOLS}


def project_kinds() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in Project.Kind.choices]


def project_states() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in Project.STATES]


def project_stages() -> list[tuple[str, str]]:
    """How far a project that is not over may have come."""
    return [(code, label) for code, label in project_states() if code in COMING]
