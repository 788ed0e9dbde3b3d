"""The lists of this area."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from xietong.areas.indicators import queries
from xietong.kit.pages.templatetags.pages import tag
from xietong.kit.tables.declare import Column, Table, choice_filter, text_filter

TONES = {"submitted": "orange", "returned": "red", "verified": "green", "computed": "blue"}


def state_tag(row: Any, value: Any) -> Any:
    return tag(value, TONES[row.state])


class IndicatorTable(Table):
    key = "indicators.dictionary"
    title = _("指标字典")
    order = ("order", "pk")
    row_url_name = "indicators:indicator"
    empty = (_("还没有指标"), _("先导入起始指标，再按本县的需要增减；目标和基线由本县填。"))
    columns = (
        Column("code", _("编码"), lambda row: row.code, sort=("code",)),
        Column("name", _("名称"), lambda row: row.name, main=True, sort=("name",)),
        Column("section", _("板块"), lambda row: row.get_section_display(), sort=("section",)),
        Column("definition", _("定义"), lambda row: row.definition, card=False, optional=True),
        Column("formula", _("公式"), lambda row: row.formula, card=False, optional=True),
        Column(
            "how", _("取得方式"), lambda row: row.get_reported_by_display() if row.reported_by else _("按公式计算")
        ),
        Column("unit", _("单位"), lambda row: row.unit_word, card=False),
        Column("grain", _("周期"), lambda row: row.get_grain_display(), card=False, optional=True),
        Column("direction", _("方向"), lambda row: row.get_direction_display(), card=False, optional=True),
        Column("standard", _("标准"), lambda row: queries.plain(row, row.standard), numeric=True),
        Column("baseline", _("基线值"), lambda row: queries.plain(row, row.baseline), numeric=True, card=False),
        Column("value", _("最近数值"), lambda row: queries.plain(row, row.last_value), numeric=True),
        Column("period", _("数值周期"), lambda row: queries.period_shown(row.last_period), card=False),
        Column("document", _("依据文件"), lambda row: f"{row.document}{row.document_no}", card=False, optional=True),
        Column("clause", _("方案条款"), lambda row: row.clause, card=False, optional=True),
        Column("confidence", _("可信度"), lambda row: row.get_confidence_display(), card=False, optional=True),
        Column("reporter", _("填报单位"), lambda row: str(row.reporter or ""), card=False, optional=True),
        Column("verifier", _("核验单位"), lambda row: str(row.verifier or ""), card=False, optional=True),
        Column(
            "state",
            _("状态"),
            lambda row: _("已停用") if row.retired_on else _("在用"),
            html=lambda row, value: tag(value, "grey" if row.retired_on else "green"),
        ),
    )
    filters = (
        text_filter("q", _("关键字"), "name", "code", "definition", placeholder=_("名称 / 编码")),
        choice_filter("section", _("板块"), "section", lambda _asked: queries.section_choices()),
        choice_filter("how", _("取得方式"), "reported_by", lambda _asked: queries.reported_by_choices()[1:]),
    )


class VerifyTable(Table):
    key = "indicators.to_verify"
    title = _("待核验的指标")
    order = ("at", "pk")
    row_url_name = "indicators:verify"
    empty = (_("没有待核验的数值"), _("学校和填报单位报送后列在这里。"))
    columns = (
        Column("indicator", _("指标"), lambda row: row.indicator.name, main=True, sort=("indicator__order",)),
        Column("unit", _("单位"), lambda row: str(row.unit or row.indicator.reporter or _("办公室"))),
        Column("period", _("周期"), lambda row: queries.period_name(row.period), sort=("period",)),
        Column(
            "value",
            _("数值"),
            lambda row: queries.with_unit(row.indicator, row.value),
        ),
        Column("by", _("填报人"), lambda row: row.by, card=False),
        Column("at", _("时间"), lambda row: row.at, sort=("at",)),
        Column("state", _("状态"), lambda row: row.get_state_display(), html=state_tag),
    )
