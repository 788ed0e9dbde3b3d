"""The pages of the three administrators; none opens another's."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.kit.accounts.request import Request
from xietong.kit.forms.answer import ask, bound
from xietong.kit.forms.base import Form
from xietong.kit.jobs import views as jobs
from xietong.kit.pages.page import page
from xietong.kit.tables.answer import answer
from xietong.web import actions, queries, tables
from xietong.web.access import AUDIT, RULES, SECURITY, SYSTEM
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


@page(AUDIT)
def audit(request: Request) -> HttpResponseBase:
    return answer(request, tables.AuditTable(), queries.trail(request.actor))


@page(RULES)
def rules(request: Request) -> HttpResponseBase:
    return answer(request, tables.RuleTable(), queries.rules(request.actor, request.today))
