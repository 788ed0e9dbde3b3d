"""优质均衡: the verdict, why a school fails, which schools move a coefficient, what was found."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.indicators import access, actions, forms, queries
from xietong.areas.indicators.views.scorecard import home
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, files_sent
from xietong.kit.pages.page import page

STAGES = ("primary", "middle")


def crumbs(*more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return home((_("优质均衡"), reverse("indicators:balance")), *more)


def asked_register(request: Request) -> Any:
    """The register that the address asks for, or the latest.

    Raises
        Http404: there is none of that year.
    """
    text = request.GET.get("year", "")
    found = queries.balance_register(
        request.actor, int(text) if text.isdecimal() and len(text) <= len("2026") else None
    )
    if text and found is None:
        raise Http404
    return found


def asked_stage(request: Request) -> str:
    stage = request.GET.get("stage", "")
    return stage if stage in STAGES else STAGES[0]


@page(access.VIEW_BALANCE)
def balance(request: Request) -> HttpResponse:
    register = asked_register(request)
    context: dict[str, Any] = {
        "title": _("优质均衡"),
        "register": register,
        "years": queries.registers_of(request.actor.home),
    }
    if register is not None:
        found = queries.balance_page(register)
        context |= {
            "page": found,
            "summary": queries.balance_summary(found),
            "variations": queries.variation_rows(found),
            "requirements": queries.requirement_parts(found, queries.entries_of(request.actor, register)),
            "may_enter": access.ENTER_BALANCE.held_by(request.actor),
            "may_try": access.TRY_BALANCE.held_by(request.actor),
        }
    return render(request, "indicators/balance.html", context)


@page(access.VIEW_BALANCE)
def preschool(request: Request) -> HttpResponse:
    """普及普惠: the requirements, and the kindergartens beside each other in official order."""
    register = asked_register(request)
    context: dict[str, Any] = {
        "title": _("普及普惠"),
        "register": register,
        "years": queries.registers_of(request.actor.home),
    }
    if register is not None:
        found = queries.preschool_page(register)
        context |= {
            "page": found,
            "requirements": found.requirements(queries.entries_of(request.actor, register)),
            "may_enter": access.ENTER_BALANCE.held_by(request.actor),
        }
    return render(request, "indicators/preschool.html", context)


@page(access.VIEW_BALANCE)
def units(request: Request) -> HttpResponse:
    """Every school of a stage with its seven indicators; the failing ones say what is missing."""
    register = asked_register(request)
    if register is None:
        raise Http404
    stage = asked_stage(request)
    found = queries.balance_page(register)
    context = {
        "page": found,
        "stage": stage,
        "items": queries.named("item"),
        "rows": queries.unit_rows(found, stage),
        "title": _("各校达标情况"),
        "crumbs": crumbs((_("各校达标情况"), None)),
    }
    return render(request, "indicators/balance_units.html", context)


@page(access.VIEW_BALANCE)
def unit(request: Request, school: int, stage: str) -> HttpResponse:
    """Why one school passes or fails, and what is missing."""
    register = asked_register(request)
    found = queries.unit_page(queries.balance_page(register), str(school), stage) if register else None
    if found is None:
        raise Http404
    context = {
        "page": found,
        "title": _("%(school)s：%(stage)s") % {"school": found.school, "stage": found.stage_name},
        "crumbs": crumbs(
            (_("各校达标情况"), f"{reverse('indicators:balance_units')}?stage={stage}"), (str(found.school), None)
        ),
    }
    return render(request, "indicators/balance_unit.html", context)


@page(access.VIEW_BALANCE)
def movers(request: Request) -> HttpResponse:
    """Which schools move a coefficient."""
    register = asked_register(request)
    item = request.GET.get("item", "L1")
    if register is None or item not in queries.named("item"):
        raise Http404
    stage = asked_stage(request)
    context = {
        "found": queries.movers(queries.balance_page(register), item, stage),
        "item": queries.named("item")[item],
        "items": queries.named("item"),
        "stage": stage,
        "register": register,
        "title": _("差异系数的来源"),
        "crumbs": crumbs((_("差异系数的来源"), None)),
    }
    return render(request, "indicators/balance_movers.html", context)


@page(access.ENTER_BALANCE, methods=("GET", "POST"))
def enter(request: Request, year: int, code: str) -> HttpResponse:
    register = queries.balance_register(request.actor, year)
    entry = queries.entry_words(code)
    if register is None or entry is None:
        raise Http404
    held = queries.entries_of(request.actor, register).get(code)
    kinds: dict[str, Any] = {"is_figure": entry.is_figure, "label": entry.label}
    initial = queries.entry_initial(held)
    title = _("填写“%(name)s”") % {"name": entry.name}
    back = reverse("indicators:preschool" if queries.is_of_preschool(code) else "indicators:balance")
    form = (
        forms.EntryForm(data=request.POST, **kinds)
        if request.method == "POST"
        else forms.EntryForm(initial=initial, **kinds)
    )
    return ask(
        request,
        form,
        title=title,
        save=lambda value, is_met, note: actions.enter_balance(
            request.actor, register, code=code, value=value, is_met=is_met, note=note, now=request.now,
            **files_sent(request),
        ),
        done=f"{back}?year={year}",
        said=_("已保存。"),
        template="indicators/balance_entry.html",
        entry=entry,
        multipart=True,
        crumbs=home((_("普及普惠"), back), (title, None)) if queries.is_of_preschool(code) else crumbs((title, None)),
    )  # fmt: skip
