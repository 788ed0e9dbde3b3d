from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from xietong.kit.records.versioned import Versioned, or_zero


class Confidence(models.TextChoices):
    """How well a number is known; C and D are county defaults and never shown as national rules.

    `COUNTY` is what a county decided for itself.
    """

    A = "A", _("规则原文")
    B2 = "B2", _("两个以上独立来源")
    B = "B", _("单一来源")
    C = "C", _("县级可配置默认值（待核实）")
    D = "D", _("县级可配置默认值（设计建议）")
    COUNTY = "E", _("本县设定")


SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠", "==": "="}


class Rule(Versioned):
    """One value of one rule, for everybody or for one county, from a day to a day."""

    code = models.CharField(_("编码"), max_length=60)
    county_id = models.BigIntegerField(null=True, blank=True)
    name = models.CharField(_("名称"), max_length=120)
    value = models.CharField(_("数值"), max_length=120)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    comparator = models.CharField(_("比较"), max_length=4, blank=True)
    scope = models.CharField(_("适用范围"), max_length=60, blank=True)
    document = models.CharField(_("文件"), max_length=160, blank=True)
    document_no = models.CharField(_("文号"), max_length=60, blank=True)
    effective_from = models.DateField(_("起"))
    effective_to = models.DateField(_("止"), null=True, blank=True)
    confidence = models.CharField(_("可信度"), max_length=2, choices=Confidence)
    note = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("code", or_zero("county_id"), "effective_from", name="rule_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.value}{self.unit}"

    @property
    def shown(self) -> str:
        """The value as a person reads it: ≤ 3 个工作日."""
        return f"{SIGNS.get(self.comparator, self.comparator)} {self.value} {self.unit}".strip()

    def runs_on(self, day: date) -> bool:
        """Whether the value holds on a day or will hold after it."""
        return self.effective_to is None or self.effective_to >= day

    @property
    def is_national(self) -> bool:
        return self.county_id is None and self.confidence not in {Confidence.C, Confidence.D, Confidence.COUNTY}
