"""allauth as this product uses it: nobody signs himself up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from xietong.kit.accounts.middleware import TRUSTED


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        request.session[TRUSTED] = bool(request.POST.get("remember"))
        return super().post_login(request, user, **kwargs)


class ClosedSocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """An identity provider signs in people who were registered before; it never makes an account."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False
