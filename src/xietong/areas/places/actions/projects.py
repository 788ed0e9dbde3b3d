"""Writes of building projects."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.orgs.models import Organisation
from xietong.areas.orgs.rules.calendar import SchoolYear
from xietong.areas.places import access
from xietong.areas.places.actions.measuring import recount
from xietong.areas.places.actions.refusals import Impossible, WrongState
from xietong.areas.places.models import Project
from xietong.areas.places.rules.states import ProjectState
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.files.actions import attach
from xietong.kit.files.models import Attachment
from xietong.kit.records.writing import add, change, locked


def add_project(actor: Actor, *, school: Organisation | None = None, now: datetime, **fields: Any) -> Project:
    """This function will note a building project, planned or under way.

    Raises
        Refused: the name is taken, or it adds no places.
    """
    made = Project(county_id=actor.home, school=school, **fields)
    return add(actor, made, action="places.add_project", now=now)


def change_project(actor: Actor, row: Project, *, version: int, now: datetime, **fields: Any) -> Project:
    """This function will change a project that is not over.

    Raises
        WrongState: it was delivered or cancelled.
    """
    with transaction.atomic():
        must_be_coming(row)
        return change(actor, row, action="places.change_project", now=now, version=version, **fields)


def deliver_project(
    actor: Actor,
    row: Project,
    *,
    delivered_on: date,
    uploads: Sequence[str] = (),
    plain: Sequence["UploadedFile[Any]"] = (),
    now: datetime,
) -> Project:
    """This function will note that a project was handed over; its places count from that day on.

    Raises
        Impossible: the day is still to come.
        WrongState: it was delivered or cancelled before.
    """
    if delivered_on > day_of(now):
        raise Impossible(_("交付日期不能晚于今天。"))
    with transaction.atomic():
        must_be_coming(row)
        state = ProjectState.DELIVERED.value
        done = change(actor, row, action="places.deliver_project", now=now, state=state, delivered_on=delivered_on)
        hang(actor, done, uploads, plain, now=now)
        recount(actor, done.county_id, [SchoolYear.containing(delivered_on).start], now=now)
    return done


def cancel_project(actor: Actor, row: Project, *, reason: str, now: datetime) -> Project:
    """This function will give a project up, with the reason.

    Raises
        WrongState: it was delivered or cancelled before.
    """
    with transaction.atomic():
        must_be_coming(row)
        state = ProjectState.CANCELLED.value
        return change(actor, row, action="places.cancel_project", now=now, reason=reason, state=state, note=reason)


def add_evidence(
    actor: Actor, row: Project, *, uploads: Sequence[str], plain: Sequence["UploadedFile[Any]"] = (), now: datetime
) -> list[Attachment]:
    """This function will hang evidence on a project: papers of its approval, of its acceptance."""
    return hang(actor, row, uploads, plain, now=now)


def hang(
    actor: Actor, row: Project, uploads: Sequence[str], plain: Sequence["UploadedFile[Any]"], *, now: datetime
) -> list[Attachment]:
    return attach(
        actor,
        owner_type=access.PROJECT_OWNER,
        owner_id=row.pk,
        county_id=row.county_id,
        uploads=uploads,
        plain=plain,
        now=now,
    )


def must_be_coming(row: Project) -> None:
    """Holds a project until the transaction ends.

    Raises
        WrongState: it is over.
    """
    if reason := access.over(locked(row)):
        raise WrongState(reason)
