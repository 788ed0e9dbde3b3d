"""The list of spot checks."""

from typing import Any

from django.db.models import Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.plans import queries
from xietong.kit.pages.templatetags.pages import tag
from xietong.kit.tables.declare import Asked, Column, Filter, Table, choice_filter, text_filter

FINDINGS = (
    ("open", gettext_lazy("待核查")),
    ("in_order", gettext_lazy("属实")),
    ("faulty", gettext_lazy("不符")),
)
TONES = {"": "orange", "in_order": "green", "faulty": "red"}


def by_finding(_asked: Asked, value: str) -> Q:
    known = {code for code, _label in FINDINGS}
    return Q(finding="" if value == "open" else value) if value in known else Q(pk__in=[])


def finding_of(row: Any) -> str:
    return str(row.get_finding_display() or _("待核查"))


def finding_tag(row: Any, value: Any) -> SafeString:
    return tag(value, TONES[row.finding])


class CheckTable(Table):
    """抽查: what was drawn, and what was found."""

    key = "plans.checks"
    title = gettext_lazy("抽查")
    order = ("-drawn_at", "pk")
    row_url_name = "plans:check"
    empty = (
        gettext_lazy("还没有抽查"),
        gettext_lazy("点“抽取”，从一段时间里审核通过的填报中随机抽几件，现场或电话核实。"),
    )
    columns = (
        Column(
            "title", gettext_lazy("任务"), lambda row: row.report.task.title, main=True, sort=("report__task__title",)
        ),
        Column("unit", gettext_lazy("填报单位"), lambda row: str(row.report.unit), sort=("report__unit__order",)),
        Column("at", gettext_lazy("填报时间"), lambda row: row.report.at, sort=("report__at",), card=False),
        Column("finding", gettext_lazy("结果"), finding_of, html=finding_tag, sort=("finding",)),
        Column("note", gettext_lazy("说明"), lambda row: row.note),
        Column("checked_by", gettext_lazy("核查人"), lambda row: row.checked_by, card=False),
        Column("checked_at", gettext_lazy("核查时间"), lambda row: row.checked_at, optional=True, card=False),
        Column("draw", gettext_lazy("批次"), lambda row: row.draw, sort=("draw",), card=False),
        Column("drawn_by", gettext_lazy("抽取人"), lambda row: row.drawn_by, optional=True, card=False),
        Column("drawn_at", gettext_lazy("抽取时间"), lambda row: row.drawn_at, optional=True, card=False),
    )
    filters = (
        text_filter(
            "q",
            gettext_lazy("关键字"),
            "report__task__title",
            "report__unit__name",
            placeholder=gettext_lazy("任务 / 单位"),
        ),
        Filter("finding", gettext_lazy("结果"), by_finding, lambda asked: FINDINGS),
        choice_filter("draw", gettext_lazy("批次"), "draw", lambda asked: queries.draw_choices(asked.actor)),
    )
