"""Building projects and their evidence."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.places import access, actions, forms, queries, tables
from xietong.kit.access.permissions import may
from xietong.kit.accounts.request import Request
from xietong.kit.files.queries import attachments
from xietong.kit.forms.answer import ask, bound, files_sent
from xietong.kit.pages.page import page
from xietong.kit.tables.answer import answer
from xietong.kit.tables.declare import Tool


@page(access.VIEW_PROJECT)
def projects(request: Request) -> HttpResponseBase:
    add = Tool(_("登记项目"), reverse("places:project_add"), "plus", primary=True)
    tools = [add] if access.ADD_PROJECT.held_by(request.actor) else []
    return answer(request, tables.ProjectTable(), queries.projects(request.actor), toolbar=tools)


@page(access.VIEW_PROJECT)
def project(request: Request, pk: int) -> HttpResponse:
    row = queries.project(request.actor, pk)
    context = {
        "row": row,
        "files": attachments(access.PROJECT_OWNER, [row.pk])[row.pk],
        "may_keep": may(request.actor, access.KEEP_PROJECT, row),
        "may_add": access.ADD_PROJECT.held_by(request.actor),
        "title": row.name,
        "crumbs": crumbs((row.name, None)),
    }
    return render(request, "places/project.html", context)


def crumbs(*more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(_("建设项目"), reverse("places:projects")), *more]


def here(row: Any) -> str:
    return reverse("places:project", args=[row.pk])


@page(access.ADD_PROJECT, methods=("GET", "POST"))
def project_add(request: Request) -> HttpResponse:
    return ask(
        request,
        bound(forms.ProjectForm, request, request.actor, request.today),
        title=_("登记建设项目"),
        save=lambda **fields: actions.add_project(request.actor, now=request.now, **fields),
        done=here,
        said=_("已登记。"),
        back_url=reverse("places:projects"),
        crumbs=crumbs((_("登记"), None)),
    )


@page(access.KEEP_PROJECT, methods=("GET", "POST"))
def project_change(request: Request, pk: int) -> HttpResponse:
    row = queries.project_to_keep(request.actor, pk)
    return ask(
        request,
        bound(forms.ProjectChangeForm, request, request.actor, request.today, row=row),
        title=_("修改建设项目"),
        save=lambda **fields: actions.change_project(request.actor, row, now=request.now, **fields),
        done=here(row),
        said=_("已保存。"),
        crumbs=crumbs((row.name, here(row)), (_("修改"), None)),
    )


@page(access.KEEP_PROJECT, methods=("GET", "POST"))
def project_deliver(request: Request, pk: int) -> HttpResponse:
    row = queries.project_to_keep(request.actor, pk)

    def save(**fields: Any) -> object:
        return actions.deliver_project(request.actor, row, **files_sent(request), now=request.now, **fields)

    return ask(
        request,
        bound(forms.DeliveryForm, request, delivered_on=request.today),
        title=_("交付项目"),
        save=save,
        done=here(row),
        said=_("已记为交付，新增学位已计入。"),
        template="places/with_files.html",
        submit_label=_("记为交付"),
        subject=row,
        multipart=True,
        crumbs=crumbs((row.name, here(row)), (_("交付"), None)),
    )


@page(access.KEEP_PROJECT, methods=("GET", "POST"))
def project_cancel(request: Request, pk: int) -> HttpResponse:
    row = queries.project_to_keep(request.actor, pk)
    return ask(
        request,
        bound(forms.ReasonForm, request),
        title=_("取消项目"),
        save=lambda **fields: actions.cancel_project(request.actor, row, now=request.now, **fields),
        done=here(row),
        said=_("已取消，不再计入预测。"),
        submit_label=_("取消项目"),
        subject=row,
        crumbs=crumbs((row.name, here(row)), (_("取消项目"), None)),
    )


@page(access.ADD_PROJECT, methods=("GET", "POST"))
def project_evidence(request: Request, pk: int) -> HttpResponse:
    row = queries.project_to_extend(request.actor, pk)
    return ask(
        request,
        bound(forms.EvidenceForm, request),
        title=_("附佐证"),
        save=lambda: actions.add_evidence(request.actor, row, **files_sent(request), now=request.now),
        done=here(row),
        said=_("已附上。"),
        template="places/with_files.html",
        submit_label=_("附上"),
        subject=row,
        multipart=True,
        crumbs=crumbs((row.name, here(row)), (_("附佐证"), None)),
    )
