"""The pages of the three administrators, none of which opens another's, and the rule table."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.kit.access.permissions import fetch, may
from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound
from xietong.kit.forms.base import Form
from xietong.kit.jobs import views as jobs
from xietong.kit.pages.page import page
from xietong.kit.ruletable.actions import give_up_value, set_value
from xietong.kit.tables.answer import answer
from xietong.kit.tokens.actions import revoke_tokens
from xietong.web import actions, queries, tables
from xietong.web.access import AUDIT, CHANGE_RULE, RULES, SECURITY, SYSTEM
from xietong.web.forms import RuleForm
from xietong.web.views.health import checks


@page(SYSTEM)
def system(request: Request) -> HttpResponse:
    context = {"status": queries.system_status(), "checks": checks(), "title": _("系统状态")}
    return render(request, "web/system.html", context)


@page(SYSTEM)
def queue(request: Request) -> HttpResponse:
    return jobs.queue(request)


@page(SYSTEM, methods=("POST",))
def job_retry(request: Request, pk: int) -> HttpResponse:
    return jobs.retry(request, pk)


@page(SECURITY)
def security(request: Request) -> HttpResponseBase:
    return answer(request, tables.AccountTable(), queries.accounts(request.actor))


@page(SECURITY, methods=("GET", "POST"))
def account_lock(request: Request, pk: int) -> HttpResponse:
    """Closes an open account, opens a closed one."""
    account = get_object_or_404(queries.accounts(request.actor), pk=pk)
    title = _("停用账号“%(name)s”") if account.is_active else _("恢复账号“%(name)s”")
    return ask(
        request,
        bound(Form, request),
        title=title % {"name": account.name},
        save=lambda: actions.lock_account(request.actor, account, locked=account.is_active, now=request.now),
        done=reverse("security"),
        said=_("已保存。"),
        submit_label=_("确定"),
    )


@page(SECURITY, methods=("GET", "POST"))
def account_tokens(request: Request, pk: int) -> HttpResponse:
    """Revokes every token of an account of one's county."""
    account = get_object_or_404(queries.accounts(request.actor), pk=pk)
    return ask(
        request,
        bound(Form, request),
        title=_("撤销“%(name)s”的 %(n)d 个接口令牌") % {"name": account.name, "n": account.tokens_in_use},
        save=lambda: revoke_tokens(request.actor, account.pk, now=request.now),
        done=reverse("security"),
        said=_("已撤销。"),
        submit_label=_("撤销全部"),
    )


@page(AUDIT)
def audit(request: Request) -> HttpResponseBase:
    return answer(request, tables.AuditTable(), queries.trail(request.actor))


@page(RULES)
def rules(request: Request) -> HttpResponseBase:
    return answer(request, tables.RuleTable(), queries.rules(request.actor, request.today))


@page(RULES)
def rule(request: Request, pk: int) -> HttpResponse:
    """One rule with every value that it has had here."""
    row = fetch(request.actor, RULES, pk)
    may_set = may(request.actor, CHANGE_RULE, row)
    context = {
        "row": row,
        "values": queries.values_of(request.actor, row),
        "tone": tables.confidence_tone(row),
        "title": row.name,
        "may_set": may_set,
        "may_give_up": may_set and row.county_id == request.actor.county_id and row.runs_on(request.today),
        "crumbs": [(_("规则表"), reverse("rules")), (row.name, None)],
    }
    return render(request, "web/rule.html", context)


@page(CHANGE_RULE, methods=("GET", "POST"))
def rule_set(request: Request, pk: int) -> HttpResponse:
    row = fetch(request.actor, CHANGE_RULE, pk)
    return ask(
        request,
        bound(RuleForm, request, value=row.value, effective_from=request.today),
        title=_("设定本县的数值"),
        save=lambda **fields: set_value(request.actor, row, now=request.now, **fields),
        done=lambda made: reverse("rule", args=[made.pk]),
        said=_("已保存，自起算日期起按本县的数值计算。"),
        back_url=reverse("rule", args=[pk]),
        subject=f"{row.name} {row.shown}",
    )


@page(CHANGE_RULE, methods=("POST",))
def rule_give_up(request: Request, pk: int) -> HttpResponse:
    row = fetch(request.actor, CHANGE_RULE, pk)
    give_up_value(request.actor, row, now=request.now)
    messages.success(request, _("已恢复默认数值。"))
    return redirect("rules")
