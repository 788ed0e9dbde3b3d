from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.dispatch.models.cycle import Cycle
from xietong.areas.dispatch.models.decision import Decision
from xietong.areas.dispatch.rules.states import AnswerState, Course, EntryKind, FilingState
from xietong.areas.orgs.models import County, Organisation
from xietong.areas.plans.models import Milestone, Occurrence, Report, Task
from xietong.kit.clock.time import day_of
from xietong.kit.records.versioned import Versioned

ANSWERS = [
    (AnswerState.ASKED.value, _("待答复")),
    (AnswerState.GRANTED.value, _("已同意")),
    (AnswerState.REFUSED.value, _("未同意")),
]


class Filing(Versioned):
    """月报: what one unit says in one cycle, on its way through the route of approval.

    `first_at` is the submission by which it is judged; `due_on` its own day, later where one was granted.
    `refile_by` and `review_by` are the last days of whoever has it: the unit after it was sent back, the reviewers.
    """

    STATES = [
        (FilingState.DUE.value, _("待填报")),
        (FilingState.SUBMITTED.value, _("审核中")),
        (FilingState.SENT_BACK.value, _("已退回")),
        (FilingState.ACCEPTED.value, _("已通过")),
        (FilingState.EXCUSED.value, _("免报")),
    ]

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="filings")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    state = models.CharField(_("状态"), max_length=10, choices=STATES, default=FilingState.DUE.value)
    due_on = models.DateField(_("报送期限"))
    is_nothing_new = models.BooleanField(_("无新进展"), default=False)
    highlight = models.TextField(_("特色做法"), max_length=1000, blank=True)
    author_name = models.CharField(_("填报人"), max_length=120, blank=True)
    author_id = models.BigIntegerField(null=True, blank=True, help_text="person")
    first_at = models.DateTimeField(_("首次报送"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("报送时间"), null=True, blank=True)
    answered_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    refile_by = models.DateField(_("补报期限"), null=True, blank=True)
    review_by = models.DateField(_("审核期限"), null=True, blank=True)
    opinion = models.CharField(_("意见"), max_length=500, blank=True)
    excuse = models.CharField(_("免报原因"), max_length=200, blank=True)
    reminded = models.PositiveSmallIntegerField(_("催报次数"), default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("月报")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "unit"], name="filing_once_a_cycle"),
            models.CheckConstraint(
                name="submitted_filing_has_its_times",
                condition=Q(state__in=["due", "excused"]) | Q(first_at__isnull=False, submitted_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["county", "unit", "state"]),
            models.Index(fields=["county", "cycle", "state"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.cycle}"

    @property
    def course(self) -> Course:
        first, last, answered = (
            day_of(at) if at else None for at in (self.first_at, self.submitted_at, self.answered_at)
        )
        return Course(FilingState(self.state), self.due_on, first, last, self.refile_by, self.review_by, answered)


class Entry(Versioned):
    """One matter in a filing: a task, a decision, or the topic of a special dispatch, and what the unit says of it.

    `problem` is what it cannot settle by itself. `report` is the report on the task that says the same: one that was
    there already, or the one that it became when the filing was accepted.
    """

    KINDS = [
        (EntryKind.TOPIC.value, _("专项内容")),
        (EntryKind.DECISION.value, _("议定事项")),
        (EntryKind.RED.value, _("逾期任务")),
        (EntryKind.MILESTONE.value, _("本月里程碑")),
        (EntryKind.PERIOD.value, _("本期任务")),
        (EntryKind.OFFERED.value, _("其他任务")),
    ]

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    filing = models.ForeignKey(Filing, models.CASCADE, related_name="entries")
    kind = models.CharField(_("类别"), max_length=10, choices=KINDS)
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="entries")
    occurrence = models.ForeignKey(Occurrence, models.SET_NULL, null=True, blank=True, related_name="+")
    report = models.ForeignKey(Report, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(_("进展情况"), max_length=2000, blank=True)
    problem = models.CharField(_("需协调事项"), max_length=500, blank=True)
    quantity = models.DecimalField(_("累计完成"), max_digits=14, decimal_places=2, null=True, blank=True)
    carried_out = models.BooleanField(_("本期已开展"), null=True, blank=True)
    is_done = models.BooleanField(_("已落实，申请销项"), default=False)

    class Meta:
        verbose_name = _("月报事项")
        constraints = [
            models.UniqueConstraint(fields=["filing", "task"], name="task_once_a_filing"),
            models.UniqueConstraint(fields=["filing", "decision"], name="decision_once_a_filing"),
            models.CheckConstraint(
                name="entry_is_about_one_matter",
                condition=Q(kind="topic", task=None, decision=None)
                | Q(kind="decision", task=None, decision__isnull=False)
                | Q(kind__in=["red", "milestone", "period", "offered"], task__isnull=False, decision=None),
            ),
        ]
        indexes = [models.Index(fields=["county", "task"])]

    def __str__(self) -> str:
        return str(self.task or self.decision or self.filing.cycle.topic)


class EntryMilestone(models.Model):
    """A milestone that an entry asks about, and whether it says that it is reached."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="milestones")
    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="+")
    is_reached = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "milestone"], name="milestone_once_an_entry")]

    def __str__(self) -> str:
        return str(self.milestone)


class Asking(Versioned):
    """What a unit asks the office for, and what was said to it."""

    state = models.CharField(_("状态"), max_length=8, choices=ANSWERS, default=AnswerState.ASKED.value)
    asked_by = models.CharField(_("申请人"), max_length=120)
    at = models.DateTimeField(_("申请时间"))
    opinion = models.CharField(_("意见"), max_length=300, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class FilingExtension(Asking):
    """月报延期: a later day for one filing."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    filing = models.ForeignKey(Filing, models.CASCADE, related_name="extensions")
    until = models.DateField(_("延至"))
    reason = models.CharField(_("理由"), max_length=300)

    class Meta:
        verbose_name = _("月报延期")
        constraints = [
            models.UniqueConstraint(
                fields=["filing"],
                condition=Q(state="asked"),
                name="one_filing_extension_waits",
                violation_error_message=_("上一次延期申请还没有答复。"),
            )
        ]
        indexes = [models.Index(fields=["county", "state"])]

    def __str__(self) -> str:
        return f"{self.filing} → {self.until}"


class Correction(Asking):
    """更正: other words or another figure for an entry of a locked cycle. Both versions are kept."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="corrections")
    text_before = models.TextField()
    text = models.TextField(_("更正为"), max_length=2000)
    quantity_before = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    quantity = models.DecimalField(_("累计完成更正为"), max_digits=14, decimal_places=2, null=True, blank=True)
    reason = models.CharField(_("更正原因"), max_length=300)

    class Meta:
        verbose_name = _("更正")
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(state="asked"),
                name="one_correction_waits",
                violation_error_message=_("上一次更正申请还没有答复。"),
            )
        ]
        indexes = [models.Index(fields=["county", "state"])]

    def __str__(self) -> str:
        return str(self.entry)
