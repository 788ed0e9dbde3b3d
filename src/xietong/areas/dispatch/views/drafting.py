"""A draft: begun, edited, with the units that it may name, sent for approval, given up."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.dispatch import access, actions, documents, forms, queries, tables
from xietong.areas.dispatch.views.documents import crumbs, done
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound
from xietong.kit.pages.page import page
from xietong.kit.tables.answer import answer


@page(access.DRAFT_DOCUMENT, methods=("GET", "POST"))
def document_add(request: Request) -> HttpResponse:
    cycles, meetings = queries.cycles_by_id(request.actor.home), queries.meetings_for_minutes(request.actor)
    initial: dict[str, Any] = {name: request.GET.get(name) for name in ("kind", "cycle", "meeting")}
    initial["cycle"] = initial["cycle"] or next(iter(cycles), None)
    return ask(
        request,
        bound(forms.DraftForm, request, cycles, meetings, **initial),
        title=_("拟稿"),
        save=lambda **fields: actions.draft_document(request.actor, now=request.now, **fields),
        done=lambda row: queries.document_url(row.pk),
        said=_("已按系统数据拟好初稿，请修改文字后送审。"),
        back_url=reverse("dispatch:documents"),
        submit_label=_("生成初稿"),
    )


@page(access.CHANGE_DOCUMENT, methods=("GET", "POST"))
def document_change(request: Request, pk: int) -> HttpResponse:
    row = queries.document_to(request.actor, "change", pk)
    sections = list(queries.sections_of_document(row))
    form = bound(forms.EditForm, request, sections, title=row.title, version=row.version)

    def save(**_fields: Any) -> object:
        return actions.change_draft(request.actor, row, now=request.now, **form.said())

    return ask(
        request,
        form,
        title=_("修改文稿"),
        save=save,
        done=queries.document_url(pk),
        said=_("已保存。"),
        template="dispatch/document_change.html",
        figures=documents.as_it_stands(row, request.today).figures,
        row=row,
        draft_key=f"document-{pk}",
        crumbs=crumbs((row.title, queries.document_url(pk)), (_("修改文稿"), None)),
    )


@page(access.CHANGE_DOCUMENT, methods=("POST",))
def document_rebuild(request: Request, pk: int) -> HttpResponse:
    row = queries.document_to(request.actor, "change", pk)
    actions.rebuild_draft(request.actor, row, now=request.now)
    return done(request, pk, _("已按最新数据重新生成文字。"))


@page(access.CHANGE_DOCUMENT, methods=("POST",))
def document_submit(request: Request, pk: int) -> HttpResponse:
    row = queries.document_to(request.actor, "change", pk)
    actions.submit_document(request.actor, row, now=request.now)
    return done(request, pk, _("已送审，数字已冻结；退回以前不能修改。"))


@page(access.DROP_DOCUMENT, methods=("GET", "POST"))
def document_drop(request: Request, pk: int) -> HttpResponse:
    row = queries.document_to(request.actor, "drop", pk)
    return ask(
        request,
        bound(forms.ReasonForm, request),
        title=_("作废文稿"),
        save=lambda reason: actions.drop_document(request.actor, row, reason=reason, now=request.now),
        done=queries.document_url(pk),
        said=_("文稿已作废。"),
        submit_label=_("作废"),
        subject=row.title,
    )


@page(access.CHANGE_DOCUMENT, methods=("GET", "POST"))
def naming_add(request: Request, pk: int) -> HttpResponse:
    row = queries.document_to(request.actor, "change", pk)
    return ask(
        request,
        bound(forms.NamingForm, request, queries.units_to_bind(request.actor, request.today)),
        title=_("列入点名名单"),
        save=lambda **fields: actions.add_naming(request.actor, row, now=request.now, **fields),
        done=queries.document_url(pk),
        said=_("已列入，送审前请征求该单位的说明。"),
        subject=row.title,
    )


@page(access.CHANGE_DOCUMENT, methods=("POST",))
def naming_drop(request: Request, pk: int, naming_pk: int) -> HttpResponse:
    row = queries.document_to(request.actor, "change", pk)
    actions.drop_naming(request.actor, row, queries.naming_of(row, naming_pk), now=request.now)
    return redirect(queries.document_url(pk))


@page(access.CHANGE_DOCUMENT, methods=("GET", "POST"))
def namings_ask(request: Request, pk: int) -> HttpResponse:
    row = queries.document_to(request.actor, "change", pk)
    return ask(
        request,
        bound(forms.AskForm, request, reply_by=queries.reply_day(row.county_id, request.today)),
        title=_("征求单位说明"),
        save=lambda reply_by: actions.ask_namings(request.actor, row, reply_by=reply_by, now=request.now),
        done=queries.document_url(pk),
        said=_("已通知名单上的单位。"),
        submit_label=_("发出"),
        subject=row.title,
    )


@page(access.EXPLAIN_NAMING)
def namings(request: Request) -> HttpResponseBase:
    return answer(request, tables.NamingTable(), queries.namings(request.actor))


@page(access.EXPLAIN_NAMING, methods=("GET", "POST"))
def naming_explain(request: Request, pk: int) -> HttpResponse:
    row = queries.naming_to_explain(request.actor, pk)
    hint = _("办公室和签发人会看到；点名时会和事项一起列出。")
    return ask(
        request,
        bound(forms.WordsForm, request, _("情况说明"), hint=hint, text=row.text),
        title=_("%(unit)s：说明情况") % {"unit": row.unit},
        save=lambda text: actions.explain(request.actor, row, text=text, now=request.now),
        done=reverse("dispatch:namings"),
        said=_("已提交，办公室会看到。"),
        submit_label=_("提交"),
        subject=row.matter,
    )


@page(access.TICK_NAMES, methods=("GET", "POST"))
def names_tick(request: Request, pk: int) -> HttpResponse:
    row = queries.document_to(request.actor, "tick", pk)
    rows = list(queries.namings_of(row))
    ticked = [str(one.pk) for one in rows if one.is_named]
    return ask(
        request,
        bound(forms.TickForm, request, rows, named=ticked),
        title=_("核定点名单位"),
        save=lambda named: actions.tick_names(request.actor, row, named=named, now=request.now),
        done=queries.document_url(pk),
        said=_("已核定，请到审批页面签发。"),
        template="dispatch/names_tick.html",
        rows=rows,
        crumbs=crumbs((row.title, queries.document_url(pk)), (_("核定点名单位"), None)),
        subject=row.title,
    )
