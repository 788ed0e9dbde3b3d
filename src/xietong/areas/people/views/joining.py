"""核对姓名 → 设置密码 → 完成: the pages behind the link of an invitation, open to whoever holds it."""

from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xietong.areas.people import actions, forms, queries
from xietong.areas.people.rules.tokens import TokenState
from xietong.kit.accounts.request import Request
from xietong.kit.clock.time import machine_now
from xietong.kit.forms.answer import bound

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
STEPS = (gettext_lazy("核对姓名"), gettext_lazy("设置密码"), gettext_lazy("完成"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: Request, token: str) -> HttpResponse:
    found = queries.joining(token, machine_now())
    if found.state != TokenState.OPEN:
        return closed(request, found.state)
    if request.method == "POST":
        return set_password(request, token, found)
    if request.GET.get("step") == "password":
        return show(request, "people/join_password.html", 2, found=found, form=bound(forms.PasswordForm, request))
    return show(request, "people/join.html", 1, found=found)


def set_password(request: Request, token: str, found: queries.Joining) -> HttpResponse:
    form = bound(forms.PasswordForm, request)
    if form.is_valid():
        try:
            account = actions.accept_invitation(
                token=token,
                password=form.cleaned_data["password"],
                address=request.META.get("REMOTE_ADDR", ""),
                now=request.now,
            )
        except actions.WeakPassword as refusal:
            form.add_error("password", str(refusal))
        except actions.InvitationClosed as refusal:
            return closed(request, refusal.state)
        else:
            login(request, account, backend=BACKEND)
            return show(request, "people/joined.html", 3, account=account)
    return show(request, "people/join_password.html", 2, status=422, found=found, form=form)


def show(request: Request, template: str, current: int, *, status: int = 200, **context: object) -> HttpResponse:
    titles = {1: _("请核对是不是您本人"), 2: _("设置密码"), 3: _("账号可以使用了")}
    frame = {"steps": STEPS, "current": current, "title": titles[current]}
    return render(request, template, {**frame, **context}, status=status)


def closed(request: Request, state: TokenState) -> HttpResponse:
    """Why the link opens nothing, and whom to ask."""
    title, message = {
        TokenState.USED: (
            _("这个链接已经用过了"),
            _("账号已开通，请直接登录。如果不是您本人使用的，请立即联系本单位联络员。"),
        ),
        TokenState.CANCELLED: (
            _("这个链接已经作废"),
            _("后来又发过新的链接，或者已停止邀请。请使用最近收到的一个。"),
        ),
        TokenState.EXPIRED: (_("这个链接已经过期"), _("链接七天内有效，请索取新的链接。")),
        TokenState.UNKNOWN: (_("没有这个链接"), _("可能没有复制完整，请重新扫码，或索取新的链接。")),
    }[state]
    context = {"title": title, "message": message, "used": state == TokenState.USED}
    return render(request, "people/join_closed.html", context, status=404 if state == TokenState.UNKNOWN else 410)
