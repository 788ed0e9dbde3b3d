"""The way out: a file is seen by whoever may see the row it hangs on, and does nothing but be seen."""

from pathlib import Path

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from xietong.kit.access.permissions import fetch
from xietong.kit.accounts.actor import Actor
from xietong.kit.files import storage
from xietong.kit.files.models import PDF, Attachment
from xietong.kit.files.owners import OWNERS
from xietong.kit.files.refusals import FileMissing, Withdrawn
from xietong.kit.media import thumbnail_safely

POLICY = "Content-Security-Policy"
# Without a script, a form or an origin of its own, whatever the file says.
SANDBOXED = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
# Older Chromium shows nothing of a sandboxed PDF; its viewer runs apart from our origin anyway.
SEEN_BY_VIEWER = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"


def serve(actor: Actor, pk: int, *, download: bool) -> FileResponse:
    """This function will answer with a file: pictures and PDF in the page if asked for, all else to be saved.

    Raises
        Http404: the file does not exist for this actor.
        Withdrawn: it does, and was withdrawn.
        FileMissing: it does, but not in the store.
    """
    found = attachment(actor, pk)
    inline = found.is_shown_in_browser and not download
    return answer(found, storage.blob_path(found.blob.sha256), inline=inline)


def thumbnail(actor: Actor, pk: int) -> FileResponse:
    """This function will answer with a small copy of a picture, made on first sight.

    Raises
        Http404: it does not exist for this actor, or is no picture.
        Withdrawn: the picture was withdrawn.
        FileMissing: the picture is not in the store.
    """
    found = attachment(actor, pk)
    if not found.is_picture:
        raise Http404
    path = storage.thumbnail_path(found.blob.sha256)
    if not path.exists():
        make_thumbnail(found, path)
    return answer(found, path, inline=True)


def attachment(actor: Actor, pk: int) -> Attachment:
    found = Attachment.objects.select_related("blob").filter(pk=pk).first()
    if found is None or found.owner_type not in OWNERS:
        raise Http404
    fetch(actor, OWNERS[found.owner_type], found.owner_id)
    if found.withdrawn_at is not None:
        raise Withdrawn(_("这个文件已由提交单位撤回，不再提供查看。原因：%(why)s") % {"why": found.withdrawn_reason})
    return found


def make_thumbnail(found: Attachment, path: Path) -> None:
    try:
        source = storage.blob_path(found.blob.sha256).read_bytes()
    except FileNotFoundError as error:
        raise missing() from error
    with storage.room():
        picture = thumbnail_safely(source)
    with storage.temporary(picture.data) as temporary:
        storage.publish(temporary, path)


def answer(found: Attachment, path: Path, *, inline: bool) -> FileResponse:
    """A kept picture and its small copy are of the same type: JPEG stays JPEG, PNG stays PNG."""
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise missing() from error
    response = FileResponse(file, as_attachment=not inline, filename=found.name, content_type=found.blob.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = f'"{path.name}"'
    is_viewed = inline and found.blob.content_type == PDF
    response[POLICY] = SEEN_BY_VIEWER if is_viewed else SANDBOXED
    return response


def missing() -> FileMissing:
    return FileMissing(_("文件不在存储中，可能未随备份恢复。请联系系统管理员。"))
