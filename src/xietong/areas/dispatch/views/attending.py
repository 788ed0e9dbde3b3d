"""What those who are asked do: sign in or be excused, agree to the minutes or say what is wrong."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xietong.areas.dispatch import access, actions, forms, queries
from xietong.areas.dispatch.views.meetings import crumbs, done
from xietong.kit.accounts.request import Request
from xietong.kit.clock.time import day_of
from xietong.kit.forms.answer import ask, bound
from xietong.kit.pages.page import page


@page(access.SIGN_IN, methods=("GET", "POST"))
def sign_in(request: Request, code: str) -> HttpResponse:
    places = queries.places_by_code(request.actor, code)
    meeting = places[0].meeting
    if request.method == "POST":
        place = next((one for one in places if str(one.pk) == request.POST.get("place")), None)
        if place is None:
            raise Http404
        if request.POST.get("deed") == "excuse":
            actions.excuse(request.actor, place, note=request.POST.get("note", "")[:120], now=request.now)
            messages.success(request, _("已请假，办公室会看到。"))
        else:
            actions.sign_in(request.actor, place, now=request.now)
            messages.success(request, _("已签到。"))
        return redirect("dispatch:sign_in", code=code)
    context = {
        "row": meeting,
        "places": places,
        "is_today": day_of(meeting.starts_at) == request.today,
        "title": _("会议签到"),
        "crumbs": crumbs((meeting.title, queries.meeting_url(meeting.pk)), (_("签到"), None)),
    }
    return render(request, "dispatch/meeting_sign_in.html", context)


@page(access.CONFIRM_MINUTES, methods=("GET", "POST"))
def confirmation(request: Request, pk: int) -> HttpResponse:
    row = queries.confirmation_to_give(request.actor, pk)
    return ask(
        request,
        bound(forms.WordsForm, request, _("意见"), hint=_("写明纪要中哪一处不对、应当怎样写。"), text=row.text),
        title=_("对会议纪要的意见"),
        save=lambda text: actions.confirm(request.actor, row, text=text, now=request.now),
        done=queries.meeting_url(row.meeting_id),
        said=_("已反馈，办公室会收到提醒。"),
        submit_label=_("提交"),
        subject=row.meeting.title,
    )


@page(access.CONFIRM_MINUTES, methods=("POST",))
def confirmation_agree(request: Request, pk: int) -> HttpResponse:
    row = actions.confirm(request.actor, queries.confirmation_to_give(request.actor, pk), now=request.now)
    return done(request, row.meeting_id, _("已确认无意见。"))
