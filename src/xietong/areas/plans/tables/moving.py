"""The list of what became different in issued plans."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from xietong.areas.plans import queries
from xietong.kit.pages.templatetags.pages import tag
from xietong.kit.tables.declare import Column, Table, choice_filter, text_filter

CHANGE_TONES = {"asked": "orange", "made": "green", "refused": "red"}


def change_tag(row: Any, value: Any) -> SafeString:
    return tag(value, CHANGE_TONES.get(row.state, "grey"))


class ChangeTable(Table):
    """Every proposal, those that were refused among them, the latest first."""

    key = "plans.changes"
    title = _("方案变更")
    order = ("-at", "-pk")
    row_url_name = "plans:change"
    empty = (_("没有变更"), _("方案下达后，要调整、取消或新增任务的，在任务页或方案页提出。"))
    columns = (
        Column("task", _("任务"), lambda row: str(row.task or row.values["title"]["after"]), main=True),
        Column("kind", _("类型"), lambda row: row.get_kind_display()),
        Column("plan", _("方案"), lambda row: row.plan.title, optional=True, card=False),
        Column("reason", _("理由"), lambda row: row.reason),
        Column("asked_by", _("提出人"), lambda row: row.asked_by, card=False),
        Column("at", _("提出时间"), lambda row: row.at, sort=("at",)),
        Column("state", _("状态"), lambda row: row.get_state_display(), html=change_tag, sort=("state",)),
    )
    filters = (
        text_filter("q", _("关键字"), "task__title", "reason", placeholder=_("任务 / 理由")),
        choice_filter("state", _("状态"), "state", lambda _asked: queries.change_states()),
    )
