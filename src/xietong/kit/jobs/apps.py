from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "xietong.kit.jobs"
    label = "jobs"
    verbose_name = _("后台任务")

    def ready(self) -> None:
        from xietong.kit.jobs import pruning, registry  # noqa: PLC0415  (models must be loaded)

        registry.register(pruning.PRUNE, pruning.prune, label=_("清理后台任务记录"))
