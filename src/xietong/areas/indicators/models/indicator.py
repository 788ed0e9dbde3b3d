from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.models import County, Organisation
from xietong.kit.measures.declare import Grain
from xietong.kit.records.versioned import Versioned
from xietong.kit.ruletable.models import Confidence


class Section(models.TextChoices):
    """The part of the plan that an indicator speaks for, in the plan's order."""

    BALANCE = "balance", _("优质均衡")
    PLACES = "places", _("学位供给")
    KEYSCHOOLS = "keyschools", _("优质学校")
    TEACHERS = "teachers", _("教师队伍")
    CONSORTIA = "consortia", _("教研联合体")
    PRACTICUM = "practicum", _("实习基地")
    COURSES = "courses", _("精品课")
    SUPPORT = "support", _("组织保障")


class Indicator(Versioned):
    """指标: one line of the county's dictionary: what it means, how it is worked out or who reports it.

    A formula is over measures; without one the value is reported, by the reporter for the county or by each school.
    `standard` is what a document asks of everybody, in the indicator's unit; `baseline` is where the county started.
    """

    class Direction(models.TextChoices):
        UP = "up", _("越高越好")
        DOWN = "down", _("越低越好")

    class ReportedBy(models.TextChoices):
        COUNTY = "county", _("县级填报")
        SCHOOL = "school", _("学校填报")

    class Period(models.TextChoices):
        SCHOOL_YEAR = Grain.SCHOOL_YEAR.value, _("学年")
        MONTH = Grain.COUNTY_MONTH.value, _("月")

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    code = models.CharField(_("编码"), max_length=20)
    name = models.CharField(_("名称"), max_length=80)
    definition = models.CharField(_("定义"), max_length=300)
    section = models.CharField(_("板块"), max_length=12, choices=Section)
    order = models.PositiveSmallIntegerField(_("排序"), default=0)
    formula = models.CharField(_("公式"), max_length=2000, blank=True)
    unit = models.CharField(_("计量单位"), max_length=20)
    decimals = models.PositiveSmallIntegerField(_("小数位"), default=1)
    grain = models.CharField(_("周期"), max_length=12, choices=Period, default=Period.SCHOOL_YEAR)
    direction = models.CharField(_("方向"), max_length=4, choices=Direction, default=Direction.UP)
    reported_by = models.CharField(_("填报方式"), max_length=6, choices=ReportedBy, blank=True)
    reporter = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("填报单位")
    )
    verifier = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("核验单位")
    )
    standard = models.DecimalField(_("标准"), max_digits=16, decimal_places=4, null=True, blank=True)
    baseline_period = models.PositiveIntegerField(_("基线周期"), null=True, blank=True)
    baseline = models.DecimalField(_("基线值"), max_digits=16, decimal_places=4, null=True, blank=True)
    baseline_source = models.CharField(_("基线来源"), max_length=200, blank=True)
    document = models.CharField(_("依据文件"), max_length=160, blank=True)
    document_no = models.CharField(_("文号"), max_length=60, blank=True)
    clause = models.CharField(_("方案条款"), max_length=80, blank=True)
    confidence = models.CharField(_("可信度"), max_length=2, choices=Confidence, default=Confidence.COUNTY)
    retired_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("指标")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "code"],
                name="indicator_code_once",
                violation_error_message=_("这个编码已经有了。"),
            ),
            models.CheckConstraint(
                name="worked_out_or_reported",
                condition=(Q(formula="") & ~Q(reported_by="")) | (~Q(formula="") & Q(reported_by="")),
                violation_error_message=_("有公式的不需要填报；没有公式的请选择由谁填报。"),
            ),
        ]
        indexes = [models.Index(fields=["county", "section", "order"])]

    def __str__(self) -> str:
        return self.name

    @property
    def unit_word(self) -> str:
        """The unit as it stands behind a value; a pure number (1) has none."""
        return "" if self.unit == "1" else self.unit


class Target(Versioned):
    """目标值: what the county aims at in a period."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    period = models.PositiveIntegerField(_("周期"))
    value = models.DecimalField(_("目标值"), max_digits=16, decimal_places=4)

    class Meta:
        verbose_name = _("目标值")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period"],
                name="target_once_a_period",
                violation_error_message=_("这个周期的目标已经有了。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period} {self.value}"
