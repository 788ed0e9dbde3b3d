from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.indicators.models.indicator import Indicator
from xietong.areas.orgs.models import County, Organisation
from xietong.kit.records.versioned import Versioned, or_zero


class Reading(Versioned):
    """实测值: what an indicator came to in a period, for the county or (with `unit`) as one school reported it.

    A value that is worked out keeps what went into it (`inputs`), which units lacked a figure (`missing`), and why
    there is none (`undefined`). A reported one counts once it is verified.
    """

    class State(models.TextChoices):
        COMPUTED = "computed", _("自动计算")
        SUBMITTED = "submitted", _("待核验")
        RETURNED = "returned", _("已退回")
        VERIFIED = "verified", _("已核验")

    COUNTS = (State.COMPUTED, State.VERIFIED)

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="readings")
    period = models.PositiveIntegerField(_("周期"))
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    value = models.DecimalField(_("数值"), max_digits=20, decimal_places=6, null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State)
    inputs = models.JSONField(default=list, blank=True)
    missing = models.JSONField(default=list, blank=True)
    undefined = models.CharField(max_length=300, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    cause = models.CharField(_("未达目标的原因"), max_length=300, blank=True)
    by = models.CharField(_("填报人"), max_length=200, blank=True)
    at = models.DateTimeField(_("时间"))
    verified_by = models.CharField(_("核验人"), max_length=200, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    opinion = models.CharField(_("核验意见"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("实测值")
        constraints = [
            models.UniqueConstraint("indicator", "period", or_zero("unit"), name="reading_once"),
            models.CheckConstraint(
                name="reported_reading_has_a_value", condition=Q(state="computed") | Q(value__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["county", "period", "state"])]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}"


class ReadingChange(models.Model):
    """更正: what a value was before and after, once its period was locked; both stay."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    reading = models.ForeignKey(Reading, models.PROTECT, related_name="changes")
    before = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    after = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    reason = models.CharField(_("原因"), max_length=300)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["county", "reading", "at"])]

    def __str__(self) -> str:
        return f"{self.reading}: {self.before} → {self.after}"


class Lock(models.Model):
    """锁定: from here on the values of a period change only by correction, with both versions kept."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    grain = models.CharField(max_length=12, choices=Indicator.Period)
    period = models.PositiveIntegerField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("周期锁定")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "grain", "period"],
                name="period_locked_once",
                violation_error_message=_("这个周期已经锁定了。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.county} {self.period}"


class Reported(models.Model):
    """上报值: what a county told province and city of an indicator; observers read this and nothing behind it.

    `band` is where the value stood by the limits of the day on which it was told.
    """

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    section = models.CharField(max_length=12)
    unit = models.CharField(max_length=20)
    decimals = models.PositiveSmallIntegerField()
    direction = models.CharField(max_length=4)
    grain = models.CharField(max_length=12)
    period = models.PositiveIntegerField()
    value = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    target = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    standard = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    band = models.CharField(max_length=1)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("上报的指标")
        constraints = [models.UniqueConstraint(fields=["county", "code", "period"], name="reported_once")]
        indexes = [models.Index(fields=["grain", "period", "section", "code"])]

    def __str__(self) -> str:
        return f"{self.county} {self.name} {self.period}"


class ReportedTotal(models.Model):
    """各档合计: how many counties of a province or a city stand in a band; counted anew when one of them reports."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("省")
        CITY = "city", _("设区市")

    level = models.CharField(max_length=10, choices=Level)
    region = models.CharField(max_length=40)
    period = models.PositiveIntegerField()
    section = models.CharField(max_length=12)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    band = models.CharField(max_length=1)
    counties = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("上报指标的合计")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "level", "period", "section", "code", "band"], name="reported_total_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.name} {self.period} {self.band}"
