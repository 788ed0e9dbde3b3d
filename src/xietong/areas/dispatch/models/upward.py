from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.dispatch.models.cycle import Cycle
from xietong.areas.dispatch.models.document import Template
from xietong.areas.orgs.models import County
from xietong.kit.records.versioned import Versioned


class UpwardForm(Versioned):
    """上报表: a form of a higher bureau, kept with which figure belongs into which of its blank cells.

    `layout` is how the file reads, as grids of cells. `mapping` gives for the address of a blank the name of a
    figure, `constants` words that are the same every month.
    """

    class Kind(models.TextChoices):
        DOCX = "docx", _("Word 表格")
        XLSX = "xlsx", _("Excel 表格")

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    name = models.CharField(_("名称"), max_length=80)
    to_whom = models.CharField(_("报送对象"), max_length=80)
    kind = models.CharField(_("格式"), max_length=4, choices=Kind)
    template = models.ForeignKey(Template, models.PROTECT, related_name="+")
    file_name = models.CharField(_("文件"), max_length=120)
    layout = models.JSONField(default=list, blank=True)
    blanks = models.PositiveSmallIntegerField(_("空格"), default=0)
    mapping = models.JSONField(_("对应的数字"), default=dict, blank=True)
    constants = models.JSONField(_("固定文字"), default=dict, blank=True)

    class Meta:
        verbose_name = _("上报表")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "name"],
                name="upward_form_named_once",
                violation_error_message=_("已经有一份同名的上报表。"),
            )
        ]
        indexes = [models.Index(fields=["county", "to_whom"])]

    def __str__(self) -> str:
        return self.name


class UpwardReport(Versioned):
    """上报记录: what a form said of a month. As long as it was not handed in it is made again; then never changed.

    `content` holds the values with the rows behind them and the form as it read; its digest stands in the audit.
    """

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    form = models.ForeignKey(UpwardForm, models.PROTECT, related_name="reports", verbose_name=_("上报表"))
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="+", verbose_name=_("期次"))
    year = models.PositiveSmallIntegerField(_("年度"))
    at = models.DateTimeField(_("填报时间"))
    by = models.CharField(_("填报人"), max_length=120)
    content = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64)
    template = models.ForeignKey(Template, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(_("上报时间"), null=True, blank=True)
    reported_by = models.CharField(_("上报人"), max_length=120, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("上报记录")
        constraints = [
            models.UniqueConstraint(
                fields=["form", "cycle"],
                name="reported_once_a_month",
                violation_error_message=_("这一期已经填报过。"),
            ),
            models.CheckConstraint(
                name="handed_in_by_somebody",
                condition=Q(reported_at__isnull=True, reported_by="")
                | (Q(reported_at__isnull=False) & ~Q(reported_by="")),
            ),
        ]
        indexes = [
            models.Index(fields=["county", "-at"]),
            models.Index(fields=["county", "reported_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.cycle}"
