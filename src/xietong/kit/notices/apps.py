from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "xietong.kit.notices"
    label = "notices"
    verbose_name = _("消息")

    def ready(self) -> None:
        from xietong.kit.jobs import registry  # noqa: PLC0415  (models must be loaded)
        from xietong.kit.notices import jobs  # noqa: PLC0415
        from xietong.kit.notices.queries import unread_count  # noqa: PLC0415
        from xietong.kit.pages.context import UNREAD  # noqa: PLC0415

        UNREAD.append(unread_count)
        registry.register(jobs.DELIVER, jobs.deliver, label=_("发送邮件和群提醒"), lease=jobs.LEASE)
