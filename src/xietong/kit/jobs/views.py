"""One query or one action a view. The site mounts them and gives the permission."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xietong.kit.accounts.request import Request
from xietong.kit.jobs import actions, queries
from xietong.kit.pages.page import is_fragment


def downloads(request: Request) -> HttpResponse:
    found = queries.downloads(request.actor)
    context = {"title": _("下载中心"), "downloads": found, "crumbs": [(_("下载中心"), None)]}
    return render(request, "jobs/list.html" if is_fragment(request, "jobs") else "jobs/downloads.html", context)


def result(request: Request, pk: int) -> HttpResponseBase:
    path = queries.result_path(request.actor, pk)
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)


def own_retry(request: Request, pk: int) -> HttpResponse:
    actions.retry(request.actor, queries.own_job(request.actor, pk), now=request.now)
    messages.success(request, _("任务已重新排队。"))
    return redirect("downloads")


def own_cancel(request: Request, pk: int) -> HttpResponse:
    actions.cancel(request.actor, queries.own_job(request.actor, pk), now=request.now)
    messages.success(request, _("任务已取消。"))
    return redirect("downloads")


def queue(request: Request) -> HttpResponse:
    context = {"title": _("任务队列"), "queue": queries.queue(request.actor), "crumbs": [(_("任务队列"), None)]}
    return render(request, "jobs/queue.html", context)


def retry(request: Request, pk: int) -> HttpResponse:
    actions.retry(request.actor, queries.failed_job(request.actor, pk), now=request.now)
    messages.success(request, _("任务已重新排队。"))
    return redirect("queue")
