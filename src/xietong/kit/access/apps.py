from django.apps import AppConfig
from django.core import checks
from django.utils.module_loading import autodiscover_modules

from xietong.kit.access.checks import every_url_carries_its_permission


class AccessConfig(AppConfig):
    name = "xietong.kit.access"
    label = "access"

    def ready(self) -> None:
        autodiscover_modules("access")
        checks.register(every_url_carries_its_permission, checks.Tags.security)
