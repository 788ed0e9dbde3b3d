"""Who asks, and whether he may: the token becomes the actor of the request before anything of it is read."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from xietong.kit.access.permissions import Permission
from xietong.kit.api.limits import spend
from xietong.kit.api.refusals import Insecure, ScopeMissing, TooManyRequests
from xietong.kit.clock.time import machine_now
from xietong.kit.tokens.actions import note_use
from xietong.kit.tokens.models import Token
from xietong.kit.tokens.opening import open_token
from xietong.kit.tokens.scopes import ANY, known


class BearerToken(HttpBearer):
    """Lets in a token of the scope whose role holds the permission; a role without it gets 404, as on the pages.

    `ActorMiddleware` has set the two clocks of the request; cookies have been taken off it.
    """

    def __init__(self, permission: Permission[Any], scope: str) -> None:
        super().__init__()
        if not known(scope):
            msg = f"scope {scope} is not registered"
            raise LookupError(msg)
        self.permission = permission
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Token:
        if settings.HTTPS and not request.is_secure():
            raise Insecure(_("令牌只能用 https 发送。这个令牌已经明文传输，请撤销后新建。"))
        asked: Any = request
        opened = open_token(token, today=asked.today, address=request.META.get("REMOTE_ADDR", ""))
        asked.actor, asked.actors, asked.user = opened.actor, (opened.actor,), opened.token.account
        wait = spend(opened.token.pk, machine_now())
        if wait:
            raise TooManyRequests(_("请求过于频繁，请 %(n)d 秒后再试。") % {"n": wait}, wait=wait)
        note_use(opened.token)
        if self.scope not in (ANY, *opened.token.scopes):
            raise ScopeMissing(_("令牌没有“%(scope)s”权限范围。") % {"scope": self.scope}, scope=self.scope)
        if not self.permission.held_by(opened.actor):
            raise Http404
        return opened.token
