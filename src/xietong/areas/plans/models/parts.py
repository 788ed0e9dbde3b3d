"""What a task is made of while it lasts: milestones, and the periods in which it recurs."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.models import County
from xietong.areas.plans.models.report import Report
from xietong.areas.plans.models.task import Task
from xietong.kit.records.versioned import Versioned


class Milestone(Versioned):
    """里程碑: something by a day on the way. It is reached with a report that says so, once that is accepted."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, models.CASCADE, related_name="milestones")
    title = models.CharField(_("里程碑"), max_length=200)
    due_on = models.DateField(_("期限"))
    report = models.ForeignKey(Report, models.SET_NULL, null=True, blank=True, related_name="milestones")
    reached_on = models.DateField(_("达到日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("里程碑")
        constraints = [
            models.UniqueConstraint(
                fields=["task", "title"],
                name="milestone_named_once",
                violation_error_message=_("这个里程碑已经有了。"),
            )
        ]
        indexes = [models.Index(fields=["county", "due_on"])]

    def __str__(self) -> str:
        return self.title


class Occurrence(Versioned):
    """本期: one period of a task that recurs. Its report says whether it was done; `done_on` stands once accepted."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, models.CASCADE, related_name="occurrences")
    label = models.CharField(_("本期"), max_length=40)
    starts_on = models.DateField(_("开始"))
    due_on = models.DateField(_("期限"))
    report = models.ForeignKey(Report, models.SET_NULL, null=True, blank=True, related_name="occurrences")
    carried_out = models.BooleanField(_("本期已开展"), null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("本期")
        constraints = [
            models.UniqueConstraint(fields=["task", "label"], name="occurrence_once_a_period"),
            models.CheckConstraint(name="occurrence_ends_after_it_starts", condition=Q(due_on__gte=F("starts_on"))),
        ]
        indexes = [models.Index(fields=["county", "due_on"])]

    def __str__(self) -> str:
        return self.label
