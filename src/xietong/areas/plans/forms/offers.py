"""Rows that several forms offer."""

from typing import Any

from xietong.areas.orgs import queries as orgs
from xietong.areas.plans import access
from xietong.kit.accounts.actor import Actor


def units(actor: Actor, today: Any) -> dict[int, Any]:
    """Whom a task may be given to: the county's units, and the universities."""
    return {**orgs.units_by_id(actor, today), **orgs.universities_by_id()}


def units_of_part(actor: Actor, today: Any) -> dict[int, Any]:
    """Whom a part of a task may be given to: by the office anybody, by a unit itself and its dependants."""
    if access.REASSIGN_TASK.held_by(actor):
        return units(actor, today)
    return {pk: unit for pk, unit in units(actor, today).items() if pk in actor.orgs}
