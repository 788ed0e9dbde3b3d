"""Rights to meetings, their minutes, and what was decided in them."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.dispatch.models import Attendance, Confirmation, Decision, Meeting
from xietong.areas.dispatch.rules.states import PENDING, DecisionState, MeetingState
from xietong.areas.orgs.access import OFFICE, own_county, reached_counties, to
from xietong.areas.plans.access import DOERS, WATCHERS, our_unit
from xietong.kit.access.permissions import Permission
from xietong.kit.accounts.actor import Actor

GUESTS = tuple(dict.fromkeys((*DOERS, *WATCHERS)))


def invited(actor: Actor) -> Q:
    """Meetings that one, or one's unit, was invited to."""
    asked = Q(unit_id__in=actor.orgs) | Q(person_id=actor.person_id, person__isnull=False)
    rows = Attendance.objects.filter(asked).values("meeting_id")
    return reached_counties(actor) & Q(pk__in=rows, invited_at__isnull=False)


def announced(actor: Actor) -> Q:
    """Meetings of the county that people have been told of."""
    return own_county(actor) & (Q(invited_at__isnull=False) | ~Q(state=MeetingState.PLANNED.value))


def our_place(actor: Actor) -> Q:
    """One's own place at a meeting, or a place of one's unit that is nobody else's."""
    mine = Q(person_id=actor.person_id, person__isnull=False) | Q(person=None, unit_id__in=actor.orgs)
    return reached_counties(actor) & mine & Q(meeting__invited_at__isnull=False)


def minutes_closed(row: Meeting) -> str | None:
    """Why nothing can be written on a meeting any more."""
    if row.state == MeetingState.FIXED.value:
        return _("纪要已经定稿，只能补充更正说明。")
    return _("会议已经取消。") if row.state == MeetingState.CANCELLED.value else None


def not_fixed(row: Meeting) -> str | None:
    return None if row.state == MeetingState.FIXED.value else _("纪要还没有定稿，直接修改即可。")


def no_sign_in(row: Attendance) -> str | None:
    if row.meeting.state not in {MeetingState.PLANNED.value, MeetingState.HELD.value}:
        return _("这次会议已经不能签到了。")
    return _("已经签到过了。") if row.signed_at else None


def no_opinion_asked(row: Confirmation) -> str | None:
    return None if row.meeting.state == MeetingState.CIRCULATED.value else _("纪要现在没有在征求意见。")


def not_pending(row: Decision) -> str | None:
    """Why nothing can be done to a decision any more."""
    if row.state in PENDING:
        return None
    return _("这一项现在是“%(state)s”。") % {"state": row.get_state_display()}


def not_to_claim(row: Decision) -> str | None:
    if row.state == DecisionState.CLAIMED.value:
        return _("已经申请销项，请等办公室处理。")
    return not_pending(row)


VIEW_MEETING = Permission(
    "dispatch.view_meeting",
    Meeting,
    {**to(DOERS, invited), **to(WATCHERS, announced), **OFFICE},
    gettext_lazy("查看调度会"),
)
CHANGE_MEETING = Permission(
    "dispatch.change_meeting", Meeting, OFFICE, gettext_lazy("筹备会议、议题和名单"), unless=minutes_closed
)
HOLD_MEETING = Permission(
    "dispatch.hold_meeting", Meeting, OFFICE, gettext_lazy("记录会议、纪要征求意见和定稿"), unless=minutes_closed
)
ADD_TO_MINUTES = Permission(
    "dispatch.add_to_minutes", Meeting, OFFICE, gettext_lazy("补充已定稿的纪要"), unless=not_fixed
)
SIGN_IN = Permission(
    "dispatch.sign_in", Attendance, to(GUESTS, our_place), gettext_lazy("会议签到、请假"), unless=no_sign_in
)
CONFIRM_MINUTES = Permission(
    "dispatch.confirm_minutes",
    Confirmation,
    to(GUESTS, our_unit),
    gettext_lazy("对会议纪要提意见"),
    unless=no_opinion_asked,
)
VIEW_DECISION = Permission(
    "dispatch.view_decision",
    Decision,
    {**to(DOERS, our_unit), **to(WATCHERS, own_county), **OFFICE},
    gettext_lazy("查看议定事项"),
)
GIVE_OPINION = Permission("dispatch.give_opinion", Decision, OFFICE, gettext_lazy("提出针对性意见措施"))
CHANGE_DECISION = Permission(
    "dispatch.change_decision", Decision, OFFICE, gettext_lazy("修改、取消议定事项"), unless=not_pending
)
CLAIM_DECISION = Permission(
    "dispatch.claim_decision", Decision, to(DOERS, our_unit), gettext_lazy("申请销项"), unless=not_to_claim
)
CLOSE_DECISION = Permission(
    "dispatch.close_decision", Decision, OFFICE, gettext_lazy("销项、退回销项申请"), unless=not_pending
)
