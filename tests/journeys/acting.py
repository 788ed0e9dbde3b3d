"""How people of the journeys use a browser: signing in, pictures from a phone, the cast with passwords."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from PIL import Image

from tests import build
from xietong.kit.accounts.actor import Actor
from xietong.kit.accounts.models import Account


def with_password(actor: Actor, username: str) -> str:
    """Gives somebody a name and the password of the tests to sign in with; returns the name."""
    account = Account.objects.filter(pk=actor.account_id)
    account.update(username=username, password=make_password(build.PASSWORD))
    return username


def sign_in(page: Any, username: str) -> None:
    page.goto(reverse("account_login"))
    page.get_by_label("登录名").fill(username)
    page.get_by_label("密码", exact=True).fill(build.PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/")


def remember(context: Any, actor: Actor, address: str) -> None:
    """Puts the session of somebody who has signed in before into a browser."""
    cookie = build.client(actor).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": address}])


@contextmanager
def held_page(browser: Any, address: str, look: dict[str, Any], actor: Actor) -> Iterator[Any]:
    """A silent page of somebody who is signed in."""
    from tests.conftest import silent_page

    with silent_page(browser, address, look) as page:
        remember(page.context, actor, address)
        yield page


def photo(*, side: int = 320, noisy: bool = False) -> dict[str, Any]:
    """A real JPEG as a file chooser hands it on; a noisy one is large, for it cannot be packed."""
    picture = Image.effect_noise((side, side), 90) if noisy else Image.new("RGB", (side, side), "teal")
    stream = BytesIO()
    picture.convert("RGB").save(stream, "JPEG", quality=95)
    return {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}


def attach(page: Any, file: dict[str, Any]) -> None:
    """Chooses a file in the widget and waits until the server has it."""
    page.get_by_label("附件").set_input_files(file)
    page.locator(".upload-item[data-state=done]").wait_for()
