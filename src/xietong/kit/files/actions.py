"""Writes: hanging files on a row of an area."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import machine_now
from xietong.kit.files import storage
from xietong.kit.files.content import content_of
from xietong.kit.files.models import UPLOAD_ID, Attachment, Upload
from xietong.kit.files.names import clean_name
from xietong.kit.files.owners import OWNERS
from xietong.kit.files.quota import charge
from xietong.kit.files.refusals import NotFinished
from xietong.kit.files.uploading import check_size, own, store
from xietong.kit.records.writing import add


def attach(
    actor: Actor,
    *,
    owner_type: str,
    owner_id: int,
    county_id: int | None,
    uploads: Sequence[str],
    plain: Sequence["UploadedFile[Any]"] = (),
    now: datetime,
    note: str = "",
    has_pupils: bool = False,
) -> list[Attachment]:
    """This function will hang finished uploads and posted files on a row, in the caller's transaction.

    Large posted pictures take seconds to redraw: a form that expects them turns them into uploads
    with `take_posted` before it opens its transaction.

    Raises
        NotFinished: an upload is not this account's, not finished, or already used; nothing is attached.
        Unreadable, TooBig, QuotaExceeded, DiskFull: a posted file cannot be kept; nothing is attached.
    """
    if owner_type not in OWNERS:
        msg = f"nobody could open files of {owner_type}: it is not registered"
        raise LookupError(msg)
    with transaction.atomic():
        ids = [*uploads, *take_posted(actor, plain)]
        found = finished(actor, list(dict.fromkeys(ids)))
        move_charges(found, county_id)
        rows = [
            add(
                actor,
                Attachment(
                    blob=upload.blob,
                    name=upload.name,
                    county_id=county_id,
                    owner_type=owner_type,
                    owner_id=owner_id,
                    uploaded_by=upload.account_id,
                    at=now,
                    note=note,
                    has_pupils=has_pupils,
                ),
                action="files.attach",
                now=now,
            )
            for upload in found
        ]
        Upload.objects.filter(pk__in=[upload.pk for upload in found]).delete()
    return rows


def give_over(owner_type: str, owner_id: int, to_type: str, to_id: int) -> None:
    """This function will hang the files of a row on another that takes its place, in the caller's transaction."""
    Attachment.objects.filter(owner_type=owner_type, owner_id=owner_id).update(owner_type=to_type, owner_id=to_id)


def take_posted(actor: Actor, files: Sequence["UploadedFile[Any]"]) -> list[str]:
    """This function will keep files of a form sent without scripts, as finished uploads; returns their ids.

    Raises
        Unreadable, Malformed, TooBig, QuotaExceeded, DiskFull: a file cannot be kept.
    """
    return [take_one(actor, file) for file in files]


def take_one(actor: Actor, file: "UploadedFile[Any]") -> str:
    check_size(file.size or 0)
    with storage.room():
        content = content_of(file.read(), name=clean_name(file.name or ""))
    return store(actor, content, now=machine_now()).pk


def finished(actor: Actor, ids: list[str]) -> list[Upload]:
    """The uploads in the order given, each held until the transaction ends."""
    known = [pk for pk in ids if UPLOAD_ID.fullmatch(pk)]
    rows = Upload.objects.select_for_update(of=("self",)).select_related("blob").order_by("pk")
    found = {row.pk: row for row in rows.filter(own(actor), pk__in=known)}
    if any(row.state == Upload.State.OPEN for row in found.values()):
        raise NotFinished(_("还有附件没有传完，请等上传完成后再提交。"))
    if any(pk not in found or found[pk].state != Upload.State.DONE for pk in ids):
        raise NotFinished(_("有附件已失效或已经用过，请移除后重新上传。"))
    return [found[pk] for pk in ids]


def move_charges(uploads: list[Upload], county_id: int | None) -> None:
    """A university's file that hangs on a county's row counts there."""
    moved: dict[int | None, int] = {}
    for upload in uploads:
        if upload.county_id != county_id:
            moved[county_id] = moved.get(county_id, 0) + upload.charged
            moved[upload.county_id] = moved.get(upload.county_id, 0) - upload.charged
    # In one order for everybody, so that no two wait for each other.
    for pool in sorted(moved, key=lambda pool: pool or 0):
        charge(pool, moved[pool])
