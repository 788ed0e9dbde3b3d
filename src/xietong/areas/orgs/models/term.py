from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.models.organisation import County, Organisation
from xietong.kit.records.versioned import Versioned, or_zero


class Term(Versioned):
    """One term of the county's school calendar, or of a university's own; what lies between is vacation."""

    county = models.ForeignKey(County, models.PROTECT, null=True, blank=True, related_name="terms")
    university = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="terms")
    year = models.PositiveSmallIntegerField(_("学年（起始年）"))
    half = models.PositiveSmallIntegerField(_("学期"), choices=[(1, _("第一学期")), (2, _("第二学期"))])
    starts_on = models.DateField(_("开学日期"))
    ends_on = models.DateField(_("放假前最后一天"))

    class Meta:
        verbose_name = _("学期")
        constraints = [
            models.CheckConstraint(
                name="term_of_county_or_university",
                condition=Q(county=None, university__isnull=False) | Q(county__isnull=False, university=None),
            ),
            models.CheckConstraint(
                name="term_ends_after_it_starts",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("放假日期应在开学日期之后。"),
            ),
            models.UniqueConstraint(
                or_zero("county"),
                or_zero("university"),
                "year",
                "half",
                name="term_once",
                violation_error_message=_("这个学期已经登记过了。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}—{self.year + 1} {self.get_half_display()}"


class SchoolDay(models.Model):
    """A day inside a term without lessons, or one outside the week with them."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="days")
    on = models.DateField(_("日期"))
    is_school = models.BooleanField(_("上课"))
    name = models.CharField(_("说明"), max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "on"], name="school_day_once")]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.name}"
