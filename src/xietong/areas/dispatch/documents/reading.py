"""How a document reads: a draft with the figures of today, others as they were frozen; and what differs from what."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from xietong.areas.dispatch import queries
from xietong.areas.dispatch.documents.letterheads import default_head
from xietong.areas.dispatch.documents.meeting import material_of_meeting
from xietong.areas.dispatch.documents.month import material_of_month
from xietong.areas.dispatch.documents.official import Outside, made, standard
from xietong.areas.dispatch.documents.wording import Material
from xietong.areas.dispatch.models import SIGNED_STATES, Document, DocumentSection, Frozen
from xietong.areas.dispatch.rules.snapshots import (
    Difference,
    Section,
    Snapshot,
    Source,
    digest,
    figures_changed,
    lines_changed,
    packed,
    unpacked,
)
from xietong.areas.dispatch.rules.states import DocumentState
from xietong.kit.words import for_the_record

UNFROZEN = frozenset({DocumentState.DRAFT.value, DocumentState.DROPPED.value})


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as it reads. `moved` are figures that are not what they were when it was sent for approval.

    `figures` and `lists` are what differs from the one before it; not `intact` is what was changed once signed.
    """

    snapshot: Snapshot
    frozen: Frozen | None
    moved: tuple[Difference, ...]
    before: Document | None
    figures: tuple[Difference, ...]
    lists: tuple[tuple[str, tuple[Difference, ...]], ...]
    intact: bool


def material_of(row: Document, today: date) -> Material:
    """What there is to say today."""
    if row.meeting:
        return material_of_meeting(row.meeting)
    if row.cycle is None:
        raise ValueError(f"document {row.pk} is about nothing")
    return material_of_month(row.kind, row.cycle, today)


def as_it_stands(row: Document, today: date) -> Snapshot:
    """This function will put the words of a draft and the figures of today into a snapshot."""
    material = material_of(row, today)
    return Snapshot(
        title=row.title,
        day=today.isoformat(),
        head=head_of(row),
        sections=tuple(section(one) for one in queries.sections_of_document(row)),
        figures=material.figures,
        listings=material.listings,
        graphs=material.graphs,
        rolls=material.rolls,
    )


def section(row: DocumentSection) -> Section:
    return Section(
        row.heading,
        row.text,
        row.listing if row.has_listing else "",
        row.graph if row.has_graph else "",
        tuple(Source(**one) for one in row.sources),
    )


def head_of(row: Document) -> dict[str, str]:
    kept = queries.letterhead_of(row.county_id, row.kind)
    places = default_head(row.kind, row.county)
    return {name: getattr(kept, name) for name in places} if kept else places


def frozen_in_force(row: Document) -> Frozen | None:
    """What it was frozen as; a draft is not, also if it was sent and came back."""
    return None if row.state in UNFROZEN else queries.frozen_of(row)


def snapshot_of(row: Document, today: date) -> Snapshot:
    """This function will read a document: as it was frozen, a draft with the figures of today."""
    frozen = frozen_in_force(row)
    return unpacked(frozen.content) if frozen else as_it_stands(row, today)


def read(row: Document, today: date) -> Reading:
    """This function will read a document and compare it with the one before it."""
    frozen = frozen_in_force(row)
    snapshot = unpacked(frozen.content) if frozen else as_it_stands(row, today)
    before = queries.previous(row)
    last = queries.frozen_of(before) if before else None
    earlier = unpacked(last.content) if last else None
    return Reading(
        snapshot,
        frozen,
        moved(row, snapshot, today),
        before,
        tuple(figures_changed(earlier, snapshot)) if earlier else (),
        tuple(lists_changed(earlier, snapshot)) if earlier else (),
        not (frozen and row.digest) or queries.is_intact(row, frozen),
    )


def moved(row: Document, snapshot: Snapshot, today: date) -> tuple[Difference, ...]:
    """Whoever is about to sign sees which figures have moved on since."""
    if row.state != DocumentState.APPROVING.value:
        return ()
    now = replace(snapshot, figures=material_of(row, today).figures)
    return tuple(figures_changed(snapshot, now))


def lists_changed(before: Snapshot, after: Snapshot) -> list[tuple[str, tuple[Difference, ...]]]:
    """The lists that both documents print."""
    printed = {one.listing for one in after.sections} & {one.listing for one in before.sections}
    found = []
    for one in after.listings:
        old = before.listing(one.name)
        if one.name in printed and old and (lines := tuple(lines_changed(old, one))):
            found.append((one.name, lines))
    return found


def written(row: Document, today: date) -> bytes:
    """This function will make the .docx of a document; the same version always makes the same bytes.

    Raises
        Unreadable: its template cannot be used.
    """
    frozen = frozen_in_force(row)
    if frozen:
        snapshot, template = unpacked(frozen.content), bytes(frozen.template.content)
        code = queries.code_of(frozen.digest)
    else:
        snapshot, template = as_it_stands(row, today), template_in_force(row)
        code = queries.code_of(digest(packed(snapshot)))
    with for_the_record():
        outside = Outside(number=queries.number_said(row), check_code=code, watermark=watermark(row))
    return made(row.kind, snapshot, outside, template)


def template_in_force(row: Document) -> bytes:
    """The county's own template of a kind, or the one that is shipped."""
    kept = queries.letterhead_of(row.county_id, row.kind)
    return bytes(kept.template.content) if kept and kept.template else standard(row.kind)


def watermark(row: Document) -> str:
    """An invented county says so on every page, and a draft that it is one."""
    if row.county.is_fictional:
        return _("演示")
    return "" if row.state in SIGNED_STATES else _("审签稿")
