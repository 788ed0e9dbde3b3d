from django.db import models
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.models import County
from xietong.kit.records.versioned import Versioned


class BalanceEntry(Versioned):
    """What is not counted but found in a school year: a requirement by its material, recognition, a veto.

    `code` is that of the requirement (G1, Q3). One with a figure has `value`, one without `is_met`.
    """

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("学年（起始年）"))
    code = models.CharField(max_length=40)
    value = models.DecimalField(_("数值"), max_digits=16, decimal_places=4, null=True, blank=True)
    is_met = models.BooleanField(_("是否达到"), null=True, blank=True)
    note = models.CharField(_("依据和说明"), max_length=500, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("均衡认定项")
        constraints = [models.UniqueConstraint(fields=["county", "year", "code"], name="balance_entry_once")]

    def __str__(self) -> str:
        return f"{self.year} {self.code}"


class WhatIf(Versioned):
    """假设: additions to schools tried out on the balance of a school year; nothing of it touches the register.

    `additions` is school → stage → item → amount; `terms` are the costs and limits under which the cheapest
    were looked for; `found` is what the solver said: bound, cost and its rounds.
    """

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("学年（起始年）"))
    name = models.CharField(_("名称"), max_length=80)
    additions = models.JSONField(default=dict, blank=True)
    terms = models.JSONField(default=dict, blank=True)
    found = models.JSONField(default=dict, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("均衡假设")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "year", "name"],
                name="what_if_named_once",
                violation_error_message=_("已有同名的假设。"),
            )
        ]

    def __str__(self) -> str:
        return self.name
