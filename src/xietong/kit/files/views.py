"""One action a view. The site mounts them and gives the permission."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from xietong.kit.accounts.request import Request
from xietong.kit.clock.time import machine_now
from xietong.kit.errors import Refused
from xietong.kit.files import serving, uploading
from xietong.kit.files.limits import CHUNK, MOST_CHUNK
from xietong.kit.files.models import Upload
from xietong.kit.files.refusals import DiskFull, Malformed, Moved, TooBig

View = Callable[..., HttpResponse]
DIGITS = re.compile(r"[0-9]{1,15}")
STATUS = {TooBig: 413, DiskFull: 507}


def in_json(view: View) -> View:
    """Refusals as `{"message"}`: these views are called by a script."""

    @wraps(view)
    def spoken(request: Request, *args: Any) -> HttpResponse:
        try:
            return view(request, *args)
        except Http404:
            return JsonResponse({"message": _("没有找到这个上传，请移除后重新选择文件。")}, status=404)
        except Moved as moved:
            return JsonResponse({"offset": moved.offset, "message": str(moved)}, status=409)
        except Refused as refusal:
            return JsonResponse({"message": str(refusal)}, status=STATUS.get(type(refusal), 422))

    return spoken


@in_json
def upload_start(request: Request) -> HttpResponse:
    name, size = request.POST.get("name", ""), whole(request.POST.get("size"))
    upload = uploading.begin(request.actor, name=name, size=size, now=machine_now())
    return JsonResponse({"id": upload.pk, "offset": 0, "chunk": CHUNK}, status=201)


@in_json
def upload(request: Request, pk: str) -> HttpResponse:
    """GET asks how far it got, PUT sends a chunk, DELETE throws it away."""
    if request.method == "DELETE":
        uploading.cancel(request.actor, pk)
        return HttpResponse(status=204)
    if request.method == "PUT":
        offset = whole(request.headers.get("Upload-Offset"))
        data = chunk(request)
        return told(uploading.receive(request.actor, pk, offset=offset, data=data, now=machine_now()))
    return told(uploading.progress(request.actor, pk, now=machine_now()))


def file(request: Request, pk: int) -> HttpResponseBase:
    response = serving.serve(request.actor, pk, download="download" in request.GET)
    return revalidated(request, response)


def thumbnail(request: Request, pk: int) -> HttpResponseBase:
    return revalidated(request, serving.thumbnail(request.actor, pk))


def whole(text: str | None) -> int:
    if text is None or not DIGITS.fullmatch(text):
        raise Malformed(_("上传请求不完整，请刷新页面后重试。"))
    return int(text)


def chunk(request: Request) -> bytes:
    """The body, read in one go: it is small, and no lock is held while a slow phone sends it."""
    try:
        data: bytes = request.read(MOST_CHUNK + 1)
    except UnreadablePostError as error:
        raise Malformed(_("网络中断，请重试。")) from error
    if len(data) > MOST_CHUNK:
        raise TooBig(_("一次发送的内容过大，请刷新页面后重试。"))
    return data


def told(upload: Upload) -> JsonResponse:
    if upload.blob is None:
        return JsonResponse({"offset": upload.received})
    blob = upload.blob
    said = {"done": True, "offset": upload.size, "name": upload.name, "size": blob.size, "kind": blob.kind}
    return JsonResponse(said)


def revalidated(request: Request, response: Any) -> HttpResponseBase:
    """304 for a browser that has the file already, under the same policy as the file itself."""
    answer: Any = get_conditional_response(request, etag=response["ETag"], response=response)
    if answer is not response:
        response.file_to_stream.close()
        answer[serving.POLICY] = response[serving.POLICY]
    found: HttpResponseBase = answer
    return found
