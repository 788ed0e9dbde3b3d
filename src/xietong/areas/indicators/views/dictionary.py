"""Keeping the dictionary: adding, changing, retiring, targets."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.indicators import access, actions, forms, queries
from xietong.areas.indicators.views.scorecard import home
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound
from xietong.kit.forms.base import Form
from xietong.kit.pages.page import page


def address(row: Any) -> str:
    return reverse("indicators:indicator", args=[row.pk])


@page(access.KEEP_INDICATOR, methods=("GET", "POST"))
def adopt(request: Request) -> HttpResponse:
    if request.method == "POST":
        made = actions.adopt_start_set(request.actor, now=request.now)
        messages.success(request, _("已导入 %(n)d 个指标，已有的没有改动。") % {"n": made})
        return redirect("indicators:dictionary")
    return ask(
        request,
        bound(Form, request),
        title=_("导入起始指标"),
        save=dict,
        done=reverse("indicators:dictionary"),
        submit_label=_("导入"),
        subject=_(
            "共 %(n)d 个指标，覆盖优质均衡、学位供给和方案的五项任务，各有依据。"
            "已有同编码的不会改动；目标和基线由本县填写。"
        )
        % {"n": len(actions.start_set())},
    )


@page(access.KEEP_INDICATOR, methods=("GET", "POST"))
def add(request: Request) -> HttpResponse:
    return ask(
        request,
        bound(forms.IndicatorForm, request, request.actor, request.today),
        title=_("新增指标"),
        save=lambda **fields: actions.add_indicator(request.actor, now=request.now, **fields),
        done=address,
        said=_("指标已登记。"),
        back_url=reverse("indicators:dictionary"),
        template="indicators/indicator_form.html",
        measures=queries.measures_offered(),
    )


@page(access.KEEP_INDICATOR, methods=("GET", "POST"))
def change(request: Request, pk: int) -> HttpResponse:
    row = queries.indicator_to_keep(request.actor, pk)
    return ask(
        request,
        bound(forms.IndicatorChangeForm, request, request.actor, request.today, row=row),
        title=_("修改指标"),
        save=lambda **fields: actions.change_indicator(request.actor, row, now=request.now, **fields),
        done=address(row),
        said=_("指标已保存，数值已重新计算。"),
        template="indicators/indicator_form.html",
        measures=queries.measures_offered(),
        crumbs=home((row.name, address(row)), (_("修改指标"), None)),
    )


@page(access.KEEP_INDICATOR, methods=("GET", "POST"))
def retire(request: Request, pk: int) -> HttpResponse:
    row = queries.indicator_to_keep(request.actor, pk)
    return ask(
        request,
        bound(forms.RetireForm, request),
        title=_("停用“%(name)s”") % {"name": row.name},
        save=lambda reason: actions.retire_indicator(request.actor, row, reason=reason, now=request.now),
        done=address(row),
        said=_("指标已停用，历史数值保留。"),
        submit_label=_("停用"),
    )


@page(access.KEEP_INDICATOR, methods=("GET", "POST"))
def target(request: Request, pk: int) -> HttpResponse:
    row = queries.indicator_to_keep(request.actor, pk)
    return ask(
        request,
        bound(forms.TargetForm, request),
        title=_("“%(name)s”的目标") % {"name": row.name},
        save=lambda period, value: actions.set_target(
            request.actor, row, period=period, value=value, now=request.now
        ),
        done=address(row),
        said=_("目标已保存。"),
    )
