"""The yearly register: its school years, what is taken in, and the end of it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.orgs import access, actions, forms, queries, sheets, tables
from xietong.areas.orgs.rules.calendar import SchoolYear
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound
from xietong.kit.pages.page import page
from xietong.kit.sheets.pages import Pages
from xietong.kit.tables.answer import answer
from xietong.kit.tables.declare import Tool


def crumbs(*more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(_("学校资料"), reverse("orgs:registers")), *more]


@page(access.VIEW_REGISTER)
def registers(request: Request) -> HttpResponseBase:
    tools = [Tool(_("建立学年资料"), reverse("orgs:register_open"), "plus", primary=True)]
    return answer(
        request,
        tables.RegisterTable(),
        queries.registers(request.actor),
        toolbar=tools if access.KEEP_REGISTER.held_by(request.actor) else [],
    )


@page(access.KEEP_REGISTER, methods=("GET", "POST"))
def register_open(request: Request) -> HttpResponse:
    year = SchoolYear.containing(request.today).start
    due_on = request.today + timedelta(days=queries.due_days(request.actor.home, request.today))
    return ask(
        request,
        bound(forms.RegisterForm, request, year=year, as_of=date(year, 9, 1), due_on=due_on),
        title=_("建立学年资料"),
        save=lambda **fields: actions.open_register(request.actor, now=request.now, **fields),
        done=lambda row: reverse("orgs:register", args=[row.pk]),
        said=_("已建立，本县在办的学校都已列入。接着导入各系统的导出表。"),
        back_url=reverse("orgs:registers"),
    )


@page(access.VIEW_REGISTER)
def register(request: Request, pk: int) -> HttpResponseBase:
    row = queries.register(request.actor, pk)
    mine = queries.only_record(request.actor, row)
    if mine:
        return redirect("orgs:record", pk=mine.pk)
    return answer(
        request,
        tables.RecordTable(),
        queries.records(request.actor, row),
        template="orgs/register.html",
        page=queries.register_page(request.actor, row),
        title=_("%(year)s学校资料") % {"year": row.label},
        crumbs=crumbs((row.label, None)),
        may_keep=access.KEEP_REGISTER.held_by(request.actor) and not row.locked_at,
    )


@page(access.KEEP_REGISTER, methods=("POST",))
def register_complete(request: Request, pk: int) -> HttpResponse:
    row = queries.register_to_keep(request.actor, pk)
    entered = actions.complete_register(request.actor, row, now=request.now)
    if entered:
        messages.success(request, _("补充了 %(n)d 所学校。") % {"n": entered})
    else:
        messages.info(request, _("没有新设的学校，名单没有变化。"))
    return redirect("orgs:register", pk=pk)


@page(access.KEEP_REGISTER, methods=("GET", "POST"))
def register_lock(request: Request, pk: int) -> HttpResponse:
    row = queries.register_to_keep(request.actor, pk)
    found = queries.register_page(request.actor, row)
    waiting = _("共 %(n)d 所学校，还有 %(m)d 所没有确认。") % {
        "n": found.schools,
        "m": found.schools - found.confirmed,
    }
    return ask(
        request,
        bound(forms.LockForm, request),
        title=_("锁定%(year)s学校资料") % {"year": row.label},
        save=lambda **fields: actions.lock_register(request.actor, row, now=request.now, **fields),
        done=reverse("orgs:register", args=[pk]),
        said=_("已锁定。以后有误的数据逐项更正，前后两个数都保留。"),
        submit_label=_("锁定"),
        subject=_("锁定后学校和办公室都不能再修改、导入，只能逐项更正。") + waiting,
        crumbs=crumbs((row.label, home(row)), (_("锁定"), None)),
    )


def around(label: Any) -> Callable[[Any, str], dict[str, Any]]:
    """What stands around the pages of one book: its name, and the year that it is taken into."""

    def shown(register: Any, _title: str) -> dict[str, Any]:
        title = _("导入%(book)s（%(year)s）") % {"book": label, "year": register.label}
        return {"title": title, "crumbs": crumbs((register.label, home(register)), (str(label), None))}

    return shown


def home(register: Any) -> str:
    return reverse("orgs:register", args=[register.pk])


SHEETS = (
    Pages(
        sheets.StatisticsBook(),
        "register_statistics",
        gettext_lazy(
            "教育事业统计系统导出的表，可以直接上传；列名不同的，在“列对应”里指定一次，以后自动识别。"
            "模板里是本学年的学校和已有的数。"
        ),
        around(gettext_lazy("教育事业统计")),
        home,
    ),
    Pages(
        sheets.ClassBook(),
        "register_classes",
        gettext_lazy("学籍系统按班级汇总导出的表，一行一个班，只要学生总数。有学生姓名、学籍号的表不收。"),
        around(gettext_lazy("学籍系统班级汇总")),
        home,
    ),
    Pages(
        sheets.RoomBook(),
        "register_rooms",
        gettext_lazy("音乐、美术专用教室，一行一间，写明面积。学校也可以在本校资料里自己登记。"),
        around(gettext_lazy("音乐、美术教室")),
        home,
    ),
)
