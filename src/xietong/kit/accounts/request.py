"""The request as every view sees it, after the middleware has told who acts and when."""

from datetime import date, datetime

from django.http import HttpRequest

from xietong.kit.accounts.actor import Actor
from xietong.kit.accounts.models import Account


class Request(HttpRequest):
    """For annotations only: Django makes the object, `ActorMiddleware` sets what is named here."""

    user: Account
    actor: Actor
    actors: tuple[Actor, ...]
    now: datetime
    today: date
    is_demonstration: bool
