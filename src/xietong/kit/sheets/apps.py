from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SheetsConfig(AppConfig):
    name = "xietong.kit.sheets"
    label = "sheets"
    verbose_name = _("导入")

    def ready(self) -> None:
        from xietong.kit.jobs import registry  # noqa: PLC0415  (models must be loaded)
        from xietong.kit.sheets import jobs, taking  # noqa: PLC0415

        registry.register(taking.TAKE_IN, jobs.take_in, label=_("导入 Excel"), lease=180)
