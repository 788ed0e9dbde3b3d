"""Stored totals of a plan."""

from datetime import date

from xietong.areas.plans import queries
from xietong.areas.plans.models import Plan, Standing


def refresh_standing(plan: Plan, today: date) -> Standing:
    """This function will count a plan's tasks anew into its stored totals."""
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
    return row


def refresh_all_standings(today: date, *, county_id: int | None = None) -> int:
    """This function will count every issued plan anew, or those of one county: the day or the rule has changed."""
    rows = Plan.objects.filter(state=Plan.State.ISSUED)
    if county_id is not None:
        rows = rows.filter(county_id=county_id)
    for plan in rows:
        refresh_standing(plan, today)
    return len(rows)
