from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.models.organisation import County, Organisation
from xietong.kit.records.versioned import Versioned


class LeadingGroup(Versioned):
    """The county's leading group as its founding document sets it up."""

    county = models.ForeignKey(County, models.PROTECT, related_name="leading_groups")
    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="leading_group")
    document = models.CharField(_("成立文件"), max_length=160)
    document_no = models.CharField(_("文号"), max_length=60, blank=True)
    founded_on = models.DateField(_("成立日期"))
    dissolved_on = models.DateField(_("撤销日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("领导小组")

    def __str__(self) -> str:
        return str(self.organisation)


class LeadingGroupUnit(Versioned):
    """A unit that belongs to the leading group, from a day to a day."""

    class Duty(models.TextChoices):
        MEMBER = "member", _("成员单位")
        OFFICE = "office", _("办公室所在单位")
        TASK_FORCE = "task_force", _("专班牵头单位")

    group = models.ForeignKey(LeadingGroup, models.PROTECT, related_name="units")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    duty = models.CharField(_("职责"), max_length=12, choices=Duty, default=Duty.MEMBER)
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="group_unit_to_after_from", condition=Q(to_on=None) | Q(to_on__gte=F("from_on"))
            ),
            models.UniqueConstraint(
                fields=["group", "unit", "duty"],
                condition=Q(to_on=None),
                name="group_unit_once",
                violation_error_message=_("该单位已在领导小组中。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_duty_display()}"


class Agreement(Versioned):
    """The cooperation agreement by which a university reaches a county, in force from a day to a day."""

    county = models.ForeignKey(County, models.PROTECT, related_name="agreements")
    university = models.ForeignKey(Organisation, models.PROTECT, related_name="agreements")
    title = models.CharField(_("名称"), max_length=160)
    document_no = models.CharField(_("编号"), max_length=60, blank=True)
    signed_on = models.DateField(_("签订日期"))
    from_on = models.DateField(_("生效日期"))
    to_on = models.DateField(_("终止日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("合作协议")
        constraints = [
            models.CheckConstraint(
                name="agreement_to_after_from",
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
                violation_error_message=_("终止日期不能早于生效日期。"),
            )
        ]
        indexes = [models.Index(fields=["county", "university"])]

    def __str__(self) -> str:
        return self.title
