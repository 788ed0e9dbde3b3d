"""One's own account: role, language, type size, saved views."""

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from xietong.kit.accounts.middleware import TERM
from xietong.kit.accounts.models import Phrase, SavedView
from xietong.kit.accounts.request import Request
from xietong.kit.pages.page import page
from xietong.web.access import MY_ACCOUNT

MOST_VIEWS = 30


def back(request: Request) -> HttpResponse:
    """To the page that the form stood on, if it is one of ours."""
    url = request.POST.get("next") or request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return redirect(url if ours else "/")


@page(MY_ACCOUNT)
def account(request: Request) -> HttpResponse:
    phrases = Phrase.objects.filter(account=request.user).order_by("pk")
    return render(request, "web/account.html", {"title": _("我的账号"), "phrases": phrases})


@page(MY_ACCOUNT, methods=("POST",))
def role(request: Request) -> HttpResponse:
    """Acts in another of one's own roles from now on; the page that one was on may not exist for it."""
    wanted = request.POST.get("term_id", "")
    if wanted not in {str(actor.term_id) for actor in request.actors}:
        raise Http404
    request.session[TERM] = int(wanted)
    request.user.last_term_id = int(wanted)
    request.user.save(update_fields=["last_term_id"])
    return redirect("/")


@page(MY_ACCOUNT, methods=("POST",))
def large_type(request: Request) -> HttpResponse:
    request.user.large_type = not request.user.large_type
    request.user.save(update_fields=["large_type"])
    return back(request)


def language(request: Request) -> HttpResponse:
    """Switches the language, for the account if there is one, else by cookie."""
    code = request.POST.get("language", "")
    response = back(request)
    if code in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            request.user.language = code
            request.user.save(update_fields=["language"])
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, samesite="Lax")
    return response


@page(MY_ACCOUNT, methods=("POST",))
def view_save(request: Request) -> HttpResponse:
    name, table = request.POST.get("name", "").strip(), request.GET.get("table", "")
    if not name or SavedView.objects.filter(account=request.user).count() >= MOST_VIEWS:
        messages.error(request, _("请给视图起个名字；最多保存 30 个。"))
        return back(request)
    try:
        with transaction.atomic():
            SavedView.objects.create(
                account=request.user,
                table=table[:60],
                name=name[:40],
                query=request.POST.get("query", "")[:1000],
            )
    except IntegrityError:
        messages.error(request, _("已有同名的视图。"))
    else:
        messages.success(request, _("视图已保存。"))
    return back(request)


@page(MY_ACCOUNT, methods=("POST",))
def view_delete(request: Request, pk: int) -> HttpResponse:
    get_object_or_404(SavedView, account=request.user, pk=pk).delete()
    messages.success(request, _("视图已删除。"))
    return back(request)
