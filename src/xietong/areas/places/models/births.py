"""What children come from: births by township, and new housing that brings pupils."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.models import County, Organisation
from xietong.areas.orgs.rules.calendar import SchoolYear
from xietong.kit.records.versioned import Versioned


class ByStage(models.Model):
    """A number for each stage."""

    kindergarten = models.PositiveIntegerField(_("学前"), default=0)
    primary = models.PositiveIntegerField(_("小学"), default=0)
    middle = models.PositiveIntegerField(_("初中"), default=0)
    high = models.PositiveIntegerField(_("高中"), default=0)

    class Meta:
        abstract = True

    @property
    def by_stage(self) -> dict[str, int]:
        return {
            "kindergarten": self.kindergarten,
            "primary": self.primary,
            "middle": self.middle,
            "high": self.high,
        }

    @property
    def total(self) -> int:
        return sum(self.by_stage.values())


class Births(Versioned):
    """出生人数 of a township and cohort: born from 1 September of `year` to 31 August of the next."""

    class Source(models.TextChoices):
        POLICE = "police", _("公安户籍")
        HEALTH = "health", _("卫健出生登记")
        STATISTICS = "statistics", _("统计部门")
        ESTIMATE = "estimate", _("乡镇估报")

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    township = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("出生年度（起始年）"))
    births = models.IntegerField(_("出生人数"))
    source = models.CharField(_("来源"), max_length=10, choices=Source)
    as_of = models.DateField(_("时点"))
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("出生人数")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "township", "year"],
                name="births_counted_once",
                violation_error_message=_("这个乡镇已有这一年度的出生人数。"),
            ),
            models.CheckConstraint(
                name="births_are_not_negative",
                condition=models.Q(births__gte=0),
                violation_error_message=_("出生人数不能为负。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.township} {self.cohort}"

    @property
    def cohort(self) -> str:
        return SchoolYear(self.year).code


class Housing(ByStage, Versioned):
    """新建住房: where families move in, from which school year, and how many pupils are expected."""

    class Certainty(models.TextChoices):
        BUILT = "built", _("已建成")
        BUILDING = "building", _("在建")
        PLANNED = "planned", _("规划")

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    township = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(_("住房项目"), max_length=80)
    year = models.PositiveSmallIntegerField(_("入住学年（起始年）"))
    certainty = models.CharField(_("进度"), max_length=10, choices=Certainty)

    class Meta:
        verbose_name = _("新建住房")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "name", "year"],
                name="housing_named_once",
                violation_error_message=_("已有同名的住房项目在这一学年入住。"),
            )
        ]

    def __str__(self) -> str:
        return self.name
