from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.models.choices import COUNTYLESS, SCHOOLS, OrgKind
from xietong.kit.records.versioned import Versioned, or_zero


class County(models.Model):
    """A county that runs a plan. Every row of a county carries it, and every index begins with it."""

    code = models.CharField(_("行政区划代码"), max_length=6, unique=True)
    name = models.CharField(_("名称"), max_length=40)
    short_name = models.CharField(_("简称"), max_length=20)
    city_name = models.CharField(_("设区市"), max_length=40)
    province_name = models.CharField(_("省份"), max_length=40)
    is_fictional = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("县")

    def __str__(self) -> str:
        return self.name


class Organisation(Versioned):
    """One organisation of the tree: leading group, bureau, section, school, township, university, province.

    `order` is the official order of organisations, by which every list is sorted. A village school
    or teaching point may file through its central school (`files_through`).
    """

    county = models.ForeignKey(County, models.PROTECT, null=True, blank=True, related_name="organisations")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    files_through = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="dependants")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="absorbed")
    kind = models.CharField(_("类别"), max_length=20, choices=OrgKind)
    name = models.CharField(_("全称"), max_length=120)
    short_name = models.CharField(_("简称"), max_length=40)
    aliases = models.JSONField(_("其他叫法"), default=list, blank=True)
    code = models.CharField(_("标识码"), max_length=18, null=True, blank=True, unique=True)
    place_code = models.CharField(_("驻地代码"), max_length=12, blank=True)
    urban_rural = models.CharField(_("城乡类型"), max_length=3, blank=True)
    order = models.PositiveIntegerField(_("排序"), default=1000)
    opened_on = models.DateField(_("设立日期"), null=True, blank=True)
    closed_on = models.DateField(_("撤并日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("机构")
        constraints = [
            models.CheckConstraint(
                name="county_given_unless_above_counties",
                condition=Q(kind__in=sorted(COUNTYLESS), county=None)
                | (~Q(kind__in=sorted(COUNTYLESS)) & ~Q(county=None)),
                violation_error_message=_("县内机构必须属于一个县；省、市、高校不属于任何县。"),
            ),
            models.CheckConstraint(
                name="closed_after_opened",
                condition=Q(closed_on=None) | Q(opened_on=None) | Q(closed_on__gte=F("opened_on")),
                violation_error_message=_("撤并日期不能早于设立日期。"),
            ),
            models.UniqueConstraint(
                or_zero("county"),
                "name",
                condition=Q(closed_on=None),
                name="organisation_named_once",
                violation_error_message=_("本县已有同名的机构。"),
            ),
        ]
        indexes = [models.Index(fields=["county", "order", "id"])]

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def is_school(self) -> bool:
        return self.kind in SCHOOLS
