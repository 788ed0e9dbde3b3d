"""The list of what was sent beyond the inbox."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from xietong.kit.notices.models import Channel, Delivery
from xietong.kit.pages.templatetags.pages import tag
from xietong.kit.tables.declare import Bulk, Column, Table, choice_filter

State = Delivery.State
TONES = {
    State.WAITING: "blue",
    State.SENDING: "blue",
    State.SENT: "green",
    State.FAILED: "red",
    State.UNCERTAIN: "orange",
}


def state(row: Any, value: str) -> SafeString:
    return tag(value, TONES.get(State(row.state), "grey"))


def recipient(row: Any) -> Any:
    return row.account_name if row.account_id else _("群")


def what(row: Any) -> Any:
    if row.is_test:
        return _("测试消息")
    return ngettext("%(n)d 条消息", "%(n)d 条消息", row.count) % {"n": row.count}


class DeliveryTable(Table):
    key = "notices.deliveries"
    title = _("发送记录")
    order = ("-created_at", "-pk")
    empty = (_("还没有发送记录"), _("渠道开启后，每次发送都会记在这里，保留 90 天。"))
    bulk = (Bulk(_("再发一次"), "deliveries_again", confirm=_("选中的失败或不确定的记录会再发一次。")),)
    columns = (
        Column("created_at", _("时间"), lambda row: row.created_at, main=True, sort=("created_at",)),
        Column("channel", _("渠道"), lambda row: str(row.channel)),
        Column("recipient", _("收件人"), recipient),
        Column("what", _("内容"), what),
        Column("state", _("状态"), lambda row: row.get_state_display(), state, sort=("state",)),
        Column("attempts", _("尝试次数"), lambda row: row.attempts, numeric=True),
        Column("error", _("说明"), lambda row: row.error_said, card=True),
        Column("ended_at", _("结束时间"), lambda row: row.ended_at, optional=True, card=False),
    )
    filters = (
        choice_filter("channel", _("渠道"), "channel__kind", lambda _asked: Channel.Kind.choices),
        choice_filter("state", _("状态"), "state", lambda _asked: State.choices),
    )

    def row_label(self, row: Any) -> str:
        return f"{row.channel} {recipient(row)}"
