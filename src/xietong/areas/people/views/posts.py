"""Posts of a person."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.people import access, actions, forms, queries
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound
from xietong.kit.pages.page import page


@page(access.CHANGE_PERSON, methods=("GET", "POST"))
def appoint(request: Request, pk: int) -> HttpResponse:
    row = queries.person_to(request.actor, "change", pk)
    return ask(
        request,
        bound(forms.AppointForm, request, request.actor, request.today, from_on=request.today),
        title=_("登记“%(name)s”的任职") % {"name": row},
        save=lambda **fields: actions.appoint(request.actor, row, now=request.now, **fields),
        done=reverse("people:person", args=[pk]),
        said=_("任职已登记。"),
    )


@page(access.CHANGE_PERSON, methods=("GET", "POST"))
def appointment_end(request: Request, pk: int, appointment_pk: int) -> HttpResponse:
    row = queries.appointment_to_end(request.actor, pk, appointment_pk)
    return ask(
        request,
        bound(forms.EndForm, request, to_on=request.today),
        title=_("结束任职：%(post)s") % {"post": row},
        save=lambda **fields: actions.end_appointment(request.actor, row, now=request.now, **fields),
        done=reverse("people:person", args=[pk]),
        said=_("任职已结束，记录保留。"),
    )
