from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.models import County, Organisation
from xietong.areas.plans.models.plan import Clause, Plan
from xietong.areas.plans.models.task import Task
from xietong.kit.records.versioned import Versioned


class Consultation(Versioned):
    """征求意见: units are asked about a draft until a day."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="consultations")
    number = models.PositiveSmallIntegerField()
    note = models.CharField(_("说明"), max_length=500, blank=True)
    opened_on = models.DateField(_("发出"))
    due_on = models.DateField(_("截止"))
    closed_on = models.DateField(_("结束"), null=True, blank=True)

    class Meta:
        verbose_name = _("征求意见")
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="consultation_numbered_once"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(closed_on=None),
                name="one_consultation_is_open",
                violation_error_message=_("上一轮征求意见还没有结束。"),
            ),
        ]
        indexes = [models.Index(fields=["county", "plan"])]

    def __str__(self) -> str:
        return f"{self.plan} #{self.number}"


class Consulted(Versioned):
    """One unit that is asked. It answers with comments, or says that it has none."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="units")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(_("反馈时间"), null=True, blank=True)
    answered_by = models.CharField(_("反馈人"), max_length=200, blank=True)
    on_paper = models.BooleanField(_("书面反馈，由办公室录入"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consultation", "unit"], name="unit_is_asked_once")]
        indexes = [models.Index(fields=["county", "unit"])]

    def __str__(self) -> str:
        return f"{self.consultation} {self.unit}"


class Comment(Versioned):
    """What a unit says about the draft, a clause or a task of it; and whether it was taken up, with the reason."""

    class Verdict(models.TextChoices):
        ADOPTED = "adopted", _("采纳")
        PARTLY = "partly", _("部分采纳")
        REJECTED = "rejected", _("不采纳")

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    consulted = models.ForeignKey(Consulted, models.CASCADE, related_name="comments")
    clause = models.ForeignKey(Clause, models.SET_NULL, null=True, blank=True, related_name="+")
    task = models.ForeignKey(Task, models.SET_NULL, null=True, blank=True, related_name="+")
    about = models.CharField(_("针对"), max_length=300, blank=True)
    text = models.CharField(_("意见"), max_length=2000)
    author = models.CharField(_("提出人"), max_length=200)
    at = models.DateTimeField(_("时间"))
    verdict = models.CharField(_("处理"), max_length=8, choices=Verdict, blank=True)
    answer = models.CharField(_("理由"), max_length=500, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("意见")
        constraints = [
            models.CheckConstraint(
                name="rejected_comment_has_a_reason",
                condition=~Q(verdict__in=["partly", "rejected"]) | ~Q(answer=""),
                violation_error_message=_("不采纳或部分采纳须说明理由。"),
            )
        ]
        indexes = [models.Index(fields=["county", "consulted"])]

    def __str__(self) -> str:
        return self.text[:60]
