"""Reads: the files of a list of rows."""

from collections.abc import Iterable

from xietong.kit.files.models import Attachment


def attachments(owner_type: str, owner_ids: Iterable[int]) -> dict[int, list[Attachment]]:
    """The files of each owner in the order in which they came, in one query; an empty list for none."""
    found: dict[int, list[Attachment]] = {owner_id: [] for owner_id in owner_ids}
    rows = Attachment.objects.filter(owner_type=owner_type, owner_id__in=list(found))
    for row in rows.select_related("blob").order_by("pk"):
        found[row.owner_id].append(row)
    return found
