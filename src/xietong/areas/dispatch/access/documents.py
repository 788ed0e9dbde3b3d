"""Rights to bulletins, circulars and minutes as documents: drafting, signing, numbering, sending, taking note."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.dispatch.models import (
    SIGNED_STATES,
    Document,
    DocumentKind,
    DocumentReceipt,
    Letterhead,
    Naming,
)
from xietong.areas.dispatch.rules.states import ISSUED, OUT, DocumentState
from xietong.areas.orgs.access import COUNTY_STAFF, OBSERVERS, OFFICE, own_county, reached_counties, to
from xietong.areas.orgs.models import Role
from xietong.areas.plans.access import DOERS, our_unit
from xietong.kit.access.permissions import Permission, Scope
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals.models import Approval, Stage
from xietong.kit.approvals.queries import took_part, waits_for

# Under which each kind goes on its route of approval.
FORMS = {kind.value: f"dispatch.{kind.value}" for kind in DocumentKind}
READERS = tuple(role for role in COUNTY_STAFF if role not in {Role.OFFICE, Role.MEMBER_UNIT})
SIGNERS = COUNTY_STAFF


def sent_to_us(actor: Actor) -> Q:
    """Documents that were sent to one's unit."""
    sent = DocumentReceipt.objects.filter(our_unit(actor)).values("document_id")
    return reached_counties(actor) & Q(pk__in=sent, state__in=sorted(OUT))


def to_sign(actor: Actor) -> Q:
    """Documents on whose route of approval one has a step."""
    asked = Approval.objects.filter(took_part(actor), form__in=FORMS.values())
    return reached_counties(actor) & Q(pk__in=asked.values("owner_id"))


def issued_here(actor: Actor) -> Q:
    return own_county(actor) & Q(state__in=SIGNED_STATES)


def gone_out(actor: Actor) -> Q:
    """What counties have issued, as far as an observer reaches."""
    return reached_counties(actor) & Q(state__in=sorted(OUT))


def either(*scopes: Scope) -> Scope:
    def scope(actor: Actor) -> Q:
        rows = Q(pk__in=[])
        for one in scopes:
            rows |= one(actor)
        return rows

    return scope


def last_step_is_ours(actor: Actor) -> Q:
    """Documents whose last step of approval is open and waits for the actor: he is about to sign."""
    rows = Approval.objects.filter(form__in=FORMS.values(), state=Approval.State.RUNNING)
    more = Stage.objects.filter(state=Stage.State.WAITING).values("approval_id")
    mine = Stage.objects.filter(waits_for(actor), state=Stage.State.OPEN).values("approval_id")
    return reached_counties(actor) & Q(pk__in=rows.filter(pk__in=mine).exclude(pk__in=more).values("owner_id"))


def not_draft(row: Document) -> str | None:
    """Why the words of a document cannot be changed."""
    if row.state == DocumentState.DRAFT.value:
        return None
    return _("只有拟稿中的公文可以修改，现在是“%(state)s”。") % {"state": row.get_state_display()}


def not_approving(row: Document) -> str | None:
    return None if row.state == DocumentState.APPROVING.value else _("公文没有在审签中。")


def not_to_number(row: Document) -> str | None:
    return None if row.state == DocumentState.SIGNED.value else _("签发以后、用印以前才能编号。")


def not_to_seal(row: Document) -> str | None:
    return None if row.state == DocumentState.NUMBERED.value else _("编号以后、分发以前才能用印。")


def not_to_send(row: Document) -> str | None:
    """A circular goes out under its seal; a bulletin and minutes bear none."""
    if row.state == DocumentState.NUMBERED.value and row.kind == DocumentKind.CIRCULAR:
        return _("通报要先用印，挂上盖章扫描件，再分发。")
    if row.state in {DocumentState.NUMBERED.value, DocumentState.SEALED.value}:
        return None
    return _("编号（通报用印）以后才能分发，而且只分发一次。")


def not_to_file(row: Document) -> str | None:
    return None if row.state == DocumentState.SENT.value else _("分发以后才能归档。")


def not_to_drop(row: Document) -> str | None:
    """A signed document is not dropped: another one takes its place."""
    if row.state in {DocumentState.DRAFT.value, DocumentState.DROPPED.value}:
        return None if row.state == DocumentState.DRAFT.value else _("已经作废。")
    return _("已经签发的公文不能作废，请另发更正。") if row.state in ISSUED else _("审签中的公文要先退回。")


def not_sent(row: Document) -> str | None:
    return None if row.state == DocumentState.SENT.value else _("公文没有分发，或者已经归档。")


def not_to_explain(row: Naming) -> str | None:
    if row.asked_at is None:
        return _("还没有征求说明。")
    return None if row.document.state == DocumentState.DRAFT.value else _("公文已经送审，不能再说明。")


def received(row: DocumentReceipt) -> str | None:
    return _("已经签收过了。") if row.at else None


INSIDE = {**to(READERS, either(issued_here, to_sign, sent_to_us)), **OFFICE}
VIEW_DOCUMENT = Permission(
    "dispatch.view_document",
    Document,
    {
        **to(DOERS, sent_to_us),
        Role.MEMBER_UNIT.value: either(sent_to_us, to_sign),
        **to(OBSERVERS, gone_out),
        **INSIDE,
    },
    gettext_lazy("查看简报、通报、纪要"),
)
OPEN_DOCUMENT = Permission("dispatch.open_document", Document, INSIDE, gettext_lazy("查看公文数字的来源"))
DRAFT_DOCUMENT = Permission("dispatch.draft_document", Document, OFFICE, gettext_lazy("拟稿"))
CHANGE_DOCUMENT = Permission(
    "dispatch.change_document", Document, OFFICE, gettext_lazy("修改文稿、送审"), unless=not_draft
)
DROP_DOCUMENT = Permission("dispatch.drop_document", Document, OFFICE, gettext_lazy("作废文稿"), unless=not_to_drop)
NUMBER_DOCUMENT = Permission("dispatch.number_document", Document, OFFICE, gettext_lazy("编号"), unless=not_to_number)
SEAL_DOCUMENT = Permission("dispatch.seal_document", Document, OFFICE, gettext_lazy("用印"), unless=not_to_seal)
SEND_DOCUMENT = Permission("dispatch.send_document", Document, OFFICE, gettext_lazy("分发"), unless=not_to_send)
PRESS_DOCUMENT = Permission("dispatch.press_document", Document, OFFICE, gettext_lazy("催签收"), unless=not_sent)
FILE_DOCUMENT = Permission("dispatch.file_document", Document, OFFICE, gettext_lazy("归档"), unless=not_to_file)
TICK_NAMES = Permission(
    "dispatch.tick_names",
    Document,
    to(SIGNERS, last_step_is_ours),
    gettext_lazy("签发时核定点名的单位"),
    unless=not_approving,
)
EXPLAIN_NAMING = Permission(
    "dispatch.explain_naming",
    Naming,
    to(DOERS, our_unit),
    gettext_lazy("对拟点名事项作说明"),
    unless=not_to_explain,
)
RECEIVE_DOCUMENT = Permission(
    "dispatch.receive_document",
    DocumentReceipt,
    to(DOERS, our_unit),
    gettext_lazy("签收公文"),
    unless=received,
)
SET_LETTERHEAD = Permission("dispatch.set_letterhead", Letterhead, OFFICE, gettext_lazy("设置文头和模板"))
