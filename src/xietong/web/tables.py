"""The lists of the site's own pages."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.approvals.models import Approval
from xietong.kit.feedback.models import Feedback
from xietong.kit.pages.templatetags.pages import tag
from xietong.kit.ruletable.models import Confidence
from xietong.kit.tables.declare import Asked, Column, Filter, Table, choice_filter, text_filter


class AuditTable(Table):
    key = "web.audit"
    title = _("审计记录")
    order = ("-pk",)
    empty = (_("没有符合条件的记录"), _("换个条件，或点“重置”查看全部。"))
    columns = (
        Column("at", _("时间"), lambda row: row.at, main=True, sort=("at",)),
        Column("actor", _("操作人"), lambda row: f"{row.org_name} {name_of(row)}".strip()),
        Column("action", _("操作"), lambda row: row.action),
        Column("target", _("对象"), lambda row: row.target_name),
        Column("reason", _("说明"), lambda row: row.reason),
        Column("changes", _("变更"), lambda row: in_words(row.changes), optional=True, card=False),
        Column("address", _("地址"), lambda row: row.address, card=False),
    )
    filters = (
        text_filter("q", _("关键字"), "actor_name", "target_name", "reason", placeholder=_("人 / 对象 / 说明")),
        text_filter("action", _("操作"), "action"),
    )


def in_words(changes: dict[str, Any]) -> str:
    return gettext("；").join(f"{name}: {old} → {new}" for name, (old, new) in changes.items())


def name_of(entry: Any) -> str:
    """The system itself is named in the language of the reader, people as they are called."""
    name: str = entry.actor_name
    return gettext(name) if entry.role == SYSTEM.role else name


def confidence_tone(rule: Any) -> str:
    """A county's own value stands out, and a county default never looks like a national rule."""
    if rule.confidence == Confidence.COUNTY:
        return "blue"
    return "green" if rule.is_national else "grey"


class RuleTable(Table):
    key = "web.rules"
    title = _("规则表")
    order = ("code", "pk")
    row_url_name = "rule"
    empty = (_("没有符合条件的规则"), _("换个条件，或点“重置”查看全部。"))
    columns = (
        Column("name", _("名称"), lambda row: row.name, main=True, sort=("name",)),
        Column("value", _("数值"), lambda row: row.shown),
        Column("scope", _("适用范围"), lambda row: row.scope),
        Column("document", _("依据"), lambda row: f"{row.document} {row.document_no}".strip()),
        Column(
            "confidence",
            _("可信度"),
            lambda row: row.get_confidence_display(),
            html=lambda row, value: tag(value, confidence_tone(row)),
        ),
        Column("code", _("编码"), lambda row: row.code, optional=True, card=False),
        Column("from", _("起"), lambda row: row.effective_from, card=False),
        Column("to", _("止"), lambda row: row.effective_to, card=False),
    )
    filters = (
        text_filter("q", _("关键字"), "name", "code", "document"),
        choice_filter("confidence", _("可信度"), "confidence", lambda asked: Confidence.choices),
    )


def token_cell(row: Any, value: int) -> SafeString | str:
    """How many tokens are in use, leading to where they are revoked."""
    if not value:
        return "0"
    return format_html('<a href="{}">{}</a>', reverse("account_tokens", args=[row.pk]), value)


class AccountTable(Table):
    key = "web.accounts"
    title = _("账号安全")
    order = ("name", "pk")
    empty = (_("没有符合条件的账号"), _("换个条件，或点“重置”查看全部。"))
    row_url_name = "account_lock"
    columns = (
        Column("name", _("姓名"), lambda row: row.name, main=True, sort=("name",)),
        Column("username", _("登录名"), lambda row: row.username),
        Column("last_login", _("最近登录"), lambda row: row.last_login, sort=("last_login",)),
        Column(
            "active",
            _("状态"),
            lambda row: _("正常") if row.is_active else _("停用"),
            html=lambda row, value: tag(value, "green" if row.is_active else "red"),
        ),
        Column("tokens", _("接口令牌"), lambda row: row.tokens_in_use, html=token_cell, numeric=True),
    )
    filters = (text_filter("q", _("关键字"), "name", "username", placeholder=_("姓名 / 登录名")),)


def waiting(_asked: Asked, value: str) -> Q:
    return {"waiting": Q(answered_at=None), "answered": Q(answered_at__isnull=False)}.get(value, Q(pk__in=[]))


class FeedbackTable(Table):
    key = "web.feedback"
    title = _("收到的投诉建议")
    order = ("is_answered", "-at", "pk")
    row_url_name = "feedback_received_one"
    empty = (_("没有收到投诉建议"), _("学校和教师点页脚的“投诉建议”反映的情况会出现在这里。"))
    columns = (
        Column("text", _("内容"), lambda row: shortened(row.text), main=True),
        Column("kind", _("类别"), lambda row: row.get_kind_display()),
        Column("author", _("反映人"), lambda row: row.author or _("匿名")),
        Column("at", _("时间"), lambda row: row.at, sort=("at",)),
        Column(
            "state",
            _("状态"),
            lambda row: _("已答复") if row.answered_at else _("待答复"),
            html=lambda row, value: tag(value, "grey" if row.answered_at else "orange"),
        ),
    )
    filters = (
        text_filter("q", _("关键字"), "text", "answer", "author", placeholder=_("内容 / 反映人")),
        choice_filter("kind", _("类别"), "kind", lambda asked: Feedback.Kind.choices),
        Filter("state", _("状态"), waiting, lambda asked: (("waiting", _("待答复")), ("answered", _("已答复")))),
    )


def shortened(text: str, *, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


TONES = {
    Approval.State.RUNNING: "blue",
    Approval.State.AGREED: "green",
    Approval.State.SENT_BACK: "red",
}


def approval_state(row: Any, value: str) -> SafeString:
    return tag(value, TONES.get(Approval.State(row.state), "grey"))


class ApprovalTable(Table):
    """What waits for one's signature, what one handed in, what one has signed."""

    key = "web.approvals"
    title = _("审批")
    order = ("-started_at", "-pk")
    empty = (_("没有审批事项"), _("提交给您审批的、您自己提交的事项会出现在这里。"))
    row_url_name = "approval"
    columns = (
        Column("title", _("事项"), lambda row: row.title, main=True, sort=("title",)),
        Column("form", _("类别"), lambda row: row.label, sort=("form",)),
        Column("state", _("状态"), lambda row: row.get_state_display(), approval_state, sort=("state",)),
        Column("starter", _("提交人"), lambda row: row.starter, card=False),
        Column("started_at", _("提交时间"), lambda row: row.started_at, sort=("started_at",)),
    )
    filters = (
        text_filter("q", _("关键字"), "title", "starter", placeholder=_("事项 / 提交人")),
        choice_filter("state", _("状态"), "state", lambda _asked: Approval.State.choices),
    )
