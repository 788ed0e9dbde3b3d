"""Who sees, prepares, comments on and takes note of texts of rules."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.mechanisms.models import Edition, Mechanism, Opinion, Receipt
from xietong.areas.mechanisms.rules import PREPARED, EditionState
from xietong.areas.orgs.access import (
    COUNTY_STAFF,
    OFFICE,
    SCHOOL_STAFF,
    UNIVERSITY_STAFF,
    reached_counties,
    to,
)
from xietong.areas.orgs.models import Role
from xietong.kit.access.permissions import Permission
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals.models import Approval
from xietong.kit.approvals.queries import took_part

EDITION_FORM = "mechanisms.edition"  # under which an edition goes on its route of approval

# Who speaks for a unit that is asked, and takes note for it.
SPEAKERS = (
    Role.SCHOOL_HEAD,
    Role.SCHOOL_LIAISON,
    Role.LEAD_SCHOOL,
    Role.DEVELOPMENT_CENTRE,
    Role.MEMBER_UNIT,
    Role.SECTION_CLERK,
    Role.SECTION_HEAD,
    Role.UNIVERSITY_COORDINATOR,
)
READERS = tuple(role for role in (*COUNTY_STAFF, *SCHOOL_STAFF, *UNIVERSITY_STAFF) if role != Role.OFFICE)


def shown_to_us(actor: Actor) -> Q:
    """What is enacted, and drafts on which one's unit was asked or that one has to sign."""
    asked = Opinion.objects.filter(unit_id__in=actor.orgs).values("edition_id")
    signed = Approval.objects.filter(took_part(actor), form=EDITION_FORM).values("owner_id")
    seen = Q(state=EditionState.ENACTED.value) | Q(pk__in=asked) | Q(pk__in=signed)
    return reached_counties(actor) & seen


def with_editions_for_us(actor: Actor) -> Q:
    seen = Edition.objects.filter(shown_to_us(actor)).values("mechanism_id")
    return reached_counties(actor) & Q(pk__in=seen)


def our_unit(actor: Actor) -> Q:
    return reached_counties(actor) & Q(unit_id__in=actor.orgs)


def not_draft(row: Edition) -> str | None:
    """Why the words of an edition cannot be changed."""
    return None if row.state == EditionState.DRAFT.value else _("只有起草中的文本可以修改。")


def not_consulting(row: Edition) -> str | None:
    return None if row.state == EditionState.CONSULTING.value else _("现在没有在征求意见。")


def not_approved(row: Edition) -> str | None:
    return None if row.state == EditionState.APPROVED.value else _("审批通过后才能印发。")


def not_enacted(row: Edition) -> str | None:
    if row.state != EditionState.ENACTED.value:
        return _("还没有印发。")
    return _("已经写明失效日期。") if row.in_force_to else None


def round_over(row: Opinion) -> str | None:
    """Why nothing can be said any more: no round is open, or another than this was asked in."""
    return not_consulting(row.edition) or (None if row.round == row.edition.round else _("这一轮征求意见已经结束。"))


def in_preparation(row: Mechanism) -> str | None:
    """Why no further edition can be begun."""
    if row.editions.filter(state__in=sorted(PREPARED)).exists():
        return _("已经有一个版本在起草或办理中。")
    return None


def received(row: Receipt) -> str | None:
    return _("已经签收过了。") if row.at else None


VIEW_MECHANISM = Permission(
    "mechanisms.view",
    Mechanism,
    {**to(READERS, with_editions_for_us), **OFFICE},
    gettext_lazy("查看配套制度"),
)
VIEW_EDITION = Permission(
    "mechanisms.view_edition", Edition, {**to(READERS, shown_to_us), **OFFICE}, gettext_lazy("查看制度文本")
)
CHANGE_MECHANISM = Permission("mechanisms.change", Mechanism, OFFICE, gettext_lazy("登记、修改配套制度"))
BEGIN_EDITION = Permission(
    "mechanisms.begin_edition", Mechanism, OFFICE, gettext_lazy("起草制度文本"), unless=in_preparation
)
CHANGE_EDITION = Permission(
    "mechanisms.change_edition", Edition, OFFICE, gettext_lazy("修改制度草稿、征求意见、送审"), unless=not_draft
)
CLOSE_ROUND = Permission(
    "mechanisms.close_round", Edition, OFFICE, gettext_lazy("结束征求意见"), unless=not_consulting
)
ENACT = Permission("mechanisms.enact", Edition, OFFICE, gettext_lazy("印发、退回修改制度"), unless=not_approved)
REPEAL = Permission("mechanisms.repeal", Edition, OFFICE, gettext_lazy("废止制度"), unless=not_enacted)
GIVE_OPINION = Permission(
    "mechanisms.give_opinion", Opinion, to(SPEAKERS, our_unit), gettext_lazy("对制度提意见"), unless=round_over
)
ANSWER_OPINION = Permission(
    "mechanisms.answer_opinion", Opinion, OFFICE, gettext_lazy("答复对制度的意见"), unless=round_over
)
RECEIVE = Permission("mechanisms.receive", Receipt, to(SPEAKERS, our_unit), gettext_lazy("签收制度"), unless=received)
REMIND = Permission("mechanisms.remind", Edition, OFFICE, gettext_lazy("提醒签收制度"))
