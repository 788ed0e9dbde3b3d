from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.dispatch.rules.states import CycleState
from xietong.areas.orgs.models import County
from xietong.kit.records.versioned import Versioned


class Cycle(Versioned):
    """月调度: one round in which units say where things stand; of a month, of two, or a special one in between.

    `topic` is what a special dispatch asks. `unit_count` and `field_count` are what it asked when it was opened.
    """

    class Kind(models.TextChoices):
        MONTHLY = "monthly", _("月调度")
        SPECIAL = "special", _("专项调度")

    STATES = [
        (CycleState.OPENING.value, _("正在开启")),
        (CycleState.OPEN.value, _("填报中")),
        (CycleState.LOCKED.value, _("已锁定")),
    ]

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    kind = models.CharField(_("类型"), max_length=8, choices=Kind, default=Kind.MONTHLY)
    label = models.CharField(_("期次"), max_length=60)
    month = models.DateField(help_text="the first day of its first month")
    months = models.PositiveSmallIntegerField(default=1)
    topic = models.CharField(_("调度内容"), max_length=500, blank=True)
    span_from = models.DateField(_("填报起"))
    span_to = models.DateField(_("填报止"))
    due_on = models.DateField(_("报送期限"))
    state = models.CharField(_("状态"), max_length=8, choices=STATES, default=CycleState.OPENING.value)
    unit_count = models.PositiveIntegerField(_("单位数"), default=0)
    field_count = models.PositiveIntegerField(_("需填写项数"), default=0)
    opened_by = models.CharField(max_length=120, blank=True)
    opened_at = models.DateTimeField(_("开启时间"))
    locked_at = models.DateTimeField(_("锁定时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("月调度")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "label"],
                name="cycle_once",
                violation_error_message=_("这一期已经开启过了。"),
            ),
            models.CheckConstraint(
                name="cycle_ends_after_it_starts",
                condition=Q(span_to__gte=F("span_from")),
                violation_error_message=_("填报止不能早于填报起。"),
            ),
            models.CheckConstraint(
                name="special_cycle_has_a_topic",
                condition=Q(kind="monthly") | ~Q(topic=""),
                violation_error_message=_("专项调度须写明调度内容。"),
            ),
        ]
        indexes = [models.Index(fields=["county", "-month", "-id"])]

    def __str__(self) -> str:
        return self.label
