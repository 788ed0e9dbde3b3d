"""Reads: reports that were reviewed, and spot checks of them."""

from datetime import date, timedelta

from django.db.models import QuerySet

from xietong.areas.plans import access
from xietong.areas.plans.models import Report, SpotCheck
from xietong.areas.plans.queries.packing import midnight
from xietong.areas.plans.rules.states import ReportState
from xietong.kit.access.permissions import fetch, visible
from xietong.kit.accounts.actor import Actor


def reviewable(actor: Actor) -> QuerySet[Report]:
    """The county's reports in whatever state: somebody else may have answered one since it was ticked."""
    return visible(actor, access.SEE_REVIEWED).select_related("task", "unit").order_by("at", "pk")


def checks(actor: Actor) -> QuerySet[SpotCheck]:
    return visible(actor, access.VIEW_CHECK).select_related("report", "report__task", "report__unit")


def check_to_record(actor: Actor, pk: int) -> SpotCheck:
    return fetch(actor, access.RECORD_CHECK, pk, join=("report", "report__task", "report__unit"))


def check_shown(actor: Actor, pk: int) -> SpotCheck:
    return fetch(actor, access.VIEW_CHECK, pk, join=("report", "report__task", "report__unit"))


def draw_choices(actor: Actor) -> list[tuple[str, str]]:
    """The draws that were made, the latest first."""
    names = visible(actor, access.VIEW_CHECK).order_by("-drawn_at", "-pk").values_list("draw", flat=True)
    return [(name, name) for name in dict.fromkeys(names)]


def eligible(actor: Actor, from_on: date, to_on: date) -> list[int]:
    """The reports filed in a period and accepted, by key: what is drawn from."""
    rows = visible(actor, access.SEE_REVIEWED).filter(
        state=ReportState.ACCEPTED.value, at__gte=midnight(from_on), at__lt=midnight(to_on + timedelta(days=1))
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))
