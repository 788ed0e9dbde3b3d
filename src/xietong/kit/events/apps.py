from django.apps import AppConfig
from django.core import checks

from xietong.kit.events.bus import subscriptions_point_down


class EventsConfig(AppConfig):
    name = "xietong.kit.events"
    label = "events"

    def ready(self) -> None:
        checks.register(subscriptions_point_down)
