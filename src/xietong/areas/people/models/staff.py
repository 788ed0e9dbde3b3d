"""教职工年度资料: what a member of staff is in a school year, and what he teaches where."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.models import County, RegisterYear, SchoolRecord, Source, Stage
from xietong.areas.people.models.person import Person
from xietong.kit.records.versioned import Versioned


class Qualification(models.TextChoices):
    """学历, by GB/T 4658 in the levels that the rules tell apart."""

    DOCTOR = "11", _("博士研究生")
    MASTER = "14", _("硕士研究生")
    BACHELOR = "21", _("大学本科")
    COLLEGE = "31", _("大学专科")
    SECONDARY = "41", _("中专")
    HIGH_SCHOOL = "61", _("高中及以下")


class StaffRecord(Versioned):
    """One member of staff in one school year, at the school that he belongs to."""

    class Title(models.TextChoices):
        SENIOR_PROFESSOR = "senior_professor", _("正高级教师")
        SENIOR = "senior", _("高级教师")
        FIRST = "first", _("一级教师")
        SECOND = "second", _("二级教师")
        THIRD = "third", _("三级教师")
        NONE = "none", _("未定职级")

    class Backbone(models.TextChoices):
        """骨干层次: county level and above counts for L2."""

        NONE = "none", _("无")
        SCHOOL = "school", _("校级")
        COUNTY = "county", _("县级")
        CITY = "city", _("市级")
        PROVINCE = "province", _("省级")
        NATION = "nation", _("国家级")

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    register = models.ForeignKey(RegisterYear, models.PROTECT, related_name="+")
    record = models.ForeignKey(SchoolRecord, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="years")
    is_teacher = models.BooleanField(_("专任教师"), default=True)
    is_established = models.BooleanField(_("在编"), default=True)
    qualification = models.CharField(_("学历"), max_length=2, choices=Qualification, blank=True)
    trained_subject = models.CharField(_("所学专业对应学科"), max_length=40, blank=True)
    title = models.CharField(_("职称"), max_length=20, choices=Title, blank=True)
    backbone = models.CharField(_("骨干层次"), max_length=10, choices=Backbone, default=Backbone.NONE)
    certificate_stage = models.CharField(_("教师资格学段"), max_length=12, choices=Stage, blank=True)
    certificate_subject = models.CharField(_("教师资格学科"), max_length=40, blank=True)
    source = models.CharField(_("来源"), max_length=10, choices=Source, default=Source.STAFF)
    as_of = models.DateField(_("时点"))

    class Meta:
        verbose_name = _("教职工年度资料")
        constraints = [
            models.UniqueConstraint(
                fields=["register", "person"],
                name="person_once_a_register",
                violation_error_message=_("这个人在本学年已有资料。"),
            )
        ]
        indexes = [models.Index(fields=["county", "register", "record"])]

    def __str__(self) -> str:
        return f"{self.person} {self.register}"


class Teaching(Versioned):
    """任教: one subject that somebody teaches at a school and stage, with its periods a week.

    A subject taught at another school than one's own makes a shared teacher (走教).
    """

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    staff = models.ForeignKey(StaffRecord, models.PROTECT, related_name="teaching")
    record = models.ForeignKey(SchoolRecord, models.PROTECT, related_name="+")
    stage = models.CharField(_("任教学段"), max_length=12, choices=Stage)
    subject = models.CharField(_("任教学科"), max_length=40)
    periods = models.DecimalField(_("周课时"), max_digits=4, decimal_places=1, null=True, blank=True)
    is_main = models.BooleanField(_("主教"), default=True)

    class Meta:
        verbose_name = _("任教")
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "record", "stage", "subject"],
                name="taught_once",
                violation_error_message=_("这个学段的这门学科已经登记过了。"),
            ),
            models.UniqueConstraint(fields=["staff"], condition=models.Q(is_main=True), name="one_main_subject"),
        ]
        indexes = [models.Index(fields=["county", "record", "subject"])]

    def __str__(self) -> str:
        return f"{self.staff} {self.subject}"
