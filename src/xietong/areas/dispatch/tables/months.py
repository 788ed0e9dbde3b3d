"""The lists of the month."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from xietong.areas.dispatch import queries
from xietong.kit.pages.templatetags.pages import tag
from xietong.kit.tables.declare import Asked, Bulk, Column, Filter, Table, choice_filter, text_filter

PUNCTUAL = {
    "on_time": (_("按期"), "green"),
    "late": (_("逾期报送"), "orange"),
    "missing": (_("未报"), "red"),
    "waiting": (_("未到期"), "grey"),
    "excused": (_("免报"), "grey"),
}
STATE_TONES = {"submitted": "blue", "sent_back": "red", "accepted": "green", "due": "orange"}


def punctual_tag(_row: Any, value: str) -> SafeString:
    label, tone = next((one for one in PUNCTUAL.values() if str(one[0]) == value), (value, "grey"))
    return tag(label, tone)


def state_tag(row: Any, value: str) -> SafeString:
    return tag(value, STATE_TONES.get(row.state, "grey"))


class CycleTable(Table):
    key = "dispatch.cycles"
    title = _("月调度")
    order = ("-month", "-pk")
    row_url_name = "dispatch:cycle"
    empty = (_("还没有开启过月调度"), _("方案下达后，办公室在这里开启每个月的调度。"))
    columns = (
        Column("label", _("期次"), lambda row: row.label, main=True, sort=("month",)),
        Column("kind", _("类型"), lambda row: row.get_kind_display()),
        Column("span", _("填报时段"), lambda row: f"{row.span_from:%m-%d} — {row.span_to:%m-%d}", card=False),
        Column("due_on", _("报送期限"), lambda row: row.due_on, sort=("due_on",)),
        Column("state", _("状态"), lambda row: row.get_state_display(), html=state_tag),
        Column("on_time", _("按期"), lambda row: row.on_time, numeric=True),
        Column("late", _("逾期报送"), lambda row: row.late, numeric=True),
        Column("missing", _("未报"), lambda row: row.missing, numeric=True),
        Column("fields", _("需填写项数"), lambda row: row.field_count, numeric=True, optional=True),
    )
    filters = (
        choice_filter("kind", _("类型"), "kind", lambda _asked: queries.cycle_kinds()),
        text_filter("q", _("期次"), "label", "topic", placeholder=_("如 2026年9月")),
    )


def by_punctuality(asked: Asked, value: str) -> Q:
    return queries.rows_of(value, asked.today, path="")


class FilingTable(Table):
    """The filings of one cycle; those that wait for the actor may be agreed to together."""

    key = "dispatch.filings"
    title = _("各单位月报")
    order = ("unit__order", "unit_id")
    row_url_name = "dispatch:filing"
    bulk = (
        Bulk(_("批量通过"), "dispatch:filings_agree", "primary", _("通过所选月报中待您审核的？其余的会跳过。")),
        Bulk(_("催报"), "dispatch:remind", "secondary", _("提醒所选的、还没有报送的单位？")),
    )
    empty = (_("没有符合条件的月报"), _("换个条件，或点“重置”查看全部。"))

    def __init__(self, cycle: Any, today: date) -> None:
        super().__init__()
        self.bulk_args = (cycle.pk,)
        self.today = today
        self.columns = (
            Column("unit", _("单位"), lambda row: str(row.unit), main=True, sort=("unit__order",)),
            Column("state", _("状态"), lambda row: row.get_state_display(), html=state_tag, sort=("state",)),
            Column("punctual", _("报送"), self.punctual, html=punctual_tag),
            Column("first_at", _("首次报送"), lambda row: row.first_at, sort=("first_at",)),
            Column("due_on", _("报送期限"), lambda row: row.due_on, card=False),
            Column("nothing", _("无新进展"), lambda row: _("是") if row.is_nothing_new else "", card=False),
            Column("review", _("审核"), self.review, card=False),
            Column("reminded", _("催报次数"), lambda row: row.reminded or "", numeric=True, optional=True),
        )

    filters = (
        text_filter("q", _("单位"), "unit__name", "unit__short_name", placeholder=_("单位名称")),
        choice_filter("state", _("状态"), "state", lambda _asked: queries.filing_states()),
        Filter(
            "punctual", _("报送"), by_punctuality, lambda _asked: [(key, one[0]) for key, one in PUNCTUAL.items()]
        ),
    )

    def punctual(self, row: Any) -> str:
        return str(PUNCTUAL[row.course.punctuality(self.today).value][0])

    def review(self, row: Any) -> str:
        """Whose delay it is: the reviewers' own, or that of a unit that files again."""
        if row.course.office_late(self.today):
            return str(_("审核超期"))
        return str(_("补报超期")) if row.course.refiled_late(self.today) else ""

    def row_label(self, row: Any) -> str:
        return str(row.unit)


class MyFilingTable(Table):
    key = "dispatch.my_filings"
    title = _("我的月报")
    order = ("-cycle__month", "-cycle_id", "unit__order", "pk")
    row_url_name = "dispatch:filing"
    empty = (_("目前没有需要填报的月报"), _("办公室开启月调度后会出现在这里，并收到提醒。"))
    columns = (
        Column("cycle", _("期次"), lambda row: str(row.cycle), main=True),
        Column("unit", _("单位"), lambda row: str(row.unit)),
        Column("state", _("状态"), lambda row: row.get_state_display(), html=state_tag),
        Column("due_on", _("报送期限"), lambda row: row.due_on),
        Column("submitted_at", _("报送时间"), lambda row: row.submitted_at, card=False),
    )


class EntryTable(Table):
    """What was said in a cycle, sentence by sentence."""

    key = "dispatch.entries"
    title = _("填报内容")
    order = ("filing__unit__order", "filing__unit_id", "pk")
    empty = (_("没有符合条件的填报内容"), _("换个条件，或点“重置”查看全部。"))
    columns = (
        Column("matter", _("事项"), str, main=True),
        Column("unit", _("单位"), lambda row: str(row.filing.unit), sort=("filing__unit__order",)),
        Column("kind", _("类别"), lambda row: row.get_kind_display()),
        Column("text", _("进展情况"), lambda row: row.text),
        Column("problem", _("需协调事项"), lambda row: row.problem),
    )

    def __init__(self, actor: Any, cycle: Any) -> None:
        super().__init__()
        self.filters = (
            text_filter("q", _("关键字"), "text", "problem", "task__title", placeholder=_("在填报内容里查找")),
            Filter("section", _("工作任务"), by_section, lambda _asked: queries.section_choices(actor, cycle)),
            Filter("what", _("内容"), by_what, lambda _asked: WHAT),
        )

    def row_url(self, row: Any) -> str:
        return f"{reverse('dispatch:filing', args=[row.filing_id])}#entry-{row.pk}"


WHAT = (("said", _("有进展")), ("problem", _("有需协调事项")), ("red", _("逾期任务")), ("silent", _("无新进展")))


def by_what(_asked: Asked, value: str) -> Q:
    known = {
        "said": ~Q(text=""),
        "problem": ~Q(problem=""),
        "red": Q(kind="red"),
        "silent": Q(text="", problem="", carried_out=None),
    }
    return known.get(value, Q(pk__in=[]))


def by_section(_asked: Asked, value: str) -> Q:
    return Q(task__clause__number=value) | Q(task__clause__number__startswith=f"{value}·")


class StillTable(Table):
    key = "dispatch.still"
    title = _("久无进展的任务")
    order = ("lead_unit__order", "pk")
    row_url_name = "plans:task"
    empty = (_("没有久无进展的任务"), _("连续几个月没有任何进展填报的任务会列在这里。"))
    columns = (
        Column("number", _("编号"), lambda row: row.number, card=False),
        Column("title", _("任务"), lambda row: row.title, main=True),
        Column("lead_unit", _("牵头单位"), lambda row: str(row.lead_unit), sort=("lead_unit__order",)),
        Column("due_on", _("完成期限"), lambda row: row.due_on, sort=("due_on",)),
        Column("moved_at", _("最近动态"), lambda row: row.moved_at, sort=("moved_at",)),
    )
    filters = (text_filter("q", _("关键字"), "title", "number", placeholder=_("任务名称 / 编号")),)
