"""What every page shows around its content."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from xietong.kit.accounts.request import Request
from xietong.kit.pages.menu import crumbs_of, menu_of

UNREAD: list[Callable[[int], int]] = []


def frame(request: Request) -> dict[str, Any]:
    """Context processor: menu, roles, unread notices and the demonstration's banner."""
    actor = getattr(request, "actor", None)
    demonstration = None
    if getattr(request, "is_demonstration", False):
        demonstration = {"text": _("演示环境：演示县的单位、人员和数据均为虚构"), "date": request.today}
    if actor is None or actor.account_id is None:
        return {"demonstration": demonstration}
    menu: Any = SimpleLazyObject(lambda: menu_of(request))
    return {
        "actor": actor,
        "actors": request.actors,
        "large_type": request.user.large_type,
        "menu": menu,
        "crumbs": SimpleLazyObject(lambda: crumbs_of(menu)),
        "unread": SimpleLazyObject(lambda: sum(count(actor.account_id) for count in UNREAD)),
        "demonstration": demonstration,
    }
