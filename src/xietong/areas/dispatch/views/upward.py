"""上报: forms of higher bureaus with their mapping, a month filled in, what was handed in."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.dispatch import access, actions, documents, forms, queries, tables
from xietong.areas.dispatch.rules.upward import suggestions
from xietong.areas.dispatch.views.documents import behind
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound
from xietong.kit.pages.download import DOCX, XLSX, download
from xietong.kit.pages.page import page
from xietong.kit.tables.answer import answer
from xietong.kit.tables.declare import Tool

TYPES = {"docx": DOCX, "xlsx": XLSX}


def crumbs(*more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(_("上报"), reverse("dispatch:upward")), *more]


def form_crumbs(*more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return crumbs((_("上报表"), reverse("dispatch:upward_forms")), *more)


@page(access.VIEW_UPWARD_REPORT)
def reports(request: Request) -> HttpResponseBase:
    tools = []
    if access.SET_UPWARD_FORM.held_by(request.actor):
        tools = [Tool(_("上报表"), reverse("dispatch:upward_forms"), "file-spreadsheet", primary=True)]
    return answer(request, tables.UpwardReportTable(), queries.upward_reports(request.actor), toolbar=tools)


@page(access.SET_UPWARD_FORM)
def form_list(request: Request) -> HttpResponseBase:
    tools = [
        Tool(_("上报记录"), reverse("dispatch:upward"), "history"),
        Tool(_("上传上报表"), reverse("dispatch:upward_form_add"), "upload", primary=True),
    ]
    return answer(request, tables.UpwardFormTable(), queries.upward_forms(request.actor), toolbar=tools)


@page(access.SET_UPWARD_FORM, methods=("GET", "POST"))
def form_add(request: Request) -> HttpResponse:
    def save(name: str, to_whom: str, file: Any) -> object:
        said = {"name": name, "to_whom": to_whom, "file_name": file.name, "content": file.read()}
        return actions.add_upward_form(request.actor, now=request.now, **said)

    return ask(
        request,
        with_file(forms.UpwardForm, request),
        title=_("上传上报表"),
        save=save,
        done=lambda row: reverse("dispatch:upward_map", args=[row.pk]),
        said=_("表已读入，请设置每一格填哪个数字。"),
        multipart=True,
        submit_label=_("上传"),
        crumbs=form_crumbs((_("上传上报表"), None)),
    )


def with_file(form: Any, request: Request) -> Any:
    """The form with the file that came with it."""
    return form(data=request.POST, files=request.FILES) if request.method == "POST" else form()


@page(access.SET_UPWARD_FORM)
def form_page(request: Request, pk: int) -> HttpResponse:
    found = queries.upward_form_page(request.actor, pk)
    context = {"page": found, "title": found.row.name, "crumbs": form_crumbs((found.row.name, None))}
    return render(request, "dispatch/upward_form.html", context)


@page(access.SET_UPWARD_FORM, methods=("GET", "POST"))
def form_change(request: Request, pk: int) -> HttpResponse:
    row = queries.upward_form_to(request.actor, "set", pk)
    return ask(
        request,
        bound(forms.UpwardNameForm, request, row=row),
        title=_("修改名称"),
        save=lambda **fields: actions.change_upward_form(request.actor, row, now=request.now, **fields),
        done=queries.upward_form_url(pk),
        said=_("已保存。"),
    )


@page(access.SET_UPWARD_FORM, methods=("GET", "POST"))
def form_map(request: Request, pk: int) -> HttpResponse:
    """What the heads of a blank suggest is chosen beforehand as long as nothing was mapped."""
    row = queries.upward_form_to(request.actor, "set", pk)
    names = documents.upward_names(row.county_id)
    guessed = {} if row.mapping or row.constants else suggestions(row.layout, list(names))
    begun = forms.chosen_before(row.mapping or guessed, row.constants)
    form = bound(forms.MappingForm, request, row.layout, names, version=row.version, **begun)
    return ask(
        request,
        form,
        title=_("设置对应：%(name)s") % {"name": row.name},
        save=lambda **_fields: actions.map_upward_form(request.actor, row, now=request.now, **form.said()),
        done=queries.upward_form_url(pk),
        said=_("对应已保存，以后每月一键填报。"),
        template="dispatch/upward_map.html",
        guessed=len(guessed),
        crumbs=form_crumbs((row.name, queries.upward_form_url(pk)), (_("设置对应"), None)),
    )


@page(access.SET_UPWARD_FORM, methods=("GET", "POST"))
def form_replace(request: Request, pk: int) -> HttpResponse:
    row = queries.upward_form_to(request.actor, "set", pk)

    def save(file: Any) -> object:
        content = file.read()
        return actions.replace_upward_file(request.actor, row, file_name=file.name, content=content, now=request.now)

    def done(replaced: Any) -> str:
        if replaced.lost:
            places = _("、").join(replaced.lost)
            messages.warning(request, _("这些格的对应没有保留，请重新设置：%(places)s") % {"places": places})
        return queries.upward_form_url(pk)

    return ask(
        request,
        with_file(forms.FileForm, request),
        title=_("换新版：%(name)s") % {"name": row.name},
        save=save,
        done=done,
        said=_("已换成新版；以前的上报记录仍是原来的表。"),
        multipart=True,
        submit_label=_("上传"),
        back_url=queries.upward_form_url(pk),
        subject=_("位置和表头都没有变的格，对应自动保留；其余的会逐格列出。"),
    )


@page(access.SET_UPWARD_FORM)
def form_file(request: Request, pk: int) -> HttpResponseBase:
    """The form as it was uploaded."""
    row = queries.upward_form_to(request.actor, "set", pk)
    return download(bytes(row.template.content), name=row.file_name, content_type=TYPES[row.kind])


@page(access.FILL_UPWARD_FORM, methods=("GET", "POST"))
def form_fill(request: Request, pk: int) -> HttpResponse:
    row = queries.upward_form_to(request.actor, "fill", pk)
    cycles = queries.cycles_to_fill(row.county_id)
    return ask(
        request,
        bound(forms.FillForm, request, cycles, cycle=next(iter(cycles), None)),
        title=_("填报：%(name)s") % {"name": row.name},
        save=lambda cycle: actions.fill_upward_form(request.actor, row, cycle=cycle, now=request.now),
        done=lambda made: queries.upward_report_url(made.pk),
        said=_("已填好，请核对后下载；交出以后点“登记上报”。"),
        submit_label=_("填报"),
        back_url=queries.upward_form_url(pk),
        crumbs=form_crumbs((row.name, queries.upward_form_url(pk)), (_("填报"), None)),
    )


@page(access.VIEW_UPWARD_REPORT)
def report(request: Request, pk: int) -> HttpResponse:
    found = queries.upward_report_page(request.actor, pk)
    context = {"page": found, "title": str(found.row), "crumbs": crumbs((str(found.row), None))}
    return render(request, "dispatch/upward_report.html", context)


@page(access.OPEN_UPWARD_REPORT)
def report_file(request: Request, pk: int) -> HttpResponseBase:
    """The form of that day, filled with what was frozen."""
    row = queries.upward_report_opened(request.actor, pk)
    kind = row.content["kind"]
    name = f"{row.content['title']} {row.cycle}.{kind}"
    return download(documents.upward_file(row), name=name, content_type=TYPES[kind])


@page(access.OPEN_UPWARD_REPORT)
def report_figure(request: Request, pk: int, place: int) -> HttpResponse:
    """The rows behind a figure, as they were frozen."""
    row = queries.upward_report_opened(request.actor, pk)
    figure = queries.upward_figure(row, place)
    return behind(request, figure.sources, crumbs((str(row), queries.upward_report_url(pk))), figure=figure)


@page(access.CHANGE_UPWARD_REPORT, methods=("GET", "POST"))
def report_hand_in(request: Request, pk: int) -> HttpResponse:
    row = queries.upward_report_to_change(request.actor, pk)
    return ask(
        request,
        bound(forms.HandInForm, request, row=row),
        title=_("登记上报"),
        save=lambda **fields: actions.hand_in_report(request.actor, row, now=request.now, **fields),
        done=queries.upward_report_url(pk),
        said=_("已登记上报，这份记录不再改变。"),
        submit_label=_("登记上报"),
        subject=_("%(report)s：登记以后不能修改、不能删除，省、市观察员能看到。") % {"report": row},
    )


@page(access.CHANGE_UPWARD_REPORT, methods=("POST",))
def report_drop(request: Request, pk: int) -> HttpResponse:
    row = queries.upward_report_to_change(request.actor, pk)
    actions.drop_report(request.actor, row, now=request.now)
    messages.success(request, _("已删除。"))
    return redirect(queries.upward_form_url(row.form_id))
