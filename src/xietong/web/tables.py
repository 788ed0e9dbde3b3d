"""Lists of the administrators."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from xietong.kit.pages.templatetags.pages import tag
from xietong.kit.ruletable.models import Confidence
from xietong.kit.tables.declare import Column, Table, choice_filter, text_filter


class AuditTable(Table):
    key = "web.audit"
    title = _("审计记录")
    order = ("-pk",)
    empty = (_("没有符合条件的记录"), _("换个条件，或点“重置”查看全部。"))
    columns = (
        Column("at", _("时间"), lambda row: row.at, main=True, sort=("at",)),
        Column("actor", _("操作人"), lambda row: f"{row.org_name} {row.actor_name}".strip()),
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
    return "；".join(f"{name}: {old} → {new}" for name, (old, new) in changes.items())


class RuleTable(Table):
    key = "web.rules"
    title = _("规则表")
    order = ("code", "pk")
    empty = (_("没有符合条件的规则"), _("换个条件，或点“重置”查看全部。"))
    columns = (
        Column("name", _("名称"), lambda row: row.name, main=True, sort=("name",)),
        Column("value", _("数值"), lambda row: f"{row.comparator} {row.value} {row.unit}".strip()),
        Column("scope", _("适用范围"), lambda row: row.scope),
        Column("document", _("依据"), lambda row: f"{row.document} {row.document_no}".strip()),
        Column(
            "confidence",
            _("可信度"),
            lambda row: row.get_confidence_display(),
            html=lambda row, value: tag(value, "green" if row.is_national else "grey"),
        ),
        Column("code", _("编码"), lambda row: row.code, optional=True, card=False),
        Column("from", _("起"), lambda row: row.effective_from, card=False),
    )
    filters = (
        text_filter("q", _("关键字"), "name", "code", "document"),
        choice_filter("confidence", _("可信度"), "confidence", lambda asked: Confidence.choices),
    )


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
    )
    filters = (text_filter("q", _("关键字"), "name", "username", placeholder=_("姓名 / 登录名")),)
