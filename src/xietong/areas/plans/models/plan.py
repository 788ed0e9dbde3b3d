from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.models import County
from xietong.kit.records.versioned import Versioned


class Plan(Versioned):
    """An action plan: the text as it was issued, and what was read from it.

    `is_adopted` says that it had been issued before it came into the system. `replaces` is the earlier
    version of the same policy; `follows` the finished plan that this one was started from.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        APPROVING = "approving", _("审批中")
        APPROVED = "approved", _("待下达")
        ISSUED = "issued", _("已下达")
        CLOSED = "closed", _("已归档")

    PREPARED = (State.DRAFT, State.APPROVING, State.APPROVED)
    IN_FORCE = (State.ISSUED, State.CLOSED)

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    title = models.CharField(_("名称"), max_length=200)
    document_no = models.CharField(_("文号"), max_length=60, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    is_adopted = models.BooleanField(_("补录"), default=False)
    source_name = models.CharField(max_length=200)
    source_text = models.TextField()
    warnings = models.JSONField(default=list, blank=True)
    read_at = models.DateTimeField()
    issued_on = models.DateField(_("下达日期"), null=True, blank=True)
    closed_on = models.DateField(_("归档日期"), null=True, blank=True)
    closing_note = models.CharField(_("归档说明"), max_length=500, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")

    class Meta:
        verbose_name = _("行动方案")
        constraints = [
            models.CheckConstraint(
                name="issued_plan_has_a_date",
                condition=Q(state__in=["draft", "approving", "approved"], issued_on=None)
                | Q(state__in=["issued", "closed"], issued_on__isnull=False),
            ),
            models.CheckConstraint(
                name="closed_plan_has_a_date",
                condition=Q(state="closed", closed_on__isnull=False) | (~Q(state="closed") & Q(closed_on=None)),
            ),
        ]
        indexes = [models.Index(fields=["county", "state"])]

    def __str__(self) -> str:
        return self.title


class Clause(Versioned):
    """A chapter, section or enumerated item of the text, with its place in it.

    `start` to `end` enclose the clause with everything below it, counted in the plan's source text.
    """

    class Kind(models.TextChoices):
        FRAMEWORK = "framework", _("行动框架")
        GOAL = "goal", _("工作目标")
        TASK = "task", _("工作任务")
        PHASE = "phase", _("进度安排")
        GUARANTEE = "guarantee", _("组织保障")
        OTHER = "other", _("其他")

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="clauses")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    number = models.CharField(_("编号"), max_length=40)
    label = models.CharField(max_length=20)
    heading = models.CharField(_("标题"), max_length=300, blank=True)
    text = models.TextField(_("原文"), blank=True)
    kind = models.CharField(_("性质"), max_length=10, choices=Kind)
    level = models.PositiveSmallIntegerField()
    order = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    named = models.JSONField(_("涉及单位"), default=list, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "start"], name="clause_starts_once")]
        indexes = [models.Index(fields=["county", "plan", "order"])]

    def __str__(self) -> str:
        return f"{self.number} {self.heading}".strip()


class Phase(Versioned):
    """A phase of the plan, from a day to a day."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="phases")
    name = models.CharField(_("阶段"), max_length=60)
    starts_on = models.DateField(_("开始"))
    ends_on = models.DateField(_("结束"))
    order = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="phase_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("阶段的结束日期不能早于开始日期。"),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Standing(models.Model):
    """Where a plan stands, counted: kept by the actions and once a day, so that a province need not scan tasks."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    plan = models.OneToOneField(Plan, models.CASCADE, related_name="standing")
    issued = models.PositiveIntegerField(default=0)
    returned = models.PositiveIntegerField(default=0)
    suspended = models.PositiveIntegerField(default=0)
    under_way = models.PositiveIntegerField(default=0)
    claimed = models.PositiveIntegerField(default=0)
    verified = models.PositiveIntegerField(default=0)
    overdue = models.PositiveIntegerField(default=0)
    as_of = models.DateField()

    def __str__(self) -> str:
        return f"{self.plan} {self.as_of}"

    @property
    def total(self) -> int:
        return self.issued + self.returned + self.suspended + self.under_way + self.claimed + self.verified
