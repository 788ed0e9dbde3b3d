"""Meetings: the list, the page, planning, asking, putting off, calling off, papers."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.dispatch import access, actions, forms, queries, tables
from xietong.kit.accounts.request import Request
from xietong.kit.clock.time import SHANGHAI
from xietong.kit.feeds import ics
from xietong.kit.forms.answer import ask, bound, files_sent
from xietong.kit.forms.base import Form
from xietong.kit.pages.download import download
from xietong.kit.pages.page import page
from xietong.kit.tables.answer import answer
from xietong.kit.tables.declare import Tool

SPECIAL = "special"


@page(access.VIEW_MEETING)
def meetings(request: Request) -> HttpResponseBase:
    tools = []
    if access.CHANGE_MEETING.held_by(request.actor):
        add = reverse("dispatch:meeting_add")
        tools = [
            Tool(_("筹备专题会"), f"{add}?kind={SPECIAL}", "plus"),
            Tool(_("筹备月调度会"), add, "plus", primary=True),
        ]
    return answer(request, tables.MeetingTable(), queries.meetings(request.actor), toolbar=tools)


@page(access.VIEW_MEETING)
def meeting(request: Request, pk: int) -> HttpResponse:
    found = queries.meeting_page(request.actor, pk, request.today)
    context = {"page": found, "title": found.row.title, "crumbs": crumbs((found.row.title, None))}
    return render(request, "dispatch/meeting.html", context)


def crumbs(*more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(_("调度会"), reverse("dispatch:meetings")), *more]


def done(request: Request, pk: int, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(queries.meeting_url(pk))


@page(access.CHANGE_MEETING, methods=("GET", "POST"))
def meeting_add(request: Request) -> HttpResponse:
    county, kind = request.actor.home, SPECIAL if request.GET.get("kind") == SPECIAL else "monthly"
    return ask(
        request,
        bound(forms.MeetingForm, request, queries.cycles_by_id(county), kind=kind, **proposed(request, kind)),
        title=_("筹备专题会") if kind == SPECIAL else _("筹备月调度会"),
        save=lambda **fields: actions.plan_meeting(request.actor, now=request.now, **fields),
        done=lambda row: reverse("dispatch:meeting_units", args=[row.pk]),
        said=_("已建立，请选择参会单位。"),
        back_url=reverse("dispatch:meetings"),
        submit_label=_("下一步：选择单位"),
    )


def proposed(request: Request, kind: str) -> dict[str, Any]:
    """A meeting like the last of its series."""
    found = queries.next_meeting(request.actor.home, kind, request.today)
    ends = found.ends_at.astimezone(SHANGHAI).time() if found.ends_at else None
    begins = found.starts_at.astimezone(SHANGHAI)
    return {
        "on": begins.date(),
        "at": begins.time(),
        "until": ends,
        "place": found.place,
        "chair": found.chair,
        "recorder": found.recorder,
        "cycle": found.cycle,
    }


@page(access.CHANGE_MEETING, methods=("GET", "POST"))
def meeting_change(request: Request, pk: int) -> HttpResponse:
    row = queries.meeting_to(request.actor, "change", pk)
    return ask(
        request,
        bound(forms.MeetingChangeForm, request, queries.cycles_by_id(row.county_id), row=row),
        title=_("修改会议"),
        save=lambda **fields: actions.change_meeting(request.actor, row, now=request.now, **fields),
        done=queries.meeting_url(pk),
        said=_("已保存。时间、地点有变化的，已通知参会单位。") if row.invited_at else _("已保存。"),
        subject=row.title,
    )


@page(access.CHANGE_MEETING, methods=("GET", "POST"))
def meeting_units(request: Request, pk: int) -> HttpResponse:
    """Prefilled from the list as it is; of a new meeting from the one before it in its series."""
    row = queries.meeting_to(request.actor, "change", pk)
    offered = queries.units_offered(row.county_id, request.today)
    there = {one.pk for one in queries.units_of(row) or queries.units_before(row)}
    initial = {name: [one for pk, one in rows.items() if pk in there] for name, rows in offered.items()}

    def save(**fields: Any) -> object:
        units = [one for name in offered for one in fields.get(name, ())]
        return actions.seat_units(request.actor, row, units=units, now=request.now)

    return ask(
        request,
        bound(forms.UnitsForm, request, offered, **initial),
        title=_("参会单位"),
        save=save,
        done=queries.meeting_url(pk),
        said=_("名单已保存。"),
        template="dispatch/meeting_units.html",
        subject=row.title,
    )


@page(access.CHANGE_MEETING, methods=("GET", "POST"))
def meeting_people(request: Request, pk: int, place_pk: int) -> HttpResponse:
    row = queries.meeting_to(request.actor, "change", pk)
    place = queries.place_of(row, place_pk)
    offered = queries.people_at(place.unit)
    there = [one.person for one in queries.places_of(row) if one.unit_id == place.unit_id and one.person]
    return ask(
        request,
        bound(forms.PeopleForm, request, offered, people=there),
        title=_("%(unit)s的参会人") % {"unit": place.unit},
        save=lambda people: actions.name_people(request.actor, row, place.unit, people=people, now=request.now),
        done=queries.meeting_url(pk),
        said=_("已保存。"),
        subject=row.title,
    )


@page(access.CHANGE_MEETING, methods=("POST",))
def meeting_invite(request: Request, pk: int) -> HttpResponse:
    row = actions.invite(request.actor, queries.meeting_to(request.actor, "change", pk), now=request.now)
    return done(request, row.pk, _("通知已发出，参会单位会收到消息和待办。"))


@page(access.CHANGE_MEETING, methods=("GET", "POST"))
def meeting_cancel(request: Request, pk: int) -> HttpResponse:
    row = queries.meeting_to(request.actor, "change", pk)
    return ask(
        request,
        bound(forms.ReasonForm, request),
        title=_("取消会议"),
        save=lambda reason: actions.cancel_meeting(request.actor, row, reason=reason, now=request.now),
        done=queries.meeting_url(pk),
        said=_("会议已取消。"),
        submit_label=_("取消会议"),
        subject=row.title,
    )


@page(access.CHANGE_MEETING, methods=("GET", "POST"))
def meeting_papers(request: Request, pk: int) -> HttpResponse:
    row = queries.meeting_to(request.actor, "change", pk)
    return ask(
        request,
        bound(Form, request),
        title=_("会议材料"),
        save=lambda: actions.add_papers(request.actor, row, now=request.now, **files_sent(request)),
        done=queries.meeting_url(pk),
        said=_("材料已挂上，参会单位可以查看。"),
        template="dispatch/meeting_papers.html",
        multipart=True,
        subject=row.title,
    )


@page(access.VIEW_MEETING)
def meeting_ics(request: Request, pk: int) -> HttpResponseBase:
    """The meeting for one's own calendar: when, where and what; nobody's name."""
    row = queries.meeting_shown(request.actor, pk)
    site = f"{request.scheme}://{request.get_host()}"
    content = ics.written([queries.happening_of(row)], name=row.title, site=site, made_at=request.now)
    return download(content, name=f"{row.title}.ics", content_type=ics.CONTENT_TYPE)


@page(access.CHANGE_MEETING)
def meeting_code(request: Request, pk: int) -> HttpResponse:
    """The code to hang up at the door, for those who like to sign in with their phone."""
    row = queries.meeting_to(request.actor, "change", pk)
    context = {
        "row": row,
        "link": request.build_absolute_uri(reverse("dispatch:sign_in", args=[row.code])),
        "title": _("签到二维码"),
        "crumbs": crumbs((row.title, queries.meeting_url(pk)), (_("签到二维码"), None)),
    }
    return render(request, "dispatch/meeting_code.html", context)
