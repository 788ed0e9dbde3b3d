"""Lists of pressing on: the register with its bulk action, follow-ups, the rows behind a figure."""

from typing import Any

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xietong.areas.plans import documents, queries
from xietong.areas.plans.tables.working import TaskTable
from xietong.kit.pages.templatetags.pages import light, tag
from xietong.kit.tables.declare import Asked, Bulk, Column, Filter, Table, choice_filter, text_filter

FOLLOW_UP_TONES = {"open": "orange", "replied": "blue", "lifted": "grey"}


class PressedTaskTable(TaskTable):
    """The register as the office has it: units can be reminded of many tasks at once."""

    bulk = (Bulk(_("催办"), "plans:tasks_remind"),)


class FigureTable(TaskTable):
    """The tasks behind a figure of the leading group's page."""

    key = "plans.figure"
    empty = (_("没有这样的任务"), _("换一天再比较，或返回领导看板。"))


def by_answer(asked: Asked, value: str) -> Q:
    """Those past their day without a reply."""
    return Q(state="open", due_on__lt=asked.today) if value == "late" else Q(pk__in=[])


class FollowUpTable(Table):
    """督办台账. Whether a reply is late depends on the day, so the list is made for one."""

    key = "plans.follow_ups"
    title = _("督办台账")
    order = ("-year", "-number", "pk")
    row_url_name = "plans:follow_up"
    empty = (_("没有督办"), _("领导小组办公室在任务页面发起督办后会出现在这里。"))
    filters = (
        text_filter("q", _("关键字"), "task__title", "task__number", "demand", placeholder=_("任务 / 督办要求")),
        choice_filter("unit", _("督办单位"), "unit_id", lambda asked: queries.units_followed_up(asked.actor)),
        choice_filter("state", _("状态"), "state", lambda asked: queries.follow_up_states()),
        choice_filter("year", _("年度"), "year", lambda asked: queries.follow_up_years(asked.actor)),
        Filter("late", _("回复"), by_answer, lambda asked: (("late", _("逾期未回复")),)),
    )

    def __init__(self, today: Any) -> None:
        super().__init__()
        self.today = today
        self.columns = (
            Column("number", _("督办编号"), documents.follow_up_number, sort=("year", "number")),
            Column("task", _("任务"), lambda row: row.task.title, main=True, sort=("task__title",)),
            Column("unit", _("督办单位"), lambda row: str(row.unit), sort=("unit__order",)),
            Column("demand", _("督办要求"), lambda row: row.demand, card=False),
            Column("at", _("发出时间"), lambda row: row.at, sort=("at",), optional=True, card=False),
            Column("due_on", _("回复期限"), lambda row: row.due_on, html=self.due_cell, sort=("due_on",)),
            Column("state", _("状态"), lambda row: row.get_state_display(), html=state_cell, sort=("state",)),
            Column("late", _("逾期"), self.late_word, optional=True, card=False),
            Column("replied_at", _("回复时间"), lambda row: row.replied_at, optional=True, card=False),
            Column("reply", _("回复"), lambda row: row.reply, optional=True, card=False),
            Column("lifted_at", _("解除时间"), lambda row: row.lifted_at, optional=True, card=False),
        )

    def row_label(self, row: Any) -> str:
        return documents.follow_up_number(row)

    def late(self, row: Any) -> bool:
        return bool(row.state == "open" and row.due_on < self.today)

    def late_word(self, row: Any) -> str:
        return gettext("逾期未回复") if self.late(row) else ""

    def due_cell(self, row: Any, value: Any) -> SafeString:
        late = light("red", _("逾期未回复")) if self.late(row) else ""
        return format_html('<span class="mono">{}</span> {}', f"{value:%Y-%m-%d}", late)


def state_cell(row: Any, value: Any) -> SafeString:
    return tag(value, FOLLOW_UP_TONES[row.state])
