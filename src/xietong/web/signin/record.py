"""The one module that receives signals of libraries: signing in and out, for audit only."""

from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from xietong.kit.accounts.actor import Actor, actors_of
from xietong.kit.accounts.models import Account
from xietong.kit.audit.record import record
from xietong.kit.clock.time import business_now, day_of


def write(request: HttpRequest | None, account: Account | None, action: str, reason: str = "") -> None:
    now = business_now()
    roles = actors_of()(account.pk, day_of(now)) if account else ()
    county = next((role.county_id for role in roles if role.county_id), None)
    address = request.META.get("REMOTE_ADDR", "") if request else ""
    actor = Actor(
        account_id=account.pk if account else None,
        name=account.name if account else "",
        role="",
        county_id=county,
        address=address,
    )
    record(actor, action, account, now=now, reason=reason)


@receiver(user_logged_in, dispatch_uid="audit_login")
def signed_in(request: HttpRequest, user: Any, **_kwargs: Any) -> None:
    write(request, user, "signin.in")


@receiver(user_logged_out, dispatch_uid="audit_logout")
def signed_out(request: HttpRequest, user: Any, **_kwargs: Any) -> None:
    if user is not None:
        write(request, user, "signin.out")


@receiver(user_login_failed, dispatch_uid="audit_failed")
def failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_kwargs: Any) -> None:
    account = Account.objects.filter(username=credentials.get("username", "")).first()
    write(request, account, "signin.failed")


@receiver(user_locked_out, dispatch_uid="audit_locked")
def locked(request: HttpRequest, username: str, **_kwargs: Any) -> None:
    write(request, Account.objects.filter(username=username).first(), "signin.locked")
