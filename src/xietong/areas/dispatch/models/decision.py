from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.dispatch.models.meeting import AgendaItem, Meeting
from xietong.areas.dispatch.rules.states import DecisionState
from xietong.areas.orgs.models import County, Organisation
from xietong.areas.people.models import Person
from xietong.areas.plans.models import Clause, Task
from xietong.kit.records.versioned import Versioned


class Decision(Versioned):
    """议定事项, or a targeted opinion (针对性意见) on how a unit works: who does what by when, until it is closed.

    A decision is of a meeting; an opinion may also be given outside of one. `task` is the task that it became or
    was added to. It stands in its unit's filings while it is open.
    """

    class Kind(models.TextChoices):
        DECISION = "decision", _("议定事项")
        OPINION = "opinion", _("针对性意见措施")

    STATES = [
        (DecisionState.OPEN.value, _("落实中")),
        (DecisionState.CLAIMED.value, _("申请销项")),
        (DecisionState.CLOSED.value, _("已销项")),
        (DecisionState.CANCELLED.value, _("已取消")),
    ]

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    kind = models.CharField(_("类型"), max_length=8, choices=Kind, default=Kind.DECISION)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="decisions")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, blank=True, related_name="decisions")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(_("序号"))
    text = models.CharField(_("内容"), max_length=1000)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("责任单位"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("责任人")
    )
    due_on = models.DateField(_("完成时限"))
    task = models.ForeignKey(Task, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("任务"))
    clause = models.ForeignKey(Clause, models.SET_NULL, null=True, blank=True, related_name="+")
    origin = models.CharField(_("由来"), max_length=300, blank=True)
    state = models.CharField(_("状态"), max_length=9, choices=STATES, default=DecisionState.OPEN.value)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField(_("议定时间"))
    closed_at = models.DateTimeField(_("销项时间"), null=True, blank=True)
    closing_note = models.CharField(_("落实结果"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("议定事项")
        constraints = [
            models.UniqueConstraint(fields=["county", "year", "number"], name="decision_numbered_once"),
            models.CheckConstraint(
                name="decision_is_of_a_meeting",
                condition=Q(kind="opinion") | Q(meeting__isnull=False),
                violation_error_message=_("议定事项须属于一次会议。"),
            ),
            models.CheckConstraint(
                name="decision_ends_with_a_time",
                condition=Q(state__in=["open", "claimed"], closed_at=None)
                | Q(state__in=["closed", "cancelled"], closed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["county", "state", "due_on"]),
            models.Index(fields=["county", "unit", "state"]),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.number} {self.text[:60]}"


class DecisionStep(models.Model):
    """One line of the course of a decision, as it is read out. Rows are only ever added."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    action = models.CharField(max_length=10)
    who = models.CharField(max_length=120)
    org_name = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["county", "decision"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.action}"
