"""Who is told of a filing, and of a month."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from xietong.areas.dispatch.models import Filing
from xietong.areas.orgs.models import Role
from xietong.areas.people import queries as people
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.notices.actions import notify


def tell_units(
    actor: Actor,
    county_id: int,
    units: Collection[int],
    title: str,
    *,
    kind: str,
    now: datetime,
    values: Mapping[str, Any] | None = None,
    body: str = "",
) -> None:
    """Several units at once; the notice leads to one's own filings."""
    notify(
        actor,
        accounts=people.accounts_of_units(county_id, units, day_of(now)),
        title=title,
        values=values,
        body=body,
        url=reverse("dispatch:my_filings"),
        kind=f"dispatch.{kind}",
        county_id=county_id,
        now=now,
    )


def tell_unit(actor: Actor, filing: Filing, title: str, *, kind: str, now: datetime, body: str = "") -> None:
    accounts = people.accounts_of_unit(filing.county_id, filing.unit_id, day_of(now))
    tell(actor, filing, [one for one in accounts if one != actor.account_id], title, kind=kind, now=now, body=body)


def tell_office(actor: Actor, filing: Filing, title: str, *, kind: str, now: datetime) -> None:
    accounts = people.accounts_of_role(filing.county_id, Role.OFFICE, day_of(now))
    tell(actor, filing, accounts, title, kind=kind, now=now)


def tell(
    actor: Actor, filing: Filing, accounts: list[int], title: str, *, kind: str, now: datetime, body: str = ""
) -> None:
    notify(
        actor,
        accounts=accounts,
        title=title,
        body=body or str(filing),
        url=reverse("dispatch:filing", args=[filing.pk]),
        kind=f"dispatch.{kind}",
        county_id=filing.county_id,
        now=now,
    )
