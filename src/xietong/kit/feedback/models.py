from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.kit.records.versioned import Versioned


class Feedback(Versioned):
    """What somebody said to the holders of one role (`addressee`), and what they answered.

    `author` is empty where somebody kept his name to himself; the account stays, so that the answer
    finds him, and is shown to nobody.
    """

    PERSONAL = frozenset({"text"})

    class Kind(models.TextChoices):
        BURDEN = "burden", _("填报负担、重复要数")
        CLOCKING = "clocking", _("强制打卡、强制上传照片、排名")
        FAULT = "fault", _("平台问题")
        SUGGESTION = "suggestion", _("建议")
        OTHER = "other", _("其他")

    county_id = models.BigIntegerField()
    account_id = models.BigIntegerField()
    author = models.CharField(_("反映人"), max_length=200, blank=True)
    addressee = models.CharField(_("反映给"), max_length=40)
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    text = models.CharField(_("内容"), max_length=2000)
    at = models.DateTimeField(_("时间"))
    answer = models.CharField(_("答复"), max_length=2000, blank=True)
    answered_by = models.CharField(_("答复人"), max_length=200, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("投诉建议")
        constraints = [
            models.CheckConstraint(
                name="feedback_answer_whole",
                condition=Q(answer="", answered_by="", answered_at=None)
                | (~Q(answer="") & ~Q(answered_by="") & Q(answered_at__isnull=False)),
            )
        ]
        indexes = [
            models.Index(fields=["county_id", "addressee", "-at"]),
            models.Index(fields=["account_id", "-at"]),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
