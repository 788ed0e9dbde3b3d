from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.models import County, Organisation
from xietong.areas.people.models import Person
from xietong.areas.plans.models.plan import Clause, Phase, Plan
from xietong.areas.plans.models.text import Sentence
from xietong.areas.plans.rules.states import ExtensionState, ReportState, TaskState
from xietong.kit.records.versioned import Versioned


class Task(Versioned):
    """A duty of the plan: what, which unit leads, who, from when, by when, what is delivered.

    `for_everyone` marks a duty that the text lays on every school or unit. `is_past` marks one that was done before
    the system was there (补录): it has no light and nobody is reminded of it. `carried_from` is the task of an
    earlier version or plan that goes on here.
    """

    STATES = [
        (TaskState.DRAFT.value, _("草稿")),
        (TaskState.ISSUED.value, _("待接收")),
        (TaskState.UNDER_WAY.value, _("办理中")),
        (TaskState.CLAIMED.value, _("待审核")),
        (TaskState.VERIFIED.value, _("已完成")),
        (TaskState.CLOSED.value, _("随方案归档")),
    ]

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="tasks")
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, blank=True, related_name="tasks")
    phase = models.ForeignKey(Phase, models.PROTECT, null=True, blank=True, related_name="+")
    number = models.CharField(_("编号"), max_length=20)
    title = models.CharField(_("任务"), max_length=200)
    state = models.CharField(_("状态"), max_length=10, choices=STATES, default=TaskState.DRAFT.value)
    lead_unit = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField(_("开始日期"), null=True, blank=True)
    due_on = models.DateField(_("完成期限"), null=True, blank=True)
    rhythm = models.CharField(_("频次"), max_length=20, blank=True)
    deliverable = models.CharField(_("成果"), max_length=200, blank=True)
    for_everyone = models.BooleanField(_("面向各单位"), default=False)
    is_past = models.BooleanField(_("补录"), default=False)
    carried_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="carried_to")
    sentences = models.ManyToManyField(Sentence, through="TaskSource", related_name="tasks")
    issued_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField(_("最近动态"), null=True, blank=True)

    class Meta:
        verbose_name = _("任务")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="task_numbered_once",
                violation_error_message=_("这个编号已经用过了。"),
            ),
            models.CheckConstraint(
                name="issued_task_is_complete",
                condition=Q(state="draft") | (~Q(lead_unit=None) & ~Q(due_on=None)),
                violation_error_message=_("下达的任务必须有牵头单位和完成期限。"),
            ),
            models.CheckConstraint(
                name="task_due_after_start",
                condition=Q(due_on=None) | Q(starts_on=None) | Q(due_on__gte=F("starts_on")),
                violation_error_message=_("完成期限不能早于开始日期。"),
            ),
        ]
        indexes = [
            models.Index(fields=["county", "state", "due_on"]),
            models.Index(fields=["county", "lead_unit", "state"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class TaskSource(models.Model):
    """A sentence of the text that a task came from: the way from either to the other."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, models.CASCADE, related_name="sources")
    sentence = models.ForeignKey(Sentence, models.CASCADE, related_name="sources")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "sentence"], name="source_once")]
        indexes = [models.Index(fields=["county", "sentence"])]

    def __str__(self) -> str:
        return f"{self.task_id} ← {self.sentence_id}"


class Baseline(models.Model):
    """A task as it was when the plan was issued. Written once and never changed; names as they read that day."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    task = models.OneToOneField(Task, models.CASCADE, related_name="baseline")
    at = models.DateTimeField()
    number = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    lead_unit = models.CharField(max_length=120)
    supports = models.JSONField(default=list, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    rhythm = models.CharField(max_length=20, blank=True)
    deliverable = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class TaskSupport(models.Model):
    """A unit that supports the lead unit in a task."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, models.CASCADE, related_name="supports")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "unit"], name="support_once")]
        indexes = [models.Index(fields=["county", "unit"])]

    def __str__(self) -> str:
        return str(self.unit)


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
    author_id = models.BigIntegerField(null=True)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()
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
