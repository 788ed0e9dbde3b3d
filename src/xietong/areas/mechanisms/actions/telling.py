"""Who is told of a text of rules."""

from datetime import datetime

from django.urls import reverse

from xietong.areas.mechanisms.models import Edition
from xietong.areas.orgs.models import Role
from xietong.areas.people import queries as people
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.notices.actions import notify


def tell_unit(
    actor: Actor,
    edition: Edition,
    unit_id: int,
    title: str,
    *,
    kind: str,
    values: dict[str, str] | None = None,
    now: datetime,
) -> None:
    notify(
        actor,
        accounts=people.accounts_of_unit(edition.county_id, unit_id, day_of(now)),
        title=title,
        values=values or {},
        body=edition.mechanism.title,
        url=reverse("mechanisms:edition", args=[edition.pk]),
        kind=f"mechanisms.{kind}",
        county_id=edition.county_id,
        now=now,
    )


def tell_office(actor: Actor, edition: Edition, title: str, *, body: str, now: datetime) -> None:
    notify(
        actor,
        accounts=people.accounts_of_role(edition.county_id, Role.OFFICE, day_of(now)),
        title=title,
        body=body,
        url=reverse("mechanisms:edition", args=[edition.pk]),
        kind="mechanisms.feedback",
        county_id=edition.county_id,
        now=now,
    )
