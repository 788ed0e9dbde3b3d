"""催办 and 督办: reminders to one or many units, the text for their group, follow-ups and their register."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.plans import access, actions, documents, forms, queries, tables
from xietong.kit.accounts.request import Request
from xietong.kit.docx import letter
from xietong.kit.errors import Refused
from xietong.kit.forms.answer import ask, bound, files_sent
from xietong.kit.pages.download import DOCX, download
from xietong.kit.pages.page import page
from xietong.kit.tables.answer import answer, ticked
from xietong.kit.tables.declare import Table, Tool
from xietong.kit.tables.present import Shown
from xietong.kit.words import for_the_record

LISTED = 20


def register(request: Request) -> tuple[Table, list[Tool]]:
    """The register of tasks and what stands above it: the office may press on."""
    if not access.REMIND_TASK.held_by(request.actor):
        return tables.TaskTable(request.actor, request.today), []
    query = request.GET.urlencode()
    tools = [Tool(_("催报文本"), f"{reverse('plans:press_text')}{'?' if query else ''}{query}", "message-report")]
    plan = queries.plan_for_instruction(request.actor)
    if plan:
        tools.append(Tool(_("批示立项"), reverse("plans:instructed_add", args=[plan.pk]), "signature"))
    return tables.PressedTaskTable(request.actor, request.today), tools


@page(access.REMIND_TASK, methods=("GET", "POST"))
def task_remind(request: Request, pk: int) -> HttpResponse:
    row = queries.task_to_remind(request.actor, pk)
    return ask(
        request,
        bound(forms.RemindForm, request, text=documents.phrases()[0]),
        title=_("催办"),
        save=lambda text: actions.remind(request.actor, [row], text=text, now=request.now),
        done=reverse("plans:task", args=[pk]),
        said=_("已催办，单位会收到消息。"),
        submit_label=_("发送催办"),
        template="plans/remind.html",
        subject=row,
        phrases=documents.phrases(),
    )


@page(access.REMIND_TASK, methods=("POST",))
def tasks_remind(request: Request) -> HttpResponse:
    """Asked from the list: the form, about the tasks that were ticked; sent from the form: the deed."""
    table = tables.PressedTaskTable(request.actor, request.today)
    rows = ticked(request, table, queries.tasks_to_remind(request.actor))
    sent, everything = "remind" in request.POST, request.POST.get("all") == "1"
    form = forms.RemindForm(data=request.POST) if sent else forms.RemindForm(initial={"text": documents.phrases()[0]})
    if sent and form.is_valid():
        try:
            return remind_many(request, list(rows), form.cleaned_data["text"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
    n = rows.count()
    context = {
        "form": form,
        "chosen": list(rows[:LISTED]),
        "n": n,
        "more": max(n - LISTED, 0),
        "title": _("批量催办"),
        "phrases": documents.phrases(),
        "picked": [] if everything else [row.pk for row in rows],
        "all": everything,
        "query": request.POST.get("query", ""),
    }
    return render(request, "plans/remind_many.html", context, status=422 if sent else 200)


def remind_many(request: Request, rows: list[object], text: str) -> HttpResponse:
    """At once, or by a worker where there are many."""
    if len(rows) > actions.AT_ONCE:
        keys = [row.pk for row in rows]  # type: ignore[attr-defined]
        actions.remind_later(request.actor, keys, text=text, now=request.now)
        messages.success(request, _("%(n)d 项任务正在后台催办，进度在这里看。") % {"n": len(rows)})
        return redirect("downloads")
    done = actions.remind(request.actor, rows, text=text, now=request.now)  # type: ignore[arg-type]
    said = _("已催办 %(sent)d 项任务，通知 %(units)d 个单位。") % {"sent": done.sent, "units": done.units}
    if done.skipped:
        said += _("%(n)d 项不在办理中，没有催办。") % {"n": done.skipped}
    messages.success(request, said)
    return redirect("plans:tasks")


@page(access.REMIND_TASK)
def press_text(request: Request) -> HttpResponse:
    """What the office pastes into the group of its colleagues, for the filter of the register."""
    table = tables.PressedTaskTable(request.actor, request.today)
    shown = Shown(request, table, queries.tasks_to_remind(request.actor))
    found = queries.press_page(request.actor, shown.matching, request.today)
    query = request.GET.urlencode()
    context = {
        "page": found,
        "text": documents.press_text(found),
        "filters": shown.active_filters,
        "back_url": f"{reverse('plans:tasks')}{'?' if query else ''}{query}",
        "title": _("催报文本"),
        "crumbs": [(_("任务台账"), reverse("plans:tasks")), (_("催报文本"), None)],
    }
    return render(request, "plans/press_text.html", context)


@page(access.VIEW_FOLLOW_UP)
def follow_ups(request: Request) -> HttpResponseBase:
    return answer(request, tables.FollowUpTable(request.today), queries.follow_ups(request.actor))


@page(access.VIEW_FOLLOW_UP)
def follow_up(request: Request, pk: int) -> HttpResponseBase:
    """The 督办单, to be read, answered, signed and printed; `export=docx` gives it as a document."""
    found = queries.follow_up_page(request.actor, pk, request.today)
    signed_by = queries.office_of(found.row.county_id)
    if request.GET.get("export") == "docx":
        with for_the_record():
            content = documents.follow_up(found, signed_by)
        return download(letter(content), name=f"{content.title}{content.number}.docx", content_type=DOCX)
    number = documents.follow_up_number(found.row)
    context = {
        "view": found,
        "sheet": documents.follow_up(found, signed_by),
        "title": number,
        "crumbs": [(_("督办台账"), reverse("plans:follow_ups")), (number, None)],
    }
    return render(request, "plans/follow_up.html", context)


@page(access.SUPERVISE_TASK, methods=("GET", "POST"))
def task_supervise(request: Request, pk: int) -> HttpResponse:
    row = queries.task_to_supervise(request.actor, pk)
    return ask(
        request,
        bound(forms.FollowUpForm, request),
        title=_("发起督办"),
        save=lambda **fields: actions.open_follow_up(request.actor, row, now=request.now, **fields),
        done=lambda made: queries.follow_up_url(made.pk),
        said=_("已发出督办，牵头单位会收到消息。"),
        back_url=reverse("plans:task", args=[pk]),
        submit_label=_("发出督办"),
        subject=row,
    )


@page(access.REPLY_FOLLOW_UP, methods=("GET", "POST"))
def follow_up_reply(request: Request, pk: int) -> HttpResponse:
    row = queries.follow_up_to_reply(request.actor, pk)

    def save(text: str) -> object:
        return actions.reply_follow_up(
            request.actor,
            row,
            text=text,
            **files_sent(request),
            now=request.now,
        )

    return ask(
        request,
        bound(forms.ReplyForm, request, text=row.reply),
        title=_("回复督办"),
        save=save,
        done=queries.follow_up_url(pk),
        said=_("已回复，等待办公室处理。"),
        submit_label=_("提交回复"),
        template="plans/follow_up_reply.html",
        task=row.task,
        row=row,
        draft_key=f"plans.reply.{pk}",
    )


@page(access.RETURN_REPLY, methods=("POST",))
def follow_up_return(request: Request, pk: int) -> HttpResponse:
    row = queries.follow_up_to_return(request.actor, pk)
    return ask(
        request,
        bound(forms.OpinionForm, request),
        title=_("退回督办回复"),
        save=lambda opinion: actions.return_reply(request.actor, row, opinion=opinion, now=request.now),
        done=queries.follow_up_url(pk),
        said=_("已退回，单位会收到消息。"),
        submit_label=_("退回"),
        subject=row.task,
    )


@page(access.LIFT_FOLLOW_UP, methods=("POST",))
def follow_up_lift(request: Request, pk: int) -> HttpResponse:
    row = queries.follow_up_to_lift(request.actor, pk)
    return ask(
        request,
        bound(forms.OpinionForm, request),
        title=_("解除督办"),
        save=lambda opinion: actions.lift_follow_up(request.actor, row, opinion=opinion, now=request.now),
        done=queries.follow_up_url(pk),
        said=_("督办已解除。"),
        submit_label=_("解除督办"),
        subject=row.task,
    )
