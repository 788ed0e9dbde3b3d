"""The staff of a school in one school year."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.queries import stage_choices
from xietong.areas.people import queries
from xietong.areas.people.tables.register import holder_like
from xietong.kit.pages.templatetags.pages import tag
from xietong.kit.tables.declare import Asked, Column, Filter, Table, choice_filter

MATCHES = {"fits": "", "off": _("教非所学"), "unknown": _("无法判断")}


def teaches(_asked: Asked, value: str) -> Q:
    return queries.teaching(subject=value)


def teaches_at(_asked: Asked, value: str) -> Q:
    return queries.teaching(stage=value)


def is_teacher(_asked: Asked, value: str) -> Q:
    return {"yes": Q(is_teacher=True), "no": Q(is_teacher=False)}.get(value, Q(pk__in=[]))


def is_established(_asked: Asked, value: str) -> Q:
    return {"yes": Q(is_established=True), "no": Q(is_established=False)}.get(value, Q(pk__in=[]))


def taught(row: Any) -> str:
    """语文 12 节、道德与法治 2 节、音乐 3 节（二小)."""
    return gettext("、").join(lesson(row, one) for one in row.lessons)


def lesson(row: Any, one: Any) -> str:
    words = queries.subject_name(one.subject)
    if one.periods is not None:
        words = gettext("%(subject)s %(n)s 节") % {"subject": words, "n": f"{one.periods.normalize():f}"}
    if one.record_id != row.record_id:
        words = gettext("%(words)s（%(school)s）") % {"words": words, "school": one.record.school}
    return words


def stage_of(row: Any) -> str:
    return str(row.lessons[0].get_stage_display()) if row.lessons else ""


def certificate(row: Any) -> str:
    return " ".join(filter(None, (row.get_certificate_stage_display(), row.certificate_subject)))


def matching(row: Any) -> Any:
    return MATCHES[queries.match_of(row).value] if row.is_teacher else ""


def matching_tag(row: Any, value: Any) -> SafeString:
    if not value:
        return SafeString("")
    return tag(value, "orange" if queries.match_of(row).value == "off" else "grey")


class StaffTable(Table):
    """Those who belong to the school, and those who come from another to teach."""

    key = "people.staff"
    order = ("person__pinyin", "pk")
    empty = (
        _("没有符合条件的教职工"),
        _("换个条件，或点“重置”查看全部。教职工由办公室从全国教师管理信息系统的导出表导入。"),
    )
    columns = (
        Column("name", _("姓名"), lambda row: row.person.name, main=True, sort=("person__pinyin",)),
        Column("school", _("所在学校"), lambda row: str(row.record.school)),
        Column(
            "teacher", _("岗位"), lambda row: _("专任教师") if row.is_teacher else _("其他人员"), sort=("is_teacher",)
        ),
        Column("established", _("编制"), lambda row: _("在编") if row.is_established else _("编外"), card=False),
        Column("stage", _("任教学段"), stage_of),
        Column("taught", _("任教学科和周课时"), taught),
        Column("qualification", _("学历"), lambda row: row.get_qualification_display(), sort=("qualification",)),
        Column("trained", _("所学专业"), lambda row: row.trained_subject),
        Column("certificate", _("教师资格"), certificate, card=False),
        Column("match", _("所教与所学"), matching, html=matching_tag),
        Column("title", _("职称"), lambda row: row.get_title_display(), card=False),
        Column(
            "backbone",
            _("骨干层次"),
            lambda row: row.get_backbone_display() if row.backbone != "none" else "",
            card=False,
        ),
    )
    filters = (
        Filter("q", _("姓名"), holder_like, placeholder=_("姓名 / 拼音首字母")),
        Filter("subject", _("任教学科"), teaches, lambda asked: queries.subject_choices()),
        Filter("stage", _("任教学段"), teaches_at, lambda asked: stage_choices()),
        choice_filter("backbone", _("骨干层次"), "backbone", lambda asked: queries.backbone_choices()),
        Filter("teacher", _("岗位"), is_teacher, lambda asked: (("yes", _("专任教师")), ("no", _("其他人员")))),
        Filter("established", _("编制"), is_established, lambda asked: (("yes", _("在编")), ("no", _("编外")))),
    )

    def __init__(self, record: Any, *, linked: bool) -> None:
        super().__init__(linked=linked)
        self.title = gettext("%(school)s %(year)s教职工") % {"school": record.school, "year": record.register}

    def row_url(self, row: Any) -> str:
        return reverse("people:person", args=[row.person_id]) if self.linked else ""
