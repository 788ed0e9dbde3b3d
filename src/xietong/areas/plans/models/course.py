"""The course of a task, and what is asked for on the way."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.models import County, Organisation
from xietong.areas.plans.models.plan import Plan
from xietong.areas.plans.models.report import Report
from xietong.areas.plans.models.task import Task
from xietong.areas.plans.rules.states import ChangeState, ExtensionState, FollowUpState
from xietong.kit.records.versioned import Versioned


class Extension(Versioned):
    """延期: a later due day that the lead unit asks for, and what was said to it."""

    STATES = [
        (ExtensionState.ASKED.value, _("待答复")),
        (ExtensionState.GRANTED.value, _("已同意")),
        (ExtensionState.REFUSED.value, _("未同意")),
    ]

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, models.CASCADE, related_name="extensions")
    due_on = models.DateField(help_text="the due day when it was asked")
    until = models.DateField(_("延期至"))
    reason = models.CharField(_("理由"), max_length=500)
    state = models.CharField(_("状态"), max_length=10, choices=STATES, default=ExtensionState.ASKED.value)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    asked_by = models.CharField(max_length=60)
    at = models.DateTimeField()
    opinion = models.CharField(_("意见"), max_length=500, blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("延期申请")
        constraints = [
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(state="asked"),
                name="one_extension_waits",
                violation_error_message=_("上一次延期申请还没有答复。"),
            ),
            models.CheckConstraint(
                name="extension_is_later",
                condition=Q(until__gt=F("due_on")),
                violation_error_message=_("延期后的日期须晚于现在的完成期限。"),
            ),
        ]
        indexes = [models.Index(fields=["county", "state", "at"])]

    def __str__(self) -> str:
        return f"{self.task} → {self.until}"


class Change(Versioned):
    """变更: what is proposed to become different in an issued plan; made once it is approved, and visible for ever.

    `values` gives for each field what it says and what it is to say, as texts. A change without a task adds one.
    """

    class Kind(models.TextChoices):
        AMEND = "amend", _("调整")
        CANCEL = "cancel", _("取消")
        ADD = "add", _("新增")

    STATES = [
        (ChangeState.ASKED.value, _("审批中")),
        (ChangeState.MADE.value, _("已变更")),
        (ChangeState.REFUSED.value, _("未同意")),
        (ChangeState.WITHDRAWN.value, _("已撤回")),
    ]

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="changes")
    task = models.ForeignKey(Task, models.CASCADE, null=True, blank=True, related_name="changes")
    kind = models.CharField(_("类型"), max_length=8, choices=Kind)
    values = models.JSONField(_("内容"), default=dict, blank=True)
    reason = models.CharField(_("理由"), max_length=500)
    state = models.CharField(_("状态"), max_length=10, choices=STATES, default=ChangeState.ASKED.value)
    asked_by = models.CharField(_("提出人"), max_length=120)
    at = models.DateTimeField(_("提出时间"))
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("变更")
        constraints = [
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(state="asked"),
                name="one_change_waits",
                violation_error_message=_("这项任务的上一次变更还在审批中。"),
            ),
            models.CheckConstraint(name="change_is_of_a_task", condition=Q(kind="add") | Q(task__isnull=False)),
        ]
        indexes = [models.Index(fields=["county", "plan", "at"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.task or self.plan}"


class Reminder(models.Model):
    """催办: a unit was reminded of a task. Whether it has been read is told by its notices."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, models.CASCADE, related_name="reminders")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.CharField(_("催办内容"), max_length=300)
    who = models.CharField(_("催办人"), max_length=120)
    at = models.DateTimeField(_("催办时间"))

    class Meta:
        indexes = [models.Index(fields=["county", "task", "at"])]

    def __str__(self) -> str:
        return f"{self.task} {self.at:%Y-%m-%d}"


class FollowUp(Versioned):
    """督办: what a unit must answer by a day, above reminders; it lasts until the office lifts it."""

    STATES = [
        (FollowUpState.OPEN.value, _("待回复")),
        (FollowUpState.REPLIED.value, _("已回复")),
        (FollowUpState.LIFTED.value, _("已解除")),
    ]

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, models.CASCADE, related_name="follow_ups")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(_("序号"))
    demand = models.CharField(_("督办要求"), max_length=1000)
    due_on = models.DateField(_("回复期限"))
    state = models.CharField(_("状态"), max_length=8, choices=STATES, default=FollowUpState.OPEN.value)
    issued_by = models.CharField(_("督办人"), max_length=120)
    at = models.DateTimeField(_("发出时间"))
    reply = models.TextField(_("回复"), max_length=2000, blank=True)
    replied_by = models.CharField(max_length=120, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    opinion = models.CharField(_("意见"), max_length=500, blank=True)
    lifted_by = models.CharField(max_length=120, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("督办")
        constraints = [
            models.UniqueConstraint(fields=["county", "year", "number"], name="follow_up_numbered_once"),
            models.UniqueConstraint(
                fields=["task"],
                condition=~Q(state="lifted"),
                name="one_follow_up_lasts",
                violation_error_message=_("这项任务正在督办中。"),
            ),
        ]
        indexes = [models.Index(fields=["county", "state", "due_on"])]

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"


class Instruction(Versioned):
    """批示: what a leader wrote, on paper or said, entered for him; about a task, or the origin of one."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="instructions")
    task = models.ForeignKey(Task, models.CASCADE, null=True, blank=True, related_name="instructions")
    leader = models.CharField(_("批示领导"), max_length=60)
    on = models.DateField(_("批示日期"))
    text = models.CharField(_("批示内容"), max_length=1000)
    entered_by = models.CharField(_("录入人"), max_length=120)
    entered_at = models.DateTimeField(_("录入时间"))

    class Meta:
        verbose_name = _("批示")
        indexes = [models.Index(fields=["county", "plan", "on"])]

    def __str__(self) -> str:
        return f"{self.leader} {self.on}"


class Step(models.Model):
    """办理过程: one line of a task's course, as it is read out. Rows are only ever added.

    `note` is what somebody wrote; of a step that followed from elsewhere it is the name of the successor.
    """

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, models.CASCADE, related_name="steps")
    report = models.ForeignKey(Report, models.CASCADE, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    action = models.CharField(max_length=12)
    who = models.CharField(max_length=120)
    org_name = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["task", "at"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.action}"
