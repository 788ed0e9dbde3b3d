from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.models import County, Organisation
from xietong.kit.records.versioned import Versioned, or_zero


class Person(Versioned):
    """Somebody whom a county or a university keeps; unique there by the hash of his identity number.

    Across keepers nobody learns of the other. The number is stored encrypted, the phone too.
    """

    PERSONAL = frozenset({"identity_cipher", "identity_hash", "phone_cipher"})

    class Sex(models.TextChoices):
        MALE = "1", _("男")
        FEMALE = "2", _("女")
        UNKNOWN = "9", _("未说明")

    county = models.ForeignKey(County, models.PROTECT, null=True, blank=True, related_name="+")
    university = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="person"
    )
    name = models.CharField(_("姓名"), max_length=60)
    pinyin = models.CharField(max_length=200, blank=True)
    initials = models.CharField(max_length=20, blank=True)
    sex = models.CharField(_("性别"), max_length=1, choices=Sex, default=Sex.UNKNOWN)
    staff_no = models.CharField(_("工号"), max_length=20, blank=True)
    identity_cipher = models.CharField(max_length=200, blank=True)
    identity_hash = models.CharField(max_length=120, null=True, blank=True)
    identity_masked = models.CharField(_("身份证号"), max_length=24, blank=True)
    phone_cipher = models.CharField(max_length=200, blank=True)
    phone_masked = models.CharField(_("手机号"), max_length=20, blank=True)
    left_on = models.DateField(_("离开日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("人员")
        constraints = [
            models.CheckConstraint(
                name="person_kept_by_one",
                condition=Q(county=None, university__isnull=False) | Q(county__isnull=False, university=None),
            ),
            models.UniqueConstraint(
                or_zero("county"),
                or_zero("university"),
                "identity_hash",
                condition=Q(left_on=None) & ~Q(identity_hash=None),
                name="person_once_a_keeper",
                violation_error_message=_("这个身份证号的人员已经登记过了。"),
            ),
        ]
        indexes = [
            models.Index(fields=["county", "pinyin", "id"]),
            models.Index(fields=["university", "pinyin", "id"]),
        ]

    def __str__(self) -> str:
        return self.name


class Appointment(Versioned):
    """A post that somebody holds at an organisation, from a day to a day."""

    class Kind(models.TextChoices):
        ESTABLISHED = "established", _("在编")
        CONTRACT = "contract", _("编外聘用")
        SECONDED = "seconded", _("挂职")
        SUPPORT = "support", _("支教")
        ROTATED = "rotated", _("交流轮岗")
        STUDENT = "student", _("实习")
        PART_TIME = "part_time", _("兼职")

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    county = models.ForeignKey(County, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    post = models.CharField(_("岗位"), max_length=60)
    kind = models.CharField(_("性质"), max_length=12, choices=Kind, default=Kind.ESTABLISHED)
    subject = models.CharField(_("任教学科"), max_length=40, blank=True)
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appointment_to_after_from",
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
                violation_error_message=_("结束日期不能早于开始日期。"),
            )
        ]
        indexes = [models.Index(fields=["county", "organisation", "to_on"])]

    def __str__(self) -> str:
        return f"{self.person} {self.organisation} {self.post}"
