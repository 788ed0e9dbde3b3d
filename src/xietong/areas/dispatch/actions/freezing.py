"""A document is frozen with the template of the day, and its course is noted."""

import hashlib
from datetime import datetime

from xietong.areas.dispatch import documents
from xietong.areas.dispatch.models import Document, DocumentStep, Frozen, Template
from xietong.areas.dispatch.rules.snapshots import Snapshot, digest, packed
from xietong.areas.dispatch.rules.states import DocumentDeed
from xietong.kit.accounts.actor import Actor

BY = 120  # characters of a name in a record


def freeze(row: Document, snapshot: Snapshot, *, template: Template | None = None, now: datetime) -> Frozen:
    """This function will keep what a document says now, and its template: that in force, if no other is given."""
    content = packed(snapshot)
    return Frozen.objects.create(
        county_id=row.county_id,
        document=row,
        at=now,
        content=content,
        digest=digest(content),
        template=template or kept_once(row.county_id, documents.template_in_force(row)),
    )


def kept_once(county_id: int, content: bytes) -> Template:
    found, _is_new = Template.objects.get_or_create(
        county_id=county_id, sha256=hashlib.sha256(content).hexdigest(), defaults={"content": content}
    )
    return found


def note(actor: Actor, row: Document, deed: DocumentDeed, *, said: str = "", now: datetime) -> None:
    """One line of the course of a document."""
    DocumentStep.objects.create(
        county_id=row.county_id,
        document=row,
        at=now,
        action=deed.value,
        who=actor.acting_name[:BY],
        org_name=actor.org_name[:BY],
        note=said[:500],
    )
