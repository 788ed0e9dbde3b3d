"""The pages of a county's channels. The site mounts them and gives the permission."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xietong.kit.accounts.request import Request
from xietong.kit.errors import Refused
from xietong.kit.forms.answer import ask, bound
from xietong.kit.notices import channel_queries as queries
from xietong.kit.notices import forms, setting_up, trying
from xietong.kit.notices.models import Channel, Delivery
from xietong.kit.notices.tables import DeliveryTable
from xietong.kit.tables.answer import answer, ticked

FORMS: dict[str, type[forms.ChannelForm]] = {Channel.Kind.MAIL: forms.MailForm, Channel.Kind.ROBOT: forms.RobotForm}


def channels(request: Request, rows: QuerySet[Delivery]) -> HttpResponseBase:
    """How each channel is, and what was sent of late."""
    return answer(
        request,
        DeliveryTable(),
        queries.deliveries(rows),
        template="notices/channels.html",
        channels=queries.channels(request.actor.home),
        title=_("消息渠道"),
    )


def known(kind: str) -> str:
    if kind not in FORMS:
        raise Http404
    return str(Channel.Kind(kind).label)


def set_channel(request: Request, kind: str) -> HttpResponse:
    label, county_id = known(kind), request.actor.home
    row = queries.channel(county_id, kind)
    form = bound(FORMS[kind], request, queries.shown(row).hosts, row=row)
    return asked(
        request,
        form,
        title=label,
        save=lambda **fields: setting_up.set_channel(
            request.actor, county_id=county_id, kind=kind, now=request.now, **fields
        ),
        said=_("已保存。"),
    )


def set_secret(request: Request, kind: str) -> HttpResponse:
    known(kind)
    county_id = request.actor.home
    if kind == Channel.Kind.MAIL:
        return asked(
            request,
            bound(forms.PasswordForm, request),
            title=_("邮件服务器的密码"),
            save=lambda password: setting_up.set_password(
                request.actor, county_id=county_id, password=password, now=request.now
            ),
            said=_("密码已加密保存。"),
        )
    return asked(
        request,
        bound(forms.WebhookForm, request),
        title=_("群机器人的 Webhook 地址"),
        save=lambda webhook: setting_up.set_webhook(
            request.actor, county_id=county_id, webhook=webhook, now=request.now
        ),
        said=_("Webhook 地址已加密保存。"),
    )


def asked(request: Request, form: Any, **page: Any) -> HttpResponse:
    crumbs = [(_("消息渠道"), reverse("channels")), (page["title"], None)]
    return ask(request, form, done=reverse("channels"), crumbs=crumbs, **page)


def test(request: Request, kind: str) -> HttpResponse:
    known(kind)

    def ask_test() -> str:
        trying.ask_test(request.actor, county_id=request.actor.home, kind=kind, now=request.now)
        return _("测试消息已交给后台发送，结果看下面的发送记录。")

    return done(request, ask_test)


def again(request: Request, rows: QuerySet[Delivery]) -> HttpResponse:
    chosen = ticked(request, DeliveryTable(), queries.deliveries(rows))

    def send_again() -> str:
        count = trying.send_again(request.actor, chosen, now=request.now)
        return ngettext("%(count)d 条记录将再发一次。", "%(count)d 条记录将再发一次。", count) % {"count": count}

    return done(request, send_again)


def done(request: Request, save: Callable[[], str]) -> HttpResponse:
    """Back to the page, with what was done or why it was not: there is no form to stay on."""
    try:
        messages.success(request, save())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("channels")


def own_mail(request: Request) -> HttpResponse:
    """Where one's own reminders go."""
    initial = {"address": request.user.mail_address, "wanted": request.user.wants_mail}
    return ask(
        request,
        bound(forms.OwnMailForm, request, **initial),
        title=_("邮件提醒"),
        save=lambda **fields: setting_up.set_own_mail(request.actor, now=request.now, **fields),
        done=reverse("account"),
        said=_("已保存。"),
        crumbs=[(_("我的账号"), reverse("account")), (_("邮件提醒"), None)],
    )
