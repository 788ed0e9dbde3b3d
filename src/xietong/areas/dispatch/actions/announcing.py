"""Who is told of meetings, minutes and decisions."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from xietong.areas.dispatch import queries
from xietong.areas.dispatch.models import Decision, Meeting
from xietong.areas.orgs.models import Role
from xietong.areas.people import queries as people
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import SHANGHAI, day_of
from xietong.kit.notices.actions import notify


def tell_guests(
    actor: Actor, meeting: Meeting, title: str, *, kind: str, units: Iterable[int] | None = None, now: datetime
) -> None:
    """Everybody who was asked to a meeting, or those of some units only."""
    rows = meeting.attendances.all() if units is None else meeting.attendances.filter(unit_id__in=list(units))
    asked = set(rows.values_list("unit_id", flat=True))
    named = rows.exclude(person__account=None).values_list("person__account_id", flat=True)
    accounts = {*queries.guests(meeting.county_id, asked, day_of(now)), *named} - {actor.account_id}
    begins = meeting.starts_at.astimezone(SHANGHAI)
    notify(
        actor,
        accounts=[account for account in accounts if account],
        title=title,
        values={"when": f"{begins:%Y-%m-%d %H:%M}"},
        body=" ".join(filter(None, (meeting.title, meeting.place))),
        url=queries.meeting_url(meeting.pk),
        kind=f"dispatch.{kind}",
        county_id=meeting.county_id,
        now=now,
    )


def tell_unit_of(
    actor: Actor,
    row: Decision,
    title: str,
    *,
    kind: str,
    unit_id: int | None = None,
    values: Mapping[str, Any] | None = None,
    now: datetime,
) -> None:
    """The people of the unit that a decision binds, and the person whom it names."""
    accounts = set(people.accounts_of_unit(row.county_id, unit_id or row.unit_id, day_of(now)))
    if unit_id is None and row.person and row.person.account_id:
        accounts.add(row.person.account_id)
    tell(actor, row, accounts, title, kind=kind, values=values, now=now)


def tell_office_of(actor: Actor, row: Decision, title: str, *, kind: str, now: datetime) -> None:
    tell(actor, row, people.accounts_of_role(row.county_id, Role.OFFICE, day_of(now)), title, kind=kind, now=now)


def tell(
    actor: Actor,
    row: Decision,
    accounts: Iterable[int],
    title: str,
    *,
    kind: str,
    values: Mapping[str, Any] | None = None,
    now: datetime,
) -> None:
    notify(
        actor,
        accounts=[account for account in accounts if account != actor.account_id],
        title=title,
        values=values,
        body=row.text,
        url=queries.decision_url(row.pk),
        kind=f"dispatch.{kind}",
        county_id=row.county_id,
        now=now,
    )
