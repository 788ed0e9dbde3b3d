"""Reads: forms of higher bureaus, the months that they may be filled for, what was reported."""

from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet
from django.http import Http404
from django.urls import reverse

from xietong.areas.dispatch import access
from xietong.areas.dispatch.models import Cycle, UpwardForm, UpwardReport
from xietong.areas.dispatch.queries.planning import cycles_by_id
from xietong.areas.dispatch.rules.snapshots import Figure, digest
from xietong.areas.dispatch.rules.states import CycleState
from xietong.areas.dispatch.rules.upward import figures_of
from xietong.kit.access.permissions import fetch, may, visible
from xietong.kit.accounts.actor import Actor

MONTHS_AT_ONCE = 6  # how many months the page of a form offers with one tap
FORM_DEEDS = {"set": access.SET_UPWARD_FORM, "fill": access.FILL_UPWARD_FORM}


@dataclass(frozen=True, slots=True)
class UpwardFormPage:
    """A form with the latest months, each with its report, and what the actor may do."""

    row: UpwardForm
    months: tuple[tuple[Cycle, UpwardReport | None], ...]
    may_fill: bool

    @property
    def filled(self) -> int:
        return len(self.row.mapping) + len(self.row.constants)


@dataclass(frozen=True, slots=True)
class UpwardReportPage:
    """A report as it was frozen, and what the actor may do: observers read it and open nothing behind it."""

    row: UpwardReport
    opens_rows: bool
    may_change: bool
    may_fill: bool
    is_intact: bool


def upward_forms(actor: Actor) -> QuerySet[UpwardForm]:
    """The list, each with how often it was reported and when last."""
    rows = visible(actor, access.SET_UPWARD_FORM).defer("layout")
    reported = Q(reports__reported_at__isnull=False)
    return rows.annotate(reported=Count("reports", filter=reported), last_at=Max("reports__reported_at"))


def upward_form_to(actor: Actor, deed: str, pk: int) -> UpwardForm:
    return fetch(actor, FORM_DEEDS[deed], pk, join=("county", "template"))


def upward_form_page(actor: Actor, pk: int) -> UpwardFormPage:
    row = upward_form_to(actor, "set", pk)
    cycles = list(cycles_to_fill(row.county_id).values())[:MONTHS_AT_ONCE]
    made = {one.cycle_id: one for one in row.reports.filter(cycle__in=cycles).defer("content")}
    return UpwardFormPage(
        row,
        tuple((one, made.get(one.pk)) for one in cycles),
        may(actor, access.FILL_UPWARD_FORM, row),
    )


def cycles_to_fill(county_id: int) -> dict[int, Cycle]:
    """The months, and special dispatches, whose figures can be counted, the latest first."""
    return {pk: one for pk, one in cycles_by_id(county_id).items() if one.state != CycleState.OPENING.value}


def upward_report_of(form: UpwardForm, cycle: Cycle) -> UpwardReport | None:
    return form.reports.filter(cycle=cycle).first()


def upward_reports(actor: Actor) -> QuerySet[UpwardReport]:
    return visible(actor, access.VIEW_UPWARD_REPORT).select_related("county", "form", "cycle").defer("content")


def upward_report_page(actor: Actor, pk: int) -> UpwardReportPage:
    row = fetch(actor, access.VIEW_UPWARD_REPORT, pk, join=("county", "form", "cycle"))
    changes = may(actor, access.CHANGE_UPWARD_REPORT, row)
    return UpwardReportPage(
        row,
        access.OPEN_UPWARD_REPORT.held_by(actor),
        changes,
        changes and may(actor, access.FILL_UPWARD_FORM, row.form),
        digest(row.content) == row.digest,
    )


def upward_report_opened(actor: Actor, pk: int) -> UpwardReport:
    return fetch(actor, access.OPEN_UPWARD_REPORT, pk, join=("form", "cycle", "template"))


def upward_report_to_change(actor: Actor, pk: int) -> UpwardReport:
    return fetch(actor, access.CHANGE_UPWARD_REPORT, pk, join=("form", "cycle"))


def upward_figure(row: UpwardReport, place: int) -> Figure:
    """One of the figures that a report was made of.

    Raises
        Http404: there is none at this place.
    """
    found = figures_of(row.content)
    if place >= len(found):
        raise Http404
    return found[place]


def upward_form_choices(actor: Actor) -> list[tuple[int, str]]:
    """The forms with which something was reported; those of several counties are told apart by the county."""
    rows = visible(actor, access.VIEW_UPWARD_REPORT).order_by("form__county__name", "form__name", "form_id")
    found = rows.values_list("form_id", "form__county__name", "form__name").distinct()
    return [(pk, name if actor.county_id else f"{county} {name}") for pk, county, name in found]


def upward_years(actor: Actor) -> list[tuple[int, str]]:
    years = visible(actor, access.VIEW_UPWARD_REPORT).values_list("year", flat=True).distinct().order_by("-year")
    return [(year, str(year)) for year in years]


def upward_form_url(pk: int) -> str:
    return reverse("dispatch:upward_form", args=[pk])


def upward_report_url(pk: int) -> str:
    return reverse("dispatch:upward_report", args=[pk])
