"""The school years, and the schools of one."""

from typing import Any

from django.db.models import Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs import queries
from xietong.kit.pages.templatetags.pages import tag
from xietong.kit.tables.declare import Asked, Column, Filter, Table, choice_filter, text_filter


class RegisterTable(Table):
    key = "orgs.registers"
    title = _("学校资料")
    order = ("-year",)
    row_url_name = "orgs:register"
    empty = (_("还没有建立学年资料"), _("办公室每学年建立一次，导入各系统的导出表，由校长确认。"))
    columns = (
        Column("year", _("学年"), lambda row: row.label, main=True, sort=("year",)),
        Column("as_of", _("统计时点"), lambda row: row.as_of, card=False),
        Column("due_on", _("学校确认期限"), lambda row: row.due_on, sort=("due_on",)),
        Column("schools", _("学校"), lambda row: row.schools, numeric=True),
        Column("confirmed", _("已确认"), lambda row: row.confirmed, numeric=True),
        Column(
            "state",
            _("状态"),
            lambda row: _("已锁定") if row.locked_at else _("填报中"),
            html=lambda row, value: tag(value, "grey" if row.locked_at else "blue"),
        ),
    )


def state_tag(row: Any, value: str) -> SafeString:
    return tag(value, queries.STATES[queries.state_of(row)][1])


def by_state(_asked: Asked, value: str) -> Q:
    return queries.STATES[value][2] if value in queries.STATES else Q(pk__in=[])


class RecordTable(Table):
    """The schools of a school year."""

    key = "orgs.records"
    title = _("各校资料")
    order = ("school__order", "school_id")
    row_url_name = "orgs:record"
    empty = (_("没有符合条件的学校"), _("换个条件，或点“重置”查看全部。"))
    columns = (
        Column("school", _("学校"), lambda row: str(row.school), main=True, sort=("school__order",)),
        Column("kind", _("办学类型"), lambda row: row.get_kind_display(), sort=("kind",)),
        Column("state", _("状态"), lambda row: str(queries.STATES[queries.state_of(row)][0]), html=state_tag),
        Column("missing", _("缺项"), queries.missing_of, numeric=True),
        Column("rolls", _("班级"), lambda row: row.rolls, numeric=True),
        Column("ownership", _("举办性质"), lambda row: row.get_ownership_display(), optional=True),
        Column("confirmed_by", _("确认人"), lambda row: row.confirmed_by, card=False),
        Column("confirmed_at", _("确认时间"), lambda row: row.confirmed_at, sort=("confirmed_at",), card=False),
    )
    filters = (
        text_filter("q", _("学校"), "school__name", "school__short_name", placeholder=_("名称 / 简称")),
        Filter(
            "state",
            _("状态"),
            by_state,
            lambda asked: [(code, state[0]) for code, state in queries.STATES.items()],
        ),
        choice_filter("kind", _("办学类型"), "kind", lambda asked: queries.school_kind_choices()),
    )
