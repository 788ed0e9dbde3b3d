from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.indicators.models import Indicator
from xietong.areas.orgs.models import County, Organisation
from xietong.areas.plans.models.plan import Clause, Plan
from xietong.kit.records.versioned import Versioned


class Sentence(Versioned):
    """One sentence of the text. It is covered by the tasks that hang on it, or somebody says that it is context."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sentences")
    clause = models.ForeignKey(Clause, models.CASCADE, null=True, blank=True, related_name="sentences")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    is_heading = models.BooleanField(default=False)
    context_by = models.CharField(_("认定人"), max_length=200, blank=True)
    context_at = models.DateTimeField(_("认定时间"), null=True, blank=True)
    context_reason = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "start"], name="sentence_starts_once"),
            models.CheckConstraint(name="sentence_has_words", condition=Q(end__gt=F("start"))),
            models.CheckConstraint(
                name="context_is_said_by_somebody",
                condition=Q(context_by="", context_at=None) | (~Q(context_by="") & Q(context_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["county", "plan"])]

    def __str__(self) -> str:
        return f"{self.start}–{self.end}"

    @property
    def text(self) -> str:
        return self.plan.source_text[self.start : self.end]


class Finding(Versioned):
    """Something read in the text, or marked there by somebody: what it is, where it stands, what it was taken for."""

    class Kind(models.TextChoices):
        ORGANISATION = "organisation", _("单位")
        ROLE = "role", _("泛称")
        DATE = "date", _("时间")
        RHYTHM = "rhythm", _("频次")
        QUANTITY = "quantity", _("数量")
        RESPONSIBILITY = "duty", _("责任")
        DOCUMENT = "document", _("文件")
        OBJECTIVE = "objective", _("目标")

    class State(models.TextChoices):
        READ = "read", _("待确认")
        ACCEPTED = "accepted", _("已采纳")
        REJECTED = "rejected", _("已排除")

    class Part(models.TextChoices):
        LEAD = "lead", _("牵头")
        SUPPORT = "support", _("配合")

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="findings")
    clause = models.ForeignKey(Clause, models.CASCADE, null=True, blank=True, related_name="findings")
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.CharField(_("原文"), max_length=300)
    meaning = models.CharField(_("识别为"), max_length=300, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    part = models.CharField(_("承担"), max_length=8, choices=Part, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.READ)
    by_hand = models.BooleanField(_("人工标注"), default=False)

    class Meta:
        verbose_name = _("识别结果")
        constraints = [
            models.CheckConstraint(name="finding_has_words", condition=Q(end__gt=F("start"))),
            models.UniqueConstraint(
                fields=["plan", "kind", "start", "end"],
                name="found_once",
                violation_error_message=_("这段文字已经标过了。"),
            ),
        ]
        indexes = [models.Index(fields=["county", "plan", "kind", "state"])]

    def __str__(self) -> str:
        return self.text


class Objective(Versioned):
    """A goal of the plan: what is to be reached, how much of it, by when; what the text does not give is empty.

    `baseline` is where it started, `reached` the last figure with the day and the source that it was taken from.
    With an `indicator` figures are not typed in: they are those of the indicator.
    """

    class Comparison(models.TextChoices):
        EXACT = "exact", _("达到")
        AT_LEAST = "at_least", _("不低于")
        AT_MOST = "at_most", _("不超过")
        UP_BY = "up_by", _("提高")

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="objectives")
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, blank=True, related_name="+")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(_("目标"), max_length=200)
    comparison = models.CharField(_("比较"), max_length=8, choices=Comparison, blank=True)
    target = models.DecimalField(_("目标值"), max_digits=14, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("计量单位"), max_length=20, blank=True)
    due_on = models.DateField(_("期限"), null=True, blank=True)
    baseline = models.DecimalField(_("基线值"), max_digits=14, decimal_places=4, null=True, blank=True)
    reached = models.DecimalField(_("现状值"), max_digits=14, decimal_places=4, null=True, blank=True)
    reached_on = models.DateField(_("现状日期"), null=True, blank=True)
    source = models.CharField(_("数据来源"), max_length=200, blank=True)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("对应的指标")
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("目标")
        indexes = [models.Index(fields=["county", "plan", "order"])]

    def __str__(self) -> str:
        return self.title
