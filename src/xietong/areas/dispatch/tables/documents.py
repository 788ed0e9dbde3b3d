"""Lists of documents, and of what circulars would say of a unit."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.dispatch import queries
from xietong.kit.pages.templatetags.pages import tag
from xietong.kit.tables.declare import Column, Table, choice_filter, text_filter

DOCUMENT_TONES = {
    "draft": "blue",
    "approving": "orange",
    "signed": "orange",
    "numbered": "orange",
    "sealed": "orange",
    "sent": "green",
    "filed": "green",
    "dropped": "grey",
}


def document_tag(row: Any, value: Any) -> SafeString:
    return tag(value, DOCUMENT_TONES[row.state])


def state_of(row: Any) -> str:
    return str(row.get_state_display())


def taken(row: Any) -> str:
    return f"{row.received}/{row.asked}" if row.asked else ""


class DocumentTable(Table):
    key = "dispatch.documents"
    title = gettext_lazy("公文")
    order = ("-drafted_at", "-pk")
    row_url_name = "dispatch:document"
    empty = (gettext_lazy("还没有公文"), gettext_lazy("办公室点“拟稿”，系统按月报和会议数据拟出初稿。"))
    columns = (
        Column("title", gettext_lazy("标题"), lambda row: row.title, main=True, sort=("title",)),
        Column("kind", gettext_lazy("文种"), lambda row: row.get_kind_display(), sort=("kind",)),
        Column("number", gettext_lazy("期号、文号"), queries.number_said),
        Column("signed_by", gettext_lazy("签发人"), lambda row: row.signed_by, card=False),
        Column("signed_at", gettext_lazy("签发时间"), lambda row: row.signed_at, sort=("signed_at",)),
        Column("taken", gettext_lazy("签收"), taken, card=False),
        Column("drafted_by", gettext_lazy("拟稿人"), lambda row: row.drafted_by, optional=True, card=False),
        Column("archive_no", gettext_lazy("档号"), lambda row: row.archive_no, optional=True, card=False),
        Column(
            "state", gettext_lazy("状态"), lambda row: row.get_state_display(), html=document_tag, sort=("state",)
        ),
    )
    filters = (
        text_filter(
            "q",
            gettext_lazy("关键字"),
            "title",
            "document_no",
            "archive_no",
            placeholder=gettext_lazy("标题 / 文号"),
        ),
        choice_filter("kind", gettext_lazy("文种"), "kind", lambda _asked: queries.document_kinds()),
        choice_filter("year", gettext_lazy("年度"), "year", lambda asked: queries.document_years(asked.actor)),
        choice_filter("state", gettext_lazy("状态"), "state", lambda _asked: queries.document_states()),
    )


def answer_tag(row: Any, value: Any) -> SafeString:
    return tag(value, "green" if row.answered_at else "orange")


class NamingTable(Table):
    key = "dispatch.namings"
    title = gettext_lazy("拟通报事项")
    order = ("-asked_at", "-pk")
    row_url_name = "dispatch:naming_explain"
    empty = (gettext_lazy("没有拟通报的事项"), gettext_lazy("通报写到您单位以前，会先在这里请您说明。"))
    columns = (
        Column("matter", gettext_lazy("事项"), lambda row: row.matter, main=True),
        Column("unit", gettext_lazy("单位"), lambda row: str(row.unit), sort=("unit__order",)),
        Column("reply_by", gettext_lazy("说明期限"), lambda row: row.reply_by, sort=("reply_by",)),
        Column("text", gettext_lazy("单位说明"), lambda row: row.text),
        Column(
            "state",
            gettext_lazy("状态"),
            lambda row: _("已说明") if row.answered_at else _("待说明"),
            html=answer_tag,
        ),
    )
