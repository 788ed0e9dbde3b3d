"""Delivery is synchronous, in the announcer's transaction, in the order of the stack of areas."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db import transaction
from django.utils.translation import gettext as _

from xietong.kit.accounts.actor import Actor
from xietong.kit.errors import Refused

Handler = Callable[[Actor, Any, datetime], None]


@dataclass(frozen=True, slots=True)
class Subscription:
    area: str
    handler: Handler


SUBSCRIPTIONS: dict[type, list[Subscription]] = defaultdict(list)


class SubscriberFailed(Refused):
    """An area that heard of the event could not follow; the whole action is refused."""


def subscribe(event: type, handler: Handler, *, area: str) -> None:
    """This function will have `handler(actor, event, now)` called whenever the event is announced.

    Called from `apps.py` of the subscribing area; `area` is its app label. A handler writes rows or
    enqueues a job and does nothing else.
    """
    if Subscription(area, handler) not in SUBSCRIPTIONS[event]:
        SUBSCRIPTIONS[event].append(Subscription(area, handler))


def announce(actor: Actor, event: Any, *, now: datetime) -> None:
    """This function will tell every subscriber, in stack order.

    Raises
        SubscriberFailed: one of them could not follow; names it. The caller's transaction is undone.
    """
    if not transaction.get_connection().in_atomic_block:
        msg = "an event is announced inside the transaction of its deed"
        raise RuntimeError(msg)
    for subscription in sorted(SUBSCRIPTIONS[type(event)], key=lambda one: height(one.area)):
        try:
            subscription.handler(actor, event, now)
        except Exception as error:
            name = apps.get_app_config(subscription.area).verbose_name
            message = _("「%(area)s」未能同步处理，本次操作没有保存：%(why)s")
            raise SubscriberFailed(message % {"area": name, "why": error}) from error


def height(area: str) -> int:
    """The place of an area in the stack: INSTALLED_APPS lists them from the bottom up."""
    return [config.label for config in apps.get_app_configs()].index(area)


def subscriptions_point_down(**_kwargs: Any) -> Iterable[CheckMessage]:
    """A system check: an area subscribes to events of lower areas only, and each is a declared event."""
    for event, subscriptions in SUBSCRIPTIONS.items():
        source = apps.get_containing_app_config(event.__module__)
        if source is None or ".events" not in event.__module__:
            yield Error(f"{event.__qualname__} is not declared in the events of an area", id="events.E001")
            continue
        for subscription in subscriptions:
            if height(subscription.area) <= height(source.label):
                yield Error(
                    f"{subscription.area} hears {event.__qualname__} of {source.label}, which is not below it",
                    id="events.E002",
                )
