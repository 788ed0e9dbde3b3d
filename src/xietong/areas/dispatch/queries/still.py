"""Reads: the tasks of which nobody has said a word for so many months as the county counts."""

from datetime import date, datetime, time

from django.db.models import Exists, OuterRef, Q, QuerySet

from xietong.areas.dispatch.models import Entry
from xietong.areas.dispatch.queries.schedule import spans_of
from xietong.areas.dispatch.rules.months import before, day_in
from xietong.areas.plans.access import VIEW_TASK
from xietong.areas.plans.models import Plan, Report, Task
from xietong.areas.plans.rules.states import OPEN
from xietong.kit.access.permissions import visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import SHANGHAI


def open_tasks(actor: Actor) -> QuerySet[Task]:
    return visible(actor, VIEW_TASK).filter(state__in=sorted(OPEN), plan__state=Plan.State.ISSUED)


def still_tasks(actor: Actor, today: date) -> QuerySet[Task]:
    """The tasks that have been open for so long without a report or words in a filing, the oldest first.

    A role that belongs to no county counts for none.
    """
    if actor.county_id is None:
        return open_tasks(actor).none()
    day = months_before(today, spans_of(actor.home, today).still_months)
    since = datetime.combine(day, time(), SHANGHAI)
    reported = Report.objects.filter(task=OuterRef("pk"), at__gte=since)
    told = Entry.objects.filter(task=OuterRef("pk"), filing__submitted_at__gte=since).exclude(text="")
    begun = Q(issued_at__lt=since) & (Q(starts_on=None) | Q(starts_on__lte=day))
    rows = open_tasks(actor).filter(begun, ~Exists(reported), ~Exists(told))
    return rows.select_related("lead_unit").order_by("moved_at", "pk")


def months_before(day: date, months: int) -> date:
    """The same day some months before, or the last one of a shorter month."""
    month = day.replace(day=1)
    for _month in range(months):
        month = before(month)
    return day_in(month, day.day)
