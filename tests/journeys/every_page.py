"""Every page of the site that a browser can open, found through the routes, each with somebody who may open it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests import build
from tests.access.addresses import ADDRESSES
from tests.access.sides import Side
from tests.journeys.acting import code, with_password
from xietong.areas.orgs.models import Role
from xietong.kit.access.checks import Route, routes
from xietong.kit.accounts.models import Account

STRANGER = "nobody"
PROVEN = "somebody who has just typed his password again"
BEFORE_CODE = "somebody who has typed his password and no code"
AFTER_CODE = "somebody who may trust his phone"
OUTSIDE = (STRANGER, PROVEN, Role.TEACHER.value, BEFORE_CODE, AFTER_CODE)
# Those to whom a page shows most come first.
ROLES = tuple(dict.fromkeys((Role.OFFICE.value, Role.SCHOOL_LIAISON.value, Role.TEACHER.value, *Role.values)))
METHOD_NOT_ALLOWED = 405


@dataclass(frozen=True, slots=True)
class Opened:
    """A page, and who opens it."""

    name: str
    url: str
    visitor: str


def visitors(side: Side) -> dict[str, Client]:
    """Somebody in every role, and whoever stands on one of the steps of signing in."""
    secret = with_password(side.actors[Role.MENTOR], "factor")
    RecoveryCodes.activate(Account.objects.get(username="factor"))
    proven = build.client(side.actors[Role.MENTOR])
    proven.post(reverse("account_reauthenticate"), {"password": build.PASSWORD})
    before, after = Client(), Client()
    for one in (before, after):
        one.post(reverse("account_login"), {"login": "factor", "password": build.PASSWORD})
    after.post(reverse("mfa_authenticate"), {"code": code(secret)})
    roles = {role: build.client(side.actors[role]) for role in Role.values}
    return roles | {STRANGER: Client(), PROVEN: proven, BEFORE_CODE: before, AFTER_CODE: after}


def cookies(client: Client, address: str) -> list[Any]:
    """The session of a client as a browser keeps it."""
    held = client.cookies.get(settings.SESSION_COOKIE_NAME)
    return [{"name": held.key, "value": held.value, "url": address}] if held else []


def page_routes() -> list[Route]:
    """Every address that might be a page."""
    return [one for one in routes() if not one.method]


def pages(side: Side, clients: dict[str, Client], among: list[Route]) -> tuple[list[Opened], set[str]]:
    """What opens as a page, by the first visitor to whom it does; and the names of what does so to nobody.

    An address that only takes what is sent to it is no page.
    """
    opened, closed = [], set()
    for route in among:
        url, by = "", ""
        for by, url in chances(route, side):
            answer = clients[by].get(url)
            b"".join(answer)  # what streams is closed at its end
            if is_page(answer) or answer.status_code == METHOD_NOT_ALLOWED:
                break
        else:
            closed.add(route.name)
            continue
        if is_page(answer):
            opened.append(Opened(route.name, url, by))
    return opened, closed


def chances(route: Route, side: Side) -> Iterator[tuple[str, str]]:
    """Who might open the page, and at which address."""
    if hasattr(route.view, "access"):
        granted = [role for role in ROLES if role in route.view.access.grants]
        yield from ((role, reverse(route.name, kwargs=ADDRESSES[route.name].fill(side, role))) for role in granted)
        return
    filled = {"token": f"token-{side.county.code}", "provider_id": "oidc"}
    url = reverse(route.name, kwargs={name: value for name, value in filled.items() if f":{name}>" in route.path})
    yield from ((visitor, url) for visitor in OUTSIDE)


def is_page(answer: Any) -> bool:
    return answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
