"""Stored totals of a plan, and the measures that follow from its tasks."""

from datetime import datetime

from xietong.areas.plans import measures, queries
from xietong.areas.plans.models import Plan, Standing
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.measures.declare import Grain
from xietong.kit.measures.values import refresh


def refresh_standing(actor: Actor, plan: Plan, *, now: datetime) -> Standing:
    """This function will count a plan's tasks anew, into its stored totals and the months that they are due in."""
    today = day_of(now)
    found = queries.counts(plan, queries.light_rule(plan.county_id, today))
    row, _created = Standing.objects.update_or_create(
        plan=plan,
        defaults={
            "county_id": plan.county_id,
            "issued": found.issued,
            "returned": found.returned,
            "suspended": found.suspended,
            "under_way": found.under_way,
            "claimed": found.claimed,
            "verified": found.verified,
            "overdue": found.overdue,
            "as_of": today,
        },
    )
    for month in measures.months_that_moved(plan.county_id):
        refresh(actor, plan.county_id, month, Grain.COUNTY_MONTH, now=now)
    return row


def refresh_all_standings(actor: Actor, *, now: datetime, county_id: int | None = None) -> int:
    """This function will count every issued plan anew, or those of one county: the day or the rule has changed."""
    rows = Plan.objects.filter(state=Plan.State.ISSUED)
    if county_id is not None:
        rows = rows.filter(county_id=county_id)
    for plan in rows:
        refresh_standing(actor, plan, now=now)
    return len(rows)
