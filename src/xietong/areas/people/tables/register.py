"""The lists of people, role terms and transfers."""

from typing import Any

from django.db.models import F, Q, Value
from django.db.models.functions import Replace
from django.db.models.lookups import Contains
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xietong.areas.people import queries
from xietong.kit.pages.templatetags.pages import tag
from xietong.kit.tables.declare import Asked, Bulk, Column, Filter, Table, choice_filter

TRANSFER_TONES = {"asked": "orange", "confirmed": "green", "refused": "red", "withdrawn": "grey"}


def spelt_like(prefix: str, value: str) -> Q:
    """Names that hold the text, or are spelt with it: by initials, or in full with or without spaces."""
    text = value.lower().replace(" ", "")
    spelling = Replace(F(f"{prefix}pinyin"), Value(" "), Value(""))
    return (
        Q(**{f"{prefix}name__icontains": value})
        | Q(**{f"{prefix}initials__startswith": text})
        | Q(Contains(spelling, text))
    )


def person_like(_asked: Asked, value: str) -> Q:
    return spelt_like("", value) | Q(staff_no__icontains=value)


def holder_like(_asked: Asked, value: str) -> Q:
    return spelt_like("person__", value)


def at_place(asked: Asked, value: str) -> Q:
    """Those who hold a post there; an organisation out of reach finds nobody."""
    reach = {str(pk): pk for pk in queries.units_of_keeper(asked.actor, asked.today)}
    if value not in reach:
        return Q(pk__in=[])
    return Q(queries.posts_unended(asked.today), appointments__organisation_id=reach[value])


def of_kind(asked: Asked, value: str) -> Q:
    return Q(queries.posts_unended(asked.today), appointments__kind=value)


def with_account(_asked: Asked, value: str) -> Q:
    return {"yes": Q(account__isnull=False), "no": Q(account=None)}.get(value, Q(pk__in=[]))


def departed(_asked: Asked, value: str) -> Q:
    return Q(left_on__isnull=False) if value == "left" else Q(pk__in=[])


def term_state(asked: Asked, value: str) -> Q:
    known = {"on": queries.in_force(asked.today), "off": ~queries.unended(asked.today)}
    return known.get(value, Q(pk__in=[]))


def account_state(row: Any) -> Any:
    if row.account is None:
        return _("未开通")
    return _("正常") if row.account.is_active else _("停用")


def account_tag(row: Any, value: Any) -> SafeString:
    if row.account is None:
        return tag(value, "orange")
    return tag(value, "green" if row.account.is_active else "grey")


class PeopleTable(Table):
    key = "people.people"
    title = _("人员")
    order = ("pinyin", "pk")
    row_url_name = "people:person"
    empty = (_("没有符合条件的人员"), _("换个条件，或点“重置”查看全部；办公室可点“登记人员”。"))
    columns = (
        Column("name", _("姓名"), lambda row: row.name, main=True, sort=("pinyin",)),
        Column(
            "organisation", _("机构"), lambda row: gettext("、").join(str(post.organisation) for post in row.posts)
        ),
        Column("post", _("岗位"), lambda row: gettext("、").join(post.post for post in row.posts)),
        Column(
            "kind",
            _("性质"),
            lambda row: gettext("、").join(post.get_kind_display() for post in row.posts),
            card=False,
        ),
        Column(
            "subject",
            _("任教学科"),
            lambda row: gettext("、").join(filter(None, (post.subject for post in row.posts))),
        ),
        Column("sex", _("性别"), lambda row: row.get_sex_display(), optional=True),
        Column("staff_no", _("工号"), lambda row: row.staff_no, sort=("staff_no",), card=False),
        Column("phone", _("手机号"), lambda row: row.phone_masked, card=False),
        Column("identity", _("身份证号"), lambda row: row.identity_masked, optional=True),
        Column("account", _("账号"), account_state, html=account_tag),
        Column("left_on", _("离开日期"), lambda row: row.left_on, optional=True),
    )
    filters = (
        Filter("q", _("关键字"), person_like, placeholder=_("姓名 / 拼音首字母 / 工号")),
        Filter(
            "org",
            _("机构"),
            at_place,
            lambda asked: ((str(pk), one) for pk, one in queries.units_of_keeper(asked.actor, asked.today).items()),
        ),
        Filter("kind", _("性质"), of_kind, lambda asked: queries.post_kind_choices()),
        Filter("account", _("账号"), with_account, lambda asked: (("yes", _("已开通")), ("no", _("未开通")))),
        Filter("state", _("状态"), departed, lambda asked: (("left", _("已离开")),)),
    )


class InvitingTable(PeopleTable):
    """The same list for those who hand out accounts."""

    bulk = (
        Bulk(
            _("邀请开通账号"),
            "people:invite_many",
            confirm=_("将为选中的人员生成邀请二维码，旧的邀请随之失效。"),
        ),
    )


class RoleTable(Table):
    key = "people.roles"
    title = _("角色任期")
    order = ("person__pinyin", "pk")
    empty = (_("没有符合条件的角色任期"), _("在人员页面授予角色后，这里可以查到谁在什么时候担任什么。"))
    columns = (
        Column("person", _("姓名"), lambda row: row.person.name, main=True, sort=("person__pinyin",)),
        Column("role", _("角色"), lambda row: row.get_role_display(), sort=("role",)),
        Column("organisation", _("机构"), lambda row: str(row.organisation), sort=("organisation__order",)),
        Column("from_on", _("起"), lambda row: row.from_on, sort=("from_on",)),
        Column("to_on", _("止"), lambda row: row.to_on, sort=("to_on",)),
    )
    filters = (
        Filter("q", _("姓名"), holder_like, placeholder=_("姓名 / 拼音首字母")),
        choice_filter("role", _("角色"), "role", lambda asked: queries.role_choices()),
        Filter("state", _("状态"), term_state, lambda asked: (("on", _("任期内")), ("off", _("已结束")))),
    )

    def row_url(self, row: Any) -> str:
        return reverse("people:person", args=[row.person_id]) if self.linked else ""


class TransferTable(Table):
    key = "people.transfers"
    title = _("调动")
    order = ("-asked_at", "-pk")
    row_url_name = "people:transfer"
    empty = (_("没有调动"), _("要把人员调往别的县，请在该人员的页面点“调往外县”，由对方办公室确认。"))
    columns = (
        Column("person", _("姓名"), lambda row: row.person.name, main=True),
        Column("from", _("调出"), lambda row: str(row.from_county)),
        Column("to", _("调入"), lambda row: str(row.to_county)),
        Column("asked_at", _("发起时间"), lambda row: row.asked_at, sort=("asked_at",)),
        Column(
            "state",
            _("状态"),
            lambda row: row.get_state_display(),
            html=lambda row, value: tag(value, TRANSFER_TONES[row.state]),
        ),
    )
    filters = (choice_filter("state", _("状态"), "state", lambda asked: queries.transfer_state_choices()),)
