"""Lists of tasks at work."""

from datetime import date
from typing import Any, ClassVar

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from xietong.areas.plans import queries
from xietong.areas.plans.rules.lights import Light
from xietong.kit.accounts.actor import Actor
from xietong.kit.pages.templatetags.pages import light, tag
from xietong.kit.tables.declare import Asked, Bulk, Column, Filter, Table, choice_filter, plain, text_filter

LIGHTS = (
    (Light.RED.value, _("红灯（逾期）")),
    (Light.YELLOW.value, _("黄灯（临近）")),
    (Light.GREEN.value, _("绿灯（正常）")),
    (Light.GREY.value, _("停灯（假期）")),
)


TONES = {"issued": "orange", "under_way": "blue", "claimed": "orange", "verified": "green", "returned": "red"}


def state_tag(row: Any, value: Any) -> SafeString:
    return tag(value, TONES.get(row.state, "grey"))


def unit_link(row: Any, value: Any) -> SafeString | str:
    """The name leads to all tasks of the unit."""
    if row.lead_unit_id is None:
        return plain(value)
    return format_html('<a href="{}">{}</a>', reverse("unit", args=[row.lead_unit_id]), value)


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
    order: ClassVar[tuple[str, ...]] = ("plan", "pk")
    row_url_name = "plans:task"
    empty = (_("没有符合条件的任务"), _("换个条件，或点“重置”查看全部。"))

    def __init__(self, actor: Actor, today: date) -> None:
        super().__init__()
        self.rules = queries.rules_for(actor, today)
        # `get_state_display` translates every state for each row.
        self.states = dict(queries.state_choices())
        self.columns = (
            Column("number", _("编号"), lambda row: row.number, card=False),
            Column("title", _("任务"), lambda row: row.title, main=True, sort=("title",)),
            Column("clause", _("条款"), lambda row: str(row.clause or ""), sort=("clause__order",), optional=True),
            Column(
                "lead_unit", _("牵头单位"), lambda row: str(row.lead_unit or ""), unit_link, ("lead_unit__order",)
            ),
            Column("owner", _("负责人"), lambda row: row.owner.name if row.owner else ""),
            Column("phase", _("阶段"), lambda row: str(row.phase or ""), optional=True, card=False),
            Column("rhythm", _("频次"), lambda row: row.rhythm, optional=True, card=False),
            Column("due_on", _("完成期限"), lambda row: row.due_on, sort=("due_on",)),
            Column("light", _("亮灯"), self.light_word, html=self.light_cell),
            Column("state", _("状态"), lambda row: str(self.states[row.state]), html=state_tag, sort=("state",)),
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
    order = ("is_over", "light_on", "pk")
    empty = (_("目前没有需要您办理的任务"), _("领导小组办公室下达任务后会出现在这里。"))


class ReviewTable(Table):
    """Reports that wait for a verdict."""

    key = "plans.reviews"
    title = _("待我审核")
    order = ("at", "pk")
    bulk = (
        Bulk(_("批量通过"), "plans:reports_accept", "primary", _("通过所选的填报？已由他人审核的会跳过并告诉您。")),
    )
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
