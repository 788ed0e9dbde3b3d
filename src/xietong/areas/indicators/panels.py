"""What this area puts on the workbench: values to report and to verify, and how many goals are met."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.indicators import access, queries
from xietong.areas.indicators.rules.lights import Light
from xietong.kit.accounts.actor import Actor
from xietong.kit.pages.panels import Todo


def todos(actor: Actor, today: date) -> Iterator[Todo]:
    if access.VERIFY_VALUE.held_by(actor):
        for row in queries.readings_to_verify(actor)[: queries.MOST]:
            yield Todo(
                label=_("待核验指标"),
                tone="blue",
                title=row.indicator.name,
                url=reverse("indicators:verify", args=[row.pk]),
                org=str(row.unit or row.indicator.reporter or ""),
                since=row.at,
            )
    if access.REPORT_VALUE.held_by(actor):
        for reading in queries.returned(actor)[: queries.MOST]:
            yield Todo(
                label=_("指标退回"),
                tone="red",
                title=reading.indicator.name,
                url=reverse("indicators:report", args=[reading.indicator_id, reading.period]),
                since=reading.verified_at,
            )


def goals(actor: Actor, today: date) -> dict[str, Any] | None:
    """How many indicators with a target or standard are met, for those who steer."""
    if not access.COMPARE_SCHOOLS.held_by(actor) or actor.county_id is None:
        return None
    found = queries.goals(actor.county_id, today)
    if found is None:
        return None
    return {
        "goals": found,
        "counts": [(one.value, found.lights.count(one)) for one in Light if one is not Light.NONE],
    }
