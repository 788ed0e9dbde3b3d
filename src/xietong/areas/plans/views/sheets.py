"""任务分解表 by Excel: the template, what a file would do, doing it, and taking it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.plans import access, actions, forms, queries, sheets
from xietong.areas.plans.views.drafting import wizard
from xietong.kit.accounts.request import Request
from xietong.kit.files.actions import take_posted
from xietong.kit.files.uploading import uploaded
from xietong.kit.forms.answer import ask, bound
from xietong.kit.forms.base import Form
from xietong.kit.pages.download import XLSX, download
from xietong.kit.pages.page import page
from xietong.kit.sheets import check_safely
from xietong.kit.sheets.annotating import annotated, key_of
from xietong.kit.sheets.template import template
from xietong.kit.words import said


def declared(request: Request) -> Any:
    return sheets.breakdown(forms.units(request.actor, request.today).values())


@page(access.CHANGE_PLAN)
def sheet_template(request: Request, pk: int) -> HttpResponseBase:
    """The workbook to be filled in; with the tasks that the plan has, so that it comes back changed."""
    row = queries.plan_to_change(request.actor, pk)
    rows = sheets.rows_of(queries.drafts(row))
    content = template(declared(request), rows)
    return download(content, name=f"{row.title}{_('任务分解表')}.xlsx", content_type=XLSX)


@page(access.CHANGE_PLAN, methods=("GET", "POST"))
def sheet(request: Request, pk: int) -> HttpResponse:
    """Where a workbook is handed in; below it what was imported before."""
    row = queries.plan_to_change(request.actor, pk)

    def save(file: Any) -> str:
        [upload] = take_posted(request.actor, [file])
        return upload

    form = forms.SheetForm(data=request.POST or None, files=request.FILES or None)
    context = wizard(row, "drafting", _("从 Excel 导入"))
    title = context.pop("title")
    return ask(
        request,
        form,
        title=title,
        save=save,
        done=lambda upload: reverse("plans:sheet_preview", args=[pk, upload]),
        template="plans/sheet.html",
        submit_label=_("上传并检查"),
        multipart=True,
        imports=queries.imports_of(row),
        **context,
    )


@page(access.CHANGE_PLAN, methods=("GET", "POST"))
def sheet_preview(request: Request, pk: int, upload: str) -> HttpResponse:
    """What the file would do, row by row, or what is wrong with it; sent, it is done."""
    row = queries.plan_to_change(request.actor, pk)
    name, data = uploaded(request.actor, upload)
    checked = check_safely(data, declared(request))
    planned = [] if checked.problems else queries.planned_import(row, checked)
    if request.method == "POST" and not checked.problems:
        made = actions.import_breakdown(request.actor, row, planned=planned, name=name, data=data, now=request.now)
        messages.success(
            request,
            _("已导入：新增 %(added)d 项，修改 %(changed)d 项。") % {"added": made.added, "changed": made.changed},
        )
        return redirect("plans:drafting", pk=pk)
    context = {
        "checked": checked,
        "name": name,
        "upload": upload,
        "planned": planned,
        "counts": {deed: sum(one.deed == deed for one in planned) for deed in ("add", "change", "same")},
        "problems": [(one, said(one.sentence, one.values)) for one in checked.problems[:SHOWN]],
        "remarks": [said(sentence, values) for sentence, values in checked.remarks],
        **wizard(row, "drafting", _("从 Excel 导入")),
    }
    return render(request, "plans/sheet_preview.html", context, status=422 if request.method == "POST" else 200)


SHOWN = 200


@page(access.CHANGE_PLAN)
def sheet_annotated(request: Request, pk: int, upload: str) -> HttpResponseBase:
    """The file back, with its faults at the cells."""
    queries.plan_to_change(request.actor, pk)
    name, data = uploaded(request.actor, upload)
    checked = check_safely(data, declared(request))
    words = {key_of(one): said(one.sentence, one.values) for one in checked.problems}
    content = annotated(data, declared(request), checked, {}, words)
    return download(content, name=f"{name.rpartition('.')[0]}-{_('问题标注')}.xlsx", content_type=XLSX)


@page(access.UNDO_IMPORT, methods=("GET", "POST"))
def import_undo(request: Request, pk: int) -> HttpResponse:
    row = queries.import_to_undo(request.actor, pk)
    return ask(
        request,
        bound(Form, request),
        title=_("撤销导入“%(name)s”") % {"name": row.name},
        save=lambda: actions.undo_breakdown(request.actor, row, now=request.now),
        done=reverse("plans:sheet", args=[row.owner_id]),
        said=_("已撤销，任务恢复到导入以前。"),
        submit_label=_("撤销"),
    )
