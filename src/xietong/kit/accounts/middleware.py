"""Every request knows its two clocks, its roles and the one it acts in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _

from xietong.kit.accounts.actor import ANONYMOUS, Actor, actors_of
from xietong.kit.accounts.request import Request
from xietong.kit.clock.time import day_of, frozen_at, machine_now

Respond = Callable[[Request], HttpResponse]
SEEN = "seen_at"
TERM = "term_id"
TRUSTED = "trusted_device"
SEEN_EVERY = 60


class ActorMiddleware:
    """Sets `request.now`, `.today`, `.actors`, `.actor`; ends idle sessions; switches role by `?as=`."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: Request) -> HttpResponse:
        frozen = frozen_at()
        request.now = frozen or machine_now()
        request.is_demonstration = frozen is not None
        request.today = day_of(request.now)
        request.actors = ()
        request.actor = ANONYMOUS
        if request.user.is_authenticated:
            # First of all: the roles and messages below are in the language of the account.
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            if is_idle(request, machine_now()):
                logout(request)
                messages.info(request, _("您已较长时间没有操作，为保护数据已自动退出，请重新登录。"))
                return redirect(settings.LOGIN_URL)
            self.identify(request)
        return self.respond(request)

    @staticmethod
    def identify(request: Request) -> None:
        address = request.META.get("REMOTE_ADDR", "")
        actors = actors_of()(request.user.pk, request.today)
        request.actors = tuple(replace(actor, address=address) for actor in actors)
        wanted = request.GET.get("as") or request.session.get(TERM) or request.user.last_term_id
        request.actor = chosen(request.actors, wanted) or nobody(request, address)
        if request.actor.term_id and request.session.get(TERM) != request.actor.term_id:
            request.session[TERM] = request.actor.term_id


def chosen(actors: tuple[Actor, ...], term_id: object) -> Actor | None:
    """The role term asked for if it is still in force, else the first one."""
    for actor in actors:
        if str(actor.term_id) == str(term_id):
            return actor
    return actors[0] if actors else None


def nobody(request: Request, address: str) -> Actor:
    """Somebody who has signed in and holds no role today: sees his own account and nothing else."""
    return Actor(account_id=request.user.pk, name=request.user.name, role="", address=address)


def is_idle(request: Request, now: datetime) -> bool:
    """Notes the time of this request, at most once a minute, and tells whether the last is too long ago."""
    stamp = now.timestamp()
    seen = request.session.get(SEEN)
    if seen is not None and stamp - seen > settings.IDLE_SECONDS and not request.session.get(TRUSTED):
        return True
    if seen is None or not 0 <= stamp - seen < SEEN_EVERY:
        request.session[SEEN] = stamp
    return False
