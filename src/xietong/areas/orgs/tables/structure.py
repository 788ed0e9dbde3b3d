"""The lists of this area."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs import queries
from xietong.kit.pages.templatetags.pages import tag
from xietong.kit.tables.declare import Asked, Column, Filter, Table, choice_filter, text_filter


def in_force(_asked: Asked, value: str) -> Q:
    """Open organisations unless the closed ones are asked for."""
    return {"open": Q(closed_on=None), "closed": Q(closed_on__isnull=False)}.get(value, Q(pk__in=[]))


class OrganisationTable(Table):
    key = "orgs.organisations"
    title = _("机构")
    order = ("order", "pk")
    row_url_name = "orgs:organisation"
    empty = (_("没有符合条件的机构"), _("换个条件，或点“重置”查看全部。"))
    columns = (
        Column("name", _("名称"), lambda row: row.name, main=True, sort=("name",)),
        Column("short_name", _("简称"), lambda row: row.short_name, optional=True),
        Column("kind", _("类别"), lambda row: row.get_kind_display(), sort=("kind",)),
        Column("parent", _("上级"), lambda row: str(row.parent or "")),
        Column("files_through", _("代报单位"), lambda row: str(row.files_through or ""), card=False),
        Column("code", _("标识码"), lambda row: row.code or "", card=False),
        Column("opened_on", _("设立日期"), lambda row: row.opened_on, sort=("opened_on",), optional=True),
        Column(
            "state",
            _("状态"),
            lambda row: _("已撤并") if row.closed_on else _("运行"),
            html=lambda row, value: tag(value, "grey" if row.closed_on else "green"),
        ),
    )
    filters = (
        text_filter("q", _("关键字"), "name", "short_name", "code", placeholder=_("名称 / 简称 / 标识码")),
        choice_filter("kind", _("类别"), "kind", lambda asked: queries.kind_choices()),
        Filter("state", _("状态"), in_force, lambda asked: (("open", _("运行")), ("closed", _("已撤并")))),
    )


class TermTable(Table):
    key = "orgs.terms"
    title = _("学年校历")
    order = ("-starts_on",)
    row_url_name = "orgs:term_change"
    empty = (_("还没有登记学期"), _("先登记本学年两个学期的起止日期，学校的期限灯才会在假期停走。"))
    columns = (
        Column("name", _("学期"), str, main=True, sort=("year", "half")),
        Column("owner", _("适用"), lambda row: str(row.county or row.university)),
        Column("starts_on", _("开学"), lambda row: row.starts_on, sort=("starts_on",)),
        Column("ends_on", _("放假前最后一天"), lambda row: row.ends_on, sort=("ends_on",)),
    )


class AgreementTable(Table):
    key = "orgs.agreements"
    title = _("合作协议")
    order = ("-from_on", "pk")
    row_url_name = "orgs:agreement_change"
    empty = (_("还没有合作协议"), _("登记与高校的协议后，高校协调人才能看到本县的工作。"))
    columns = (
        Column("title", _("名称"), lambda row: row.title, main=True, sort=("title",)),
        Column("university", _("高校"), lambda row: row.university.name),
        Column("document_no", _("编号"), lambda row: row.document_no, card=False),
        Column("from_on", _("生效"), lambda row: row.from_on, sort=("from_on",)),
        Column("to_on", _("终止"), lambda row: row.to_on, sort=("to_on",)),
    )
