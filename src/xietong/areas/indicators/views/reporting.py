"""Reporting values with evidence, verifying them, locking a period, correcting, and reporting upward."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.indicators import access, actions, forms, queries, tables
from xietong.areas.indicators.views.scorecard import asked_period, county_of, home
from xietong.kit.accounts.request import Request
from xietong.kit.errors import Refused
from xietong.kit.forms.answer import ask, bound, files_sent
from xietong.kit.pages.page import page
from xietong.kit.tables.answer import answer


@page(access.REPORT_VALUE)
def duties(request: Request) -> HttpResponse:
    """What one's unit reports of a period."""
    period = asked_period(request, county_of(request))
    context = {
        "duties": queries.duties(request.actor, period),
        "period": period,
        "is_locked": queries.is_locked(county_of(request), period),
        "title": _("填报指标"),
        "crumbs": home((_("填报"), None)),
    }
    return render(request, "indicators/duties.html", context)


@page(access.REPORT_VALUE, methods=("GET", "POST"))
def report(request: Request, pk: int, period: int) -> HttpResponse:
    row = queries.indicator_to_report(request.actor, pk)
    unit = request.actor.org_id if access.is_of_school(request.actor) else None
    held = queries.reading_of(row, period, unit)
    initial = {"value": held.value, "note": held.note} if held else {}
    form = (
        forms.ReportForm(row.unit, data=request.POST)
        if request.method == "POST"
        else forms.ReportForm(row.unit, initial=initial)
    )
    return ask(
        request,
        form,
        title=row.name,
        save=lambda value, note: actions.report_value(
            request.actor, row, unit_id=unit, period=period, value=value, note=note, now=request.now,
            **files_sent(request),
        ),
        done=f"{reverse('indicators:duties')}?period={period}",
        said=_("已报送，等待核验。"),
        submit_label=_("报送"),
        template="indicators/report.html",
        row=row,
        held=held,
        period=period,
        multipart=True,
        crumbs=home((_("填报"), reverse("indicators:duties")), (row.name, None)),
    )  # fmt: skip


@page(access.VERIFY_VALUE)
def to_verify(request: Request) -> HttpResponseBase:
    return answer(request, tables.VerifyTable(), queries.readings_to_verify(request.actor))


@page(access.VERIFY_VALUE, methods=("GET", "POST"))
def verify(request: Request, pk: int) -> HttpResponse:
    row = queries.reading_to_verify(request.actor, pk)
    form = bound(forms.VerdictForm, request)
    form.initial["version"] = row.version
    return ask(
        request,
        form,
        title=_("核验：%(name)s") % {"name": row.indicator.name},
        save=lambda verdict, opinion, version: actions.verify_value(
            request.actor, row, is_right=verdict == "right", opinion=opinion, version=version, now=request.now
        ),
        done=reverse("indicators:to_verify"),
        said=_("核验意见已保存。"),
        template="indicators/verify.html",
        row=row,
        files=queries.evidence_of(row),
        crumbs=home((_("待核验"), reverse("indicators:to_verify")), (row.indicator.name, None)),
    )


@page(access.CORRECT_VALUE, methods=("GET", "POST"))
def cause(request: Request, pk: int) -> HttpResponse:
    row = queries.reading_to_correct(request.actor, pk)
    return ask(
        request,
        bound(forms.ReasonForm, request, row=row),
        title=_("未达目标的原因：%(name)s") % {"name": row.indicator.name},
        save=lambda cause, version: actions.give_cause(
            request.actor, row, cause=cause, version=version, now=request.now
        ),
        done=reverse("indicators:indicator", args=[row.indicator_id]),
        said=_("已保存。"),
    )


@page(access.CORRECT_VALUE, methods=("GET", "POST"))
def correct(request: Request, pk: int) -> HttpResponse:
    row = queries.reading_to_correct(request.actor, pk)
    return ask(
        request,
        bound(forms.CorrectForm, request, value=row.value),
        title=_("更正：%(name)s") % {"name": row.indicator.name},
        save=lambda value, reason: actions.correct_value(
            request.actor, row, value=value, reason=reason, now=request.now
        ),
        done=reverse("indicators:indicator", args=[row.indicator_id]),
        said=_("已更正，原来的数值保留在旁边。"),
    )


@page(access.CORRECT_VALUE, methods=("POST",))
def lock(request: Request, period: int) -> HttpResponse:
    return told(
        request, period, lambda: actions.lock_period(request.actor, period=period, now=request.now), _("已锁定。")
    )


@page(access.REPORT_UPWARD, methods=("POST",))
def upward(request: Request, period: int) -> HttpResponse:
    return told(
        request,
        period,
        lambda: actions.report_upward(request.actor, period=period, now=request.now),
        _("已上报，省、市观察员可以看到这个周期的数值。"),
    )


def told(request: Request, period: int, deed: object, words: str) -> HttpResponse:
    """This function will do it and say so, or say why not, on the scorecard of the period."""
    try:
        deed()  # type: ignore[operator]
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect(f"{reverse('indicators:scorecard')}?period={period}")


@page(access.VIEW_REPORTED)
def reported(request: Request) -> HttpResponse:
    """The counties' reported values of one section in bands; the order is the official one of the counties."""
    found = queries.reported_page(request.actor, request.GET, request.today)
    return render(request, "indicators/reported.html", {"page": found, "title": _("各县指标")})
