"""Lists of meetings and of what they decided."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from xietong.areas.dispatch import queries
from xietong.areas.plans.queries import rules_for
from xietong.kit.accounts.actor import Actor
from xietong.kit.pages.templatetags.pages import light, tag
from xietong.kit.tables.declare import Asked, Column, Filter, Table, choice_filter, text_filter

MEETING_TONES = {"planned": "blue", "held": "orange", "circulated": "orange", "fixed": "green", "cancelled": "grey"}


def meeting_tag(row: Any, value: Any) -> SafeString:
    return tag(value, MEETING_TONES[row.state])


def decision_tag(row: Any, value: Any) -> SafeString:
    return tag(value, queries.DECISION_TONES[row.state])


def came(row: Any) -> str:
    return f"{row.present}/{row.asked}" if row.asked else ""


class MeetingTable(Table):
    key = "dispatch.meetings"
    title = _("调度会")
    order = ("-starts_at", "-pk")
    row_url_name = "dispatch:meeting"
    empty = (_("还没有会议"), _("办公室点“筹备月调度会”，选好时间和单位后发通知。"))
    columns = (
        Column("title", _("名称"), lambda row: row.title, main=True, sort=("title",)),
        Column("starts_at", _("开始时间"), lambda row: row.starts_at, sort=("starts_at",)),
        Column("place", _("地点"), lambda row: row.place),
        Column("chair", _("主持人"), lambda row: row.chair, optional=True, card=False),
        Column("kind", _("类型"), lambda row: row.get_kind_display(), optional=True, card=False),
        Column("came", _("到会/应到"), came),
        Column("decided", _("议定事项"), lambda row: row.decided, sort=("decided",), numeric=True),
        Column("state", _("状态"), lambda row: row.get_state_display(), html=meeting_tag, sort=("state",)),
    )
    filters = (
        text_filter("q", _("关键字"), "title", "place", placeholder=_("名称 / 地点")),
        choice_filter("year", _("年度"), "year", lambda asked: queries.year_choices(asked.actor)),
        choice_filter("kind", _("类型"), "kind", lambda _asked: queries.kind_choices()),
        choice_filter("state", _("状态"), "state", lambda _asked: queries.state_choices()),
    )


def by_lateness(asked: Asked, value: str) -> Q:
    """Those past their day that nobody has closed."""
    return queries.late(rules_for(asked.actor, asked.today)) if value == "late" else Q(pk__in=[])


class DecisionTable(Table):
    """议定事项台账. The light depends on the day, so the list is made for one."""

    key = "dispatch.decisions"
    title = _("议定事项台账")
    order = ("-year", "-number")
    row_url_name = "dispatch:decision"
    empty = (_("还没有议定事项"), _("调度会上议定的、办公室提出的针对性意见都列在这里。"))
    filters = (
        text_filter("q", _("关键字"), "text", "unit__name", "unit__short_name", placeholder=_("内容 / 单位")),
        choice_filter("unit", _("责任单位"), "unit_id", lambda asked: queries.units_bound(asked.actor)),
        choice_filter("kind", _("类型"), "kind", lambda _asked: queries.decision_kinds()),
        choice_filter("state", _("状态"), "state", lambda _asked: queries.decision_states()),
        Filter("late", _("期限"), by_lateness, lambda _asked: (("late", _("已逾期")),)),
    )

    def __init__(self, actor: Actor, today: date) -> None:
        super().__init__()
        self.rules = rules_for(actor, today)
        self.columns = (
            Column("number", _("编号"), queries.numbered, sort=("year", "number")),
            Column("text", _("内容"), lambda row: row.text, main=True),
            Column("unit", _("责任单位"), lambda row: str(row.unit), sort=("unit__order",)),
            Column("person", _("责任人"), lambda row: str(row.person or ""), card=False),
            Column("due_on", _("完成时限"), lambda row: row.due_on, html=self.due_cell, sort=("due_on",)),
            Column("state", _("状态"), lambda row: row.get_state_display(), html=decision_tag, sort=("state",)),
            Column("kind", _("类型"), lambda row: row.get_kind_display(), optional=True, card=False),
            Column("meeting", _("会议"), lambda row: str(row.meeting or row.origin), card=False),
            Column("made_at", _("议定时间"), lambda row: row.made_at, optional=True, card=False),
            Column("closed_at", _("销项时间"), lambda row: row.closed_at, optional=True, card=False),
            Column("closing_note", _("落实结果"), lambda row: row.closing_note, optional=True, card=False),
        )

    def row_label(self, row: Any) -> str:
        return queries.numbered(row)

    def due_cell(self, row: Any, value: date) -> SafeString:
        shown = light(queries.light_of(row, self.rules).value)
        return format_html('<span class="mono">{}</span> {}', f"{value:%Y-%m-%d}", shown)
