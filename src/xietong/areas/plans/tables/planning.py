"""Lists of a plan that is prepared, and of its past."""

from typing import Any

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xietong.areas.plans import queries
from xietong.kit.pages.templatetags.pages import tag
from xietong.kit.tables.declare import Asked, Bulk, Column, Filter, Table, choice_filter, text_filter

GAPS = (("lead", _("缺牵头单位")), ("due", _("缺完成期限")), ("source", _("没有对应原文")))


def by_gap(_asked: Asked, value: str) -> Q:
    gaps = {"lead": Q(lead_unit=None), "due": Q(due_on=None), "source": Q(sources=None)}
    return gaps.get(value, Q(pk__in=[]))


def missing(value: Any) -> SafeString | str:
    return str(value) if value else tag(_("待补"), "orange")


class DraftTable(Table):
    """The tasks of a plan being prepared: what is missing stands out, and many are assigned at once."""

    key = "plans.drafts"
    title = _("任务分解")
    order = ("pk",)
    row_url_name = "plans:task_change"
    empty = (_("没有任务"), _("从原文识别，用“新增任务”添加，或从 Excel 分解表导入。"))
    bulk = (
        Bulk(_("批量分派"), "plans:task_assign"),
        Bulk(_("去掉"), "plans:tasks_drop", "red", _("从方案中去掉选中的任务？")),
    )
    columns = (
        Column("number", _("编号"), lambda row: row.number),
        Column("title", _("任务"), lambda row: row.title, main=True),
        Column("clause", _("条款"), lambda row: str(row.clause or ""), optional=True, card=False),
        Column("lead_unit", _("牵头单位"), lambda row: str(row.lead_unit or ""), lambda row, value: missing(value)),
        Column(
            "supports", _("协办单位"), lambda row: gettext("、").join(str(one.unit) for one in row.supports.all())
        ),
        Column("due_on", _("完成期限"), lambda row: row.due_on, lambda row, value: missing(value)),
        Column("rhythm", _("频次"), lambda row: row.rhythm),
        Column("deliverable", _("成果"), lambda row: row.deliverable, card=False),
        Column("for_everyone", _("范围"), lambda row: _("各单位") if row.for_everyone else "", optional=True),
    )
    filters = (
        text_filter("q", _("关键字"), "title", "number", placeholder=_("任务名称 / 编号")),
        Filter("gap", _("缺项"), by_gap, lambda _asked: GAPS),
    )

    def __init__(self, plan_pk: int) -> None:
        super().__init__()
        self.bulk_args = (plan_pk,)


FINDING_TONES = {"accepted": "green", "rejected": "red"}


def finding_state(row: Any, value: Any) -> SafeString:
    return tag(value, FINDING_TONES.get(row.state, "orange"))


def kind_tag(row: Any, value: Any) -> SafeString:
    """The same colour and word as in the text."""
    return format_html('<span class="found found-{}">{}</span>', row.kind, value)


class FindingTable(Table):
    """What was read in the text, to be taken or left."""

    key = "plans.findings"
    title = _("识别结果")
    order = ("start", "pk")
    empty = (_("没有符合条件的识别结果"), _("换个条件，或在原文中选中文字进行标注。"))
    bulk = (
        Bulk(_("采纳"), "plans:findings_accept"),
        Bulk(_("排除"), "plans:findings_reject", "red"),
    )
    columns = (
        Column("text", _("原文"), lambda row: row.text, main=True),
        Column("kind", _("类别"), lambda row: row.get_kind_display(), kind_tag),
        Column("meaning", _("识别为"), lambda row: str(row.organisation or row.meaning)),
        Column("clause", _("条款"), lambda row: str(row.clause or ""), sort=("start",)),
        Column("state", _("状态"), lambda row: row.get_state_display(), finding_state),
    )
    filters = (
        text_filter("q", _("关键字"), "text", "meaning", placeholder=_("原文 / 含义")),
        choice_filter("kind", _("类别"), "kind", lambda _asked: queries.finding_kinds()),
        choice_filter("state", _("状态"), "state", lambda _asked: queries.finding_states()),
    )

    def __init__(self, plan_pk: int) -> None:
        super().__init__()
        self.bulk_args = (plan_pk,)

    def row_url(self, row: Any) -> str:
        return queries.finding_url(row)


class PastTable(Table):
    """What happened before the system was there, the latest first."""

    key = "plans.past"
    title = _("历史补录")
    order = ("-on", "pk")
    row_url_name = "plans:past_record"
    empty = (_("没有补录"), _("方案已经执行了一段时间的，把以前的会议、文件、进展补录进来。"))
    columns = (
        Column("code", _("编号"), lambda row: row.code, card=False),
        Column("title", _("名称"), lambda row: row.title, main=True),
        Column("kind", _("类别"), lambda row: row.get_kind_display(), sort=("kind",)),
        Column("on", _("日期"), lambda row: row.on, sort=("on",)),
        Column("unit", _("单位"), lambda row: str(row.unit or "")),
        Column("task", _("任务"), lambda row: str(row.task or ""), card=False),
        Column("document_no", _("文号"), lambda row: row.document_no, optional=True, card=False),
    )
    filters = (
        text_filter("q", _("关键字"), "title", "text", "document_no", placeholder=_("名称 / 内容 / 文号")),
        choice_filter("kind", _("类别"), "kind", lambda _asked: queries.past_kinds()),
    )
