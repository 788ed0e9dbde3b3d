from django.db import models
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.models import County, Organisation
from xietong.areas.plans.models.plan import Plan
from xietong.areas.plans.models.task import Task
from xietong.kit.records.versioned import Versioned


class PastRecord(Versioned):
    """历史补录: something that happened before the system was there, with the scan of its paper."""

    class Kind(models.TextChoices):
        PROGRESS = "progress", _("进展")
        MEETING = "meeting", _("会议")
        DOCUMENT = "document", _("文件")
        ACTIVITY = "activity", _("活动")

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="past")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="past")
    code = models.CharField(_("编号"), max_length=40)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    on = models.DateField(_("日期"))
    title = models.CharField(_("名称"), max_length=200)
    text = models.TextField(_("内容"), blank=True, max_length=4000)
    document_no = models.CharField(_("文号"), max_length=60, blank=True)
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.CharField(_("录入人"), max_length=200)
    entered_at = models.DateTimeField(_("录入时间"))

    class Meta:
        verbose_name = _("补录")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code"],
                name="past_record_once",
                violation_error_message=_("这个编号的补录已经有了。"),
            )
        ]
        indexes = [models.Index(fields=["county", "plan", "on"])]

    def __str__(self) -> str:
        return self.title
