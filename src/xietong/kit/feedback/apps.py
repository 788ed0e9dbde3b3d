from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "xietong.kit.feedback"
    label = "feedback"
    verbose_name = _("投诉建议")
