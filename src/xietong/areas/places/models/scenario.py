"""预测方案: assumptions, what follows from them, and who said that they hold."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.models import County
from xietong.areas.places.rules.states import ScenarioState
from xietong.kit.records.versioned import Versioned


class Scenario(Versioned):
    """Assumptions from a base school year on, with the forecast that a worker made of them.

    `result` is as `rules.projecting.projected` gives it, with the test against past years; empty until it is made.
    `opinion` is what the leader said when he approved or returned it. The approved one is what objectives point at.
    """

    STATES = [
        (ScenarioState.DRAFT.value, _("草稿")),
        (ScenarioState.SUBMITTED.value, _("待审定")),
        (ScenarioState.APPROVED.value, _("已审定")),
        (ScenarioState.RETIRED.value, _("曾审定")),
    ]

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    name = models.CharField(_("方案名称"), max_length=80)
    base_year = models.PositiveSmallIntegerField(_("基准学年（起始年）"))
    assumptions = models.JSONField(_("假设"))
    result = models.JSONField(_("结果"), null=True, blank=True)
    computed_at = models.DateTimeField(_("测算时间"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=STATES, default=ScenarioState.DRAFT.value)
    made_by = models.CharField(_("编制人"), max_length=200)
    settled_by = models.CharField(_("审定人"), max_length=200, blank=True)
    settled_at = models.DateTimeField(_("审定时间"), null=True, blank=True)
    opinion = models.CharField(_("审定意见"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("预测方案")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "name"],
                name="scenario_named_once",
                violation_error_message=_("已有同名的方案。"),
            ),
            models.UniqueConstraint(
                fields=["county"],
                condition=Q(state="approved"),
                name="one_scenario_is_approved",
                violation_error_message=_("本县已有审定的方案。"),
            ),
            models.CheckConstraint(
                name="approved_scenario_has_a_result",
                condition=Q(state="draft") | Q(computed_at__isnull=False),
                violation_error_message=_("还没有测算结果。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name
