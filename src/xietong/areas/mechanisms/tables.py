"""The list of this area."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from xietong.areas.mechanisms import queries
from xietong.kit.pages.templatetags.pages import tag
from xietong.kit.tables.declare import Asked, Column, Filter, Table, choice_filter


def by_words(_asked: Asked, value: str) -> Q:
    return queries.said_in_text(value)


def by_standing(_asked: Asked, value: str) -> Q:
    known = {
        "in_force": Q(current_pk__isnull=False),
        "prepared": Q(prepared__isnull=False),
        "none": Q(current_pk=None, prepared=None),
    }
    return known.get(value, Q(pk__in=[]))


def standing(row: Any) -> str:
    """In force, being prepared, or not there yet."""
    if row.current_pk:
        return str(_("施行中"))
    return str(queries.state_labels()[row.prepared]) if row.prepared else str(_("未制定"))


def standing_tag(row: Any, _value: str) -> SafeString:
    tones = "green" if row.current_pk else "blue" if row.prepared else "grey"
    return tag(standing(row), tones)


def receipts(row: Any) -> str:
    return f"{row.received}/{row.asked}" if row.asked else ""


class MechanismTable(Table):
    key = "mechanisms.mechanisms"
    title = _("配套制度")
    order = ("order", "pk")
    empty = (_("还没有登记配套制度"), _("点“登记制度”，把方案要求制定的机制、办法列出来。"))
    columns = (
        Column("title", _("名称"), lambda row: row.title, main=True, sort=("title",)),
        Column("kind", _("类别"), lambda row: row.get_kind_display(), sort=("kind",)),
        Column("standing", _("状态"), standing, html=standing_tag),
        Column("document_no", _("文号"), lambda row: row.document_no or ""),
        Column("since", _("施行日期"), lambda row: row.since, sort=("since",)),
        Column("receipts", _("签收"), receipts),
        Column("basis", _("依据"), lambda row: row.basis, optional=True, card=False),
    )
    filters = (
        Filter("q", _("名称或正文"), by_words, placeholder=_("全文查找")),
        choice_filter("kind", _("类别"), "kind", lambda _asked: queries.kind_choices()),
        Filter(
            "standing",
            _("状态"),
            by_standing,
            lambda _asked: [("in_force", _("施行中")), ("prepared", _("制定中")), ("none", _("未制定"))],
        ),
    )

    def row_url(self, row: Any) -> str:
        return reverse("mechanisms:mechanism", args=[row.pk])
