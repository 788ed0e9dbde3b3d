"""Reported values: what is to be verified or corrected, and what a unit has to report."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from xietong.areas.indicators import access
from xietong.areas.indicators.models import Indicator, Reading
from xietong.areas.indicators.queries.dictionary import grain_of
from xietong.kit.access.permissions import fetch, visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.files.queries import attachments

MOST = 30
"""So many to-dos of one kind are listed."""


def readings_to_verify(actor: Actor) -> QuerySet[Reading]:
    return (
        visible(actor, access.VERIFY_VALUE)
        .filter(state=Reading.State.SUBMITTED)
        .select_related("indicator__reporter", "unit")
        .order_by("at", "pk")
    )


def reading_to_verify(actor: Actor, pk: int) -> Reading:
    return fetch(actor, access.VERIFY_VALUE, pk, join=("indicator", "unit"))


def reading_to_correct(actor: Actor, pk: int) -> Reading:
    return fetch(actor, access.CORRECT_VALUE, pk, join=("indicator", "unit"))


def reading(actor: Actor, pk: int) -> Reading:
    return fetch(actor, access.VIEW_READING, pk, join=("indicator", "unit"))


def evidence_of(row: Reading | None) -> list[Any]:
    """The files that hang on a reported value."""
    return attachments(access.READING_OWNER, [row.pk]).get(row.pk, []) if row else []


def reading_of(row: Indicator, period: int, unit_id: int | None) -> Reading | None:
    return Reading.objects.filter(indicator=row, period=period, unit_id=unit_id).first()


def indicator_to_report(actor: Actor, pk: int) -> Indicator:
    return fetch(actor, access.REPORT_VALUE, pk, join=("county",))


def indicator_to_compare(actor: Actor, pk: int) -> Indicator:
    return fetch(actor, access.COMPARE_SCHOOLS, pk, join=("county",))


def returned(actor: Actor) -> QuerySet[Reading]:
    """Values that the actor's unit handed in and got back; to the office those that no unit is named for."""
    of_county = Q(indicator__reporter=None) | Q(indicator__reporter_id__in=actor.orgs)
    mine = Q(unit_id=actor.org_id) if access.is_of_school(actor) else Q(unit=None) & of_county
    rows = Reading.objects.filter(
        mine, indicator__in=visible(actor, access.REPORT_VALUE), state=Reading.State.RETURNED
    )
    return rows.select_related("indicator").order_by("-verified_at", "pk")


@dataclass(frozen=True, slots=True)
class Duty:
    """An indicator that the actor's unit reports, with what it has handed in of the period."""

    row: Indicator
    reading: Reading | None

    @property
    def is_open(self) -> bool:
        return self.reading is None or self.reading.state == Reading.State.RETURNED


def duties(actor: Actor, period: int) -> list[Duty]:
    """What the actor's unit reports of a period: of a school each for itself."""
    rows = list(visible(actor, access.REPORT_VALUE).filter(retired_on=None, grain=grain_of(period)).order_by("order"))
    mine = actor.org_id if access.is_of_school(actor) else None
    held = {one.indicator_id: one for one in Reading.objects.filter(indicator__in=rows, period=period, unit_id=mine)}
    return [Duty(row, held.get(row.pk)) for row in rows]
