"""The staff of a school in a school year, and the workbook that they come from."""

from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.orgs import queries as orgs
from xietong.areas.orgs.access import KEEP_REGISTER
from xietong.areas.people import access, queries, sheets, tables
from xietong.kit.accounts.request import Request
from xietong.kit.pages.page import page
from xietong.kit.sheets.pages import Pages
from xietong.kit.tables.answer import answer
from xietong.kit.tables.declare import Tool


@page(access.VIEW_STAFF)
def staff(request: Request, pk: int) -> HttpResponseBase:
    record = orgs.record(request.actor, pk)
    sheet = reverse("people:staff_sheet", args=[record.register_id])
    tools = [Tool(_("导入教职工"), sheet, "file-spreadsheet")] if KEEP_REGISTER.held_by(request.actor) else []
    return answer(
        request,
        tables.StaffTable(record, linked=access.CHANGE_PERSON.held_by(request.actor)),
        queries.staff_listed(request.actor, record),
        toolbar=tools,
        crumbs=[(str(record), reverse("orgs:record", args=[record.pk])), (_("教职工"), None)],
    )


def supply_url(register: Any) -> str:
    return reverse("people:supply_of", args=[register.pk])


def around_staff(register: Any, title: str) -> dict[str, Any]:
    return {
        "title": _("%(year)s教职工：%(title)s") % {"year": register, "title": title},
        "crumbs": [(_("薄弱与紧缺学科"), supply_url(register)), (title, None)],
    }


SHEET = Pages(
    sheets.StaffBook(),
    "staff_sheet",
    gettext_lazy(
        "可以直接上传全国教师管理信息系统导出的表，列名不同的在“列对应”里指定一次。"
        "每行一人，人要先在人员名册里；已有本学年资料的会修改，其余新增，导入从不删除。"
    ),
    around_staff,
    supply_url,
)
