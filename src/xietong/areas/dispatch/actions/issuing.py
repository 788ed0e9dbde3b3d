"""签发, 编号, 用印, 分发, 归档: what was approved is frozen for good, gets its number and goes out."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.areas.dispatch import access, documents, queries
from xietong.areas.dispatch.actions.freezing import BY, freeze, note
from xietong.areas.dispatch.actions.naming import must_be_listed, tell
from xietong.areas.dispatch.actions.refusals import hold
from xietong.areas.dispatch.models import Document, DocumentKind, DocumentReceipt
from xietong.areas.dispatch.rules.numbering import official_number
from xietong.areas.dispatch.rules.snapshots import Line, Snapshot, Source, unpacked
from xietong.areas.dispatch.rules.states import DocumentDeed, DocumentState
from xietong.areas.orgs import queries as orgs
from xietong.areas.orgs.models import Organisation
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals.models import Approval
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.files.actions import attach, take_posted
from xietong.kit.records.writing import add, change, locked
from xietong.kit.words import for_the_record


class BadNumber(Refused):
    """A number that is not written as official documents write it."""


class NoScan(Refused):
    """Sealing without the scan of what was sealed."""


class NobodyToSend(Refused):
    """A document is sent to at least one unit."""


class Tampered(Refused):
    """What is stored is not what was signed."""


def settle_document(actor: Actor, *, document_id: int, outcome: str, now: datetime) -> Document:
    """This function will follow an approval that has ended: the document is signed, or a draft again.

    Raises
        NotListed: it names a unit that the signer did not tick.
    """
    row = locked(Document(pk=document_id))
    if outcome == Approval.State.AGREED:
        return sign(actor, row, now=now)
    row.namings.filter(is_named=True).update(is_named=False, ticked_by="")
    note(actor, row, DocumentDeed.BACK, now=now)
    return change(actor, row, action="dispatch.document_back", now=now, state=DocumentState.DRAFT.value)


def sign(actor: Actor, row: Document, *, now: datetime) -> Document:
    """What was sent for approval, with the names that were ticked and the day, is frozen for good."""
    sent = queries.frozen_of(row)
    if sent is None:
        raise Tampered(_("送审时的文稿不见了，请退回后重新送审。"))
    snapshot = replace(with_names(row, unpacked(sent.content)), day=day_of(now).isoformat())
    if row.kind == DocumentKind.CIRCULAR:
        must_be_listed(row, snapshot, day_of(now), ticked=True)
    frozen = freeze(row, snapshot, template=sent.template, now=now)
    signed = queries.signer_of(row) or actor.acting_name
    row = change(
        actor,
        row,
        action="dispatch.sign_document",
        now=now,
        state=DocumentState.SIGNED.value,
        year=day_of(now).year,
        signed_by=signed[:BY],
        signed_at=now,
        digest=frozen.digest,
        check_code=queries.code_of(frozen.digest),
    )
    note(actor, row, DocumentDeed.SIGN, now=now)
    return row


def with_names(row: Document, snapshot: Snapshot) -> Snapshot:
    """The list of the units that are named, or no such list."""
    with for_the_record():
        rows = [one for one in queries.namings_of(row) if one.is_named and not one.is_praise]
        lines = [Line(cells_of(one), Source("naming", one.pk, str(one))) for one in rows]
    named = documents.named_lines(lines)
    others = tuple(one for one in snapshot.listings if one.name != named.name)
    sections = snapshot.sections
    if not lines:
        bare = [replace(one, listing="") if one.listing == named.name else one for one in sections]
        sections = tuple(one for one in bare if one.text or one.listing or one.graph)
    return replace(snapshot, sections=sections, listings=(*others, named) if lines else others)


def cells_of(naming: Any) -> tuple[str, ...]:
    return naming.unit.name, naming.matter, naming.text or _("到期没有说明")


def number_document(actor: Actor, document: Document, *, document_no: str = "", now: datetime) -> Document:
    """This function will number a signed document: a bulletin by the system, others as the office system did.

    Raises
        BadNumber: it is not written as numbers of documents are.
        MovedOn: it is not signed, or has been numbered.
        Refused: another document has this number.
    """
    with transaction.atomic():
        locked(orgs.county(document.county_id))  # two who number at once get two numbers
        row = hold(document, access.NUMBER_DOCUMENT)
        values: dict[str, Any] = {"state": DocumentState.NUMBERED.value}
        if row.kind == DocumentKind.BULLETIN:
            values["issue"] = queries.next_issue(row.county_id, row.kind, row.year)
        else:
            values["document_no"] = checked_number(document_no)
        row = change(actor, row, action="dispatch.number_document", now=now, **values)
        with for_the_record():
            note(actor, row, DocumentDeed.NUMBER, said=queries.number_said(row), now=now)
    return row


def checked_number(typed: str) -> str:
    """As it is printed. Raises BadNumber."""
    number = official_number(typed)
    if number is None:
        raise BadNumber(_("文号要写成“机关代字〔年份〕序号号”，如“云教字〔2026〕12号”；序号前不加“第”，不编虚位。"))
    return number


def seal_document(
    actor: Actor, document: Document, *, uploads: Sequence[str] = (), plain: Sequence[Any] = (), now: datetime
) -> Document:
    """This function will hang the scan of the sealed paper on a document: from now on that is what counts.

    Raises
        NoScan: no file.
        MovedOn: it has no number yet, or was sealed or sent.
    """
    ids = [*uploads, *take_posted(actor, plain)]
    if not ids:
        raise NoScan(_("请上传盖章后的扫描件。"))
    with transaction.atomic():
        row = hold(document, access.SEAL_DOCUMENT)
        attach(actor, owner_type=queries.SCANS, owner_id=row.pk, county_id=row.county_id, uploads=ids, now=now)
        row = change(actor, row, action="dispatch.seal_document", now=now, state=DocumentState.SEALED.value)
        note(actor, row, DocumentDeed.SEAL, now=now)
    return row


def send_document(actor: Actor, document: Document, *, units: Collection[Organisation], now: datetime) -> Document:
    """This function will send a document to units, which are told and take note of it.

    Raises
        NobodyToSend: no unit.
        MovedOn: it is not numbered, a circular is not sealed, or it was sent.
        Tampered: it is not what was signed.
    """
    if not units:
        raise NobodyToSend(_("请选择分发的单位。"))
    with transaction.atomic():
        row = hold(document, access.SEND_DOCUMENT)
        must_be_intact(row)
        for unit in units:
            receipt = DocumentReceipt(county_id=row.county_id, document=row, unit=unit)
            add(actor, receipt, action="dispatch.ask_receipt", now=now)
        row = change(
            actor, row, action="dispatch.send_document", now=now, state=DocumentState.SENT.value, sent_at=now
        )
        with for_the_record():
            said = _("%(n)d 个单位") % {"n": len(units)}
        note(actor, row, DocumentDeed.SEND, said=said, now=now)
        tell_of_document(actor, row, [one.pk for one in units], gettext_noop("有新的公文，请签收"), now=now)
    return row


def tell_of_document(actor: Actor, row: Document, units: Collection[int], title: str, *, now: datetime) -> None:
    tell(actor, row, units, title, kind="document", url=queries.document_url(row.pk), now=now)


def must_be_intact(row: Document) -> None:
    """Raises Tampered."""
    frozen = queries.frozen_of(row)
    if frozen is None or not queries.is_intact(row, frozen):
        raise Tampered(_("存储的内容与签发时不一致，不能继续办理；请系统管理员核查审计记录。"))


def receive_document(actor: Actor, receipt: DocumentReceipt, *, now: datetime) -> DocumentReceipt:
    """This function will note that a unit has taken note of a document.

    Raises
        MovedOn: somebody of the unit has done so already.
    """
    with transaction.atomic():
        row = hold(receipt, access.RECEIVE_DOCUMENT)
        return change(actor, row, action="dispatch.receive_document", now=now, at=now, by=actor.acting_name[:BY])


def press_receipts(actor: Actor, document: Document, *, now: datetime) -> int:
    """This function will ask those units once more that have not taken note; their number.

    Raises
        MovedOn: the document was not sent, or is in the archive.
    """
    with transaction.atomic():
        row = hold(document, access.PRESS_DOCUMENT)
        waiting = list(row.receipts.filter(at=None).values_list("unit_id", flat=True))
        tell_of_document(actor, row, waiting, gettext_noop("公文还没有签收，请尽快查看"), now=now)
    return len(waiting)


def file_document(actor: Actor, document: Document, *, archive_no: str = "", now: datetime) -> Document:
    """This function will put a document into the archive.

    Raises
        MovedOn: it was not sent, or is there already.
        Tampered: it is not what was signed.
    """
    with transaction.atomic():
        row = hold(document, access.FILE_DOCUMENT)
        must_be_intact(row)
        values: dict[str, Any] = {"state": DocumentState.FILED.value, "archive_no": archive_no.strip()}
        row = change(actor, row, action="dispatch.file_document", now=now, **values)
        note(actor, row, DocumentDeed.FILE, said=row.archive_no, now=now)
    return row
