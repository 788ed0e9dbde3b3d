from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from xietong.areas.mechanisms.models import Mechanism
from xietong.areas.orgs.models import County, Organisation
from xietong.areas.people.models import Person
from xietong.areas.plans.models.plan import Clause, Phase, Plan
from xietong.areas.plans.models.text import Objective, Sentence
from xietong.areas.plans.rules.states import TaskState
from xietong.kit.records.versioned import Versioned


class Task(Versioned):
    """A duty of the plan: what, which unit leads, who, from when, by when, what is delivered.

    `for_everyone` marks a duty that the text lays on every school or unit. `is_past` marks one that was done before
    the system was there (补录): it has no light and nobody is reminded of it. `carried_from` is the task of an
    earlier version or plan that goes on here.

    `parent` is the task that this one is a part of. `quantity` is a target in a `measure` (40 名教师); a task
    that has one is told in figures, `measured` is the last accepted. `parts_done` of `parts_total` are milestones,
    periods and sub-tasks; `next_due_on` is the earliest day of one that is open. These four are kept by the actions
    and equal a count of the rows. `light_on` is the day that the light goes by.
    """

    STATES = [
        (TaskState.DRAFT.value, _("草稿")),
        (TaskState.ISSUED.value, _("待接收")),
        (TaskState.UNDER_WAY.value, _("办理中")),
        (TaskState.CLAIMED.value, _("待审核")),
        (TaskState.RETURNED.value, _("已退件")),
        (TaskState.SUSPENDED.value, _("已暂停")),
        (TaskState.VERIFIED.value, _("已完成")),
        (TaskState.CANCELLED.value, _("已取消")),
        (TaskState.CLOSED.value, _("随方案归档")),
    ]

    class Origin(models.TextChoices):
        PLAN = "plan", _("方案")
        INSTRUCTION = "instruction", _("领导批示")
        CHANGE = "change", _("方案变更")
        DECISION = "decision", _("会议议定")

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="tasks")
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, blank=True, related_name="tasks")
    phase = models.ForeignKey(Phase, models.PROTECT, null=True, blank=True, related_name="+")
    number = models.CharField(_("编号"), max_length=20)
    title = models.CharField(_("任务"), max_length=200)
    state = models.CharField(_("状态"), max_length=10, choices=STATES, default=TaskState.DRAFT.value)
    lead_unit = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("牵头单位")
    )
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField(_("开始日期"), null=True, blank=True)
    due_on = models.DateField(_("完成期限"), null=True, blank=True)
    rhythm = models.CharField(_("频次"), max_length=20, blank=True)
    deliverable = models.CharField(_("成果"), max_length=200, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级任务")
    )
    origin = models.CharField(_("来源"), max_length=12, choices=Origin, default=Origin.PLAN)
    quantity = models.DecimalField(_("目标数量"), max_digits=14, decimal_places=2, null=True, blank=True)
    measure = models.CharField(_("计量单位"), max_length=20, blank=True)
    measured = models.DecimalField(_("已完成数量"), max_digits=14, decimal_places=2, null=True, blank=True)
    parts_total = models.PositiveSmallIntegerField(default=0)
    parts_done = models.PositiveSmallIntegerField(default=0)
    next_due_on = models.DateField(null=True, blank=True)
    light_on = models.GeneratedField(
        expression=Coalesce("next_due_on", "due_on"), output_field=models.DateField(null=True), db_persist=True
    )
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
            models.CheckConstraint(
                name="task_quantity_has_a_measure",
                condition=Q(quantity=None) | (Q(quantity__gt=0) & ~Q(measure="")),
                violation_error_message=_("目标数量须大于零，并写明计量单位，如“所”“人次”。"),
            ),
            models.CheckConstraint(name="task_not_its_own_part", condition=Q(parent=None) | ~Q(parent=F("pk"))),
        ]
        indexes = [
            models.Index(fields=["county", "state", "light_on"]),
            models.Index(fields=["county", "parent"]),
            models.Index(fields=["county", "lead_unit", "state"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def light_day(self) -> date | None:
        """`light_on` of a row at hand, changed or not."""
        return self.next_due_on or self.due_on


class TaskMechanism(models.Model):
    """A text of rules that a task applies."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, models.CASCADE, related_name="applied")
    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "mechanism"], name="mechanism_applied_once")]
        indexes = [models.Index(fields=["county", "mechanism"])]

    def __str__(self) -> str:
        return f"{self.task_id} {self.mechanism_id}"


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
    quantity = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    measure = models.CharField(max_length=20, blank=True)
    milestones = models.JSONField(default=list, blank=True)

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


class Dependency(models.Model):
    """前置任务: `task` cannot be claimed to be done before `needs` is."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, models.CASCADE, related_name="needs")
    needs = models.ForeignKey(Task, models.CASCADE, related_name="needed_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "needs"], name="dependency_once")]
        indexes = [models.Index(fields=["county", "needs"])]

    def __str__(self) -> str:
        return f"{self.task_id} → {self.needs_id}"


class ObjectiveTask(models.Model):
    """A task by which an objective is reached: the objective's progress is told by them where it has no figure."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    objective = models.ForeignKey(Objective, models.CASCADE, related_name="ways")
    task = models.ForeignKey(Task, models.CASCADE, related_name="aims")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["objective", "task"], name="aim_once")]
        indexes = [models.Index(fields=["county", "task"])]

    def __str__(self) -> str:
        return f"{self.objective_id} ← {self.task_id}"
