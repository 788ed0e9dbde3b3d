"""The lists of this area."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xietong.areas.plans import queries
from xietong.areas.plans.rules.lights import Light
from xietong.kit.accounts.actor import Actor
from xietong.kit.pages.templatetags.pages import light, tag
from xietong.kit.tables.declare import Asked, Bulk, Column, Filter, Table, choice_filter, text_filter

LIGHTS = (
    (Light.RED.value, _("红灯（逾期）")),
    (Light.YELLOW.value, _("黄灯（临近）")),
    (Light.GREEN.value, _("绿灯（正常）")),
    (Light.GREY.value, _("停灯（假期）")),
)


TONES = {"issued": "orange", "under_way": "blue", "claimed": "orange", "verified": "green"}


def state_tag(row: Any, value: Any) -> SafeString:
    return tag(value, TONES.get(row.state, "grey"))


def by_light(asked: Asked, value: str) -> Q:
    known = {code for code, _label in LIGHTS}
    return queries.lit(asked.actor, asked.today, value) if value in known else Q(pk__in=[])


def by_section(_asked: Asked, value: str) -> Q:
    return Q(clause__number=value) | Q(clause__number__startswith=f"{value}·")


class TaskTable(Table):
    """The register of tasks. Lights need the county's rule, so the list is made for an actor on a day."""

    key = "plans.tasks"
    title = _("任务台账")
    drawer = True
    order = ("plan", "pk")
    row_url_name = "plans:task"
    empty = (_("没有符合条件的任务"), _("换个条件，或点“重置”查看全部。"))

    def __init__(self, actor: Actor, today: date) -> None:
        super().__init__()
        self.rules = queries.rules_for(actor, today)
        self.columns = (
            Column("number", _("编号"), lambda row: row.number, card=False),
            Column("title", _("任务"), lambda row: row.title, main=True, sort=("title",)),
            Column("clause", _("条款"), lambda row: str(row.clause or ""), sort=("clause__order",), optional=True),
            Column("lead_unit", _("牵头单位"), lambda row: str(row.lead_unit or ""), sort=("lead_unit__order",)),
            Column("owner", _("负责人"), lambda row: row.owner.name if row.owner else ""),
            Column("phase", _("阶段"), lambda row: str(row.phase or ""), optional=True, card=False),
            Column("rhythm", _("频次"), lambda row: row.rhythm, optional=True, card=False),
            Column("due_on", _("完成期限"), lambda row: row.due_on, sort=("due_on",)),
            Column("light", _("亮灯"), self.light_word, html=self.light_cell),
            Column("state", _("状态"), lambda row: row.get_state_display(), html=state_tag, sort=("state",)),
            Column(
                "moved_at",
                _("最近动态"),
                lambda row: row.moved_at,
                sort=("moved_at",),
                optional=True,
                card=False,
            ),
        )

    filters = (
        text_filter("q", _("关键字"), "title", "number", placeholder=_("任务名称 / 编号")),
        Filter("section", _("工作任务"), by_section, lambda asked: queries.chapter_choices(asked.actor)),
        choice_filter("unit", _("牵头单位"), "lead_unit_id", lambda asked: queries.units_with_tasks(asked.actor)),
        choice_filter("state", _("状态"), "state", lambda asked: queries.state_choices()),
        Filter("light", _("亮灯"), by_light, lambda asked: LIGHTS),
    )

    def light_word(self, row: Any) -> str:
        found = queries.light_of(row, self.rules)
        return str(dict(LIGHTS).get(found.value, ""))

    def light_cell(self, row: Any, _value: str) -> SafeString | str:
        found = queries.light_of(row, self.rules)
        return light(found.value) or SafeString('<span class="text-secondary">—</span>')


class MyTaskTable(TaskTable):
    key = "plans.my_tasks"
    title = _("我的任务")
    order = ("due_on", "pk")
    empty = (_("目前没有需要您办理的任务"), _("领导小组办公室下达任务后会出现在这里。"))


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


class ReviewTable(Table):
    """Reports that wait for a verdict."""

    key = "plans.reviews"
    title = _("待我审核")
    order = ("at", "pk")
    empty = (_("没有待审核的填报"), _("单位填报后会出现在这里。"))
    columns = (
        Column("title", _("任务"), lambda row: row.task.title, main=True, sort=("task__title",)),
        Column("unit", _("填报单位"), lambda row: str(row.unit), sort=("unit__order",)),
        Column("kind", _("类型"), lambda row: _("申请办结") if row.claims_completion else _("进展")),
        Column("author", _("填报人"), lambda row: row.author_name, card=False),
        Column("at", _("填报时间"), lambda row: row.at, sort=("at",)),
    )
    filters = (text_filter("q", _("关键字"), "task__title", "unit__name", placeholder=_("任务 / 单位")),)

    def row_url(self, row: Any) -> str:
        return queries.task_url(row.task_id)

    drawer = True


class StandingTable(Table):
    """Where the counties stand, in the order of their codes; never a ranking."""

    key = "plans.standings"
    title = _("各县进展")
    order = ("county__code", "pk")
    empty = (_("还没有县下达方案"), _("县里下达行动方案后会出现在这里。"))
    columns = (
        Column("county", _("县"), lambda row: row.county.name, main=True),
        Column("plan", _("方案"), lambda row: row.plan.title, card=False),
        Column("total", _("任务数"), lambda row: row.total, numeric=True),
        Column("under_way", _("办理中"), lambda row: row.under_way, numeric=True),
        Column("claimed", _("待审核"), lambda row: row.claimed, numeric=True),
        Column("verified", _("已完成"), lambda row: row.verified, numeric=True),
        Column("overdue", _("逾期"), lambda row: row.overdue, numeric=True),
        Column("as_of", _("截至"), lambda row: row.as_of),
    )
    filters = (text_filter("q", _("县"), "county__name", placeholder=_("县名")),)
