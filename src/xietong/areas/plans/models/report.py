"""What units file on a task, and what is said to it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.models import County, Organisation
from xietong.areas.plans.models.task import Task
from xietong.areas.plans.rules.states import ReportState
from xietong.kit.records.versioned import Versioned


class Report(Versioned):
    """What the lead unit reports on a task, and the verdict on it. Never changed afterwards, only answered."""

    STATES = [
        (ReportState.SUBMITTED.value, _("待审核")),
        (ReportState.SENT_BACK.value, _("已退回")),
        (ReportState.ACCEPTED.value, _("已通过")),
        (ReportState.WITHDRAWN.value, _("已撤回")),
    ]

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, models.CASCADE, related_name="reports")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("进展情况"))
    claims_completion = models.BooleanField(_("申请办结"), default=False)
    state = models.CharField(_("状态"), max_length=10, choices=STATES, default=ReportState.SUBMITTED.value)
    request_key = models.CharField(max_length=40, null=True, blank=True, unique=True)
    author_name = models.CharField(max_length=60)
    author_id = models.BigIntegerField(null=True, blank=True)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_route = models.BooleanField(default=False, help_text="answered by the steps of a route, not by the office")
    quantity = models.DecimalField(_("累计完成"), max_digits=14, decimal_places=2, null=True, blank=True)
    opinion = models.CharField(_("意见"), max_length=500, blank=True)
    reviewer_name = models.CharField(max_length=60, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "number"], name="report_numbered_once"),
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(state="submitted"),
                name="one_report_waits",
                violation_error_message=_("上一次填报还在审核中。"),
            ),
        ]
        indexes = [models.Index(fields=["county", "state", "at"])]

    def __str__(self) -> str:
        return f"{self.task} #{self.number}"


class Contribution(Versioned):
    """协办填报: the part of a supporting unit, for the lead unit to take into its report. Counted nowhere by itself.

    `report` is the one that it was taken into; until then its unit may write it anew.
    """

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, models.CASCADE, related_name="contributions")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, models.SET_NULL, null=True, blank=True, related_name="contributions")
    text = models.TextField(_("协办情况"), max_length=2000)
    quantity = models.DecimalField(_("其中本单位完成"), max_digits=14, decimal_places=2, null=True, blank=True)
    author_name = models.CharField(max_length=60)
    author_id = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("协办填报")
        constraints = [
            models.UniqueConstraint(fields=["task", "unit"], condition=Q(report=None), name="one_contribution_waits")
        ]
        indexes = [models.Index(fields=["county", "unit"])]

    def __str__(self) -> str:
        return f"{self.task} {self.unit}"


class FileRemark(models.Model):
    """What is wrong with one file of a report that was sent back; files without a remark are in order."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, models.CASCADE, related_name="remarks")
    file_id = models.BigIntegerField()
    file_name = models.CharField(max_length=200)
    text = models.CharField(_("问题"), max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "file_id"], name="one_remark_a_file")]

    def __str__(self) -> str:
        return f"{self.file_name}: {self.text}"


class SpotCheck(Versioned):
    """抽查: an accepted report that was drawn by lot, with who drew it, and what was found."""

    class Finding(models.TextChoices):
        IN_ORDER = "in_order", _("属实")
        FAULTY = "faulty", _("不符")

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, models.CASCADE, related_name="checks")
    draw = models.CharField(_("批次"), max_length=40)
    drawn_at = models.DateTimeField(_("抽取时间"))
    drawn_by = models.CharField(_("抽取人"), max_length=120)
    finding = models.CharField(_("结果"), max_length=8, choices=Finding, blank=True)
    note = models.CharField(_("说明"), max_length=500, blank=True)
    checked_by = models.CharField(_("核查人"), max_length=120, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("抽查")
        constraints = [
            models.UniqueConstraint(fields=["draw", "report"], name="drawn_once_a_draw"),
            models.CheckConstraint(
                name="faulty_check_has_a_note",
                condition=~Q(finding="faulty") | ~Q(note=""),
                violation_error_message=_("不符的须写明情况。"),
            ),
        ]
        indexes = [models.Index(fields=["county", "-drawn_at"])]

    def __str__(self) -> str:
        return f"{self.draw} {self.report}"
