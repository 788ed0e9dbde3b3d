"""At the meeting and after: agenda, attendance, minutes, decisions made, the minutes sent round and fixed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.dispatch import access, actions, forms, queries
from xietong.areas.dispatch.views.meetings import crumbs, done
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound
from xietong.kit.pages.page import page


def agenda_url(pk: int) -> str:
    return f"{queries.meeting_url(pk)}#agenda"


@page(access.CHANGE_MEETING, methods=("POST",))
def agenda_propose(request: Request, pk: int) -> HttpResponse:
    row = queries.meeting_to(request.actor, "change", pk)
    found = actions.propose_agenda(request.actor, row, now=request.now)
    said = _("列入 %(n)d 个议题。") if found.facts else _("没有新的议题。")
    messages.success(request, said % {"n": len(found.facts)})
    for source, n in found.left_out.items():
        label = queries.source_label(source)
        messages.info(request, _("“%(source)s”较多，还有 %(n)d 项没有列入。") % {"source": label, "n": n})
    return redirect(agenda_url(pk))


@page(access.CHANGE_MEETING, methods=("GET", "POST"))
def item_add(request: Request, pk: int) -> HttpResponse:
    row = queries.meeting_to(request.actor, "change", pk)
    return ask(
        request,
        bound(forms.ItemForm, request),
        title=_("加议题"),
        save=lambda **fields: actions.add_item(request.actor, row, now=request.now, **fields),
        done=agenda_url(pk),
        said=_("已加在最后。"),
        subject=row.title,
    )


@page(access.CHANGE_MEETING, methods=("GET", "POST"))
def item_change(request: Request, pk: int, item_pk: int) -> HttpResponse:
    row = queries.meeting_to(request.actor, "change", pk)
    item = queries.item_of(row, item_pk)
    return ask(
        request,
        bound(forms.ItemChangeForm, request, row=item),
        title=_("修改议题"),
        save=lambda **fields: actions.change_item(request.actor, item, now=request.now, **fields),
        done=agenda_url(pk),
        said=_("已保存。"),
        subject=row.title,
    )


@page(access.CHANGE_MEETING, methods=("POST",))
def item_up(request: Request, pk: int, item_pk: int) -> HttpResponse:
    return move(request, pk, item_pk, down=False)


@page(access.CHANGE_MEETING, methods=("POST",))
def item_down(request: Request, pk: int, item_pk: int) -> HttpResponse:
    return move(request, pk, item_pk, down=True)


def move(request: Request, pk: int, item_pk: int, *, down: bool) -> HttpResponse:
    item = queries.item_of(queries.meeting_to(request.actor, "change", pk), item_pk)
    actions.move_item(request.actor, item, down=down, now=request.now)
    return redirect(agenda_url(pk))


@page(access.CHANGE_MEETING, methods=("POST",))
def item_drop(request: Request, pk: int, item_pk: int) -> HttpResponse:
    item = queries.item_of(queries.meeting_to(request.actor, "change", pk), item_pk)
    actions.drop_item(request.actor, item, now=request.now)
    messages.success(request, _("已从议题中去掉。"))
    return redirect(agenda_url(pk))


@page(access.HOLD_MEETING, methods=("GET", "POST"))
def attendance(request: Request, pk: int) -> HttpResponse:
    row = queries.meeting_to(request.actor, "hold", pk)
    form = forms.AttendanceForm(queries.places_of(row), **({"data": request.POST} if request.POST else {}))

    def save(**_fields: Any) -> actions.Recorded:
        found = actions.record_attendance(request.actor, row, said=form.said(), now=request.now)
        if found.skipped:
            messages.info(request, _("%(n)d 行刚刚有了新的登记，没有改动，请核对。") % {"n": found.skipped})
        return found

    return ask(
        request,
        form,
        title=_("到会登记"),
        save=save,
        done=queries.meeting_url(pk),
        said=_("已登记。"),
        template="dispatch/meeting_attendance.html",
        row=row,
    )


@page(access.HOLD_MEETING, methods=("POST",))
def attendance_all(request: Request, pk: int) -> HttpResponse:
    row = queries.meeting_to(request.actor, "hold", pk)
    n = actions.all_present(request.actor, row, now=request.now)
    return done(request, pk, _("%(n)d 个登记为到会，请假的没有改动。") % {"n": n})


@page(access.HOLD_MEETING, methods=("GET", "POST"))
def record(request: Request, pk: int) -> HttpResponse:
    """The page beside which the meeting is held: what is said, the agenda, what has been decided so far."""
    found = queries.meeting_page(request.actor, pk, request.today)
    row = queries.meeting_to(request.actor, "hold", pk)
    return ask(
        request,
        bound(forms.MinutesForm, request, row=row),
        title=_("会议记录"),
        save=lambda **fields: actions.record_minutes(request.actor, row, now=request.now, **fields),
        done=reverse("dispatch:record", args=[pk]),
        said=_("已保存。"),
        back_url=queries.meeting_url(pk),
        template="dispatch/meeting_record.html",
        page=found,
        draft_key=f"dispatch.minutes.{pk}",
        crumbs=crumbs((row.title, queries.meeting_url(pk)), (_("会议记录"), None)),
    )


@page(access.HOLD_MEETING, methods=("GET", "POST"))
def decide(request: Request, pk: int) -> HttpResponse:
    row = queries.meeting_to(request.actor, "hold", pk)
    asked = request.GET.get("item", "")
    item = queries.item_of(row, int(asked)) if asked.isdecimal() else None
    plan = queries.plan_for_tasks(request.actor)
    offered = queries.units_to_bind(request.actor, request.today)
    tasks = queries.tasks_to_link(request.actor)

    def save(becomes: str, title: str, task: Any, clause: Any, **fields: Any) -> object:
        place = actions.Place(
            plan=plan,
            title=title,
            makes_task=becomes == forms.TASK,
            task=task if becomes == forms.ADDITION else None,
            clause=clause if becomes in {forms.TASK, forms.CLAUSE} else None,
        )
        return actions.decide(request.actor, row, item=item, place=place, now=request.now, **fields)

    return ask(
        request,
        bound(
            forms.DecisionForm,
            request,
            offered,
            tasks,
            queries.clauses_to_link(plan),
            task=item.task if item else None,
        ),
        title=_("议定事项"),
        save=save,
        done=reverse("dispatch:record", args=[pk]),
        said=_("已列入台账，责任单位会收到消息。"),
        submit_label=_("议定"),
        subject=item.title if item else row.title,
    )


@page(access.HOLD_MEETING, methods=("GET", "POST"))
def circulate(request: Request, pk: int) -> HttpResponse:
    row = queries.meeting_to(request.actor, "hold", pk)
    return ask(
        request,
        bound(forms.CirculateForm, request, confirm_by=request.today + queries.CONFIRM_WITHIN),
        title=_("纪要征求意见"),
        save=lambda confirm_by: actions.circulate(request.actor, row, confirm_by=confirm_by, now=request.now),
        done=queries.meeting_url(pk),
        said=_("已发给到会单位核对。"),
        submit_label=_("发出"),
        subject=row.title,
    )


@page(access.HOLD_MEETING, methods=("POST",))
def confirmations_remind(request: Request, pk: int) -> HttpResponse:
    row = queries.meeting_to(request.actor, "hold", pk)
    n = actions.remind_units(request.actor, row, now=request.now)
    return done(request, pk, _("已提醒 %(n)d 个还没有反馈的单位。") % {"n": n})


@page(access.HOLD_MEETING, methods=("GET", "POST"))
def fix(request: Request, pk: int) -> HttpResponse:
    found = queries.meeting_page(request.actor, pk, request.today)
    row = queries.meeting_to(request.actor, "hold", pk)
    return ask(
        request,
        bound(forms.FixForm, request, row=row),
        title=_("纪要定稿"),
        save=lambda **fields: actions.fix_minutes(request.actor, row, now=request.now, **fields),
        done=queries.meeting_url(pk),
        said=_("纪要已定稿，今后只能补充更正说明。"),
        submit_label=_("定稿"),
        template="dispatch/meeting_fix.html",
        page=found,
        subject=row.title,
    )


@page(access.ADD_TO_MINUTES, methods=("GET", "POST"))
def addition(request: Request, pk: int) -> HttpResponse:
    row = queries.meeting_to(request.actor, "add", pk)
    return ask(
        request,
        bound(forms.WordsForm, request, _("更正内容")),
        title=_("补充更正说明"),
        save=lambda text: actions.add_to_minutes(request.actor, row, text=text, now=request.now),
        done=queries.meeting_url(pk),
        said=_("已补充，参会单位会收到消息。"),
        subject=row.title,
    )


@page(access.VIEW_MEETING)
def minutes(request: Request, pk: int) -> HttpResponse:
    """The minutes as they are printed."""
    found = queries.minutes_page(request.actor, pk, request.today)
    context = {
        "page": found,
        "title": _("会议纪要"),
        "crumbs": crumbs((found.row.title, queries.meeting_url(pk)), (_("会议纪要"), None)),
    }
    return render(request, "dispatch/meeting_minutes.html", context)
