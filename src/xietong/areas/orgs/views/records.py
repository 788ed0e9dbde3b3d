"""One school's record of a year: looked at, filled, explained, confirmed, printed, put right."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.orgs import access, actions, forms, queries
from xietong.areas.orgs.views.register import crumbs
from xietong.kit.accounts.request import Request
from xietong.kit.errors import Refused
from xietong.kit.forms.answer import ask, bound, version_sent
from xietong.kit.pages.page import page
from xietong.kit.pages.panels import panels_at


def url_of(row: Any) -> str:
    return reverse("orgs:record", args=[row.pk])


def name_of(row: Any) -> str:
    return _("%(school)s %(year)s资料") % {"school": row.school, "year": row.register.label}


def frame(row: Any, *more: str) -> dict[str, Any]:
    """Title and crumbs of a record, and of a page below it."""
    year = (row.register.label, reverse("orgs:register", args=[row.register_id]))
    below = [(title, None) for title in more]
    return {
        "title": name_of(row),
        "crumbs": crumbs(year, (str(row.school), url_of(row) if more else None), *below),
    }


def context_of(request: Request, row: Any, found: Any) -> dict[str, Any]:
    return {
        "page": found,
        "may": queries.deeds_on(request.actor, row),
        "sizes": queries.class_sizes(row.county_id, row.register.as_of),
        "state": queries.STATES[queries.state_of(row)],
        "panels": panels_at("record", request.actor, request.today, row.pk),
        **frame(row),
    }


@page(access.VIEW_RECORD)
def record(request: Request, pk: int) -> HttpResponse:
    row = queries.record(request.actor, pk)
    found = queries.record_page(request.actor, row)
    context = context_of(request, row, found)
    form = forms.FillForm(found.to_fill) if "fill" in context["may"] and found.to_fill else None
    return render(request, "orgs/record.html", {**context, "form": form})


@page(access.FILL_RECORD, methods=("GET", "POST"))
def record_fill(request: Request, pk: int) -> HttpResponse:
    """The same page, with what was typed."""
    row = queries.record_to_fill(request.actor, pk)
    found = queries.record_page(request.actor, row)
    form = forms.FillForm(found.to_fill, data=request.POST or None)
    return ask(
        request,
        form,
        save=lambda **_typed: actions.fill_figures(request.actor, row, values=form.values, now=request.now),
        done=url_of(row),
        said=_("已保存。"),
        template="orgs/record.html",
        **context_of(request, row, found),
    )


@page(access.FILL_RECORD, methods=("POST",))
def record_explain(request: Request, pk: int) -> HttpResponse:
    row = queries.record_to_fill(request.actor, pk)
    form = forms.ExplainForm(data=request.POST)
    if not form.is_valid():
        messages.error(request, _("请写明原因，最多 300 字。"))
        return redirect(f"{url_of(row)}#asked")
    said = form.cleaned_data
    try:
        key = (said["code"], said["subject"])
        actions.explain(request.actor, row, key=key, words=said["words"], now=request.now)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("说明已保存。"))
    return redirect(f"{url_of(row)}#asked")


@page(access.CONFIRM_RECORD, methods=("POST",))
def record_confirm(request: Request, pk: int) -> HttpResponse:
    row = queries.record_to_confirm(request.actor, pk)
    try:
        actions.confirm_record(request.actor, row, version=version_sent(request), now=request.now)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已确认。锁定以前，发现有误可以撤回。"))
    return redirect("orgs:record", pk=pk)


@page(access.RELEASE_RECORD, methods=("GET", "POST"))
def record_release(request: Request, pk: int) -> HttpResponse:
    row = queries.record_to_release(request.actor, pk)
    return ask(
        request,
        bound(forms.ReasonForm, request),
        save=lambda **fields: actions.release_record(request.actor, row, now=request.now, **fields),
        done=url_of(row),
        said=_("已撤回确认，改好后请校长重新确认。"),
        submit_label=_("撤回确认"),
        subject=name_of(row),
        **frame(row, _("撤回确认")) | {"title": _("撤回确认")},
    )


@page(access.DESCRIBE_RECORD, methods=("GET", "POST"))
def record_describe(request: Request, pk: int) -> HttpResponse:
    row = queries.record_to_describe(request.actor, pk)
    return ask(
        request,
        bound(forms.DescribeForm, request, row=row),
        save=lambda **fields: actions.describe_record(request.actor, row, now=request.now, **fields),
        done=url_of(row),
        said=_("已保存。"),
        subject=name_of(row),
        **frame(row, _("举办性质")) | {"title": _("举办性质")},
    )


@page(access.CORRECT_RECORD, methods=("GET", "POST"))
def record_correct(request: Request, pk: int) -> HttpResponse:
    row = queries.record_to_correct(request.actor, pk)
    lines = queries.record_page(request.actor, row).lines
    return ask(
        request,
        bound(forms.CorrectForm, request, lines, place=request.GET.get("place", "")),
        save=lambda **fields: actions.correct_figure(request.actor, row, now=request.now, **fields),
        done=url_of(row),
        said=_("已更正，原来的数保留在更正记录里。"),
        submit_label=_("更正"),
        subject=_("更正前后的两个数和原因都会保留，并显示在学校资料页上。"),
        **frame(row, _("更正")) | {"title": _("更正%(record)s") % {"record": name_of(row)}},
    )


@page(access.FILL_RECORD, methods=("GET", "POST"))
def room_add(request: Request, pk: int) -> HttpResponse:
    row = queries.record_to_fill(request.actor, pk)
    return ask(
        request,
        bound(forms.RoomForm, request),
        save=lambda **fields: actions.keep_room(request.actor, row, room=None, now=request.now, **fields),
        done=url_of(row),
        said=_("已登记。"),
        **frame(row, _("登记专用教室")) | {"title": _("登记专用教室")},
    )


@page(access.FILL_RECORD, methods=("GET", "POST"))
def room_change(request: Request, pk: int, room_pk: int) -> HttpResponse:
    row = queries.record_to_fill(request.actor, pk)
    room = queries.room_of(row, room_pk)
    return ask(
        request,
        bound(forms.RoomChangeForm, request, row=room),
        save=lambda **fields: actions.keep_room(request.actor, row, room=room, now=request.now, **fields),
        done=url_of(row),
        said=_("已保存。"),
        **frame(row, _("修改专用教室")) | {"title": _("修改专用教室")},
    )


@page(access.FILL_RECORD, methods=("POST",))
def room_drop(request: Request, pk: int, room_pk: int) -> HttpResponse:
    row = queries.record_to_fill(request.actor, pk)
    actions.drop_room(request.actor, queries.room_of(row, room_pk), now=request.now)
    messages.success(request, _("已删除。"))
    return redirect("orgs:record", pk=pk)


@page(access.VIEW_RECORD)
def record_print(request: Request, pk: int) -> HttpResponse:
    """The record on paper, with places for signature and seal; without what is told to some only."""
    row = queries.record(request.actor, pk)
    context = {"page": queries.record_page(request.actor, row), **frame(row, _("打印"))}
    return render(request, "orgs/record_print.html", context)
