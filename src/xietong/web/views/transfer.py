"""Messages, files and downloads: the plumbing's views with the permission of the site."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from xietong.kit.accounts.request import Request
from xietong.kit.files import views as files
from xietong.kit.jobs import views as jobs
from xietong.kit.notices import views as notices
from xietong.kit.pages.page import page
from xietong.web.access import MY_ACCOUNT


@page(MY_ACCOUNT)
def inbox(request: Request) -> HttpResponse:
    return notices.inbox(request)


@page(MY_ACCOUNT, methods=("POST",))
def inbox_read_all(request: Request) -> HttpResponse:
    return notices.read_all(request)


@page(MY_ACCOUNT)
def inbox_open(request: Request, pk: int) -> HttpResponse:
    return notices.open_notice(request, pk)


@page(MY_ACCOUNT)
def downloads(request: Request) -> HttpResponse:
    return jobs.downloads(request)


@page(MY_ACCOUNT)
def download_result(request: Request, pk: int) -> HttpResponseBase:
    return jobs.result(request, pk)


@page(MY_ACCOUNT, methods=("POST",))
def download_cancel(request: Request, pk: int) -> HttpResponse:
    return jobs.own_cancel(request, pk)


@page(MY_ACCOUNT, methods=("POST",))
def download_retry(request: Request, pk: int) -> HttpResponse:
    return jobs.own_retry(request, pk)


@page(MY_ACCOUNT, methods=("POST",))
def upload_start(request: Request) -> HttpResponse:
    return files.upload_start(request)


@page(MY_ACCOUNT, methods=("GET", "PUT", "DELETE"))
def upload(request: Request, pk: str) -> HttpResponse:
    return files.upload(request, pk)


@page(MY_ACCOUNT)
def file(request: Request, pk: int) -> HttpResponseBase:
    return files.file(request, pk)


@page(MY_ACCOUNT)
def thumbnail(request: Request, pk: int) -> HttpResponseBase:
    return files.thumbnail(request, pk)
