"""Who sits in the leading group."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.orgs.access import CHANGE_GROUP, VIEW_GROUP
from xietong.areas.people import actions, forms, queries
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound
from xietong.kit.pages.page import page


@page(VIEW_GROUP)
def seats(request: Request) -> HttpResponse:
    context = {
        "page": queries.seats_page(request.actor),
        "title": _("领导小组成员"),
        "may_change": CHANGE_GROUP.held_by(request.actor),
    }
    return render(request, "people/seats.html", context)


@page(CHANGE_GROUP, methods=("GET", "POST"))
def seat_take(request: Request) -> HttpResponse:
    group = queries.group_to_seat(request.actor)
    return ask(
        request,
        bound(forms.SeatForm, request, request.actor, request.today, from_on=request.today),
        title=_("增加领导小组成员"),
        save=lambda **fields: actions.take_seat(request.actor, group, now=request.now, **fields),
        done=reverse("people:seats"),
        said=_("成员已增加。"),
    )


@page(CHANGE_GROUP, methods=("GET", "POST"))
def seat_leave(request: Request, pk: int) -> HttpResponse:
    seat = queries.seat_to_leave(request.actor, pk)
    return ask(
        request,
        bound(forms.SeatEndForm, request, to_on=request.today),
        title=_("“%(name)s”不再任%(position)s") % {"name": seat.person, "position": seat.get_position_display()},
        save=lambda **fields: actions.leave_seat(request.actor, seat, now=request.now, **fields),
        done=reverse("people:seats"),
        said=_("已登记，记录保留。"),
    )
