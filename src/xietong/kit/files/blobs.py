"""Contents in table and store. Both change under the lock of the content's row, so they do not part."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from xietong.kit.files import storage
from xietong.kit.files.content import Content
from xietong.kit.files.models import Blob


def keep(content: Content, temporary: Path, *, now: datetime) -> Blob:
    """This function will put a content into the store, in the caller's transaction, unless it is there."""
    blob, _created = Blob.objects.select_for_update().get_or_create(
        sha256=content.sha256,
        defaults={
            "size": content.size,
            "content_type": content.content_type,
            "width": content.width,
            "height": content.height,
            "stored_at": now,
        },
    )
    storage.publish(temporary, storage.blob_path(blob.sha256))
    return blob


def drop_unreferenced(blob: Blob) -> bool:
    """This function will remove a content that nothing refers to any more; tells whether it did."""
    with transaction.atomic():
        row = Blob.objects.select_for_update().filter(pk=blob.pk).first()
        if row is None or row.attachments.exists() or row.uploads.exists():
            return False
        storage.discard_blob(row.sha256)
        row.delete()
    return True
