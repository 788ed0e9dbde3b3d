"""Writes of new housing."""

from datetime import datetime
from typing import Any

from django.db import transaction

from xietong.areas.places.models import Housing
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.records.writing import add, change


def add_housing(actor: Actor, *, now: datetime, **fields: Any) -> Housing:
    """This function will note new housing and the pupils that are expected in it.

    Raises
        Refused: there is one of this name in that year.
    """
    return add(actor, Housing(county_id=actor.home, **fields), action="places.add_housing", now=now)


def change_housing(actor: Actor, row: Housing, *, version: int, now: datetime, **fields: Any) -> Housing:
    """This function will change what is known of new housing."""
    return change(actor, row, action="places.change_housing", now=now, version=version, **fields)


def drop_housing(actor: Actor, row: Housing, *, now: datetime) -> None:
    """This function will take housing off the list that will not be built, with a trace in the audit."""
    with transaction.atomic():
        changes = {"name": (row.name, None), "year": (row.year, None), "pupils": (row.total, None)}
        record(actor, "places.drop_housing", row, now=now, changes=changes)
        row.delete()
