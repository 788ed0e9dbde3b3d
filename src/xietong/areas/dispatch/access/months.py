"""Rights to cycles and filings, and the reasons why not now."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.dispatch.models import Correction, Cycle, Entry, Filing, FilingExtension
from xietong.areas.dispatch.rules.states import WITH_THE_UNIT, AnswerState, CycleState, FilingState
from xietong.areas.orgs.access import OFFICE, own_county, reached_counties, to
from xietong.areas.plans.access import DOERS, WATCHERS, our_unit
from xietong.kit.access.permissions import Permission
from xietong.kit.accounts.actor import Actor

SCHOOL_FORM = "dispatch.school_filing"  # under which the filing of a school goes on its route of approval
UNIT_FORM = "dispatch.unit_filing"  # and that of any other unit
FILING_FORMS = (SCHOOL_FORM, UNIT_FORM)


def with_our_filing(actor: Actor) -> Q:
    """Cycles in which one's own unit files."""
    ours = Filing.objects.filter(our_unit(actor)).values("cycle_id")
    return reached_counties(actor) & Q(pk__in=ours)


def entries_of_ours(actor: Actor) -> Q:
    return reached_counties(actor) & Q(filing__unit_id__in=actor.orgs)


# A section watches the whole county and files for itself as well: its own filing is among all of them.
WATCH = to(WATCHERS, own_county)


def locked_month(cycle: Cycle) -> str | None:
    """Why nothing can be filed in a cycle any more, or not yet."""
    if cycle.state == CycleState.LOCKED.value:
        return _("%(cycle)s调度已锁定，只能申请更正。") % {"cycle": cycle}
    return _("%(cycle)s正在开启，请稍候。") % {"cycle": cycle} if cycle.state == CycleState.OPENING.value else None


def not_open(cycle: Cycle) -> str | None:
    return None if cycle.state == CycleState.OPEN.value else locked_month(cycle)


def not_to_write(row: Filing) -> str | None:
    """Why a filing cannot be written on."""
    if row.unit.closed_on:
        return _("%(unit)s已撤并，不再填报；它的任务由接收单位填报。") % {"unit": row.unit}
    if row.state not in WITH_THE_UNIT:
        return _("月报现在是“%(state)s”，不能修改。") % {"state": row.get_state_display()}
    return locked_month(row.cycle)


def not_to_withdraw(row: Filing) -> str | None:
    return None if row.state == FilingState.SUBMITTED.value else _("月报没有在审核中。")


def not_to_put_off(row: Filing) -> str | None:
    """Only what has not been filed yet can get a later day."""
    if row.state != FilingState.DUE.value:
        return _("已经报送过了，不需要延期。")
    return not_to_write(row)


def not_to_excuse(row: Filing) -> str | None:
    if row.state != FilingState.DUE.value:
        return _("只有还没有报送的可以免报。")
    return locked_month(row.cycle)


def not_to_correct(row: Entry) -> str | None:
    if row.filing.cycle.state != CycleState.LOCKED.value:
        return _("本期还没有锁定，退回后直接修改即可。")
    if row.filing.state != FilingState.ACCEPTED.value:
        return _("只有审核通过的月报可以更正。")
    return None


def answered(row: FilingExtension | Correction) -> str | None:
    return None if row.state == AnswerState.ASKED.value else _("已经答复过了。")


VIEW_CYCLE = Permission(
    "dispatch.view_cycle", Cycle, {**to(DOERS, with_our_filing), **WATCH, **OFFICE}, gettext_lazy("查看月调度")
)
OPEN_CYCLE = Permission("dispatch.open_cycle", Cycle, OFFICE, gettext_lazy("开启月调度、专项调度"))
CHANGE_CYCLE = Permission(
    "dispatch.change_cycle", Cycle, OFFICE, gettext_lazy("调整月调度的期限、增加填报单位"), unless=not_open
)
LOCK_CYCLE = Permission("dispatch.lock_cycle", Cycle, OFFICE, gettext_lazy("锁定月调度"), unless=not_open)
REMIND_UNITS = Permission("dispatch.remind", Cycle, OFFICE, gettext_lazy("催报"), unless=not_open)
VIEW_FILING = Permission(
    "dispatch.view_filing", Filing, {**to(DOERS, our_unit), **WATCH, **OFFICE}, gettext_lazy("查看月报")
)
VIEW_ENTRY = Permission(
    "dispatch.view_entry",
    Entry,
    {**to(DOERS, entries_of_ours), **WATCH, **OFFICE},
    gettext_lazy("查看月报事项和附件"),
)
WRITE_FILING = Permission(
    "dispatch.write_filing", Filing, to(DOERS, our_unit), gettext_lazy("填写、报送月报"), unless=not_to_write
)
WITHDRAW_FILING = Permission(
    "dispatch.withdraw_filing", Filing, to(DOERS, our_unit), gettext_lazy("撤回月报"), unless=not_to_withdraw
)
EXCUSE_FILING = Permission("dispatch.excuse_filing", Filing, OFFICE, gettext_lazy("免报"), unless=not_to_excuse)
ASK_EXTENSION = Permission(
    "dispatch.ask_extension", Filing, to(DOERS, our_unit), gettext_lazy("申请月报延期"), unless=not_to_put_off
)
ANSWER_EXTENSION = Permission(
    "dispatch.answer_extension", FilingExtension, OFFICE, gettext_lazy("答复月报延期申请"), unless=answered
)
ASK_CORRECTION = Permission(
    "dispatch.ask_correction",
    Entry,
    to(DOERS, entries_of_ours),
    gettext_lazy("申请更正已锁定的月报"),
    unless=not_to_correct,
)
ANSWER_CORRECTION = Permission(
    "dispatch.answer_correction", Correction, OFFICE, gettext_lazy("答复更正申请"), unless=answered
)
