"""What somebody sees who typed a wrong password too often."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from xietong.kit.pages.errors import explain


def login_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The account that a try is counted for: the libraries hand it on under different names."""
    found = (credentials or {}).get("username") or request.POST.get("login", "")
    return str(found)


def locked_out(request: HttpRequest, _response: Any = None, _credentials: Any = None) -> HttpResponse:
    message = _("密码连续输错 5 次，账号已锁定 15 分钟。忘记密码可请本单位联络员重置。")
    return explain(request, 429, _("账号已锁定"), message)
