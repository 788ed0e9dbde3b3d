"""Keeps the measures of this area equal to the rows."""

from collections.abc import Iterable
from datetime import datetime

from xietong.areas.orgs.models import County, RegisterYear
from xietong.kit.accounts.actor import Actor
from xietong.kit.measures.declare import Grain
from xietong.kit.measures.values import refresh


def hold(county_id: int) -> None:
    """This function will let nobody else count the county until the transaction ends."""
    County.objects.select_for_update().get(pk=county_id)


def recount(actor: Actor, county_id: int, years: Iterable[int], *, now: datetime) -> None:
    """This function will bring the measures of school years to what the rows say, in the caller's transaction."""
    hold(county_id)
    for year in sorted(set(years)):
        RegisterYear.objects.select_for_update().filter(county_id=county_id, year=year).first()
        refresh(actor, county_id, year, Grain.SCHOOL_YEAR, now=now)
