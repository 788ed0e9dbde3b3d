"""The way in: begin, send chunk after chunk, resume after a break; the last chunk stores the file.

`now` is machine time here: an upload is a lease, not a deed.
"""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from xietong.kit.accounts.actor import Actor
from xietong.kit.files import storage
from xietong.kit.files.blobs import drop_unreferenced, keep
from xietong.kit.files.content import Content, content_of
from xietong.kit.files.limits import DONE_FOR, MEBIBYTE, MOST_BYTES, MOST_OPEN, OPEN_FOR
from xietong.kit.files.models import UPLOAD_ID, Upload
from xietong.kit.files.names import clean_name
from xietong.kit.files.quota import charge
from xietong.kit.files.refusals import Malformed, Moved, NotFinished, QuotaExceeded, TooBig, TooMany
from xietong.kit.media import Unreadable
from xietong.kit.words import said

log = logging.getLogger(__name__)


def begin(actor: Actor, *, name: str, size: int, now: datetime) -> Upload:
    """This function will open an upload and set aside room for it in the county's quota.

    Raises
        Malformed: the file is empty.
        TooBig: the file is larger than one file may be.
        TooMany: the account has too many unfinished uploads.
        QuotaExceeded: the county has no room left.
    """
    check_size(size)
    with transaction.atomic():
        charge(actor.county_id, size)
        unfinished = Upload.objects.filter(own(actor), state=Upload.State.OPEN, expires_at__gt=now)
        if unfinished.count() >= MOST_OPEN:
            raise TooMany(_("您有 %(n)d 个文件还没有传完，请等它们传完或移除后再传。") % {"n": MOST_OPEN})
        return Upload.objects.create(
            account_id=account_of(actor),
            county_id=actor.county_id,
            name=clean_name(name),
            size=size,
            expires_at=now + OPEN_FOR,
        )


def account_of(actor: Actor) -> int:
    if actor.account_id is None:
        msg = "files are handed in by people"
        raise ValueError(msg)
    return actor.account_id


def check_size(size: int) -> None:
    if size <= 0:
        raise Malformed(_("文件是空的，请检查后再上传。"))
    if size > MOST_BYTES:
        raise TooBig(_("文件超过 %(n)d MB，请压缩或拆分后再上传。") % {"n": MOST_BYTES // MEBIBYTE})


def own(actor: Actor) -> Q:
    return Q(account_id=actor.account_id)


def uploaded(actor: Actor, pk: str) -> tuple[str, bytes]:
    """This function will read a finished upload of one's own that hangs on nothing yet: its name and content.

    Raises
        Http404: for this account it does not exist.
        NotFinished: it has not arrived as a whole.
    """
    row = mine(actor, pk)
    if row.blob is None or row.state != Upload.State.DONE:
        raise NotFinished(_("还有附件没有传完，请等上传完成后再提交。"))
    return row.name, storage.blob_path(row.blob.sha256).read_bytes()


def mine(actor: Actor, pk: str, *, hold: bool = False) -> Upload:
    """One's own upload; for everybody else it does not exist."""
    rows = Upload.objects.select_for_update(of=("self",)) if hold else Upload.objects.all()
    known = UPLOAD_ID.fullmatch(pk)
    row = rows.select_related("blob").filter(own(actor), pk=pk).first() if known else None
    if row is None:
        raise Http404
    return row


def receive(actor: Actor, pk: str, *, offset: int, data: bytes, now: datetime) -> Upload:
    """This function will add a chunk, and store the file when it was the last one.

    A finished upload answers as finished, however often its last chunk is sent.

    Raises
        Moved: the chunk begins elsewhere than where the bytes at hand end; nothing was written.
        Malformed: more bytes than were announced; nothing was written.
        DiskFull: no room; the upload can be resumed once there is.
        Unreadable, QuotaExceeded: the file is complete and cannot be kept; the upload has failed.
    """
    with transaction.atomic():
        upload = mine(actor, pk, hold=True)
        if upload.state == Upload.State.OPEN:
            extend(upload, offset, data, now=now)
    return completed(upload, now=now)


def extend(upload: Upload, offset: int, data: bytes, *, now: datetime) -> None:
    at = storage.received(upload.pk)
    if offset != at:
        raise Moved(at)
    if at + len(data) > upload.size:
        raise Malformed(_("收到的内容比文件本身长，请移除后重新上传。"))
    upload.received = storage.append(upload.pk, data, at=at)
    upload.expires_at = now + OPEN_FOR
    upload.save(update_fields=["received", "expires_at"])


def progress(actor: Actor, pk: str, *, now: datetime) -> Upload:
    """This function will tell how far an upload got, and finish one that was cut off after its last byte.

    Raises what `receive` raises for a complete file.
    """
    upload = mine(actor, pk)
    if upload.state == Upload.State.OPEN:
        upload.received = storage.received(pk)
    return completed(upload, now=now)


def completed(upload: Upload, *, now: datetime) -> Upload:
    if upload.state == Upload.State.FAILED:
        raise Malformed(said(upload.message))
    if upload.state == Upload.State.OPEN and upload.received == upload.size:
        return finish(upload, now=now)
    return upload


def finish(upload: Upload, *, now: datetime) -> Upload:
    """This function will store a complete file by its content. The slow part holds no transaction."""
    try:
        data = storage.part_path(upload.pk).read_bytes()
    except FileNotFoundError:  # another request was faster
        return fresh(upload.pk)
    try:
        with storage.room():
            content = content_of(data, name=upload.name)
        with storage.temporary(content.data) as path, transaction.atomic():
            row = still_open(upload)
            if row is not None:
                charge(row.county_id, content.size - row.size)
                row.blob = keep(content, path, now=now)
                settle(row, Upload.State.DONE, name=content.name, expires_at=now + DONE_FOR)
    except (Unreadable, QuotaExceeded) as refusal:
        fail(upload, refusal)
        raise
    storage.discard_part(upload.pk)
    return fresh(upload.pk)


def fresh(pk: str) -> Upload:
    """The row as it is now; gone if it was cancelled while its file was looked at."""
    row = Upload.objects.select_related("blob").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def still_open(upload: Upload) -> Upload | None:
    """The row, held, unless it has been finished or cancelled meanwhile."""
    return Upload.objects.select_for_update().filter(pk=upload.pk, state=Upload.State.OPEN).first()


def settle(row: Upload, state: Upload.State, **values: object) -> None:
    row.state = state
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=["state", "blob", *values])


def fail(upload: Upload, refusal: Unreadable | QuotaExceeded) -> None:
    """This function will close an upload whose file cannot be kept and give its room back."""
    log.info("upload %s refused: %s", upload.pk, getattr(refusal, "detail", "") or refusal)
    with transaction.atomic():
        row = still_open(upload)
        if row is None:
            return
        charge(row.county_id, -row.size)
        settle(row, Upload.State.FAILED, message=refusal.message[:300])
    storage.discard_part(upload.pk)


def cancel(actor: Actor, pk: str) -> None:
    """This function will throw away an upload that is not attached yet."""
    with transaction.atomic():
        remove(mine(actor, pk, hold=True))
    storage.discard_part(pk)


def remove(upload: Upload) -> None:
    """This function will delete a held upload, give its room back and drop its content if it was the last."""
    charge(upload.county_id, -upload.charged)
    upload.delete()
    if upload.blob:
        drop_unreferenced(upload.blob)


def store(actor: Actor, content: Content, *, now: datetime) -> Upload:
    """This function will keep a content that came in one piece, as a finished upload."""
    with storage.temporary(content.data) as path, transaction.atomic():
        charge(actor.county_id, content.size)
        return Upload.objects.create(
            account_id=account_of(actor),
            county_id=actor.county_id,
            name=content.name,
            size=content.size,
            received=content.size,
            state=Upload.State.DONE,
            expires_at=now + DONE_FOR,
            blob=keep(content, path, now=now),
        )
