"""How people of the journeys use a browser: signing in, pictures from a phone, the cast with passwords."""

from io import BytesIO
from time import time
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from PIL import Image

from tests import build
from xietong.kit.accounts.actor import Actor
from xietong.kit.accounts.models import Account

PERIOD = 30


def with_password(actor: Actor, username: str) -> str:
    """Gives somebody a name, the password of the tests and a second factor; returns the factor's secret."""
    account = Account.objects.get(pk=actor.account_id)
    account.username, account.password = username, make_password(build.PASSWORD)
    account.save(update_fields=["username", "password"])
    secret: str = generate_totp_secret()
    TOTP.activate(account, secret)
    return secret


def code(secret: str) -> str:
    """What the phone shows now."""
    shown: str = format_hotp_value(hotp_value(secret, int(time()) // PERIOD))
    return shown


def sign_in(page: Any, username: str, secret: str) -> None:
    page.goto(reverse("account_login"))
    page.get_by_label("登录名").fill(username)
    page.get_by_label("密码", exact=True).fill(build.PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(f"**{reverse('mfa_authenticate')}*")
    page.locator("input[name=code]").fill(code(secret))
    page.get_by_role("button", name="确定").click()
    page.wait_for_url(lambda url: urlsplit(url).path in {"/", reverse("mfa_trust")})
    if urlsplit(page.url).path == reverse("mfa_trust"):
        page.get_by_role("button", name="确定").click()
        page.wait_for_url(lambda url: urlsplit(url).path == "/")


def photo() -> dict[str, Any]:
    """A real JPEG as a file chooser hands it on."""
    stream = BytesIO()
    Image.new("RGB", (320, 320), "teal").save(stream, "JPEG", quality=95)
    return {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}


def attach(page: Any, file: dict[str, Any]) -> None:
    """Chooses a file in the widget and waits until the server has it."""
    page.get_by_label("附件").set_input_files(file)
    page.locator(".upload-item[data-state=done]").wait_for()
