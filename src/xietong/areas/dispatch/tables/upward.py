"""Lists of the forms of higher bureaus, and of what was reported with them."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.dispatch import queries
from xietong.kit.pages.templatetags.pages import tag
from xietong.kit.tables.declare import Column, Table, choice_filter, text_filter


def report_said(row: Any) -> str:
    return _("已上报") if row.reported_at else _("已填未报")


def report_tag(row: Any, value: Any) -> SafeString:
    return tag(value, "green" if row.reported_at else "orange")


def mapped(row: Any) -> str:
    return f"{len(row.mapping) + len(row.constants)}/{row.blanks}"


class UpwardReportTable(Table):
    key = "dispatch.upward"
    title = gettext_lazy("上报")
    order = ("-cycle__month", "-at", "-pk")
    row_url_name = "dispatch:upward_report"
    empty = (
        gettext_lazy("还没有上报记录"),
        gettext_lazy("办公室在“上报表”里上传省、市发来的表，设置一次对应，以后每月一键填报。"),
    )
    columns = (
        Column("form", gettext_lazy("上报表"), lambda row: row.form.name, main=True, sort=("form__name",)),
        Column("county", gettext_lazy("县"), lambda row: row.county.name, card=False),
        Column("cycle", gettext_lazy("期次"), lambda row: row.cycle.label, sort=("cycle__month",)),
        Column("to_whom", gettext_lazy("报送对象"), lambda row: row.form.to_whom, sort=("form__to_whom",)),
        Column("at", gettext_lazy("填报时间"), lambda row: row.at, sort=("at",), card=False),
        Column("reported_at", gettext_lazy("上报时间"), lambda row: row.reported_at, sort=("reported_at",)),
        Column("reported_by", gettext_lazy("上报人"), lambda row: row.reported_by, card=False),
        Column("state", gettext_lazy("状态"), report_said, html=report_tag),
    )
    filters = (
        choice_filter("form", gettext_lazy("上报表"), "form", lambda asked: queries.upward_form_choices(asked.actor)),
        choice_filter("year", gettext_lazy("年度"), "year", lambda asked: queries.upward_years(asked.actor)),
    )


class UpwardFormTable(Table):
    key = "dispatch.upward_forms"
    title = gettext_lazy("上报表")
    order = ("to_whom", "name", "pk")
    row_url_name = "dispatch:upward_form"
    empty = (
        gettext_lazy("还没有上报表"),
        gettext_lazy("点“上传上报表”，选省、市发来的 Word 或 Excel 表。"),
    )
    columns = (
        Column("name", gettext_lazy("名称"), lambda row: row.name, main=True, sort=("name",)),
        Column("to_whom", gettext_lazy("报送对象"), lambda row: row.to_whom, sort=("to_whom",)),
        Column("kind", gettext_lazy("格式"), lambda row: row.get_kind_display(), card=False),
        Column("mapped", gettext_lazy("已对应的空格"), mapped),
        Column("reported", gettext_lazy("上报次数"), lambda row: row.reported, numeric=True, sort=("reported",)),
        Column("last_at", gettext_lazy("最近上报"), lambda row: row.last_at, sort=("last_at",)),
    )
    filters = (
        text_filter("q", gettext_lazy("关键字"), "name", "to_whom", placeholder=gettext_lazy("名称 / 报送对象")),
    )
